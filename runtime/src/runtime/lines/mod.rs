//! Bodies of JSON values one after another: `application/jsonl`, `application/x-ndjson`, `application/json-seq`.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;

use super::build_error::BuildError;
use super::media::essence;
use super::{Request, Upload, tree};

/// JSON values of one type, each on a line of its own; made from anything that holds or gives them.
///
/// [`raw`](Self::raw) is for what is written already, or comes as a stream.
#[derive(Clone)]
#[must_use]
pub struct JsonLines<T> {
    content: Content,
    of: PhantomData<fn(T)>,
}

#[derive(Clone)]
enum Content {
    /// Each value, in UTF-8 and without line breaks.
    Values(Vec<Vec<u8>>),
    Raw(Upload),
    Failed(Arc<serde_json::Error>),
}

impl<T> JsonLines<T> {
    /// What is sent as it is: whole lines with values on them.
    pub fn raw(body: impl Into<Upload>) -> Self {
        Self { content: Content::Raw(body.into()), of: PhantomData }
    }
}

impl<T: Serialize> FromIterator<T> for JsonLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let values: Result<Vec<_>, _> = values.into_iter().map(|value| tree::text(&value)).collect();
        let content = match values {
            Ok(values) => Content::Values(values),
            Err(error) => Content::Failed(Arc::new(error)),
        };
        Self { content, of: PhantomData }
    }
}

impl<T: Serialize> From<Vec<T>> for JsonLines<T> {
    fn from(values: Vec<T>) -> Self {
        values.into_iter().collect()
    }
}

impl<T: Serialize, const N: usize> From<[T; N]> for JsonLines<T> {
    fn from(values: [T; N]) -> Self {
        values.into_iter().collect()
    }
}

impl<T: Serialize + Clone> From<&[T]> for JsonLines<T> {
    fn from(values: &[T]) -> Self {
        values.iter().cloned().collect()
    }
}

impl<T: Serialize + Clone> From<&Vec<T>> for JsonLines<T> {
    fn from(values: &Vec<T>) -> Self {
        values.as_slice().into()
    }
}

/// Shows how many there are only.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Values(values) => write!(f, "{} values", values.len()),
            Content::Raw(body) => body.fmt(f),
            Content::Failed(error) => error.fmt(f),
        }
    }
}

impl Request<'_> {
    /// Sets the body to JSON values one after another; those of a `json-seq` begin with a record separator (RFC 7464).
    pub fn lines<T>(&mut self, media_type: &str, lines: JsonLines<T>) {
        let is_sequence = essence(media_type).ends_with("json-seq");
        match lines.content {
            Content::Values(values) => self.upload(media_type, written(&values, is_sequence)),
            Content::Raw(body) => self.upload(media_type, body),
            Content::Failed(error) => self.refuse(BuildError::Body(error)),
        }
    }
}

fn written(values: &[Vec<u8>], is_sequence: bool) -> Vec<u8> {
    let mut body = Vec::with_capacity(values.iter().map(|value| value.len() + 2).sum());
    for value in values {
        if is_sequence {
            body.push(0x1E);
        }
        body.extend_from_slice(value);
        body.push(b'\n');
    }
    body
}
