//! Bodies of forms, of several parts, of lines, and of the caller's media type, as they are on the wire.

use clientsmith_runtime::runtime::content::Content;
use clientsmith_runtime::runtime::lines::JsonLines;
use clientsmith_runtime::runtime::multipart::{FilePart, Multipart, Part, PartKind, PartPlace};
use clientsmith_runtime::runtime::{
    Bytes, FormField, FormStyle, Json, Method, Request, Reserved, Upload, form_text,
};
use futures_util::stream;
use serde_json::json;

use crate::server::{Seen, refused, sent};

const FORM: &str = "application/x-www-form-urlencoded";

async fn check_style(style: FormStyle, value: Json, expected: &str) {
    let fields = [FormField { name: "f", style }];
    let body = json!({ "f": value });
    let seen = sent(Method::POST, "/", |request| request.form_as(FORM, &fields, &body)).await;
    assert_eq!(seen.body, expected, "{style:?} {value}");
}

#[tokio::test]
async fn fields_of_a_form_are_written_in_their_style() {
    use FormStyle::{Comma, Deep, Exploded, Json, Pipe, Space};
    let (list, object) = (json!(["a b", "c,d"]), json!({ "B": null, "G": "x&y", "R": 100 }));
    let on = Reserved::Encoded;
    for (style, of_list, of_object) in [
        (Exploded(on), "f=a+b&f=c%2Cd", "G=x%26y&R=100"),
        (Comma(on), "f=a+b,c%2Cd", "f=G,x%26y,R,100"),
        (Space(on), "f=a+b%20c%2Cd", "f=G%20x%26y%20R%20100"),
        (Pipe(on), "f=a+b%7Cc%2Cd", "f=G%7Cx%26y%7CR%7C100"),
        (Deep(on), "f%5B0%5D=a+b&f%5B1%5D=c%2Cd", "f%5BG%5D=x%26y&f%5BR%5D=100"),
        (Json, "f=%22a+b%22&f=%22c%2Cd%22", "f=%7B%22B%22%3Anull%2C%22G%22%3A%22x%26y%22%2C%22R%22%3A100%7D"),
    ] {
        check_style(style, list.clone(), of_list).await;
        check_style(style, object.clone(), of_object).await;
        let text = if matches!(style, Json) { "f=%22x%22" } else { "f=x" };
        check_style(style, json!("x"), text).await;
        check_style(style, json!(null), "").await;
        check_style(style, json!([]), "").await;
    }
    check_style(FormStyle::Text, json!(["{}", "5"]), "f=%7B%7D&f=5").await;
    let nested = json!({ "a": { "b": ["c", { "d": 1 }] } });
    check_style(Deep(on), nested, "f%5Ba%5D%5Bb%5D%5B0%5D=c&f%5Ba%5D%5Bb%5D%5B1%5D%5Bd%5D=1").await;
    check_style(
        Exploded(Reserved::Kept),
        json!("a:/?#[]@!$&'()*+,;=%é"),
        "f=a:/?#[]@!$%26'()*%2B,;=%25%C3%A9",
    )
    .await;
    let escaped = json!("http://x/%20?a=b;c d%2g%");
    check_style(Exploded(Reserved::Kept), escaped.clone(), "f=http://x/%20?a=b;c+d%252g%25").await;
    check_style(Exploded(on), escaped, "f=http%3A%2F%2Fx%2F%2520%3Fa%3Db%3Bc+d%252g%25").await;
}

/// A style of an API's own.
const IN_BRACKETS: FormStyle = FormStyle::Written(|value| match value {
    Json::Bool(_) => Err(serde::ser::Error::custom("no flags")),
    value => Ok(format!("<{value}>")),
});

