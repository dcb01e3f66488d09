//! Types as they are written where they are used.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use super::Plan;
use crate::analyze::Direction;
use crate::model::{
    DateTimeLibrary, EnumValues, Enumeration, Integer, JsonKind, Member, MemberDirection, MembersBy,
    Presence, Scalar, Shape, Special, Type, TypeId, Untyped,
};
use crate::name::TypeName;

/// Which form of a type is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The one that is read.
    Read,
    /// The one that is sent.
    Write,
}

/// Where a type is written: among the types, or in a module beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a file of types.
    Types,
    /// In the file of a group.
    Group,
}

impl Form {
    /// The form of a type that has only one.
    pub(super) fn only(direction: Direction) -> Self {
        match direction {
            Direction::Read | Direction::Both => Form::Read,
            Direction::Write => Form::Write,
        }
    }
}

/// The type `ty`: `Vec<Contact>`.
pub(super) fn expression(plan: &Plan<'_>, ty: &Type, form: Form, place: Place) -> TokenStream {
    match ty {
        Type::Named(id) => named(plan, *id, form, place),
        Type::List(inner) => {
            let inner = expression(plan, inner, form, place);
            quote!(Vec<#inner>)
        }
        Type::Map(inner) => {
            let inner = expression(plan, inner, form, place);
            quote!(runtime::Map<#inner>)
        }
        Type::Nullable(inner) => {
            let inner = expression(plan, inner, form, place);
            quote!(Option<#inner>)
        }
        Type::Scalar(scalar) => scalar_type(plan, *scalar),
        Type::Foreign(id) => plan.names.foreign(*id).to_token_stream(),
        Type::JsonApi(structure) => super::json_api::expression(plan, structure, form, place),
        Type::Json(Untyped::AnyObject) => quote!(runtime::JsonObject),
        Type::Json(Untyped::Anything | Untyped::Unsupported) => quote!(runtime::Json),
    }
}

fn named(plan: &Plan<'_>, id: TypeId, form: Form, place: Place) -> TokenStream {
    let name = name(plan, plan.facts.canonical(id), form);
    match place {
        Place::Types => quote!(#name),
        Place::Group => quote!(types::#name),
    }
}

/// The name of the form of `id` that is meant.
pub(super) fn name<'p>(plan: &Plan<'p>, id: TypeId, form: Form) -> &'p TypeName {
    match form {
        Form::Read => plan.names.read_type(id),
        Form::Write => plan.names.write_type(id),
    }
}

fn scalar_type(plan: &Plan<'_>, scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String | Scalar::Password | Scalar::Binary => quote!(String),
        Scalar::Boolean => quote!(bool),
        Scalar::Integer(integer) => integer_type(integer),
        Scalar::Float32 => quote!(f32),
        Scalar::Float64 => quote!(f64),
        Scalar::DateTime => date_time(plan, &quote!(Timestamp), &quote!(DateTime)),
        Scalar::Date => date_time(plan, &quote!(Date), &quote!(Date)),
        Scalar::Moment => quote!(runtime::Moment),
        Scalar::Base64 => quote!(runtime::Base64),
        Scalar::Base64Url => quote!(runtime::Base64Url),
        Scalar::Special(special) => match special {
            Special::Uuid => quote!(runtime::uuids::Uuid),
            Special::Ipv4 => quote!(std::net::Ipv4Addr),
            Special::Ipv6 => quote!(std::net::Ipv6Addr),
            Special::Duration => quote!(runtime::durations::Duration),
            Special::DecimalText => quote!(runtime::decimals::Decimal),
            Special::DecimalNumber => quote!(runtime::decimals::DecimalNumber),
        },
    }
}

fn integer_type(integer: Integer) -> TokenStream {
    match integer {
        Integer::Int8 => quote!(i8),
        Integer::Int16 => quote!(i16),
        Integer::Int32 => quote!(i32),
        Integer::Int64 => quote!(i64),
        Integer::Uint8 => quote!(u8),
        Integer::Uint16 => quote!(u16),
        Integer::Uint32 => quote!(u32),
        Integer::Uint64 => quote!(u64),
    }
}

/// The type of a point in time or a day: `own` of the runtime, `other` of the capability for another library.
fn date_time(plan: &Plan<'_>, own: &TokenStream, other: &TokenStream) -> TokenStream {
    match plan.api.libraries.date_time {
        DateTimeLibrary::Jiff => quote!(runtime::#own),
        DateTimeLibrary::Chrono => quote!(runtime::dates::chrono::#other),
        DateTimeLibrary::Time => quote!(runtime::dates::time::#other),
        DateTimeLibrary::Text => quote!(String),
    }
}

/// How a member's absence and null are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// Nothing: it is always there.
    Plain,
    /// `Option`, none being absent.
    Optional,
    /// `Option`, none being null.
    Nullable,
    /// `Patch`: absent, null or a value.
    Patch,
    /// Nothing: absent is the same as empty.
    Defaulted,
}

/// How `member` is held in `form`.
pub(super) fn holder(member: &Member, form: Form) -> Holder {
    match (member.presence, member.nullable, form) {
        (Presence::Required, false, _) => Holder::Plain,
        (Presence::Defaulted, _, Form::Read) => Holder::Defaulted,
        (Presence::Required, true, _) => Holder::Nullable,
        (Presence::Optional | Presence::Defaulted, true, Form::Write) => Holder::Patch,
        (Presence::Optional | Presence::Defaulted, _, _) => Holder::Optional,
    }
}

/// Whether `member` is a field in `form`: one that is only read or only sent may not be, and a constant is sent by itself.
pub(super) fn is_field(member: &Member, form: Form) -> bool {
    match (form, member.direction) {
        (Form::Read, MemberDirection::WriteOnly) | (Form::Write, MemberDirection::ReadOnly) => false,
        (Form::Write, _) => !is_sent_by_itself(member),
        (Form::Read, _) => true,
    }
}

/// Whether `member` has one possible value and has to be there.
pub(super) fn is_sent_by_itself(member: &Member) -> bool {
    member.presence == Presence::Required
        && member.constant.is_some()
        && member.direction != MemberDirection::ReadOnly
}

/// The value type of `member` of `owner`, boxed where `owner` would contain itself otherwise.
pub(super) fn value(plan: &Plan<'_>, owner: TypeId, ty: &Type, form: Form) -> TokenStream {
    let inner = expression(plan, ty, form, Place::Types);
    if plan.facts.is_boxed_member(owner, ty) { quote!(Box<#inner>) } else { inner }
}

/// The scalar, enumeration or list behind `ty`, through other names.
pub(super) fn resolved<'p>(plan: &Plan<'p>, ty: &'p Type) -> &'p Type {
    plan.facts.resolved(plan.api, ty)
}

/// How many names a type is looked for behind.
const MOST_NAMES: usize = 8;

/// The JSON type of the values of `ty`; none if they can be of several, or nothing is known of them.
pub(super) fn json_kind(plan: &Plan<'_>, ty: &Type) -> Option<JsonKind> {
    json_kind_behind(plan, ty, 0)
}

/// The same of a type that so many names lead to.
fn json_kind_behind(plan: &Plan<'_>, ty: &Type, names: usize) -> Option<JsonKind> {
    match resolved(plan, ty) {
        Type::Scalar(scalar) => Some(scalar.kind()),
        Type::List(_) => Some(JsonKind::Array),
        Type::Map(_) => Some(JsonKind::Object),
        Type::Foreign(id) => plan.api.foreign[id.index()].kind,
        Type::Nullable(_) | Type::Json(_) | Type::JsonApi(_) => None,
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Object(object) if object.by == MembersBy::Position => Some(JsonKind::Array),
            Shape::Object(_) => Some(JsonKind::Object),
            Shape::Enumeration(Enumeration { values: EnumValues::Integers(_) }) => Some(JsonKind::Integer),
            Shape::Enumeration(_) | Shape::Id(_) => Some(JsonKind::String),
            // One that holds itself somewhere inside.
            Shape::Alias(inner) if names < MOST_NAMES => json_kind_behind(plan, inner, names + 1),
            Shape::Alias(_) | Shape::Union(_) => None,
        },
    }
}
