//! Signatures of requests that an API sends.

use std::time::Duration;

use clientsmith_runtime::runtime::webhook::{Algorithm, Encoding, SentAt, Signature, SignatureError, verify};
use clientsmith_runtime::runtime::{Json, Timestamp, read_json};

const BODY: &[u8] = br#"{"id":"h1"}"#;
const SECRET: &[u8] = b"secret";
/// When the signed requests were sent, in seconds.
const SENT: i64 = 1_700_000_000;

/// `sha256=` and hexadecimal digits of the body alone.
const PLAIN: Signature = Signature {
    header: "X-Signature",
    algorithm: Algorithm::HmacSha256,
    encoding: Encoding::Hex,
    prefix: "sha256=",
    signed: "{body}",
    timestamp: None,
    tolerance: Duration::from_secs(300),
};
/// `t=…,v1=…`.
const PARTS: Signature =
    Signature { prefix: "v1=", signed: "{timestamp}.{body}", timestamp: Some(SentAt::Part("t")), ..PLAIN };
/// Base64, and the time in a header of its own.
const HEADERS: Signature = Signature {
    encoding: Encoding::Base64,
    prefix: "v1,",
    signed: "msg.{timestamp}.{body}",
    timestamp: Some(SentAt::Header("X-Sent")),
    ..PLAIN
};

const OF_BODY: &str = "c3e2f73b22d913877466a25389ae976739fcee9eb611984a3552220389c9e29d";
const OF_PARTS: &str = "025856f0fcb1d79182e9b2fabb1a9ea09ce3d43270f378efb053005cee3e5ed6";
const OF_HEADERS: &str = "I2R3BJkncYOg2IjMoBV5xqANjxpaO+fIJx6facXax6Q=";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn check(signature: &Signature, value: &str, now: i64) -> Result<(), SignatureError> {
    check_with(signature, &[("X-Signature", value)], SECRET, BODY, now)
}

fn check_with(
    signature: &Signature,
    headers: &[(&str, &str)],
    secret: &[u8],
    body: &[u8],
    now: i64,
) -> Result<(), SignatureError> {
    let header = |name: &str| headers.iter().find(|header| header.0 == name).map(|header| header.1);
    verify(signature, secret, header, body, at(now))
}

#[test]
fn genuine_requests_pass() {
    assert_eq!(check(&PLAIN, &format!("sha256={OF_BODY}"), SENT), Ok(()));
    assert_eq!(check(&PLAIN, &format!("sha256={}", OF_BODY.to_uppercase()), SENT), Ok(()));
    assert_eq!(check(&PARTS, &format!("t={SENT},v1={OF_PARTS}"), SENT), Ok(()));
    assert_eq!(check(&PARTS, &format!("v1={OF_PARTS}, t={SENT}"), SENT), Ok(()));
}

#[test]
fn known_values_of_hmac_hold() {
    let fox = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
    let signature = Signature { prefix: "", ..PLAIN };
    let body = b"The quick brown fox jumps over the lazy dog";
    assert_eq!(check_with(&signature, &[("X-Signature", fox)], b"key", body, SENT), Ok(()));
}

#[test]
fn times_in_headers_may_be_milliseconds_or_text() {
    let signed = format!("v1,{OF_HEADERS}");
    let headers = [("X-Signature", signed.as_str()), ("X-Sent", "1700000000000")];
    assert_eq!(check_with(&HEADERS, &headers, SECRET, BODY, SENT + 300), Ok(()));
    let text = Signature { prefix: "", encoding: Encoding::Hex, signed: "{timestamp}{x}{body}", ..HEADERS };
    let signed = "d2feb0061529d77f5fdbc2c2cf8a64eb9c903e870553149474b5d8174612db06";
    let headers = [("X-Signature", signed), ("X-Sent", "2023-11-14T22:13:20Z")];
    assert_eq!(check_with(&text, &headers, SECRET, BODY, SENT), Ok(()));
}

