//! `x-pagination`: how a list is walked page by page.

use indexmap::IndexMap;

use super::JsonPointer;
use super::value::{Members, Value, listed};
use crate::diag::{Code, Diagnostics};
use crate::source::{Pointer, Tree};

/// A style of pages, as an operation uses it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// `style` with `request` and `first`: what a page is asked with.
    pub style: Style,
    /// `request.size`: the query parameter for the greatest number of items of a page.
    pub size: Option<String>,
    /// `items`: where the body has the list.
    pub items: JsonPointer,
    /// `next`: where the next page is named, in the order to look; empty if pages are only counted.
    pub next: Vec<Next>,
    /// `more`: where the body has a boolean that says whether there are more pages.
    pub more: Option<JsonPointer>,
    /// `total`: where the body may have the number of all items, in the order to look.
    pub total: Vec<JsonPointer>,
    /// `pages`: where the body may have the number of all pages, in the order to look.
    pub pages: Vec<JsonPointer>,
    /// `stop`: what ends the list; both if not said.
    pub stop: Vec<Stop>,
    /// `default_size`: how many items a page has if not asked.
    pub default_size: Option<u64>,
    /// `max_size`: how many items a page has at most.
    pub max_size: Option<u64>,
}

/// What a page is asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Style {
    /// `page`: by its number.
    Page {
        /// `request.number`: the query parameter.
        number: String,
        /// `first`: the number of the first page; 1 if not said.
        first: u64,
    },
    /// `offset`: by the number of items before it.
    Offset {
        /// `request.offset`: the query parameter.
        offset: String,
        /// `first`: the offset of the first item; 0 if not said.
        first: u64,
    },
    /// `cursor`: by what the page before says; the first one without.
    Cursor {
        /// `request.cursor`: the query parameter.
        cursor: String,
    },
    /// `link`: by the query of a link on the page before.
    Link,
}

impl Style {
    /// The query parameter that says which page.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Style::Page { number, .. } => Some(number),
            Style::Offset { offset, .. } => Some(offset),
            Style::Cursor { cursor } => Some(cursor),
            Style::Link => None,
        }
    }
}

/// Where the next page is named. `take` is the one parameter of the link's query to use; without, its whole query is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// `link`: a member of the body holds an address.
    Link {
        /// Where.
        pointer: JsonPointer,
        /// `take`, or the parameter of the style.
        take: Option<String>,
    },
    /// `value`: a member of the body holds the value of the style's parameter.
    Value {
        /// Where.
        pointer: JsonPointer,
    },
    /// `header`: a header holds links (RFC 8288), one of which has the relation `next`.
    Header {
        /// The header's name: `Link`.
        name: String,
        /// `take`, or the parameter of the style.
        take: Option<String>,
    },
    /// `last_item`: the last item holds the value of the style's parameter.
    LastItem {
        /// Where in the item.
        pointer: JsonPointer,
    },
}

/// What ends a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// `no_next`: no next page is named.
    NoNext,
    /// `empty_page`: a page has no items.
    EmptyPage,
}

/// The greatest number a page, an offset or a size may have: JSON's readers agree on no greater one.
const GREATEST: u64 = (1 << 53) - 1;

/// The named styles of a document; one that could not be read has none.
pub(super) type Styles<'t> = IndexMap<&'t str, Option<Pagination>>;

