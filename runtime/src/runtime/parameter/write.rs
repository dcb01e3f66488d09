//! Values into their places: slots of the path, pairs of the query, headers and cookies.

use std::collections::HashSet;

use super::super::Request;
use super::super::build_error::BuildError;
use super::super::form;
use super::super::header::{no_item, trimmed};
use super::super::path::elsewhere;
use super::text::{Encoding, ascii, json, text};
use super::value::Value;
use super::{Place, Spec, Style, refused};

/// A percent-encoded name and value.
type Pair = (String, String);

pub(super) fn write(request: &mut Request<'_>, spec: &Spec, value: &Value) -> Result<(), BuildError> {
    if let (Style::Written(write), false) = (spec.style, *value == Value::Null) {
        let text =
            write(&value.to_json()).map_err(|_| refused(spec, "it cannot be written in its media type"))?;
        return put(request, spec, &Value::Text(text));
    }
    put(request, spec, value)
}

fn put(request: &mut Request<'_>, spec: &Spec, value: &Value) -> Result<(), BuildError> {
    match spec.place {
        Place::Path => path(request, spec, value),
        Place::Query => {
            query(request, spec, value);
            Ok(())
        }
        Place::Header => header(request, spec, value),
        Place::Cookie => cookie(request, spec, value),
        Place::WholeQuery => whole_query(request, spec, value),
    }
}

/// RFC 6570, sections 3.2.2, 3.2.5 and 3.2.7.
fn path(request: &mut Request<'_>, spec: &Spec, value: &Value) -> Result<(), BuildError> {
    let encoding = Encoding::of(spec);
    let mut segment = String::new();
    let is_there = match spec.style {
        Style::Label => {
            segment.push('.');
            join(&mut segment, value, encoding, if spec.explode { "." } else { "," }, spec.explode)
        }
        Style::Matrix => matrix(&mut segment, spec, value, encoding),
        Style::Json => {
            encoding.push(&mut segment, &json(value));
            true
        }
        Style::Text | Style::Written(_) => {
            encoding.push(&mut segment, &text(value));
            true
        }
        Style::Simple
        | Style::Form
        | Style::Space
        | Style::Pipe
        | Style::Deep
        | Style::Cookie
        | Style::Pairs(_) => join(&mut segment, value, encoding, ",", spec.explode),
    };
    if !is_there {
        return Err(refused(spec, "it has no value"));
    }
    // With a prefix it is another segment than that, unless the prefix is all there is, which the address shows.
    let has_prefix = matches!(spec.style, Style::Label | Style::Matrix);
    if let Some(reason) = elsewhere(&segment).filter(|_| !has_prefix) {
        return Err(refused(spec, reason));
    }
    request.slots_mut().set_encoded(spec.name, segment);
    Ok(())
}

/// `;color=blue`, or `;color` for an empty value; says whether there is anything.
fn matrix(out: &mut String, spec: &Spec, value: &Value, encoding: Encoding) -> bool {
    let is_single = matches!(value, Value::Literal(_) | Value::Text(_));
    let pairs = if is_single || spec.explode {
        exploded(spec.name, value, encoding)
    } else {
        let mut joined = String::new();
        if !join(&mut joined, value, encoding, ",", false) {
            return false;
        }
        vec![(encoded(spec.name), joined)]
    };
    for (name, value) in &pairs {
        out.push(';');
        out.push_str(name);
        if !value.is_empty() {
            out.push('=');
            out.push_str(value);
        }
    }
    !pairs.is_empty()
}

/// RFC 6570, section 3.2.8, and what OpenAPI has besides.
fn query(request: &mut Request<'_>, spec: &Spec, value: &Value) {
    if *value == Value::Null && !matches!(spec.style, Style::Json) {
        return;
    }
    let name = encoded(spec.name);
    let pairs = named(spec, value, Encoding::of(spec), name.clone());
    let text = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
    let inner = format!("{name}%5B");
    let new: HashSet<&str> = pairs.iter().map(|pair| pair.0.as_str()).collect();
    let is_old = |known: &str| {
        known == name || new.contains(known) || matches!(spec.style, Style::Deep) && known.starts_with(&inner)
    };
    request.query_mut().put(&is_old, &text);
}