#[tokio::test]
async fn a_field_may_be_written_as_another_format() {
    const INNER: FormStyle = FormStyle::Written(|value| {
        form_text(value, &[FormField { name: "l", style: FormStyle::Comma(Reserved::Encoded) }])
    });
    check_style(IN_BRACKETS, json!({ "a": 1 }), "f=%3C%7B%22a%22%3A1%7D%3E").await;
    check_style(IN_BRACKETS, json!([1, null, 2]), "f=%3C1%3E&f=%3C2%3E").await;
    check_style(INNER, json!({ "l": ["a", "b&"] }), "f=l%3Da%2Cb%2526").await;
    let fields = [FormField { name: "f", style: IN_BRACKETS }];
    let error = refused("/", |request| request.form_as(FORM, &fields, &json!({ "f": true }))).await;
    assert!(error.contains("no flags"), "{error}");
}

/// The parts of what was sent, in which the boundary is `B`.
fn parts(seen: &Seen) -> String {
    let content_type = seen.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(boundary.len(), 32, "{content_type}");
    seen.body.replace(boundary, "B")
}

async fn check_parts(fill: impl FnOnce(&mut Multipart), expected: &str) {
    check_kinds(&[], fill, expected).await;
}

async fn check_kinds(kinds: &'static [PartKind], fill: impl FnOnce(&mut Multipart), expected: &str) {
    let mut body = Multipart::new(kinds);
    fill(&mut body);
    let seen = sent(Method::POST, "/", |request| request.multipart("multipart/form-data", body)).await;
    assert_eq!(parts(&seen), expected.replace('\n', "\r\n"));
}

#[tokio::test]
async fn a_value_is_a_part_by_its_type() {
    let head = "Content-Disposition: form-data; name=\"n\"\nContent-Type:";
    for (value, expected) in [
        (json!("a\r\n\"é"), format!("--B\n{head} text/plain\n\na\n\"é\n--B--\n")),
        (json!(2.0), format!("--B\n{head} text/plain\n\n2\n--B--\n")),
        (json!(false), format!("--B\n{head} text/plain\n\nfalse\n--B--\n")),
        (json!({ "a": [null] }), format!("--B\n{head} application/json\n\n{{\"a\":[null]}}\n--B--\n")),
        (json!(["a", 1]), format!("--B\n{head} text/plain\n\na\n--B\n{head} text/plain\n\n1\n--B--\n")),
        (json!([{}]), format!("--B\n{head} application/json\n\n{{}}\n--B--\n")),
        (json!(null), "--B--\n".to_owned()),
        (json!([]), "--B--\n".to_owned()),
    ] {
        check_parts(|body| body.value("n", &value), &expected).await;
    }
}

#[tokio::test]
async fn the_last_value_of_a_name_wins_and_a_pushed_part_comes_besides() {
    let head = |name: &str| {
        format!("--B\nContent-Disposition: form-data; name=\"{name}\"\nContent-Type: text/plain\n\n")
    };
    let expected = format!("{}3\n{}2\n{}4\n--B--\n", head("b"), head("a"), head("a"));
    let fill = |body: &mut Multipart| {
        body.value("a", &1);
        body.value("b", &3);
        body.value("a", &2);
        body.push(Part::text("a", "4"));
    };
    check_parts(fill, &expected).await;
}

#[tokio::test]
async fn a_value_that_is_parts_by_other_names_is_set_as_a_whole() {
    const STYLED: &[PartKind] = &[
        PartKind {
            style: Some(FormStyle::Deep(Reserved::Encoded)),
            headers: &["X-A"],
            ..kind("f", PartPlace::Named)
        },
        PartKind { style: Some(FormStyle::Exploded(Reserved::Encoded)), ..kind("e", PartPlace::Named) },
    ];
    let part = |name: &str, more: &str| {
        format!("--B\nContent-Disposition: form-data; name=\"{name}\"\nContent-Type: text/plain\n{more}\n")
    };
    let expected = format!("{}2\n{}x\n{}5\n--B--\n", part("f[b]", "X-A: 1\n"), part("t", ""), part("k", ""));
    let fill = |body: &mut Multipart| {
        body.value("f", &json!({ "a": 1, "c": [1] }));
        body.value("e", &json!({ "k": 4, "l": 4 }));
        body.value("f", &json!({ "b": 2 }));
        body.header("f", "X-A", "1");
        body.value("t", "x");
        body.value("e", &json!({ "k": 5 }));
    };
    check_kinds(STYLED, fill, &expected).await;
}

