//! Values from the text of options: JSON of the kind that a value's schema allows.

use super::super::{Json, Kind};

/// `text` as JSON of one of `kinds`, of any kind if there are none; what it should be if it is none of them.
///
/// A string is taken as it is, without quotes, unless it is something else that is allowed too.
pub(super) fn json(text: &str, kinds: &[Kind]) -> Result<String, String> {
    let allows = |kind: Kind| kinds.contains(&kind);
    let read = || serde_json::from_str::<Json>(text).ok();
    if kinds.is_empty() {
        return Ok(read().map_or_else(|| quoted(text), |_| text.to_owned()));
    }
    if allows(Kind::Object) || allows(Kind::Array) {
        let fits = match read() {
            Some(Json::Object(_)) => allows(Kind::Object),
            Some(Json::Array(_)) => allows(Kind::Array),
            Some(Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_)) | None => false,
        };
        if fits {
            return Ok(text.to_owned());
        }
    }
    if allows(Kind::Boolean) && matches!(text, "true" | "false") {
        return Ok(text.to_owned());
    }
    if let Some(number) = number(text, kinds) {
        return Ok(number);
    }
    if allows(Kind::String) {
        return Ok(quoted(text));
    }
    let wanted: Vec<&str> = kinds.iter().map(|kind| name(*kind)).collect();
    Err(format!("expected {}", wanted.join(" or ")))
}

/// A number as JSON has it; a leading plus or zeros do no harm.
fn number(text: &str, kinds: &[Kind]) -> Option<String> {
    let is_allowed = kinds.contains(&Kind::Number);
    let is_number = kinds.contains(&Kind::Integer) || is_allowed;
    if is_number && let Ok(integer) = text.parse::<i128>() {
        return Some(integer.to_string());
    }
    let read = serde_json::from_str::<Json>(text).ok()?;
    let is_whole = || read.as_f64().is_some_and(|number| number.fract() == 0.0);
    (read.is_number() && (is_allowed || kinds.contains(&Kind::Integer) && is_whole()))
        .then(|| text.to_owned())
}

fn quoted(text: &str) -> String {
    Json::from(text).to_string()
}

/// What a value of `kind` is called.
pub(super) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "true or false",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::String => "text",
        Kind::Array => "a JSON list",
        Kind::Object => "a JSON object",
    }
}

/// What stands for a value of one of `kinds` in help.
pub(super) fn placeholder(kinds: &[Kind]) -> &'static str {
    match kinds {
        [Kind::Boolean] => "true|false",
        [Kind::Integer] => "INTEGER",
        [Kind::Number] => "NUMBER",
        [Kind::String] => "TEXT",
        [Kind::Object | Kind::Array] => "JSON",
        _ => "VALUE",
    }
}
