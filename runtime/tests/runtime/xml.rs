//! XML, written and read by the description of a schema.

use clientsmith_runtime::runtime::xml::{Member, Namespace, Node, NodeKind, Value};
use std::convert::Infallible;

use clientsmith_runtime::runtime::{Bytes, Error, Json, Kind, Method, Request};
use serde_json::json;

use crate::server::{Answer, Server, operation, refused, sent};

const TEXT: Value = Value::Text(&[Kind::String]);
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

const fn node(name: &'static str, kind: NodeKind, value: Value) -> Node {
    Node { name, namespace: None, kind, value }
}

const fn member(property: &'static str, node: Node) -> Member {
    Member { property, required: false, node }
}

const X: Option<Namespace> = Some(Namespace { prefix: "x", uri: "urn:x" });

static BOOK: Node = Node {
    name: "book",
    namespace: Some(Namespace { prefix: "", uri: "urn:books" }),
    kind: NodeKind::Element,
    value: Value::Object(BOOK_MEMBERS, Some(&Value::Any)),
};

static BOOK_MEMBERS: &[Member] = &[
    member("id", node("id", NodeKind::Attribute, Value::Text(&[Kind::Integer]))),
    member("lang", Node { namespace: X, ..node("lang", NodeKind::Attribute, TEXT) }),
    member(
        "title",
        Node { namespace: X, ..node("Title", NodeKind::Element, Value::Text(&[Kind::Null, Kind::String])) },
    ),
    Member { required: true, ..member("tags", node("tags", NodeKind::Bare, Value::List(&TAG))) },
    member("authors", node("writers", NodeKind::Element, Value::List(&AUTHOR))),
    member("part_of", node("part_of", NodeKind::Element, Value::Like(&BOOK))),
    member("more", node("", NodeKind::Bare, Value::Object(MORE, None))),
];

static MORE: &[Member] = &[member("note", node("note", NodeKind::Element, Value::Like(&NOTE)))];
static TAG: Node = node("tag", NodeKind::Element, TEXT);
static NOTE: Node =
    node("note", NodeKind::Element, Value::Object(&[member("text", node("", NodeKind::Cdata, TEXT))], None));
static AUTHOR: Node = node(
    "author",
    NodeKind::Element,
    Value::Object(
        &[
            member("name", node("", NodeKind::Text, TEXT)),
            member("born", node("born", NodeKind::Attribute, Value::Text(&[Kind::Number]))),
        ],
        None,
    ),
);

async fn written(value: &Json) -> String {
    sent(Method::POST, "/", |request| request.xml("application/xml", &BOOK, value)).await.body
}

async fn read(body: impl Into<Bytes>) -> Result<Json, Error<Infallible>> {
    read_as("application/xml", body.into()).await
}

async fn read_as(media_type: &'static str, body: Bytes) -> Result<Json, Error<Infallible>> {
    let answer = move |_: &_| -> Answer {
        let answer = hyper::Response::builder().header("content-type", media_type);
        answer.body(body.clone().into()).unwrap()
    };
    let server = Server::start(answer).await;
    let client = server.client();
    Request::new(&client, operation(Method::GET, "/")).send(|response| response.decode_xml(&BOOK)).await
}

#[tokio::test]
async fn a_value_stands_as_it_is_described_and_reads_back() {
    let value = json!({
        "id": 7, "lang": "en", "title": null, "tags": ["a", ""],
        "authors": [{ "name": "A & <B>", "born": 1.5 }, {}],
        "part_of": { "tags": [] }, "more": { "note": { "text": "a ]]> b" } },
        "other": { "deep": ["1", "2"] },
    });
    let expected = "<book xmlns=\"urn:books\" id=\"7\" xmlns:x=\"urn:x\" x:lang=\"en\">\
        <x:Title xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>\
        <tag>a</tag><tag/>\
        <writers><author born=\"1.5\">A &amp; &lt;B&gt;</author><author/></writers>\
        <part_of/>\
        <note><![CDATA[a ]]]]><![CDATA[> b]]></note>\
        <other><deep>1</deep><deep>2</deep></other></book>";
    let body = written(&value).await;
    assert_eq!(body, format!("{HEAD}{expected}"));
    let mut back = value;
    // Text that is not there is empty text, as in any element.
    back["authors"][1] = json!({ "name": "" });
    assert_eq!(read(body).await.unwrap(), back);
}

