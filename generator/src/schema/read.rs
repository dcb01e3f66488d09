//! A tree to a [`Schema`], keyword by keyword.

use indexmap::IndexMap;

use super::applied::length;
use super::distribute::distributed;
use super::keywords::{Keyword, classify};
use super::{Admits, Discriminator, JsonType, Reference, Schema, Schemas, TypeSet, Version, Words};
use super::{restriction, xml};
use crate::diag::{Code, Diagnostics};

use crate::source::{Map, Pointer, Tree};

/// Reads the schemas at `roots`, and every schema that a `$ref` in one of them points to.
///
/// A `$ref` to nothing is left to `resolve`.
pub(crate) fn read_all(
    tree: &Tree,
    roots: Vec<Pointer>,
    version: Version,
    diags: &mut Diagnostics,
) -> Schemas {
    let mut schemas = Schemas::default();
    let mut reader = Reader { version, targets: Vec::new(), diags };
    let mut wanted = roots;
    while !wanted.is_empty() {
        for pointer in std::mem::take(&mut wanted) {
            if schemas.by_pointer.contains_key(&pointer) {
                continue;
            }
            if let Some(found) = tree.at(&pointer) {
                let schema = reader.schema(found, pointer.clone());
                schemas.by_pointer.insert(pointer, schema);
            }
        }
        wanted.append(&mut reader.targets);
    }
    schemas.distributed = distributed(&schemas);
    schemas
}

pub(super) struct Reader<'a> {
    version: Version,
    targets: Vec<Pointer>,
    pub(super) diags: &'a mut Diagnostics,
}

