//! From bytes to events, by the letter of WHATWG HTML, section 9.2.6.

use std::collections::VecDeque;

/// An event as it came.
pub(super) struct Block {
    pub(super) event: Option<String>,
    pub(super) data: String,
    pub(super) id: Option<String>,
    pub(super) retry: Option<u64>,
}

/// What is known between two pieces of the bytes.
pub(super) struct Parser {
    /// The most bytes of an event, and of a line that is part of none.
    pub(super) limit: usize,
    /// The id that counted when a blank line came last: an event that was cut off is still to come.
    pub(super) last_id: Option<String>,
    pub(super) retry: Option<u64>,
    /// The line that has begun.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, so that a line feed ends no further line.
    after_return: bool,
    /// Whether no line has been ended yet; the first may begin with a byte order mark.
    at_start: bool,
    /// The id that counts from the next blank line on.
    next_id: Option<String>,
    open: Open,
}

/// The event that has begun.
#[derive(Default)]
struct Open {
    event: String,
    data: Option<String>,
    id: Option<String>,
    retry: Option<u64>,
    size: usize,
}

impl Parser {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            last_id: None,
            retry: None,
            line: Vec::new(),
            after_return: false,
            at_start: true,
            next_id: None,
            open: Open::default(),
        }
    }

    /// Takes the next bytes, and adds the events that are complete with them to `ready`; an event of more bytes than the limit is the
    /// error.
    pub(super) fn feed(&mut self, mut bytes: &[u8], ready: &mut VecDeque<Block>) -> Result<(), usize> {
        while let Some(first) = bytes.first() {
            if std::mem::take(&mut self.after_return) && *first == b'\n' {
                bytes = &bytes[1..];
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let (part, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            self.line.extend_from_slice(part);
            // Of a line that is cut within its name it is not known yet.
            let is_known = end.is_some() || self.line.len() > LONGEST_FIELD;
            let before = if is_known && is_of_event(&self.line) { self.open.size } else { 0 };
            if before + self.line.len() > self.limit {
                return Err(self.limit);
            }
            let Some((ending, rest)) = rest.split_first() else { break };
            self.after_return = *ending == b'\r';
            self.end_line(ready);
            bytes = rest;
        }
        Ok(())
    }

    fn end_line(&mut self, ready: &mut VecDeque<Block>) {
        let line = std::mem::take(&mut self.line);
        let mut text: &[u8] = &line;
        if std::mem::take(&mut self.at_start) {
            text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        }
        if text.is_empty() {
            ready.extend(self.dispatch());
        } else {
            if is_of_event(text) {
                self.open.size += text.len();
            }
            self.field(&String::from_utf8_lossy(text));
        }
        // The room that the line had is there for the next.
        self.line = line;
        self.line.clear();
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => value.clone_into(&mut self.open.event),
            "data" => match &mut self.open.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.open.data = Some(value.to_owned()),
            },
            "id" if !value.contains('\0') => {
                self.next_id = Some(value.to_owned());
                self.open.id = Some(value.to_owned());
            }
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // More than can be counted is as good as the most that can.
                self.retry = Some(value.parse().unwrap_or(u64::MAX));
                self.open.retry = self.retry;
            }
            // A comment, whose name is empty, or a field that nobody knows.
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<Block> {
        let Open { event, data, id, retry, .. } = std::mem::take(&mut self.open);
        if self.next_id.is_some() {
            self.last_id = self.next_id.take();
        }
        let event = Some(event).filter(|event| !event.is_empty());
        data.map(|data| Block { event, data, id, retry })
    }
}

/// Whether a line says something of an event. Comments, and fields that nobody knows, do not.
fn is_of_event(line: &[u8]) -> bool {
    let colon = line.iter().take(LONGEST_FIELD + 1).position(|byte| *byte == b':');
    FIELDS.contains(&colon.map_or(line, |colon| &line[..colon]))
}

const FIELDS: [&[u8]; 4] = [b"event", b"data", b"id", b"retry"];
const LONGEST_FIELD: usize = 5;
