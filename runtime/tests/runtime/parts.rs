//! Answers of several parts, wherever their bytes are cut and whatever a server makes of them.

use std::convert::Infallible;

use clientsmith_runtime::runtime::pairs::{Fields, Separator, Shape};
use clientsmith_runtime::runtime::parts::{self, Apart, Known, Named, Part, Parts};
use clientsmith_runtime::runtime::{Base64, DecodeError, Error, Json, Method, Request};
use futures_util::StreamExt as _;
use serde_json::json;

use crate::events::cut;
use crate::server::{got, operation};

type Item<T> = Result<T, Error<Infallible>>;

const MIXED: &str = "multipart/mixed; charset=x; boundary=\"b 1\"";

/// Each part as its headers' names, and its text.
async fn items(media_type: &'static str, body: &[u8], lengths: &[usize]) -> Vec<Item<Part>> {
    let (client, _) = cut(media_type, &[body], lengths);
    let request = Request::new(&client, operation(Method::GET, "/"));
    let opened =
        request.send_streamed::<_, Infallible>(|answer| parts::open(answer, Parts::whole, |all| all));
    opened.await.unwrap().into_body().collect().await
}

async fn check(media_type: &'static str, body: &str, expected: &[(&str, &str)]) {
    for lengths in [&[1][..], &[2], &[3], &[7, 1], &[10_000]] {
        let found = items(media_type, body.as_bytes(), lengths).await;
        let found: Vec<(String, String)> = found
            .into_iter()
            .map(Result::unwrap)
            .map(|part| (part.media_type().unwrap_or("").to_owned(), part.text().into_owned()))
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(kind, text)| (&**kind, &**text)).collect();
        assert_eq!(found, expected, "{lengths:?}\n{body}");
    }
}

#[tokio::test]
async fn parts_are_found_wherever_they_are_cut() {
    let two = "before\r\n--b 1\r\ncontent-type: text/plain\r\n\r\na\r\n\r\n--b 1 \t\r\n\r\n--b 12\r\n é --b 1\r\n--b 1--\r\nbehind\r\n--b 1\r\n";
    check(MIXED, two, &[("text/plain", "a\r\n"), ("", "--b 12\r\n é --b 1")]).await;
    check(
        MIXED,
        "--b 1\n\nline\n\n--b 1\nContent-Type:\n text/csv\n\n--b 1--",
        &[("", "line\n"), ("text/csv", "")],
    )
    .await;
    check(MIXED, "--b 1--", &[]).await;
    check(
        MIXED,
        "--b 1\r\n\r\n--b 1--a\r\n--b 1---\r\n--b 1-- \r\n--b 1\r\n",
        &[("", "--b 1--a\r\n--b 1---")],
    )
    .await;
    // The answer does not say its boundary.
    check("multipart/mixed", "\r\n--x\r\n\r\na\r\n--x--\r\n", &[("", "a")]).await;
}

#[tokio::test]
async fn a_part_says_what_it_is() {
    let disposition = "form-data; name=\"a\\\"%22b\"; filename=\"C:\\x;y.txt\"; filename*=UTF-8''%C3%A9.txt";
    let body = format!(
        "--b 1\r\nContent-Disposition: {disposition}\r\nX-A: 1\r\n\r\n[1]\r\n--b 1\r\nContent-ID: <c>\r\n\r\n\r\n--b 1--"
    );
    let all = items(MIXED, body.as_bytes(), &[9]).await;
    let [first, second] = all.as_slice() else { panic!("{all:?}") };
    let first = first.as_ref().unwrap();
    assert_eq!((first.name().as_deref(), first.file_name().as_deref()), (Some("a\"\"b"), Some("é.txt")));
    assert_eq!((first.header("x-a"), first.json::<[i32; 1]>().unwrap()), (Some("1"), [1]));
    assert!(!format!("{first:?}").contains("[1]"));
    assert_eq!(second.as_ref().unwrap().name().as_deref(), Some("c"));
}

