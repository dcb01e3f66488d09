//! Parameters in every style that OpenAPI has: what a caller passed becomes text, and that goes to its place in the request.
//!
//! Values without a style of their own, which are most, do not come here; they go straight to [`Request`]'s own methods.

mod text;
mod value;
mod write;

use serde::Serialize;

pub use self::text::{lines, sequence};
pub use super::Place;
use super::build_error::BuildError;
use super::form::FormField;
use super::tree;
use super::{Json, Request};
use value::{AsText, Unwritable, Value};

/// How a value is written (OAS 3.2, Parameter Object, Style Values), or the media type it is written in.
#[derive(Clone, Copy, Debug)]
pub enum Style {
    /// `simple`: `blue,black`.
    Simple,
    /// `label`: `.blue,black`.
    Label,
    /// `matrix`: `;color=blue,black`.
    Matrix,
    /// `form`: `color=blue,black`.
    Form,
    /// `spaceDelimited`: `color=blue%20black`.
    Space,
    /// `pipeDelimited`: `color=blue%7Cblack`.
    Pipe,
    /// `deepObject`: `color[R]=100`, with the brackets percent-encoded. A list has its positions for names: `color[0]=blue`.
    Deep,
    /// `cookie`: as `form`, and nothing is percent-encoded.
    Cookie,
    /// JSON text.
    Json,
    /// The text itself.
    Text,
    /// The text that this makes of it, such as XML or a form.
    Written(fn(&Json) -> Result<String, serde_json::Error>),
    /// `application/x-www-form-urlencoded`, of a whole query, with the fields that have a style of their own.
    Pairs(&'static [FormField]),
}

/// What the API's description says about how a parameter is written.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Its name.
    pub name: &'static str,
    /// Where it is sent.
    pub place: Place,
    /// How it is written.
    pub style: Style,
    /// Whether each item and each member stands for itself.
    pub explode: bool,
    /// Whether reserved characters stay as they are where that changes nothing else (OAS 3.2, `allowReserved`).
    pub reserved: bool,
}

impl Request<'_> {
    /// Sends a value as `spec` has it, in place of one that was set before.
    ///
    /// `null` is not sent, and neither is a member or an item that is `null`. An empty list or object that has a name is
    /// `name=`, and not sent where only its items or members would be named. A value inside another is JSON text, but for
    /// [`Style::Deep`], which has brackets for it. A number that JSON cannot express, and text that cannot be sent where it
    /// would go, are errors.
    pub fn parameter<T: Serialize + ?Sized>(&mut self, spec: &Spec, value: &T) {
        self.parameter_value(spec, tree::read::<AsText, _>(value));
    }

    fn parameter_value(&mut self, spec: &Spec, value: Result<Value, Unwritable>) {
        let written = match value {
            Ok(value) => {
                self.keep_parameter(spec.place, spec.name, || value.to_json());
                write::write(self, spec, &value)
            }
            Err(Unwritable(reason)) => Err(refused(spec, reason)),
        };
        self.remember(written);
    }
}

/// The error for a value that cannot be sent.
fn refused(spec: &Spec, reason: &'static str) -> BuildError {
    match spec.place {
        Place::Path => BuildError::PathParameter { name: spec.name, reason },
        Place::Query | Place::Header | Place::Cookie | Place::WholeQuery => {
            BuildError::Parameter { name: spec.name.to_owned(), reason }
        }
    }
}
