//! Bytes to parts (RFC 2046, section 5.1), wherever the bytes are cut.
//!
//! Lines may end with a line feed alone; what stands before the first boundary and behind the last is passed over.

use super::super::media::parameter;
use super::super::{Bytes, HeaderMap, HeaderName, HeaderValue};
use super::Part;

/// The longest boundary (RFC 2046, section 5.1.1).
const LONGEST: usize = 70;

/// The most white space behind a boundary, and the longest line before the first where no boundary is named.
const MOST_PADDING: usize = 1024;

/// The most headers of a part.
const MOST_HEADERS: usize = 100;

/// Parts in the making.
#[derive(Debug)]
pub(super) struct Splitter {
    /// Two dashes and the boundary, if the answer's headers say it; else the first line that begins with two dashes.
    delimiter: Option<Vec<u8>>,
    /// What came, from some delimiter on.
    held: Vec<u8>,
    /// Where in it what has not become a part yet begins, with a line.
    begun: usize,
    /// How far it has no further delimiter in it.
    searched: usize,
    stands: Stands,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Before,
    Within,
    Behind,
}

/// What can be said of what came so far.
pub(super) enum Step {
    Part(Part),
    /// The next part is not there as a whole.
    More,
    /// The next part has more bytes than it may.
    TooLarge,
    End,
    Fault(&'static str),
}

/// Where a delimiter begins, and where the line it is on ends.
struct Found {
    at: usize,
    end: usize,
    is_last: bool,
}

/// All parts of a body that is there as a whole; an error says what is wrong with it.
pub(super) fn whole(content_type: Option<&str>, body: &[u8]) -> Result<Vec<Part>, &'static str> {
    let mut split = Splitter::new(content_type);
    split.push(body);
    let mut parts = Vec::new();
    loop {
        match split.next(true, usize::MAX) {
            Step::Part(part) => parts.push(part),
            Step::End => return Ok(parts),
            Step::More | Step::TooLarge => return Err("the parts do not end"),
            Step::Fault(fault) => return Err(fault),
        }
    }
}

/// What a line is that begins as a delimiter does.
enum Line {
    Delimiter(Found),
    Other,
    Cut,
}

impl Splitter {
    /// Parts of an answer with that `Content-Type`.
    pub(super) fn new(content_type: Option<&str>) -> Self {
        let boundary = content_type.and_then(|text| parameter(text, "boundary"));
        let delimiter = boundary
            .filter(|boundary| (1..=LONGEST).contains(&boundary.len()))
            .map(|boundary| format!("--{boundary}").into_bytes());
        Self { delimiter, held: Vec::new(), begun: 0, searched: 0, stands: Stands::Before }
    }

    pub(super) fn push(&mut self, piece: &[u8]) {
        if self.stands != Stands::Behind {
            // Once for all parts that a piece has ended.
            self.held.drain(..self.begun);
            self.searched -= self.begun;
            self.begun = 0;
            self.held.extend_from_slice(piece);
        }
    }

    /// What came and has not become a part yet.
    pub(super) fn rest(&self) -> &[u8] {
        self.held.get(self.begun..).unwrap_or_default()
    }

    /// The next part, of at most `limit` bytes with its headers; at the end of what comes (`ended`) what is cut is a fault.
    pub(super) fn next(&mut self, ended: bool, limit: usize) -> Step {
        loop {
            if self.stands == Stands::Behind {
                return Step::End;
            }
            if self.delimiter.is_none()
                && let Err(fault) = self.guess(ended)
            {
                return Step::Fault(fault);
            }
            let Some(found) = self.found(ended) else {
                // A delimiter may begin from here on, with the line end before it.
                if self.searched.saturating_sub(self.begun + 2) > limit {
                    return Step::TooLarge;
                }
                return match (ended, self.stands) {
                    (false, _) => Step::More,
                    (true, Stands::Before) => {
                        Step::Fault("the boundary of the parts does not occur in the body")
                    }
                    (true, _) => Step::Fault("the body ends before its last part does"),
                };
            };
            let content = without_line_end(&self.held[self.begun..found.at]);
            if content.len() > limit {
                return Step::TooLarge;
            }
            let within = self.stands == Stands::Within;
            let part = within.then(|| part(content)).transpose();
            let part = match part {
                Ok(part) => part,
                Err(fault) => return Step::Fault(fault),
            };
            (self.begun, self.searched) = (found.end, found.end);
            self.stands = if found.is_last { Stands::Behind } else { Stands::Within };
            if let Some(part) = part {
                return Step::Part(part);
            }
        }
    }