#[tokio::test]
async fn what_separates_values_of_a_part_is_in_none_of_them() {
    const SPLIT: &[PartKind] =
        &[PartKind { style: Some(FormStyle::Pipe(Reserved::Encoded)), ..kind("p", PartPlace::Named) }];
    let head = "--B\nContent-Disposition: form-data; name=\"p\"\nContent-Type: text/plain\n\n";
    check_kinds(SPLIT, |body| body.value("p", &["a,b", "c d&"]), &format!("{head}a,b|c d&\n--B--\n")).await;
    let mut body = Multipart::new(SPLIT);
    body.value("p", &["a|b"]);
    let error = refused("/", |request| request.multipart("multipart/form-data", body)).await;
    assert!(error.contains("\"p\"") && error.contains("separates"), "{error}");
}

#[tokio::test]
async fn files_have_names_types_and_headers() {
    let own = FilePart::from("a").file_name("a.png").media_type("image/png").header("X-Rate", "5");
    let expected = "--B\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\nContent-Type: image/png\nX-Rate: 5\n\n\
        a\n--B\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\nContent-Type: application/octet-stream\n\nb\n--B--\n";
    check_parts(|body| body.files("f", vec![own, FilePart::from(b"b".to_vec())]), expected).await;
}

const fn kind(name: &'static str, place: PartPlace) -> PartKind {
    PartKind { name, place, media_type: None, style: None, headers: &[] }
}

#[tokio::test]
async fn a_part_may_have_parts_of_its_own() {
    const INNER: &[PartKind] = &[PartKind { headers: &["X-Rate"], ..kind("file", PartPlace::Named) }];
    const KINDS: &[PartKind] =
        &[PartKind { media_type: Some("multipart/form-data"), ..kind("in", PartPlace::Named) }];
    let inner = |text: &str| {
        let mut inner = Multipart::new(INNER);
        inner.header("file", "X-Rate", "5");
        inner.value("t", text);
        inner.file("file", FilePart::from("PNG"));
        inner
    };
    let mut body = Multipart::new(KINDS);
    body.nested_list("in", vec![inner("a"), inner("b")]);
    body.nested("in", inner("c"));
    body.nested("other", inner("d"));
    let seen = sent(Method::POST, "/", |request| request.multipart("multipart/form-data", body)).await;
    let mut text = parts(&seen);
    for boundary in ["X", "Y"] {
        let at = text.find("boundary=").unwrap() + "boundary=".len();
        let own = text[at..at + 32].to_owned();
        text = text.replace(&format!("boundary={own}"), boundary).replace(&own, boundary);
    }
    let within = |boundary: &str, t: &str| {
        let name = "Content-Disposition: form-data; name=";
        format!(
            "--{boundary}\n{name}\"t\"\nContent-Type: text/plain\n\n{t}\n--{boundary}\n{name}\"file\"; filename=\"file\"\n\
            Content-Type: application/octet-stream\nX-Rate: 5\n\nPNG\n--{boundary}--\n"
        )
    };
    let expected = format!(
        "--B\nContent-Disposition: form-data; name=\"in\"\nContent-Type: multipart/form-data; X\n\n{}\n\
        --B\nContent-Disposition: form-data; name=\"other\"\nContent-Type: multipart/mixed; Y\n\n{}\n--B--\n",
        within("X", "c"),
        within("Y", "d")
    );
    assert_eq!(text, expected.replace('\n', "\r\n"));
    let mut outer = Multipart::new(&[]);
    let mut unfit = Multipart::new(INNER);
    unfit.file("file", FilePart::from("x"));
    outer.nested("in", unfit);
    let error = refused("/", |request| request.multipart("multipart/form-data", outer.clone())).await;
    assert!(error.contains("it lacks a header that it has to have"), "{error}");
}