/// Reads the root's `x-pagination`.
pub(super) fn styles<'t>(tree: &'t Tree, diags: &mut Diagnostics) -> Styles<'t> {
    let word = Value::member(tree, &Pointer::root(), "x-pagination");
    let entries = word.map(|word| word.entries(diags)).unwrap_or_default();
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
    queries: &[&str],
    styles: &Styles,
    diags: &mut Diagnostics,
) -> Option<Pagination> {
    let declared = |parameter: Option<&str>| parameter.is_some_and(|name| queries.contains(&name));
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

fn style(value: &Value, diags: &mut Diagnostics) -> Option<Pagination> {
    const MEMBERS: [&str; 11] = [
        "style",
        "request",
        "first",
        "items",
        "next",
        "more",
        "total",
        "pages",
        "stop",
        "default_size",
        "max_size",
    ];
    let members = value.members(&MEMBERS, diags)?;
    let request = request(&members, diags);
    let items = members.wanted("items", diags).and_then(|items| items.pointer(diags));
    let stops = [("no_next", Stop::NoNext), ("empty_page", Stop::EmptyPage)];
    let stop = members.get("stop").map(|stop| stop.distinct(diags, |item, diags| item.choice(&stops, diags)));
    let more = members.get("more").and_then(|more| more.pointer(diags));
    let mut pointers = |key: &str| {
        let list = members.get(key);
        list.map(|list| list.pointers(diags)).unwrap_or_default()
    };
    let (total, pages) = (pointers("total"), pointers("pages"));
    let (default_size, max_size) = sizes(&members, diags);
    let (style, size) = request?;
    let next = next(&members, &style, diags);
    Some(Pagination {
        style,
        size,
        items: items?,
        next: next?,
        more,
        total,
        pages,
        stop: stop.unwrap_or_else(|| vec![Stop::NoNext, Stop::EmptyPage]),
        default_size,
        max_size,
    })
}

/// `style`, `request` and `first`.
fn request(style: &Members, diags: &mut Diagnostics) -> Option<(Style, Option<String>)> {
    let kinds = [("page", "number"), ("offset", "offset"), ("cursor", "cursor"), ("link", "")];
    let key = style.wanted("style", diags)?.choice(&kinds, diags)?;
    let parameter = |members: Option<&Members>, key: &str, diags: &mut Diagnostics| {
        members.and_then(|members| members.get(key)).and_then(|value| value.name(diags)).map(str::to_owned)
    };
    let known: &[&str] = if key.is_empty() { &["size"] } else { &[key, "size"] };
    let given = if key.is_empty() { style.get("request") } else { Some(style.wanted("request", diags)?) };
    let members = given.and_then(|given| given.members(known, diags));
    let size = parameter(members.as_ref(), "size", diags);
    let first = style.get("first");
    let mut position = || {
        let members = members.as_ref()?;
        members.wanted(key, diags)?;
        parameter(Some(members), key, diags)
    };
    let kind = match key {
        "number" => {
            let number = position()?;
            let first = first.map_or(Some(1), |first| first.whole(0..=GREATEST, diags))?;
            return Some((Style::Page { number, first }, size));
        }
        "offset" => {
            let offset = position()?;
            let first = first.map_or(Some(0), |first| first.whole(0..=GREATEST, diags))?;
            return Some((Style::Offset { offset, first }, size));
        }
        "cursor" => Style::Cursor { cursor: position()? },
        _ => Style::Link,
    };
    if let Some(first) = first {
        first.invalid("only the styles `page` and `offset` count from a first number", "remove it", diags);
    }
    Some((kind, size))
}

/// `next`, in the order to look.
fn next(members: &Members, style: &Style, diags: &mut Diagnostics) -> Option<Vec<Next>> {
    let Some(value) = members.get("next") else {
        return match style {
            Style::Page { .. } | Style::Offset { .. } => Some(Vec::new()),
            Style::Cursor { .. } | Style::Link => {
                members.wanted("next", diags);
                None
            }
        };
    };
    let given = value.members(&["link", "take", "value", "header", "last_item"], diags)?;
    let take = given.get("take").and_then(|take| take.name(diags)).or_else(|| style.parameter());
    let take = take.map(str::to_owned);
    let mut next = Vec::new();
    if let Some(pointer) = given.get("link").and_then(|link| link.pointer(diags)) {
        next.push(Next::Link { pointer, take: take.clone() });
    }
    if let Some(pointer) = valued(&given, "value", style, diags) {
        next.push(Next::Value { pointer });
    }
    if let Some(name) = given.get("header").and_then(|header| header.header(diags)) {
        next.push(Next::Header { name, take });
    } else if let Some(take) = given.get("take").filter(|_| given.get("link").is_none()) {
        take.invalid("there is no link to take a parameter of", "add `link` or `header`", diags);
    }
    if let Some(pointer) = valued(&given, "last_item", style, diags) {
        next.push(Next::LastItem { pointer });
    }
    let sources = ["link", "value", "header", "last_item"];
    if sources.iter().all(|source| given.get(source).is_none()) {
        let help = format!("name at least one of {}", listed(sources));
        value.invalid("`next` does not say where the next page is named", help, diags);
    }
    Some(next).filter(|next| !next.is_empty())
}

/// A source that gives the value of the style's parameter, which a link has none of.
fn valued(next: &Members, key: &str, style: &Style, diags: &mut Diagnostics) -> Option<JsonPointer> {
    let value = next.get(key)?;
    if style.parameter().is_none() {
        value.invalid(
            "the style `link` has no parameter to give a value to",
            "use `link` or `header`",
            diags,
        );
        return None;
    }
    value.pointer(diags)
}

/// `default_size` and `max_size`.
fn sizes(members: &Members, diags: &mut Diagnostics) -> (Option<u64>, Option<u64>) {
    let mut size = |key: &str| members.get(key).and_then(|value| value.whole(1..=GREATEST, diags));
    let (default, most) = (size("default_size"), size("max_size"));
    if let (Some(given), Some(default), Some(most)) = (members.get("default_size"), default, most)
        && default > most
    {
        given.invalid(format!("{default} is more than `max_size`"), "correct one of the two", diags);
    }
    (default, most)
}

#[cfg(test)]
mod tests {
    use super::{Next, Pagination, Stop, Style};
    use crate::words::JsonPointer;
    use crate::words::testing::{operation, operation_complaints};

    fn pointer(text: &str) -> JsonPointer {
        JsonPointer::parse(text).unwrap()
    }

    fn own(style: &str) -> Pagination {
        operation("", &format!("{{x-pagination: {style}}}")).pagination.unwrap()
    }

    #[test]
    fn pages_may_be_counted_by_items() {
        let list = own(
            "{style: offset, request: {offset: skip, size: limit}, items: '', max_size: 50, total: [/total, /count]}",
        );
        assert_eq!(list.style, Style::Offset { offset: "skip".to_owned(), first: 0 });
        assert_eq!((list.size.as_deref(), list.max_size), (Some("limit"), Some(50)));
        assert_eq!((list.items.as_str(), list.next), ("", vec![]));
        assert_eq!(list.total, [pointer("/total"), pointer("/count")]);
        assert_eq!(list.stop, [Stop::NoNext, Stop::EmptyPage]);
    }

    #[test]
    fn a_cursor_may_be_a_value_or_the_last_items() {
        let list = own(
            "{style: cursor, request: {cursor: after}, items: /data, next: {last_item: /id, value: /next}, \
             more: /has_more, stop: [no_next]}",
        );
        assert_eq!(list.style, Style::Cursor { cursor: "after".to_owned() });
        let sources = [Next::Value { pointer: pointer("/next") }, Next::LastItem { pointer: pointer("/id") }];
        assert_eq!(list.next, sources);
        assert_eq!((list.more, list.stop), (Some(pointer("/has_more")), vec![Stop::NoNext]));
    }

    #[test]
    fn links_may_stand_in_a_header() {
        let list = own("{style: link, request: {size: per_page}, items: '', next: {header: Link}}");
        assert_eq!((list.style, list.size.as_deref()), (Style::Link, Some("per_page")));
        assert_eq!(list.next, [Next::Header { name: "Link".to_owned(), take: None }]);
    }

    #[test]
    fn of_a_link_the_parameter_of_the_style_is_taken() {
        let list = own("{style: page, request: {number: p}, first: 0, items: /data, next: {link: /next}}");
        assert_eq!(list.style, Style::Page { number: "p".to_owned(), first: 0 });
        assert_eq!(list.next, [Next::Link { pointer: pointer("/next"), take: Some("p".to_owned()) }]);
    }

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
            said("{style: cursor, request: {number: page}, items: data}"),
            "invalid-word /request/number: `number` is no member of `request`\n\
             invalid-word /request: `request` lacks the member `cursor`\n\
             invalid-word /items: `data` is no JSON pointer"
        );
        assert_eq!(
            said("{style: cursor, request: {cursor: after}, first: 1, items: ''}"),
            "invalid-word /first: only the styles `page` and `offset` count from a first number\n\
             invalid-word : `x-pagination` lacks the member `next`"
        );
        assert_eq!(
            said("{style: link, items: '', next: {value: /next, take: page}}"),
            "invalid-word /next/value: the style `link` has no parameter to give a value to\n\
             invalid-word /next/take: there is no link to take a parameter of"
        );
        assert_eq!(
            said("{style: link, items: '', next: {}, max_size: 0}"),
            "invalid-word /max_size: a whole number from 1 to 9007199254740991 is wanted here, and this is `0`\n\
             invalid-word /next: `next` does not say where the next page is named"
        );
        assert_eq!(
            said("{use: pages, default_size: 20, max_size: 10}"),
            "invalid-word /default_size: 20 is more than `max_size`"
        );
    }
}
