//! XML, written and read by the description of a schema.

use clientsmith_runtime::runtime::xml::{self, ANY, Member, Namespace, Node, NodeKind, Value};
use std::convert::Infallible;

use clientsmith_runtime::runtime::multipart::{Multipart, PartKind, PartPlace};
use clientsmith_runtime::runtime::{Bytes, Error, FormStyle, Json, Kind, Method, Request};
use serde::de::DeserializeOwned;
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
    value: Value::Object(BOOK_MEMBERS, Some(&ANY)),
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
    written_as(&BOOK, value).await
}

async fn written_as(node: &'static Node, value: &Json) -> String {
    sent(Method::POST, "/", |request| request.xml("application/xml", node, value)).await.body
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

fn read_with<T: DeserializeOwned>(node: &'static Node, body: &str) -> Result<T, serde_json::Error> {
    xml::value(body.as_bytes(), node).and_then(serde_json::from_value)
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
async fn a_declaration_says_what_the_bytes_are() {
    static TEXT_ALONE: Node = node("t", NodeKind::Element, TEXT);
    const PART: PartKind = PartKind {
        name: "p",
        place: PartPlace::Named,
        media_type: Some("text/xml; charset=iso-8859-1"),
        style: Some(FormStyle::Written(|value| xml::text(value, &TEXT_ALONE))),
        headers: &[],
    };
    let written_as = async |media_type: &str| {
        sent(Method::POST, "/", |request| request.xml(media_type, &TEXT_ALONE, "e")).await.body
    };
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<t>e</t>";
    assert_eq!(written_as("text/xml; charset=\"iso-8859-1\"").await, latin);
    assert_eq!(written_as("text/xml; charset=us-ascii").await, "<?xml version=\"1.0\"?>\n<t>e</t>");
    assert_eq!(written_as("application/a+xml; charset=utf-8").await, format!("{HEAD}<t>e</t>"));
    let mut parts = Multipart::new(&[PART]);
    parts.value("p", "e");
    let body = sent(Method::POST, "/", |request| request.multipart("multipart/form-data", parts)).await.body;
    assert!(body.contains(&format!("\r\n\r\n{latin}\r\n")), "{body}");
    let own = format!("{HEAD}<t/>");
    let text = sent(Method::POST, "/", |request| request.text("text/plain; charset=latin1", own.clone()));
    assert_eq!(text.await.body, own);
}

#[test]
fn a_list_without_an_element_is_null_where_its_only_item_is_and_no_item_can_be() {
    static NUMBERS: Node = node("n", NodeKind::Element, Value::Object(&[NUMBER], None));
    const NUMBER: Member = member("all", node("all", NodeKind::Bare, Value::List(&MAYBE)));
    static MAYBE: Node = node("tag", NodeKind::Element, Value::Text(&[Kind::Null, Kind::Integer]));
    let nil = "<tag xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";
    let book: Json = read_with(&BOOK, &format!("<book>{nil}</book>")).unwrap();
    assert_eq!(book, json!({ "tags": null }));
    let whole: Json = read_with(&NUMBERS, "<n><tag>5.0</tag><tag>1e3</tag><tag>-0</tag></n>").unwrap();
    assert_eq!(whole, json!({ "all": [5, 1000, 0] }));
    let numbers: Json = read_with(&NUMBERS, &format!("<n>{nil}</n>")).unwrap();
    assert_eq!(numbers, json!({ "all": [null] }));
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

/// OAS 3.2.0, XML Object, Ordered Elements and Text.
static REPORT: Node = node("Report", NodeKind::Element, Value::Tuple(REPORT_ITEMS, Some(&FLAG)));
static REPORT_ITEMS: &[Node] = &[
    node("Report", NodeKind::Text, TEXT),
    node("data", NodeKind::Element, Value::Text(&[Kind::Integer])),
    node("Report", NodeKind::Cdata, TEXT),
    node("Report", NodeKind::Bare, Value::List(&TAG)),
    node("id", NodeKind::Attribute, TEXT),
    node("Report", NodeKind::Bare, Value::Object(MORE, None)),
];
static FLAG: Node = node("flag", NodeKind::Element, Value::Text(&[Kind::Boolean]));

#[tokio::test]
async fn items_stand_in_their_order_each_as_it_is_described() {
    for (value, expected) in [
        (
            json!(["Some <text>. ", 42, " More.", ["a", "b"], "7", { "note": { "text": "x" } }, true, false]),
            "<Report id=\"7\">Some &lt;text&gt;. <data>42</data><![CDATA[ More.]]><tag>a</tag><tag>b</tag>\
                <note><![CDATA[x]]></note><flag>true</flag><flag>false</flag></Report>",
        ),
        (json!(["", 42, "", []]), "<Report><data>42</data><![CDATA[]]></Report>"),
        (
            json!(["a", null, "", [], null, null, true]),
            "<Report>a<data xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/><![CDATA[]]><flag>true</flag></Report>",
        ),
    ] {
        let body = written_as(&REPORT, &value).await;
        assert_eq!(body, format!("{HEAD}{expected}"));
        assert_eq!(read_with::<Json>(&REPORT, &body).unwrap(), value);
    }
}

#[tokio::test]
async fn items_stand_among_the_members_around_them() {
    static ITEMS: &[Node] = &[node("x", NodeKind::Element, TEXT), node("y", NodeKind::Element, TEXT)];
    static POINT: Node = node(
        "point",
        NodeKind::Element,
        Value::Object(
            &[
                member("name", node("name", NodeKind::Element, TEXT)),
                member("at", node("at", NodeKind::Bare, Value::Tuple(ITEMS, None))),
            ],
            None,
        ),
    );
    let value = json!({ "name": "n", "at": ["1", "2"] });
    let body = written_as(&POINT, &value).await;
    assert_eq!(body, format!("{HEAD}<point><name>n</name><x>1</x><y>2</y></point>"));
    assert_eq!(read_with::<Json>(&POINT, &body).unwrap(), value);
    let value: Json = read_with(&POINT, "<point><y>2</y><name/></point>").unwrap();
    assert_eq!(value, json!({ "name": "", "at": [null, "2"] }));
}

#[tokio::test]
async fn members_that_are_not_described_are_called_by_their_own_names() {
    static NUMBERS: Node = node("", NodeKind::Element, Value::Text(&[Kind::Integer]));
    static LISTS: Node = node("lists", NodeKind::Element, Value::Object(&[], Some(&LIST)));
    static LIST: Node = node("", NodeKind::Bare, Value::List(&NUMBERS));
    static WRAPPED: Node = node("lists", NodeKind::Element, Value::Object(&[], Some(&WRAPPER)));
    static WRAPPER: Node = node("", NodeKind::Element, Value::List(&NUMBERS));
    static OPEN: Node =
        node("open", NodeKind::Element, Value::Object(&[member("list", ANY_LIST)], Some(&ANY)));
    const ANY_LIST: Node = node("list", NodeKind::Element, Value::Any);
    for (node, value, expected) in [
        (&LISTS, json!({ "a": [1, 2], "b": [3] }), "<lists><a>1</a><a>2</a><b>3</b></lists>"),
        (&WRAPPED, json!({ "a": [1, 2], "b": [] }), "<lists><a><a>1</a><a>2</a></a><b/></lists>"),
        (
            &OPEN,
            json!({ "list": ["1", "2"], "more": ["x", "y"] }),
            "<open><list>1</list><list>2</list><more>x</more><more>y</more></open>",
        ),
        (&OPEN, json!({ "more": { "#text": "mixed", "a": "b" } }), "<open><more>mixed<a>b</a></more></open>"),
    ] {
        let body = written_as(node, &value).await;
        assert_eq!(body, format!("{HEAD}{expected}"));
        assert_eq!(read_with::<Json>(node, &body).unwrap(), value);
    }
}

#[tokio::test]
async fn what_has_another_form_than_described_is_an_error_that_keeps_what_came() {
    type Pet = std::collections::BTreeMap<String, String>;
    static PET: Node = node(
        "pet",
        NodeKind::Element,
        Value::Object(&[member("name", node("name", NodeKind::Element, TEXT))], None),
    );
    static PETS: Node = node("pets", NodeKind::Element, Value::List(&PET));
    static TAGS: Node = node("tags", NodeKind::Element, Value::List(&TAG));
    fn refused<T: DeserializeOwned + std::fmt::Debug>(node: &'static Node, body: &str) -> String {
        read_with::<T>(node, body).unwrap_err().to_string()
    }
    let html = "<html><body>Down</body></html>";
    let Err(Error::Decode { body: kept, source, .. }) = read(html).await else { panic!("that was read") };
    assert_eq!(kept, html.as_bytes());
    assert!(
        source.to_string().contains("the element is `html`, not `book`, and nothing in it is"),
        "{source}"
    );
    for (error, reason) in [
        (refused::<Pet>(&PET, "<pet>Down</pet>"), "invalid type: string \"Down\", expected a map"),
        (refused::<Pet>(&PET, "<pet><name>a<b/></name></pet>"), "invalid type: map, expected a string"),
        (
            refused::<Vec<Pet>>(&PETS, "<pets>none</pets>"),
            "invalid type: string \"none\", expected a sequence",
        ),
        (
            refused::<Vec<String>>(&TAGS, "<error><code>1</code><text/></error>"),
            "invalid type: map, expected a sequence",
        ),
        (
            refused::<Vec<String>>(&TAGS, "<tags>some<tag/>text</tags>"),
            "invalid type: map, expected a sequence",
        ),
        (refused::<Vec<String>>(&REPORT, "<Report><x/></Report>"), "invalid type"),
    ] {
        assert!(error.contains(reason), "{error}");
    }
    let odd: Pet = read_with(&PET, "<animal><name>a</name></animal>").unwrap();
    assert_eq!(odd["name"], "a");
}

#[tokio::test]
async fn text_is_there_if_it_can_be_what_is_described() {
    static PRICE: Node = node("price", NodeKind::Element, Value::Object(MEMBERS, None));
    const MEMBERS: &[Member] = &[
        member("in", node("in", NodeKind::Attribute, Value::Text(&[Kind::Integer, Kind::String]))),
        member("amount", node("amount", NodeKind::Text, Value::Text(&[Kind::Number]))),
    ];
    for (xml, read) in [
        ("<price in=\"EUR\"/>", json!({ "in": "EUR" })),
        ("<price> 1.5 </price>", json!({ "amount": 1.5 })),
        ("<price in=\"7\"/>", json!({ "in": 7 })),
        ("<price in=\"7.50\"/>", json!({ "in": "7.50" })),
        ("<price in=\"1e5\"/>", json!({ "in": "1e5" })),
    ] {
        assert_eq!(read_with::<Json>(&PRICE, xml).unwrap(), read, "{xml}");
    }
}

#[tokio::test]
async fn numbers_are_those_that_json_would_show() {
    static POINT: Node = node("point", NodeKind::Element, Value::Object(&[], Some(&ANY)));
    let point = std::collections::BTreeMap::from([("x", 0.1_f32)]);
    assert_eq!(xml::bytes(&point, &POINT), format!("{HEAD}<point><x>0.1</x></point>").as_bytes());
    assert!(xml::bytes(&f64::NAN, &POINT).is_empty());
}

#[test]
fn documents_in_encodings_that_are_not_known_are_refused() {
    let read = |encoding: &str, title: &[u8]| {
        let head = format!("<?xml version='1.0' encoding='{encoding}'?><note>");
        let body = [head.as_bytes(), title, b"</note>"].concat();
        xml::value(&body, &NOTE).map(|value| value["text"].clone()).map_err(|error| error.to_string())
    };
    assert_eq!(read("ISO-8859-1", b"\xE9"), Ok(json!("é")));
    // It would not be readable up to here.
    assert_eq!(read("utf-16", "é".as_bytes()), Ok(json!("é")));
    assert_eq!(read("windows-1252", b"e"), Ok(json!("e")));
    let refused = "the text is in `iso-2022-jp`, and not in UTF-8 or ISO 8859-1";
    assert_eq!(read("iso-2022-jp", b"\x1B$B$\"\x1B(B"), Err(refused.to_owned()));
}
