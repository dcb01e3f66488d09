//! From one page to the next, whatever the pages are.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::Error as _;

use super::super::decode_error::DecodeError;
use super::super::error::Failure;
use super::super::query::Query;
use super::super::response::without_bom;
use super::super::{BoxFuture, BoxStream, Error, RawResponse, Request};
use super::link_header;
use super::peek::{Found, Peek, peek};
use super::{Next, PageStyle, Paging};

/// A walk through the pages of one operation.
struct Walk<'a> {
    /// The request for the page that comes next.
    request: Request<'a>,
    paging: &'static Paging,
    state: State<'a>,
    /// Hashes of the queries that were sent, so that a walk in a circle ends.
    sent: HashSet<u64>,
    /// How many items there were so far.
    items: u64,
}

enum State<'a> {
    Ready,
    Asked(BoxFuture<'a, Result<RawResponse, Failure>>),
    /// The last page was handed out, and the way from it is not to be found.
    Lost(Trouble),
    Over,
}

/// An error before the operation's error type is known.
pub(super) enum Trouble {
    /// A request that brought no answer.
    Call(Failure),
    /// An answer that does not say what the next page is.
    Answer(Box<RawResponse>, DecodeError),
}

impl<E> From<Trouble> for Error<E> {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Call(failure) => failure.widen(),
            Trouble::Answer(answer, source) => {
                let (meta, body) = answer.into_parts();
                Self::Decode { meta, body, source }
            }
        }
    }
}

/// A walk that starts with `request`: the answers, whatever their status.
///
/// Of a kind that hides what it is made of, so that the compiler need not look into that for every type of page.
pub(super) fn walk<'a>(
    request: Request<'a>,
    paging: &'static Paging,
) -> BoxStream<'a, Result<RawResponse, Trouble>> {
    let sent = HashSet::from([hash(request.query_ref())]);
    Box::pin(Walk { request, paging, state: State::Ready, sent, items: 0 })
}

impl Stream for Walk<'_> {
    type Item = Result<RawResponse, Trouble>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if matches!(self.state, State::Ready) {
            self.state = State::Asked(self.request.clone().exchange());
        }
        let answered = match &mut self.state {
            State::Asked(exchange) => ready!(exchange.as_mut().poll(context)),
            State::Ready | State::Lost(_) | State::Over => {
                return Poll::Ready(match mem::replace(&mut self.state, State::Over) {
                    State::Lost(trouble) => Some(Err(trouble)),
                    State::Ready | State::Asked(_) | State::Over => None,
                });
            }
        };
        self.state = State::Over;
        Poll::Ready(Some(match answered {
            Ok(answer) => {
                self.state = self.after(&answer);
                Ok(answer)
            }
            Err(failure) => Err(Trouble::Call(failure)),
        }))
    }
}

