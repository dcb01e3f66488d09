//! Elements to JSON in the names of a schema's properties.

use serde_json::{Map, Value as Json};

use super::super::Kind;
use super::parse::{self, Element, Tag};
use super::{Member, Node, NodeKind, Value};

/// The namespace of `nil` (XML Schema 1.1 Part 1, section 2.7).
pub(super) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What text between child elements is called where nothing is known of the element.
const TEXT: &str = "#text";

/// `body` as JSON; errors if it is no XML.
///
/// What the element of the whole is called is not asked: servers differ there from their descriptions, and nothing depends on it.
pub(super) fn read(body: &[u8], node: &'static Node) -> Result<Json, serde_json::Error> {
    let element = parse::parse(body)?;
    Ok(value(node.value(), &element))
}

fn value(wanted: &Value, element: &Element) -> Json {
    if is_nil(element) {
        return Json::Null;
    }
    match wanted {
        Value::Text(kinds) => text(kinds, &element.text),
        Value::Object(members, others) => Json::Object(object(members, *others, element)),
        Value::List(item) => Json::Array(items(item, element)),
        Value::Like(node) => value(node.value(), element),
        Value::Any => anything(element),
    }
}

fn is_nil(element: &Element) -> bool {
    let is_true = |text: &str| matches!(text.trim(), "true" | "1");
    element
        .attributes
        .iter()
        .any(|(tag, text)| tag.local == "nil" && tag.namespace.as_deref() == Some(INSTANCE) && is_true(text))
}

/// Text as the first kind of JSON value that it can be.
fn text(kinds: &[Kind], text: &str) -> Json {
    let has = |kind| kinds.is_empty() || kinds.contains(&kind);
    let trimmed = text.trim();
    let is_number = !kinds.is_empty() && (has(Kind::Integer) || has(Kind::Number));
    match trimmed {
        "true" | "1" if kinds.contains(&Kind::Boolean) && !is_number => Json::Bool(true),
        "false" | "0" if kinds.contains(&Kind::Boolean) && !is_number => Json::Bool(false),
        "" if !has(Kind::String) && has(Kind::Null) => Json::Null,
        _ => {
            let digits = trimmed.strip_prefix('+').unwrap_or(trimmed);
            let number = Some(digits).filter(|_| is_number).and_then(|text| serde_json::from_str(text).ok());
            match number {
                Some(number @ Json::Number(_)) => number,
                Some(_) | None => Json::from(text),
            }
        }
    }
}

/// The children of an object's element, of which each becomes one member.
struct Children<'e> {
    element: &'e Element,
    taken: Vec<bool>,
    attributes: Vec<bool>,
}

impl<'e> Children<'e> {
    fn new(element: &'e Element) -> Self {
        let taken = vec![false; element.children.len()];
        Self { element, taken, attributes: vec![false; element.attributes.len()] }
    }

    /// All that are called as `node` and have not become something else.
    fn take(&mut self, node: &Node) -> Vec<&'e Element> {
        let children = self.element.children.iter().zip(&mut self.taken);
        let mut found = Vec::new();
        for (child, taken) in children.filter(|(child, taken)| !**taken && is_called(&child.tag, node)) {
            *taken = true;
            found.push(child);
        }
        found
    }

    fn take_attribute(&mut self, node: &Node) -> Option<&'e str> {
        let at = self.element.attributes.iter().position(|(tag, _)| is_called(tag, node))?;
        self.attributes[at] = true;
        Some(&self.element.attributes[at].1)
    }
}

/// Whether a name is meant; where the description has a namespace, one without is taken for it.
fn is_called(tag: &Tag, node: &Node) -> bool {
    let wanted = node.namespace.map_or("", |known| known.uri);
    let is_within = wanted.is_empty() || tag.namespace.as_deref().is_none_or(|own| own == wanted);
    tag.local == node.name && is_within
}

fn object(members: &'static [Member], others: Option<&Value>, element: &Element) -> Map<String, Json> {
    let mut children = Children::new(element);
    let mut object = Map::new();
    into(&mut object, members, &mut children);
    if let Some(others) = others {
        rest(&mut object, others, &children);
    }
    object
}

fn into(object: &mut Map<String, Json>, members: &'static [Member], children: &mut Children<'_>) {
    for member in members {
        if let Some(value) = of_member(member, children) {
            object.insert(member.property.to_owned(), value);
        }
    }
}

