//! The documents that resources come in.

use super::{Lowering, is_identifier};
use crate::model::{JsonApi, Type};
use crate::schema::Schema;

impl<'d> Lowering<'d> {
    /// What `schema` is among the structures of JSON:API; none if it is something of the document's own, and always without
    /// the profile.
    pub(in crate::lower) fn structure(&mut self, schema: &'d Schema) -> Option<Type> {
        let any = self.resources.any?;
        let schema = self.end_of_chain(schema);
        if schema.words.any_resource {
            return None;
        }
        if is_identifier(schema) && super::component_at(&schema.pointer).is_some() {
            return Some(Type::JsonApi(JsonApi::Identifier));
        }
        if let Some(item) = &schema.items
            && is_identifier(self.end_of_chain(item))
            && super::component_at(&schema.pointer).is_some()
        {
            return Some(Type::List(Box::new(Type::JsonApi(JsonApi::Identifier))));
        }
        if let Some(resource) = self.resource_of(schema) {
            return self.resources.by_type.get(&resource).map(|known| Type::Named(known.itself));
        }
        if self.is_resources(schema) {
            return Some(Type::Named(any));
        }
        let data = self.end_of_chain(schema.properties.get("data")?);
        if self.is_resource(data) {
            let data = Box::new(self.structure(data)?);
            return Some(Type::JsonApi(JsonApi::Document { data, any }));
        }
        let item = self.end_of_chain(data.items.as_deref()?);
        if !self.is_resource(item) {
            return None;
        }
        let item = Box::new(self.structure(item)?);
        let meta = schema.properties.get("meta").map(|meta| Box::new(self.typed_at(meta).ty));
        Some(Type::JsonApi(JsonApi::Page { item, meta, any }))
    }

    /// Whether `schema` is a resource: of one type, of several, or of any.
    fn is_resource(&self, schema: &'d Schema) -> bool {
        schema.words.any_resource || self.resource_of(schema).is_some() || self.is_resources(schema)
    }

    /// Whether the alternatives of `schema` are resources.
    fn is_resources(&self, schema: &'d Schema) -> bool {
        let alternatives = if schema.any_of.is_empty() { &schema.one_of } else { &schema.any_of };
        let is_resource = |one: &'d Schema| self.resource_of(self.end_of_chain(one)).is_some();
        !alternatives.is_empty() && alternatives.iter().all(is_resource)
    }

    /// Whether `schema` is one of the structures of JSON:API, so that it needs no definition.
    pub(in crate::lower) fn is_structure(&self, schema: &'d Schema) -> bool {
        let schema = self.end_of_chain(schema);
        let data = || schema.properties.get("data").map(|data| self.end_of_chain(data));
        let is_resource = |schema: &'d Schema| self.is_resource(schema);
        let item = |data: &'d Schema| data.items.as_deref().map(|item| self.end_of_chain(item));
        self.resources.any.is_some()
            && !schema.words.any_resource
            && (is_identifier(schema)
                || item(schema).is_some_and(is_identifier)
                || is_resource(schema)
                || data().is_some_and(|data| is_resource(data) || item(data).is_some_and(is_resource)))
    }

    /// A document with the linkage of a relationship to resources of the type `resource`.
    pub(in crate::lower) fn linkage(&self, schema: &'d Schema, resource: &str) -> Option<Type> {
        let schema = self.end_of_chain(schema);
        let data = self.end_of_chain(schema.properties.get("data")?);
        let item = self.end_of_chain(data.items.as_deref()?);
        let id = self.id_of(resource).filter(|_| is_identifier(item))?;
        Some(Type::JsonApi(JsonApi::Linkage(Box::new(id))))
    }

    /// A relationship object: its `data` is an identifier, or a list of them.
    pub(super) fn relationship(&self, schema: &'d Schema) -> Option<JsonApi> {
        let schema = self.end_of_chain(schema);
        let data = self.end_of_chain(schema.properties.get("data")?);
        match &data.items {
            Some(item) if is_identifier(self.end_of_chain(item)) => Some(JsonApi::ToMany),
            None if is_identifier(data) => Some(JsonApi::ToOne),
            Some(_) | None => None,
        }
    }
}
