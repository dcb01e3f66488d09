//! Parameters of bodies, as they are and field by field, to request bodies.

use super::parameter::{Location, Written};
use super::{Upgrade, is_extension, texts};
use crate::diag::Code;
use crate::source::{Map, Pointer, Tree};

const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter with its place.
pub(super) type Placed<'t> = (&'t Tree, Pointer);

/// What the body of an operation is described by.
#[derive(Debug, Default)]
pub(super) struct Parts<'t> {
    pub(super) bodies: Vec<Placed<'t>>,
    pub(super) fields: Vec<Placed<'t>>,
}

impl<'t> Parts<'t> {
    /// Adds a parameter, which takes the place of one of the same name.
    pub(super) fn add(&mut self, location: Location, parameter: Placed<'t>) {
        let name = |placed: &Placed<'t>| placed.0.get("name").and_then(Tree::scalar_text);
        match location {
            Location::Body => self.bodies.push(parameter),
            Location::Form => {
                self.fields.retain(|known| name(known) != name(&parameter));
                self.fields.push(parameter);
            }
            Location::Other => {}
        }
    }
}

impl<'a> Upgrade<'a> {
    /// The request body at `to` of an operation at `from`.
    pub(super) fn request_body(
        &mut self,
        parts: &Parts<'a>,
        consumes: Option<&'a Tree>,
        from: &Pointer,
        to: &Pointer,
    ) -> Option<Tree> {
        let too_many = match (parts.bodies.as_slice(), parts.fields.as_slice()) {
            ([], []) => return None,
            ([], _) => return Some(self.form(&parts.fields, consumes, from, to)),
            ([_], fields) => fields.first(),
            ([_, second, ..], _) => Some(second),
        };
        if let Some((_, place)) = too_many {
            self.diags
                .error(Code::MalformedObject, place)
                .message("an operation has one body: this is described beside another")
                .help("nothing is generated; take one of them out");
        }
        let (body, place) = parts.bodies.first()?;
        Some(self.body(body, place, consumes, to))
    }

    fn body(&mut self, tree: &Tree, from: &Pointer, consumes: Option<&Tree>, to: &Pointer) -> Tree {
        self.mark(from, to);
        let mut body = Map::new();
        let kept = |key: &str| matches!(key, "description" | "required") || is_extension(key);
        for (key, value) in tree.as_map().into_iter().flatten().filter(|(key, _)| kept(key)) {
            body.insert(key.clone(), value.clone());
        }
        let mut media_types = texts(consumes);
        if media_types.is_empty() {
            self.no_media_type(from, "consumes");
            media_types.push("application/json");
        }
        let mut content = Map::new();
        for media_type in media_types {
            let mut media = Map::new();
            if let Some(schema) = tree.get("schema") {
                let to = to.child("content").child(media_type).child("schema");
                let schema = self.schema(schema, &from.child("schema"), &to);
                self.moved(&from.child("schema"), &to);
                media.insert("schema".to_owned(), schema);
            }
            content.insert(media_type.to_owned(), Tree::from(media));
        }
        body.insert("content".to_owned(), Tree::from(content));
        Tree::from(body)
    }

