//! OpenAPI to [`Api`]: decides what a document means for a client.
//!
//! Every component is declared first and defined then, so recursion needs no care. An operation is whole in the result or
//! absent with a diagnostic; types that only a left-out operation would use are not left behind.

mod body;
mod choice;
mod content;
mod encoding;
mod event;
mod filter;
mod flows;
mod form;
mod header;
mod json_api;
mod link;
mod media;
mod medium;
mod merge_patch;
mod multipart;
mod operation;
mod paging;
mod parameter;
mod path_query;
mod pattern;
mod positional;
mod response;
mod rule;
mod schema;
mod security;
mod sending;
mod server;
mod style;
mod tag;
mod webhook;
mod xml;
mod xml_name;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diag::{Code, Diagnostics};
use crate::dialect::Document;
use crate::model::{
    Api, Docs, Foreign, Info, JsonKind, LeftOut, Origin, Presence, Shape, Type, TypeChoices, TypeDef, TypeId,
    Untyped,
};
use crate::resolve;
use crate::schema::{JsonType, Schema};
use crate::source::Pointer;
use crate::words::Words;

/// Lowers a checked document into the model.
///
/// `words` are what the document says beyond OpenAPI, `choices` whose types stand for single values and for schemas. What cannot be
/// expressed is reported and becomes a JSON value, or leaves its operation out.
pub fn lower(document: &Document, words: &Words, choices: &TypeChoices, diags: &mut Diagnostics) -> Api {
    let mut lowering = Lowering {
        document,
        words,
        choices,
        foreign: Vec::new(),
        resources: json_api::Resources::default(),
        families: schema::Families::default(),
        chains: resolve::Chains::new(&document.schemas, schema::allows_null),
        types: Vec::new(),
        by_pointer: IndexMap::new(),
        flattening: Vec::new(),
        taken_apart: BTreeSet::new(),
        left_out: Vec::new(),
        xml: xml::Nodes::default(),
        diags,
    };
    lowering.families = schema::Families::new(document, |schema| lowering.end_of_chain(schema));
    let shell = &document.shell;
    let schemes = lowering.schemes();
    lowering.declare_resources();
    lowering.components();
    lowering.define_resources();
    let operations = lowering.operations(&schemes);
    lowering.allow_removal(&operations);
    let servers = lowering.servers(&operations);
    let webhooks = lowering.webhooks();
    let callbacks = lowering.callbacks(&operations);
    let links = lowering.links(&operations);
    lowering.settle_defaults();
    lowering.report_lost_defaults();
    let rules = lowering.rules(&operations);
    let same = lowering.same();
    lowering.report_circular_names();
    lowering.report_prefixes();
    let tags = tag::tags(&shell.tags, lowering.diags);
    lowering.types.shrink_to_fit();
    Api {
        info: Info {
            title: shell.info.title.clone(),
            version: shell.info.version.clone(),
            description: shell.info.description.clone(),
        },
        servers,
        schemes,
        foreign: lowering.foreign,
        libraries: choices.libraries,
        tags,
        operations,
        webhooks,
        callbacks,
        links,
        xml: lowering.xml.into_all(),
        rules,
        left_out: lowering.left_out,
        is_selection: false,
        same,
        taken_apart: lowering.taken_apart,
        types: lowering.types,
    }
}

struct Lowering<'d> {
    document: &'d Document,
    words: &'d Words,
    choices: &'d TypeChoices,
    /// See [`Api::foreign`].
    foreign: Vec<Foreign>,
    resources: json_api::Resources<'d>,
    /// Which components have which others in their `allOf`.
    families: schema::Families<'d>,
    chains: resolve::Chains<'d>,
    types: Vec<TypeDef>,
    /// The definitions so far, by the place of their schema.
    by_pointer: IndexMap<Pointer, TypeId>,
    /// The schemas whose members are being taken over into another (`allOf`), to find circles.
    flattening: Vec<Pointer>,
    /// See [`Api::taken_apart`].
    taken_apart: BTreeSet<TypeId>,
    left_out: Vec<LeftOut>,
    xml: xml::Nodes,
    diags: &'d mut Diagnostics,
}

/// Whether a name has been followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    No,
    Now,
    Before,
}

/// How far types and nodes had come; see [`Lowering::roll_back`].
struct Checkpoint {
    types: usize,
    xml: usize,
}

