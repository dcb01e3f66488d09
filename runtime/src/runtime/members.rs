//! A JSON value in the making, whose members are set one by one: text from the start, so that it is written once.
//!
//! Knows places and text; what is set at them is the caller's.

use std::ops::Range;

use serde::Serialize;
use serde::de::IgnoredAny;

use super::JsonObject;

/// A JSON value whose members can be set in any order; the last value of a member wins.
#[derive(Clone)]
pub(super) struct Members {
    /// Names and values in the order in which they came, as JSON.
    text: Vec<u8>,
    /// The first is the whole value.
    nodes: Vec<Node>,
}

/// A member, or the whole value.
#[derive(Clone)]
struct Node {
    /// What stands between the quotation marks.
    name: Range<usize>,
    is_escaped: bool,
    value: Value,
    /// The member after this one; [`NONE`] if it is the last.
    next: usize,
}

#[derive(Clone)]
enum Value {
    Text(Range<usize>),
    /// By its first member, which is [`NONE`] if there are no members.
    Object(usize),
}

const WHOLE: usize = 0;
/// What is not a member is the whole.
const NONE: usize = WHOLE;

impl Members {
    /// An object without members.
    pub(super) fn new() -> Self {
        // Room for what most bodies have.
        let mut nodes = Vec::with_capacity(16);
        nodes.push(Node { name: 0..0, is_escaped: false, value: Value::Object(NONE), next: NONE });
        Self { text: Vec::with_capacity(512), nodes }
    }

    /// The value that `text` is; an object without members if it is no JSON.
    pub(super) fn read(text: &[u8]) -> Self {
        let mut read = Self::new();
        if serde_json::from_slice::<IgnoredAny>(text).is_ok() {
            read.text.extend_from_slice(text);
            read.nodes[WHOLE].value = Value::Text(0..text.len());
        }
        read
    }

    /// Sets the member at `path`, below objects that are made where there are none.
    pub(super) fn set<T: Serialize + ?Sized>(&mut self, path: &[&str], value: &T) -> serde_json::Result<()> {
        let place = self.place(path);
        let start = self.text.len();
        serde_json::to_writer(&mut self.text, value)?;
        super::tree::check(value, &self.text[start..])?;
        self.nodes[place].value = Value::Text(start..self.text.len());
        Ok(())
    }

    /// Sets the member at `path` to an object without members.
    pub(super) fn set_object(&mut self, path: &[&str]) {
        let place = self.place(path);
        self.nodes[place].value = Value::Object(NONE);
    }

    fn place(&mut self, path: &[&str]) -> usize {
        path.iter().fold(WHOLE, |place, name| self.member(place, name))
    }

    /// The member of that name, which is added if it is not there.
    fn member(&mut self, of: usize, name: &str) -> usize {
        let (mut last, mut next) = (NONE, self.first(of));
        while next != NONE {
            if self.is_called(next, name) {
                return next;
            }
            (last, next) = (next, self.nodes[next].next);
        }
        let added = self.add(name);
        if last == NONE {
            self.nodes[of].value = Value::Object(added);
        } else {
            self.nodes[last].next = added;
        }
        added
    }

    fn is_called(&self, place: usize, name: &str) -> bool {
        let node = &self.nodes[place];
        if node.is_escaped {
            let quoted = &self.text[node.name.start - 1..=node.name.end];
            return serde_json::from_slice::<String>(quoted).is_ok_and(|known| known == name);
        }
        self.text[node.name.clone()] == *name.as_bytes()
    }

    fn add(&mut self, name: &str) -> usize {
        let start = self.text.len() + 1;
        push(&mut self.text, name);
        let name_end = self.text.len() - 1;
        self.text.push(b':');
        let is_escaped = name_end - start != name.len();
        self.nodes.push(Node { name: start..name_end, is_escaped, value: Value::Object(NONE), next: NONE });
        self.nodes.len() - 1
    }

    /// The first member of what is an object, and is made one if it is not.
    fn first(&mut self, of: usize) -> usize {
        match &self.nodes[of].value {
            Value::Object(first) => *first,
            Value::Text(text) => {
                let text = text.clone();
                self.open(of, text)
            }
        }
    }

    #[cold]
    fn open(&mut self, of: usize, text: Range<usize>) -> usize {
        let members: JsonObject = serde_json::from_slice(&self.text[text]).unwrap_or_default();
        let (mut first, mut last) = (NONE, NONE);
        for (name, value) in &members {
            let added = self.add(name);
            let start = self.text.len();
            push(&mut self.text, value);
            self.nodes[added].value = Value::Text(start..self.text.len());
            if last == NONE {
                first = added;
            } else {
                self.nodes[last].next = added;
            }
            last = added;
        }
        self.nodes[of].value = Value::Object(first);
        first
    }

    /// The value as text.
    pub(super) fn written(&self) -> Vec<u8> {
        // What is not in the text already: a comma and perhaps braces for each.
        let mut all = Vec::with_capacity(self.text.len() + 3 * self.nodes.len());
        self.write(WHOLE, &mut all);
        all
    }

    fn write(&self, place: usize, all: &mut Vec<u8>) {
        let first = match &self.nodes[place].value {
            Value::Text(text) => return all.extend_from_slice(&self.text[text.clone()]),
            Value::Object(first) => *first,
        };
        all.push(b'{');
        let mut next = first;
        while next != NONE {
            if next != first {
                all.push(b',');
            }
            let node = &self.nodes[next];
            // With its quotation marks and the colon.
            all.extend_from_slice(&self.text[node.name.start - 1..node.name.end + 2]);
            self.write(next, all);
            next = node.next;
        }
        all.push(b'}');
    }
}

/// Writes what is JSON already, or its name; to memory that cannot fail.
fn push<T: Serialize + ?Sized>(text: &mut Vec<u8>, value: &T) {
    _ = serde_json::to_writer(text, value);
}
