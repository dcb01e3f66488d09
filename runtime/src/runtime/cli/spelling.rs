//! The spelling of parameters: an instant is sent as it was given, although a typed value is written in one way only.

use percent_encoding::utf8_percent_encode;

use super::super::Request;
use super::super::path::COMPONENT;
use super::describe::{Parameter, Place};

/// Puts `given` where `written` stands in a parameter of the request.
pub(super) fn put(request: &mut Request<'_>, parameter: &Parameter, written: &str, given: &str) {
    let [name, old, new] =
        [parameter.wire, written, given].map(|text| utf8_percent_encode(text, COMPONENT).to_string());
    match parameter.place {
        Place::Path => request.slots_mut().replace(parameter.wire, &old, &new),
        Place::Query => {
            let query = request.query_ref().as_str();
            let mut pairs: Vec<String> = query.split('&').map(str::to_owned).collect();
            put_in_pair(&mut pairs, &name, &old, &new);
            request.query_mut().put(&|_| true, &pairs.join("&"));
        }
        Place::Cookie => put_in_pair(request.cookies_mut(), &name, &old, &new),
        Place::Header => {
            let value = request.headers().get(parameter.wire).and_then(|value| value.to_str().ok());
            if let Some(value) = value.filter(|value| value.contains(written)) {
                let value = value.replacen(written, given, 1);
                request.header(parameter.wire, &value);
            }
        }
    }
}

/// Puts `new` for `old` into the first of `pairs` with this name that holds it; all of it is percent-encoded.
fn put_in_pair(pairs: &mut [String], name: &str, old: &str, new: &str) {
    let of_name = |pair: &&mut String| pair.split_once('=').is_some_and(|(known, _)| known == name);
    if let Some(pair) = pairs.iter_mut().filter(of_name).find(|pair| pair.contains(old)) {
        *pair = pair.replacen(old, new, 1);
    }
}