#[tokio::test]
async fn what_is_no_sequence_of_parts_is_an_error_that_holds_what_came() {
    let endless = format!("--b 1{}", " ".repeat(5000));
    let many = format!("--b 1\r\n{}\r\n--b 1--", "A: b\r\n".repeat(200));
    for (body, reason) in [
        ("", "the boundary of the parts does not occur in the body"),
        ("<html>", "the boundary of the parts does not occur in the body"),
        (&*endless, "the boundary of the parts does not occur in the body"),
        ("--b 1\r\n\r\na", "the body ends before its last part does"),
        ("--b 1\r\n\r\na\r\n--b 1\r\n", "the body ends before its last part does"),
        ("--b 1\r\nno header\r\n\r\na\r\n--b 1--", "a part has a header that is none"),
        ("--b 1\r\nA: b\r\n--b 1--", "the headers of a part do not end"),
        (&*many, "a part has too many headers"),
    ] {
        for lengths in [&[1][..], &[10_000]] {
            let mut all = items(MIXED, body.as_bytes(), lengths).await;
            let last = all.pop().unwrap().unwrap_err();
            assert!(matches!(last, Error::Decode { .. }) && last.to_string().contains(reason), "{last}");
        }
    }
    let error =
        items("multipart/mixed", "x".repeat(5000).as_bytes(), &[1000]).await.pop().unwrap().unwrap_err();
    assert!(error.to_string().contains("the answer names no boundary"), "{error}");
    assert!(error.body().unwrap().len() >= 1000);
}

#[tokio::test]
async fn a_part_that_is_none_is_kept_by_its_error_without_those_before_it() {
    let body = b"--b 1\r\n\r\na\r\n--b 1\r\nno header\r\n\r\nb\r\n--b 1--";
    for lengths in [&[1][..], &[10_000]] {
        let all = items(MIXED, body, lengths).await;
        let [Ok(_), Err(error)] = all.as_slice() else { panic!("{all:?}") };
        let held = error.body().unwrap();
        assert!(held.starts_with(b"no header\r\n\r\nb\r\n--b 1"), "{held:?}");
    }
}

#[tokio::test]
async fn a_multitude_of_parts_in_one_piece_takes_time_in_proportion() {
    let body = format!("{}--b 1--", "--b 1\r\n\r\n".repeat(100_000));
    let all = items(MIXED, body.as_bytes(), &[body.len()]).await;
    assert_eq!(all.len(), 100_000);
    assert!(all.iter().all(|part| part.as_ref().is_ok_and(|part| part.body().is_empty())));
}

#[tokio::test]
async fn a_part_has_a_limit() {
    let content = |length: usize| format!("\r\n--b 1\r\n\r\n{}", "x".repeat(length - 2));
    let body = format!("{}{}{}\r\n--b 1--", content(50), content(50), content(51));
    for lengths in [&[1][..], &[10], &[59, 1], &[10_000]] {
        let (client, _) = cut(MIXED, &[body.as_bytes()], lengths);
        let request = Request::new(&client, operation(Method::GET, "/"));
        let opened = request.send_streamed::<_, Infallible>(|answer| {
            parts::open(answer, Parts::whole, |all| all.max_part_size(50))
        });
        let all: Vec<Item<Part>> = opened.await.unwrap().into_body().collect().await;
        let [Ok(_), Ok(_), Err(Error::Transport(error))] = all.as_slice() else { panic!("{all:?}") };
        assert!(error.is_body_too_large());
    }
}

#[tokio::test]
async fn a_part_that_does_not_fit_costs_that_part() {
    let body = b"--b 1\r\n\r\n1\r\n--b 1\r\n\r\nx\r\n--b 1\r\n\r\n3\r\n--b 1--";
    let (client, _) = cut(MIXED, &[body], &[4]);
    let request = Request::new(&client, operation(Method::GET, "/"));
    let opened = request.send_streamed::<_, Infallible>(|answer| parts::open(answer, Parts::json, |all| all));
    let all: Vec<Item<i32>> = opened.await.unwrap().into_body().collect().await;
    assert!(
        matches!(all.as_slice(), [Ok(1), Err(Error::Decode { body, .. }), Ok(3)] if body == "x"),
        "{all:?}"
    );
}

