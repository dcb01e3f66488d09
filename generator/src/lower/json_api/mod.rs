//! The JSON:API profile: resources, the documents they come in, and the bodies that create and change them
//! (<https://jsonapi.org/format/1.1/>).
//!
//! A resource type is known by the schema of its attributes (`x-resource-type`). Wherever a resource of the type stands, it
//! is one type in the client, with the relationships that any of the places declares.

mod attributes;
mod body;
mod structure;

pub(super) use body::Target;

use indexmap::{IndexMap, IndexSet};

use super::schema::Here;
use super::{Lowering, component_place};
use crate::diag::Code;
use crate::model::{
    Docs, EnumValues, Enumeration, Id, JsonApi, Member, MemberDirection, Membership, Object, Origin,
    Presence, Reading, ResourcePart, Shape, Tag, Type, TypeId, Union, Untyped, Variant, singular,
};
use crate::schema::{JsonType, Schema};
use crate::source::Pointer;
use crate::words::Profile;

/// What is known of the resources of a document.
#[derive(Debug, Default)]
pub(super) struct Resources<'d> {
    by_type: IndexMap<String, Resource<'d>>,
    by_attributes: IndexMap<Pointer, String>,
    /// The union of them all.
    any: Option<TypeId>,
}

/// A type of resources.
#[derive(Debug)]
pub(super) struct Resource<'d> {
    attributes: &'d Schema,
    /// The places in answers where such a resource stands.
    places: Vec<&'d Schema>,
    itself: TypeId,
    pub(super) id: TypeId,
    attributes_type: TypeId,
    relationships: Option<TypeId>,
    pub(super) field: TypeId,
    /// What one of them is called.
    thing: String,
}

impl<'d> Lowering<'d> {
    /// Finds the resource types and declares what each brings along; nothing without the profile.
    pub(super) fn declare_resources(&mut self) {
        if self.words.client.profile != Some(Profile::JsonApi) {
            return;
        }
        let document = self.document;
        for (place, schema) in document.schemas.iter() {
            let Some(resource) = &schema.words.resource_type else { continue };
            if self.resources.by_attributes.values().any(|known| known == resource) {
                self.diags
                    .error(Code::InvalidWord, &place.child("x-resource-type"))
                    .message(format!("another schema has the attributes of `{resource}` already"))
                    .help("a type of resources has its attributes in one schema");
                continue;
            }
            self.resources.by_attributes.insert(place.clone(), resource.clone());
        }
        let mut places = IndexMap::new();
        for (place, schema) in document.schemas.iter() {
            if !place.tokens().any(|token| token == "requestBody") {
                self.find_places(schema, &mut places);
            }
        }
        for (place, resource) in self.resources.by_attributes.clone() {
            if let Some(attributes) = document.schemas.get(&place) {
                let places = places.swap_remove(&resource).unwrap_or_default();
                self.declare_resource(&resource, attributes, places);
            }
        }
        if !self.resources.by_type.is_empty() {
            self.declare_any();
        }
    }

    fn declare_resource(&mut self, resource: &str, attributes: &'d Schema, places: Vec<&'d Schema>) {
        let thing = attributes.words.name.clone().unwrap_or_else(|| singular(resource));
        let own = attributes.pointer.child("x-resource-type");
        let relationships = self.relationships_place(&places, &own);
        let id_name = self.words.client.id_names.get(resource).cloned();
        let mut part = |part: ResourcePart, place: &Pointer| {
            let origin = Origin::Resource { resource: resource.to_owned(), thing: thing.clone(), part };
            self.declare(place, origin)
        };
        let known = Resource {
            attributes,
            itself: part(ResourcePart::Itself, &own),
            id: part(ResourcePart::Id, &own.child("id")),
            attributes_type: part(ResourcePart::Attributes, &attributes.pointer),
            relationships: relationships.map(|place| part(ResourcePart::Relationships, &place)),
            field: part(ResourcePart::Field, &own.child("fields")),
            places,
            thing: thing.clone(),
        };
        if let Some(id) = self.types.get_mut(known.id.index()) {
            id.wanted_name = id_name;
        }
        self.resources.by_type.insert(resource.to_owned(), known);
    }

    /// Where the relationships of a type of resources are described, if any place describes some: a component that is nothing else,
    /// or a place of our own.
    fn relationships_place(&self, places: &[&'d Schema], own: &Pointer) -> Option<Pointer> {
        let declared = |place: &&&'d Schema| {
            let declared = self.end_of_chain(place.properties.get("relationships")?);
            (!declared.properties.is_empty()).then_some(&declared.pointer)
        };
        let mut declared = places.iter().filter_map(|place| declared(&place));
        let first = declared.next()?;
        let is_free = component_at(first).is_some() && !self.by_pointer.contains_key(first);
        let is_only = declared.all(|place| place == first);
        Some(if is_free && is_only { first.clone() } else { own.child("relationships") })
    }

    fn find_places(&self, schema: &'d Schema, places: &mut IndexMap<String, Vec<&'d Schema>>) {
        if let Some(resource) = self.resource_of(schema) {
            places.entry(resource).or_default().push(schema);
        }
        for inner in schema.children() {
            self.find_places(inner, places);
        }
    }