fn of_member(member: &'static Member, children: &mut Children<'_>) -> Option<Json> {
    let node = &member.node;
    let kinds = match node.value() {
        Value::Text(kinds) => kinds,
        Value::Object(..) | Value::List(_) | Value::Like(_) | Value::Any => &[][..],
    };
    match node.kind {
        NodeKind::Attribute => children.take_attribute(node).map(|found| text(kinds, found)),
        NodeKind::Text | NodeKind::Cdata => Some(text(kinds, &children.element.text)),
        NodeKind::Element => {
            let found = children.take(node);
            let values = || found.iter().map(|child| value(node.value(), child));
            // More than one is for the type to refuse.
            if found.len() > 1 { Some(values().collect()) } else { values().next() }
        }
        NodeKind::Bare => match node.value() {
            Value::List(item) => unwrapped(item, member, children),
            Value::Object(members, _) => {
                let mut object = Map::new();
                into(&mut object, members, children);
                (member.required || !object.is_empty()).then_some(Json::Object(object))
            }
            Value::Text(_) | Value::Like(_) | Value::Any => Some(text(kinds, &children.element.text)),
        },
    }
}

/// The items of a list that stand one after another among the other members.
fn unwrapped(item: &'static Node, member: &Member, children: &mut Children<'_>) -> Option<Json> {
    let found = children.take(item);
    if let [only] = found.as_slice()
        && is_wrapper(item, only)
    {
        return Some(only.children.iter().map(|child| value(item.value(), child)).collect());
    }
    let is_there = member.required || !found.is_empty();
    is_there.then(|| found.into_iter().map(|child| value(item.value(), child)).collect())
}

/// Whether an element that should be an item holds the items instead: there are servers that wrap lists whose description does not
/// say so. It can be nothing else where its children have one name, and that is not the name of what an item has.
fn is_wrapper(item: &Node, element: &Element) -> bool {
    let Some(first) = element.children.first() else {
        let is_empty = element.text.trim().is_empty() && element.attributes.is_empty();
        return is_empty
            && matches!(item.value(), Value::Object(members, _) if members.iter().any(|known| known.required));
    };
    let is_uniform = element.children.iter().all(|child| child.tag == first.tag);
    is_uniform
        && match item.value() {
            Value::Text(_) => true,
            Value::Object(members, _) => !members.iter().any(|known| is_called(&first.tag, &known.node)),
            Value::List(_) | Value::Like(_) | Value::Any => false,
        }
}

/// The items of a list with an element of its own.
fn items(item: &'static Node, element: &Element) -> Vec<Json> {
    let named: Vec<&Element> = element.children.iter().filter(|child| is_called(&child.tag, item)).collect();
    // Servers differ from their descriptions in what items are called, where nothing depends on it.
    let found = if named.is_empty() { element.children.iter().collect() } else { named };
    found.into_iter().map(|child| value(item.value(), child)).collect()
}

/// What is not described becomes members by its own name.
fn rest(object: &mut Map<String, Json>, others: &Value, children: &Children<'_>) {
    let attributes = children.element.attributes.iter().zip(&children.attributes);
    for ((tag, text), _) in attributes.filter(|((tag, _), taken)| !**taken && tag.namespace.is_none()) {
        object.entry(tag.local.clone()).or_insert_with(|| Json::from(text.as_str()));
    }
    let left = children.element.children.iter().zip(&children.taken).filter(|(_, taken)| !**taken);
    let mut own: Map<String, Json> = Map::new();
    for (child, _) in left {
        gather(&mut own, &child.tag.local, value(others, child));
    }
    for (name, value) in own {
        object.entry(name).or_insert(value);
    }
}

/// Adds a member; several of one name are a list.
fn gather(object: &mut Map<String, Json>, name: &str, value: Json) {
    match object.get_mut(name) {
        None => _ = object.insert(name.to_owned(), value),
        Some(Json::Array(known)) => known.push(value),
        Some(known) => *known = Json::Array(vec![known.take(), value]),
    }
}

/// An element of which nothing is known: text, or an object of its attributes and children.
fn anything(element: &Element) -> Json {
    if element.children.is_empty() && element.attributes.is_empty() {
        return Json::from(element.text.as_str());
    }
    let mut object = Map::new();
    rest(&mut object, &Value::Any, &Children::new(element));
    if !element.text.trim().is_empty() {
        object.insert(TEXT.to_owned(), Json::from(element.text.as_str()));
    }
    Json::Object(object)
}
