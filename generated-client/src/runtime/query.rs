//! The query of a request.

use percent_encoding::utf8_percent_encode;

use super::path::COMPONENT;

/// How a list is written into a query (OAS, Parameter Object, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// `form` with `explode`: `name=a&name=b`.
    Exploded,
    /// `form` without `explode`: `name=a,b`.
    Comma,
    /// `spaceDelimited`: `name=a%20b`.
    Space,
    /// `pipeDelimited`: `name=a%7Cb`.
    Pipe,
}

/// How an object is written into a query (OAS, Parameter Object, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectStyle {
    /// `form` with `explode`: `color=red&size=2`.
    Exploded,
    /// `form` without `explode`: `name=color,red,size,2`.
    Comma,
    /// `deepObject`: `name[color]=red&name[size]=2`, with the brackets percent-encoded.
    Deep,
}

/// A query in the making: pairs in the order they were added, names and values percent-encoded.
#[derive(Clone, Default)]
pub(super) struct Query(String);

impl Query {
    pub(super) fn pair(&mut self, name: &str, value: &str) {
        self.start(name);
        self.encode(value);
    }

    /// Sets one pair in place of all of that name: where the first of them stood, or at the end.
    pub(super) fn replace(&mut self, name: &str, value: &str) {
        let name = utf8_percent_encode(name, COMPONENT).to_string();
        let mut pair = Some(format!("{name}={}", utf8_percent_encode(value, COMPONENT)));
        let mut pairs: Vec<String> = Vec::new();
        for old in self.0.split('&').filter(|old| !old.is_empty()) {
            if old.split('=').next() != Some(name.as_str()) {
                pairs.push(old.to_owned());
            } else if let Some(pair) = pair.take() {
                pairs.push(pair);
            }
        }
        pairs.extend(pair);
        self.0 = pairs.join("&");
    }

    pub(super) fn list(&mut self, name: &str, style: ListStyle, values: Vec<String>) {
        let separator = match style {
            ListStyle::Exploded => {
                for value in values {
                    self.pair(name, &value);
                }
                return;
            }
            ListStyle::Comma => ",",
            ListStyle::Space => "%20",
            ListStyle::Pipe => "%7C",
        };
        self.joined(name, separator, values.iter().map(String::as_str));
    }

    pub(super) fn object(&mut self, name: &str, style: ObjectStyle, members: Vec<(String, String)>) {
        match style {
            ObjectStyle::Exploded => {
                for (key, value) in members {
                    self.pair(&key, &value);
                }
            }
            ObjectStyle::Comma => {
                let parts = members.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]);
                self.joined(name, ",", parts);
            }
            ObjectStyle::Deep => {
                for (key, value) in members {
                    self.pair(&format!("{name}[{key}]"), &value);
                }
            }
        }
    }

    /// The finished text without `?`; empty if nothing was added.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// One pair whose value is `parts` with a separator that is percent-encoded already.
    fn joined<'a>(&mut self, name: &str, separator: &str, parts: impl Iterator<Item = &'a str>) {
        for (index, part) in parts.enumerate() {
            if index == 0 {
                self.start(name);
            } else {
                self.0.push_str(separator);
            }
            self.encode(part);
        }
    }

    fn start(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.encode(name);
        self.0.push('=');
    }

    fn encode(&mut self, text: &str) {
        self.0.extend(utf8_percent_encode(text, COMPONENT));
    }
}
