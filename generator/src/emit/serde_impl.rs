//! serde's traits, written out: derived impls would cost each user three times the check time.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::{Field, can_be_default, fields};
use super::ty::{Form, Holder};
use super::{Plan, events, id, serde_union, tuple, ty, types};
use crate::model::{EnumValues, MembersBy, Object, Reading, Shape, Tag, Type, TypeId, Untyped};

/// The impls of one form of `id`.
pub(super) fn impls(plan: &Plan<'_>, id: TypeId, form: Form) -> Vec<TokenStream> {
    let mut impls = Vec::new();
    let is_read = types::is_read(plan, id, form);
    match &plan.api.type_def(id).shape {
        Shape::Object(object) if object.by == MembersBy::Position => {
            if is_read {
                impls.extend(tuple::read(plan, id, object, form));
            }
            impls.push(tuple::write(plan, id, object, form));
        }
        Shape::Object(object) => {
            if is_read {
                impls.extend(read_object(plan, id, object, form));
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
                impls.push(serde_union::read(plan, id, union, form));
            }
            if let Tag::Event(forms) = &union.tag {
                impls.push(events::by_name(plan, id, union, forms));
            }
            impls.push(serde_union::write(plan, id, union, form));
        }
        Shape::Alias(_) if plan.facts.is_wrapped(id) => impls.extend(wrapped(plan, id, form)),
        Shape::Id(known) => impls.extend(id::impls(plan, id, known)),
        Shape::Alias(_) => {}
    }
    impls
}

/// Whether a form of `id` occurs only in what is sent, and is not readable by what it is.
pub(super) fn has_reading_of_sent(plan: &Plan<'_>, id: TypeId, form: Form) -> bool {
    !types::is_read(plan, id, form)
        && match &plan.api.type_def(id).shape {
            Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) => true,
            Shape::Alias(_) => plan.facts.is_wrapped(id),
            Shape::Id(_) => false,
        }
}

/// What makes a form of `id` readable that occurs only in what is sent: a command line reads it from text.
pub(super) fn reading_of_sent(plan: &Plan<'_>, id: TypeId, form: Form) -> Vec<TokenStream> {
    if !has_reading_of_sent(plan, id, form) {
        return Vec::new();
    }
    match &plan.api.type_def(id).shape {
        Shape::Object(object) if object.by == MembersBy::Position => {
            tuple::read(plan, id, object, form).into()
        }
        Shape::Object(object) => read_object(plan, id, object, form).into(),
        Shape::Enumeration(enumeration) => {
            let [read, _] = read_and_write_enumeration(plan, id, &enumeration.values);
            vec![read]
        }
        Shape::Union(union) => vec![serde_union::read(plan, id, union, form)],
        Shape::Alias(_) => vec![read_wrapped(plan, id, form)],
        Shape::Id(_) => Vec::new(),
    }
}

