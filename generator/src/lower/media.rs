//! Media types: which of those that are offered is used, and what it is to the client.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lowering;
use super::schema::Here;
use crate::diag::Code;
use crate::model::{HttpMethod, Owner, Role, Type, Untyped};
use crate::schema::Schema;
use crate::source::Pointer;

/// The operation a body or a response belongs to.
pub(super) struct Of<'p> {
    pub(super) method: HttpMethod,
    pub(super) path: &'p str,
    pub(super) place: &'p Pointer,
}

impl Of<'_> {
    pub(super) fn here(&self, role: Role) -> Here {
        Here::of(Owner::Operation { method: self.method, path: self.path.to_owned(), role })
    }
}

impl<'d> Lowering<'d> {
    /// The media type to use: JSON before anything else, then in document order.
    pub(super) fn choose(
        &mut self,
        content: &'d IndexMap<String, MediaType>,
        place: &Pointer,
        usable: fn(Kind) -> Option<Kind>,
    ) -> Option<(&'d str, Kind)> {
        let candidates: Vec<(&str, Kind)> =
            content.keys().filter_map(|name| Some((name.as_str(), usable(kind(name)?)?))).collect();
        let json = candidates.iter().find(|(_, kind)| *kind == Kind::Json);
        let chosen = *json.or(candidates.first())?;
        if content.len() > 1 {
            self.diags
                .note(Code::SeveralMediaTypes, place)
                .message(format!("there are {} media types here", content.len()))
                .help(format!("the client uses `{}`", chosen.0));
        }
        let schema = self.document.schemas.get(&place.child(chosen.0).child("schema"));
        let is_described =
            schema.is_some_and(|schema| !schema.properties.is_empty() || schema.reference.is_some());
        if matches!(chosen.1, Kind::Bytes | Kind::Text) && is_described {
            self.diags
                .warn(Code::UntypedValue, &place.child(chosen.0))
                .message(format!("`{}` has a schema, and the client only knows its bytes", chosen.0))
                .help("the caller writes and reads them");
        }
        Some(chosen)
    }

    pub(super) fn content_type(&mut self, content: &Pointer, media_type: &str, here: &Here) -> Type {
        let place = content.child(media_type);
        if let Some(typed) = self.schema_at(&place.child("schema"), here) {
            return typed.into_type();
        }
        self.diags
            .note(Code::UntypedValue, &place)
            .message("this content has no schema")
            .help("the client has a JSON value here");
        Type::Json(Untyped::Anything)
    }

    /// Notes that the client has something else in place of the component that `schema` refers to.
    pub(super) fn take_apart(&mut self, schema: Option<&'d Schema>) {
        let end = schema.map(|schema| self.end_of_chain(schema));
        self.taken_apart.extend(end.and_then(|end| self.by_pointer.get(&end.pointer)));
    }
}

/// What a body of some media type is to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Form,
    Text,
    Bytes,
}

/// The kind of a media type; none for `multipart` and other composites.
pub(super) fn kind(media_type: &str) -> Option<Kind> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (family, subtype) = essence.split_once('/')?;
    Some(match (family, subtype) {
        (_, "json") => Kind::Json,
        (_, subtype) if subtype.ends_with("+json") => Kind::Json,
        ("application", "x-www-form-urlencoded") => Kind::Form,
        ("multipart", _) => return None,
        ("text", _) => Kind::Text,
        _ => Kind::Bytes,
    })
}
