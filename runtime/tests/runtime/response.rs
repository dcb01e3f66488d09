//! How answers become values and errors.

use std::collections::BTreeMap;
use std::fmt;

use clientsmith_runtime::runtime::headers::{self, Header, Shape};
use clientsmith_runtime::runtime::{
    Bytes, Error, Json, Method, RawResponse, Request, StatusCode, fmt_api_error, fmt_api_error_body,
};

use crate::events::cut;
use crate::server::{Server, answer, got, operation};

/// A declared error as emitted code has it.
#[derive(Debug)]
enum CallError {
    Unprocessable(Json),
    NotFound(Bytes),
    Gone(String),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unprocessable(body) => fmt_api_error(f, "422 Unprocessable Entity", body),
            Self::Gone(text) => f.write_str(text),
            Self::NotFound(body) => fmt_api_error_body(f, "404 Not Found", body),
        }
    }
}

impl std::error::Error for CallError {}

type Numbers = BTreeMap<String, Vec<i64>>;
type Call<T> = Result<T, Error<CallError>>;

async fn json(body: &'static str) -> RawResponse {
    got(200, "application/json", body).await
}

async fn check_decode(content_type: &'static str, body: &'static str, expected: &str) {
    let result: Call<Numbers> = got(200, content_type, body).await.decode();
    let error = result.unwrap_err();
    let shown = error.to_string();
    assert_eq!(shown, format!("the answer with status 200 does not match the API's description: {expected}"));
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(error.status(), Some(StatusCode::OK));
}

