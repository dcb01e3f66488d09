//! Names with brackets: `filter[state][0]`, which say where a value stands in a list or an object (`deepObject`).

use super::super::{Json, JsonObject};
use super::fields::Shape;

/// How many brackets a name can have; with more it is a name like any other.
const DEEPEST: usize = 32;

/// What an empty key begins with until it is known whether it is the next item of a list or the name of a member.
const UNNAMED: &str = "]";

/// What stands before the brackets, and what in each; none if the name is not made so.
pub(super) fn path(name: &str) -> Option<(&str, Vec<&str>)> {
    let (outer, rest) = name.strip_suffix(']')?.split_once('[')?;
    let keys: Vec<&str> = rest.split("][").collect();
    (keys.len() <= DEEPEST).then_some((outer, keys))
}

/// Puts a text at the end of a path; all that is above it is an object by then, also a list.
pub(super) fn put(place: &mut Json, path: &[&str], text: String) {
    let mut place = place;
    for key in path {
        if !place.is_object() {
            *place = Json::Object(JsonObject::new());
        }
        let Json::Object(members) = place else { return };
        let key = if key.is_empty() { format!("{UNNAMED}{}", members.len()) } else { (*key).to_owned() };
        place = members.entry(key).or_insert(Json::Null);
    }
    *place = Json::String(text);
}

/// What was gathered, as what it is: texts become values, and objects lists where such are.
pub(super) fn settled(gathered: Json, shape: &Shape) -> Result<Json, serde_json::Error> {
    let members = match gathered {
        Json::Object(members) => members,
        Json::String(text) => {
            return match shape {
                Shape::List(item) => Ok(Json::Array(vec![item.single(text)?])),
                Shape::Text
                | Shape::Value
                | Shape::Other(_)
                | Shape::Object(_)
                | Shape::Split(..)
                | Shape::Deep(_) => shape.single(text),
            };
        }
        other => return Ok(other),
    };
    let inner = |key: &str| match shape {
        Shape::List(item) => item,
        Shape::Object(fields) => fields.shape(key).unwrap_or(&Shape::Value),
        Shape::Text | Shape::Value | Shape::Other(_) | Shape::Split(..) | Shape::Deep(_) => &Shape::Value,
    };
    let is_list = match shape {
        Shape::List(_) => true,
        Shape::Object(_) => false,
        // Nothing is said, but a list is what has its positions for names.
        Shape::Text | Shape::Value | Shape::Other(_) | Shape::Split(..) | Shape::Deep(_) => {
            let mut positions: Vec<(bool, usize)> = members.keys().filter_map(|key| position(key)).collect();
            positions.sort_unstable();
            let is_next =
                |(at, (is_unnamed, position)): (usize, &(bool, usize))| *is_unnamed || at == *position;
            positions.len() == members.len() && positions.iter().enumerate().all(is_next)
        }
    };
    let settled = members.into_iter().map(|(key, value)| {
        let key = if !is_list && key.starts_with(UNNAMED) { String::new() } else { key };
        let value = settled(value, inner(&key))?;
        Ok((key, value))
    });
    let mut settled: Vec<(String, Json)> = settled.collect::<Result<_, serde_json::Error>>()?;
    if !is_list {
        return Ok(Json::Object(settled.into_iter().collect()));
    }
    settled.sort_by_key(|(key, _)| position(key).unwrap_or((true, usize::MAX)));
    Ok(settled.into_iter().map(|(_, value)| value).collect())
}

/// Where an item stands in a list: those without a position come behind all others, as they came.
fn position(key: &str) -> Option<(bool, usize)> {
    match key.strip_prefix(UNNAMED) {
        Some(number) => Some((true, number.parse().ok()?)),
        None => Some((false, key.parse().ok()?)),
    }
}
