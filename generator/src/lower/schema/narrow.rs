//! Which of two types of one member holds where an `allOf` describes it twice: both do, so the narrower.

use super::Lowering;
use crate::model::{EnumValues, JsonKind, Scalar, Shape, Type, TypeId};

/// How far names are followed.
const MOST_NAMES: usize = 16;

impl Lowering<'_> {
    /// The one of the two whose values the other has all of; none if neither is.
    pub(super) fn narrower(&self, one: &Type, other: &Type) -> Option<Type> {
        let is = |narrow: &Type, wide: &Type| self.is_within(narrow, wide, 0).then(|| narrow.clone());
        is(other, one).or_else(|| is(one, other)).or_else(|| self.latter_of_open(one, other))
    }

    /// Of two enumerations of one kind the latter: what only the other lists is read and sent all the same.
    fn latter_of_open(&self, one: &Type, other: &Type) -> Option<Type> {
        let kinds = [one, other].map(|ty| self.listed_kind(ty.named()?));
        (kinds[0].is_some() && kinds[0] == kinds[1]).then(|| other.clone())
    }

    /// What an enumeration lists, also if it is not defined yet.
    fn listed_kind(&self, id: TypeId) -> Option<JsonKind> {
        match self.shape(id)? {
            Shape::Enumeration(known) => Some(match known.values {
                EnumValues::Strings(_) => JsonKind::String,
                EnumValues::Integers(_) => JsonKind::Integer,
            }),
            Shape::Alias(Type::Json(_)) => {
                let schema = self.document.schemas.get(&self.types.get(id.index())?.pointer)?;
                let are_texts = schema.enumeration.iter().all(|value| value.as_str().is_some());
                (are_texts && schema.enumeration.len() > 1).then_some(JsonKind::String)
            }
            Shape::Object(_) | Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => None,
        }
    }

    fn is_within(&self, narrow: &Type, wide: &Type, depth: usize) -> bool {
        if depth > MOST_NAMES {
            return false;
        }
        match (narrow, wide) {
            _ if narrow == wide => true,
            (_, Type::Json(_)) => true,
            (Type::Nullable(narrow), Type::Nullable(wide)) | (Type::List(narrow), Type::List(wide)) => {
                self.is_within(narrow, wide, depth + 1)
            }
            (_, Type::Nullable(wide)) => self.is_within(narrow, wide, depth + 1),
            (Type::Map(narrow), Type::Map(wide)) => self.is_within(narrow, wide, depth + 1),
            (Type::Scalar(narrow), Type::Scalar(wide)) => is_narrower(*narrow, *wide),
            (Type::Named(narrow), Type::Named(wide)) => self.is_named_within(*narrow, *wide, depth),
            (Type::Named(narrow), Type::Scalar(wide)) => match self.shape(*narrow) {
                Some(Shape::Alias(ty)) => self.is_within(ty, &Type::Scalar(*wide), depth + 1),
                Some(Shape::Enumeration(values)) => match values.values {
                    EnumValues::Strings(_) => *wide == Scalar::String,
                    EnumValues::Integers(_) => is_number(*wide),
                },
                Some(Shape::Id(_)) => *wide == Scalar::String,
                Some(Shape::Object(_) | Shape::Union(_)) | None => false,
            },
            (Type::Scalar(_) | Type::List(_) | Type::Map(_), Type::Named(wide)) => match self.shape(*wide) {
                Some(Shape::Alias(ty)) => {
                    !matches!(ty, Type::Json(_)) && self.is_within(narrow, ty, depth + 1)
                }
                Some(Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) | Shape::Id(_)) | None => {
                    false
                }
            },
            _ => false,
        }
    }

    fn is_named_within(&self, narrow: TypeId, wide: TypeId, depth: usize) -> bool {
        match (self.shape(narrow), self.shape(wide)) {
            // What is not defined yet: what the schemas say can be seen all the same.
            (Some(Shape::Alias(Type::Json(_))), _) | (_, Some(Shape::Alias(Type::Json(_)))) => {
                self.takes_in(narrow, wide)
            }
            (Some(Shape::Alias(ty)), _) => self.is_within(ty, &Type::Named(wide), depth + 1),
            (_, Some(Shape::Alias(ty))) => self.is_within(&Type::Named(narrow), ty, depth + 1),
            (Some(Shape::Enumeration(narrow)), Some(Shape::Enumeration(wide))) => {
                match (&narrow.values, &wide.values) {
                    (EnumValues::Strings(narrow), EnumValues::Strings(wide)) => {
                        narrow.iter().all(|value| wide.contains(value))
                    }
                    (EnumValues::Integers(narrow), EnumValues::Integers(wide)) => {
                        narrow.iter().all(|value| wide.contains(value))
                    }
                    (EnumValues::Strings(_), EnumValues::Integers(_))
                    | (EnumValues::Integers(_), EnumValues::Strings(_)) => false,
                }
            }
            // A schema that takes in another is that other and more.
            (Some(Shape::Object(_)), Some(Shape::Object(_) | Shape::Union(_)))
            | (Some(Shape::Union(_)), Some(Shape::Union(_))) => self.takes_in(narrow, wide),
            _ => false,
        }
    }

    fn takes_in(&self, narrow: TypeId, wide: TypeId) -> bool {
        let schema = |id: TypeId| self.document.schemas.get(&self.types.get(id.index())?.pointer);
        let (Some(narrow), Some(wide)) = (schema(narrow), schema(wide)) else { return false };
        let mut parts = Vec::new();
        self.parts(narrow, &mut Vec::new(), &mut parts)
            && parts.iter().any(|part| part.pointer == wide.pointer)
    }

    fn shape(&self, id: TypeId) -> Option<&Shape> {
        self.types.get(id.index()).map(|definition| &definition.shape)
    }
}

fn is_number(scalar: Scalar) -> bool {
    matches!(scalar.kind(), JsonKind::Integer | JsonKind::Number)
}

/// Every value of the one is a value of the other, as JSON has them.
fn is_narrower(narrow: Scalar, wide: Scalar) -> bool {
    match wide {
        Scalar::String => narrow.kind() == JsonKind::String,
        Scalar::Float64 => is_number(narrow),
        Scalar::Integer(wide) => matches!(narrow, Scalar::Integer(narrow) if narrow.is_within(wide)),
        Scalar::Moment => matches!(narrow, Scalar::DateTime | Scalar::Date),
        Scalar::Password
        | Scalar::Boolean
        | Scalar::Float32
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Base64
        | Scalar::Base64Url
        | Scalar::Binary
        | Scalar::Special(_) => false,
    }
}
