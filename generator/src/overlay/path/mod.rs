//! JSONPath (RFC 9535): which nodes of a tree an expression selects.
//!
//! Works on [`Tree`] itself, so that nothing has to be converted for each action, and counts what it does: the work of an
//! expression is bounded by a [`Budget`], whatever it asks for. An expression is parsed without going back, and nests to a depth
//! that no stack minds.

mod compare;
mod filter;
mod parse;
mod pattern;
mod select;
mod syntax;

pub(super) use parse::PathError;
pub(super) use select::{Budget, Exhausted, Selection};

use crate::source::Tree;
use syntax::Segment;

/// An expression that begins at the root: `$.paths.*.get`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    text: String,
    segments: Vec<Segment>,
}

impl Path {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// If it is not well-formed and valid (RFC 9535, section 2.1).
    pub(super) fn parse(text: &str) -> Result<Self, PathError> {
        Ok(Self { text: text.to_owned(), segments: parse::path(text)? })
    }

    /// The expression as written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The nodes it selects in `tree`, each once, in the order of the specification.
    ///
    /// # Errors
    ///
    /// If that takes more than is left of the budget.
    pub(super) fn select(&self, tree: &Tree, budget: &mut Budget) -> Result<Selection, Exhausted> {
        select::select(&self.segments, tree, budget)
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Exhausted, Path};
    use crate::diag::Diagnostics;
    use crate::source::{Source, Tree, read};

    /// The example of RFC 9535, section 1.5, and some odd values.
    const STORE: &str = r#"{
        "store": {
            "book": [
                {"category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95},
                {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99},
                {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99},
                {"category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8", "price": 22.99}
            ],
            "bicycle": {"color": "red", "price": 399}
        },
        "odd": {"a/b~c": 1, "'": 2, "\"": 3, "\u263a": 4, "1e2": 1e2, "100": 100, "null": null, "line": "a\nb", "": [[], {}]}
    }"#;

    fn tree(text: &str) -> Tree {
        let mut diags = Diagnostics::default();
        let tree = read(&Source::from_text("a.json", text), &mut diags);
        tree.unwrap_or_else(|| panic!("{:?}", diags.list()))
    }

    fn selected(expression: &str, tree: &Tree) -> Result<Vec<String>, Exhausted> {
        let path = Path::parse(expression).unwrap_or_else(|error| panic!("{expression}: {error:?}"));
        let selection = path.select(tree, &mut Budget::new(100))?;
        Ok(selection.nodes.iter().map(|pointer| pointer.as_str().to_owned()).collect())
    }

    #[track_caller]
    fn check_selects(expression: &str, expected: &[&str]) {
        let found = selected(expression, &tree(STORE)).unwrap();
        assert_eq!(found, expected, "{expression}");
    }

    /// The expression is wrong at this byte.
    #[track_caller]
    fn check_wrong(expression: &str, at: usize) {
        let error = Path::parse(expression).expect_err(expression);
        assert_eq!(error.at, at, "{expression}: {error:?}");
    }

    #[test]
    fn names_and_indices_select_one() {
        check_selects("$", &[""]);
        check_selects("$.store.bicycle.color", &["/store/bicycle/color"]);
        check_selects("$ [ 'store' ] ['book'] [ -1 ] .title", &["/store/book/3/title"]);
        check_selects(
            r#"$.odd['a/b~c', '\'', "\"", "\u263A", '☺', '\\']"#,
            &["/odd/a~1b~0c", "/odd/'", "/odd/\"", "/odd/☺"],
        );
        check_selects("$.odd.☺", &["/odd/☺"]);
        check_selects("$.store.book[4]", &[]);
        check_selects("$.store[0]", &[]);
        check_selects("$.store.book['0']", &[]);
        check_selects("$.odd['']", &["/odd/"]);
    }

    #[test]
    fn wildcards_and_slices_select_several_each_once() {
        check_selects("$.store.*", &["/store/book", "/store/bicycle"]);
        check_selects("$.store.book[1:3].price", &["/store/book/1/price", "/store/book/2/price"]);
        check_selects("$.store.book[::-2].isbn", &["/store/book/3/isbn"]);
        check_selects("$.store.book[5:0:-2]", &["/store/book/3", "/store/book/1"]);
        check_selects("$.store.book[0, 0, -4, :1]", &["/store/book/0"]);
        check_selects("$.store.book[::0]", &[]);
    }

    #[test]
    fn descendants_are_found_at_every_depth() {
        check_selects("$..color", &["/store/bicycle/color"]);
        check_selects("$..[0]", &["/store/book/0", "/odd//0"]);
        check_selects("$.store..price..*", &[]);
        check_selects("$..book[2]['isbn', 'none']", &["/store/book/2/isbn"]);
    }

