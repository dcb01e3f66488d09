//! Which style of pages an operation uses: its own, a named one, or the named one that fits its parameters.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::pagination::{Pagination, sizes, style};
use super::value::{Value, listed};
use crate::diag::{Code, Diagnostics};
use crate::source::{Pointer, Tree};

/// How many styles a document may name: each is held against the parameters of each operation.
const MOST_STYLES: usize = 100;

/// The named styles of a document; one that could not be read has none.
pub(super) type Styles<'t> = IndexMap<&'t str, Option<Pagination>>;

/// Reads the root's `x-pagination`.
pub(super) fn styles<'t>(tree: &'t Tree, diags: &mut Diagnostics) -> Styles<'t> {
    let word = Value::member(tree, &Pointer::root(), "x-pagination");
    let mut entries = word.as_ref().map(|word| word.entries(diags)).unwrap_or_default();
    if let Some(word) = word.filter(|_| entries.len() > MOST_STYLES) {
        word.invalid(format!("the document has more than {MOST_STYLES} styles"), "remove some", diags);
        entries.clear();
    }
    entries.into_iter().map(|(name, value)| (name, style(&value, diags))).collect()
}

/// Reads an operation's `x-pagination`: the name of a style, a use of one, a style of its own, or `false`.
pub(super) fn of_operation(word: &Value, styles: &Styles, diags: &mut Diagnostics) -> Option<Pagination> {
    match word.tree {
        Tree::Bool(false) => None,
        Tree::String(_) => named(word, styles, diags),
        Tree::Map(map) if map.contains_key("use") => {
            let members = word.members(&["use", "default_size", "max_size"], diags)?;
            let used = members.get("use").and_then(|name| named(&name, styles, diags));
            let (default_size, max_size) = sizes(&members, diags);
            let mut pagination = used?;
            pagination.default_size = default_size.or(pagination.default_size);
            pagination.max_size = max_size.or(pagination.max_size);
            Some(pagination)
        }
        Tree::Map(_) => style(word, diags),
        Tree::Null | Tree::Bool(true) | Tree::Number(_) | Tree::List(_) => {
            word.mistyped("the name of a style, a style or `false`", diags);
            None
        }
    }
}

/// The style that fits an operation without the word: the one whose parameter it declares.
///
/// Of several, the one more of whose parameters it declares, then the one fewer of whose it does not.
pub(super) fn fitting(
    operation: &Pointer,
    queries: &HashSet<&str>,
    styles: &Styles,
    diags: &mut Diagnostics,
) -> Option<Pagination> {
    let declared = |parameter: Option<&str>| parameter.is_some_and(|name| queries.contains(name));
    let rank = |style: &Pagination| {
        let parameters = [style.style.parameter(), style.size.as_deref()];
        let present = parameters.iter().filter(|parameter| declared(**parameter)).count();
        (present, usize::MAX - parameters.iter().flatten().count())
    };
    let read = styles.iter().filter_map(|(name, style)| style.as_ref().map(|style| (*name, style)));
    let fitting: Vec<_> = read.filter(|(_, style)| declared(style.style.parameter())).collect();
    let best = fitting.iter().map(|(_, style)| rank(style)).max()?;
    let mut best = fitting.into_iter().filter(|(_, style)| rank(style) == best);
    let (first, rest) = (best.next()?, best.collect::<Vec<_>>());
    if !rest.is_empty() {
        let names = listed([first].iter().chain(&rest).map(|(name, _)| *name));
        diags
            .warn(Code::AmbiguousPagination, operation)
            .message(format!("the styles {names} fit the parameters of the operation equally well"))
            .help("its pages are not walked; name one with `x-pagination`, or write `x-pagination: false`");
        return None;
    }
    Some(first.1.clone())
}

fn named(name: &Value, styles: &Styles, diags: &mut Diagnostics) -> Option<Pagination> {
    let text = name.name(diags)?;
    let style = styles.get(text);
    if style.is_none() {
        let help = format!("the `x-pagination` of the document has {}", listed(styles.keys().copied()));
        name.dangling("pagination style", text, help, diags);
    }
    style.cloned().flatten()
}

#[cfg(test)]
mod tests {
    use crate::words::Style;
    use crate::words::testing::{operation, operation_complaints};

    const STYLES: &str = "x-pagination:\n  \
        pages: {style: page, request: {number: page, size: size}, items: /data, max_size: 100}\n  \
        unsized: {style: page, request: {number: page}, items: /rows}\n  \
        cursors: {style: cursor, request: {cursor: after}, items: /data, next: {value: /after}}\n\
        components: {parameters: {page: {name: page, in: query}, after: {name: after, in: header}, \
        circle: {$ref: '#/components/parameters/circle'}}}\n";

    fn items(members: &str) -> Option<String> {
        let found = operation(STYLES, members).pagination;
        found.map(|list| format!("{} {:?}", list.items, list.size))
    }

    #[test]
    fn a_named_style_is_used_by_name() {
        assert_eq!(items("{x-pagination: unsized}").as_deref(), Some("/rows None"));
        let list = operation(STYLES, "{x-pagination: {use: pages, default_size: 20}}").pagination.unwrap();
        assert_eq!((list.default_size, list.max_size), (Some(20), Some(100)));
    }

    #[test]
    fn the_style_that_fits_the_parameters_best_is_used() {
        let both = "{parameters: [{name: page, in: query}, {name: size, in: query}]}";
        assert_eq!(items(both).as_deref(), Some("/data Some(\"size\")"));
        let one = "{parameters: [{$ref: '#/components/parameters/page'}]}";
        assert_eq!(items(one).as_deref(), Some("/rows None"));
        for none in ["after", "circle", "missing"] {
            let none = format!("{{parameters: [{{$ref: '#/components/parameters/{none}'}}]}}");
            assert_eq!(items(&none), None);
        }
        assert_eq!(items("{x-pagination: false, parameters: [{name: page, in: query}]}"), None);
    }

    #[test]
    fn parameters_of_the_path_count_too() {
        let path =
            format!("{STYLES}paths: {{/pets: {{parameters: [{{name: after, in: query}}], get: {{}}}}}}\n");
        let words = crate::words::testing::words(&path);
        let found = words.operations.into_values().next().unwrap().pagination.unwrap();
        assert_eq!(found.style, Style::Cursor { cursor: "after".to_owned() });
    }

    #[test]
    fn styles_that_fit_equally_are_not_guessed_among() {
        let styles = "x-pagination:\n  one: {style: page, request: {number: page}, items: /a}\n  \
            two: {style: page, request: {number: page}, items: /b}\n";
        let said = operation_complaints(styles, "{parameters: [{name: page, in: query}]}");
        assert_eq!(
            said,
            [
                "ambiguous-pagination #/paths/~1pets/get: the styles `one` and `two` fit the parameters of the operation equally well"
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_reported_where_it_stands() {
        let at = "#/paths/~1pets/get/x-pagination";
        let said = |word: &str| {
            let said = operation_complaints(STYLES, &format!("{{x-pagination: {word}}}"));
            said.join("\n").replace(at, "")
        };
        assert_eq!(said("page"), "dangling-word : there is no pagination style `page`");
        assert_eq!(
            said("true"),
            "invalid-word : the name of a style, a style or `false` is wanted here, and this is a boolean"
        );
        assert_eq!(
            said("{use: pages, default_size: 20, max_size: 10}"),
            "invalid-word /default_size: 20 is more than `max_size`"
        );
    }
}
