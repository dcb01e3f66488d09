//! XML text to elements, with names in their namespaces.

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{LocalName, ResolveResult};
use quick_xml::reader::NsReader;
use serde::de::Error as _;

use super::super::charset;
use super::super::response::without_bom;

/// How deep elements may stand in each other, as JSON values may.
const MOST_DEEP: usize = 128;

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) tag: Tag,
    pub(super) attributes: Vec<(Tag, String)>,
    pub(super) children: Vec<Element>,
    /// All text that stands directly in it.
    pub(super) text: String,
    /// How many bytes of the text of the element around it stand before it.
    pub(super) at: usize,
}

impl Element {
    /// Whether there is more than space directly in it.
    pub(super) fn has_text(&self) -> bool {
        !self.text.trim().is_empty()
    }
}

/// A name in its namespace.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) local: String,
    pub(super) namespace: Option<String>,
}

/// The element that `body` consists of; errors say at which byte it is no XML.
pub(super) fn parse(body: &[u8]) -> Result<Element, serde_json::Error> {
    let body = without_bom(body);
    let body = charset::declared(body)?;
    let text = std::str::from_utf8(&body)
        .map_err(|error| serde_json::Error::custom(format_args!("the body is not UTF-8 text: {error}")))?;
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event();
        match event.map_err(Fault::from).and_then(|event| take(event, &reader, &mut open, &mut root)) {
            Ok(Go::On) => {}
            Ok(Go::Stop) => break,
            Err(Fault(fault)) => {
                let at = reader.buffer_position();
                return Err(serde_json::Error::custom(format_args!(
                    "the body is not XML at byte {at}: {fault}"
                )));
            }
        }
    }
    root.filter(|_| open.is_empty())
        .ok_or_else(|| serde_json::Error::custom("the body is not XML: it ends before its element does"))
}

/// What is wrong with a text.
struct Fault(String);

impl<E: std::error::Error> From<E> for Fault {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

fn fault<T>(what: &str) -> Result<T, Fault> {
    Err(Fault(what.to_owned()))
}

enum Go {
    On,
    Stop,
}

fn take(
    event: Event<'_>,
    reader: &NsReader<&[u8]>,
    open: &mut Vec<Element>,
    root: &mut Option<Element>,
) -> Result<Go, Fault> {
    match event {
        Event::Start(_) | Event::Empty(_) if root.is_some() => fault("there is more than one element"),
        Event::Start(_) | Event::Empty(_) if open.len() >= MOST_DEEP => fault("elements are nested too deep"),
        Event::Start(start) | Event::Empty(start) => {
            let at = open.last().map_or(0, |around| around.text.len());
            open.push(element(&start, at, reader)?);
            Ok(Go::On)
        }
        Event::End(_) => {
            if let Some(done) = open.pop() {
                match open.last_mut() {
                    Some(around) => around.children.push(done),
                    None => *root = Some(done),
                }
            }
            Ok(Go::On)
        }
        Event::Text(text) => push(open, &text.xml10_content()),
        Event::CData(text) => push(open, &text.xml10_content()),
        Event::GeneralRef(reference) => push(open, &resolved(&reference)?),
        Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Ok(Go::On),
        Event::Eof => Ok(Go::Stop),
    }
}

fn push(open: &mut [Element], text: &str) -> Result<Go, Fault> {
    match open.last_mut() {
        Some(around) => around.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return fault("there is text outside of the element"),
    }
    Ok(Go::On)
}

/// What a reference stands for: a character, or one of the five entities of XML itself.
fn resolved(reference: &BytesRef<'_>) -> Result<String, Fault> {
    if let Some(character) = reference.resolve_char_ref()? {
        return Ok(character.to_string());
    }
    match resolve_xml_entity(reference) {
        Some(text) => Ok(text.to_owned()),
        None => fault("it refers to an entity of its own, which is not expanded"),
    }
}

fn element(start: &BytesStart<'_>, at: usize, reader: &NsReader<&[u8]>) -> Result<Element, Fault> {
    let resolver = reader.resolver();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute?;
        if attribute.key.as_namespace_binding().is_none() {
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0)?;
            attributes.push((tag(resolver.resolve_attribute(attribute.key)), value.into_owned()));
        }
    }
    let tag = tag(resolver.resolve_element(start.name()));
    Ok(Element { tag, attributes, children: Vec::new(), text: String::new(), at })
}

fn tag((namespace, local): (ResolveResult<'_>, LocalName<'_>)) -> Tag {
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => Some(namespace.into_inner().to_owned()),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
    };
    Tag { local: local.into_inner().to_owned(), namespace }
}
