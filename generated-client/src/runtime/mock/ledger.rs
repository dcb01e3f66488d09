//! What is expected, and what came.

use std::panic::Location;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::build_error::BuildError;
use super::super::{Json, Method};
use super::compare::Precision;
use super::outline::{Mismatch, Outline, line};
use super::received::{Received, segments};
use super::response::{Answer, Response};
use super::verify::Unmet;

/// The ledger, as the server's thread and the test share it.
#[derive(Default)]
pub(super) struct Shared(Mutex<Ledger>);

impl Shared {
    /// Each change of the ledger is complete in itself, so a panic elsewhere leaves nothing half done.
    pub(super) fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Default)]
pub(super) struct Ledger {
    entries: Vec<Entry>,
    tokens: Vec<(String, Json)>,
    received: Vec<Received>,
    complaints: Vec<String>,
}

/// An expectation and how often it was met.
pub(super) struct Entry {
    pub(super) operation: &'static str,
    pub(super) place: &'static Location<'static>,
    pub(super) outline: Result<Outline, BuildError>,
    pub(super) precision: Precision,
    pub(super) limit: Option<usize>,
    pub(super) need: Need,
    pub(super) delay: Duration,
    pub(super) answer: Answer,
    pub(super) calls: usize,
}

/// Whether an expectation has to be met.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// How one request is answered.
pub(super) struct Turn {
    pub(super) answer: Answer,
    pub(super) delay: Duration,
    /// The expectation that answers, for messages.
    pub(super) title: String,
}

impl Ledger {
    pub(super) fn expect(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Lets `POST` to `path` be answered with `answer`, unless an expectation answers.
    pub(super) fn answer_tokens(&mut self, path: &str, answer: Json) {
        self.tokens.retain(|(known, _)| known != path);
        self.tokens.push((path.to_owned(), answer));
    }

    /// As [`answer_tokens`](Self::answer_tokens), but keeps an answer that is there.
    pub(super) fn answer_tokens_unless_set(&mut self, path: &str, answer: Json) {
        if !self.tokens.iter().any(|(known, _)| known == path) {
            self.answer_tokens(path, answer);
        }
    }

    pub(super) fn received(&self) -> &[Received] {
        &self.received
    }

    /// Notes something for [`verify`](Self::verify) to tell.
    pub(super) fn complain(&mut self, complaint: String) {
        self.complaints.push(complaint);
    }

    /// Notes a request and finds its answer.
    pub(super) fn take(&mut self, request: &Received) -> Turn {
        self.received.push(request.clone());
        let mismatches: Vec<Option<Mismatch>> =
            self.entries.iter().map(|entry| entry.mismatch(request)).collect();
        let matching = || {
            self.entries.iter().zip(&mismatches).enumerate().filter(|(_, (_, mismatch))| mismatch.is_none())
        };
        let limited = matching().find(|(_, (entry, _))| entry.limit.is_some());
        let chosen = limited.or_else(|| matching().last()).map(|(index, _)| index);
        if let Some(entry) = chosen.and_then(|index| self.entries.get_mut(index)) {
            entry.calls = entry.calls.saturating_add(1);
            return Turn { answer: entry.answer.clone(), delay: entry.delay, title: entry.title() };
        }
        let response = if let Some(answer) = self.token_answer(request) {
            Response::json(200, answer)
        } else {
            let text = self.unexpected(request, &mismatches);
            self.complain(text.clone());
            Response::text(501, text)
        };
        Turn { answer: Answer::Fixed(response), delay: Duration::ZERO, title: String::new() }
    }

    fn token_answer(&self, request: &Received) -> Option<&Json> {
        let is_asked = |path: &str| segments(path).eq(segments(&request.path));
        let found = self.tokens.iter().find(|(path, _)| request.method == Method::POST && is_asked(path));
        found.map(|(_, answer)| answer)
    }

    /// The most telling part comes first, because an error shows only the start of a body.
    fn unexpected(&self, request: &Received, mismatches: &[Option<Mismatch>]) -> String {
        let short = line(&request.method, &request.path, &[], &[]);
        // The latest of several that are equally near: what the test itself set up.
        let candidates = self.entries.iter().zip(mismatches).rev();
        let near = candidates.filter_map(|(entry, mismatch)| Some((entry, mismatch.as_ref()?)));
        let Some((entry, mismatch)) = near.min_by_key(|(_, mismatch)| mismatch.distance) else {
            return format!("{short} is not expected, nor is anything else");
        };
        let keys: Vec<&str> = self
            .entries
            .iter()
            .flat_map(|entry| entry.outline.iter())
            .flat_map(|outline| outline.keys.iter().copied())
            .collect();
        let mut text = format!(
            "{short} is not expected; nearest is {}, but {}\n  came:     {}",
            entry.title(),
            mismatch.reasons.join("; "),
            line(&request.method, &request.path, &request.query, &keys),
        );
        if let Ok(outline) = &entry.outline {
            text.push_str("\n  expected: ");
            text.push_str(&outline.line());
        }
        text
    }

    /// Everything that did not happen as expected.
    pub(super) fn verify(&self) -> Result<(), Unmet> {
        let unmet = self.entries.iter().filter_map(Entry::unmet);
        let complaints: Vec<String> = unmet.chain(self.complaints.iter().cloned()).collect();
        if complaints.is_empty() { Ok(()) } else { Err(Unmet(complaints)) }
    }
}

impl Entry {
    /// Operation and place in the test: `contacts.list (tests/sync.rs:12)`.
    fn title(&self) -> String {
        format!("{} ({}:{})", self.operation, self.place.file(), self.place.line())
    }

    fn mismatch(&self, request: &Received) -> Option<Mismatch> {
        let outline = match &self.outline {
            Ok(outline) => outline,
            Err(error) => {
                return Some(Mismatch { distance: usize::MAX, reasons: vec![error.to_string()] });
            }
        };
        let used_up = self.limit.filter(|limit| self.calls >= *limit);
        outline.mismatch(request, self.precision).or_else(|| {
            let reason = format!("it answers no more than {}", times(used_up?));
            Some(Mismatch { distance: 0, reasons: vec![reason] })
        })
    }

    fn unmet(&self) -> Option<String> {
        let outline = match &self.outline {
            Ok(outline) => outline,
            Err(error) => return Some(format!("{} cannot be called: {error}", self.title())),
        };
        if let Some(problem) = self.answer.problem() {
            return Some(format!("{} cannot be answered: {problem}", self.title()));
        }
        if self.need == Need::Optional || self.calls >= self.limit.unwrap_or(1) {
            return None;
        }
        let (title, line) = (self.title(), outline.line());
        Some(match self.limit {
            Some(limit) => format!("{title} was called {}, not {}: {line}", times(self.calls), times(limit)),
            None => format!("{title} was not called: {line}"),
        })
    }
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}
