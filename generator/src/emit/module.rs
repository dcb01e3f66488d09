//! Which files there are, and the items of each.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Layout, Plan, accessors, cli, form, group, rules, types, xml};
use crate::model::{BodyKind, TypeId};

/// A Rust file of the client, before its items are made.
///
/// Items are made where the file is formatted, since tokens cannot be sent between threads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative to the package or module, with forward slashes.
    pub path: String,
    content: FileContent,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FileContent {
    Root,
    Client,
    Types,
    Xml,
    Fields,
    Rules,
    Definitions(Vec<TypeId>, String),
    Impls(Vec<TypeId>),
    Sent(Vec<TypeId>),
    Group(usize),
    Cli,
    CliGroup(usize),
    Program,
}

/// Where the types live that no single group uses.
const SHARED: &str = "shared";

/// The files of the client, in the order of their paths' meaning: root, client, groups, types.
pub fn files(plan: &Plan<'_>) -> Vec<File> {
    let source = match plan.package.layout {
        Layout::Package => "src/",
        Layout::Module => "",
    };
    let file = |path: &str, content: FileContent| File { path: format!("{source}{path}.rs"), content };
    let root = match plan.package.layout {
        Layout::Package => "lib",
        Layout::Module => "mod",
    };
    let mut files = vec![file(root, FileContent::Root), file("client", FileContent::Client)];
    for (at, group) in plan.names.groups().iter().enumerate() {
        files.push(file(group.module.as_str(), FileContent::Group(at)));
    }
    if !plan.api.xml.is_empty() {
        files.push(file("xml_nodes", FileContent::Xml));
    }
    if !plan.facts.bracketed().is_empty() {
        files.push(file("form_fields", FileContent::Fields));
    }
    if rules::are_needed(plan) {
        files.push(file("value_rules", FileContent::Rules));
    }
    files.push(file("types/mod", FileContent::Types));
    for (module, ids) in modules(plan) {
        files.push(file(&format!("types/{module}"), FileContent::Definitions(ids.clone(), module.clone())));
        if has_sent(plan, &ids) {
            files.push(file(&format!("types/{module}/sent"), FileContent::Sent(ids.clone())));
        }
        files.push(file(&format!("types/{module}/impls"), FileContent::Impls(ids)));
    }
    if plan.package.layout == Layout::Package {
        files.push(file(&format!("bin/{}", plan.package.name), FileContent::Program));
        files.push(file("cli/mod", FileContent::Cli));
        for (at, group) in plan.names.groups().iter().enumerate() {
            files.push(file(&format!("cli/{}", group.module), FileContent::CliGroup(at)));
        }
    }
    files
}

/// The items of `file`, some at a time: a file of types or calls is as long as the document makes it.
pub fn items<'p>(plan: &'p Plan<'_>, file: &'p File) -> Box<dyn Iterator<Item = TokenStream> + 'p> {
    match &file.content {
        FileContent::Root => whole(root(plan)),
        FileContent::Client => whole(accessors::items(plan)),
        FileContent::Types => whole(type_modules(plan)),
        FileContent::Xml => whole(xml::items(plan)),
        FileContent::Fields => whole(form::items(plan)),
        FileContent::Rules => Box::new(rules::items(plan)),
        FileContent::Definitions(ids, module) => {
            let definitions = ids.iter().map(|id| types::definitions(plan, *id));
            Box::new(iter::once(types_head(plan, ids, module)).chain(definitions))
        }
        FileContent::Impls(ids) => impls(plan, ids.iter().map(|id| types::impls(plan, *id))),
        FileContent::Sent(ids) => impls(plan, ids.iter().flat_map(|id| types::reading_of_sent(plan, *id))),
        FileContent::Group(at) => Box::new(group::items(plan, &plan.names.groups()[*at])),
        FileContent::Cli => whole(cli::items(plan)),
        FileContent::CliGroup(at) => Box::new(cli::group(plan, *at)),
        FileContent::Program => whole(cli::program(plan)),
    }
}

