//! `[types]` of the configuration: whose types stand for single values and for schemas.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::name::RustPath;

use crate::model::{DateTimeLibrary, DecimalLibrary, DurationLibrary, IpLibrary, Libraries, UuidLibrary};

/// The keys of `[types]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct TypesForm {
    #[serde(with = "DateTimeForm")]
    date_time: DateTimeLibrary,
    #[serde(with = "DurationForm")]
    duration: DurationLibrary,
    #[serde(with = "DecimalForm")]
    decimal: DecimalLibrary,
    #[serde(with = "UuidForm")]
    uuid: UuidLibrary,
    #[serde(with = "IpForm")]
    ip: IpLibrary,
    replace: IndexMap<String, PathForm>,
    crates: toml::Table,
}

/// What is chosen of types.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TypesConfig {
    /// Whose types stand for single values.
    pub libraries: Libraries,
    /// The paths of types that stand for schemas, by component or by the JSON pointer of an inline schema.
    pub replace: IndexMap<String, RustPath>,
    /// The crates that such types may come from: their entries in `[dependencies]`, as Cargo writes them.
    pub crates: toml::Table,
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct PathForm(RustPath);

impl TryFrom<String> for PathForm {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        RustPath::parse(&text).map(Self)
    }
}

impl TypesConfig {
    /// Whether a crate, by the name that Rust has for it, may give types: the standard library's, this one and those that are listed.
    pub fn offers(&self, krate: &str) -> bool {
        let mut listed = self.crates.keys();
        ["std", "core", "alloc"].contains(&krate) || listed.any(|name| name.replace('-', "_") == krate)
    }
}

#[derive(Deserialize)]
#[serde(remote = "DateTimeLibrary", rename_all = "snake_case")]
enum DateTimeForm {
    Jiff,
    Chrono,
    Time,
    Text,
}

#[derive(Deserialize)]
#[serde(remote = "DurationLibrary", rename_all = "snake_case")]
enum DurationForm {
    Text,
    Jiff,
}

#[derive(Deserialize)]
#[serde(remote = "DecimalLibrary", rename_all = "snake_case")]
enum DecimalForm {
    Text,
    RustDecimal,
}

#[derive(Deserialize)]
#[serde(remote = "UuidLibrary", rename_all = "snake_case")]
enum UuidForm {
    Uuid,
    Text,
}

#[derive(Deserialize)]
#[serde(remote = "IpLibrary", rename_all = "snake_case")]
enum IpForm {
    Std,
    Text,
}

/// A crate's name has to be one, and its entry what Cargo has for one; a type has to be of a crate that is listed.
impl TryFrom<TypesForm> for TypesConfig {
    type Error = String;

    fn try_from(form: TypesForm) -> Result<Self, String> {
        let TypesForm { date_time, duration, decimal, uuid, ip, replace, crates } = form;
        let is_name = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let is_entry = |entry: &toml::Value| entry.is_str() || entry.is_table();
        if let Some((name, _)) = crates.iter().find(|(name, entry)| !is_name(name) || !is_entry(entry)) {
            return Err(format!(
                "`{}` below `[types.crates]` is no dependency as Cargo writes it",
                name.escape_debug()
            ));
        }
        let libraries = Libraries { date_time, duration, decimal, uuid, ip };
        let replace = replace.into_iter().map(|(key, PathForm(path))| (key, path)).collect();
        let config = Self { libraries, replace, crates };
        for path in config.replace.values() {
            if let Some(unknown) = path.crates().into_iter().find(|krate| !config.offers(krate)) {
                return Err(format!(
                    "`{path}` below `[types.replace]` is of a crate that `[types.crates]` does not list: `{unknown}`"
                ));
            }
        }
        Ok(config)
    }
}
