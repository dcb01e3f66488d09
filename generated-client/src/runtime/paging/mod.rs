//! Lists that come in pages, as streams.
//!
//! A [`Paging`] says where an operation's answers hold their items and where the next page is; [`pages`] and [`items`] walk
//! through them. One page is held at a time, and the next one is requested only when it is asked for.
//!
//! Whatever a link to the next page says, the next request goes to the operation's own path below the client's own base URL:
//! of a link only its query is taken, so that no credential follows a link to another host. All other parameters stay as
//! the caller set them.
//!
//! A stream ends
//! - where the first of [`Paging::next`] that an answer has is `null`, `false` or empty, or the answer has none of them;
//! - where [`Paging::more`] is `false`;
//! - after a page without items, unless [`Paging::more`] is `true`;
//! - where the next request would be one that was sent before;
//! - after an error. Where an answer can be read but not the way to the next page, its items come first, then the error.
//!
//! Without any [`Paging::next`] the pages are counted, up to the number of [`Paging::pages`] or [`Paging::total`] if the answers
//! say so, and otherwise up to a page without items. A page with fewer items than were asked for is not the last for that
//! reason alone, because servers have limits of their own.

mod link_header;
mod peek;
mod walk;

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use self::walk::{Trouble, walk};
use super::{BoxStream, Error, RawResponse, Request};

/// How an operation's answers are paged; emitted code holds one static of it per style. Places are JSON pointers (RFC 6901).
#[derive(Debug)]
pub struct Paging {
    /// How a page is asked for.
    pub style: PageStyle,
    /// The list of items; empty for the body itself.
    pub items: &'static str,
    /// Where an answer says what the next page is. The first that an answer has decides.
    pub next: &'static [Next],
    /// Whether there are more pages: a boolean.
    pub more: Option<&'static str>,
    /// The number of items in all; the first that is there.
    pub total: &'static [&'static str],
    /// The number of pages in all; the first that is there.
    pub pages: &'static [&'static str],
}

/// How a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageStyle {
    /// By its number.
    Number {
        /// The query parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: u64,
    },
    /// By the number of items before it.
    Offset {
        /// The query parameter.
        parameter: &'static str,
        /// The offset of the first page.
        first: u64,
    },
    /// By what the page before it said.
    Cursor {
        /// The query parameter.
        parameter: &'static str,
    },
    /// By a link.
    Link,
}

impl PageStyle {
    fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Number { parameter, .. } | Self::Offset { parameter, .. } | Self::Cursor { parameter } => {
                Some(parameter)
            }
            Self::Link => None,
        }
    }
}

/// Where an answer says what the next page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The value of the parameter by which pages are asked for, at this place of the body; a link with [`PageStyle::Link`].
    Value(&'static str),
    /// A link, or an object with `href`, in the body.
    Link {
        /// Its place.
        pointer: &'static str,
        /// The one query parameter to take from the link; `None` takes all.
        take: Option<&'static str>,
    },
    /// The link with relation `next` of the `Link` header (RFC 8288).
    Header,
    /// The value of the parameter, at this place of the last item.
    LastItem(&'static str),
}

/// Walks through the pages of an operation. `decode` makes a page of an answer, or an error of one that reports an error.
///
/// Starts with the page that `request` asks for. Sends nothing before the stream is polled, and each further request only when the
/// page after the last one is polled for.
pub fn pages<'a, P: 'a, E: 'a>(
    request: Request<'a>,
    paging: &'static Paging,
    decode: fn(RawResponse) -> Result<P, Error<E>>,
) -> BoxStream<'a, Result<P, Error<E>>> {
    Box::pin(Pages { walk: Some(walk(request, paging)), decode })
}

/// As [`pages`], item by item: the next page is requested when the items of the last one are used up.
pub fn items<'a, P: 'a, T: Send + 'a, E: 'a>(
    request: Request<'a>,
    paging: &'static Paging,
    decode: fn(RawResponse) -> Result<P, Error<E>>,
    items: fn(P) -> Vec<T>,
) -> BoxStream<'a, Result<T, Error<E>>> {
    let pages = Pages { walk: Some(walk(request, paging)), decode };
    Box::pin(Items { pages, list: items, current: Vec::new().into_iter() })
}

/// Compiled once per operation, so everything that can is in the walk.
struct Pages<'a, P, E> {
    /// `None` after an error.
    walk: Option<BoxStream<'a, Result<RawResponse, Trouble>>>,
    decode: fn(RawResponse) -> Result<P, Error<E>>,
}

impl<P, E> Stream for Pages<'_, P, E> {
    type Item = Result<P, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(walk) = &mut self.walk else { return Poll::Ready(None) };
        let page = match ready!(walk.as_mut().poll_next(context)) {
            Some(Ok(answer)) => (self.decode)(answer),
            Some(Err(trouble)) => Err(trouble.into()),
            None => return Poll::Ready(None),
        };
        if page.is_err() {
            self.walk = None;
        }
        Poll::Ready(Some(page))
    }
}

struct Items<'a, P, T, E> {
    pages: Pages<'a, P, E>,
    list: fn(P) -> Vec<T>,
    current: IntoIter<T>,
}

// Nothing is pinned in place: the items are only moved out.
impl<P, T, E> Unpin for Items<'_, P, T, E> {}

impl<P, T, E> Stream for Items<'_, P, T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.current.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            // Frees the page that is used up before the next one comes.
            self.current = Vec::new().into_iter();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.current = (self.list)(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}
