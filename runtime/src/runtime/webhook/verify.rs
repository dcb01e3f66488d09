//! Checking signatures.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::super::Timestamp;
use super::{Algorithm, Encoding, SentAt, Signature, SignatureError};

/// Checks that a request was signed with `secret`, and not too long before `now`.
///
/// `headers` gives the value of a header, whose name is written as in `signature`, and must not depend on case; `body` is the body
/// as it came. Signatures are compared in constant time, and their age is looked at last, so that
/// [`SignatureError::OutsideTolerance`] is said of genuine requests only.
///
/// ```text
/// verify(&SIGNATURE, secret, |name| headers.get(name)?.to_str().ok(), &body, Timestamp::now())?;
/// ```
pub fn verify<'h>(
    signature: &Signature,
    secret: &[u8],
    headers: impl Fn(&str) -> Option<&'h str>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), SignatureError> {
    let header = |name: &'static str| headers(name).ok_or(SignatureError::MissingHeader(name));
    let value = header(signature.header)?;
    let sent_at = match signature.timestamp {
        None => None,
        Some(SentAt::Header(name)) => Some(header(name)?.trim()),
        Some(SentAt::Part(name)) => Some(part(value, name).ok_or(SignatureError::NoTimestamp)?),
    };
    check(signature, secret, value, sent_at, body)?;
    match sent_at {
        Some(sent_at) => check_age(signature, sent_at, now),
        None => Ok(()),
    }
}

fn check(
    signature: &Signature,
    secret: &[u8],
    value: &str,
    sent_at: Option<&str>,
    body: &[u8],
) -> Result<(), SignatureError> {
    let candidates: Vec<Vec<u8>> = parts(value, signature.prefix)
        .filter_map(|part| part.strip_prefix(signature.prefix))
        .filter_map(|text| decode(signature.encoding, text))
        .filter(|bytes| !bytes.is_empty())
        .collect();
    if candidates.is_empty() {
        return Err(SignatureError::NoSignature(signature.header));
    }
    let Algorithm::HmacSha256 = signature.algorithm;
    let mac = hmac(signature.signed, secret, sent_at, body)?;
    let genuine = candidates.iter().any(|candidate| mac.clone().verify_slice(candidate).is_ok());
    if genuine { Ok(()) } else { Err(SignatureError::Mismatch) }
}

fn hmac(
    template: &str,
    secret: &[u8],
    sent_at: Option<&str>,
    body: &[u8],
) -> Result<Hmac<Sha256>, SignatureError> {
    if secret.is_empty() {
        return Err(SignatureError::EmptySecret);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| SignatureError::EmptySecret)?;
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        mac.update(literal.as_bytes());
        rest = if let Some(after) = after.strip_prefix("body}") {
            mac.update(body);
            after
        } else if let Some(after) = after.strip_prefix("timestamp}") {
            mac.update(sent_at.unwrap_or_default().as_bytes());
            after
        } else {
            mac.update(b"{");
            after
        };
    }
    mac.update(rest.as_bytes());
    Ok(mac)
}

fn check_age(signature: &Signature, sent_at: &str, now: Timestamp) -> Result<(), SignatureError> {
    let sent_at = timestamp(sent_at).ok_or(SignatureError::NoTimestamp)?;
    let apart = now.as_millisecond().abs_diff(sent_at.as_millisecond());
    if u128::from(apart) <= signature.tolerance.as_millis() {
        Ok(())
    } else {
        Err(SignatureError::OutsideTolerance)
    }
}

/// Seconds reach to the year 9999; greater numbers are milliseconds.
fn timestamp(text: &str) -> Option<Timestamp> {
    match text.parse() {
        Ok(number) => Timestamp::from_second(number).or_else(|_| Timestamp::from_millisecond(number)).ok(),
        Err(_) => text.parse().ok(),
    }
}

/// The parts of a header's value, which end at a space, and at a comma unless that belongs to the prefix.
fn parts<'v>(value: &'v str, prefix: &str) -> impl Iterator<Item = &'v str> + use<'v> {
    let commas = !prefix.contains(',');
    value.split(move |c: char| c == ' ' || c == '\t' || (c == ',' && commas)).filter(|part| !part.is_empty())
}

/// The first part that starts with `name` and `=`.
fn part<'v>(value: &'v str, name: &str) -> Option<&'v str> {
    parts(value, "").find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
}

fn decode(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Hex => {
            let digits: Vec<u8> = text.bytes().map(hex_digit).collect::<Option<_>>()?;
            let (pairs, rest) = digits.as_chunks::<2>();
            rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
        }
        Encoding::Base64 => STANDARD.decode(text).ok(),
    }
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
