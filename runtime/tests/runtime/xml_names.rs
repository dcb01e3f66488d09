//! Names in XML and the namespaces they are in, written and read again.

use clientsmith_runtime::runtime::xml::{self, Member, Namespace, Node, NodeKind, Value};
use clientsmith_runtime::runtime::{Json, Kind};
use serde_json::json;

const fn member(property: &'static str, node: Node) -> Member {
    Member { property, required: false, node }
}

/// An attribute called `a` that `prefix` and `uri` say the namespace of.
const fn attribute(property: &'static str, prefix: &'static str, uri: &'static str) -> Member {
    let namespace = Some(Namespace { prefix, uri });
    member(
        property,
        Node { name: "a", namespace, kind: NodeKind::Attribute, value: Value::Text(&[Kind::String]) },
    )
}

const fn element(prefix: &'static str, uri: &'static str, members: &'static [Member]) -> Node {
    let namespace = Some(Namespace { prefix, uri });
    Node { name: "e", namespace, kind: NodeKind::Element, value: Value::Object(members, None) }
}

fn check_names(node: &'static Node, value: &Json, expected: &str) {
    let written = xml::inline(value, node).unwrap();
    assert_eq!(written, expected);
    assert_eq!(xml::value(written.as_bytes(), node).unwrap(), *value, "{written}");
}

#[test]
fn a_prefix_stands_for_one_namespace_in_a_tag() {
    static E: Node = element("k", "urn:2", &[attribute("a", "k", "urn:1"), attribute("b", "k", "urn:3")]);
    static OUTER: Node =
        element("k", "urn:2", &[attribute("a", "k1", "urn:0"), member("e", element("k", "urn:2", INNER))]);
    const INNER: &[Member] = &[attribute("a", "k", "urn:1")];
    let declared = "<k:e xmlns:k=\"urn:2\" xmlns:k1=\"urn:1\" k1:a=\"A\" xmlns:k2=\"urn:3\" k2:a=\"B\"/>";
    check_names(&E, &json!({ "a": "A", "b": "B" }), declared);
    let nested =
        "<k:e xmlns:k=\"urn:2\" xmlns:k1=\"urn:0\" k1:a=\"O\"><k:e xmlns:k2=\"urn:1\" k2:a=\"A\"/></k:e>";
    check_names(&OUTER, &json!({ "a": "O", "e": { "a": "A" } }), nested);
}

#[test]
fn an_attribute_of_a_namespace_has_a_prefix() {
    const INNER: &[Member] = &[attribute("a", "", "urn:1")];
    static E: Node =
        element("", "urn:1", &[attribute("a", "", "urn:1"), member("e", element("", "urn:1", INNER))]);
    static LANGUAGE: Node = element("", "", &[attribute("a", "", "http://www.w3.org/XML/1998/namespace")]);
    static RESERVED: Node = element("xml", "urn:1", &[attribute("a", "xml", "")]);
    let expected = "<e xmlns=\"urn:1\" xmlns:ns1=\"urn:1\" ns1:a=\"A\"><e ns1:a=\"B\"/></e>";
    check_names(&E, &json!({ "a": "A", "e": { "a": "B" } }), expected);
    check_names(&LANGUAGE, &json!({ "a": "A" }), "<e xml:a=\"A\"/>");
    check_names(&RESERVED, &json!({ "a": "A" }), "<ns1:e xmlns:ns1=\"urn:1\" xml:a=\"A\"/>");
}