/// The pairs of a query or the cookies that a value is.
fn named(spec: &Spec, value: &Value, encoding: Encoding, name: String) -> Vec<Pair> {
    let separator = match spec.style {
        Style::Json => {
            let mut text = String::new();
            encoding.push(&mut text, &json(value));
            return vec![(name, text)];
        }
        Style::Text | Style::Written(_) => {
            let mut text = String::new();
            encoding.push_value(&mut text, value);
            return vec![(name, text)];
        }
        Style::Deep => {
            let mut pairs = Vec::new();
            deep(&mut pairs, name, value, encoding);
            return pairs;
        }
        Style::Space => "%20",
        Style::Pipe => "%7C",
        Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::Cookie | Style::Pairs(_) => ",",
    };
    if spec.explode {
        let pairs = exploded(spec.name, value, encoding);
        let is_nothing = pairs.is_empty() && matches!(value, Value::List(_));
        return if is_nothing { vec![(name, String::new())] } else { pairs };
    }
    let mut joined = String::new();
    join(&mut joined, value, encoding, separator, false);
    vec![(name, joined)]
}

/// No percent-encoding: what a header cannot hold is an error (OAS 3.2, Parameter Object).
fn header(request: &mut Request<'_>, spec: &Spec, value: &Value) -> Result<(), BuildError> {
    let mut text = String::new();
    match (spec.style, value) {
        (Style::Json, _) => text = ascii(&json(value)),
        (_, Value::Null) => return Ok(()),
        (Style::Text | Style::Written(_), _) => Encoding::Raw.push_value(&mut text, value),
        (_, _) => {
            check_header(spec, value)?;
            join(&mut text, value, Encoding::Raw, ",", spec.explode);
        }
    }
    request.header(spec.name, &text);
    Ok(())
}

/// Refuses what would be read as other items or members, since nothing in a header is escaped.
fn check_header(spec: &Spec, value: &Value) -> Result<(), BuildError> {
    let reason = match value {
        Value::Null | Value::Literal(_) | Value::Text(_) => None,
        Value::List(items) => items.iter().find_map(|item| no_item(&text(item))),
        Value::Object(members) => {
            members.iter().filter(|member| member.1 != Value::Null).find_map(|member| {
                let (name, value) = member;
                let is_divided = spec.explode && name.contains('=');
                let no_name = is_divided.then_some("the name of a member of it has a `=`, which ends it");
                no_name.or_else(|| no_item(name)).or_else(|| no_item(&text(value)))
            })
        }
    };
    let name = || spec.name.to_owned();
    reason.map_or(Ok(()), |reason| Err(BuildError::Header { name: name(), reason }))
}

/// A cookie for each pair: `&` between them would be part of a value (OAS 3.2, appendix D).
fn cookie(request: &mut Request<'_>, spec: &Spec, value: &Value) -> Result<(), BuildError> {
    if *value == Value::Null && !matches!(spec.style, Style::Json) {
        return Ok(());
    }
    let encoding = Encoding::of(spec);
    let mut name = String::new();
    encoding.push(&mut name, spec.name);
    let pairs = match encoding {
        Encoding::Raw => named(spec, value, encoding, name),
        Encoding::Percent | Encoding::Reserved(_) => named(spec, value, encoding, encoded(spec.name)),
    };
    for pair in &pairs {
        check_cookie(spec, pair, encoding)?;
    }
    let new: HashSet<&str> = pairs.iter().map(|pair| pair.0.as_str()).collect();
    let cookies = request.cookies_mut();
    cookies.retain(|known| known.split('=').next().is_none_or(|known| !new.contains(known)));
    cookies.extend(pairs.iter().map(|(name, value)| format!("{name}={value}")));
    Ok(())
}

/// What is not percent-encoded must be what a cookie can hold (RFC 6265, section 4.1.1). Text of a media type may have spaces
/// and commas, which servers read, but no `;`, behind which another cookie would begin.
fn check_cookie(spec: &Spec, (name, value): &Pair, encoding: Encoding) -> Result<(), BuildError> {
    if !matches!(encoding, Encoding::Raw) {
        return Ok(());
    }
    let is_name = |byte: u8| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?={}".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err(refused(spec, "its name is no name of a cookie"));
    }
    let is_value = |byte: u8| match spec.style {
        Style::Text => (byte.is_ascii_graphic() || byte == b' ') && byte != b';',
        Style::Cookie
        | Style::Simple
        | Style::Label
        | Style::Matrix
        | Style::Form
        | Style::Space
        | Style::Pipe
        | Style::Deep
        | Style::Json
        | Style::Written(_)
        | Style::Pairs(_) => byte.is_ascii_graphic() && !b",;\\".contains(&byte),
    };
    if !value.bytes().all(is_value) {
        return Err(refused(spec, "it has a character that a cookie cannot hold unless it is escaped"));
    }
    if value != trimmed(value) {
        return Err(refused(spec, "it begins or ends with a space, which is no part of a cookie"));
    }
    Ok(())
}

