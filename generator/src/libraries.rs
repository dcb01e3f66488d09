//! `[types]` of the configuration: whose types stand for single values.

use serde::Deserialize;

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

impl From<TypesForm> for Libraries {
    fn from(form: TypesForm) -> Self {
        let TypesForm { date_time, duration, decimal, uuid, ip } = form;
        Self { date_time, duration, decimal, uuid, ip }
    }
}