#[tokio::test]
async fn any_text_reads_back_as_it_was() {
    for text in [" a\r\nb\tc\n", "<>&\"'", "]]>", "\u{85}\u{2028}é漢\u{1F600}", "&amp;"] {
        let value =
            json!({ "lang": text, "title": text, "tags": [text], "more": { "note": { "text": "x" } } });
        let back = read(written(&value).await).await.unwrap();
        assert_eq!(back, value, "{text:?}");
    }
}

#[tokio::test]
async fn what_xml_cannot_express_is_refused_before_anything_is_sent() {
    for value in
        [json!({ "title": "a\u{0}" }), json!({ "lang": "\u{1b}" }), json!({ "a b": 1 }), json!({ "<x>": 1 })]
    {
        let error = refused("/", |request| request.xml("application/xml", &BOOK, &value)).await;
        assert!(error.contains("XML"), "{value}: {error}");
    }
}

#[tokio::test]
async fn text_becomes_the_json_type_that_is_described() {
    let body =
        "<b id=' +12 ' ><x:Title xmlns:x='urn:x'></x:Title><writers><author born='2.0'/></writers></b>";
    let expected = json!({ "id": 12, "title": "", "tags": [], "authors": [{ "name": "", "born": 2.0 }] });
    assert_eq!(read(body).await.unwrap(), expected);
    let not_a_number = read("<book id='twelve'/>").await.unwrap();
    assert_eq!(not_a_number["id"], "twelve");
}

#[tokio::test]
async fn names_are_told_apart_by_their_namespaces() {
    let body = "<b:book xmlns:b='urn:books'><y:Title xmlns:y='urn:y'>no</y:Title><z:Title xmlns:z='urn:x'>yes</z:Title></b:book>";
    let read = read(body).await.unwrap();
    assert_eq!(read["title"], "yes");
    assert_eq!(read["Title"], "no");
}

#[tokio::test]
async fn lists_are_read_where_servers_wrap_them_otherwise() {
    let wrapped = read("<book><tag><string>a</string><string>b</string></tag></book>").await.unwrap();
    assert_eq!(wrapped, json!({ "tags": ["a", "b"] }));
    let renamed = read("<book><writers><Author>A</Author></writers></book>").await.unwrap();
    assert_eq!(renamed["authors"], json!([{ "name": "A" }]));
}

#[tokio::test]
async fn references_are_those_of_the_language_alone() {
    let value = read("<book><tag>&lt;&#65;&#x42;&amp;&quot;&apos;</tag></book>").await.unwrap();
    assert_eq!(value["tags"], json!(["<AB&\"'"]));
    let bomb = "<!DOCTYPE b [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><book><tag>&b;</tag></book>";
    let file = "<!DOCTYPE b [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><book><tag>&a;</tag></book>";
    for body in [bomb, file] {
        assert!(read(body).await.unwrap_err().to_string().contains("an entity of its own"));
    }
}

#[tokio::test]
async fn what_is_no_xml_is_an_error_that_keeps_what_came() {
    let deep = "<a>".repeat(10_000);
    let bodies: [&[u8]; 9] = [
        b"",
        b"{}",
        b"<book>",
        b"<book></b>",
        b"<a/><b/>",
        b"<book><tag>\xFF</tag></book>",
        b"text<a/>",
        b"<a b=c/>",
        deep.as_bytes(),
    ];
    for body in bodies {
        let Err(Error::Decode { body: kept, source, .. }) = read(Bytes::copy_from_slice(body)).await else {
            panic!("{} was read", String::from_utf8_lossy(body))
        };
        assert_eq!(kept, body);
        assert!(source.to_string().contains("the body is not"), "{source}");
    }
}

#[tokio::test]
async fn json_is_read_as_json_though_xml_is_described() {
    let value = read_as("application/problem+json", Bytes::from_static(b"{\"id\":1}")).await;
    assert_eq!(value.unwrap(), json!({ "id": 1 }));
}
