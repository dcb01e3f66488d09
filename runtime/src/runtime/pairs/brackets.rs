//! Names with brackets: `filter[state][0]`, which say where a value stands in a list or an object (`deepObject`).

use super::super::{Json, JsonObject};
use super::fields::Shape;

/// How many brackets a name can have; with more it is a name like any other.
const DEEPEST: usize = 32;

/// What an empty key begins with until it is known whether it is the next item of a list or the name of a member.
const UNNAMED: &str = "]";

/// What stands in each of the brackets behind `name`; none if the field is not called so.
pub(super) fn path<'f>(name: &str, field: &'f str) -> Option<Vec<&'f str>> {
    let rest = field.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?;
    let keys: Vec<&str> = rest.split("][").collect();
    (keys.len() <= DEEPEST).then_some(keys)
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
        Json::String(text) if shape.is_list() => return Ok(Json::Array(vec![shape.item(0).single(text)?])),
        Json::String(text) => return shape.single(text),
        other => return Ok(other),
    };
    // Where nothing is said, a list is what has its positions for names.
    let has_positions = || {
        let mut positions: Vec<(bool, usize)> = members.keys().filter_map(|key| position(key)).collect();
        positions.sort_unstable();
        let is_next = |(at, (is_unnamed, position)): (usize, &(bool, usize))| *is_unnamed || at == *position;
        positions.len() == members.len() && positions.iter().enumerate().all(is_next)
    };
    let is_list = shape.is_list() || !matches!(shape, Shape::Object(_)) && has_positions();
    if is_list {
        let mut items: Vec<(String, Json)> = members.into_iter().collect();
        items.sort_by_key(|(key, _)| position(key).unwrap_or((true, usize::MAX)));
        let items = items.into_iter().enumerate();
        return items.map(|(at, (_, value))| settled(value, shape.item(at))).collect();
    }
    let settled = members.into_iter().map(|(key, value)| {
        let key = if key.starts_with(UNNAMED) { String::new() } else { key };
        let value = settled(value, shape.member(&key).unwrap_or(&Shape::Value))?;
        Ok((key, value))
    });
    Ok(Json::Object(settled.collect::<Result<_, serde_json::Error>>()?))
}

/// Where an item stands in a list: those without a position come behind all others, as they came.
fn position(key: &str) -> Option<(bool, usize)> {
    match key.strip_prefix(UNNAMED) {
        Some(number) => Some((true, number.parse().ok()?)),
        None => Some((false, key.parse().ok()?)),
    }
}
