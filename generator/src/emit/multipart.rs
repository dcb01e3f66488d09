//! Multipart bodies: a struct with a constructor for the parts that have to be there and a setter for each other.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::body::field_style;
use super::ty::{Form, Place};
use super::{Plan, doc, option, parts, setters, ty};
use crate::model::{FormPart, PartContent, PartPlace, Presence, Scalar, Type};
use crate::name::{PartNames, PartsNames};

/// A part with its names.
pub(super) type Part<'p> = (&'p FormPart, &'p PartNames);

/// ```text
/// /// What [`Upload`] sends as `multipart/form-data`.
/// pub struct UploadMultipart { parts: runtime::multipart::Multipart }
/// impl UploadMultipart {
///     pub fn new(file: impl Into<runtime::multipart::FilePart>) -> Self { … }
///     pub fn title(mut self, title: impl Into<String>) -> Self { … }
/// }
/// ```
pub(super) fn definition(
    plan: &Plan<'_>,
    docs: &str,
    named: &PartsNames,
    declared: &[FormPart],
) -> TokenStream {
    let name = &named.name;
    let all = || declared.iter().zip(&named.parts);
    let docs = doc::own(docs);
    let says_more = |part: &&FormPart| {
        part.media_type.is_some()
            || part.style.is_some()
            || !part.headers.is_empty()
            || part.place != PartPlace::Named
    };
    let kinds = declared.iter().filter(says_more).map(|part| kind(plan, part));
    let constructor = constructor(plan, all());
    let setters =
        all().filter(|(part, _)| part.presence != Presence::Required).map(|part| setter(plan, part));
    let headers = all().map(header_setters);
    let inner = all().filter_map(|(part, own)| {
        let inner = own.inner.as_ref()?;
        let media_type = part.media_type.as_deref().unwrap_or_default();
        let docs = format!(
            "What is in the part {} of [`{name}`], which is {}.",
            doc::code(&part.name),
            doc::code(media_type)
        );
        Some(definition(plan, &docs, inner, part.inner()?))
    });
    quote! {
        #docs
        #[derive(Debug, Clone)]
        #[must_use]
        pub struct #name { parts: runtime::multipart::Multipart }
        impl #name {
            #[doc = " How parts are written that the document says more of than what they hold."]
            pub const KINDS: &'static [runtime::multipart::PartKind] = &[#(#kinds),*];
            #constructor
            #(#setters)*
            #(#headers)*
            #[doc = " Adds a part as it is, whatever the document says of it."]
            pub fn part(mut self, part: runtime::multipart::Part) -> Self {
                self.parts.push(part);
                self
            }
        }
        #[doc = " Parts that were put together without regard to the document."]
        impl From<runtime::multipart::Multipart> for #name {
            fn from(parts: runtime::multipart::Multipart) -> Self { Self { parts } }
        }
        #(#inner)*
    }
}