    #[test]
    fn filters_compare() {
        check_selects("$.store.book[?@.price < 9 && @.category == 'fiction']", &["/store/book/2"]);
        check_selects("$.store.book[?@.isbn]", &["/store/book/2", "/store/book/3"]);
        check_selects("$.store.book[?!@.isbn && !(@.price > 10)]", &["/store/book/0"]);
        check_selects(
            "$.store.book[?@.price >= 12.99 || @.author >= 'Nigel'].price",
            &["/store/book/0/price", "/store/book/1/price", "/store/book/3/price"],
        );
        check_selects("$..book[?@.price == $.store.book[-1].price]", &["/store/book/3"]);
        check_selects("$.odd[?@ == 1.0e2]", &["/odd/1e2", "/odd/100"]);
        check_selects("$.odd[?@ == null]", &["/odd/null"]);
        check_selects(
            "$.odd[?@[0] == $.odd['']['0']]",
            &[
                "/odd/a~1b~0c",
                "/odd/'",
                "/odd/\"",
                "/odd/☺",
                "/odd/1e2",
                "/odd/100",
                "/odd/null",
                "/odd/line",
            ],
        );
        check_selects("$.odd['', 'x'][?@ == $.odd[''][1]]", &["/odd//1"]);
        check_selects("$.store[?@.none <= $.none]", &["/store/book", "/store/bicycle"]);
        check_selects("$.store[?@.none < 1]", &[]);
    }

    #[test]
    fn functions_have_values() {
        check_selects("$.store.book[?length(@.title) == 9]", &["/store/book/2"]);
        check_selects("$.odd[?length(@) == 0]", &[]);
        check_selects("$[?length(@) == 2]", &["/store"]);
        check_selects("$.store.book[?count(@.*) > 4]", &["/store/book/2", "/store/book/3"]);
        check_selects("$.store[?value(@..color) == 'red']", &["/store/bicycle"]);
        check_selects(
            "$.store.book[?match(@.author, '[A-Z].*(Rees|Waugh)')]",
            &["/store/book/0", "/store/book/1"],
        );
        check_selects("$.store.book[?search(@.author, 'R\\\\.')]", &["/store/book/3"]);
        check_selects("$.odd[?match(@, 'a.b')]", &[]);
        check_selects(
            "$.store.book[?match(@.author, @.author)].title",
            &["/store/book/0/title", "/store/book/1/title", "/store/book/2/title", "/store/book/3/title"],
        );
        check_selects(
            "$.store.book[?search(@.author, 'a)|(b') || match(@.author, '(') || search(@.price, '8')]",
            &[],
        );
        check_selects(
            r"$.store.book[?match(@.isbn, '\\p{Nd}(-\\p{Nd}{3,5}){2}-[0-9]')].isbn",
            &["/store/book/2/isbn", "/store/book/3/isbn"],
        );
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        for (expression, at) in [
            ("", 0),
            ("store", 0),
            (" $", 0),
            ("$ ", 1),
            ("$.", 2),
            ("$.a ", 3),
            ("$. a", 2),
            ("$...a", 3),
            ("$.1", 2),
            ("$.a-b", 3),
            ("$[", 2),
            ("$[]", 2),
            ("$['a'", 5),
            ("$['a',]", 6),
            ("$[a]", 2),
            ("$[01]", 2),
            ("$[-0]", 2),
            ("$[9007199254740992]", 2),
            ("$[1:2:3:4]", 7),
            ("$['a", 4),
            ("$['\u{1}']", 3),
            (r"$['\x']", 3),
            (r"$['\ud800']", 3),
            (r"$['\ud800\u0041']", 3),
            ("$[?]", 3),
            ("$[?@.a = 1]", 7),
            ("$[?@.a == ]", 10),
            ("$[?@.* == 1]", 3),
            ("$[?1 == @..a]", 8),
            ("$[?1]", 4),
            ("$[?'a' && @.b]", 6),
            ("$[?true]", 7),
            ("$[?(@.a == 1]", 12),
            ("$[?!@.a == 1]", 4),
            ("$[?!!@.a]", 4),
            ("$[?length(@.*) == 1]", 10),
            ("$[?length(@.a)]", 14),
            ("$[?count(1) == 1]", 9),
            ("$[?match(@.a, 'b') == true]", 3),
            ("$[?match(@.a)]", 12),
            ("$[?first(@.a)]", 3),
            ("$[?length (@.a) == 1]", 3),
            ("$[?@.a == 1.]", 10),
            ("$[?@.a == -]", 10),
            ("$[?@.a == truth]", 10),
        ] {
            check_wrong(expression, at);
        }
    }

    #[test]
    fn an_expression_nests_as_deep_as_the_limit() {
        let nested = |depth: usize| format!("$[?{}@.a{}]", "(".repeat(depth), ")".repeat(depth));
        assert!(Path::parse(&nested(30)).is_ok());
        for depth in [31, 100_000] {
            assert!(Path::parse(&nested(depth)).is_err());
            assert!(Path::parse(&format!("$[?{}", "@[?".repeat(depth))).is_err());
            assert!(Path::parse(&format!("$[?{}", "length(".repeat(depth))).is_err());
            assert!(Path::parse(&format!("$[?{}", "!(".repeat(depth))).is_err());
        }
    }

    #[test]
    fn work_has_a_bound() {
        let check_exhausts = |expression: &str, text: &str| {
            let path = Path::parse(expression).unwrap_or_else(|error| panic!("{expression}: {error:?}"));
            assert_eq!(path.select(&tree(text), &mut Budget::new(10)), Err(Exhausted), "{expression}");
        };
        let deep = format!("{}{}", "[1, ".repeat(100) + "1", "]".repeat(100));
        check_exhausts("$..*..*..*..*", &deep);
        let wide = format!("[{}[]]", "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"], ".repeat(1_000));
        check_exhausts("$..[?$..[?$..*]]", &wide);
        check_exhausts("$[?count($..*) != count($..[?@ == $])]", &wide);
        check_exhausts("$..[?search(@, '((a{1,50}){1,50})b')]", &wide);
    }
}
