//! Elements to JSON in the names of a schema's properties.

use serde::de::Error as _;
use serde_json::{Error, Map, Value as Json};

use super::super::{Kind, whole};
use super::children::{Children, is_called, is_one_of};
use super::parse::{self, Element};
use super::{ANY, Member, Node, NodeKind, TEXT, Value};

/// The namespace of `nil` (XML Schema 1.1 Part 1, section 2.7).
pub(super) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// `body` as JSON; errors if it is no XML, or something else altogether.
///
/// What the element of the whole is called is not asked as long as there is something in it that is described: servers differ there
/// from their descriptions. What does not have the form that is described becomes a JSON value that no such type is read from.
pub(super) fn read(body: &[u8], node: &'static Node) -> Result<Json, Error> {
    let element = parse::parse(body)?;
    if !is_called(&element.tag, node) && !is_known(node.value(), &element) {
        let (found, wanted) = (&element.tag.local, node.name);
        let reason = "and nothing in it is what is described";
        return Err(Error::custom(format_args!("the element is `{found}`, not `{wanted}`, {reason}")));
    }
    Ok(value(node.value(), &element))
}

/// Whether an element has something of what is described, or nothing at all.
fn is_known(wanted: &Value, element: &Element) -> bool {
    let Value::Object(members, _) = wanted else { return true };
    let is_empty = element.children.is_empty() && element.attributes.is_empty() && !element.has_text();
    let is_attribute = |member: &Member| {
        let is_one = |(tag, _): &(_, _)| is_called(tag, &member.node);
        member.node.kind == NodeKind::Attribute && element.attributes.iter().any(is_one)
    };
    let is_text =
        |member: &Member| matches!(member.node.kind, NodeKind::Text | NodeKind::Cdata) && element.has_text();
    members.is_empty()
        || is_empty
        || members.iter().any(|member| is_attribute(member) || is_text(member))
        || element.children.iter().any(|child| is_one_of(&child.tag, members))
}

fn value(wanted: &'static Value, element: &Element) -> Json {
    if is_nil(element) {
        return Json::Null;
    }
    match wanted {
        Value::Text(_) if !element.children.is_empty() => anything(element),
        Value::Text(kinds) => text(kinds, &element.text),
        Value::Object(members, others) => object(members, *others, element),
        Value::List(item) => items(item, element),
        Value::Tuple(first, rest) => whole_tuple(first, *rest, element),
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
            let whole =
                Some(digits).filter(|_| !has(Kind::Number) && !has(Kind::String)).and_then(whole::digits);
            let digits = whole.as_deref().unwrap_or(digits);
            let number = Some(digits).filter(|_| is_number).and_then(|text| serde_json::from_str(text).ok());
            // What may be text too is a number only if it is one of those that are described.
            let fits = |number: &Json| has(Kind::Number) || !has(Kind::String) || !number.is_f64();
            match number.filter(fits) {
                Some(number @ Json::Number(_)) => number,
                Some(_) | None => Json::from(text),
            }
        }
    }
}

fn object(members: &'static [Member], others: Option<&'static Node>, element: &Element) -> Json {
    let mut children = Children::new(element);
    let mut object = Map::new();
    into(&mut object, members, &mut children);
    let text = children.left_text();
    if let (Some(text), true, true) = (text, element.children.is_empty(), element.attributes.is_empty()) {
        return Json::from(text);
    }
    if let Some(others) = others {
        rest(&mut object, others, &children);
    }
    if let (Some(text), Some(Value::Any)) = (text, others.map(Node::value)) {
        object.insert(TEXT.to_owned(), Json::from(text));
    }
    Json::Object(object)
}

fn into(object: &mut Map<String, Json>, members: &'static [Member], children: &mut Children<'_>) {
    for member in members {
        if let Some(value) = of_member(member, children) {
            object.insert(member.property.to_owned(), value);
        }
    }
}

