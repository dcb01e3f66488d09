//! Tokens to formatted text, a file at a time, in parallel.
//!
//! Everything is made and printed item by item, so that memory stays small and blank lines can stand between items.
//! Those between the methods of an `impl` or a trait, which the printer does not make, are printed as
//! marked comments and then emptied.
//!
//! Invariant: whatever the tokens contain, the text has no character that hides or reorders others.

use std::fmt;
use std::iter;
use std::mem::{Discriminant, discriminant};
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, File, Item};

use super::gaps;
use super::inert::inert;

/// The most tokens of a wrong item that an error shows, in characters.
const MAX_EXCERPT: usize = 400;

/// Whole items of a file, some at a time.
type Items<'p> = Box<dyn Iterator<Item = TokenStream> + 'p>;

/// A Rust file to be, its tokens made when they are printed.
///
/// Tokens cannot be sent between threads, so this holds a recipe for them: it runs in the thread that
/// prints the file.
pub struct TokenFile<'p> {
    path: String,
    header: String,
    items: Box<dyn FnOnce() -> Items<'p> + Send + 'p>,
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
    ///
    /// `items` gives whole items, as many at a time as it likes: each lot is gone before the next is made.
    pub fn new<I: Iterator<Item = TokenStream> + 'p>(
        path: impl Into<String>,
        header: impl Into<String>,
        items: impl FnOnce() -> I + Send + 'p,
    ) -> Self {
        let items = || Box::new(items()) as Items<'p>;
        Self { path: path.into(), header: header.into(), items: Box::new(items) }
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

/// Prints all files, in the order given, on as many threads as the machine has room for.
///
/// # Errors
///
/// If what is in a file is not Rust: that of the first such file.
pub fn format(files: Vec<TokenFile<'_>>) -> Result<Vec<OutputFile>, FormatError> {
    format_on(thread::available_parallelism().map_or(1, Into::into), files)
}

/// Prints all files, in the order given, on so many threads. This one is the first of them: what was freed here before is used
/// again.
///
/// # Errors
///
/// As [`format()`].
fn format_on(threads: usize, files: Vec<TokenFile<'_>>) -> Result<Vec<OutputFile>, FormatError> {
    let others = threads.min(files.len()).saturating_sub(1);
    let waiting = Mutex::new(files.into_iter().enumerate());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || iter::from_fn(next).map(|(at, file)| (at, format_file(file))).collect::<Vec<_>>();
    let mut printed = thread::scope(|scope| {
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let mut printed = work();
        for other in others {
            printed.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        printed
    });
    printed.sort_unstable_by_key(|(at, _)| *at);
    printed.into_iter().map(|(_, file)| file).collect()
}

fn format_file(file: TokenFile<'_>) -> Result<OutputFile, FormatError> {
    let TokenFile { path, header, items } = file;
    let header: String =
        header.lines().map(|line| format!("// {line}").trim_end().to_owned() + "\n").collect();
    let mut printer =
        Printer { pieces: Vec::from_iter(Some(header).filter(|text| !text.is_empty())), run: None };
    for tokens in items() {
        if let Err((error, tokens)) = printer.print(tokens) {
            return Err(FormatError { path, message: error.to_string(), tokens });
        }
    }
    Ok(OutputFile { path, contents: inert(printer.pieces.concat()) })
}

struct Printer {
    /// The text so far. One that grew would leave holes of all its sizes behind, and take up to twice its room.
    pieces: Vec<String>,
    /// What the last item is, if it is on a line.
    run: Option<Discriminant<Item>>,
}

impl Printer {
    /// Parses and prints item by item, so that only one is held as a syntax tree. The error comes with the
    /// tokens of the item that could not be parsed.
    fn print(&mut self, tokens: TokenStream) -> Result<(), (syn::Error, String)> {
        let mut wrong = String::new();
        let parser = |input: ParseStream<'_>| {
            let attributes = input.call(Attribute::parse_inner)?;
            if !attributes.is_empty() {
                let gap = self.gap();
                self.pieces.push(gap.to_owned() + &unparse(attributes, None));
            }
            while !input.is_empty() {
                let before = input.fork();
                let item = input.parse().inspect_err(|_| wrong = excerpt(&before))?;
                self.print_item(item);
            }
            Ok(())
        };
        parser.parse2(tokens).map_err(|error| (error, wrong))
    }

    /// A run of `use`s, `mod`s or constants on a line each is one paragraph; before all else is a gap.
    fn print_item(&mut self, mut item: Item) {
        let kind = discriminant(&item);
        gaps::mark(&mut item);
        let printed = unparse(Vec::new(), Some(item));
        let is_line = printed.find('\n').is_some_and(|end| end + 1 == printed.len());
        let mut piece = String::with_capacity(printed.len() + 1);
        if !is_line || self.run != Some(kind) {
            piece.push_str(self.gap());
        }
        for line in printed.split_inclusive('\n') {
            piece.push_str(if gaps::is_mark(line) { "\n" } else { line });
        }
        self.pieces.push(piece);
        self.run = is_line.then_some(kind);
    }

    /// What stands between what is there and what follows.
    fn gap(&self) -> &'static str {
        if self.pieces.is_empty() { "" } else { "\n" }
    }
}

