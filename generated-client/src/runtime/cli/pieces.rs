//! JSON bodies that a client puts together from pieces, taken apart from the text of one.
//!
//! Each piece is taken out of the text once; what is left at the end is an error that names it, so that nothing is dropped.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::{DecodeError, Json, JsonObject, Patch, read_json};
use super::given::no_body;
use super::{Usage, same};

/// A JSON body of which the pieces are taken one by one.
#[derive(Debug)]
pub struct Pieces {
    rest: Json,
    given: bool,
    read_only: &'static [&'static str],
}

impl Pieces {
    pub(super) fn of(bytes: Option<&[u8]>, read_only: &'static [&'static str]) -> Result<Self, Usage> {
        let rest = match bytes {
            None => Json::Object(JsonObject::new()),
            Some(bytes) => {
                read_json(bytes).map_err(|error| Usage(format!("the body is not JSON: {error}")))?
            }
        };
        if rest.is_object() {
            return Ok(Self { rest, given: bytes.is_some(), read_only });
        }
        Err(Usage("the body is not a JSON object".to_owned()))
    }

    /// A piece that has to be there.
    pub fn required<T: DeserializeOwned + Serialize>(&mut self, path: &[&str]) -> Result<T, Usage> {
        let value = self.needed(path)?;
        read(path, &value, self.read_only)
    }

    /// A piece that may be missing.
    pub fn optional<T: DeserializeOwned + Serialize>(&mut self, path: &[&str]) -> Result<Option<T>, Usage> {
        take(&mut self.rest, path).map(|value| read(path, &value, self.read_only)).transpose()
    }

    /// A piece that may be missing or null.
    pub fn patch<T: DeserializeOwned + Serialize>(&mut self, path: &[&str]) -> Result<Patch<T>, Usage> {
        match take(&mut self.rest, path) {
            None => Ok(Patch::Absent),
            Some(Json::Null) => Ok(Patch::Null),
            Some(value) => read(path, &value, self.read_only).map(Patch::Set),
        }
    }

    /// Members whose names begin with `prefix`, each as what follows it and the value.
    pub fn pattern<K: std::str::FromStr, T: DeserializeOwned + Serialize>(
        &mut self,
        above: &[&str],
        prefix: &str,
    ) -> Result<Vec<(K, Patch<T>)>, Usage> {
        let mut found = Vec::new();
        for name in self.names(above, prefix) {
            let Ok(key) = name[prefix.len()..].parse() else { continue };
            let path = [above, &[name.as_str()]].concat();
            found.push((key, self.patch(&path)?));
        }
        Ok(found)
    }

    /// The id in the identifier of one resource, at `path`.
    pub fn identifier<T: DeserializeOwned + Serialize>(
        &mut self,
        path: &[&str],
        resource: &str,
    ) -> Result<T, Usage> {
        let value = self.needed(path)?;
        read(path, &id(path, &value, resource)?, self.read_only)
    }

    /// The id in the identifier of one resource, which may be missing.
    pub fn optional_identifier<T: DeserializeOwned + Serialize>(
        &mut self,
        path: &[&str],
        resource: &str,
    ) -> Result<Option<T>, Usage> {
        let Some(value) = take(&mut self.rest, path) else { return Ok(None) };
        read(path, &id(path, &value, resource)?, self.read_only).map(Some)
    }

    /// The id in the identifier of one resource, which may be missing or null.
    pub fn patch_identifier<T: DeserializeOwned + Serialize>(
        &mut self,
        path: &[&str],
        resource: &str,
    ) -> Result<Patch<T>, Usage> {
        match take(&mut self.rest, path) {
            None => Ok(Patch::Absent),
            Some(Json::Null) => Ok(Patch::Null),
            Some(value) => read(path, &id(path, &value, resource)?, self.read_only).map(Patch::Set),
        }
    }

    /// The ids in the identifiers of resources.
    pub fn identifiers<T: DeserializeOwned + Serialize>(
        &mut self,
        path: &[&str],
        resource: &str,
    ) -> Result<Vec<T>, Usage> {
        self.optional_identifiers(path, resource)?.ok_or_else(|| missing(path))
    }

    /// The ids in the identifiers of resources, which may be missing.
    pub fn optional_identifiers<T: DeserializeOwned + Serialize>(
        &mut self,
        path: &[&str],
        resource: &str,
    ) -> Result<Option<Vec<T>>, Usage> {
        match take(&mut self.rest, path) {
            None => Ok(None),
            Some(Json::Array(values)) => {
                let ids = values.iter().map(|value| read(path, &id(path, value, resource)?, self.read_only));
                ids.collect::<Result<_, Usage>>().map(Some)
            }
            Some(_) => Err(Usage(format!("`{}` of the body is not a list", place(path)))),
        }
    }

    /// A piece that is always `value`, and that the client puts there.
    pub fn constant(&mut self, path: &[&str], value: &str) -> Result<(), Usage> {
        match take(&mut self.rest, path) {
            None => Ok(()),
            Some(given) if given == *value => Ok(()),
            Some(_) => Err(Usage(format!("`{}` of the body can only be \"{value}\"", place(path)))),
        }
    }

    /// A piece that is the value of a parameter, and that the client puts there.
    pub fn same(&mut self, path: &[&str], value: &str) -> Result<(), Usage> {
        match take(&mut self.rest, path) {
            None => Ok(()),
            Some(Json::String(given)) if given == value => Ok(()),
            Some(Json::Number(given))
                if value.parse().is_ok_and(|value: serde_json::Number| value == given) =>
            {
                Ok(())
            }
            Some(_) => Err(Usage(format!("`{}` of the body differs from the parameter", place(path)))),
        }
    }

    /// Refuses what no piece has taken.
    pub fn finish(mut self) -> Result<(), Usage> {
        let mut rest = Vec::new();
        leftover(&mut self.rest, "", self.read_only, &mut rest);
        if rest.is_empty() {
            return Ok(());
        }
        Err(Usage(format!("the body has what the API's description does not: {}", rest.join(", "))))
    }

    fn needed(&mut self, path: &[&str]) -> Result<Json, Usage> {
        let given = self.given;
        take(&mut self.rest, path).ok_or_else(|| if given { missing(path) } else { no_body() })
    }

    fn names(&self, above: &[&str], prefix: &str) -> Vec<String> {
        let object = above.iter().try_fold(&self.rest, |value, step| value.get(*step));
        let members = object.and_then(Json::as_object).into_iter().flatten();
        members.map(|(name, _)| name).filter(|name| name.starts_with(prefix)).cloned().collect()
    }
}