#[derive(Debug)]
struct Report {
    title: String,
    count: Option<i32>,
    tags: Vec<String>,
    hash: Option<Base64>,
    picture: Part,
    rest: Vec<Part>,
}

fn report(parts: &mut Named) -> Result<Report, DecodeError> {
    Ok(Report {
        title: parts.value("title")?,
        count: parts.optional("count")?,
        tags: parts.list("tags")?,
        hash: parts.optional("hash")?,
        picture: parts.file("picture")?,
        rest: parts.rest(),
    })
}

const KNOWN: &[Known] = &[
    ("title", Some(Shape::Text)),
    ("picture", None),
    ("count", Some(Shape::Value)),
    ("tags", Some(Shape::List(&Shape::Other(|body| Ok(Json::from(body.len().to_string())))))),
    ("hash", Some(Shape::Text)),
];

async fn reported(media_type: &'static str, body: &'static str) -> Result<Report, Error<Infallible>> {
    got(200, media_type, body).await.decode_parts(Apart::ByName, KNOWN, report)
}

#[tokio::test]
async fn named_parts_are_members() {
    let body = "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=a.png\r\nContent-Type: image/png\r\n\r\nPNG\r\n\
        --b\r\nContent-Disposition: form-data; name=title\r\n\r\n12\r\n\
        --b\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n12\r\n\
        --b\r\nContent-Disposition: form-data; name=tags\r\n\r\nabc\r\n\
        --b\r\nContent-Disposition: form-data; name=tags\r\nContent-Type: application/json\r\n\r\n\"x\"\r\n\
        --b\r\nContent-Disposition: form-data; name=more\r\n\r\n?\r\n--b--\r\n";
    let report = reported("multipart/form-data; boundary=b", body).await.unwrap();
    assert_eq!((report.title.as_str(), report.count), ("12", Some(12)));
    assert_eq!((report.tags, report.hash.is_none()), (vec!["3".to_owned(), "x".to_owned()], true));
    assert_eq!(
        (report.picture.file_name().as_deref(), &report.picture.body()[..]),
        (Some("a.png"), &b"PNG"[..])
    );
    assert_eq!(report.rest.len(), 1);
}

#[tokio::test]
async fn parts_without_names_are_those_in_order() {
    let body = "--b\r\n\r\na\r\n--b\r\n\r\nPNG\r\n--b\r\n\r\n7\r\n--b--";
    let report = reported("multipart/mixed; boundary=b", body).await.unwrap();
    assert_eq!((report.title.as_str(), report.count, report.picture.text().as_ref()), ("a", Some(7), "PNG"));
}

#[tokio::test]
async fn parts_that_do_not_fit_are_named() {
    let missing = reported("multipart/mixed; boundary=b", "--b\r\n\r\na\r\n--b--").await.unwrap_err();
    assert!(missing.to_string().contains("the part `picture` is missing"), "{missing}");
    let body = "--b\r\n\r\na\r\n--b\r\n\r\nPNG\r\n--b\r\n\r\nmany\r\n--b--";
    let unfit = reported("multipart/mixed; boundary=b", body).await.unwrap_err();
    assert!(unfit.to_string().contains("at count: invalid type: string \"many\""), "{unfit}");
    assert_eq!(unfit.body().unwrap().len(), body.len());
    let tag = "Content-Disposition: form-data; name=tags\r\nContent-Type: application/json\r\n\r\n";
    let body = format!("--b\r\n{tag}\"a\"\r\n--b\r\n{tag}7\r\n--b--").leak();
    let unfit = got(200, "multipart/mixed; boundary=b", body).await.decode_parts::<Vec<String>, Infallible>(
        Apart::ByName,
        &[("tags", Some(Shape::List(&Shape::Text)))],
        |parts| parts.list("tags"),
    );
    assert!(unfit.as_ref().unwrap_err().to_string().contains("at tags[1]: invalid type"), "{unfit:?}");
    let cut = reported("multipart/mixed; boundary=b", "--b\r\n\r\na").await.unwrap_err();
    assert!(cut.to_string().contains("the body ends before its last part does"), "{cut}");
}

