//! Bodies of type `application/x-www-form-urlencoded`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::number::Number;

/// The application/x-www-form-urlencoded percent-encode set of the WHATWG URL standard, without the space.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b' ').remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// Writes an object as a form: `null` is left out, a list repeats its name and a nested object is `outer[inner]=value`.
///
/// Errors if `value` is not an object.
pub(super) fn encode(value: &Value) -> Result<String, serde_json::Error> {
    let Value::Object(members) = value else {
        return Err(serde::ser::Error::custom("a form is written from an object"));
    };
    let mut form = String::new();
    for (name, value) in members {
        push(&mut form, name, value);
    }
    Ok(form)
}

fn push(form: &mut String, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Bool(flag) => pair(form, name, if *flag { "true" } else { "false" }),
        Value::Number(number) => pair(form, name, &decimal(number)),
        Value::String(text) => pair(form, name, text),
        Value::Array(items) => {
            for item in items {
                push(form, name, item);
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                push(form, &format!("{name}[{key}]"), value);
            }
        }
    }
}

fn decimal(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => Number::from(float).to_string(),
        _ => number.to_string(),
    }
}

fn pair(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    form.push_str(&encoded(name));
    form.push('=');
    form.push_str(&encoded(value));
}

/// A name or value as it stands in a form.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}