    /// The union of all resources: the schema that says it is, or one of our own.
    fn declare_any(&mut self) {
        let marked = self.document.schemas.iter().find(|(_, schema)| schema.words.any_resource);
        let place = match marked {
            Some((place, _)) => place.clone(),
            None => Pointer::root().child("x-client").child("profile"),
        };
        let name = place.tokens().last().map(std::borrow::Cow::into_owned).filter(|_| marked.is_some());
        let origin = Origin::Component(name.unwrap_or_else(|| "any_resource".to_owned()));
        self.resources.any = Some(self.declare(&place, origin));
    }

    /// Gives the declared their shapes.
    pub(super) fn define_resources(&mut self) {
        let Some(any) = self.resources.any else { return };
        let names: Vec<String> = self.resources.by_type.keys().cloned().collect();
        for name in &names {
            self.define_resource(name);
        }
        let variants = self.resources.by_type.iter().map(|(name, known)| Variant {
            hint: known.thing.clone(),
            tags: vec![name.clone()],
            ty: Type::Named(known.itself),
        });
        let union = Union {
            variants: variants.collect(),
            tag: Tag::Member("type".to_owned()),
            membership: Membership::Offered,
            default: None,
        };
        let docs = described("A resource of any type.");
        self.set(any, Shape::Union(union), docs);
    }

    fn define_resource(&mut self, name: &str) {
        let Some(known) = self.resources.by_type.get(name) else { return };
        let (attributes, places) = (known.attributes, known.places.clone());
        let (itself, id, of_attributes) = (known.itself, known.id, known.attributes_type);
        let (of_relationships, field) = (known.relationships, known.field);
        self.set(
            id,
            Shape::Id(Id { resource: Some(name.to_owned()), special: Vec::new() }),
            described(&format!("The id of a resource of the type `{name}`.")),
        );
        let object = self.attributes(attributes);
        let relationships = self.relationships(&places);
        let members = object.members.iter().chain(&relationships);
        let fields = members.filter(|member| member.direction != MemberDirection::WriteOnly);
        // A relationship may be called as an attribute is, though the specification forbids it.
        let fields: IndexSet<String> = fields.map(|member| member.name.clone()).collect();
        let values = EnumValues::Strings(fields.into_iter().collect());
        self.set(
            field,
            Shape::Enumeration(Enumeration { values }),
            described(&format!("A field of the resources of the type `{name}`.")),
        );
        let mut docs = super::schema::docs(attributes);
        let words = described(&format!("The attributes of a resource of the type `{name}`."));
        docs.description = docs.description.or(words.description);
        self.set(of_attributes, Shape::Object(object), docs);
        let mut members = vec![
            Member::of("id", Type::Named(id), Presence::Required),
            Member::of("attributes", Type::Named(of_attributes), Presence::Defaulted),
        ];
        if let Some(of_relationships) = of_relationships {
            members.push(Member::of("relationships", Type::Named(of_relationships), Presence::Optional));
            self.set(
                of_relationships,
                Shape::Object(kept(relationships)),
                described(&format!("What a resource of the type `{name}` is related to.")),
            );
        }
        members.extend(self.other_members(&places));
        let object = Object { tag: Some(("type".to_owned(), name.to_owned())), ..kept(members) };
        self.set(itself, Shape::Object(object), described(&format!("A resource of the type `{name}`.")));
    }

    /// The relationships that any of the places declares; what two declare is as the first has it.
    fn relationships(&mut self, places: &[&'d Schema]) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        for place in places {
            let Some(declared) = place.properties.get("relationships") else { continue };
            let declared = self.end_of_chain(declared);
            for (name, schema) in &declared.properties {
                if let Some(known) = members.iter_mut().find(|known| known.name == *name) {
                    let found = self.relationship(schema).map(Type::JsonApi);
                    if let Some(found) = found.filter(|found| is_another(&known.ty, found)) {
                        known.ty = Type::Json(Untyped::Unsupported);
                        self.report_another(name, schema, &found);
                    }
                    continue;
                }
                let ty = match self.declared_relationship(places, name) {
                    Some(structure) => Type::JsonApi(structure),
                    None => self.typed_at(schema).ty,
                };
                members.push(Member {
                    docs: super::schema::docs(schema),
                    ..Member::of(name, ty, Presence::Optional)
                });
            }
        }
        members
    }

    fn report_another(&mut self, name: &str, schema: &Schema, found: &Type) {
        let number = if *found == Type::JsonApi(JsonApi::ToMany) { "several" } else { "one" };
        self.diags
            .warn(Code::UnsupportedSchema, &schema.pointer)
            .message(format!("`{name}` leads to {number} here, and elsewhere it does not"))
            .help("the client has a JSON value here, which can hold all that is allowed");
    }

