//! Types of the user's own, by their paths: nothing but crates, modules, names and the same in angle brackets.

use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{GenericArgument, PathArguments, PathSegment, Type};

use super::reserved;

/// How long the text of a path can be.
const MOST_CHARACTERS: usize = 256;

/// How deep brackets can be.
const MOST_BRACKETS: usize = 8;

/// Types that need no path.
const PLAIN: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
    "u128", "usize",
];

/// Types that are found without a path, and where they are.
const PRELUDE: &[(&str, &[&str])] = &[
    ("Box", &["std", "boxed", "Box"]),
    ("Option", &["std", "option", "Option"]),
    ("String", &["std", "string", "String"]),
    ("Vec", &["std", "vec", "Vec"]),
];

/// The path of a type: `money::Money<u64>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RustPath {
    /// The crate, unless it is this one or the type needs no path.
    root: Option<String>,
    segments: Vec<(String, Vec<RustPath>)>,
}

impl RustPath {
    /// Reads `text` as a path.
    ///
    /// # Errors
    ///
    /// If it is anything else; says what.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.chars().count() > MOST_CHARACTERS {
            return Err("the path is too long".to_owned());
        }
        // What has none of these is no path; and the parser, which goes down with every bracket, has to come up again.
        let is_part = |c: char| c.is_alphanumeric() || "_:<>, ".contains(c);
        if !text.chars().all(is_part) || text.matches('<').count() > MOST_BRACKETS {
            return Err(format!("`{}` is no path of a type", text.escape_debug()));
        }
        let ty = syn::parse_str::<Type>(text).map_err(|_| format!("`{text}` is no path of a type"))?;
        Self::of(&ty)
    }

    /// The crates that it and what is in its brackets come from; their names are those that Rust has for them.
    pub fn crates(&self) -> Vec<&str> {
        let inner = self.segments.iter().flat_map(|(_, inner)| inner).flat_map(RustPath::crates);
        self.root.as_deref().into_iter().chain(inner).collect()
    }

    /// Whether it or something in its brackets is of the crate that the client is in.
    pub fn is_of_this_crate(&self) -> bool {
        let begins = self.segments.first().is_some_and(|(name, _)| name == "crate");
        begins || self.segments.iter().flat_map(|(_, inner)| inner).any(RustPath::is_of_this_crate)
    }

    fn of(ty: &Type) -> Result<Self, String> {
        let path = match ty {
            Type::Path(path) if path.qself.is_none() => &path.path,
            _ => {
                return Err(
                    "only a path of a type, with paths of types in its brackets, can stand here".to_owned()
                );
            }
        };
        let segments = path.segments.iter().map(segment).collect::<Result<Vec<_>, String>>()?;
        match segments.as_slice() {
            [(name, inner)] if PLAIN.contains(&name.as_str()) && inner.is_empty() => {
                Ok(Self { root: None, segments })
            }
            [(name, inner)] => {
                let known = PRELUDE.iter().find(|(known, _)| known == name);
                let (_, way) = known.ok_or_else(|| format!("`{name}` begins with no crate"))?;
                let mut segments: Vec<_> = way.iter().map(|part| ((*part).to_owned(), Vec::new())).collect();
                if let Some(last) = segments.last_mut() {
                    last.1.clone_from(inner);
                }
                Ok(Self { root: Some("std".to_owned()), segments })
            }
            [(first, _), ..] if first == "crate" => Ok(Self { root: None, segments }),
            [(first, _), ..] => Ok(Self { root: Some(first.clone()), segments }),
            [] => Err("the path is empty".to_owned()),
        }
    }
}

fn segment(segment: &PathSegment) -> Result<(String, Vec<RustPath>), String> {
    let name = segment.ident.to_string();
    if name != "crate" && (reserved::is_keyword(&name) || name.starts_with("r#")) {
        return Err(format!("`{name}` is a word that Rust keeps"));
    }
    let inner = match &segment.arguments {
        PathArguments::None => Vec::new(),
        PathArguments::AngleBracketed(inner) => inner
            .args
            .iter()
            .map(|argument| match argument {
                GenericArgument::Type(ty) => RustPath::of(ty),
                _ => Err("only paths of types can stand in angle brackets here".to_owned()),
            })
            .collect::<Result<_, String>>()?,
        PathArguments::Parenthesized(_) => return Err("a function is no type of values here".to_owned()),
    };
    Ok((name, inner))
}

/// With two colons first where it names a crate, so that no module of the client is meant.
impl ToTokens for RustPath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let segments = self.segments.iter().map(|(name, inner)| {
            let name = Ident::new(name, Span::call_site());
            if inner.is_empty() { quote!(#name) } else { quote!(#name<#(#inner),*>) }
        });
        let start = self.root.is_some().then(|| quote!(::));
        tokens.extend(quote!(#start #(#segments)::*));
    }
}

impl fmt::Display for RustPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_token_stream().to_string().replace(' ', ""))
    }
}

#[cfg(test)]
mod tests {
    use super::RustPath;

    #[test]
    fn paths_of_types_are_read() {
        for (text, written) in [
            ("money::Money", "::money::Money"),
            ("::money::Money<u64, std::string::String>", "::money::Money<u64,::std::string::String>"),
            ("crate::shop::Price", "crate::shop::Price"),
            ("Vec<Option<money::Money>>", "::std::vec::Vec<::std::option::Option<::money::Money>>"),
            ("u128", "u128"),
        ] {
            assert_eq!(RustPath::parse(text).map(|path| path.to_string()), Ok(written.to_owned()), "{text}");
        }
        let path = RustPath::parse("a::B<c::D>").unwrap();
        assert_eq!((path.crates(), path.is_of_this_crate()), (vec!["a", "c"], false));
        assert!(RustPath::parse("a::B<crate::D>").unwrap().is_of_this_crate());
    }

    #[test]
    fn whatever_is_more_than_a_path_is_refused() {
        for text in [
            "",
            "Money",
            "Self",
            "self::Money",
            "super::super::Money",
            "Self::Money",
            "money::r#type",
            "<u8 as std::str::FromStr>::Err",
            "[u8; { evil() }]",
            "money::Money<{ evil() }>",
            "money::Money<3>",
            "money::Money<'static>",
            "money::Money<T = u8>",
            "money::money!()",
            "money::Fn(u8) -> u8",
            "fn() -> u8",
            "dyn std::any::Any",
            "&'static str",
            "(u8, u8)",
            "!",
            "_",
            "money::Money; fn evil() {}",
            "money::Money /* */ {}",
            "money::Money> fn",
        ] {
            assert!(RustPath::parse(text).is_err(), "{text}");
        }
        assert!(RustPath::parse(&"Vec<".repeat(10_000)).is_err());
        assert!(RustPath::parse(&format!("{}u8{}", "Vec<".repeat(8), ">".repeat(8))).is_ok());
        assert!(RustPath::parse(&format!("{}u8{}", "Vec<".repeat(9), ">".repeat(9))).is_err());
    }
}