#[test]
fn one_of_several_signatures_is_enough() {
    let other = "0".repeat(64);
    assert_eq!(check(&PARTS, &format!("t={SENT},v1={other},v0={other},v1={OF_PARTS}"), SENT), Ok(()));
    assert_eq!(check(&PLAIN, &format!("sha256={other} sha256={OF_BODY}"), SENT), Ok(()));
    assert_eq!(
        check(&PARTS, &format!("t={SENT},v0={OF_PARTS}"), SENT),
        Err(SignatureError::NoSignature("X-Signature"))
    );
}

#[test]
fn other_bodies_secrets_and_times_do_not_pass() {
    let plain = format!("sha256={OF_BODY}");
    let headers = [("X-Signature", plain.as_str())];
    assert_eq!(check_with(&PLAIN, &headers, SECRET, b"{}", SENT), Err(SignatureError::Mismatch));
    assert_eq!(check_with(&PLAIN, &headers, b"other", BODY, SENT), Err(SignatureError::Mismatch));
    assert_eq!(check(&PARTS, &format!("t={},v1={OF_PARTS}", SENT + 1), SENT), Err(SignatureError::Mismatch));
    assert_eq!(check(&PLAIN, "sha256=c3e2", SENT), Err(SignatureError::Mismatch));
}

#[test]
fn empty_secrets_are_refused() {
    let plain = format!("sha256={OF_BODY}");
    let result = check_with(&PLAIN, &[("X-Signature", &plain)], b"", BODY, SENT);
    assert_eq!(result, Err(SignatureError::EmptySecret));
}

#[test]
fn requests_that_are_too_old_or_from_the_future_are_refused() {
    let value = format!("t={SENT},v1={OF_PARTS}");
    for now in [SENT - 300, SENT, SENT + 300] {
        assert_eq!(check(&PARTS, &value, now), Ok(()));
    }
    for now in [SENT - 301, SENT + 301, -62_000_000_000] {
        assert_eq!(check(&PARTS, &value, now), Err(SignatureError::OutsideTolerance));
    }
    let forged = format!("t={SENT},v1={}", "0".repeat(64));
    assert_eq!(check(&PARTS, &forged, SENT + 301), Err(SignatureError::Mismatch));
    let ever = Signature { tolerance: Duration::MAX, ..PARTS };
    assert_eq!(check(&ever, &value, SENT * 2), Ok(()));
}

#[test]
fn headers_that_hold_no_signature_are_refused() {
    assert_eq!(
        check_with(&PLAIN, &[], SECRET, BODY, SENT),
        Err(SignatureError::MissingHeader("X-Signature"))
    );
    for value in ["", "sha256=", "sha256=abc", "sha256=zz", "sha1=c3e2", ",,,", "sha256=é"] {
        let refused = check(&PLAIN, value, SENT);
        assert_eq!(refused, Err(SignatureError::NoSignature("X-Signature")), "{value}");
    }
    assert_eq!(check(&PARTS, &format!("v1={OF_PARTS}"), SENT), Err(SignatureError::NoTimestamp));
    let missing = check_with(&HEADERS, &[("X-Signature", "v1,AAAA")], SECRET, BODY, SENT);
    assert_eq!(missing, Err(SignatureError::MissingHeader("X-Sent")));
}

#[test]
fn errors_say_what_is_wrong_and_no_secret() {
    assert_eq!(SignatureError::MissingHeader("X-A").to_string(), "the request has no header `X-A`");
    let error = check(&PLAIN, "sha256=00", SENT).unwrap_err();
    assert_eq!(error.to_string(), "the signature is not that of this body with this secret");
}

#[test]
fn events_are_read_with_the_place_of_an_error() {
    assert_eq!(read_json::<Json>(BODY).unwrap()["id"], "h1");
    let error = read_json::<std::collections::BTreeMap<String, Vec<u8>>>(br#"{"a": [1, "x"]}"#).unwrap_err();
    assert_eq!(error.path(), "a[1]");
    assert!(read_json::<Json>(b"").is_err());
}
