//! Bodies that the client puts together, so that no caller writes `data`, `type` or linkage
//! (JSON:API 1.1, Creating, Updating and Deleting Resources; Updating Relationships).

use super::{Lowering, is_identifier};
use crate::lower::pattern::has_pattern;
use crate::lower::schema::{Here, allows_null, constant, docs};
use crate::model::{
    BodyPart, Docs, MemberDirection, PartValue, Pattern, PatternKeys, Presence, Segment, Step,
};
use crate::schema::{JsonType, Schema};

/// What a body belongs to.
pub(in crate::lower) struct Target<'p> {
    /// The operation's path.
    pub(in crate::lower) segments: &'p [Segment],
    /// The resource type that the operation links, if it is about a relationship.
    pub(in crate::lower) linkage: Option<&'p str>,
    /// The way to what is inline in the body.
    pub(in crate::lower) here: &'p Here,
}

impl<'d> Lowering<'d> {
    /// The parts of a body with a resource or linkage; none if it is neither, or there is no profile.
    pub(in crate::lower) fn body_parts(
        &mut self,
        schema: &'d Schema,
        target: &Target<'_>,
    ) -> Option<Vec<BodyPart>> {
        self.resources.any?;
        let schema = self.end_of_chain(schema);
        let data = self.end_of_chain(schema.properties.get("data")?);
        let mut parts = match &data.items {
            Some(item) => {
                let resource = target.linkage.filter(|_| is_identifier(self.end_of_chain(item)))?;
                let id = self.id_of(resource)?;
                let value = PartValue::ToMany { resource: resource.to_owned(), id };
                vec![part(&["data"], Presence::Required, value)]
            }
            None => self.resource_parts(data, target)?,
        };
        for (name, property) in
            schema.properties.iter().filter(|(name, _)| !["data", "jsonapi"].contains(&name.as_str()))
        {
            if name == "relationships" {
                self.related_parts(property, &[name.as_str()], &mut parts);
            } else {
                let here = target.here.step(Step::Property(name.clone()));
                self.plain_parts(property, &[name.as_str()], presence(schema, name), &here, &mut parts);
            }
        }
        Some(parts)
    }

    /// `type` and `id`, then what is required, then the rest; relationships before attributes.
    fn resource_parts(&mut self, data: &'d Schema, target: &Target<'_>) -> Option<Vec<BodyPart>> {
        let declared = self.end_of_chain(data.properties.get("attributes")?);
        let resource = self.body_resource(data, target)?;
        let mut parts =
            vec![part(&["data", "type"], Presence::Required, PartValue::Constant(resource.clone()))];
        if data.properties.contains_key("id") {
            parts.push(match target.segments.last() {
                Some(Segment::Slot(slot)) => {
                    part(&["data", "id"], Presence::Required, PartValue::PathParameter(slot.clone()))
                }
                Some(Segment::Literal(_) | Segment::Mixed(_)) | None => {
                    let id = self.id_of(&resource)?;
                    part(&["data", "id"], presence(data, "id"), PartValue::Value(id))
                }
            });
        }
        if let Some(relationships) = data.properties.get("relationships") {
            self.related_parts(relationships, &["data", "relationships"], &mut parts);
        }
        let before = parts.len();
        self.attribute_parts(declared, target, &mut parts);
        let is_filled = parts[before..].iter().any(|part| part.presence == Presence::Required);
        if presence(data, "attributes") == Presence::Required && !is_filled {
            parts.push(part(&["data", "attributes"], Presence::Required, PartValue::Object));
        }
        for (name, property) in &data.properties {
            if !["type", "id", "attributes", "relationships"].contains(&name.as_str()) {
                let here = target.here.step(Step::Property(name.clone()));
                self.plain_parts(property, &["data", name], presence(data, name), &here, &mut parts);
            }
        }
        Some(parts)
    }

    /// The type of the resource that a body has: what it says, what its attributes are, or what the path is about.
    fn body_resource(&self, data: &'d Schema, target: &Target<'_>) -> Option<String> {
        let said = data.properties.get("type").and_then(constant);
        let by_path = || {
            let literals = target.segments.iter().rev().filter_map(|segment| match segment {
                Segment::Literal(text) => Some(text.as_str()),
                Segment::Slot(_) | Segment::Mixed(_) => None,
            });
            literals.into_iter().find(|text| self.id_of(text).is_some()).map(str::to_owned)
        };
        said.or_else(|| self.resource_of(data)).or_else(by_path)
    }