impl Reader<'_> {
    pub(super) fn schema(&mut self, tree: &Tree, pointer: Pointer) -> Schema {
        let map = match tree {
            Tree::Map(map) => map,
            Tree::Bool(true) => return Schema { pointer, ..Schema::default() },
            Tree::Bool(false) => {
                return Schema { pointer, admits: Admits::None, ..Schema::default() };
            }
            Tree::Null | Tree::Number(_) | Tree::String(_) | Tree::List(_) => {
                self.malformed(&pointer, tree, "a schema");
                return Schema { pointer, ..Schema::default() };
            }
        };
        self.classify_keywords(map, &pointer);
        let is_file = map.get("type").and_then(Tree::as_str) == Some("file");
        let types = if is_file { self.file(&pointer) } else { self.types(map, &pointer) };
        let mut schema = Schema {
            reference: self.reference(map, &pointer),
            types,
            format: if is_file { Some("binary".to_owned()) } else { self.text(map, "format", &pointer) },
            content_media_type: self.text(map, "contentMediaType", &pointer),
            content_encoding: self.text(map, "contentEncoding", &pointer),
            content_schema: map
                .get("contentSchema")
                .map(|content| Box::new(self.schema(content, pointer.child("contentSchema")))),
            title: self.text(map, "title", &pointer),
            description: self.text(map, "description", &pointer),
            properties: self.properties(map, &pointer),
            required: self.required(map, &pointer),
            additional: self.additional(map, &pointer),
            conditional: self.conditional(map, &pointer),
            patterns: self.patterns(map, &pointer),
            words: words(map),
            prefix: self.prefix(map, &pointer),
            items: self.items(map, &pointer),
            length: length(map),
            enumeration: self.enumeration(map, &pointer),
            restrictions: restriction::read(map, &pointer, self.version, self.diags),
            all_of: self.list(map, "allOf", &pointer),
            one_of: self.list(map, "oneOf", &pointer),
            any_of: self.list(map, "anyOf", &pointer),
            discriminator: self.discriminator(map, &pointer),
            default: map.get("default").filter(|value| **value != Tree::Null).cloned(),
            read_only: self.flag(map, "readOnly", &pointer),
            write_only: self.flag(map, "writeOnly", &pointer),
            deprecated: self.flag(map, "deprecated", &pointer),
            xml: xml::read(map, &pointer, self.diags),
            admits: Admits::Some,
            pointer,
        };
        if schema.enumeration.contains(&Tree::Null) {
            // OAS 3.0.4, Schema Object, `nullable`: null has to be allowed by `enum` too; that it stands there is taken at its word.
            schema.enumeration.retain(|value| *value != Tree::Null);
            schema.types.insert(JsonType::Null);
        }
        schema
    }

    fn classify_keywords(&mut self, map: &Map, pointer: &Pointer) {
        // Before 2020-12, `items` was a list and this the schema of the items behind.
        let is_old =
            |keyword: &str| keyword == "additionalItems" && matches!(map.get("items"), Some(Tree::List(_)));
        for keyword in map.keys().filter(|keyword| !is_old(keyword)) {
            match classify(keyword) {
                Keyword::Read | Keyword::Extension => {}
                Keyword::Restriction => self.restriction(keyword, &pointer.child(keyword)),
                Keyword::Unknown => self
                    .diags
                    .warn(Code::UnknownKeyword, &pointer.child(keyword))
                    .message(format!("`{keyword}` is no keyword of a schema"))
                    .help("it is ignored; an extension has to start with `x-`"),
            }
        }
    }

    fn restriction(&mut self, keyword: &str, place: &Pointer) {
        let help = match keyword {
            "then" | "else" | "dependentSchemas" => "members that only stand here may be there or not",
            "$dynamicRef" => "it is read as a `$ref` to the anchor that is found from here",
            _ => "the value is sent and read as it is, and the server decides",
        };
        self.diags
            .note(Code::KeywordNotEnforced, place)
            .message(format!("`{keyword}` is not checked by the client"))
            .help(help);
    }

    fn types(&mut self, map: &Map, pointer: &Pointer) -> TypeSet {
        let mut types = TypeSet::default();
        let place = pointer.child("type");
        match map.get("type") {
            None | Some(Tree::Null) => {}
            Some(Tree::List(names)) => {
                for (index, name) in names.iter().enumerate() {
                    self.one_type(&mut types, name, &place.index(index));
                }
                if self.version == Version::V3_0 {
                    self.null_spelling(&place, "a list of types is not OpenAPI 3.0", "`nullable: true`");
                }
            }
            Some(name) => self.one_type(&mut types, name, &place),
        }
        if self.flag(map, "nullable", pointer) {
            types.insert(JsonType::Null);
            if self.version != Version::V3_0 {
                let place = pointer.child("nullable");
                self.null_spelling(&place, "`nullable` is not OpenAPI 3.1", "`null` in `type`");
            }
        }
        types
    }

    /// `type: file` is Swagger 2.0's.
    fn file(&mut self, pointer: &Pointer) -> TypeSet {
        self.spelling(
            &pointer.child("type"),
            "`file` is no JSON type in OpenAPI 3",
            "a string with `format: binary`",
        );
        let mut types = TypeSet::default();
        types.insert(JsonType::String);
        types
    }

    fn one_type(&mut self, types: &mut TypeSet, name: &Tree, place: &Pointer) {
        match name {
            // `type: [string, null]`, with null unquoted, can mean nothing else.
            Tree::Null => types.insert(JsonType::Null),
            _ => match name.as_str().and_then(JsonType::from_name) {
                Some(ty) => types.insert(ty),
                None if is_misspelt(name) => {
                    let instead = name.as_str().unwrap_or_default().to_lowercase();
                    types.insert(JsonType::from_name(&instead).unwrap_or(JsonType::String));
                    self.spelling(place, "JSON types are written in lower case", &format!("`{instead}`"));
                }
                None => self
                    .diags
                    .error(Code::MalformedSchema, place)
                    .message(match name.scalar_text() {
                        Some(text) => format!("`{text}` is no JSON type"),
                        None => format!("a JSON type is wanted here, and this is {}", name.kind()),
                    })
                    .help("write one of null, boolean, integer, number, string, array, object"),
            },
        }
    }

    pub(super) fn spelling(&mut self, place: &Pointer, what: &str, instead: &str) {
        self.diags.warn(Code::SchemaSpelling, place).message(what).help(format!("it is read as {instead}"));
    }

    fn null_spelling(&mut self, place: &Pointer, what: &str, instead: &str) {
        self.diags
            .note(Code::NullSpelling, place)
            .message(format!("{what}, but its meaning is clear"))
            .help(format!("it is read as {instead}"));
    }

    fn reference(&mut self, map: &Map, pointer: &Pointer) -> Option<Reference> {
        // Which of several anchors of that name is meant can change on the way here; the nearest is taken.
        let text = self.text(map, "$ref", pointer).or_else(|| self.text(map, "$dynamicRef", pointer))?;
        Some(match Pointer::from_reference(&text) {
            Some(target) => {
                self.targets.push(target.clone());
                Reference::Local(target)
            }
            None => Reference::External(text),
        })
    }

    fn properties(&mut self, map: &Map, pointer: &Pointer) -> IndexMap<String, Schema> {
        let place = pointer.child("properties");
        match map.get("properties") {
            None => IndexMap::new(),
            Some(Tree::Map(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), self.schema(schema, place.child(name))))
                .collect(),
            Some(other) => {
                self.malformed(&place, other, "a mapping of schemas");
                IndexMap::new()
            }
        }
    }

    fn required(&mut self, map: &Map, pointer: &Pointer) -> Vec<String> {
        let place = pointer.child("required");
        match map.get("required") {
            None => Vec::new(),
            // `required: true` on a property is Draft 3's; it restricts nothing since.
            Some(Tree::Bool(_)) => {
                self.diags
                    .warn(Code::UnknownKeyword, &place)
                    .message("`required` is a list of member names, not a flag")
                    .help("it is ignored; list the member in its object's `required`");
                Vec::new()
            }
            Some(Tree::List(names)) => names.iter().filter_map(Tree::scalar_text).collect(),
            Some(other) => {
                self.malformed(&place, other, "a sequence of member names");
                Vec::new()
            }
        }
    }

    fn enumeration(&mut self, map: &Map, pointer: &Pointer) -> Vec<Tree> {
        match (map.get("const"), map.get("enum")) {
            (Some(value), _) => vec![value.clone()],
            (None, None) => Vec::new(),
            (None, Some(Tree::List(values))) => values.clone(),
            (None, Some(other)) => {
                self.malformed(&pointer.child("enum"), other, "a sequence of values");
                Vec::new()
            }
        }
    }

    pub(super) fn list(&mut self, map: &Map, keyword: &str, pointer: &Pointer) -> Vec<Schema> {
        let place = pointer.child(keyword);
        match map.get(keyword) {
            None => Vec::new(),
            Some(Tree::List(schemas)) => schemas
                .iter()
                .enumerate()
                .map(|(index, schema)| self.schema(schema, place.index(index)))
                .collect(),
            Some(other) => {
                self.malformed(&place, other, "a sequence of schemas");
                Vec::new()
            }
        }
    }

    fn discriminator(&mut self, map: &Map, pointer: &Pointer) -> Option<Discriminator> {
        let tree = map.get("discriminator")?;
        let place = pointer.child("discriminator");
        if let Tree::String(property) = tree {
            self.spelling(&place, "the property is named below `propertyName`", "the name of that property");
            return Some(Discriminator { property: property.clone(), mapping: IndexMap::new() });
        }
        let Some(property) = tree.get("propertyName").and_then(Tree::as_str) else {
            self.malformed(&place, tree, "an object with `propertyName`");
            return None;
        };
        if tree.get("defaultMapping").is_some() {
            self.diags
                .warn(Code::NotGenerated, &place.child("defaultMapping"))
                .message("`defaultMapping` has no counterpart in the client yet")
                .help("a value that is of none of the alternatives is kept as JSON");
        }
        let mapping = tree
            .get("mapping")
            .and_then(Tree::as_map)
            .map(|mapping| {
                let entry =
                    |(value, target): (&String, &Tree)| Some((value.clone(), target.as_str()?.to_owned()));
                mapping.iter().filter_map(entry).collect()
            })
            .unwrap_or_default();
        Some(Discriminator { property: property.to_owned(), mapping })
    }

    fn text(&mut self, map: &Map, keyword: &str, pointer: &Pointer) -> Option<String> {
        let tree = map.get(keyword)?;
        let text = tree.scalar_text();
        if text.is_none() && *tree != Tree::Null {
            self.malformed(&pointer.child(keyword), tree, "a string");
        }
        text
    }

    fn flag(&mut self, map: &Map, keyword: &str, pointer: &Pointer) -> bool {
        match map.get(keyword) {
            None | Some(Tree::Null) => false,
            Some(Tree::Bool(value)) => *value,
            Some(other) => {
                self.malformed(&pointer.child(keyword), other, "a boolean");
                false
            }
        }
    }

    pub(super) fn malformed(&mut self, place: &Pointer, found: &Tree, wanted: &str) {
        self.diags
            .error(Code::MalformedSchema, place)
            .message(format!("{wanted} is wanted here, and this is {}", found.kind()))
            .help("mend the document; nothing is generated");
    }
}

/// Whether it is a JSON type but for its capitals.
fn is_misspelt(name: &Tree) -> bool {
    name.as_str().is_some_and(|name| JsonType::from_name(&name.to_lowercase()).is_some())
}

/// The `x-` words of a schema; [`crate::words`] reports those that are not what they should be.
fn words(map: &Map) -> Words {
    let text = |word: &str| map.get(word).and_then(Tree::as_str).map(str::to_owned);
    let texts = |word: &str| match map.get(word) {
        Some(Tree::List(values)) => values.iter().filter_map(Tree::scalar_text).collect(),
        Some(_) | None => Vec::new(),
    };
    Words {
        name: text("x-name"),
        id: text("x-id"),
        resource_type: text("x-resource-type"),
        any_resource: map.get("x-any-resource").and_then(Tree::as_bool).unwrap_or_default(),
        extensible: texts("x-extensible-enum"),
        lenient: map.contains_key("x-lenient"),
        rust_type: text("x-rust-type").or_else(|| {
            map.get("x-rust-type").and_then(|word| word.get("path")).and_then(Tree::as_str).map(str::to_owned)
        }),
    }
}
