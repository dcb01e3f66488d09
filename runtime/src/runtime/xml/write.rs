//! JSON in the names of a schema's properties to XML.

use std::borrow::Cow;

use serde::ser::Error as _;
use serde_json::{Error, Map, Value as Json};

use super::read::INSTANCE;
use super::{Member, Namespace, Node, NodeKind, Value};

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
    let mut writer =
        Writer { out: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), scope: Vec::new() };
    writer.element(name(node), node.value(), value)?;
    Ok(writer.out)
}

struct Writer {
    out: String,
    /// The prefixes that are bound where the writer is, and to what; the empty one is for names without prefix.
    scope: Vec<(&'static str, &'static str)>,
}

impl Writer {
    /// An element that is called `local`.
    fn element(&mut self, name: Name<'_>, wanted: &Value, value: &Json) -> Result<(), Error> {
        let outside = self.scope.len();
        let mut attributes = String::new();
        let name = self.name(name, &mut attributes)?;
        match (wanted, value) {
            (_, Json::Null) => self.attribute(NIL, "true", &mut attributes)?,
            (Value::Object(members, _), Json::Object(object)) => {
                self.attributes(members, object, &mut attributes)?;
            }
            (Value::Text(_) | Value::Object(..) | Value::List(_) | Value::Like(_) | Value::Any, _) => {}
        }
        self.out.extend(["<", &name, &attributes, ">"]);
        let inside = self.out.len();
        self.content(wanted, value)?;
        if self.out.len() == inside {
            self.out.truncate(inside - 1);
            self.out.push_str("/>");
        } else {
            self.out.extend(["</", &name, ">"]);
        }
        self.scope.truncate(outside);
        Ok(())
    }

    /// The name with its prefix, whose namespace is declared among the attributes unless it is already.
    fn name(&mut self, (local, namespace): Name<'_>, attributes: &mut String) -> Result<String, Error> {
        let Namespace { prefix, uri } = namespace.unwrap_or(Namespace { prefix: "", uri: "" });
        let bound = self.scope.iter().rev().find(|(known, _)| *known == prefix).map(|(_, bound)| *bound);
        if !uri.is_empty() && bound != Some(uri) {
            let colon = if prefix.is_empty() { "" } else { ":" };
            attributes.extend([" xmlns", colon, prefix, "=\"", &escaped(uri)?, "\""]);
            self.scope.push((prefix, uri));
        }
        if !is_name(local) {
            return Err(Error::custom("the name of a member is no name in XML"));
        }
        // A prefix that nothing declares would make the document unreadable.
        let is_prefixed = !prefix.is_empty() && (bound.is_some() || !uri.is_empty());
        Ok(if is_prefixed { format!("{prefix}:{local}") } else { local.to_owned() })
    }

    fn attribute(
        &mut self,
        (local, namespace): Name<'_>,
        text: &str,
        attributes: &mut String,
    ) -> Result<(), Error> {
        // Without a prefix an attribute is in no namespace (Namespaces in XML 1.0, section 6.2).
        let namespace = namespace.filter(|known| !known.prefix.is_empty());
        let mut declared = String::new();
        let name = self.name((local, namespace), &mut declared)?;
        attributes.extend([&declared, " ", &name, "=\"", &escaped(text)?, "\""]);
        Ok(())
    }

    /// The members that are attributes of their object's element, or of the one around it if it has none.
    fn attributes(
        &mut self,
        members: &'static [Member],
        object: &Map<String, Json>,
        attributes: &mut String,
    ) -> Result<(), Error> {
        for Member { property, node, .. } in members {
            match (node.kind, node.value(), object.get(*property)) {
                (_, _, None | Some(Json::Null)) => {}
                (NodeKind::Attribute, _, Some(value)) => {
                    self.attribute(name(node), &text(value), attributes)?;
                }
                (NodeKind::Bare, Value::Object(members, _), Some(Json::Object(object))) => {
                    self.attributes(members, object, attributes)?;
                }
                (NodeKind::Bare | NodeKind::Element | NodeKind::Text | NodeKind::Cdata, ..) => {}
            }
        }
        Ok(())
    }

    /// What stands in an element.
    fn content(&mut self, wanted: &Value, value: &Json) -> Result<(), Error> {
        match (wanted, value) {
            (_, Json::Null) => Ok(()),
            (Value::Object(members, others), Json::Object(object)) => self.members(members, *others, object),
            (Value::List(item), Json::Array(items)) => self.items(item, items),
            (_, Json::Object(object)) => self.members(&[], None, object),
            (_, Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_)) => {
                self.out.push_str(&escaped(&text(value))?);
                Ok(())
            }
        }
    }

    fn items(&mut self, item: &Node, items: &[Json]) -> Result<(), Error> {
        items.iter().try_for_each(|value| self.element(name(item), item.value(), value))
    }

    fn members(
        &mut self,
        members: &'static [Member],
        others: Option<&Value>,
        object: &Map<String, Json>,
    ) -> Result<(), Error> {
        for Member { property, node, .. } in members {
            if let Some(value) = object.get(*property) {
                self.member(node, value)?;
            }
        }
        let is_other = |name: &str| members.iter().all(|known| known.property != name);
        for (name, value) in object.iter().filter(|(name, _)| is_other(name)) {
            let wanted = others.unwrap_or(&Value::Any);
            match (wanted, value) {
                (Value::Any, Json::Array(items)) => {
                    items.iter().try_for_each(|item| self.element((name, None), wanted, item))?;
                }
                (Value::Any | Value::Text(_) | Value::Object(..) | Value::List(_) | Value::Like(_), _) => {
                    self.element((name, None), wanted, value)?;
                }
            }
        }
        Ok(())
    }

    fn member(&mut self, node: &Node, value: &Json) -> Result<(), Error> {
        match (node.kind, node.value(), value) {
            (NodeKind::Attribute, ..) => Ok(()),
            (NodeKind::Element, wanted, _) => self.element(name(node), wanted, value),
            (NodeKind::Cdata, Value::Text(_), Json::String(text)) => self.cdata(text),
            (NodeKind::Text | NodeKind::Cdata | NodeKind::Bare, wanted, _) => self.content(wanted, value),
        }
    }

    /// A section that ends where the text has its end is made of two.
    fn cdata(&mut self, text: &str) -> Result<(), Error> {
        text.chars().try_for_each(checked)?;
        self.out.extend(["<![CDATA[", &text.replace("]]>", "]]]]><![CDATA[>"), "]]>"]);
        Ok(())
    }
}

/// A single value as it is; any other as JSON.
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