fn whole<'p>(items: TokenStream) -> Box<dyn Iterator<Item = TokenStream> + 'p> {
    Box::new(iter::once(items))
}

/// What stands above the types of a module.
fn types_head(plan: &Plan<'_>, ids: &[TypeId], module: &str) -> TokenStream {
    let docs = match module {
        SHARED => " Types that several groups use.".to_owned(),
        only => format!(" Types that only [`{only}`](super::super::{only}) uses."),
    };
    let allow = plan.allow_deprecated();
    let place_of = |file: &str| place(module, &format!("{module}/{file}.rs"));
    let place = place_of("impls");
    let sent = has_sent(plan, ids).then(|| {
        let place = place_of("sent");
        quote!(#[cfg(feature = "cli")] #place mod sent;)
    });
    quote! {
        #![doc = #docs]
        #allow
        #place
        mod impls;
        #sent
        #[allow(unused_imports)]
        use super::*;
    }
}

/// A file of impls of serde's traits.
fn impls<'p>(
    plan: &Plan<'_>,
    impls: impl Iterator<Item = TokenStream> + 'p,
) -> Box<dyn Iterator<Item = TokenStream> + 'p> {
    let deprecated = plan.facts.has_deprecated().then(|| quote!(deprecated,));
    let head = quote! {
        #![allow(#deprecated unused_imports)]
        use serde::{Deserialize, Deserializer, Serialize, Serializer};
        use serde::de::MapAccess;
        use super::*;
    };
    Box::new(iter::once(head).chain(impls))
}

/// Whether a package has to be able to read what is only sent: its command line takes it as text.
fn has_sent(plan: &Plan<'_>, ids: &[TypeId]) -> bool {
    plan.package.layout == Layout::Package && ids.iter().any(|id| types::has_reading_of_sent(plan, *id))
}

/// The types by the module they live in: that of the one group that uses them, or the shared one.
fn modules(plan: &Plan<'_>) -> BTreeMap<String, Vec<TypeId>> {
    let mut modules: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    let is_defined = |id: &TypeId| plan.facts.canonical(*id) == *id && plan.facts.is_used(*id);
    for id in plan.api.type_ids().filter(is_defined) {
        let users = plan.groups_of(id);
        let module = match users.first() {
            Some(only) if users.len() == 1 => plan.names.groups()[*only].module.as_str(),
            Some(_) | None => SHARED,
        };
        modules.entry(module.to_owned()).or_default().push(id);
    }
    modules
}

