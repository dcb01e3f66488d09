//! What is sent as a parameter, and in what form: a style, which a `schema` has, or a media type, which a `content` has.

use openapiv3::{Content, Parameter as Declared, ParameterData, ParameterSchemaOrContent};

use super::Lowering;
use super::encoding::Composite;
use super::medium::{self, Medium};
use super::parameter::data;
use super::schema::Here;
use super::style::ValueKind;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{Framing, Location, MemberDirection, Scalar, Type, Untyped, Written};
use crate::source::Pointer;

/// A parameter's type with the one value it may have, and how it is written.
pub(super) struct Sending {
    /// Where its schema stands.
    pub(super) schema: Pointer,
    pub(super) ty: Type,
    pub(super) constant: Option<String>,
    pub(super) written: Written,
}

/// The media type of a parameter.
struct Media<'d> {
    content: &'d Content,
    name: &'d str,
    /// Where its Media Type Object stands.
    place: Pointer,
}

impl<'d> Lowering<'d> {
    /// The type of a parameter and how it is written; an error is why it cannot be sent. None if its schema is missing, which
    /// was said before.
    pub(super) fn sending(
        &mut self,
        declared: &'d Declared,
        location: Location,
        place: &Pointer,
        here: &Here,
    ) -> Result<Option<Sending>, &'static str> {
        let data = data(declared);
        let found = match &data.format {
            ParameterSchemaOrContent::Content(content) => {
                self.report_styled(data, place);
                let place = place.child("content");
                let media = self.only_media_type(content, &place).ok_or("its `content` has no media type")?;
                Some(self.in_media_type(&media, &data.name, location, here))
            }
            ParameterSchemaOrContent::Schema(_) => {
                let schema = place.child("schema");
                let constant = self.single_value(&schema);
                self.schema_at(&schema, here).map(|typed| {
                    let written = self.styled(data, &typed.ty, location, place);
                    Sending { schema, constant: typed.constant.or(constant), ty: typed.ty, written }
                })
            }
        };
        match found {
            Some(found) if found.ty.structure().is_some() => Err("a JSON:API document is no parameter"),
            found => Ok(found),
        }
    }

    /// OAS 3.2, Parameter Object: `style`, `explode` and `allowReserved` are for a `schema`.
    fn report_styled(&mut self, data: &ParameterData, place: &Pointer) {
        let said = [
            ("style", data.extensions.contains_key(words::STYLE)),
            ("explode", data.explode.is_some()),
            ("allowReserved", data.extensions.contains_key(words::ALLOW_RESERVED)),
        ];
        for (key, _) in said.iter().filter(|(_, is_said)| *is_said) {
            let message = format!("`{key}` has no effect beside `content`");
            self.undefined(place, message, "it is ignored; the media type says how the value is written");
        }
    }

    /// OAS 3.2, Parameter Object, `content`: one media type.
    fn only_media_type(&mut self, content: &'d Content, place: &Pointer) -> Option<Media<'d>> {
        let is_json = |name: &&String| medium::medium(name) == Medium::Json;
        let name = content.keys().find(is_json).or(content.keys().next())?;
        if content.len() > 1 {
            self.diags
                .warn(Code::SeveralMediaTypes, place)
                .message(format!("there are {} media types here, and a parameter has one", content.len()))
                .help(format!("the client uses `{name}`"));
        }
        Some(Media { content, name, place: place.child(name) })
    }

    fn in_media_type(&mut self, media: &Media<'d>, name: &str, location: Location, here: &Here) -> Sending {
        let medium = medium::medium(media.name);
        if let Medium::Items(framing) = medium
            && let Some(line) = self.line(&media.place)
        {
            let ty = self.typed(line.schema, here).into_type();
            if !line.is_written(&ty) {
                let (schema, ty) = (line.schema.pointer.clone(), Type::List(Box::new(ty)));
                let written = self.items(framing, media, location);
                return Sending { schema, ty, constant: None, written };
            }
        }
        let schema = media.place.child("schema");
        let is_bare = !matches!(medium, Medium::Json | Medium::Form | Medium::Multipart);
        let untyped = if is_bare { Type::Scalar(Scalar::String) } else { Type::Json(Untyped::Anything) };
        let typed = self.schema_at(&schema, here);
        let (ty, said) = typed.map_or((untyped, None), |typed| (typed.ty, typed.constant));
        let Some(written) = self.written_in(medium, media, (name, &ty), (location, here)) else {
            self.diags
                .warn(Code::UntypedValue, &media.place)
                .message(format!("the client cannot write this value as `{}`", media.name))
                .help("it takes the text that is sent");
            let ty = Type::Scalar(Scalar::String);
            return Sending { schema, ty, constant: None, written: Written::Text };
        };
        // In another format a value is not what its text would be.
        let constant = said.or_else(|| self.single_value(&schema).filter(|_| written == Written::Text));
        Sending { schema, ty, constant, written }
    }

    /// JSON values one after another; in a header, which has no lines, they are a list.
    fn items(&mut self, framing: Framing, media: &Media<'d>, location: Location) -> Written {
        if location != Location::Header {
            return Written::Items(framing);
        }
        self.undefined(
            &media.place,
            format!("`{}` has line ends, which a header cannot hold", media.name),
            "it is sent as a list in JSON",
        );
        Written::Json
    }

    /// How values of type `ty` are written in a media type, if the client can.
    fn written_in(
        &mut self,
        medium: Medium,
        media: &Media<'d>,
        (name, ty): (&str, &Type),
        (location, here): (Location, &Here),
    ) -> Option<Written> {
        let kinds = self.kinds(ty);
        let document = self.document;
        let is_single = kinds.has(ValueKind::Single) && !kinds.is_composite();
        match medium {
            Medium::Json => Some(Written::Json),
            Medium::Form => {
                let way = (here.clone(), MemberDirection::ReadOnly);
                let described = (media.name, &media.content[media.name]);
                let composite = Composite::of_media(self, described, &media.place, way);
                if is_single {
                    self.report_names(&composite, "the caller writes this form");
                    let is_whole = location == Location::WholeQuery;
                    return Some(if is_whole { Written::Pairs(Vec::new()) } else { Written::Text });
                }
                let fields = self.form_of(ty.clone(), &composite).fields;
                kinds.may_be_object().then_some(Written::Pairs(fields))
            }
            Medium::Xml => {
                let schema = document.schemas.get(&media.place.child("schema"));
                let node = schema.and_then(|schema| self.xml_of(schema, Some(name)));
                node.map(Written::Xml).or_else(|| is_single.then_some(Written::Text))
            }
            Medium::Text if kinds.is_composite() => {
                self.undefined(
                    &media.place,
                    format!("`{}` has no text for lists and objects", media.name),
                    "they are JSON text",
                );
                Some(Written::Text)
            }
            Medium::Text => Some(Written::Text),
            Medium::Multipart | Medium::Items(_) | Medium::Events | Medium::Bytes | Medium::Range => {
                is_single.then_some(Written::Text)
            }
        }
    }

    /// The text of the one value that a schema allows.
    fn single_value(&self, place: &Pointer) -> Option<String> {
        let schema = self.end_of_chain(self.document.schemas.get(place)?);
        match schema.enumeration.as_slice() {
            [only] if schema.words.extensible.is_empty() => only.scalar_text(),
            _ => None,
        }
    }
}