    /// What the places say of the relationship `name`; if none says what it holds, its number is that of its name.
    fn declared_relationship(&self, places: &[&'d Schema], name: &str) -> Option<JsonApi> {
        let declared = places.iter().filter_map(|place| {
            let relationships = self.end_of_chain(place.properties.get("relationships")?);
            relationships.properties.get(name)
        });
        let declared: Vec<&'d Schema> = declared.collect();
        let only_links = |schema: &&'d Schema| {
            let schema = self.end_of_chain(schema);
            schema.properties.keys().all(|name| ["links", "meta"].contains(&name.as_str()))
        };
        match declared.iter().find_map(|schema| self.relationship(schema)) {
            Some(structure) => Some(structure),
            None if !declared.iter().all(only_links) => None,
            None if singular(name) == name => Some(JsonApi::ToOne),
            None => Some(JsonApi::ToMany),
        }
    }

    /// `links`, `meta` and what else the places declare beside the members that every resource has.
    fn other_members(&mut self, places: &[&'d Schema]) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        for (name, schema) in places.iter().flat_map(|place| &place.properties) {
            let is_known = ["id", "type", "attributes", "relationships"].contains(&name.as_str());
            if is_known || members.iter().any(|known| known.name == *name) {
                continue;
            }
            let ty = match name.as_str() {
                "links" => Type::JsonApi(JsonApi::Links),
                _ => self.typed_at(schema).ty,
            };
            members.push(Member::of(name, ty, Presence::Optional));
        }
        members
    }

    /// The resource type whose object `schema` describes: its `attributes` are those of the type.
    pub(super) fn resource_of(&self, schema: &'d Schema) -> Option<String> {
        let attributes = self.end_of_chain(schema.properties.get("attributes")?);
        self.resources.by_attributes.get(&attributes.pointer).cloned()
    }

    /// The id type of the resources of a type.
    pub(super) fn id_of(&self, resource: &str) -> Option<Type> {
        self.resources.by_type.get(resource).map(|known| Type::Named(known.id))
    }

    /// The type of the names of the fields of a type of resources.
    pub(super) fn fields_of(&self, resource: &str) -> Option<Type> {
        self.resources.by_type.get(resource).map(|known| Type::Named(known.field))
    }

    /// The resource type that is called `name`, in singular or plural.
    pub(super) fn resource_called(&self, name: &str) -> Option<&str> {
        self.resources.by_type.keys().map(String::as_str).find(|ty| *ty == name || singular(ty) == name)
    }

    /// The resource type that a relationship or a parameter called `name` is about: the one it names in singular or plural, or
    /// else the only one whose name ends in it (`tags` are `contact_tags`).
    pub(super) fn resource_named(&self, name: &str) -> Option<&str> {
        let types = || self.resources.by_type.keys().map(String::as_str);
        let ends = |ty: &&str| {
            let behind = |ty: &str| ty.strip_suffix(name).is_some_and(|rest| rest.ends_with('_'));
            behind(ty) || behind(&singular(ty))
        };
        self.resource_called(name).or_else(|| {
            let mut ending = types().filter(ends);
            ending.next().filter(|_| ending.next().is_none())
        })
    }

    /// What one of `noun` is called, which may be a resource type.
    pub(super) fn thing(&self, noun: &str) -> String {
        self.resources.by_type.get(noun).map_or_else(|| singular(noun), |known| known.thing.clone())
    }

    fn set(&mut self, id: TypeId, shape: Shape, docs: Docs) {
        if let Some(definition) = self.types.get_mut(id.index()) {
            definition.shape = shape;
            definition.docs = docs;
        }
    }

    /// The type of a schema that belongs to no place in particular.
    fn typed_at(&mut self, schema: &'d Schema) -> super::schema::Typed {
        let last = schema.pointer.tokens().last().map(std::borrow::Cow::into_owned).unwrap_or_default();
        let here = Here::anywhere(&schema.pointer).unwrap_or_else(|| Here::component(&last));
        self.typed(schema, &here)
    }
}

/// Whether a relationship of the type `known` is to one where `found` is to several, or the other way round.
fn is_another(known: &Type, found: &Type) -> bool {
    matches!(known, Type::JsonApi(JsonApi::ToOne | JsonApi::ToMany)) && known != found
}

/// An object that keeps what it does not know, and what is not what it should be: no answer is lost over one member.
fn kept(members: Vec<Member>) -> Object {
    Object {
        additional: Some(Type::Json(Untyped::Anything)),
        reading: Reading::Keeping,
        ..Object::of(members)
    }
}

fn described(text: &str) -> Docs {
    Docs { description: Some(text.to_owned()), ..Docs::default() }
}

/// Whether `schema` is a resource identifier: an object with `id` and `type` and nothing else but `meta`.
pub(super) fn is_identifier(schema: &Schema) -> bool {
    let is_text = |name: &str| {
        let property = schema.properties.get(name);
        property.is_some_and(|property| property.types.single() == Some(JsonType::String))
    };
    is_text("id")
        && is_text("type")
        && schema.properties.keys().all(|name| ["id", "type", "meta"].contains(&name.as_str()))
}

/// The name of the component that stands at `place`.
pub(super) fn component_at(place: &Pointer) -> Option<String> {
    let name = place.tokens().last()?.into_owned();
    (component_place(&name) == *place).then_some(name)
}