#[tokio::test]
async fn a_body_without_parts_is_a_form_or_none() {
    let form = sent(Method::POST, "/", |request| {
        request.multipart("multipart/form-data; x=y", Multipart::new(&[]));
    });
    assert!(form.await.body.ends_with("--\r\n"));
    let error = refused("/", |request| request.multipart("Multipart/Mixed", Multipart::new(&[]))).await;
    assert_eq!(error, "a body in Multipart/Mixed has to have at least one part, and has none");
    let mut outer = Multipart::new(&[]);
    outer.nested("in", Multipart::new(&[]));
    let error = refused("/", |request| request.multipart("multipart/form-data", outer)).await;
    assert_eq!(error, "a body in multipart/mixed has to have at least one part, and has none");
}

#[tokio::test]
async fn parts_with_positions_stand_in_their_order_and_have_no_names() {
    const KINDS: &[PartKind] = &[
        kind("first", PartPlace::At(0)),
        PartKind { style: Some(IN_BRACKETS), ..kind("second", PartPlace::At(1)) },
        kind("rest", PartPlace::Rest),
    ];
    let text = "--B\nContent-Type: text/plain\n\n";
    let head = "Content-Disposition: attachment; filename=\"f\"\nContent-Type: application/octet-stream";
    let expected =
        format!("--B\nContent-Type: application/json\n\n[1]\n{text}<2>\n--B\n{head}\n\nx\n{text}y\n--B--\n");
    let fill = |body: &mut Multipart| {
        body.push(Part::file("rest", FilePart::from("x").file_name("f")));
        body.value("second", &2);
        body.push(Part::text("", "y"));
        body.value("first", &[1]);
    };
    check_kinds(KINDS, fill, &expected).await;
}

#[tokio::test]
async fn what_the_description_says_of_a_part_is_done() {
    const KINDS: &[PartKind] = &[
        PartKind { media_type: Some("image/png"), headers: &["X-Rate"], ..kind("file", PartPlace::Named) },
        PartKind { style: Some(FormStyle::Deep(Reserved::Encoded)), ..kind("deep", PartPlace::Named) },
    ];
    let expected = "--B\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\nContent-Type: image/png\nX-Rate: 7\n\n\
        x\n--B\nContent-Disposition: form-data; name=\"deep[a b]\"\nContent-Type: text/plain\n\n1&2\n--B--\n";
    let fill = |body: &mut Multipart| {
        body.header("file", "X-Rate", "7");
        body.file("file", "x".into());
        body.value("deep", &json!({ "a b": "1&2" }));
    };
    check_kinds(KINDS, fill, expected).await;
    let lacking = || {
        let mut body = Multipart::new(KINDS);
        body.file("file", "x".into());
        body
    };
    let error = refused("/", |request| request.multipart("multipart/form-data", lacking())).await;
    assert_eq!(error, "parameter \"file\" cannot be sent: it lacks a header that it has to have");
}

#[tokio::test]
async fn names_stay_between_their_quotes() {
    let name = "a\"\r\nContent-Type: text/html\r\n\r\n<x>\0é\\";
    let quoted = "a%22%0D%0AContent-Type: text/html%0D%0A%0D%0A<x>%00é\\";
    let expected = format!(
        "--B\nContent-Disposition: form-data; name=\"{quoted}\"; filename=\"{quoted}\"\nContent-Type: application/octet-stream\n\n\n--B--\n"
    );
    check_parts(|body| body.file(name, FilePart::from("").file_name(name)), &expected).await;
}

#[tokio::test]
async fn headers_of_a_part_cannot_break_out() {
    type Change = fn(FilePart) -> FilePart;
    let changes: [(Change, &str); 4] = [
        (|file| file.media_type("a/b\r\nX: y"), "parameter \"f\" cannot be sent: its media type is not one"),
        (|file| file.media_type("png"), "parameter \"f\" cannot be sent: its media type is not one"),
        (
            |file| file.header("X", "a\r\nb"),
            "header \"X\" cannot be sent: its value holds a line break or another control character",
        ),
        (
            |file| file.header("Content-Type", "a"),
            "parameter \"f\" cannot be sent: the client writes this header of a part itself",
        ),
    ];
    for (change, expected) in changes {
        let mut body = Multipart::default();
        body.file("f", change(FilePart::from("secret")));
        let error = refused("/", |request| request.multipart("multipart/form-data", body)).await;
        assert_eq!(error, expected);
    }
}

