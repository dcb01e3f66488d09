//! Fields of forms by the API's description: what name and value become of what schema.

use percent_encoding::percent_decode_str;
use serde::de::Error as _;

use super::super::{Json, JsonObject};
use super::brackets;

/// How the fields of a form are read.
#[derive(Debug)]
pub struct Fields {
    /// Those of these names.
    pub known: &'static [(&'static str, Shape)],
    /// Any other; of an object that has no others, nothing.
    pub others: Option<Shape>,
}

/// What a field is.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text.
    Text,
    /// JSON if it is that, such as a number, else text.
    Value,
    /// What this makes JSON of, such as XML.
    Other(fn(&[u8]) -> Result<Json, serde_json::Error>),
    /// A list, of which each field of the name is one item.
    List(&'static Shape),
    /// An object, of which each member is a field by its own name (`form` with `explode`).
    Object(&'static Fields),
    /// A list or an object in one field: item, item, or key, value, key, value.
    Split(Separator, &'static Shape),
    /// A list or an object, of which each value is a field with its place in brackets: `name[key]` (`deepObject`).
    Deep(&'static Shape),
}

/// What is between the items of a list in one field.
#[derive(Clone, Copy, Debug)]
pub enum Separator {
    /// `,` as it stands (`form` without `explode`).
    Comma,
    /// A space, however it is escaped (`spaceDelimited`).
    Space,
    /// `|`, however it is escaped (`pipeDelimited`).
    Pipe,
}

impl Fields {
    /// The members of an object, of the text of a form.
    ///
    /// Errors where the text is not UTF-8, or a value in it is not what its shape says.
    pub fn read(&self, text: &[u8]) -> Result<Json, serde_json::Error> {
        let text = std::str::from_utf8(text).map_err(unfit)?.trim();
        let mut members = JsonObject::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.put(&mut members, decoded(name)?, value)?;
        }
        for (name, shape) in self.known {
            if let (Shape::Deep(inner), Some(gathered)) = (shape, members.get_mut(*name)) {
                *gathered = brackets::settled(gathered.take(), inner)?;
            }
        }
        Ok(Json::Object(members))
    }

    fn known(&self, name: &str) -> Option<&'static Shape> {
        self.known.iter().find(|(known, _)| *known == name).map(|(_, shape)| shape)
    }

    pub(super) fn shape(&self, name: &str) -> Option<&Shape> {
        self.known(name).or(self.others.as_ref())
    }

    /// The objects of which each member is a field.
    fn objects(&self) -> impl Iterator<Item = (&'static str, &'static Fields)> {
        self.known.iter().filter_map(|(name, shape)| match shape {
            Shape::Object(fields) => Some((*name, *fields)),
            Shape::Text
            | Shape::Value
            | Shape::Other(_)
            | Shape::List(_)
            | Shape::Split(..)
            | Shape::Deep(_) => None,
        })
    }

    /// Puts a field among the members. What stands in brackets is gathered only.
    fn put(&self, members: &mut JsonObject, name: String, value: &str) -> Result<(), serde_json::Error> {
        if let Some(shape) = self.known(&name) {
            return shape.put(members, name, value);
        }
        if let Some((outer, path)) = brackets::path(&name)
            && matches!(self.known(outer), Some(Shape::Deep(_)))
        {
            let place = members.entry(outer).or_insert(Json::Null);
            brackets::put(place, &path, decoded(value)?);
            return Ok(());
        }
        let within = self.objects().find(|(_, fields)| fields.known(&name).is_some());
        let within = within.or_else(|| self.objects().find(|(_, fields)| fields.others.is_some()));
        let Some((outer, fields)) = within else {
            return self.others.unwrap_or(Shape::Text).put(members, name, value);
        };
        let object = members.entry(outer).or_insert_with(|| Json::Object(JsonObject::new()));
        object.as_object_mut().map_or(Ok(()), |object| fields.put(object, name, value))
    }
}

impl Shape {
    /// Puts a field of this shape among the members; `value` is as it came.
    fn put(&self, members: &mut JsonObject, name: String, value: &str) -> Result<(), serde_json::Error> {
        let made = match self {
            Self::List(item) => {
                let item = item.single(decoded(value)?)?;
                let list = members.entry(name).or_insert_with(|| Json::Array(Vec::new()));
                if let Json::Array(items) = list {
                    items.push(item);
                }
                return Ok(());
            }
            Self::Deep(_) => Json::String(decoded(value)?),
            Self::Split(separator, inner) => {
                let pieces: Result<Vec<String>, _> = separator.split(value).map(decoded).collect();
                inner.of_pieces(pieces?)?
            }
            Self::Text | Self::Value | Self::Other(_) | Self::Object(_) => self.single(decoded(value)?)?,
        };
        members.insert(name, made);
        Ok(())
    }

    /// A list or an object of the pieces of one field.
    fn of_pieces(&self, pieces: Vec<String>) -> Result<Json, serde_json::Error> {
        let Self::Object(fields) = self else {
            let item = if let Self::List(item) = self { item } else { &Self::Value };
            return pieces.into_iter().map(|piece| item.single(piece)).collect();
        };
        let mut members = JsonObject::new();
        let mut pieces = pieces.into_iter();
        while let Some(name) = pieces.next() {
            let text = pieces.next().unwrap_or_default();
            let value = fields.shape(&name).unwrap_or(&Self::Text).single(text)?;
            members.insert(name, value);
        }
        Ok(Json::Object(members))
    }

    /// A value of one text.
    pub(super) fn single(&self, text: String) -> Result<Json, serde_json::Error> {
        Ok(match self {
            Self::Text => Json::String(text),
            Self::Other(read) => read(text.as_bytes())?,
            Self::Value | Self::List(_) | Self::Object(_) | Self::Split(..) | Self::Deep(_) => {
                serde_json::from_str(&text).unwrap_or(Json::String(text))
            }
        })
    }
}

impl Separator {
    /// The pieces of a value, all still escaped; of an empty one there are none.
    fn split(self, value: &str) -> impl Iterator<Item = &str> {
        let between: &[&str] = match self {
            Self::Comma => &[","],
            Self::Space => &["+", "%20", " "],
            Self::Pipe => &["|", "%7C", "%7c"],
        };
        let mut rest = Some(value).filter(|value| !value.is_empty());
        std::iter::from_fn(move || {
            let text = rest?;
            let length =
                |at: usize| between.iter().find(|one| text[at..].starts_with(**one)).map(|one| one.len());
            let found = text.char_indices().find_map(|(at, _)| Some((at, length(at)?)));
            let (piece, next) = match found {
                Some((at, length)) => (&text[..at], Some(&text[at + length..])),
                None => (text, None),
            };
            rest = next;
            Some(piece)
        })
    }
}

/// WHATWG URL, section 5.1, but that what is not UTF-8 is an error.
fn decoded(text: &str) -> Result<String, serde_json::Error> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().map(std::borrow::Cow::into_owned).map_err(unfit)
}

fn unfit(_: std::str::Utf8Error) -> serde_json::Error {
    serde_json::Error::custom("the form is not UTF-8 text")
}
