//! `x-pagination`: how a list is walked page by page.

use super::JsonPointer;
use super::value::{Members, Value, either};
use crate::diag::Diagnostics;

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

/// Where the next page is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// `link`: a member of the body holds an address.
    Link {
        /// Where.
        pointer: JsonPointer,
        /// `take`, or the parameter of the style: the one parameter of the link's query to use; without, its whole query is used.
        take: Option<String>,
    },
    /// `value`: a member of the body holds the value of the style's parameter.
    Value {
        /// Where.
        pointer: JsonPointer,
    },
    /// `header`: the header `Link` holds links (RFC 8288), one of which has the relation `next`.
    Header,
    /// `last_item`: the last item holds the value of the style's parameter.
    LastItem {
        /// Where in the item.
        pointer: JsonPointer,
    },
}

/// The greatest number a page, an offset or a size may have: JSON's readers agree on no greater one.
const GREATEST: u64 = (1 << 53) - 1;

/// Reads one style.
pub(super) fn style(value: &Value, diags: &mut Diagnostics) -> Option<Pagination> {
    const MEMBERS: [&str; 10] =
        ["style", "request", "first", "items", "next", "more", "total", "pages", "default_size", "max_size"];
    let members = value.members(&MEMBERS, diags)?;
    let asked = asked(&members, diags);
    let items = members.wanted("items", diags).and_then(|items| items.pointer(diags));
    let more = members.get("more").and_then(|more| more.pointer(diags));
    let mut pointers = |key: &str| {
        let list = members.get(key);
        list.map(|list| list.pointers(diags)).unwrap_or_default()
    };
    let (total, pages) = (pointers("total"), pointers("pages"));
    let (default_size, max_size) = sizes(&members, diags);
    let (style, size) = asked?;
    let next = next(&members, &style, diags);
    Some(Pagination { style, size, items: items?, next: next?, more, total, pages, default_size, max_size })
}

/// `style`, `request` and `first`: what a page is asked with, and the parameter for its size.
fn asked(style: &Members, diags: &mut Diagnostics) -> Option<(Style, Option<String>)> {
    let kinds =
        [("page", Kind::Page), ("offset", Kind::Offset), ("cursor", Kind::Cursor), ("link", Kind::Link)];
    match style.wanted("style", diags)?.choice(&kinds, diags)? {
        Kind::Page => {
            let (number, size) = request(style, "number", diags)?;
            Some((Style::Page { number, first: first(style, 1, diags)? }, size))
        }
        Kind::Offset => {
            let (offset, size) = request(style, "offset", diags)?;
            Some((Style::Offset { offset, first: first(style, 0, diags)? }, size))
        }
        Kind::Cursor => {
            no_first(style, diags);
            let (cursor, size) = request(style, "cursor", diags)?;
            Some((Style::Cursor { cursor }, size))
        }
        Kind::Link => {
            no_first(style, diags);
            let request = style.get("request").and_then(|request| request.members(&["size"], diags));
            Some((Style::Link, request.and_then(|request| parameter(&request, "size", diags))))
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Page,
    Offset,
    Cursor,
    Link,
}

/// `request`: the parameter `key`, and the one for the size.
fn request(style: &Members, key: &str, diags: &mut Diagnostics) -> Option<(String, Option<String>)> {
    let request = style.wanted("request", diags)?.members(&[key, "size"], diags)?;
    let size = parameter(&request, "size", diags);
    request.wanted(key, diags)?;
    Some((parameter(&request, key, diags)?, size))
}

fn parameter(request: &Members, key: &str, diags: &mut Diagnostics) -> Option<String> {
    request.get(key)?.name(diags).map(str::to_owned)
}

fn first(style: &Members, usual: u64, diags: &mut Diagnostics) -> Option<u64> {
    style.get("first").map_or(Some(usual), |first| first.whole(0..=GREATEST, diags))
}

fn no_first(style: &Members, diags: &mut Diagnostics) {
    if let Some(first) = style.get("first") {
        first.invalid("only the styles `page` and `offset` count from a first number", "remove it", diags);
    }
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
        next.push(Next::Link { pointer, take });
    } else if let Some(take) = given.get("take") {
        take.invalid("there is no link to take a parameter of", "add `link`", diags);
    }
    if let Some(pointer) = valued(&given, "value", style, diags) {
        next.push(Next::Value { pointer });
    }
    let header = given.get("header").and_then(|header| header.choice(&[("Link", ())], diags));
    next.extend(header.map(|()| Next::Header));
    if let Some(pointer) = valued(&given, "last_item", style, diags) {
        next.push(Next::LastItem { pointer });
    }
    let sources = ["link", "value", "header", "last_item"];
    if sources.iter().all(|source| given.get(source).is_none()) {
        let help = format!("name at least one of {}", either(sources));
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
pub(super) fn sizes(members: &Members, diags: &mut Diagnostics) -> (Option<u64>, Option<u64>) {
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
    use super::{Next, Pagination, Style};
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
    }

    #[test]
    fn a_cursor_may_be_a_value_or_the_last_items() {
        let list = own(
            "{style: cursor, request: {cursor: after}, items: /data, next: {last_item: /id, value: /next}, \
             more: /has_more}",
        );
        assert_eq!(list.style, Style::Cursor { cursor: "after".to_owned() });
        let sources = [Next::Value { pointer: pointer("/next") }, Next::LastItem { pointer: pointer("/id") }];
        assert_eq!(list.next, sources);
        assert_eq!(list.more, Some(pointer("/has_more")));
    }

    #[test]
    fn links_may_stand_in_a_header() {
        let list = own("{style: link, request: {size: per_page}, items: '', next: {header: Link}}");
        assert_eq!((list.style, list.size.as_deref()), (Style::Link, Some("per_page")));
        assert_eq!(list.next, [Next::Header]);
    }

    #[test]
    fn of_a_link_the_parameter_of_the_style_is_taken() {
        let list = own("{style: page, request: {number: p}, first: 0, items: /data, next: {link: /next}}");
        assert_eq!(list.style, Style::Page { number: "p".to_owned(), first: 0 });
        assert_eq!(list.next, [Next::Link { pointer: pointer("/next"), take: Some("p".to_owned()) }]);
    }

    #[test]
    fn what_is_wrong_is_reported_where_it_stands() {
        let at = "#/paths/~1pets/get/x-pagination";
        let said = |word: &str| {
            let said = operation_complaints("", &format!("{{x-pagination: {word}}}"));
            said.join("\n").replace(at, "")
        };
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
            "invalid-word /next/take: there is no link to take a parameter of\n\
             invalid-word /next/value: the style `link` has no parameter to give a value to"
        );
        assert_eq!(
            said("{style: link, items: '', next: {}, max_size: 0}"),
            "invalid-word /max_size: a whole number from 1 to 9007199254740991 is wanted here, and this is `0`\n\
             invalid-word /next: `next` does not say where the next page is named"
        );
    }
}
