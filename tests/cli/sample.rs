//! Values made up from the types of a model.

use clientsmith::model::{
    Api, EnumValues, Member, MemberDirection, MembersBy, Object, Presence, Scalar, Shape, Special, Tag, Type,
};
use serde_json::{Map, Value, json};

/// How deep members are there that need not be.
const DEEPEST: usize = 3;

/// Makes up values.
pub(crate) struct Sampler<'a> {
    pub(crate) api: &'a Api,
    /// Members that are never there: those that are only read in what is sent, and the other way round.
    pub(crate) without: MemberDirection,
}

impl Sampler<'_> {
    /// A value of `ty`, with the members that need not be there.
    pub(crate) fn value(&self, ty: &Type) -> Value {
        self.at(ty, 0)
    }

    fn at(&self, ty: &Type, depth: usize) -> Value {
        match ty {
            Type::Scalar(scalar) => self::scalar(*scalar),
            // What contains itself has to end.
            Type::List(_) if depth > 2 * DEEPEST => json!([]),
            Type::Map(_) if depth > 2 * DEEPEST => json!({}),
            Type::List(item) => json!([self.at(item, depth + 1)]),
            Type::Nullable(inner) => self.at(inner, depth),
            Type::Map(values) => json!({"key": self.at(values, depth + 1)}),
            Type::Json(_) | Type::JsonApi(_) | Type::Foreign(_) => json!({}),
            Type::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Alias(inner) => self.at(inner, depth),
                Shape::Id(_) => json!("1"),
                Shape::Enumeration(known) => match &known.values {
                    EnumValues::Strings(values) => json!(values[0]),
                    EnumValues::Integers(values) => json!(values[0]),
                },
                Shape::Union(union) => {
                    let first = &union.variants[0];
                    let mut value = self.at(&first.ty, depth);
                    if let (Tag::Member(name), Some(tag)) = (&union.tag, first.tags.first()) {
                        value[name] = json!(tag);
                    }
                    value
                }
                Shape::Object(object) => {
                    let members = self.object(object, depth);
                    match object.by {
                        MembersBy::Name => members.into(),
                        MembersBy::Position => members.into_iter().map(|(_, value)| value).collect(),
                    }
                }
            },
        }
    }

    fn object(&self, object: &Object, depth: usize) -> Map<String, Value> {
        let is_there = |member: &&Member| {
            member.direction != self.without && (member.presence == Presence::Required || depth < DEEPEST)
        };
        let members = object.members.iter().filter(is_there);
        let mut made: Map<_, _> =
            members.map(|member| (member.name.clone(), self.member(member, depth))).collect();
        made.extend(object.tag.iter().map(|(name, value)| (name.clone(), json!(value))));
        made
    }

    fn member(&self, member: &Member, depth: usize) -> Value {
        match (&member.constant, self.at(&member.ty, depth + 1)) {
            (Some(constant), Value::String(_)) => json!(constant),
            (_, value) => value,
        }
    }
}

fn scalar(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Boolean => json!(true),
        Scalar::Integer(_) => json!(7),
        Scalar::Float32 | Scalar::Float64 => json!(1.5),
        Scalar::DateTime | Scalar::Moment => json!("2022-08-26T18:38:00.120Z"),
        Scalar::Date => json!("2022-08-26"),
        Scalar::Base64 => json!("YWI="),
        Scalar::Base64Url => json!("YWI"),
        Scalar::String | Scalar::Password | Scalar::Binary => json!("text"),
        Scalar::Special(Special::Uuid) => json!("67e55044-10b1-426f-9247-bb680e5fe0c8"),
        Scalar::Special(Special::Ipv4) => json!("192.0.2.1"),
        Scalar::Special(Special::Ipv6) => json!("2001:db8::1"),
        Scalar::Special(Special::Duration) => json!("PT1H"),
        Scalar::Special(Special::DecimalText) => json!("1.50"),
        Scalar::Special(Special::DecimalNumber) => json!(1.5),
    }
}
