//! JSON in the names of a schema's properties to XML.

use std::borrow::Cow;

use serde::ser::Error as _;
use serde_json::{Error, Map, Value as Json};

use super::super::charset::DECLARATION;
use super::read::INSTANCE;
use super::{ANY, Member, Namespace, Node, NodeKind, TEXT, Value};

/// What an element or an attribute is called, and where it is from.
type Name<'n> = (&'n str, Option<Namespace>);

fn name(node: &Node) -> Name<'static> {
    (node.name, node.namespace)
}

/// What says that an element stands for null.
const NIL: Name<'_> = ("nil", Some(Namespace { prefix: "xsi", uri: INSTANCE }));

/// `value` as an XML document (XML 1.0; Namespaces in XML 1.0).
///
/// Errors if there is a character or a name in it that XML cannot express.
pub(super) fn write(value: &Json, node: &'static Node) -> Result<String, Error> {
    begun(&format!("{DECLARATION}\n"), value, node)
}

/// The same without a declaration, which is not needed in UTF-8.
#[allow(dead_code, reason = "a client may be without parameters in XML")]
pub(super) fn inline(value: &Json, node: &'static Node) -> Result<String, Error> {
    begun("", value, node)
}

fn begun(declaration: &str, value: &Json, node: &'static Node) -> Result<String, Error> {
    let scope = vec![(Cow::Borrowed(XML.0), XML.1)];
    let mut writer = Writer { out: declaration.to_owned(), scope, tag: 0 };
    writer.element(name(node), node.value(), value)?;
    Ok(writer.out)
}

/// The prefix that is bound everywhere, and its namespace, which has no other (Namespaces in XML 1.0, section 3).
const XML: (&str, &str) = ("xml", "http://www.w3.org/XML/1998/namespace");

/// What has a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Element,
    Attribute,
}

struct Writer {
    out: String,
    /// The prefixes that are bound where the writer is, and to what; the empty one is for names without prefix.
    scope: Vec<(Cow<'static, str>, &'static str)>,
    /// Where in `scope` those begin that are declared or used in the tag that is written.
    tag: usize,
}

impl Writer {
    /// An element that is called `name`.
    fn element(&mut self, name: Name<'_>, wanted: &'static Value, value: &Json) -> Result<(), Error> {
        let outside = self.scope.len();
        self.tag = outside;
        let mut attributes = String::new();
        let tag = self.name(name, Named::Element, &mut attributes)?;
        if value.is_null() {
            self.attribute(NIL, "true", &mut attributes)?;
        }
        self.attributes(wanted, value, &mut attributes)?;
        self.out.extend(["<", &tag, &attributes, ">"]);
        let inside = self.out.len();
        self.content(wanted, value, name)?;
        if self.out.len() == inside {
            self.out.truncate(inside - 1);
            self.out.push_str("/>");
        } else {
            self.out.extend(["</", &tag, ">"]);
        }
        self.scope.truncate(outside);
        Ok(())
    }

    /// A name with the prefix of its namespace.
    fn name(
        &mut self,
        (local, namespace): Name<'_>,
        of: Named,
        attributes: &mut String,
    ) -> Result<String, Error> {
        if !is_name(local) {
            return Err(Error::custom("the name of a member is no name in XML"));
        }
        let prefix = match namespace {
            // A prefix that nothing declares would make the document unreadable.
            Some(Namespace { prefix, uri: "" }) => self.bound(prefix).map(|uri| (prefix.into(), uri)),
            Some(namespace) => Some((self.prefix(namespace, of, attributes)?, namespace.uri)),
            None => None,
        };
        let Some((prefix, uri)) = prefix.filter(|(prefix, _)| !prefix.is_empty()) else {
            return Ok(local.to_owned());
        };
        let name = format!("{prefix}:{local}");
        self.scope.push((prefix, uri));
        Ok(name)
    }