#[tokio::test]
async fn matching_bodies_decode() {
    let result: Call<Numbers> = json(r#" {"a": [1, 2]} "#).await.decode();
    assert_eq!(result.unwrap(), BTreeMap::from([("a".to_owned(), vec![1, 2])]));
}

#[tokio::test]
async fn whole_numbers_may_have_a_fraction_or_an_exponent() {
    let numbers: Call<Numbers> =
        json(r#"{"a\"1.0": [1.0, 1e2, -0, -2.50E1, 123456789012345678.0, 7]}"#).await.decode();
    let expected = vec![1, 100, 0, -25, 123_456_789_012_345_678, 7];
    assert_eq!(numbers.unwrap(), BTreeMap::from([("a\"1.0".to_owned(), expected)]));
    let texts: Call<(i64, String)> = json(r#"[3.0, "1.0"]"#).await.decode();
    assert_eq!(texts.unwrap(), (3, "1.0".to_owned()));
    for other in [
        "[1e-400]",
        "[1.00000000000000001e0]",
        "[9223372036854775808.0]",
        "[1e300]",
        "[1e999999999999999999999]",
    ] {
        let refused: Call<[i64; 1]> = json(other).await.decode();
        assert!(refused.is_err(), "{other}");
    }
    let exact: Call<[i64; 2]> = json("[9007199254740993e0, 0.12e2]").await.decode();
    assert_eq!(exact.unwrap(), [9_007_199_254_740_993, 12]);
    let reason = "at a[1]: invalid type: floating point `1.5`, expected i64 at line 1 column 13";
    check_decode("application/json", r#"{"a": [1.0, 1.5]}"#, reason).await;
}

#[tokio::test]
async fn numbers_are_read_to_the_last_digit() {
    let result: Call<[f64; 2]> = json("[31.245270191439438, 9007199254740993.0]").await.decode();
    let nearest = [31.245_270_191_439_438_f64, 9_007_199_254_740_992.0].map(f64::to_bits);
    assert_eq!(result.unwrap().map(f64::to_bits), nearest);
}

#[tokio::test]
async fn a_byte_order_mark_is_passed_over() {
    let result: Call<Numbers> = json("\u{FEFF}{}").await.decode();
    assert!(result.unwrap().is_empty());
}

#[tokio::test]
async fn decode_errors_say_where_and_what() {
    check_decode(
        "application/json",
        r#"{"a": [1, "two"]}"#,
        "at a[1]: invalid type: string \"two\", expected i64 at line 1 column 15",
    )
    .await;
    check_decode("application/vnd.api+json; charset=utf-8", "[]", {
        "invalid type: sequence, expected a map at line 1 column 0"
    })
    .await;
    check_decode("application/json", "{} {}", "trailing characters at line 1 column 4").await;
    check_decode("application/json", "", "EOF while parsing a value at line 1 column 0").await;
}

#[tokio::test]
async fn other_media_types_are_named_when_the_body_is_not_json() {
    check_decode(
        "text/html; charset=utf-8",
        "<html>",
        "expected value at line 1 column 1 (the server answered text/html)",
    )
    .await;
}

#[tokio::test]
async fn deep_nesting_is_an_error() {
    let deep: &'static str = "[".repeat(100_000).leak();
    let result: Call<Json> = json(deep).await.decode();
    assert!(result.unwrap_err().to_string().contains("recursion limit exceeded"));
}

#[tokio::test]
async fn decode_errors_have_parts() {
    let result: Call<Numbers> = json(r#"{"a": 1}"#).await.decode();
    let Err(Error::Decode { source, .. }) = result else { panic!("decoded") };
    assert_eq!(source.path(), "a");
    assert!(source.reason().is_data());
}

#[tokio::test]
async fn declared_errors_are_values() {
    let answer = got(422, "application/json", r#"{"errors":["taken"]}"#).await;
    let result: Call<()> = answer.api_error(CallError::Unprocessable);
    let error = result.unwrap_err();
    assert_eq!(error.to_string(), r#"422 Unprocessable Entity: {"errors":["taken"]}"#);
    assert_eq!(error.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
    assert!(matches!(error, Error::Api(CallError::Unprocessable(_), _)));
}

#[tokio::test]
async fn declared_errors_with_another_body_keep_status_and_body() {
    let answer = got(422, "text/html", "<p>no</p>").await;
    let result: Call<()> = answer.api_error(CallError::Unprocessable);
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }));
    assert_eq!((error.status(), error.body().unwrap().as_ref()), {
        (Some(StatusCode::UNPROCESSABLE_ENTITY), b"<p>no</p>".as_slice())
    });
}

#[tokio::test]
async fn declared_errors_keep_a_body_of_which_nothing_is_said() {
    let result: Call<()> = got(404, "text/html", "<p>no</p>").await.api_error_bytes(CallError::NotFound);
    let error = result.unwrap_err();
    assert!(matches!(&error, Error::Api(CallError::NotFound(body), _) if body == "<p>no</p>"));
    assert_eq!(error.to_string(), "404 Not Found: <p>no</p>");
    let result: Call<()> = got(404, "text/html", "").await.api_error_bytes(CallError::NotFound);
    assert_eq!(result.unwrap_err().to_string(), "404 Not Found");
}

#[tokio::test]
async fn declared_errors_can_be_text() {
    let result: Call<()> = got(404, "text/plain", "gone").await.api_error_text(CallError::Gone);
    assert!(matches!(result, Err(Error::Api(CallError::Gone(text), _)) if text == "gone"));
}

#[tokio::test]
async fn undeclared_statuses_show_the_start_of_a_text_body() {
    let result: Call<()> = got(418, "text/plain", "short\nand\u{202E}stout").await.unexpected();
    assert_eq!(result.unwrap_err().to_string(), "unexpected status 418 I'm a teapot: short and stout");
    let result: Call<()> = got(599, "text/plain", "é".repeat(300).leak()).await.unexpected();
    let shown = result.unwrap_err().to_string();
    assert!(shown.ends_with(&format!(": {}…", "é".repeat(200))), "{shown}");
}

#[tokio::test]
async fn successes_without_declared_body_ignore_one() {
    let result: Call<()> = got(200, "text/plain", "whatever").await.empty();
    assert!(result.is_ok());
    let result: Call<()> = got(204, "text/plain", "").await.empty();
    assert!(result.is_ok());
}

#[tokio::test]
async fn text_and_bytes_are_read_as_they_are() {
    let text: Call<String> = got(200, "text/plain", "é").await.text_body();
    assert_eq!(text.unwrap(), "é");
    let bytes: Call<Bytes> = got(200, "application/pdf", "%PDF").await.bytes_body();
    assert_eq!(bytes.unwrap(), "%PDF");
}

#[tokio::test]
async fn texts_are_read_in_the_encoding_that_they_say_or_not_at_all() {
    let cases: [(&str, &[u8], Option<&str>); 19] = [
        ("", "é".as_bytes(), Some("é")),
        ("utf8", "é".as_bytes(), Some("é")),
        ("UTF-8", b"\xE9", None),
        ("US-ASCII", "é".as_bytes(), Some("é")),
        ("iso-8859-1", b"\xC3\xA9", Some("Ã©")),
        ("Latin1", b"\xE9", Some("é")),
        ("csISOLatin1", b"\xE9", Some("é")),
        ("windows-1252", b"a~", Some("a~")),
        ("windows-1252", "é".as_bytes(), None),
        ("shift_jis", b"a", Some("a")),
        ("utf-16", b"", Some("")),
        ("utf-16le", b"a\0", None),
        ("UTF-32BE", b"\0\0\0a", None),
        ("ISO-10646-UCS-2", b"\0a", None),
        ("ISO-2022-JP", b"\x1B$B$\"\x1B(B", None),
        ("utf-7", b"+AOk-", None),
        ("hz-gb-2312", b"~{VP~}", None),
        ("\"utf-16\"; x=1", b"a\0", None),
        ("utf-8; x=\";charset=iso-8859-1\"", "é".as_bytes(), Some("é")),
    ];
    for (charset, body, expected) in cases {
        for content_type in [
            format!("text/plain; charset={charset}"),
            format!("text/plain;a=\"\\\"; charset=utf-7\";Charset={charset}"),
        ] {
            let (client, _) = cut(content_type.leak(), &[body], &[100]);
            let answer = Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap();
            let text: Call<String> = answer.text_body();
            match (text, expected) {
                (Ok(text), Some(expected)) => assert_eq!(text, expected, "{charset}"),
                (Err(Error::Decode { body: kept, .. }), None) => assert_eq!(kept, body),
                (text, expected) => panic!("{charset}: {text:?}, and not {expected:?}"),
            }
        }
    }
    let result: Call<String> = got(200, "text/plain; charset=utf-7", "+AOk-").await.text_body();
    let shown = result.unwrap_err().to_string();
    assert!(shown.contains("the text is in `utf-7`, and not in UTF-8 or ISO 8859-1"), "{shown}");
}

#[tokio::test]
async fn an_empty_header_is_an_empty_list_or_object() {
    let server = Server::start(|_| answer(200, &[("x-empty", "")], "")).await;
    let client = server.client();
    let answer = Request::new(&client, operation(Method::GET, "/")).send_raw().await.unwrap();
    let read = |shape: &Shape| headers::read::<Json>(answer.meta(), "x-empty", shape);
    assert_eq!(read(&Shape::List(&Shape::Text)).into_value(), Some(serde_json::json!([])));
    assert_eq!(read(&Shape::Members(&[], &Shape::Text)).into_value(), Some(serde_json::json!({})));
    assert_eq!(
        read(&Shape::Exploded(&[("a", Shape::Value)], &Shape::Text)).into_value(),
        Some(serde_json::json!({}))
    );
    assert!(matches!(read(&Shape::Value), Header::Other(_)));
}

#[tokio::test]
async fn a_whole_number_in_a_header_may_have_a_fraction() {
    let answer = got(200, "5.0", "").await;
    let read = headers::read::<i64>(answer.meta(), "content-type", &Shape::Value);
    assert_eq!(read.into_value(), Some(5));
}

#[tokio::test]
async fn raw_answers_have_parts() {
    let (meta, body) = json("[1]").await.into_parts();
    assert_eq!(meta.status(), StatusCode::OK);
    assert_eq!(meta.headers().get("content-type").unwrap(), "application/json");
    assert_eq!(body, "[1]");
    assert_eq!(json("[1]").await.json::<Vec<u8>>().unwrap(), [1]);
}

#[tokio::test]
async fn api_errors_can_be_mapped() {
    let result: Call<()> = got(404, "text/plain", "").await.api_error_bytes(CallError::NotFound);
    let mapped = result.unwrap_err().map_api(|_| fmt::Error);
    assert!(matches!(mapped, Error::Api(fmt::Error, _)));
}

#[test]
fn long_declared_errors_are_cut() {
    let error = CallError::Unprocessable("x".repeat(400).into());
    let shown = error.to_string();
    assert_eq!(shown, format!("422 Unprocessable Entity: \"{}…", "x".repeat(299)));
}

#[test]
fn errors_are_small() {
    assert!(size_of::<Error<[usize; 4]>>() <= 128);
}