    fn form(
        &mut self,
        fields: &[Placed<'a>],
        consumes: Option<&'a Tree>,
        from: &Pointer,
        to: &Pointer,
    ) -> Tree {
        self.mark(&from.child("parameters"), to);
        let is_required =
            |field: &Placed<'_>| field.0.get("required").and_then(Tree::as_bool).unwrap_or_default();
        let mut content = Map::new();
        for media_type in self.form_types(fields, consumes, from) {
            let media_type = media_type.to_owned();
            let at = to.child("content").child(&media_type);
            let (mut properties, mut encoding) = (Map::new(), Map::new());
            for field @ (tree, place) in fields {
                let (Some(map), Some(name)) = (tree.as_map(), tree.get("name").and_then(Tree::scalar_text))
                else {
                    continue;
                };
                let to = at.child("schema").child("properties").child(&name);
                properties.insert(name.clone(), self.field(map, field, &to));
                if let Some(written) = self.encoding(map, place, &media_type) {
                    self.mark(place, &at.child("encoding").child(&name));
                    encoding.insert(name, written);
                }
            }
            let required = fields.iter().filter(|field| is_required(field));
            let required: Vec<Tree> =
                required.filter_map(|(tree, _)| tree.get("name")?.scalar_text()).map(Tree::from).collect();
            let mut schema = Map::from_iter([("type".to_owned(), Tree::from("object"))]);
            schema.insert("properties".to_owned(), Tree::from(properties));
            if !required.is_empty() {
                schema.insert("required".to_owned(), Tree::List(required));
            }
            let mut media = Map::from_iter([("schema".to_owned(), Tree::from(schema))]);
            if !encoding.is_empty() {
                media.insert("encoding".to_owned(), Tree::from(encoding));
            }
            content.insert(media_type, Tree::from(media));
        }
        let mut body = Map::from_iter([("content".to_owned(), Tree::from(content))]);
        body.insert("required".to_owned(), Tree::Bool(fields.iter().any(is_required)));
        Tree::from(body)
    }

    /// The schema of a field, with the words about it.
    fn field(&mut self, map: &Map, (_, from): &Placed<'a>, to: &Pointer) -> Tree {
        let mut schema = self.value_schema(map, from, to);
        if let Tree::Map(schema) = &mut schema {
            for (key, value) in map.iter().filter(|(key, _)| *key == "description" || is_extension(key)) {
                schema.get_or_insert(key.clone(), || value.clone());
            }
            schema.remove("x-nullable");
        }
        schema
    }

    /// Swagger 2.0, Parameter Object, `collectionFormat`: the items of a list are separated in either form, unless it says `multi`.
    fn encoding(&mut self, map: &Map, from: &Pointer, media_type: &str) -> Option<Tree> {
        if map.get("type").and_then(Tree::as_str) != Some("array") {
            return None;
        }
        let (style, explode) = match (media_type, self.written(map, from)) {
            (MULTIPART, Written::Repeated) => return None,
            (_, Written::Repeated) => ("form", true),
            (_, Written::Commas) => ("form", false),
            (_, Written::Blanks) => ("spaceDelimited", false),
            (_, Written::Pipes) => ("pipeDelimited", false),
            (_, Written::Otherwise) => {
                self.with_commas(from);
                ("form", false)
            }
        };
        let style = ("style".to_owned(), Tree::from(style));
        Some(Tree::from_iter([style, ("explode".to_owned(), Tree::Bool(explode))]))
    }

    /// Of what the operation consumes, that which has fields; a file is a part.
    fn form_types(
        &mut self,
        fields: &[Placed<'a>],
        consumes: Option<&'a Tree>,
        from: &Pointer,
    ) -> Vec<&'a str> {
        let has_file = fields.iter().any(|(tree, _)| tree.get("type").and_then(Tree::as_str) == Some("file"));
        let said = texts(consumes);
        let essence =
            |media_type: &str| media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_form = |media_type: &&str| match essence(media_type).as_str() {
            MULTIPART => true,
            URL_ENCODED => !has_file,
            _ => false,
        };
        let forms: Vec<&str> = said.iter().copied().filter(is_form).collect();
        if !forms.is_empty() {
            return forms;
        }
        let taken = if has_file { MULTIPART } else { URL_ENCODED };
        if !said.is_empty() {
            self.diags
                .note(Code::AssumedMediaType, &from.child("parameters"))
                .message("the operation has fields of a form, and consumes no media type that has any")
                .help(format!("the client sends `{taken}`"));
        }
        vec![taken]
    }

    pub(super) fn no_media_type(&mut self, place: &Pointer, what: &str) {
        self.diags
            .note(Code::AssumedMediaType, place)
            .message(format!("neither the operation nor the document says `{what}`"))
            .help("the client takes it for `application/json`");
    }
}