impl Lowering<'_> {
    fn components(&mut self) {
        let schemas = &self.document.schemas;
        let is_own = |(_, schema): &(String, &Schema)| {
            !self.by_pointer.contains_key(&schema.pointer) && !self.is_structure(schema)
        };
        let own: Vec<_> = schemas.components().filter(is_own).collect();
        for (name, schema) in &own {
            self.declare(&schema.pointer, Origin::Component(name.clone()));
        }
        for (name, schema) in &own {
            if let Some(id) = self.by_pointer.get(&schema.pointer).copied() {
                self.define(id, schema, &schema::Here::component(name));
                if self.is_error_document(name) {
                    self.empty_unless_there(id);
                }
            }
        }
    }

    /// Whether the component is the error document of the API, or the same by another name.
    fn is_error_document(&self, name: &String) -> bool {
        let client = &self.words.client;
        let Some(document) = &client.error_document else { return false };
        let same = client.same_schema.iter().find(|set| set.contains(document));
        document == name || same.is_some_and(|set| set.contains(name))
    }

    /// The components that are said to be the same.
    fn same(&self) -> Vec<Vec<TypeId>> {
        let id = |name: &String| self.by_pointer.get(&component_place(name)).copied();
        self.words.client.same_schema.iter().map(|set| set.iter().filter_map(id).collect()).collect()
    }

    /// The lists of an error document are empty where an answer has none, so that its fields are at hand whatever came.
    fn empty_unless_there(&mut self, id: TypeId) {
        let shape = self.types.get_mut(id.index()).map(|definition| &mut definition.shape);
        if let Some(Shape::Object(object)) = shape {
            for member in object.members.iter_mut().filter(|member| matches!(member.ty, Type::List(_))) {
                member.presence = Presence::Defaulted;
            }
        }
    }

    /// Reports names that stand for nothing but each other, by way of an `allOf`, `oneOf` or `anyOf` of one.
    fn report_circular_names(&mut self) {
        let next = |id: TypeId| match self.types.get(id.index()).map(|definition| &definition.shape) {
            Some(Shape::Alias(Type::Named(next))) => Some(*next),
            Some(
                Shape::Alias(_) | Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Id(_),
            )
            | None => None,
        };
        let mut state = vec![Seen::No; self.types.len()];
        let mut circular = Vec::new();
        for start in 0..self.types.len() {
            let mut way = Vec::new();
            let mut current = Some(TypeId::at(start));
            while let Some(id) = current.filter(|id| state[id.index()] == Seen::No) {
                state[id.index()] = Seen::Now;
                way.push(id);
                current = next(id);
            }
            if let Some(id) = current.filter(|id| state[id.index()] == Seen::Now) {
                circular.push(id);
            }
            for id in way {
                state[id.index()] = Seen::Before;
            }
        }
        for id in circular {
            let place = self.types[id.index()].pointer.clone();
            self.diags
                .error(Code::ReferenceCycle, &place)
                .message("this leads back to itself, so it stands for no shape")
                .help("give one of the schemas in the circle a shape of its own");
        }
    }

    fn declare(&mut self, place: &Pointer, origin: Origin) -> TypeId {
        let id = TypeId::at(self.types.len());
        self.types.push(TypeDef {
            pointer: place.clone(),
            origin,
            wanted_name: None,
            docs: Docs::default(),
            shape: Shape::Alias(Type::Json(Untyped::Anything)),
        });
        self.by_pointer.insert(place.clone(), id);
        id
    }

    fn checkpoint(&self) -> Checkpoint {
        Checkpoint { types: self.types.len(), xml: self.xml.len() }
    }

    /// Forgets the types declared since `checkpoint`.
    fn roll_back(&mut self, checkpoint: &Checkpoint) {
        self.types.truncate(checkpoint.types);
        self.xml.truncate(checkpoint.xml);
        self.by_pointer.retain(|_, id| id.index() < checkpoint.types);
    }
}

/// The model's word for a JSON type.
pub(crate) fn json_kind(ty: JsonType) -> JsonKind {
    match ty {
        JsonType::Null => JsonKind::Null,
        JsonType::Boolean => JsonKind::Boolean,
        JsonType::Integer => JsonKind::Integer,
        JsonType::Number => JsonKind::Number,
        JsonType::String => JsonKind::String,
        JsonType::Array => JsonKind::Array,
        JsonType::Object => JsonKind::Object,
    }
}

fn component_place(name: &str) -> Pointer {
    Pointer::root().child("components").child("schemas").child(name)
}