    /// The next delimiter, if it is there with all of its line.
    fn found(&mut self, ended: bool) -> Option<Found> {
        let delimiter = self.delimiter.as_deref()?;
        loop {
            let rest = self.held.get(self.searched..).unwrap_or_default();
            let begins = rest.windows(delimiter.len()).position(|window| window == delimiter);
            let Some(at) = begins.map(|begins| self.searched + begins) else {
                self.searched = self.searched.max((self.held.len() + 1).saturating_sub(delimiter.len()));
                return None;
            };
            self.searched = at;
            match line(&self.held, at, at + delimiter.len(), ended) {
                Line::Delimiter(found) => return Some(found),
                Line::Other => self.searched = at + 1,
                Line::Cut => return None,
            }
        }
    }

    /// Takes the first line that begins with two dashes for the delimiter.
    fn guess(&mut self, ended: bool) -> Result<(), &'static str> {
        let may_be = |line: &[u8]| line.starts_with(b"--") && (3..=LONGEST + 2).contains(&line.len());
        loop {
            let rest = self.held.get(self.searched..).unwrap_or_default();
            let end = rest.iter().take(MOST_PADDING).position(|byte| *byte == b'\n');
            match end.map(|end| (end, rest[..end].trim_ascii_end())) {
                Some((_, line)) if may_be(line) => {
                    self.delimiter = Some(line.to_vec());
                    return Ok(());
                }
                Some((end, _)) => self.searched += end + 1,
                None if ended || rest.len() >= MOST_PADDING => return Err("the answer names no boundary"),
                None => return Ok(()),
            }
        }
    }
}

/// What the line is in which the delimiter's text begins at `at` and ends at `end`.
fn line(held: &[u8], at: usize, end: usize, ended: bool) -> Line {
    let begins_line = at == 0 || held.get(at - 1) == Some(&b'\n');
    if !begins_line {
        return Line::Other;
    }
    let rest = held.get(end..).unwrap_or_default();
    if let Some(behind) = rest.strip_prefix(b"--") {
        return match behind.first() {
            Some(b' ' | b'\t' | b'\r' | b'\n') => Line::Delimiter(Found { at, end: end + 2, is_last: true }),
            None if ended => Line::Delimiter(Found { at, end: end + 2, is_last: true }),
            None => Line::Cut,
            Some(_) => Line::Other,
        };
    }
    let is_padding = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
    let padding = rest.iter().take(MOST_PADDING).take_while(is_padding).count();
    match rest.get(padding) {
        Some(b'\n') => Line::Delimiter(Found { at, end: end + padding + 1, is_last: false }),
        Some(b'-') if padding == 0 && rest.len() == 1 && !ended => Line::Cut,
        None if !ended => Line::Cut,
        Some(_) | None => Line::Other,
    }
}

/// The line end before a delimiter belongs to that.
fn without_line_end(content: &[u8]) -> &[u8] {
    let content = content.strip_suffix(b"\n").unwrap_or(content);
    content.strip_suffix(b"\r").unwrap_or(content)
}

/// Headers, an empty line, and the rest.
fn part(content: &[u8]) -> Result<Part, &'static str> {
    let mut headers = HeaderMap::new();
    let mut rest = content;
    let mut last: Option<(HeaderName, Vec<u8>)> = None;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (line, behind) = match end {
            Some(end) => (&rest[..end], &rest[end + 1..]),
            None => (rest, &[][..]),
        };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        rest = behind;
        // RFC 5322, section 2.2.3: a line that begins with a space goes on with the one before.
        if let (Some((_, value)), Some(b' ' | b'\t')) = (&mut last, line.first()) {
            value.push(b' ');
            value.extend_from_slice(line.trim_ascii());
        } else {
            if let Some((name, value)) = last.take() {
                let value = HeaderValue::from_bytes(value.trim_ascii()).map_err(|_| UNFIT)?;
                headers.append(name, value);
            }
            if headers.len() > MOST_HEADERS {
                return Err("a part has too many headers");
            }
            if line.is_empty() {
                return Ok(Part { headers, body: Bytes::copy_from_slice(rest) });
            }
            let colon = line.iter().position(|byte| *byte == b':').ok_or(UNFIT)?;
            let name = HeaderName::from_bytes(line[..colon].trim_ascii()).map_err(|_| UNFIT)?;
            last = Some((name, line[colon + 1..].trim_ascii().to_vec()));
        }
        if end.is_none() && rest.is_empty() && last.is_some() {
            return Err("the headers of a part do not end");
        }
    }
}

const UNFIT: &str = "a part has a header that is none";