/// OAS 3.2, Parameter Locations: the value is the query.
fn whole_query(request: &mut Request<'_>, spec: &Spec, value: &Value) -> Result<(), BuildError> {
    let mut query = String::new();
    match (spec.style, value) {
        (Style::Pairs(fields), Value::Object(members)) => {
            for (name, value) in members {
                let written = form::push(&mut query, name, &value.to_json(), fields);
                written.map_err(|_| refused(spec, "a member of it cannot be written"))?;
            }
        }
        (Style::Pairs(_), Value::Null) => {}
        (Style::Pairs(_), Value::Text(form)) => Encoding::PAIRS.push(&mut query, form),
        (Style::Pairs(_), Value::Literal(_) | Value::List(_)) => {
            return Err(refused(spec, "only an object is names with values"));
        }
        (Style::Json, _) => Encoding::Percent.push(&mut query, &json(value)),
        (_, _) => Encoding::Percent.push_value(&mut query, value),
    }
    request.query_mut().put(&|_| true, &query);
    Ok(())
}

/// Appends items or members with a separator between them; says whether there is any. A member is its name and its value.
fn join(out: &mut String, value: &Value, encoding: Encoding, separator: &str, explode: bool) -> bool {
    let mut is_first = true;
    let mut begin = |out: &mut String| {
        if !std::mem::take(&mut is_first) {
            out.push_str(separator);
        }
    };
    match value {
        Value::Null => {}
        Value::Literal(_) | Value::Text(_) => {
            begin(out);
            encoding.push_value(out, value);
        }
        Value::List(items) => {
            for item in items.iter().filter(|item| **item != Value::Null) {
                begin(out);
                encoding.push_value(out, item);
            }
        }
        Value::Object(members) => {
            for (name, value) in members.iter().filter(|member| member.1 != Value::Null) {
                begin(out);
                encoding.push(out, name);
                out.push_str(if explode { "=" } else { separator });
                encoding.push_value(out, value);
            }
        }
    }
    !is_first
}

/// A pair for each item, by the parameter's name, or for each member, by its own.
fn exploded(name: &str, value: &Value, encoding: Encoding) -> Vec<Pair> {
    let pair = |name: &str, value: &Value| {
        let mut written = String::new();
        encoding.push_value(&mut written, value);
        let name = if matches!(encoding, Encoding::Raw) { name.to_owned() } else { encoded(name) };
        (name, written)
    };
    match value {
        Value::Null => Vec::new(),
        Value::Literal(_) | Value::Text(_) => vec![pair(name, value)],
        Value::List(items) => {
            items.iter().filter(|item| **item != Value::Null).map(|item| pair(name, item)).collect()
        }
        Value::Object(members) => {
            let members = members.iter().filter(|member| member.1 != Value::Null);
            members.map(|(name, value)| pair(name, value)).collect()
        }
    }
}

/// `filter[created][gte]=1` and `tags[0]=a`. OpenAPI defines one level; the others are as servers commonly read them.
fn deep(pairs: &mut Vec<Pair>, name: String, value: &Value, encoding: Encoding) {
    match value {
        Value::Null => {}
        Value::Literal(_) | Value::Text(_) => {
            let mut written = String::new();
            encoding.push_value(&mut written, value);
            pairs.push((name, written));
        }
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                deep(pairs, format!("{name}%5B{at}%5D"), item, encoding);
            }
        }
        Value::Object(members) => {
            for (key, value) in members {
                deep(pairs, format!("{name}%5B{}%5D", encoded(key)), value, encoding);
            }
        }
    }
}

fn encoded(text: &str) -> String {
    let mut name = String::new();
    Encoding::Percent.push(&mut name, text);
    name
}
