//! The spelling of parameters, forms and XML: an instant is sent as it was given, although a typed value is written in one way only.

use percent_encoding::utf8_percent_encode;

use super::super::path::COMPONENT;
use super::super::{Json, Kind, Request, form};
use super::Place;
use super::describe::Parameter;
use super::kept;

/// Puts `given` where `written` stands in a parameter of the request; whether it stands there.
pub(super) fn put(request: &mut Request<'_>, parameter: &Parameter, written: &str, given: &str) -> bool {
    let [name, old, new] =
        [parameter.wire, written, given].map(|text| utf8_percent_encode(text, COMPONENT).to_string());
    match parameter.place {
        Place::Path => request.slots_mut().replace(parameter.wire, &old, &new),
        Place::Query | Place::WholeQuery => {
            let query = request.query_ref().as_str();
            let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
            let is_there = put_in_pair(&mut pairs, &name, &old, &new);
            request.query_mut().put(&|_| true, &pairs.join("&"));
            is_there
        }
        Place::Cookie => put_in_pair(request.cookies_mut(), &name, &old, &new),
        Place::Header => {
            let value = request.headers().get(parameter.wire).and_then(|value| value.to_str().ok());
            let value = value.filter(|value| value.contains(written));
            let value = value.map(|value| value.replacen(written, given, 1));
            value.inspect(|value| request.header(parameter.wire, value)).is_some()
        }
    }
}

/// Puts a number as it was given where it is the whole value of a parameter and written in another way.
pub(super) fn put_number(request: &mut Request<'_>, parameter: &Parameter, given: &str) {
    let is_number = parameter.kinds.iter().any(|kind| matches!(kind, Kind::Integer | Kind::Number));
    let Some(number) = given.parse::<f64>().ok().filter(|_| is_number) else { return };
    let whole = given.parse::<i128>().ok().map(|whole| whole.to_string());
    for written in whole.into_iter().chain([number.to_string()]).filter(|written| written != given) {
        let [name, old, new] =
            [parameter.wire, &written, given].map(|text| utf8_percent_encode(text, COMPONENT).to_string());
        let swap = |pairs: &mut [String]| {
            let pair = pairs.iter_mut().find(|pair| **pair == format!("{name}={old}"));
            if let Some(pair) = pair {
                *pair = format!("{name}={new}");
            }
        };
        match parameter.place {
            Place::Path => request.slots_mut().swap(parameter.wire, &old, &new),
            Place::Query | Place::WholeQuery => {
                let mut pairs: Vec<String> =
                    request.query_ref().as_str().split('&').map(str::to_owned).collect();
                swap(&mut pairs);
                request.query_mut().put(&|_| true, &pairs.join("&"));
            }
            Place::Cookie => swap(request.cookies_mut()),
            Place::Header => {
                if request.headers().get(parameter.wire).is_some_and(|value| value == written.as_str()) {
                    request.header(parameter.wire, given);
                }
            }
        }
    }
}

/// Puts `new` for `old` into the first of `pairs` with this name that holds it; all of it is percent-encoded.
fn put_in_pair(pairs: &mut [String], name: &str, old: &str, new: &str) -> bool {
    let of_name = |pair: &&mut String| pair.split_once('=').is_some_and(|(known, _)| known == name);
    let pair = pairs.iter_mut().filter(of_name).find(|pair| pair.contains(old));
    pair.map(|pair| *pair = pair.replacen(old, new, 1)).is_some()
}

/// Puts the texts of `given` in place of what they are in a body that is a form or XML and in memory.
///
/// A text that another value has as it is stays: that one may be no instant.
pub(super) fn put_in_body(request: &mut Request<'_>, given: &Json) {
    let Some(Ok(mut body)) = request.body_bytes().map(|bytes| String::from_utf8(bytes.to_vec())) else {
        return;
    };
    let mut all = Vec::new();
    texts(given, &mut all);
    for given in &all {
        for written in kept::rewritten(given).filter(|written| !all.contains(&written.as_str())) {
            let [old, new] = [written.as_str(), given].map(spellings);
            let found = old.iter().zip(&new).find_map(|(old, new)| Some((value(&body, old)?, new)));
            if let Some((range, new)) = found {
                body.replace_range(range, new);
                break;
            }
        }
    }
    request.replace_body(body.into());
}

/// A text as it stands in XML, and in a form: with and without reserved characters.
fn spellings(text: &str) -> [String; 3] {
    let [encoded, keeping] = form::spellings(text);
    [text.to_owned(), encoded, keeping]
}

/// Where `text` is a whole value: between what a form or XML has before and behind one.
fn value(body: &str, text: &str) -> Option<std::ops::Range<usize>> {
    const AROUND: [(&str, &str); 10] = [
        (">", "<"),
        ("\"", "\""),
        ("[CDATA[", "]]"),
        ("=", "&"),
        ("=", ","),
        (",", "&"),
        (",", ","),
        ("%22", "%22"),
        ("=", ""),
        (",", ""),
    ];
    let is_whole = |at: usize| {
        let (before, behind) = (&body[..at], &body[at + text.len()..]);
        AROUND.iter().any(|(first, last)| {
            before.ends_with(first)
                && if last.is_empty() { behind.is_empty() } else { behind.starts_with(last) }
        })
    };
    let at = body.match_indices(text).map(|(at, _)| at).find(|at| is_whole(*at))?;
    Some(at..at + text.len())
}

fn texts<'v>(value: &'v Json, all: &mut Vec<&'v str>) {
    match value {
        Json::String(text) => all.push(text),
        Json::Array(items) => items.iter().for_each(|item| texts(item, all)),
        Json::Object(members) => members.values().for_each(|member| texts(member, all)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