/// What has no name of its own, an object in brackets, one whose members are parts, a list in one part, one in brackets, one by
/// position, and all else.
#[derive(Debug)]
struct Styled {
    more: Json,
    place: Json,
    size: Option<Json>,
    codes: Vec<i32>,
    all: Vec<String>,
    h: Option<Json>,
    rest: Vec<String>,
}

async fn styled(parts: &[(&str, &str)]) -> Result<Styled, Error<Infallible>> {
    static PLACE: Fields = Fields {
        known: &[("at", Shape::Text), ("tags", Shape::List(&Shape::Text)), ("in", Shape::Object(&PLACE))],
        others: None,
    };
    const SIZE: Fields =
        Fields { known: &[("w", Shape::Value), ("h", Shape::Value), ("size", Shape::Text)], others: None };
    const PAIR: Fields = Fields { known: &[("first", Shape::Text)], others: Some(Shape::Value) };
    const MORE: Fields = Fields { known: &[], others: Some(Shape::Value) };
    const KNOWN: &[Known] = &[
        ("more", Some(Shape::Object(&MORE))),
        ("place", Some(Shape::Deep(&Shape::Object(&PLACE)))),
        ("size", Some(Shape::Object(&SIZE))),
        ("codes", Some(Shape::Split(Separator::Pipe, &Shape::List(&Shape::Value)))),
        ("all", Some(Shape::Deep(&Shape::List(&Shape::Text)))),
        ("h", Some(Shape::Tuple(&PAIR))),
    ];
    let part = |(head, value): &(&str, &str)| {
        format!("--b\r\nContent-Disposition: form-data; name={head}\r\n\r\n{value}\r\n")
    };
    let body = format!("{}--b--", parts.iter().map(part).collect::<String>());
    let answer = got(200, "multipart/form-data; boundary=b", body.leak()).await;
    answer.decode_parts(Apart::ByName, KNOWN, |parts| {
        Ok(Styled {
            more: parts.value("more")?,
            place: parts.value("place")?,
            size: parts.optional("size")?,
            codes: parts.list("codes")?,
            all: parts.list("all")?,
            h: parts.optional("h")?,
            rest: parts.rest().iter().filter_map(Part::name).collect(),
        })
    })
}

#[tokio::test]
async fn parts_are_read_in_their_style() {
    let parts = [
        ("place[at]", "1%20+2"),
        ("w", "3"),
        ("place[tags][0]", "x"),
        ("codes", "1|2"),
        ("all[1]", "b"),
        ("place[in][at]\r\nContent-Type: application/json", "\"deep\""),
        ("all[0]", "a"),
        ("more", "5"),
        ("h", "4"),
        ("codes", "3"),
        ("h", "4"),
        ("size", "big"),
        ("free", "[1]"),
        ("file; filename=f", "?"),
        ("odd[at", "y"),
    ];
    let all = styled(&parts).await.unwrap();
    assert_eq!(all.place, json!({ "at": "1%20+2", "tags": ["x"], "in": { "at": "deep" } }));
    assert_eq!((all.size, all.codes), (Some(json!({ "w": 3, "size": "big" })), vec![1, 2, 3]));
    assert_eq!((all.all, all.h), (vec!["a".to_owned(), "b".to_owned()], Some(json!(["4", 4]))));
    // What has no name of its own has what nothing else does.
    assert_eq!(all.more, json!({ "free": [1], "more": 5, "odd[at": "y" }));
    assert_eq!(all.rest, ["file"]);
}