    /// What stands for a namespace, which is declared among the attributes unless it is already: its own prefix, or another where a
    /// name of the same tag has that one for another namespace, or where an attribute has none, without which it is in no namespace
    /// (Namespaces in XML 1.0, sections 5 and 6.2).
    fn prefix(
        &mut self,
        Namespace { prefix, uri }: Namespace,
        of: Named,
        attributes: &mut String,
    ) -> Result<Cow<'static, str>, Error> {
        let own = Some(prefix).filter(|own| of == Named::Element || !own.is_empty());
        if own.is_some_and(|own| self.bound(own) == Some(uri)) {
            return Ok(Cow::Borrowed(prefix));
        }
        let is_taken = |taken: &str| self.scope[self.tag..].iter().any(|(known, _)| known == taken);
        let other = self
            .scope
            .iter()
            .rev()
            .find(|(known, bound)| !known.is_empty() && *bound == uri && self.bound(known) == Some(uri));
        let chosen = match (own.filter(|own| !is_taken(own) && !is_reserved(own)), other) {
            (Some(own), _) if uri != XML.1 => Cow::Borrowed(own),
            (_, Some((other, _))) => return Ok(other.clone()),
            (_, None) => Cow::Owned(self.made_up(prefix)),
        };
        let colon = if chosen.is_empty() { "" } else { ":" };
        attributes.extend([" xmlns", colon, &chosen, "=\"", &escaped(uri)?, "\""]);
        self.scope.push((chosen.clone(), uri));
        Ok(chosen)
    }

    /// What a prefix stands for where the writer is.
    fn bound(&self, prefix: &str) -> Option<&'static str> {
        self.scope.iter().rev().find(|(known, _)| known == prefix).map(|(_, bound)| *bound)
    }

    /// A prefix like this one that stands for nothing yet.
    fn made_up(&self, prefix: &str) -> String {
        let like = if prefix.is_empty() || is_reserved(prefix) { "ns" } else { prefix };
        let mut number = 1_usize;
        loop {
            let made_up = format!("{like}{number}");
            if self.bound(&made_up).is_none() {
                return made_up;
            }
            number += 1;
        }
    }

    fn attribute(&mut self, name: Name<'_>, text: &str, attributes: &mut String) -> Result<(), Error> {
        let mut declared = String::new();
        let name = self.name(name, Named::Attribute, &mut declared)?;
        attributes.extend([&declared, " ", &name, "=\"", &escaped(text)?, "\""]);
        Ok(())
    }

    /// The members and items of a value that are attributes of its element, or of the one around it if it has none.
    fn attributes(
        &mut self,
        wanted: &'static Value,
        value: &Json,
        attributes: &mut String,
    ) -> Result<(), Error> {
        if let (Value::Object(members, _), Json::Object(object)) = (wanted, value) {
            for Member { property, node, .. } in *members {
                object.get(*property).map_or(Ok(()), |value| self.attribute_of(node, value, attributes))?;
            }
        }
        if let (Value::Tuple(first, _), Json::Array(items)) = (wanted, value) {
            for (node, value) in first.iter().zip(items) {
                self.attribute_of(node, value, attributes)?;
            }
        }
        Ok(())
    }

    fn attribute_of(
        &mut self,
        node: &'static Node,
        value: &Json,
        attributes: &mut String,
    ) -> Result<(), Error> {
        match node.kind {
            NodeKind::Attribute if !value.is_null() => self.attribute(name(node), &text(value), attributes),
            NodeKind::Bare => self.attributes(node.value(), value, attributes),
            NodeKind::Attribute | NodeKind::Element | NodeKind::Text | NodeKind::Cdata => Ok(()),
        }
    }

    /// What stands in an element that is called `around`.
    fn content(&mut self, wanted: &'static Value, value: &Json, around: Name<'_>) -> Result<(), Error> {
        match (wanted, value) {
            (_, Json::Null) => Ok(()),
            (Value::Object(members, others), Json::Object(object)) => self.members(members, *others, object),
            (_, Json::Object(object)) => self.members(&[], None, object),
            (Value::List(item), Json::Array(items)) => {
                items.iter().try_for_each(|value| self.node(item, value, around))
            }
            (Value::Tuple(first, rest), Json::Array(items)) => {
                let nodes = first.iter().chain(std::iter::repeat(rest.unwrap_or(&ANY)));
                nodes.zip(items).try_for_each(|(node, value)| self.node(node, value, around))
            }
            (_, Json::Array(items)) => items.iter().try_for_each(|item| self.element(around, wanted, item)),
            (_, Json::Bool(_) | Json::Number(_) | Json::String(_)) => {
                self.out.push_str(&escaped(&text(value))?);
                Ok(())
            }
        }
    }

    fn members(
        &mut self,
        members: &'static [Member],
        others: Option<&'static Node>,
        object: &Map<String, Json>,
    ) -> Result<(), Error> {
        for Member { property, node, .. } in members {
            if let Some(value) = object.get(*property) {
                self.node(node, value, (property, None))?;
            }
        }
        let others = others.unwrap_or(&ANY);
        let is_other = |name: &str| members.iter().all(|known| known.property != name);
        for (name, value) in object.iter().filter(|(name, _)| is_other(name)) {
            if let (TEXT, Value::Any, Json::String(text)) = (name.as_str(), others.value(), value) {
                self.out.push_str(&escaped(text)?);
            } else {
                self.node(others, value, (name, None))?;
            }
        }
        Ok(())
    }

    /// A value where it stands, called as it is `around` if it has no name of its own.
    fn node(&mut self, node: &'static Node, value: &Json, around: Name<'_>) -> Result<(), Error> {
        let name = if node.name.is_empty() { (around.0, node.namespace) } else { name(node) };
        match (node.kind, node.value(), value) {
            (NodeKind::Attribute, ..) => Ok(()),
            (NodeKind::Element, Value::Any, Json::Array(_)) => self.content(&Value::Any, value, name),
            (NodeKind::Element, wanted, _) => self.element(name, wanted, value),
            (NodeKind::Cdata, Value::Text(_), Json::String(text)) => self.cdata(text),
            (NodeKind::Text | NodeKind::Cdata | NodeKind::Bare, wanted, _) => {
                self.content(wanted, value, name)
            }
        }
    }

    /// A section that ends where the text has its end is made of two.
    fn cdata(&mut self, text: &str) -> Result<(), Error> {
        text.chars().try_for_each(checked)?;
        self.out.extend(["<![CDATA[", &text.replace("]]>", "]]]]><![CDATA[>"), "]]>"]);
        Ok(())
    }
}