/// ```text
/// impl<'de> Deserialize<'de> for Contact { … runtime::object(source) }
/// impl<'de> runtime::Object<'de> for Contact { … match &*key { "id" => runtime::member(&mut members, &mut id), … }?; }
/// ```
fn read_object(plan: &Plan<'_>, id: TypeId, object: &Object, form: Form) -> [TokenStream; 2] {
    let name = ty::name(plan, id, form);
    let text = name.as_str();
    let fields = fields(plan, id, object, form);
    let body = if can_be_default(&fields, form) && !has_nullable(&fields, form) {
        fill(&fields, object, form)
    } else {
        collect(plan, id, object, &fields, form)
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

fn has_nullable(fields: &[Field<'_>], form: Form) -> bool {
    fields.iter().any(|field| ty::holder(field.member, form) == Holder::Nullable)
}

/// Nothing has to be there: the members go where they belong as they come.
fn fill(fields: &[Field<'_>], object: &Object, form: Form) -> TokenStream {
    let arms = fields.iter().map(|field| {
        let (wire, name) = (&field.member.name, field.name);
        let read = read_member(field, object, form, &quote!(value.#name), &quote!(value.extra));
        quote!(#wire => #read,)
    });
    let members = each_member(object, arms.chain(fixed(object, form)), &quote!(value.extra));
    let mutable = (!fields.is_empty() || object.additional.is_some()).then(|| quote!(mut));
    quote! {
        let #mutable value = Self::default();
        #members
        Ok(value)
    }
}

/// ```text
/// while let Some(key) = runtime::next_key(&mut members)? { match &*key { "id" => …, _ => runtime::skip(&mut members), }?; }
/// ```
///
/// What is in none of `arms` goes to `extra`, if the object keeps it.
fn each_member(object: &Object, arms: impl Iterator<Item = TokenStream>, extra: &TokenStream) -> TokenStream {
    let tag = object.tag.as_ref().map(|(name, _)| quote!(#name => runtime::skip(&mut members),));
    let arms: Vec<TokenStream> = arms.chain(tag).collect();
    let rest = if object.additional.is_some() {
        quote!(runtime::keep(&mut members, key, &mut #extra))
    } else {
        quote!(runtime::skip(&mut members))
    };
    match (arms.as_slice(), &object.additional) {
        ([], None) => quote! {
            while runtime::next_key(&mut members)?.is_some() { #rest?; }
        },
        ([], Some(_)) => quote!(while let Some(key) = runtime::next_key(&mut members)? { #rest?; }),
        (arms, _) => quote! {
            while let Some(key) = runtime::next_key(&mut members)? {
                match &*key { #(#arms)* _ => #rest, }?;
            }
        },
    }
}

/// Reads the value of a member into `place`, which holds an `Option`, or something that is empty by default.
fn read_member(
    field: &Field<'_>,
    object: &Object,
    form: Form,
    place: &TokenStream,
    extra: &TokenStream,
) -> TokenStream {
    // Where a document allows anything it allows null, which is a value then.
    if matches!(field.member.ty, Type::Json(Untyped::Anything | Untyped::Unsupported))
        && matches!(ty::holder(field.member, form), Holder::Plain | Holder::Optional)
        && object.reading != Reading::Keeping
    {
        return quote!(runtime::member_or_null(&mut members, &mut #place));
    }
    if form == Form::Write {
        return quote!(runtime::member(&mut members, &mut #place));
    }
    let is_lenient = field.member.reading == Reading::Lenient;
    match (ty::holder(field.member, Form::Read), object.reading) {
        (Holder::Defaulted, _) => quote!(runtime::member_or_default(&mut members, &mut #place)),
        (_, Reading::Keeping) if is_lenient => {
            quote!(runtime::lenient_attribute(&mut members, key, &mut #place, &mut #extra))
        }
        (_, Reading::Keeping) => quote!(runtime::attribute(&mut members, key, &mut #place, &mut #extra)),
        (_, Reading::Strict | Reading::Lenient) if is_lenient => {
            quote!(runtime::lenient(&mut members, &mut #place))
        }
        (_, Reading::Strict | Reading::Lenient) => quote!(runtime::member(&mut members, &mut #place)),
    }
}

/// Something has to be there: the members are kept aside until all have come.
fn collect(plan: &Plan<'_>, id: TypeId, object: &Object, fields: &[Field<'_>], form: Form) -> TokenStream {
    let locals = fields.iter().enumerate().map(|(at, field)| {
        let local = local(at);
        let value = ty::value(plan, id, &field.member.ty, form);
        match ty::holder(field.member, form) {
            Holder::Nullable => quote!(let mut #local: Option<Option<#value>> = None;),
            Holder::Patch => quote!(let mut #local: runtime::Patch<#value> = runtime::Patch::Absent;),
            Holder::Plain | Holder::Optional | Holder::Defaulted => {
                quote!(let mut #local: Option<#value> = None;)
            }
        }
    });
    let arms = fields.iter().enumerate().map(|(at, field)| arm(at, field, object, form));
    let members = each_member(object, arms.chain(fixed(object, form)), &quote!(extra));
    let values = fields.iter().enumerate().map(|(at, field)| finished(at, field, form));
    let (start, end) = match &object.additional {
        None => (TokenStream::new(), TokenStream::new()),
        Some(_) => (quote!(let mut extra = runtime::Map::new();), quote!(extra,)),
    };
    quote! {
        #(#locals)*
        #start
        #members
        Ok(Self { #(#values)* #end })
    }
}

/// A local that no name of the document can meet.
fn local(at: usize) -> proc_macro2::Ident {
    quote::format_ident!("member_{at}")
}

/// The members of a form that is sent which the client puts there, and which can have no other value.
fn fixed(object: &Object, form: Form) -> impl Iterator<Item = TokenStream> {
    let members =
        object.members.iter().filter(move |member| form == Form::Write && ty::is_sent_by_itself(member));
    members.filter_map(|member| {
        let (wire, constant) = (&member.name, member.constant.as_ref()?);
        Some(quote!(#wire => runtime::constant(&mut members, #constant),))
    })
}

fn arm(at: usize, field: &Field<'_>, object: &Object, form: Form) -> TokenStream {
    let (wire, local) = (&field.member.name, local(at));
    if ty::holder(field.member, form) == Holder::Nullable {
        quote!(#wire => runtime::member_or_null(&mut members, &mut #local),)
    } else if ty::holder(field.member, form) == Holder::Defaulted {
        quote!(#wire => runtime::member(&mut members, &mut #local),)
    } else {
        let read = read_member(field, object, form, &quote!(#local), &quote!(extra));
        quote!(#wire => #read,)
    }
}

fn finished(at: usize, field: &Field<'_>, form: Form) -> TokenStream {
    let (name, local, wire) = (field.name, local(at), &field.member.name);
    match ty::holder(field.member, form) {
        Holder::Plain | Holder::Nullable => quote!(#name: runtime::required(#local, #wire)?,),
        Holder::Defaulted => quote!(#name: #local.unwrap_or_default(),),
        Holder::Optional | Holder::Patch => quote!(#name: #local,),
    }
}

/// ```text
/// impl Serialize for Contact { … object.required("id", &self.id); object.end() }
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
                        .map(|constant| quote!(object.constant(#wire, #constant);))
                        .unwrap_or_default();
                }
                match ty::holder(member, form) {
                    Holder::Plain | Holder::Nullable | Holder::Defaulted => {
                        quote!(object.required(#wire, &self.#name);)
                    }
                    Holder::Optional => quote!(object.optional(#wire, &self.#name);),
                    Holder::Patch => quote!(object.patch(#wire, &self.#name);),
                }
            },
        );
    let tag = object.tag.as_ref().map(|(name, value)| quote!(object.constant(#name, #value);));
    let additional = object.additional.as_ref().map(|_| quote!(object.extra(&self.extra);));
    quote! {
        impl Serialize for #name {
            fn serialize<__S: Serializer>(&self, sink: __S) -> Result<__S::Ok, __S::Error> {
                let mut object = runtime::ObjectWriter::new(sink);
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

/// A type that only wraps another is written as that one.
fn wrapped(plan: &Plan<'_>, id: TypeId, form: Form) -> Vec<TokenStream> {
    let name = ty::name(plan, id, form);
    let mut impls = Vec::new();
    if types::is_read(plan, id, form) {
        impls.push(read_wrapped(plan, id, form));
    }
    impls.push(quote! {
        impl Serialize for #name {
            fn serialize<__S: Serializer>(&self, sink: __S) -> Result<__S::Ok, __S::Error> { Serialize::serialize(&self.0, sink) }
        }
    });
    impls
}

fn read_wrapped(plan: &Plan<'_>, id: TypeId, form: Form) -> TokenStream {
    let name = ty::name(plan, id, form);
    quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<__D: Deserializer<'de>>(source: __D) -> Result<Self, __D::Error> {
                Deserialize::deserialize(source).map(Self)
            }
        }
    }
}
