//! `x-pagination`: how a list is walked page by page.

use super::JsonPointer;

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
