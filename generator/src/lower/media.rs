//! What a media type is to the client, and the type that its schema gives.

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
        Here::of(Owner::Operation { method: self.method.clone(), path: self.path.to_owned(), role })
    }
}

impl<'d> Lowering<'d> {
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