/// What text is of; anything if it is of no text.
fn kinds(node: &Node) -> &'static [Kind] {
    if let Value::Text(kinds) = node.value() { kinds } else { &[] }
}

fn of_member(member: &'static Member, children: &mut Children<'_>) -> Option<Json> {
    let node = &member.node;
    match (node.kind, node.value()) {
        (NodeKind::Attribute, _) => children.take_attribute(node).map(|found| text(kinds(node), found)),
        (NodeKind::Element, wanted) => {
            let found = children.take(node);
            let values = || found.iter().map(|child| value(wanted, child));
            // More than one is for the type to refuse.
            if found.len() > 1 { Some(values().collect()) } else { values().next() }
        }
        (NodeKind::Bare, Value::List(item)) => unwrapped(item, member, children),
        (NodeKind::Bare, Value::Tuple(first, rest)) => {
            let items = tuple(first, *rest, children);
            (member.required || !items.is_empty()).then_some(Json::Array(items))
        }
        (NodeKind::Bare, Value::Object(members, _)) => {
            let mut object = Map::new();
            into(&mut object, members, children);
            (member.required || !object.is_empty()).then_some(Json::Object(object))
        }
        (NodeKind::Text | NodeKind::Cdata, _)
        | (NodeKind::Bare, Value::Text(_) | Value::Like(_) | Value::Any) => {
            let found = children.take_text();
            (member.required || is_text(kinds(node), found)).then(|| text(kinds(node), found))
        }
    }
}

/// Whether a text is one of `kinds`, and not only the space between elements.
fn is_text(kinds: &[Kind], found: &str) -> bool {
    kinds.is_empty() || kinds.contains(&Kind::String) || !found.trim().is_empty()
}

/// The items of a list that stand one after another among the other members.
fn unwrapped(item: &'static Node, member: &Member, children: &mut Children<'_>) -> Option<Json> {
    let found = children.take(item);
    if let [only] = found.as_slice()
        && is_no_list(item, only)
    {
        return Some(Json::Null);
    }
    if let [only] = found.as_slice()
        && is_wrapper(item, only)
    {
        return Some(only.children.iter().map(|child| value(item.value(), child)).collect());
    }
    let is_there = member.required || !found.is_empty();
    is_there.then(|| found.into_iter().map(|child| value(item.value(), child)).collect())
}

/// Whether an element that should be an item says that there is no list, since no item is null.
fn is_no_list(item: &Node, element: &Element) -> bool {
    is_nil(element)
        && matches!(item.value(), Value::Text(kinds) if !kinds.is_empty() && !kinds.contains(&Kind::Null))
}

/// Whether an element that should be an item holds the items instead: there are servers that wrap lists whose description does not
/// say so. It can be nothing else where its children have one name, and that is not the name of what an item has.
fn is_wrapper(item: &Node, element: &Element) -> bool {
    let Some(first) = element.children.first() else {
        let is_empty = !element.has_text() && element.attributes.is_empty();
        return is_empty
            && matches!(item.value(), Value::Object(members, _) if members.iter().any(|known| known.required));
    };
    is_uniform(element)
        && match item.value() {
            Value::Text(_) => true,
            Value::Object(members, _) => !members.iter().any(|known| is_called(&first.tag, &known.node)),
            Value::List(_) | Value::Tuple(..) | Value::Like(_) | Value::Any => false,
        }
}

/// Whether all children have one name.
fn is_uniform(element: &Element) -> bool {
    element.children.windows(2).all(|pair| pair[0].tag == pair[1].tag)
}

/// The items of a list with an element of its own.
fn items(item: &'static Node, element: &Element) -> Json {
    if element.children.is_empty() && element.has_text() {
        return Json::from(element.text.as_str());
    }
    let named: Vec<&Element> = element.children.iter().filter(|child| is_called(&child.tag, item)).collect();
    // Servers differ from their descriptions in what items are called, where nothing depends on it.
    if element.has_text() || named.is_empty() && !is_uniform(element) {
        return anything(element);
    }
    let found = if named.is_empty() { element.children.iter().collect() } else { named };
    found.into_iter().map(|child| value(item.value(), child)).collect()
}

