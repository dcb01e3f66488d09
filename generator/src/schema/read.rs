//! A tree to a [`Schema`], keyword by keyword.

use indexmap::{IndexMap, IndexSet};

use super::applied::after_prefix;
use super::distribute::distributed;
use super::keywords::{Keyword, classify};
use super::spelling;
use super::{Admits, Content, Discriminator, JsonType, Reference, Schema, Schemas, TypeSet, Version, Words};
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
    let mut reader = Reader { tree, version, targets: Vec::new(), diags };
    let mut wanted = roots;
    while !wanted.is_empty() {
        let is_new = |pointer: &Pointer| !schemas.by_pointer.contains_key(pointer);
        let fresh: IndexSet<Pointer> = wanted.drain(..).filter(is_new).collect();
        // A schema is large, and so is what is reserved for others.
        schemas.by_pointer.reserve_exact(fresh.len());
        for pointer in fresh {
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
    tree: &'a Tree,
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
        let (types, implied) = (self.types(map, &pointer), implied_format(map));
        let mut schema = Schema {
            reference: self.reference(map, &pointer),
            types,
            format: implied.map(str::to_owned).or_else(|| self.text(map, "format", &pointer)),
            content: self.content(map, &pointer).into(),
            title: self.text(map, "title", &pointer),
            description: self.text(map, "description", &pointer),
            properties: self.properties(map, &pointer).into(),
            required: self.required(map, &pointer).into(),
            additional: self.additional(map, &pointer),
            conditional: self.conditional(map, &pointer).into(),
            patterns: self.patterns(map, &pointer).into(),
            words: words(map).into(),
            prefix: self.prefix(map, &pointer).into(),
            items: self.items(map, &pointer),
            after_prefix: after_prefix(map),
            enumeration: self.enumeration(map, &pointer).into(),
            restrictions: restriction::read(map, &pointer, self.version, self.diags),
            all_of: self.list(map, "allOf", &pointer).into(),
            one_of: self.list(map, "oneOf", &pointer).into(),
            any_of: self.list(map, "anyOf", &pointer).into(),
            discriminator: self.discriminator(map, &pointer).map(Box::new),
            default: map.get("default").filter(|value| **value != Tree::Null).cloned().map(Box::new),
            read_only: self.flag(map, "readOnly", &pointer),
            write_only: self.flag(map, "writeOnly", &pointer),
            deprecated: self.flag(map, "deprecated", &pointer),
            xml: xml::read(map, &pointer, self.diags).into(),
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

    fn content(&mut self, map: &Map, pointer: &Pointer) -> Content {
        let schema = map.get("contentSchema");
        Content {
            media_type: self.text(map, "contentMediaType", pointer),
            encoding: self.text(map, "contentEncoding", pointer),
            schema: schema.map(|schema| Box::new(self.schema(schema, pointer.child("contentSchema")))),
        }
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

    fn one_type(&mut self, types: &mut TypeSet, name: &Tree, place: &Pointer) {
        let known = name.as_str().map(|name| (JsonType::from_name(name), spelling::meant(name)));
        match (name, known) {
            // `type: [string, null]`, with null unquoted, can mean nothing else.
            (Tree::Null, _) => types.insert(JsonType::Null),
            (_, Some((Some(ty), _))) => types.insert(ty),
            (_, Some((None, Some(meant)))) => {
                meant.ty.into_iter().for_each(|ty| types.insert(ty));
                let message = format!("`{}` is no JSON type", name.as_str().unwrap_or_default());
                self.spelling(place, &message, &meant.words());
            }
            (_, Some((None, None)) | None) => self
                .diags
                .error(Code::MalformedSchema, place)
                .message(match name.scalar_text() {
                    Some(text) => format!("`{text}` is no JSON type"),
                    None => format!("a JSON type is wanted here, and this is {}", name.kind()),
                })
                .help("write one of null, boolean, integer, number, string, array, object"),
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
        let keyword = if map.contains_key("$ref") { "$ref" } else { "$dynamicRef" };
        let place = pointer.child(keyword);
        let text = match map.get(keyword)? {
            Tree::String(text) => text.clone(),
            Tree::Null => return None,
            other => {
                self.malformed(&place, other, "a reference");
                return None;
            }
        };
        Some(match Pointer::from_reference(&text) {
            Some(target) if self.tree.at(&target).is_none() && !self.diags.is_of_overlay(&place) => {
                self.dangling(&target, &place);
                return None;
            }
            Some(target) => {
                self.targets.push(target.clone());
                Reference::Local(target)
            }
            None => Reference::External(text.into()),
        })
    }

    /// What an overlay has put there is an error: whoever wrote it can mend it.
    fn dangling(&mut self, target: &Pointer, place: &Pointer) {
        self.diags
            .warn(Code::DanglingReference, place)
            .message(format!("the document has nothing at `{target}`"))
            .help("the client has a JSON value here; correct the pointer or add what it points to");
    }

    fn properties(&mut self, map: &Map, pointer: &Pointer) -> IndexMap<String, Schema> {
        let place = pointer.child("properties");
        match map.get("properties") {
            None => IndexMap::new(),
            Some(Tree::Map(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.to_string(), self.schema(schema, place.child(name))))
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
            Some(Tree::List(names)) => {
                let names = names.iter().enumerate();
                names.filter_map(|(at, name)| self.required_name(name, &place.index(at))).collect()
            }
            Some(other) => {
                self.ignored(&place, other, "a sequence of member names");
                Vec::new()
            }
        }
    }

    fn required_name(&mut self, name: &Tree, place: &Pointer) -> Option<String> {
        let text = name.scalar_text();
        if text.is_none() {
            self.ignored(place, name, "the name of a member");
        }
        text
    }

    fn ignored(&mut self, place: &Pointer, found: &Tree, wanted: &str) {
        self.diags
            .warn(Code::IgnoredValue, place)
            .message(format!("{wanted} is wanted here, and this is {}", found.kind()))
            .help("it is ignored; correct it or take it out");
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
            return Some(Discriminator {
                property: property.to_string(),
                mapping: IndexMap::new(),
                default: None,
            });
        }
        let Some(property) = tree.get("propertyName").and_then(Tree::as_str) else {
            self.ignored(&place, tree, "an object with `propertyName`");
            return None;
        };
        let default = tree.get("defaultMapping").and_then(|target| match target {
            Tree::String(target) => Some(target.to_string()),
            other => {
                self.ignored(&place.child("defaultMapping"), other, "a reference");
                None
            }
        });
        let mut mapping = IndexMap::new();
        for (value, target) in tree.get("mapping").and_then(Tree::as_map).into_iter().flatten() {
            match target {
                Tree::String(target) => _ = mapping.insert(value.to_string(), target.to_string()),
                other => self.ignored(&place.child("mapping").child(value), other, "a reference"),
            }
        }
        Some(Discriminator { property: property.to_owned(), mapping, default })
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

/// The format that a type other than JSON's is meant to have; of files it goes before what is said.
fn implied_format(map: &Map) -> Option<&'static str> {
    let types = map.get("type")?;
    let mut names = types.as_list().unwrap_or(std::slice::from_ref(types)).iter().filter_map(Tree::as_str);
    let format =
        names.find_map(|name| spelling::meant(name).filter(|_| JsonType::from_name(name).is_none())?.format);
    format.filter(|format| *format == "binary" || !map.contains_key("format"))
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
