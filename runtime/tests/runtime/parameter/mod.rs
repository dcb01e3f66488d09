//! Parameters on the wire: the specification's examples, what they are read back as, and what cannot be sent.

mod limits;
mod read_back;
mod styles;

use clientsmith_runtime::runtime::Method;
use clientsmith_runtime::runtime::parameter::{Place, Spec, Style};
use serde::Serialize;

use crate::server::{refused, sent};

/// `color` in a place and style.
fn color(place: Place, style: Style, explode: bool) -> Spec {
    Spec { name: "color", place, style, explode, reserved: false }
}

/// The value as it reaches a server: the segment behind `/c/`, the query, the header `color` or the cookies.
async fn wire<T: Serialize + ?Sized>(spec: &Spec, value: &T) -> String {
    let template = if spec.place == Place::Path { "/c/{color}" } else { "/c" };
    let seen = sent(Method::GET, template, |request| request.parameter(spec, value)).await;
    let address = seen.line.strip_prefix("GET /c").unwrap();
    match spec.place {
        Place::Path => address.strip_prefix('/').unwrap().to_owned(),
        Place::Query | Place::WholeQuery => address.strip_prefix('?').unwrap_or(address).to_owned(),
        Place::Header => seen.header("color").unwrap_or("(none)").to_owned(),
        Place::Cookie => seen.header("cookie").unwrap_or("(none)").to_owned(),
    }
}

/// Why the value is not sent.
async fn error<T: Serialize + ?Sized>(spec: &Spec, value: &T) -> String {
    let template = if spec.place == Place::Path { "/c/{color}/d" } else { "/c" };
    refused(template, |request| request.parameter(spec, value)).await
}

/// An object whose members are not in the order of the alphabet.
#[derive(Clone, Debug, PartialEq)]
struct Rgb(i64, i64, i64);

impl Serialize for Rgb {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut members = serializer.serialize_map(None)?;
        for (name, value) in [("R", self.0), ("G", self.1), ("B", self.2)] {
            members.serialize_entry(name, &value)?;
        }
        members.end()
    }
}
