//! Names that are taken before any is given.

/// Strict, reserved and weak keywords of every edition (Rust Reference, Keywords).
const KEYWORDS: &[&str] = &[
    "_", "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized",
    "use", "virtual", "where", "while", "yield",
];

/// What the files of types call by its bare name.
pub(super) const TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Into",
    "Iterator",
    "Json",
    "JsonObject",
    "MapAccess",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Send",
    "Serialize",
    "Serializer",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToString",
    "Vec",
];

/// What the files of types call by its bare name besides, where there are resources of JSON:API.
pub(super) const JSON_API: &[&str] = &["Document", "Page"];

/// What the file of a group calls by its bare name.
pub(super) const OPERATIONS: &[&str] = &[
    "AsRef",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "BoxFuture",
    "Client",
    "Err",
    "Error",
    "Infallible",
    "IntoFuture",
    "None",
    "Ok",
    "Operation",
    "Option",
    "RawResponse",
    "Request",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// The modules that every client has.
pub(super) const MODULES: &[&str] = &[
    "alloc",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "core",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
    "serde",
    "serde_json",
    "std",
    "cli",
    "client",
    "default",
    "form_fields",
    "http2",
    "impls",
    "lib",
    "main",
    "mock",
    "mod",
    "native_tls",
    "runtime",
    "rustls",
    "shared",
    "types",
    "validate",
    "value_rules",
    "xml_nodes",
    "con",
    "nul",
    "aux",
    "prn",
];

/// What `Client` can do besides giving its groups.
pub(super) const ACCESSORS: &[&str] = &[
    "ask_consent",
    "base_url",
    "builder",
    "clone",
    "log_in_device",
    "new",
    "revoke_token",
    "start_consent",
    "start_device_login",
];

/// Those of them of which there is one for each way to log in.
pub(super) const LOGINS: &[&str] = &["ask_consent", "log_in_device"];

/// What a request builder can do besides setting parameters.
pub(super) const SETTERS: &[&str] = &[
    "clone",
    "decode",
    "download",
    "header",
    "into_future",
    "into_request",
    "new",
    "open",
    "pages",
    "query",
    "reconnecting",
    "retry",
    "send",
    "send_raw",
    "stream",
    "timeout",
];

/// What a multipart body can do besides setting its parts.
pub(super) const MULTIPART: &[&str] = &["clone", "from", "into", "new", "part", "parts"];

/// What holds the parts of an answer that the document does not name.
pub(super) const ANSWER_PARTS: &[&str] = &["rest"];

/// What the methods of a group have besides their arguments; where there is a body that is passed as a whole, also `body`.
pub(super) const ARGUMENTS: &[&str] = &["request"];

/// The members of an open enumeration and of a union that stand for what is not known.
pub(super) const VARIANTS: &[&str] = &["Other", "Self", "Unknown"];

/// Constructors beside the setters of something that is sent.
pub(super) const FIELDS: &[&str] = &["new"];

/// What holds the members of an object that the document does not name.
pub(super) const REST: &str = "extra";

/// What every id can do besides naming special values.
pub(super) const IDS: &[&str] =
    &["as_ref", "as_str", "clone", "cmp", "eq", "fmt", "from", "hash", "into_string", "ne", "partial_cmp"];

/// Whether Rust keeps `name` for itself. (`union` and `macro` are weak, but read badly.)
pub(super) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Whether a crate cannot be called `name`: it is a keyword, or a crate that Rust brings along.
pub(super) fn is_crate(name: &str) -> bool {
    is_keyword(name) || ["alloc", "core", "proc_macro", "std", "test"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::ACCESSORS;

    #[test]
    fn what_a_client_can_do_is_the_name_of_no_group() {
        let mut found = Vec::new();
        for (path, text) in clientsmith_runtime::FILES {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            for item in file.items {
                let syn::Item::Impl(known) = item else { continue };
                let is_client = matches!(&*known.self_ty, syn::Type::Path(of) if of.path.is_ident("Client"));
                if known.trait_.is_none() && is_client {
                    found.extend(known.items.into_iter().filter_map(|item| match item {
                        syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                        _ => None,
                    }));
                }
            }
        }
        assert!(found.len() > 3, "{found:?}");
        for name in found {
            assert!(ACCESSORS.contains(&name.as_str()), "`{name}` is a method of `Client`");
        }
    }
}
