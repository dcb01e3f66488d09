//! Tokens to formatted text, a file at a time, in parallel.
//!
//! Everything is printed item by item, so that memory stays small and blank lines can stand between items.
//! Those between the methods of an `impl` or a trait, which the printer does not make, are printed as
//! marked comments and then emptied.
//!
//! Invariant: whatever the tokens contain, the text has no character that hides or reorders others.

use std::fmt;
use std::mem::{Discriminant, discriminant};

use proc_macro2::TokenStream;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, File, ImplItem, Item, ItemMod, TraitItem, parse_quote};

/// The most tokens of a wrong item that an error shows, in characters.
const MAX_EXCERPT: usize = 400;

/// How the printer writes the marker of a blank line.
const PRINTED_GAP: &str = "//~gap~";

/// A Rust file to be, its tokens made when they are printed.
///
/// Tokens cannot be sent between threads, so this holds a recipe for them: it runs in the thread that
/// prints the file.
pub struct TokenFile<'p> {
    path: String,
    header: String,
    tokens: Box<dyn FnOnce() -> TokenStream + Send + 'p>,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Where it goes, below the output directory, with forward slashes: `src/contacts/list.rs`.
    pub path: String,
    /// What is in it.
    pub contents: String,
}

/// What was to be printed is not Rust. Always a mistake of the generator, never of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// The file.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// The tokens of the item with the mistake, or the beginning of them.
    pub tokens: String,
}

impl<'p> TokenFile<'p> {
    /// A file at `path`, below the output directory. Each line of `header` becomes a `//` comment on top.
    pub fn new(
        path: impl Into<String>,
        header: impl Into<String>,
        tokens: impl FnOnce() -> TokenStream + Send + 'p,
    ) -> Self {
        Self { path: path.into(), header: header.into(), tokens: Box::new(tokens) }
    }

    /// Where it goes, below the output directory.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Debug for TokenFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenFile").field("path", &self.path).finish_non_exhaustive()
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, message, tokens } = self;
        write!(f, "internal error: what was generated for `{path}` is not Rust: {message}: {tokens}")
    }
}

impl std::error::Error for FormatError {}

/// Prints all files, in the order given.
///
/// The error is that of the first file that has one.
pub fn format(files: Vec<TokenFile<'_>>) -> Result<Vec<OutputFile>, FormatError> {
    let printed: Vec<_> = files.into_par_iter().map(format_file).collect();
    printed.into_iter().collect()
}

fn format_file(file: TokenFile<'_>) -> Result<OutputFile, FormatError> {
    let TokenFile { path, header, tokens } = file;
    let mut text: String =
        header.lines().map(|line| format!("// {line}").trim_end().to_owned() + "\n").collect();
    match print(&mut text, tokens()) {
        Ok(()) => Ok(OutputFile { path, contents: inert(text) }),
        Err((error, tokens)) => Err(FormatError { path, message: error.to_string(), tokens }),
    }
}

/// Parses and prints item by item, so that only one is held as a syntax tree. The error comes with the
/// tokens of the item that could not be parsed.
fn print(text: &mut String, tokens: TokenStream) -> Result<(), (syn::Error, String)> {
    let mut wrong = String::new();
    let parser = |input: ParseStream<'_>| {
        let attributes = input.call(Attribute::parse_inner)?;
        if !attributes.is_empty() {
            separate(text);
            text.push_str(&unparse(attributes, None));
        }
        let mut run = None;
        while !input.is_empty() {
            let before = input.fork();
            let item = input.parse().inspect_err(|_| wrong = excerpt(&before))?;
            print_item(text, item, &mut run);
        }
        Ok(())
    };
    parser.parse2(tokens).map_err(|error| (error, wrong))
}

fn excerpt(input: ParseStream<'_>) -> String {
    input.cursor().token_stream().to_string().chars().take(MAX_EXCERPT).collect()
}

/// A run of `use`s, `mod`s or constants on a line each is one paragraph; before all else is a gap.
fn print_item(text: &mut String, mut item: Item, run: &mut Option<Discriminant<Item>>) {
    let kind = discriminant(&item);
    add_gaps(&mut item);
    let printed = unparse(Vec::new(), Some(item));
    let is_line = printed.bytes().filter(|byte| *byte == b'\n').count() == 1;
    if !is_line || *run != Some(kind) {
        separate(text);
    }
    for line in printed.split_inclusive('\n') {
        text.push_str(if line.trim() == PRINTED_GAP { "\n" } else { line });
    }
    *run = is_line.then_some(kind);
}

fn unparse(attrs: Vec<Attribute>, item: Option<Item>) -> String {
    let items = item.into_iter().collect();
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs, items })
}

fn separate(text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
}

/// Marks where blank lines go inside an `impl`, a trait or a module: between all members but constants and
/// types on a line each.
fn add_gaps(item: &mut Item) {
    match item {
        Item::Impl(block) => {
            let members = block.items.iter_mut().map(|member| match member {
                ImplItem::Fn(method) => (true, Some(&mut method.attrs)),
                ImplItem::Const(constant) => (!constant.attrs.is_empty(), Some(&mut constant.attrs)),
                ImplItem::Type(alias) => (!alias.attrs.is_empty(), Some(&mut alias.attrs)),
                _ => (false, None),
            });
            mark_gaps(members);
        }
        Item::Trait(block) => {
            let members = block.items.iter_mut().map(|member| match member {
                TraitItem::Fn(method) => (true, Some(&mut method.attrs)),
                TraitItem::Const(constant) => (!constant.attrs.is_empty(), Some(&mut constant.attrs)),
                TraitItem::Type(alias) => (!alias.attrs.is_empty(), Some(&mut alias.attrs)),
                _ => (false, None),
            });
            mark_gaps(members);
        }
        Item::Mod(ItemMod { content: Some((_, items)), .. }) => items.iter_mut().for_each(add_gaps),
        _ => {}
    }
}