/// Items in their order, with an element of their own, and whatever else is in it after them.
fn whole_tuple(first: &'static [Node], rest: Option<&'static Node>, element: &Element) -> Json {
    let mut children = Children::new(element);
    let mut items = tuple(first, rest, &mut children);
    if children.left_text().is_some() {
        return anything(element);
    }
    items.extend(children.left().map(anything));
    Json::Array(items)
}

/// Items in their order. One that is missing before others is null.
fn tuple(first: &'static [Node], rest: Option<&'static Node>, children: &mut Children<'_>) -> Vec<Json> {
    let mut items = Vec::new();
    for (at, node) in first.iter().enumerate() {
        if let Some(value) = next_item(node, children) {
            items.resize(at, Json::Null);
            items.push(value);
        }
    }
    while let Some(child) = rest.and_then(|node| children.take_next(node)) {
        items.resize(items.len().max(first.len()), Json::Null);
        items.push(value(rest.unwrap_or(&ANY).value(), child));
    }
    items
}

fn next_item(node: &'static Node, children: &mut Children<'_>) -> Option<Json> {
    match (node.kind, node.value()) {
        (NodeKind::Attribute, _) => children.take_attribute(node).map(|found| text(kinds(node), found)),
        (NodeKind::Element, wanted) => children.take_next(node).map(|child| value(wanted, child)),
        (NodeKind::Bare, Value::List(item)) => {
            let run = children.take_while(|tag| is_called(tag, item));
            Some(run.left().map(|child| value(item.value(), child)).collect())
        }
        (NodeKind::Bare, Value::Tuple(first, rest)) => Some(Json::Array(tuple(first, *rest, children))),
        (NodeKind::Bare, Value::Object(members, _)) => {
            let mut object = Map::new();
            into(&mut object, members, &mut children.take_while(|tag| is_one_of(tag, members)));
            (!object.is_empty()).then_some(Json::Object(object))
        }
        (NodeKind::Text | NodeKind::Cdata, _)
        | (NodeKind::Bare, Value::Text(_) | Value::Like(_) | Value::Any) => {
            let kinds = kinds(node);
            let found = children.take_text_between();
            is_text(kinds, found).then(|| text(kinds, found))
        }
    }
}

/// What is not described becomes members by its own name.
fn rest(object: &mut Map<String, Json>, others: &'static Node, children: &Children<'_>) {
    for (name, text) in children.left_attributes() {
        object.entry(name).or_insert_with(|| Json::from(text));
    }
    let mut own: Map<String, Json> = Map::new();
    for child in children.left() {
        let name = child.tag.local.as_str();
        match (others.kind, others.value()) {
            (NodeKind::Bare, Value::List(item)) => {
                let list = own.entry(name).or_insert_with(|| Json::Array(Vec::new()));
                gather(list, value(item.value(), child));
            }
            (_, wanted) => match own.get_mut(name) {
                Some(known) => gather(known, value(wanted, child)),
                None => _ = own.insert(name.to_owned(), value(wanted, child)),
            },
        }
    }
    for (name, value) in own {
        object.entry(name).or_insert(value);
    }
}

/// Adds to a member of which there are several.
fn gather(known: &mut Json, value: Json) {
    match known {
        Json::Array(all) => all.push(value),
        only => *only = Json::Array(vec![only.take(), value]),
    }
}

/// An element of which nothing is known: text, or an object of its attributes and children.
fn anything(element: &Element) -> Json {
    let has_more = !element.children.is_empty() || !element.attributes.is_empty();
    if has_more { object(&[], Some(&ANY), element) } else { Json::from(element.text.as_str()) }
}