impl<'a> Walk<'a> {
    /// What follows an answer; makes the request for the next page.
    fn after(&mut self, answer: &RawResponse) -> State<'a> {
        if !answer.status().is_success() {
            return State::Over;
        }
        let step = match peek(without_bom(answer.body()), self.paging) {
            Ok(peek) => self.step(answer, &peek),
            Err(reason) => Err((String::new(), reason)),
        };
        match step {
            Ok(Step::On) if self.sent.insert(hash(self.request.query_ref())) => State::Ready,
            Ok(Step::On | Step::End) => State::Over,
            Err((place, reason)) => {
                let source = DecodeError::new(answer.headers(), place, reason);
                State::Lost(Trouble::Answer(Box::new(answer.clone()), source))
            }
        }
    }

    fn step(&mut self, answer: &RawResponse, peek: &Peek) -> Stepped {
        self.items = self.items.saturating_add(peek.items.unwrap_or(0));
        let more = peek.more == Found::Boolean(true);
        if peek.more == Found::Boolean(false) || (peek.items == Some(0) && !more) {
            return Ok(Step::End);
        }
        if self.paging.next.is_empty() {
            return Ok(self.count(peek));
        }
        for (source, found) in self.paging.next.iter().zip(&peek.next) {
            let found = match source {
                Next::Header => link_header::next(answer.headers()).map_or(Found::Absent, Found::Text),
                Next::Value(_) | Next::Link { .. } | Next::LastItem(_) => found.clone(),
            };
            match found {
                Found::Absent => {}
                Found::Null | Found::Boolean(false) => return Ok(Step::End),
                Found::Text(text) if text.is_empty() => return Ok(Step::End),
                Found::Text(text) => return self.follow(*source, &text),
                Found::Boolean(true) | Found::Other => {
                    return lost(*source, "this says nothing about the next page");
                }
            }
        }
        match self.paging.more {
            Some(pointer) if more => {
                lost(Next::Value(pointer), "there are more pages, but nothing says which")
            }
            Some(_) | None => Ok(Step::End),
        }
    }

    /// The next page where answers do not say what it is.
    fn count(&mut self, peek: &Peek) -> Step {
        let (parameter, first, by) = match self.paging.style {
            PageStyle::Number { parameter, first } => (parameter, first, 1),
            PageStyle::Offset { parameter, first } => (parameter, first, peek.items.unwrap_or(0)),
            PageStyle::Cursor { .. } | PageStyle::Link => return Step::End,
        };
        let sent = self.request.query_ref().value(parameter).and_then(|value| value.parse().ok());
        let Some(next) = sent.unwrap_or(first).checked_add(by) else { return Step::End };
        let passed = next.saturating_sub(first);
        let (pages, total) = (peek.pages, peek.total);
        let on = match self.paging.style {
            PageStyle::Offset { .. } => peek.items.is_some() && total.is_none_or(|total| passed < total),
            PageStyle::Number { .. } | PageStyle::Cursor { .. } | PageStyle::Link => match pages {
                Some(pages) => passed < pages,
                None => peek.items.is_some() && total.is_none_or(|total| self.items < total),
            },
        };
        if !on {
            return Step::End;
        }
        self.request.query_replace(parameter, &next.to_string());
        Step::On
    }

    fn follow(&mut self, source: Next, text: &str) -> Stepped {
        let take = match (source, self.paging.style.parameter()) {
            (Next::Value(_) | Next::LastItem(_), Some(parameter)) => {
                self.request.query_replace(parameter, text);
                return Ok(Step::On);
            }
            (Next::Link { take, .. }, _) => take,
            (Next::Value(_) | Next::LastItem(_), None) | (Next::Header, _) => None,
        };
        // RFC 3986, appendix B: the query stands between the first `?` and the first `#`.
        let link = text.split('#').next().unwrap_or_default();
        let Some((_, query)) = link.split_once('?') else {
            return lost(source, "the link to the next page has no query");
        };
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return lost(source, "the link to the next page is no URL");
        }
        // A server that repeats the key with which it was asked, or puts stars in its place, does not say what is sent next.
        let secrets = self.request.secret_pairs();
        if !self.request.query_mut().take(query, take, &secrets) {
            return lost(source, "the link to the next page lacks the parameter that tells pages apart");
        }
        Ok(Step::On)
    }
}

enum Step {
    On,
    End,
}

/// A step, or the place at which its direction is missing, and why.
type Stepped = Result<Step, (String, serde_json::Error)>;

/// The reason never repeats a link, which may hold an API key.
fn lost(source: Next, reason: &'static str) -> Stepped {
    let place = match source {
        Next::Value(pointer) | Next::Link { pointer, .. } | Next::LastItem(pointer) => {
            pointer.trim_start_matches('/').replace('/', ".")
        }
        Next::Header => {
            return Err((
                String::new(),
                serde_json::Error::custom(format!("in the `Link` header: {reason}")),
            ));
        }
    };
    Err((place, serde_json::Error::custom(reason)))
}

fn hash(query: &Query) -> u64 {
    let mut hasher = DefaultHasher::new();
    query.as_str().hash(&mut hasher);
    hasher.finish()
}