/// How the document wants a part written.
fn kind(plan: &Plan<'_>, part: &FormPart) -> TokenStream {
    let name = &part.name;
    let media_type = option(part.media_type.as_ref().map(|media_type| quote!(#media_type)));
    let style = option(part.style.as_ref().map(|style| field_style(plan, style)));
    let place = match part.place {
        PartPlace::Named => quote!(runtime::multipart::PartPlace::Named),
        PartPlace::At(at) => {
            let at = Literal::usize_unsuffixed(at);
            quote!(runtime::multipart::PartPlace::At(#at))
        }
        PartPlace::Rest => quote!(runtime::multipart::PartPlace::Rest),
    };
    let required = part.headers.iter().filter(|header| header.presence == Presence::Required);
    let required = required.map(|header| &header.name);
    quote! {
        runtime::multipart::PartKind {
            name: #name,
            place: #place,
            media_type: #media_type,
            style: #style,
            headers: &[#(#required),*],
        }
    }
}

fn constructor<'p>(plan: &Plan<'_>, all: impl Iterator<Item = Part<'p>>) -> TokenStream {
    let required: Vec<Part<'p>> = all.filter(|(part, _)| part.presence == Presence::Required).collect();
    let arguments: Vec<TokenStream> = required
        .iter()
        .filter(|(part, _)| !part.is_constant())
        .map(|part| {
            let (name, argument) = (&part.1.name, argument(plan, *part));
            quote!(#name: #argument)
        })
        .collect();
    let statements = required.iter().map(|part| match &part.0.constant {
        Some(constant) => {
            let wire = &part.0.name;
            quote!(parts.value(#wire, #constant);)
        }
        None => apply(plan, *part, &quote!(parts)),
    });
    let mutable = (!required.is_empty()).then(|| quote!(mut));
    let statements: Vec<TokenStream> = statements.collect();
    let words = if arguments.is_empty() {
        " Starts without any part."
    } else {
        " Starts with the parts that have to be there."
    };
    // Clippy's limit.
    let allow = (arguments.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let allow_default = arguments.is_empty().then(|| quote!(#[allow(clippy::new_without_default)]));
    quote! {
        #[doc = #words]
        #allow
        #allow_default
        pub fn new(#(#arguments),*) -> Self {
            let #mutable parts = runtime::multipart::Multipart::new(Self::KINDS);
            #(#statements)*
            Self { parts }
        }
    }
}

fn setter(plan: &Plan<'_>, part: Part<'_>) -> TokenStream {
    let (declared, PartNames { name, .. }) = part;
    let docs = doc::item(&declared.docs, &format!("Sets the part {}.", doc::code(&declared.name)));
    let allow = setters::allow_trait_name(name.as_str());
    let argument = argument(plan, part);
    let apply = apply(plan, part, &quote!(self.parts));
    quote! {
        #docs
        #allow
        pub fn #name(mut self, #name: #argument) -> Self { #apply self }
    }
}

fn header_setters((part, own): Part<'_>) -> TokenStream {
    let wire = &part.name;
    let setters = part.headers.iter().zip(&own.headers).map(|(header, name)| {
        let own = &header.name;
        let fallback = format!("Sets the header {} of the part {}.", doc::code(own), doc::code(wire));
        let docs = doc::item(&header.docs, &fallback);
        quote! {
            #docs
            pub fn #name(mut self, #name: &str) -> Self {
                self.parts.header(#wire, #own, #name);
                self
            }
        }
    });
    quote!(#(#setters)*)
}

/// What a caller passes for a part.
fn argument(plan: &Plan<'_>, (part, own): Part<'_>) -> TokenStream {
    let inner = own.inner.as_ref().map(|inner| &inner.name);
    let ty = match &part.content {
        PartContent::Multipart(_) => return quote!(#inner),
        PartContent::Multiparts(_) => return quote!(impl IntoIterator<Item = #inner>),
        PartContent::File => return quote!(impl Into<runtime::multipart::FilePart>),
        PartContent::Files => {
            return quote!(impl IntoIterator<Item = impl Into<runtime::multipart::FilePart>>);
        }
        PartContent::Value(ty) => ty,
    };
    let held = |ty: &Type| ty::expression(plan, ty, Form::Write, Place::Group);
    match ty::resolved(plan, ty) {
        Type::List(item) if is_text(plan, item) => quote!(impl IntoIterator<Item = impl Into<String>>),
        Type::List(item) => {
            let item = held(item);
            quote!(impl IntoIterator<Item = #item>)
        }
        Type::Named(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => {
            let held = held(ty);
            if parts::converts(plan, ty) { quote!(impl Into<#held>) } else { held }
        }
    }
}

fn is_text(plan: &Plan<'_>, ty: &Type) -> bool {
    matches!(ty::resolved(plan, ty), Type::Scalar(Scalar::String | Scalar::Password | Scalar::Binary))
}

/// The statement that puts what was passed as `name` into `parts`.
fn apply(plan: &Plan<'_>, (part, PartNames { name, .. }): Part<'_>, parts: &TokenStream) -> TokenStream {
    let wire = &part.name;
    let ty = match &part.content {
        PartContent::Multipart(_) => return quote!(#parts.nested(#wire, #name.parts);),
        PartContent::Multiparts(_) => {
            return quote!(#parts.nested_list(#wire, #name.into_iter().map(|inner| inner.parts).collect()););
        }
        PartContent::File => return quote!(#parts.file(#wire, #name.into());),
        PartContent::Files => {
            return quote!(#parts.files(#wire, #name.into_iter().map(Into::into).collect()););
        }
        PartContent::Value(ty) => ty,
    };
    match ty::resolved(plan, ty) {
        Type::List(item) if is_text(plan, item) => {
            quote!(#parts.value(#wire, &#name.into_iter().map(Into::into).collect::<Vec<String>>());)
        }
        Type::List(_) => quote!(#parts.value(#wire, &#name.into_iter().collect::<Vec<_>>());),
        Type::Named(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => {
            if parts::converts(plan, ty) {
                let held = ty::expression(plan, ty, Form::Write, Place::Group);
                quote!(#parts.value(#wire, &Into::<#held>::into(#name));)
            } else {
                quote!(#parts.value(#wire, &#name);)
            }
        }
    }
}
