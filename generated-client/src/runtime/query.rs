//! The query of a request.

use std::borrow::Cow;

use percent_encoding::{percent_decode_str, percent_encode, utf8_percent_encode};

use super::path::COMPONENT;

/// How a list is written into a query (OAS, Parameter Object, Style Values). An empty one is `name=`, in every style.
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

    /// Whether there is a pair of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        let name = utf8_percent_encode(name, COMPONENT).to_string();
        encoded_pairs(&self.0).any(|(known, _)| known == name || canonical(known) == name)
    }

    /// Removes all pairs of this name.
    pub(super) fn remove(&mut self, name: &str) {
        let name = utf8_percent_encode(name, COMPONENT).to_string();
        let others = self.0.split('&').filter(|pair| pair.split('=').next() != Some(name.as_str()));
        self.0 = others.collect::<Vec<_>>().join("&");
    }

    pub(super) fn list(&mut self, name: &str, style: ListStyle, values: Vec<String>) {
        if values.is_empty() {
            return self.pair(name, "");
        }
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

/// What capabilities read and change of a query.
#[allow(dead_code, reason = "a client may be without the capabilities that need it")]
impl Query {
    /// The text so far, without `?`.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Removes the pairs whose encoded names are old, and adds `pairs`, which are encoded.
    pub(super) fn put(&mut self, is_old: &dyn Fn(&str) -> bool, pairs: &str) {
        let is_kept = |pair: &&str| !is_old(pair.split('=').next().unwrap_or_default());
        let kept = self.0.split('&').filter(|pair| !pair.is_empty()).filter(is_kept);
        let all = kept.chain(Some(pairs).filter(|pairs| !pairs.is_empty()));
        self.0 = all.collect::<Vec<_>>().join("&");
    }

    /// Names and values, decoded; bytes that are not UTF-8 become `U+FFFD`.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        encoded_pairs(&self.0).map(|(name, value)| (decoded(name), decoded(value)))
    }

    /// The values of all pairs of this name, percent-encoded.
    pub(super) fn encoded(&self, name: &str) -> Vec<String> {
        let name = utf8_percent_encode(name, COMPONENT).to_string();
        let found = encoded_pairs(&self.0).filter(|(known, _)| *known == name);
        found.map(|(_, value)| value.to_owned()).collect()
    }

    /// The value of the last pair of this name, decoded.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let found = self.pairs().filter(|pair| pair.0 == name).last();
        found.map(|(_, value)| value.into_owned())
    }

    /// Takes over pairs of a link's query, those of name `only` or all but `secrets`; says whether there were any.
    ///
    /// Own pairs of the same names go, all others stay. Values are taken as they are written, because only the server knows
    /// what is in a cursor.
    pub(super) fn take(&mut self, link: &str, only: Option<&str>, secrets: &[&str]) -> bool {
        let is_secret = |name: &str| {
            secrets.iter().any(|secret| utf8_percent_encode(secret, COMPONENT).to_string() == name)
        };
        let only = only.map(|name| utf8_percent_encode(name, COMPONENT).to_string());
        let taken: Vec<(String, &str)> = encoded_pairs(link)
            .map(|(name, value)| (canonical(name), value))
            .filter(|(name, _)| match &only {
                Some(only) => only == name,
                None => !is_secret(name),
            })
            .collect();
        if taken.is_empty() {
            return false;
        }
        let kept = encoded_pairs(&self.0).filter(|(name, _)| !taken.iter().any(|pair| pair.0 == *name));
        let own = kept.map(|(name, value)| format!("{name}={value}"));
        let pairs: Vec<String> =
            own.chain(taken.iter().map(|(name, value)| format!("{name}={value}"))).collect();
        self.0 = pairs.join("&");
        true
    }
}

fn encoded_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The name as [`Query`] itself would have encoded it.
fn canonical(name: &str) -> String {
    let name = name.replace('+', " ");
    let bytes: Vec<u8> = percent_decode_str(&name).collect();
    percent_encode(&bytes, COMPONENT).to_string()
}

/// A name or value of `application/x-www-form-urlencoded`, where `+` is a space.
fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains('+') {
        let spaced = text.replace('+', " ");
        return Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned());
    }
    percent_decode_str(text).decode_utf8_lossy()
}
