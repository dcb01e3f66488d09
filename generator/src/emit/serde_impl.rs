//! serde's traits, written out: derived impls would cost each user three times the check time.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::object::{Field, can_be_default, fields};
use super::ty::{Form, Holder};
use super::{Plan, id, ty, types, union};
use crate::model::{EnumValues, Object, Reading, Scalar, Shape, Tag, Type, TypeId, Union};
use crate::name::VariantName;

/// The impls of one form of `id`.
pub(super) fn impls(plan: &Plan<'_>, id: TypeId, form: Form) -> Vec<TokenStream> {
    let mut impls = Vec::new();
    let is_read = types::is_read(plan, id, form);
    match &plan.api.type_def(id).shape {
        Shape::Object(object) => {
            if is_read {
                impls.extend(read_object(plan, id, object));
            }
            impls.push(write_object(plan, id, object, form));
        }
        Shape::Enumeration(enumeration) => {
            let [read, write] = read_and_write_enumeration(plan, id, &enumeration.values);
            impls.extend(is_read.then_some(read));
            impls.push(write);
        }
        Shape::Union(union) => {
            if is_read {
                impls.push(read_union(plan, id, union));
            }
            impls.push(write_union(plan, id, union, form));
        }
        Shape::Alias(_) if plan.facts.is_wrapped(id) => impls.extend(wrapped(plan, id, form)),
        Shape::Id(known) => impls.extend(id::impls(plan, id, known)),
        Shape::Alias(_) => {}
    }
    impls
}

/// ```text
/// impl<'de> Deserialize<'de> for Contact { … runtime::object(source) }
/// impl<'de> runtime::Object<'de> for Contact { … match &*key { "id" => id = members.next_value()?, … } }
/// ```
fn read_object(plan: &Plan<'_>, id: TypeId, object: &Object) -> [TokenStream; 2] {
    let name = ty::name(plan, id, Form::Read);
    let text = name.as_str();
    let fields = fields(plan, id, object, Form::Read);
    let body = if can_be_default(&fields, Form::Read) && !has_nullable(&fields) {
        fill(&fields, object)
    } else {
        collect(plan, id, object, &fields)
    };
    let read = quote! {
        impl<'de> runtime::Object<'de> for #name {
            const NAME: &'static str = #text;
            fn from_members<__A: MapAccess<'de>>(mut members: __A) -> Result<Self, __A::Error> { #body }
        }
    };
    let deserialize = quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<__D: Deserializer<'de>>(source: __D) -> Result<Self, __D::Error> {
                runtime::object(source)
            }
        }
    };
    [deserialize, read]
}

