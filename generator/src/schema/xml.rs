//! `xml`: how the values of a schema stand in XML.

use crate::diag::{Code, Diagnostics};
use crate::source::{Map, Pointer, Tree};

/// `xml` (OAS 3.1.1, XML Object); what is not said is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xml {
    /// `name`, a name in XML.
    pub name: Option<String>,
    /// `prefix`, a name in XML.
    pub prefix: Option<String>,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `nodeType`, to which `attribute` and `wrapped` are raised (OAS 3.2.0, XML Object).
    pub node: Option<NodeType>,
}

/// `nodeType` (OAS 3.2.0, XML Node Types).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeType {
    /// `element`
    Element,
    /// `attribute`
    Attribute,
    /// `text`
    Text,
    /// `cdata`
    Cdata,
    /// `none`
    None,
}

const NODE_TYPES: [(&str, NodeType); 5] = [
    ("element", NodeType::Element),
    ("attribute", NodeType::Attribute),
    ("text", NodeType::Text),
    ("cdata", NodeType::Cdata),
    ("none", NodeType::None),
];

/// Whether `text` is a name without a colon (Namespaces in XML 1.0, section 3), but for the characters beyond ASCII of which XML allows most.
pub fn is_xml_name(text: &str) -> bool {
    let is_start = |character: char| character.is_alphabetic() || character == '_';
    let is_inside = |character: char| {
        is_start(character) || character.is_numeric() || matches!(character, '-' | '.' | '\u{B7}')
    };
    text.starts_with(is_start) && text.chars().all(is_inside)
}

/// The `xml` of the schema at `place`, which has the members of `map`.
pub(super) fn read(map: &Map, place: &Pointer, diags: &mut Diagnostics) -> Xml {
    let Some(tree) = map.get("xml") else { return Xml::default() };
    let place = place.child("xml");
    let Tree::Map(xml) = tree else {
        refuse(&place, &format!("`xml` is an object, and this is {}", tree.kind()), diags);
        return Xml::default();
    };
    let mut name = |member: &str| {
        let text = xml.get(member)?.scalar_text().unwrap_or_default();
        if !is_xml_name(&text) {
            refuse(&place.child(member), "this is no name in XML", diags);
        }
        Some(text).filter(|text| is_xml_name(text))
    };
    let (own, prefix) = (name("name"), name("prefix"));
    let namespace = xml.get("namespace").and_then(Tree::as_str).map(str::to_owned);
    Xml { name: own, prefix, namespace, node: node(xml, &place, diags) }
}

fn node(xml: &Map, place: &Pointer, diags: &mut Diagnostics) -> Option<NodeType> {
    let is_set = |member: &str| xml.get(member).and_then(Tree::as_bool).unwrap_or_default();
    let said = xml.get("nodeType").map(|tree| (tree.as_str().unwrap_or_default(), place.child("nodeType")));
    if let Some((text, place)) = said {
        let known = NODE_TYPES.iter().find(|(name, _)| *name == text).map(|(_, node)| *node);
        if known.is_none() {
            refuse(
                &place,
                "this is no type of node; they are element, attribute, text, cdata and none",
                diags,
            );
        }
        return known;
    }
    if is_set("attribute") {
        return Some(NodeType::Attribute);
    }
    is_set("wrapped").then_some(NodeType::Element)
}

fn refuse(place: &Pointer, what: &str, diags: &mut Diagnostics) {
    diags.warn(Code::UnsupportedSchema, place).message(what).help("it is ignored");
}
