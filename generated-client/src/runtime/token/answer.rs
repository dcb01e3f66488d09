//! What a token endpoint answers.

use std::time::Duration;

use secrecy::SecretString;

use super::super::oauth_error::{OAuthError, said};
use super::super::response::RawResponse;
use super::super::{HeaderValue, Json};
use super::source::TokenSource;

/// The longest piece of an answer that is not JSON which an error keeps, in characters.
const SNIPPET: usize = 120;

/// A token as it was given.
pub(super) struct Token {
    /// `Bearer …`.
    pub(super) value: HeaderValue,
    pub(super) access: SecretString,
    pub(super) refresh: Option<SecretString>,
    pub(super) life: Life,
}

/// How long a token can be used.
#[derive(Clone, Copy)]
pub(super) enum Life {
    /// This long.
    For(Duration),
    /// For the call it was fetched for: the server says that it has expired, or nothing that makes sense.
    Once,
}

/// Reads a token, or why there is none.
///
/// `secrets` are what was sent; a server that repeats one does not get it into the error. Of an answer that reports success nothing
/// is repeated unless it calls itself an error or is a page for people: it may hold a token.
pub(super) fn read(
    source: &TokenSource,
    answer: &RawResponse,
    secrets: &[String],
) -> Result<Token, OAuthError> {
    let json = answer.json::<Json>().ok().filter(|_| answer.status().is_success());
    let given = json.as_ref().and_then(|json| Some((json, at(json, source.answer.access_token)?.as_str()?)));
    match given {
        Some((json, access)) => token(source, json, access),
        None => Err(refusal(answer, secrets)),
    }
}

/// What an answer without a token says.
pub(super) fn refusal(answer: &RawResponse, secrets: &[String]) -> OAuthError {
    let Ok(json) = answer.json::<Json>() else { return not_json(answer, secrets) };
    let reports = !answer.status().is_success() || json.get("error").or_else(|| json.get("errors")).is_some();
    let said = reports.then(|| OAuthError::read(&json, secrets)).flatten();
    said.unwrap_or_else(|| OAuthError::new("the answer holds no access token"))
}

fn token(source: &TokenSource, json: &Json, access: &str) -> Result<Token, OAuthError> {
    if let Some(kind) = token_type(source, json)
        && !kind.eq_ignore_ascii_case("bearer")
    {
        return Err(OAuthError::new("the token is of another type than Bearer"));
    }
    let value = bearer(access)
        .ok_or_else(|| OAuthError::new("the token is empty or holds what a header cannot carry"))?;
    let refresh = at(json, source.answer.refresh_token).and_then(Json::as_str);
    let refresh = refresh.filter(|token| !token.is_empty()).map(SecretString::from);
    let life = at(json, source.answer.expires_in)
        .filter(|stated| !stated.is_null())
        .map_or(Life::For(source.default_ttl), life);
    Ok(Token { value, access: access.into(), refresh, life })
}

/// The header's value for a token; `None` if a header cannot carry it.
///
/// RFC 6750, section 2.1 allows less than graphic ASCII, but nothing that would be confused here.
pub(super) fn bearer(access: &str) -> Option<HeaderValue> {
    let graphic = !access.is_empty() && access.bytes().all(|byte| byte.is_ascii_graphic());
    let mut value = HeaderValue::from_str(&format!("Bearer {access}")).ok().filter(|_| graphic)?;
    value.set_sensitive(true);
    Some(value)
}

/// `token_type`, beside the access token; a server that leaves it out means Bearer.
fn token_type<'j>(source: &TokenSource, json: &'j Json) -> Option<&'j str> {
    let beside = source.answer.access_token.rsplit_once('/').map_or("", |(parent, _)| parent);
    json.pointer(beside)?.get("token_type")?.as_str()
}

fn life(stated: &Json) -> Life {
    match seconds(stated) {
        Some(valid) if !valid.is_zero() => Life::For(valid),
        Some(_) | None => Life::Once,
    }
}

/// So many seconds, whether a server writes them as a number or as text.
pub(super) fn seconds(stated: &Json) -> Option<Duration> {
    let seconds = stated.as_f64().or_else(|| stated.as_str()?.trim().parse().ok())?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// The value of a member, or of a pointer, which starts with `/`.
fn at<'j>(json: &'j Json, place: &str) -> Option<&'j Json> {
    if place.starts_with('/') { json.pointer(place) } else { json.get(place) }
}

fn not_json(answer: &RawResponse, secrets: &[String]) -> OAuthError {
    if answer.status().is_redirection() {
        return OAuthError::new("the answer leads elsewhere, where no secret is sent");
    }
    let text = answer.text();
    let page = text.trim_start().starts_with('<');
    let kept = if page || !answer.status().is_success() { said(&text, secrets) } else { None };
    match kept {
        Some(text) => {
            let start: String = text.chars().take(SNIPPET).collect();
            OAuthError::new(&format!("the answer is not JSON: {start}"))
        }
        None => OAuthError::new("the answer is not JSON"),
    }
}