    fn attribute_parts(&mut self, declared: &'d Schema, target: &Target<'_>, parts: &mut Vec<BodyPart>) {
        let own = || target.here.step(Step::Property("attributes".to_owned()));
        let here = self.here_of(&declared.pointer).unwrap_or_else(own);
        let mut known: Vec<&str> = Vec::new();
        for declared in self.attribute_schemas(declared) {
            self.attributes_of(declared, &here, &mut known, parts);
        }
    }

    fn attributes_of(
        &mut self,
        declared: &'d Schema,
        here: &Here,
        known: &mut Vec<&'d str>,
        parts: &mut Vec<BodyPart>,
    ) {
        for (name, property) in &declared.properties {
            let is_read_only = self.direction(property) == MemberDirection::ReadOnly;
            if is_read_only || has_pattern(declared, name) || known.contains(&name.as_str()) {
                continue;
            }
            known.push(name);
            let typed = self.typed(property, &here.step(Step::Property(name.clone())));
            parts.push(BodyPart {
                nullable: typed.nullable,
                docs: docs(property),
                ..part(&["data", "attributes", name], presence(declared, name), PartValue::Value(typed.ty))
            });
        }
        let others = self.additional(declared, here).map(|ty| Pattern {
            prefix: String::new(),
            keys: PatternKeys::Text,
            ty,
        });
        for pattern in self.patterns(declared, here).into_iter().chain(others) {
            let prefix = pattern.prefix.clone();
            parts.push(BodyPart {
                nullable: true,
                ..part(&["data", "attributes", &prefix], Presence::Optional, PartValue::Pattern(pattern))
            });
        }
    }

    fn related_parts(&mut self, declared: &'d Schema, way: &[&str], parts: &mut Vec<BodyPart>) {
        let declared = self.end_of_chain(declared);
        for (name, property) in &declared.properties {
            let property = self.end_of_chain(property);
            let Some(data) = property.properties.get("data") else {
                let path: Vec<&str> = way.iter().copied().chain([name.as_str()]).collect();
                let value = PartValue::Value(self.typed_at(property).ty);
                parts.push(part(&path, presence(declared, name), value));
                continue;
            };
            let nullable = allows_null(data);
            let data = self.end_of_chain(data);
            let said = |schema: &'d Schema| schema.properties.get("type").and_then(constant);
            let item = data.items.as_deref().map(|item| self.end_of_chain(item));
            let resource =
                said(item.unwrap_or(data)).or_else(|| self.resource_named(name).map(str::to_owned));
            let path: Vec<&str> = way.iter().copied().chain([name.as_str(), "data"]).collect();
            let value = match resource.and_then(|resource| Some((self.id_of(&resource)?, resource))) {
                Some((id, resource)) if item.is_some() => PartValue::ToMany { resource, id },
                Some((id, resource)) => PartValue::ToOne { resource, id },
                None => PartValue::Value(self.typed_at(data).ty),
            };
            parts.push(BodyPart {
                nullable: nullable || allows_null(data),
                docs: docs(property),
                ..part(&path, presence(declared, name), value)
            });
        }
    }

    /// The values in an object that is no resource, each for itself.
    fn plain_parts(
        &mut self,
        schema: &'d Schema,
        path: &[&str],
        needed: Presence,
        here: &Here,
        parts: &mut Vec<BodyPart>,
    ) {
        let resolved = self.end_of_chain(schema);
        let is_object = resolved.types.single() == Some(JsonType::Object) && path.len() < MOST_LEVELS;
        if is_object && !resolved.properties.is_empty() {
            for (name, property) in &resolved.properties {
                let inner: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
                let here = here.step(Step::Property(name.clone()));
                self.plain_parts(property, &inner, presence(resolved, name), &here, parts);
            }
            return;
        }
        let typed = self.typed(schema, here);
        parts.push(BodyPart {
            nullable: typed.nullable,
            docs: docs(schema),
            ..part(path, needed, PartValue::Value(typed.ty))
        });
    }
}

/// How deep objects beside `data` are taken apart.
const MOST_LEVELS: usize = 4;

fn part(path: &[&str], presence: Presence, value: PartValue) -> BodyPart {
    BodyPart {
        path: path.iter().map(|name| (*name).to_owned()).collect(),
        presence,
        nullable: false,
        value,
        docs: Docs::default(),
    }
}

fn presence(owner: &Schema, name: &str) -> Presence {
    if owner.required.iter().any(|required| required == name) {
        Presence::Required
    } else {
        Presence::Optional
    }
}
