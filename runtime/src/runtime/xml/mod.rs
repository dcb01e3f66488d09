//! XML: JSON values written as and read from it, by what the API's description says of their schemas (OAS 3.1.1, XML Object).
//!
//! Emitted code describes each schema in a static [`Node`]. Types know nothing of XML: what is sent is JSON first, in the names of
//! the schema's properties, and what came becomes such JSON. No entity is expanded but those of the language itself (XML 1.0,
//! section 4.6), and nothing is fetched.

mod children;
mod parse;
mod read;
mod write;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::charset;
use super::decode_error::DecodeError;
use super::error::Error;
use super::media;
use super::response::RawResponse;
use super::tree::tree;
use super::{Json, Kind, Request};

/// How a value stands in XML.
#[derive(Debug)]
pub struct Node {
    /// What it is called, in the language of XML its local name; empty if it is called as the member or the list that it is of.
    pub name: &'static str,
    /// The namespace it is in, if it is in one.
    pub namespace: Option<Namespace>,
    /// What it is.
    pub kind: NodeKind,
    /// What it holds.
    pub value: Value,
}

/// A namespace (Namespaces in XML 1.0); what it does not have is empty.
#[derive(Clone, Copy, Debug)]
pub struct Namespace {
    /// What stands before a name in it and a colon.
    pub prefix: &'static str,
    /// Its name.
    pub uri: &'static str,
}

/// What a value is in XML (OAS 3.2.0, XML Node Types).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// The text of the element around it.
    Text,
    /// The same, written as a `CDATA` section.
    Cdata,
    /// Nothing of its own: what it holds stands in the element around it.
    Bare,
}

/// What a value holds.
#[derive(Debug)]
pub enum Value {
    /// Text, which is one of these in JSON; any of them if there are none.
    Text(&'static [Kind]),
    /// Members, and what any other is.
    Object(&'static [Member], Option<&'static Node>),
    /// Items.
    List(&'static Node),
    /// Items in this order, and those that follow.
    Tuple(&'static [Node], Option<&'static Node>),
    /// What that one holds.
    Like(&'static Node),
    /// Nothing is known of it.
    Any,
}

/// Something of which nothing is known, called as its member.
pub static ANY: Node = Node { name: "", namespace: None, kind: NodeKind::Element, value: Value::Any };

/// What text between child elements is called where nothing is known of the element.
const TEXT: &str = "#text";

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name in JSON.
    pub property: &'static str,
    /// Whether it is always there, so that a list without items is one.
    pub required: bool,
    /// How it stands in XML.
    pub node: Node,
}

impl Node {
    /// What it holds in the end.
    fn value(&self) -> &Value {
        let mut node = self;
        // The description of a schema that stands for nothing but itself is refused where it is read.
        for _ in 0..MOST_LIKE {
            match &node.value {
                Value::Like(other) => node = other,
                known => return known,
            }
        }
        &Value::Any
    }
}

/// The longest chain of values that hold what another holds.
const MOST_LIKE: usize = 64;

impl Request<'_> {
    /// Sets the body to XML.
    pub fn xml<T: Serialize + ?Sized>(&mut self, media_type: &str, node: &'static Node, body: &T) {
        match tree(body).and_then(|value| write::write(&value, node)) {
            Ok(text) => self.text(media_type, text),
            Err(error) => self.written(media_type, Err(error)),
        }
    }
}

/// A value as XML; empty if it has no such form.
pub fn bytes<T: Serialize>(value: &T, node: &'static Node) -> Vec<u8> {
    let written = tree(value).and_then(|value| write::write(&value, node));
    written.map(String::into_bytes).unwrap_or_default()
}

/// A value as XML.
pub fn text(value: &Json, node: &'static Node) -> Result<String, serde_json::Error> {
    write::write(value, node)
}

/// A value as an element of XML, without a declaration before it.
pub fn inline(value: &Json, node: &'static Node) -> Result<String, serde_json::Error> {
    write::inline(value, node)
}

/// XML as a value in the names of the schema's properties.
pub fn value(body: &[u8], node: &'static Node) -> Result<Json, serde_json::Error> {
    read::read(body, node)
}

/// The ends of emitted decode functions for XML.
impl RawResponse {
    /// The body read as XML, unless it came as JSON. Errors say which member does not fit `T`, by its name in the schema.
    pub fn xml<T: DeserializeOwned>(&self, node: &'static Node) -> Result<T, DecodeError> {
        if media::said(self.headers()).is_some_and(media::is_json) {
            return self.json();
        }
        let body = charset::decoded(media::said(self.headers()), self.body());
        let value = body.and_then(|body| read::read(&body, node));
        let value = value.map_err(|reason| self.mismatch(String::new(), reason))?;
        serde_path_to_error::deserialize(value)
            .map_err(|error| self.mismatch(error.path().to_string(), error.into_inner()))
    }

    /// The body read as XML.
    pub fn decode_xml<T: DeserializeOwned, E>(self, node: &'static Node) -> Result<T, Error<E>> {
        match self.xml(node) {
            Ok(value) => Ok(value),
            Err(source) => Err(self.undecodable(source)),
        }
    }

    /// As [`decode_xml`](Self::decode_xml), but an empty body counts as an object without members.
    pub fn decode_xml_or_empty<T: DeserializeOwned, E>(self, node: &'static Node) -> Result<T, Error<E>> {
        if self.body().iter().all(u8::is_ascii_whitespace) {
            self.decode_or_empty()
        } else {
            self.decode_xml(node)
        }
    }

    /// A declared error whose body is XML; a body that does not fit is [`Error::Decode`].
    pub fn api_error_xml<B: DeserializeOwned, T, E>(
        self,
        node: &'static Node,
        variant: fn(B) -> E,
    ) -> Result<T, Error<E>> {
        match self.xml(node) {
            Ok(body) => Err(Error::Api(variant(body), self.meta().clone())),
            Err(source) => Err(self.undecodable(source)),
        }
    }
}