/// Of each member: whether it stands apart from its neighbours, and where its marker goes.
fn mark_gaps<'m>(members: impl Iterator<Item = (bool, Option<&'m mut Vec<Attribute>>)>) {
    let mut previous = None;
    for (apart, attributes) in members {
        if let (Some(previous), Some(attributes)) = (previous, attributes)
            && (previous || apart)
        {
            // The printer writes this as the comment `//~gap~`. The text of a document can come near it only
            // in a doc comment, which begins with a third slash.
            attributes.insert(0, parse_quote!(#[comment = "~gap~"]));
        }
        previous = Some(apart);
    }
}

/// `text` without control characters and those that reorder text. They can only be in comments, since a
/// literal has them escaped; rustc refuses some of them there.
fn inert(text: String) -> String {
    if !text.chars().any(is_treacherous) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 64);
    for character in text.chars() {
        if is_treacherous(character) {
            out.extend(character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    out
}

fn is_treacherous(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    ) || (character.is_control() && character != '\n' && character != '\t')
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{TokenFile, format};

    fn printed(header: &str, tokens: &proc_macro2::TokenStream) -> String {
        let text = tokens.to_string();
        let file = TokenFile::new("src/lib.rs", header, move || text.parse().unwrap());
        format(vec![file]).unwrap().remove(0).contents
    }

    #[test]
    fn there_are_blank_lines_between_items_and_between_methods() {
        let text = printed(
            "Made by a generator.\n\nDo not edit.",
            &quote! {
                #![doc = " A client."]
                #![allow(dead_code)]
                use std::fmt;
                use std::io;
                mod contacts;
                #[doc = " A pet."]
                pub struct Pet { #[doc = " Its name."] pub name: String, pub age: u8 }
                impl<T> Trait<T> for Pet where T: Clone {
                    type Left = T;
                    type Right = T;
                    #[doc = " Greets."]
                    fn greet(&self) {}
                    fn part(&self) { self.greet(); }
                    const ONE: u8 = 1;
                }
                impl Empty for Pet {}
            },
        );
        insta::assert_snapshot!(text, @r"
        // Made by a generator.
        //
        // Do not edit.

        //! A client.
        #![allow(dead_code)]

        use std::fmt;
        use std::io;

        mod contacts;

        /// A pet.
        pub struct Pet {
            /// Its name.
            pub name: String,
            pub age: u8,
        }

        impl<T> Trait<T> for Pet
        where
            T: Clone,
        {
            type Left = T;
            type Right = T;

            /// Greets.
            fn greet(&self) {}

            fn part(&self) {
                self.greet();
            }

            const ONE: u8 = 1;
        }

        impl Empty for Pet {}
        ");
    }

    #[test]
    fn a_trait_and_an_inner_module_have_blank_lines_too() {
        let text = printed(
            "",
            &quote! {
                pub trait Sends { fn one(&self); fn two(&self) {} }
                mod inner { impl A { fn a() {} fn b() {} } }
            },
        );
        insta::assert_snapshot!(text, @r"
        pub trait Sends {
            fn one(&self);

            fn two(&self) {}
        }

        mod inner {
            impl A {
                fn a() {}

                fn b() {}
            }
        }
        ");
    }

    #[test]
    fn what_is_not_rust_is_an_error_with_file_and_tokens() {
        let good = TokenFile::new("a.rs", "", || quote! { struct A; });
        let bad = TokenFile::new("b.rs", "", || quote! { struct B; fn 1wrong() {} struct C; });
        let error = format(vec![good, bad]).unwrap_err();
        assert_eq!(error.path, "b.rs");
        assert!(error.tokens.starts_with("fn 1wrong ()"), "{error}");
    }

    #[test]
    fn files_keep_their_order() {
        let files: Vec<_> =
            (0..50).map(|n| TokenFile::new(format!("{n}.rs"), "", || quote! { struct A; })).collect();
        let paths: Vec<_> = format(files).unwrap().into_iter().map(|file| file.path).collect();
        assert_eq!(paths, (0..50).map(|n| format!("{n}.rs")).collect::<Vec<_>>());
    }

    #[test]
    fn comments_cannot_hide_or_end_anything() {
        let doc = " a\rb \u{202e}c \u{2066}d ~gap~ //~gap~ \u{7f}";
        let text = printed("x\u{202e}y\r\u{85}", &quote! { #[doc = #doc] struct A { b: [&'static str; 1] } });
        assert!(!text.chars().any(super::is_treacherous), "{text:?}");
        assert!(text.contains("/// a\\u{d}b \\u{202e}c"), "{text}");
    }

    #[test]
    fn a_header_is_nothing_but_comments() {
        let text = printed("one\r\n*/ two\n\n\u{2028}three", &quote!());
        assert!(text.lines().all(|line| line.starts_with("//")), "{text}");
    }

    #[test]
    fn strings_keep_their_contents() {
        let strange = "\u{202e}\r\n//~gap~\n\u{0}\"";
        let text = printed("", &quote! { const A: &str = #strange; });
        let item: syn::ItemConst = syn::parse_str(&text).unwrap();
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(literal), .. }) = *item.expr else {
            panic!("{text}")
        };
        assert_eq!(literal.value(), strange);
    }
}