#[tokio::test]
async fn a_body_of_files_is_read_while_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a \"b\".bin");
    std::fs::write(&path, vec![b'x'; 200_000]).unwrap();
    let fill = |request: &mut Request<'_>| {
        let mut body = Multipart::default();
        body.file("f", FilePart::path(&path));
        request.multipart("multipart/form-data", body);
    };
    let seen = sent(Method::POST, "/", fill).await;
    let head = "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a %22b%22.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    let body = parts(&seen);
    assert_eq!(body, format!("{head}{}\r\n--B--\r\n", "x".repeat(200_000)));
    let length = seen.body.len().to_string();
    assert_eq!(seen.header("content-length"), Some(length.as_str()));
}

#[tokio::test]
async fn a_stream_of_unknown_length_is_sent_in_chunks() {
    let fill = |request: &mut Request<'_>| {
        let mut body = Multipart::default();
        body.file(
            "f",
            Upload::stream(
                stream::iter(
                    ["ab", "c"].map(|piece| Ok::<_, std::io::Error>(Bytes::from_static(piece.as_bytes()))),
                ),
                None,
            )
            .into(),
        );
        request.multipart("multipart/form-data", body);
    };
    let seen = sent(Method::POST, "/", fill).await;
    assert!(parts(&seen).contains("\r\n\r\nabc\r\n--B--\r\n"), "{}", seen.body);
    assert_eq!(seen.header("content-length"), None);
}

#[tokio::test]
async fn json_values_stand_on_lines_of_their_own() {
    for (media_type, expected) in [
        ("application/jsonl", "{\"a\":\"x\\ny\"}\n[1]\n"),
        ("application/x-ndjson", "{\"a\":\"x\\ny\"}\n[1]\n"),
        ("application/json-seq; charset=utf-8", "\u{1e}{\"a\":\"x\\ny\"}\n\u{1e}[1]\n"),
    ] {
        let values: JsonLines<Json> = [json!({ "a": "x\ny" }), json!([1])].into();
        let seen = sent(Method::POST, "/", |request| request.lines(media_type, values)).await;
        assert_eq!((seen.body.as_str(), seen.header("content-type")), (expected, Some(media_type)));
    }
    let seen =
        sent(Method::POST, "/", |request| request.lines("application/jsonl", JsonLines::<Json>::raw("1\n2")));
    assert_eq!(seen.await.body, "1\n2");
}

#[tokio::test]
async fn a_media_type_within_the_range_is_sent() {
    for (range, media_type) in [
        ("image/*", "image/png"),
        ("*/*", "text/plain; charset=utf-8"),
        ("application/*", "Application/X-Y+json"),
    ] {
        let body = Content::new(media_type, "x");
        let seen = sent(Method::POST, "/", |request| request.content(range, body)).await;
        assert_eq!((seen.body.as_str(), seen.header("content-type")), ("x", Some(media_type)));
    }
}

#[tokio::test]
async fn a_media_type_beyond_the_range_is_refused() {
    for (media_type, reason) in [
        ("text/plain", "it is not in the range"),
        ("image/*", "it is a range itself"),
        ("image", "it is not a media type"),
        ("image/", "it is not a media type"),
        ("image/p ng", "it is not a media type"),
        ("image/png;\r\nX: y", "its parameters hold a control character"),
    ] {
        let body = Content::new(media_type, "x");
        let error = refused("/", |request| request.content("image/*", body)).await;
        let expected = "the body cannot be sent in this media type, of which the operation takes image/*: ";
        assert_eq!(error, format!("{expected}{reason}"), "{media_type}");
    }
}
