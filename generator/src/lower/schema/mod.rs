//! What a schema means: one flat dispatch, a room for each kind.

mod all_of;
mod default;
mod enumeration;
mod family;
mod format;
mod here;
mod narrow;
mod object;
mod tuple;
mod union;

pub(in crate::lower) use enumeration::constant;
pub(in crate::lower) use family::Families;
pub(in crate::lower) use here::Here;

use crate::diag::Code;
use crate::model::{
    Docs, Foreign, ForeignId, Id, MembersBy, Object, Origin, Scalar, Shape, Step, Type, TypeId, Untyped,
    Values,
};
use crate::schema::{Additional, JsonType, Schema};
use crate::source::{Pointer, to_json};

use super::{Lowering, component_place, rule};

/// A lowered schema as it is used.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Typed {
    pub(super) ty: Type,
    pub(super) nullable: bool,
    pub(super) constant: Option<String>,
}

/// What a schema lowers to, before it is known whether it has a name.
enum Lowered {
    /// Something that needs a definition.
    Definition(Shape),
    /// A type that can be used as it is.
    Use(Type),
}

impl Typed {
    fn new(ty: Type) -> Self {
        Self { ty, nullable: false, constant: None }
    }

    /// The type with null inside it, for places that have no other way to say so.
    pub(super) fn into_type(self) -> Type {
        if self.nullable { Type::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}

impl<'d> Lowering<'d> {
    /// Gives the declared `id` its shape and words.
    pub(super) fn define(&mut self, id: TypeId, schema: &'d Schema, here: &Here) {
        let shape = match self.lowered(schema, here) {
            Lowered::Definition(shape) => shape,
            Lowered::Use(ty) => Shape::Alias(ty),
        };
        if let Some(definition) = self.types.get_mut(id.index()) {
            definition.shape = shape;
            definition.docs = docs(schema);
            definition.wanted_name.clone_from(&schema.words.name);
        }
    }

    /// The object that `schema` describes, itself or by another name, without a type being made for it.
    pub(in crate::lower) fn object_of(&mut self, schema: &'d Schema, here: &Here) -> Option<Object> {
        let end = self.end_of_chain(schema);
        let known = self.by_pointer.get(&end.pointer).and_then(|id| self.types.get(id.index()));
        let mut shape = match known.map(|known| known.shape.clone()) {
            Some(shape) => shape,
            None => match self.lowered(end, here) {
                Lowered::Definition(shape) => shape,
                Lowered::Use(ty) => Shape::Alias(ty),
            },
        };
        // A circle of names is reported elsewhere.
        for _ in 0..=self.types.len() {
            shape = match shape {
                Shape::Object(object) => return Some(object).filter(|object| object.by == MembersBy::Name),
                Shape::Alias(Type::Named(id)) => self.types.get(id.index())?.shape.clone(),
                Shape::Alias(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Id(_) => return None,
            };
        }
        None
    }

    /// The type of the schema at `pointer`, or none if there is no schema.
    pub(super) fn schema_at(&mut self, pointer: &Pointer, here: &Here) -> Option<Typed> {
        let schemas = &self.document.schemas;
        schemas.get(pointer).map(|schema| self.typed(schema, here))
    }

    /// The type of `schema` where it is used; an inline object, enumeration or union gets a definition.
    pub(super) fn typed(&mut self, schema: &'d Schema, here: &Here) -> Typed {
        if let Some(ty) = self.replaced(schema) {
            return Typed { nullable: allows_null(schema), ..Typed::new(ty) };
        }
        if let Some(ty) = self.structure(schema) {
            return Typed { nullable: allows_null(schema), ..Typed::new(ty) };
        }
        if let Some(target) = self.target(schema) {
            self.report_siblings(schema);
            return self.referred(schema, target);
        }
        if let Some(only) = all_of::wrapped(schema) {
            let mut typed = self.typed(only, here);
            typed.nullable |= schema.is_nullable() || all_of::has_null(schema);
            return typed;
        }
        let constant = enumeration::constant(schema);
        if constant.is_some() {
            self.diags
                .note(Code::SingleValueEnum, &schema.pointer)
                .message("only one value is allowed here")
                .help("where it is required it is sent by itself; on reading any text is accepted");
        }
        let nullable = allows_null(schema);
        let ty = match self.lowered(schema, here) {
            Lowered::Use(ty) => ty,
            Lowered::Definition(shape) => Type::Named(self.hoist(schema, here, shape)),
        };
        Typed { ty, nullable, constant }
    }

    fn hoist(&mut self, schema: &Schema, here: &Here, shape: Shape) -> TypeId {
        let id = self.by_pointer.get(&schema.pointer).copied();
        let id = id.unwrap_or_else(|| self.declare(&schema.pointer, here.origin()));
        if let Some(definition) = self.types.get_mut(id.index()) {
            definition.shape = shape;
            definition.docs = docs(schema);
            definition.wanted_name.clone_from(&schema.words.name);
        }
        id
    }

    /// JSON Schema 2020-12, section 8.2.3.1: what stands beside a `$ref` holds too. It only narrows, so the type can do without.
    fn report_siblings(&mut self, schema: &Schema) {
        if !is_bare(schema) || !schema.all_of.is_empty() {
            self.diags
                .warn(Code::KeywordNotEnforced, &schema.pointer)
                .message("what stands beside this `$ref` narrows it further")
                .help("the client has the type that is referred to; put both into an `allOf` to have one of the two together");
        }
    }

    /// The type behind a `$ref`. Null is allowed if either side says so.
    fn referred(&mut self, schema: &Schema, target: &'d Schema) -> Typed {
        let is_component = target.pointer.parent().as_ref() == component_place("x").parent().as_ref();
        let mut typed = if let Some(id) = self.by_pointer.get(&target.pointer) {
            Typed::new(Type::Named(*id))
        } else if let (false, Some(here)) = (is_component, Here::at(&target.pointer)) {
            let id = self.declare(&target.pointer, here.origin());
            self.define(id, target, &here);
            Typed::new(Type::Named(id))
        } else {
            self.unsupported(&schema.pointer, "this `$ref` points to a schema that is no component");
            Typed::new(Type::Json(Untyped::Unsupported))
        };
        typed.nullable = schema.is_nullable() || self.chains.end(target).holds;
        typed
    }

    /// The schema a `$ref` points to. `resolve` has made sure that there is one, and that no chain is a circle.
    fn target(&self, schema: &Schema) -> Option<&'d Schema> {
        self.chains.target(schema)
    }

    /// What `schema` stands for in the end: itself, or what its chain of `$ref`s leads to.
    pub(super) fn end_of_chain(&self, schema: &'d Schema) -> &'d Schema {
        self.target(schema).map_or(schema, |target| self.chains.end(target).schema)
    }

    /// The type of the user's own that stands for `schema`.
    fn replaced(&mut self, schema: &Schema) -> Option<Type> {
        let wanted = self.choices.replaced.get(&schema.pointer)?;
        let is_it = |known: &Foreign| known.path == wanted.path && known.kind == wanted.kind;
        let at = self.foreign.iter().position(is_it).unwrap_or_else(|| {
            self.foreign.push(wanted.clone());
            self.foreign.len() - 1
        });
        Some(Type::Foreign(ForeignId::at(at)))
    }

    fn lowered(&mut self, schema: &'d Schema, here: &Here) -> Lowered {
        if let Some(ty) = self.replaced(schema) {
            return Lowered::Use(ty);
        }
        if let Some(target) = self.target(schema) {
            return Lowered::Use(self.referred(schema, target).ty);
        }
        if schema.is_false() {
            self.unsupported(&schema.pointer, "no value fits here, says `false`");
            return Lowered::Use(Type::Json(Untyped::Unsupported));
        }
        if !schema.enumeration.is_empty() || !schema.words.extensible.is_empty() {
            return self.enumeration(schema, here);
        }
        if let Some(family) = self.family(schema, here) {
            return family;
        }
        if !schema.all_of.is_empty() {
            return self.all_of(schema, here);
        }
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() {
            return self.union(schema, here);
        }
        match schema.types.single() {
            Some(ty) => self.of_type(ty, schema, here),
            None if schema.is_binary() => Lowered::Use(Type::Scalar(Scalar::Binary)),
            None if !schema.types.without_null().is_empty() => self.several_types(schema.types, schema, here),
            None if !schema.properties.is_empty() || schema.has_conditional_members() => {
                self.object(schema, here)
            }
            None if schema.items.is_some() || !schema.prefix.is_empty() => self.array(schema, here),
            None => self.untyped(schema, Untyped::Anything),
        }
    }

    fn of_type(&mut self, ty: JsonType, schema: &'d Schema, here: &Here) -> Lowered {
        match ty {
            JsonType::Object => self.object(schema, here),
            JsonType::Array => self.array(schema, here),
            JsonType::String => self.string(schema),
            JsonType::Integer => Lowered::Use(Type::Scalar(self.integer(schema))),
            JsonType::Number => Lowered::Use(Type::Scalar(self.number(schema))),
            JsonType::Boolean => Lowered::Use(Type::Scalar(Scalar::Boolean)),
            JsonType::Null => self.untyped(schema, Untyped::Anything),
        }
    }

    /// Text; an id of a kind of its own, if the document says so.
    fn string(&mut self, schema: &'d Schema) -> Lowered {
        let Some(name) = &schema.words.id else {
            return Lowered::Use(Type::Scalar(self.text(schema)));
        };
        Lowered::Use(Type::Named(self.id_called(name, schema)))
    }

    /// The id type of this name; one, however many schemas ask for it.
    fn id_called(&mut self, name: &str, schema: &Schema) -> TypeId {
        let origin = Origin::Id(name.to_owned());
        let known = self.types.iter().position(|definition| definition.origin == origin);
        if let Some(known) = known {
            return TypeId::at(known);
        }
        let id = self.declare(&schema.pointer.child("x-id"), origin);
        if let Some(definition) = self.types.get_mut(id.index()) {
            definition.shape = Shape::Id(Id::default());
            definition.docs.description =
                Some("An id, which is not taken for the id of something else.".to_owned());
        }
        id
    }

    fn array(&mut self, schema: &'d Schema, here: &Here) -> Lowered {
        if here.is_too_deep() {
            return self.too_deep(schema);
        }
        if !schema.prefix.is_empty() {
            return self.tuple(schema, here);
        }
        if let Some(items) = schema.items.as_deref().filter(|items| items.words.lenient) {
            self.report_lenient(items, "the items of a list can be read in one way only");
        }
        let item = match &schema.items {
            Some(items) => self.typed(items, &here.step(Step::Items)).into_type(),
            None => Type::Json(Untyped::Anything),
        };
        if schema.items.is_none() {
            self.report_untyped(schema, "the items of this array are not described");
        }
        Lowered::Use(Type::List(Box::new(item)))
    }

    fn too_deep(&mut self, schema: &Schema) -> Lowered {
        self.unsupported(&schema.pointer, "arrays and maps are nested deeper here than a type can be");
        Lowered::Use(Type::Json(Untyped::Unsupported))
    }

    fn untyped(&mut self, schema: &Schema, why: Untyped) -> Lowered {
        self.report_untyped(
            schema,
            match why {
                Untyped::AnyObject => "this object's members are not described",
                Untyped::Anything | Untyped::Unsupported => "nothing is said about this value",
            },
        );
        Lowered::Use(Type::Json(why))
    }

    fn report_untyped(&mut self, schema: &Schema, message: &str) {
        self.diags
            .note(Code::UntypedValue, &schema.pointer)
            .message(message)
            .help("the client has a JSON value here");
    }

    fn unsupported(&mut self, place: &Pointer, message: &str) {
        self.diags
            .warn(Code::UnsupportedSchema, place)
            .message(message)
            .help("the client has a JSON value here, which can hold all that is allowed");
    }
}

/// Whether null is allowed by the schema itself, or by one of its alternatives.
pub(super) fn allows_null(schema: &Schema) -> bool {
    schema.is_nullable() || union::has_null(schema) || all_of::has_null(schema)
}

/// Whether a schema says nothing about shape besides its one `allOf`.
fn is_bare(schema: &Schema) -> bool {
    schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.enumeration.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
        && !schema.is_false()
        && !schema.has_conditional_members()
        && schema.items.is_none()
        && schema.prefix.is_empty()
        && matches!(schema.additional, Additional::Unspecified)
}

pub(super) fn docs(schema: &Schema) -> Docs {
    // With a `prefix` these are not all items.
    let items = schema.items.as_deref().filter(|_| schema.prefix.is_empty());
    let values = Values {
        restrictions: rule::restrictions(schema),
        of_items: items.map(rule::restrictions).unwrap_or_default(),
        default: default(schema),
    };
    Docs {
        summary: schema.title.clone(),
        description: schema.description.clone(),
        deprecated: schema.deprecated,
        values: (values != Values::default()).then(|| Box::new(values)),
    }
}

/// The text of `default`, if that is no secret.
pub(in crate::lower) fn default(schema: &Schema) -> Option<String> {
    let value = schema.default.as_ref().filter(|_| schema.format.as_deref() != Some("password"))?;
    Some(match value.scalar_text().filter(|text| !text.is_empty()) {
        Some(text) => text,
        None => to_json(value).lines().map(str::trim).collect(),
    })
}