/// Whether a prefix may not be declared (Namespaces in XML 1.0, section 3).
fn is_reserved(prefix: &str) -> bool {
    matches!(prefix, "xml" | "xmlns")
}

/// A single value as it is; any other, which only an attribute can be, as JSON.
fn text(value: &Json) -> Cow<'_, str> {
    match value {
        Json::String(text) => Cow::Borrowed(text),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
            Cow::Owned(value.to_string())
        }
    }
}

/// Text so that it reads back as it is, between tags and between quotation marks.
fn escaped(text: &str) -> Result<String, Error> {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        checked(character)?;
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            // Line ends are made `\n`, and in attributes spaces, unless they are written so (XML 1.0, sections 2.11 and 3.3.3).
            '\r' => out.push_str("&#13;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            other => out.push(other),
        }
    }
    Ok(out)
}

/// XML 1.0, section 2.2.
fn checked(character: char) -> Result<(), Error> {
    let is_allowed = match character {
        '\t' | '\n' | '\r' => true,
        other => other >= ' ' && !matches!(other, '\u{FFFE}' | '\u{FFFF}'),
    };
    let refused = || Error::custom("there is a character in it that XML cannot express");
    is_allowed.then_some(()).ok_or_else(refused)
}

/// Namespaces in XML 1.0, section 3, but for the characters beyond ASCII of which XML allows most.
fn is_name(text: &str) -> bool {
    let is_start = |character: char| character.is_alphabetic() || character == '_';
    let is_inside = |character: char| {
        is_start(character) || character.is_numeric() || matches!(character, '-' | '.' | '\u{B7}')
    };
    text.starts_with(is_start) && text.chars().all(is_inside)
}