#[tokio::test]
async fn parts_of_a_style_may_be_one_that_is_json_or_none() {
    const JSON: &str = "\r\nContent-Type: application/json";
    let none = styled(&[]).await.unwrap();
    assert_eq!((none.place, none.size, none.codes.len(), none.all.len()), (json!({}), None, 0, 0));
    assert_eq!((none.more, none.h), (json!({}), None));
    let heads = ["place", "codes", "all", "more"].map(|name| format!("{name}{JSON}"));
    let parts: Vec<(&str, &str)> =
        heads.iter().map(String::as_str).zip(["{\"at\":1}", "[3]", "[\"a\"]", "{}"]).collect();
    let whole = styled(&parts).await.unwrap();
    assert_eq!((whole.place, whole.codes), (json!({ "at": 1 }), vec![3]));
    assert_eq!((whole.all, whole.more), (vec!["a".to_owned()], json!({})));
    let unfit = styled(&[("codes", "1|x")]).await.unwrap_err().to_string();
    assert!(unfit.contains("at codes[1]: invalid type: string \"x\""), "{unfit}");
    let no_text = styled(&[("place[at]\r\nContent-Type: application/json", "{")]).await.unwrap();
    assert_eq!(no_text.place, json!({ "at": "{" }));
}

/// Texts of parts: one, one that may be missing, and any number, each within a part of its own.
type Within = (String, Option<String>, Vec<String>);

async fn within(body: &'static str) -> Result<Within, Error<Infallible>> {
    const INNER: &[Known] = &[("text", Some(Shape::Text))];
    fn text(parts: &mut Named) -> Result<String, DecodeError> {
        parts.value("text")
    }
    let answer = got(200, "multipart/form-data; boundary=b", body).await;
    answer.decode_parts(Apart::ByName, &[("one", None), ("may", None), ("more", None)], |parts| {
        Ok((
            parts.inner("one", Apart::InOrder, INNER, text)?,
            parts.optional_inner("may", Apart::ByName, INNER, text)?,
            parts.inner_list("more", Apart::ByName, INNER, text)?,
        ))
    })
}

#[tokio::test]
async fn parts_of_a_part_are_members() {
    let body = "--b\r\nContent-Disposition: form-data; name=more\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n\
        --c\r\nContent-Disposition: form-data; name=other\r\n\r\nno\r\n--c\r\nContent-Disposition: form-data; name=text\r\n\r\nx\r\n--c--\r\n\
        --b\r\nContent-Disposition: form-data; name=one\r\nContent-Type: multipart/mixed; boundary=\"d d\"\r\n\r\n--d d\r\n\r\ny\r\n--d d--\r\n\
        --b\r\nContent-Disposition: form-data; name=more\r\nContent-Type: multipart/mixed; boundary=e\r\n\r\n--e\r\n\r\nz\r\n--e--\r\n--b--";
    let (one, may, more) = within(body).await.unwrap();
    assert_eq!((one.as_str(), may, more), ("y", None, vec!["x".to_owned(), "z".to_owned()]));
    let answer = got(200, "multipart/form-data; boundary=b", body).await;
    let first =
        answer.decode_parts::<_, Infallible>(Apart::ByName, &[("one", None)], |parts| parts.file("one"));
    let inner = first.unwrap().parts().unwrap();
    assert!(matches!(inner.as_slice(), [only] if only.text() == "y"), "{inner:?}");
    assert!(inner[0].parts().is_err());
}

#[tokio::test]
async fn errors_in_parts_of_a_part_say_where() {
    let one = "--b\r\nContent-Disposition: form-data; name=one\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n";
    for (inner, expected) in [
        ("--c--", "at one: the part `text` is missing"),
        ("--c\r\n\r\nx", "at one: the body ends before its last part does"),
        ("--c\r\nContent-Type: application/json\r\n\r\n1\r\n--c--", "at one.text: invalid type: integer `1`"),
    ] {
        let body: &'static str = format!("{one}{inner}\r\n--b--").leak();
        let error = within(body).await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let more = one.replace("one", "more");
    let fits = format!("{one}--c\r\n\r\nx\r\n--c--\r\n{more}--c\r\n\r\nx\r\n--c--\r\n");
    let error = within(format!("{fits}{more}--c--\r\n--b--").leak()).await.unwrap_err().to_string();
    assert!(error.contains("at more[1]: the part `text` is missing"), "{error}");
}