fn has_nullable(fields: &[Field<'_>]) -> bool {
    fields.iter().any(|field| ty::holder(field.member, Form::Read) == Holder::Nullable)
}

/// Nothing has to be there: the members go where they belong as they come.
fn fill(fields: &[Field<'_>], object: &Object) -> TokenStream {
    let arms = fields.iter().map(|field| {
        let (wire, name) = (&field.member.name, field.name);
        let read = read_member(field, object, &quote!(value.extra));
        quote!(#wire => value.#name = #read,)
    });
    let tag = object.tag.as_ref().map(|(name, _)| quote!(#name => runtime::skip(&mut members)?,));
    let rest = if object.additional.is_some() {
        quote!(_ => { value.extra.insert(key.into_owned(), members.next_value()?); })
    } else {
        quote!(_ => runtime::skip(&mut members)?,)
    };
    quote! {
        let mut value = Self::default();
        while let Some(key) = runtime::next_key(&mut members)? {
            match &*key { #(#arms)* #tag #rest }
        }
        Ok(value)
    }
}

/// Reads the value of a member that is held as an `Option`, or as something that is empty by default.
fn read_member(field: &Field<'_>, object: &Object, extra: &TokenStream) -> TokenStream {
    let is_lenient = field.member.reading == Reading::Lenient && has_lenient_form(&field.member.ty);
    match (ty::holder(field.member, Form::Read), object.reading) {
        (Holder::Defaulted, _) => quote!(members.next_value::<Option<_>>()?.unwrap_or_default()),
        (_, Reading::Keeping) if is_lenient => {
            quote!(runtime::lenient_attribute(&mut members, key, &mut #extra)?)
        }
        (_, Reading::Keeping) => quote!(runtime::attribute(&mut members, key, &mut #extra)?),
        (_, Reading::Strict | Reading::Lenient) if is_lenient => quote!(runtime::lenient(&mut members)?),
        (_, Reading::Strict | Reading::Lenient) => quote!(members.next_value()?),
    }
}

/// Whether the runtime knows how to read the type from other JSON types.
fn has_lenient_form(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => !matches!(scalar, Scalar::Base64 | Scalar::Moment),
        Type::Named(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Json(_)
        | Type::JsonApi(_) => false,
    }
}

/// Something has to be there: the members are kept aside until all have come.
fn collect(plan: &Plan<'_>, id: TypeId, object: &Object, fields: &[Field<'_>]) -> TokenStream {
    let locals = fields.iter().enumerate().map(|(at, field)| {
        let local = local(at);
        let value = ty::value(plan, id, &field.member.ty, Form::Read);
        if ty::holder(field.member, Form::Read) == Holder::Nullable {
            quote!(let mut #local: Option<Option<#value>> = None;)
        } else {
            quote!(let mut #local: Option<#value> = None;)
        }
    });
    let arms = fields.iter().enumerate().map(|(at, field)| arm(at, field, object));
    let tag = object.tag.as_ref().map(|(name, _)| quote!(#name => runtime::skip(&mut members)?,));
    let values = fields.iter().enumerate().map(|(at, field)| finished(at, field));
    let (start, rest, end) = match &object.additional {
        None => (TokenStream::new(), quote!(_ => runtime::skip(&mut members)?,), TokenStream::new()),
        Some(_) => (
            quote!(let mut extra = runtime::Map::new();),
            quote!(_ => { extra.insert(key.into_owned(), members.next_value()?); }),
            quote!(extra,),
        ),
    };
    quote! {
        #(#locals)*
        #start
        while let Some(key) = runtime::next_key(&mut members)? {
            match &*key { #(#arms)* #tag #rest }
        }
        Ok(Self { #(#values)* #end })
    }
}

/// A local that no name of the document can meet.
fn local(at: usize) -> proc_macro2::Ident {
    quote::format_ident!("member_{at}")
}

fn arm(at: usize, field: &Field<'_>, object: &Object) -> TokenStream {
    let (wire, local) = (&field.member.name, local(at));
    if ty::holder(field.member, Form::Read) == Holder::Nullable {
        quote!(#wire => #local = Some(members.next_value()?),)
    } else if ty::holder(field.member, Form::Read) == Holder::Defaulted {
        quote!(#wire => #local = members.next_value()?,)
    } else {
        let read = read_member(field, object, &quote!(extra));
        quote!(#wire => #local = #read,)
    }
}

fn finished(at: usize, field: &Field<'_>) -> TokenStream {
    let (name, local, wire) = (field.name, local(at), &field.member.name);
    match ty::holder(field.member, Form::Read) {
        Holder::Plain | Holder::Nullable => quote!(#name: #local.ok_or_else(|| runtime::missing(#wire))?,),
        Holder::Defaulted => quote!(#name: #local.unwrap_or_default(),),
        Holder::Optional | Holder::Patch => quote!(#name: #local,),
    }
}

/// ```text
/// impl Serialize for Contact { … object.required("id", &self.id)?; object.end() }
/// ```
fn write_object(plan: &Plan<'_>, id: TypeId, object: &Object, form: Form) -> TokenStream {
    let name = ty::name(plan, id, form);
    let is_written =
        |member| form == Form::Read || ty::is_field(member, form) || ty::is_sent_by_itself(member);
    let writes =
        plan.names.fields(id).iter().zip(&object.members).filter(|(_, member)| is_written(*member)).map(
            |(name, member)| {
                let wire = &member.name;
                if !ty::is_field(member, form) {
                    let constant = member.constant.as_ref().filter(|_| form == Form::Write);
                    return constant
                        .map(|constant| quote!(object.constant(#wire, #constant)?;))
                        .unwrap_or_default();
                }
                match ty::holder(member, form) {
                    Holder::Plain | Holder::Nullable | Holder::Defaulted => {
                        quote!(object.required(#wire, &self.#name)?;)
                    }
                    Holder::Optional => quote!(object.optional(#wire, &self.#name)?;),
                    Holder::Patch => quote!(object.patch(#wire, &self.#name)?;),
                }
            },
        );
    let tag = object.tag.as_ref().map(|(name, value)| quote!(object.constant(#name, #value)?;));
    let additional = object.additional.as_ref().map(|_| quote!(object.extra(&self.extra)?;));
    quote! {
        impl Serialize for #name {
            fn serialize<__S: Serializer>(&self, sink: __S) -> Result<__S::Ok, __S::Error> {
                let mut object = runtime::ObjectWriter::new(sink)?;
                #tag
                #(#writes)*
                #additional
                object.end()
            }
        }
    }
}

fn read_and_write_enumeration(plan: &Plan<'_>, id: TypeId, values: &EnumValues) -> [TokenStream; 2] {
    let name = plan.names.read_type(id);
    let (read, write) = match values {
        EnumValues::Strings(_) => (quote!(runtime::open_enum), quote!(sink.serialize_str(self.as_str()))),
        EnumValues::Integers(_) => {
            (quote!(runtime::open_int_enum), quote!(sink.serialize_i64(self.as_i64())))
        }
    };
    [
        quote! {
            impl<'de> Deserialize<'de> for #name {
                fn deserialize<__D: Deserializer<'de>>(source: __D) -> Result<Self, __D::Error> { #read(source) }
            }
        },
        quote! {
            impl Serialize for #name {
                fn serialize<__S: Serializer>(&self, sink: __S) -> Result<__S::Ok, __S::Error> { #write }
            }
        },
    ]
}

fn write_union(plan: &Plan<'_>, id: TypeId, union: &Union, form: Form) -> TokenStream {
    let name = ty::name(plan, id, form);
    let variants = plan.names.variants(id);
    let cfgs = union.variants.iter().map(|variant| union::cfg(plan, union, &variant.ty));
    quote! {
        impl Serialize for #name {
            fn serialize<__S: Serializer>(&self, sink: __S) -> Result<__S::Ok, __S::Error> {
                match self {
                    #(#cfgs Self::#variants(value) => Serialize::serialize(value, sink),)*
                    Self::Unknown(value) => Serialize::serialize(value, sink),
                }
            }
        }
    }
}

/// Reads a value as it is and then looks which variant it is; one that fits none is kept as it is.
fn read_union(plan: &Plan<'_>, id: TypeId, union: &Union) -> TokenStream {
    let name = ty::name(plan, id, Form::Read);
    let choice = match &union.tag {
        Tag::Member(member) => by_tag(plan, id, union, member),
        Tag::Shape => by_shape(plan, id, union),
    };
    quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<__D: Deserializer<'de>>(source: __D) -> Result<Self, __D::Error> {
                let value = runtime::Json::deserialize(source)?;
                #choice
            }
        }
    }
}

/// The variant with the value's tag; of several with the same, the one that declares most of the members.
fn by_tag(plan: &Plan<'_>, id: TypeId, union: &Union, member: &str) -> TokenStream {
    let mut by_tag: IndexMap<&str, Vec<Case<'_>>> = IndexMap::new();
    for (variant, known) in plan.names.variants(id).iter().zip(&union.variants) {
        for tag in &known.tags {
            by_tag.entry(tag).or_default().push((variant, &known.ty));
        }
    }
    let mut arms: Vec<(Vec<Case<'_>>, Vec<&str>)> = Vec::new();
    for (tag, cases) in by_tag {
        match arms.iter_mut().find(|(known, _)| *known == cases) {
            Some((_, tags)) => tags.push(tag),
            None => arms.push((cases, vec![tag])),
        }
    }
    let arms = arms.iter().map(|(cases, tags)| {
        let choice = best(plan, cases);
        let cfg = offered(plan, union, cases);
        quote!(#cfg #(Some(#tags))|* => #choice,)
    });
    quote!(match runtime::tag(&value, #member) { #(#arms)* _ => Ok(Self::Unknown(value)), })
}

/// The condition under which the only one of `cases` is there, in a union that brings no types along.
fn offered(plan: &Plan<'_>, union: &Union, cases: &[Case<'_>]) -> TokenStream {
    match cases {
        [(_, ty)] => union::cfg(plan, union, ty),
        _ => TokenStream::new(),
    }
}

/// A variant with the type it holds.
type Case<'p> = (&'p VariantName, &'p Type);

/// The only one of `cases`, or that which declares most of the members that are there.
fn best(plan: &Plan<'_>, cases: &[Case<'_>]) -> TokenStream {
    if let [(only, _)] = cases {
        return quote!(runtime::from_json(value).map(Self::#only));
    }
    let lists = cases.iter().map(|(_, ty)| {
        let names = member_names(plan, ty);
        quote!(&[#(#names),*])
    });
    let arms = cases
        .iter()
        .enumerate()
        .map(|(at, (variant, _))| quote!(Some(#at) => runtime::from_json(value).map(Self::#variant),));
    quote!(match runtime::best_match(&value, &[#(#lists),*]) { #(#arms)* _ => Ok(Self::Unknown(value)), })
}

/// The first variant of the value's JSON type; of several objects, the one that declares most of the members.
fn by_shape(plan: &Plan<'_>, id: TypeId, union: &Union) -> TokenStream {
    let variants = plan.names.variants(id);
    let mut objects: Vec<Case<'_>> = Vec::new();
    let mut kinds: Vec<(&str, TokenStream)> = Vec::new();
    for (variant, known) in variants.iter().zip(&union.variants) {
        for kind in json_kinds(plan, &known.ty, 0) {
            if kind == "Object" {
                objects.push((variant, &known.ty));
            } else if kinds.iter().all(|(known, _)| *known != kind) {
                let pattern = quote::format_ident!("{kind}");
                let read = quote!(runtime::from_json(value).map(Self::#variant));
                kinds.push((kind, quote!(runtime::Kind::#pattern => #read,)));
            }
        }
    }
    if !objects.is_empty() {
        let choice = best(plan, &objects);
        kinds.push(("Object", quote!(runtime::Kind::Object => #choice,)));
    }
    let covers_integers = kinds.iter().any(|(kind, _)| *kind == "Integer");
    let arms = kinds.into_iter().map(|(kind, arm)| {
        if kind == "Number" && !covers_integers { quote!(runtime::Kind::Integer | #arm) } else { arm }
    });
    quote!(match runtime::json_kind(&value) { #(#arms)* _ => Ok(Self::Unknown(value)), })
}

/// How deep unions in unions are looked into.
const MOST_UNIONS: usize = 8;

/// The JSON types that a value of `ty` can have, each once.
fn json_kinds(plan: &Plan<'_>, ty: &Type, depth: usize) -> Vec<&'static str> {
    let resolved = ty::resolved(plan, ty);
    let shape = resolved.named().map(|id| &plan.api.type_def(plan.facts.canonical(id)).shape);
    match (resolved, shape) {
        (Type::Named(_), Some(Shape::Union(union))) if depth < MOST_UNIONS && union.tag == Tag::Shape => {
            let mut kinds = Vec::new();
            for variant in &union.variants {
                let inner = json_kinds(plan, &variant.ty, depth + 1);
                kinds.extend(inner);
            }
            kinds.sort_unstable();
            kinds.dedup();
            kinds
        }
        _ => vec![json_kind(plan, resolved)],
    }
}

/// The JSON type that a value of `ty` has; that of a union is an object's.
fn json_kind(plan: &Plan<'_>, ty: &Type) -> &'static str {
    match ty::resolved(plan, ty) {
        Type::Named(id) => match &plan.api.type_def(plan.facts.canonical(*id)).shape {
            Shape::Object(_) | Shape::Union(_) => "Object",
            Shape::Enumeration(enumeration) => match enumeration.values {
                EnumValues::Strings(_) => "String",
                EnumValues::Integers(_) => "Integer",
            },
            Shape::Id(_) => "String",
            Shape::Alias(_) => "Array",
        },
        Type::List(_) => "Array",
        Type::Map(_) | Type::Json(_) | Type::Nullable(_) | Type::JsonApi(_) => "Object",
        Type::Scalar(scalar) => match scalar {
            Scalar::Boolean => "Boolean",
            Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => "Integer",
            Scalar::Float32 | Scalar::Float64 => "Number",
            Scalar::String
            | Scalar::Password
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Moment
            | Scalar::Base64 => "String",
        },
    }
}

fn member_names<'p>(plan: &Plan<'p>, ty: &'p Type) -> Vec<&'p str> {
    let definition = ty::resolved(plan, ty).named().map(|id| plan.api.type_def(plan.facts.canonical(id)));
    match definition.map(|definition| &definition.shape) {
        Some(Shape::Object(object)) => object.members.iter().map(|member| member.name.as_str()).collect(),
        Some(Shape::Enumeration(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Id(_)) | None => Vec::new(),
    }
}

/// A type that only wraps another is written as that one.
fn wrapped(plan: &Plan<'_>, id: TypeId, form: Form) -> Vec<TokenStream> {
    let name = ty::name(plan, id, form);
    let mut impls = Vec::new();
    if types::is_read(plan, id, form) {
        impls.push(quote! {
            impl<'de> Deserialize<'de> for #name {
                fn deserialize<__D: Deserializer<'de>>(source: __D) -> Result<Self, __D::Error> {
                    Deserialize::deserialize(source).map(Self)
                }
            }
        });
    }
    impls.push(quote! {
        impl Serialize for #name {
            fn serialize<__S: Serializer>(&self, sink: __S) -> Result<__S::Ok, __S::Error> { Serialize::serialize(&self.0, sink) }
        }
    });
    impls
}