/// Takes the value at `path`.
fn take(value: &mut Json, path: &[&str]) -> Option<Json> {
    let (last, above) = path.split_last()?;
    let object = above.iter().try_fold(value, |value, step| value.get_mut(*step))?;
    object.as_object_mut()?.remove(*last)
}

/// The places of what is left: objects without members do not count.
fn leftover(value: &mut Json, place: &str, read_only: &[&str], found: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, value) in members.iter_mut().filter(|(name, _)| !read_only.contains(&name.as_str())) {
                leftover(value, &format!("{place}/{name}"), read_only, found);
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => {
            found.push(format!("`{place}`"));
        }
    }
}

fn id(path: &[&str], value: &Json, resource: &str) -> Result<Json, Usage> {
    let is_of_type = value.get("type").is_none_or(|known| known == resource);
    let mut names = value.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    match value.get("id") {
        Some(id) if is_of_type && names.all(|name| matches!(name, "type" | "id")) => Ok(id.clone()),
        Some(_) | None => {
            let place = place(path);
            let wanted = format!("{{\"type\": \"{resource}\", \"id\": …}}");
            Err(Usage(format!("`{place}` of the body is not {wanted} and nothing else")))
        }
    }
}

fn read<T: DeserializeOwned + Serialize>(
    path: &[&str],
    value: &Json,
    read_only: &[&str],
) -> Result<T, Usage> {
    let given = value.to_string();
    let value: T = read_json(given.as_bytes()).map_err(|error: DecodeError| {
        // Line and column would be those of the piece.
        let error = error.to_string();
        let reason = error.rsplit_once(" at line ").map_or(error.as_str(), |(reason, _)| reason);
        Usage(format!("`{}` of the body does not fit: {reason}", place(path)))
    })?;
    let sent = serde_json::to_vec(&value).unwrap_or_default();
    same::check(given.as_bytes(), &sent, read_only, &place(path))?;
    Ok(value)
}

fn missing(path: &[&str]) -> Usage {
    Usage(format!("`{}` is missing in the body", place(path)))
}

fn place(path: &[&str]) -> String {
    format!("/{}", path.join("/"))
}