fn type_modules(plan: &Plan<'_>) -> TokenStream {
    let modules = modules(plan);
    let declarations = modules.keys().map(|module| {
        let (cfg, place) = (module_cfg(plan, module), place(module, &format!("{module}.rs")));
        let module = quote::format_ident!("{module}");
        quote!(#cfg #place mod #module;)
    });
    let exports = modules.keys().map(|module| {
        let cfg = module_cfg(plan, module);
        let module = quote::format_ident!("{module}");
        quote!(#cfg pub use self::#module::*;)
    });
    let aliases = super::json_api::aliases(plan);
    let (webhook, callbacks) = (super::webhook::items(plan), super::callback::items(plan));
    quote! {
        #![doc = " The types of requests and responses."]
        #(#declarations)*
        #[allow(unused_imports)]
        use super::runtime;
        #(#exports)*
        #aliases
        #webhook
        #callbacks
    }
}

/// Where the file of a module is, if the module's name is not ASCII: rustc looks for no such file by itself (E0754).
pub(super) fn place(module: &str, file: &str) -> TokenStream {
    if module.is_ascii() { TokenStream::new() } else { quote!(#[path = #file]) }
}

fn module_cfg(plan: &Plan<'_>, module: &str) -> TokenStream {
    let at = plan.names.groups().iter().position(|group| group.module.as_str() == module);
    at.map(|at| plan.cfg(&BTreeSet::from([at]))).unwrap_or_default()
}

/// What stands above a package as a whole.
fn root_attributes(plan: &Plan<'_>) -> TokenStream {
    match plan.package.layout {
        // The chain of drop checks through boxed types is as long as the longest chain of types; 128 is rustc's default.
        Layout::Package => {
            // These lints are for a whole crate only, and names are the document's.
            let scripts = plan
                .names
                .are_beyond_ascii()
                .then(|| quote!(#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]));
            quote! {
                #![doc = include_str!("../README.md")]
                #![forbid(unsafe_code)]
                #![warn(missing_docs)]
                #![allow(clippy::disallowed_names)]
                #scripts
                #![recursion_limit = "1024"]
            }
        }
        Layout::Module => TokenStream::new(),
    }
}

fn root(plan: &Plan<'_>) -> TokenStream {
    let attributes = root_attributes(plan);
    let groups = plan.names.groups().iter().enumerate().map(|(at, group)| {
        let cfg = plan.cfg(&BTreeSet::from([at]));
        let module = &group.module;
        let place = place(module.as_str(), &format!("{module}.rs"));
        quote!(#cfg #place pub mod #module;)
    });
    let scopes = super::flows::scopes(plan);
    let code = super::token::has_code(plan).then(|| quote!(AuthorizationCode,));
    let tokens = (!super::token::sources(plan).is_empty()).then(|| {
        quote!(
            pub use self::runtime::token::{
                #code ClientCredentials, Password, RefreshToken, StoredToken, TokenStore,
            };
        )
    });
    let server = super::server::is_choice(plan).then(|| {
        quote!(
            pub use self::runtime::Server;
        )
    });
    let taken = taken(plan);
    let mock = (plan.package.layout == Layout::Package).then(|| {
        quote!(
            #[cfg(feature = "mock")]
            pub use self::runtime::mock;
        )
    });
    let cli = (plan.package.layout == Layout::Package).then(|| {
        quote!(
            #[cfg(feature = "cli")]
            pub mod cli;
        )
    });
    let xml = (!plan.api.xml.is_empty()).then(|| {
        quote!(
            mod xml_nodes;
        )
    });
    let fields = (!plan.facts.bracketed().is_empty()).then(|| {
        quote!(
            mod form_fields;
        )
    });
    let rules = rules::are_needed(plan).then(|| {
        let cfg = rules::cfg(plan);
        quote!(#cfg mod value_rules;)
    });
    quote! {
        #attributes
        #cli
        mod client;
        #fields
        #(#groups)*
        #[allow(dead_code)]
        pub mod runtime;
        #scopes
        pub mod types;
        #rules
        #xml

        pub use self::runtime::{Client, ClientBuilder, Credential, Error, Meta, Patch, RawResponse, Retry};
        #tokens
        #server
        #(#taken)*
        #mock
        #[allow(unused_imports)]
        pub use self::types::*;
    }
}

/// What calls take that is the runtime's and not in `types`, unless the document has a type of that name.
fn taken(plan: &Plan<'_>) -> Vec<TokenStream> {
    let bodies = || plan.api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let takes = |wanted: fn(&BodyKind) -> bool| {
        bodies().flat_map(|body| &body.media).any(|media| wanted(&media.kind))
    };
    let is_free = |name: &str| {
        let names = |id| [plan.names.read_type(id).as_str(), plan.names.write_type(id).as_str()];
        !plan.api.type_ids().any(|id| names(id).contains(&name))
    };
    let offered = [
        ("Upload", takes(|kind| matches!(kind, BodyKind::Bytes | BodyKind::Range)), quote!(Upload)),
        ("FilePart", takes(|kind| matches!(kind, BodyKind::Multipart(_))), quote!(multipart::FilePart)),
    ];
    let offered = offered.into_iter().filter(|(name, is_taken, _)| *is_taken && is_free(name));
    offered.map(|(_, _, path)| quote!(pub use self::runtime::#path;)).collect()
}
