//! The headers that an operation's answers have.

use openapiv3::ReferenceOr;

use super::Lowering;
use super::media::Of;
use super::medium::{self, Medium};
use super::parameter::is_token;
use super::schema::Here;
use crate::diag::{Code, Diagnostics};
use crate::dialect::{Header, HeaderValue};
use crate::model::{Docs, HeaderStyle, Owner, Presence, ResponseHeader, Role, Scalar, Type};
use crate::resolve;
use crate::source::Pointer;

impl<'d> Lowering<'d> {
    /// Adds the headers of the response at `place` to those of its operation.
    pub(super) fn response_headers(
        &mut self,
        place: &Pointer,
        of: &Of<'_>,
        headers: &mut Vec<ResponseHeader>,
    ) {
        let declared = self.document.headers.of.get(place).into_iter().flatten();
        let place = place.child("headers");
        for (name, reference) in declared {
            let place = place.child(name);
            if !is_token(name) {
                self.diags
                    .warn(Code::IgnoredValue, &place)
                    .message(format!("no header can be called `{name}`"))
                    .help("it is not in the client");
            } else if !name.eq_ignore_ascii_case("content-type") {
                // OAS 3.1.1, Response Object: a header of that name is ignored.
                self.response_header(name, reference, &place, of, headers);
            }
        }
    }

    fn response_header(
        &mut self,
        name: &str,
        reference: &'d ReferenceOr<Box<Header>>,
        place: &Pointer,
        of: &Of<'_>,
        headers: &mut Vec<ResponseHeader>,
    ) {
        // What is wrong with one header costs that header its type, and no more.
        let mut wrong = Diagnostics::default();
        let found =
            resolve::component(reference, place, "headers", &self.document.headers.components, &mut wrong);
        let Some((declared, at)) = found else {
            self.diags
                .warn(Code::DanglingReference, &place.child("$ref"))
                .message(format!("the `$ref` of the header `{name}` leads to no header of this document"))
                .help("the client has the header's text; correct the pointer or add what it points to");
            let ty = Type::Scalar(Scalar::String);
            self.add_header(
                ResponseHeader {
                    name: name.to_owned(),
                    ty,
                    style: HeaderStyle::Simple,
                    presence: Presence::Optional,
                    docs: Docs::default(),
                },
                place,
                headers,
            );
            return;
        };
        let role = Role::Parameter(name.to_owned());
        let here = Here::of(Owner::Operation { method: of.method.clone(), path: of.path.to_owned(), role });
        let (ty, style) = self.header_type(declared, &at, &here);
        let presence = if declared.required { Presence::Required } else { Presence::Optional };
        let docs = Docs {
            description: declared.description.clone(),
            deprecated: declared.deprecated,
            ..Docs::default()
        };
        let header = ResponseHeader { name: name.to_owned(), ty, style, presence, docs };
        self.add_header(header, place, headers);
    }

    /// Adds a header, or makes one that other responses have too what holds for all of them.
    fn add_header(&mut self, header: ResponseHeader, place: &Pointer, headers: &mut Vec<ResponseHeader>) {
        let known = headers.iter_mut().find(|known| known.name.eq_ignore_ascii_case(&header.name));
        match known {
            None => headers.push(header),
            Some(known) if known.ty == header.ty && known.style == header.style => {
                if header.presence == Presence::Optional {
                    known.presence = header.presence;
                }
            }
            Some(known) => {
                known.ty = Type::Scalar(Scalar::String);
                known.style = HeaderStyle::Simple;
                self.diags
                    .note(Code::UntypedValue, place)
                    .message(format!("`{}` is something else in another response", header.name))
                    .help("the client has its text");
            }
        }
    }

    /// Says of a header in a media type that is neither JSON nor text that its text is all that the client knows.
    fn report_as_text(&mut self, media_types: &[String], place: &Pointer) {
        if let Some(other) = media_types.iter().find(|name| medium::medium(name) != Medium::Text) {
            self.diags
                .note(Code::UntypedValue, &place.child(other))
                .message(format!("the client does not read `{other}` of a header"))
                .help("it has the header's text");
        }
    }

    fn header_type(&mut self, declared: &Header, at: &Pointer, here: &Here) -> (Type, HeaderStyle) {
        let text = || (Type::Scalar(Scalar::String), HeaderStyle::Simple);
        match &declared.value {
            HeaderValue::Schema { exploded } => {
                let style = if *exploded { HeaderStyle::Exploded } else { HeaderStyle::Simple };
                let typed = self.schema_at(&at.child("schema"), here);
                typed.map_or_else(text, |typed| (typed.ty, style))
            }
            HeaderValue::Content(media_types) => {
                let place = at.child("content");
                let is_json = |name: &&String| medium::medium(name) == Medium::Json;
                let Some(media_type) = media_types.iter().find(is_json) else {
                    self.report_as_text(media_types, &place);
                    return text();
                };
                let typed = self.schema_at(&place.child(media_type).child("schema"), here);
                typed.map_or_else(text, |typed| (typed.into_type(), HeaderStyle::Json))
            }
        }
    }
}