fn excerpt(input: ParseStream<'_>) -> String {
    input.cursor().token_stream().to_string().chars().take(MAX_EXCERPT).collect()
}

fn unparse(attrs: Vec<Attribute>, item: Option<Item>) -> String {
    let items = item.into_iter().collect();
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs, items })
}

#[cfg(test)]
mod tests {
    use std::iter;

    use proc_macro2::TokenStream;
    use quote::quote;

    use super::{TokenFile, format, format_on};

    fn printed(header: &str, tokens: &proc_macro2::TokenStream) -> String {
        let text = tokens.to_string();
        let file = TokenFile::new("src/lib.rs", header, move || iter::once(text.parse().unwrap()));
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
        let good = TokenFile::new("a.rs", "", || iter::once(quote! { struct A; }));
        let bad = TokenFile::new("b.rs", "", || {
            [quote! { struct B; fn 1wrong() {} }, quote! { struct C; }].into_iter()
        });
        let error = format(vec![good, bad]).unwrap_err();
        assert_eq!(error.path, "b.rs");
        assert!(error.tokens.starts_with("fn 1wrong ()"), "{error}");
    }

    #[test]
    fn it_does_not_show_how_many_items_are_made_at_a_time() {
        let items = [
            quote!(#![allow(dead_code)] use a;),
            quote!(
                use b;
            ),
            quote!(
                const A: u8 = 1;
                const B: u8 = 1;
            ),
        ];
        let whole: TokenStream = items.iter().cloned().collect();
        let text = whole.to_string();
        let items = items.map(|item| item.to_string());
        let each = TokenFile::new("a.rs", "", || items.into_iter().map(|item| item.parse().unwrap()));
        assert_eq!(format(vec![each]).unwrap().remove(0).contents, printed("", &text.parse().unwrap()));
    }

    #[test]
    fn the_number_of_threads_does_not_show() {
        let files = || {
            (0..9)
                .map(|n| {
                    TokenFile::new(format!("{n}.rs"), "", || {
                        iter::once(quote!(
                            use a;
                        ))
                    })
                })
                .collect()
        };
        assert_eq!(format_on(1, files()), format_on(3, files()));
        assert_eq!(format_on(0, Vec::new()), Ok(Vec::new()));
    }

    #[test]
    fn files_keep_their_order() {
        let files: Vec<_> = (0..50)
            .map(|n| TokenFile::new(format!("{n}.rs"), "", || iter::once(quote! { struct A; })))
            .collect();
        let paths: Vec<_> = format(files).unwrap().into_iter().map(|file| file.path).collect();
        assert_eq!(paths, (0..50).map(|n| format!("{n}.rs")).collect::<Vec<_>>());
    }

    #[test]
    fn comments_cannot_hide_or_end_anything() {
        let doc = " a\rb \u{202e}c \u{2066}d ~gap~ //~gap~ \u{7f}";
        let text = printed("x\u{202e}y\r\u{85}", &quote! { #[doc = #doc] struct A { b: [&'static str; 1] } });
        assert!(!text.chars().any(crate::write::inert::is_treacherous), "{text:?}");
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
