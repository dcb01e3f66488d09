//! A body that is offered in several media types: the enum of which a caller makes one.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::{self, Named};
use super::ty::{Form, Place};
use super::{Plan, doc, ty};
use crate::model::{Body, BodyKind, BodyMedia, Type};
use crate::name::OperationNames;

/// `impl Into<CreateBody<'b>>`.
pub(super) fn argument(body: &Body, names: &OperationNames) -> TokenStream {
    let (name, lifetime) = (&names.body, is_borrowed(body).then(|| quote!(<'b>)));
    quote!(impl Into<#name #lifetime>)
}

/// Whether values of the enum refer to what the caller has.
pub(super) fn is_borrowed(body: &Body) -> bool {
    body.media
        .iter()
        .any(|media| matches!(media.kind, BodyKind::Json(_) | BodyKind::Form(_) | BodyKind::Xml(..)))
}

/// ```text
/// /// What [`Create`] can send, by media type.
/// pub enum CreateBody<'b> {
///     /// `application/json`.
///     Json(&'b types::Pet),
///     /// `multipart/form-data`.
///     Multipart(CreateMultipart),
/// }
/// impl<'b> From<&'b types::Pet> for CreateBody<'b> { … }
/// ```
pub(super) fn definition(plan: &Plan<'_>, body: &Body, names: &OperationNames) -> TokenStream {
    let name = &names.body;
    let lifetime = is_borrowed(body).then(|| quote!(<'b>));
    let docs = docs(body, names);
    let variants = body::named(body, names).map(|(media, named)| {
        let (variant, held) = (&named.variant, held(plan, (media, named)));
        let docs = doc::own(&format!("{}{}", doc::code(&media.media_type), remark(&media.kind)));
        quote!(#docs #variant(#held),)
    });
    let arms = body::named(body, names).map(|(media, named)| {
        let variant = &named.variant;
        let apply = body::apply_media(plan, media, &quote!(request), &quote!(body));
        quote!(Self::#variant(body) => { #apply })
    });
    let media_types = body.media.iter().map(|media| &media.media_type);
    let conversions = conversions(plan, body, names);
    let elided = is_borrowed(body).then(|| quote!(<'_>));
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub enum #name #lifetime { #(#variants)* }
        impl #name #elided {
            #[doc = " The media types, in the order of the variants."]
            pub const MEDIA_TYPES: &'static [&'static str] = &[#(#media_types),*];
            fn apply(self, request: &mut Request<'_>) {
                match self { #(#arms)* }
            }
        }
        #conversions
    }
}

fn docs(body: &Body, names: &OperationNames) -> TokenStream {
    let preferred = names.media.get(body.preferred()).map_or("", |named| named.variant.as_str());
    let heading = format!(
        "What [`{}`] can send, by media type; a value alone is sent as [`{preferred}`](Self::{preferred}).",
        names.builder
    );
    match body.docs.description.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(words) => doc::own(&format!("{heading}\n\n{}", doc::inert(words))),
        None => doc::own(&heading),
    }
}

/// What a variant holds.
fn held(plan: &Plan<'_>, (media, named): Named<'_>) -> TokenStream {
    let lifetime = quote!('b);
    match &media.kind {
        BodyKind::Json(ty) | BodyKind::Xml(ty, _) => body::reference(plan, ty, &lifetime),
        BodyKind::Form(form) => body::reference(plan, &form.ty, &lifetime),
        BodyKind::Multipart(_) => {
            let multipart = &body::parts_names(named).name;
            quote!(#multipart)
        }
        BodyKind::Lines(ty) => {
            let item = ty::expression(plan, ty, Form::Write, Place::Group);
            quote!(runtime::lines::JsonLines<#item>)
        }
        BodyKind::Text => quote!(String),
        BodyKind::Bytes => quote!(runtime::Upload),
        BodyKind::Range => quote!(runtime::content::Content),
        BodyKind::Parts(_) => unreachable!("a body in parts is alone"),
    }
}

fn remark(kind: &BodyKind) -> &'static str {
    match kind {
        BodyKind::Lines(_) => ": values one after another.",
        BodyKind::Text => ": the text.",
        BodyKind::Bytes => ": the bytes.",
        BodyKind::Range => ": the bytes, with a media type in this range.",
        BodyKind::Json(_)
        | BodyKind::Form(_)
        | BodyKind::Xml(..)
        | BodyKind::Multipart(_)
        | BodyKind::Parts(_) => ".",
    }
}

/// From a value alone to the preferred media type, and from what can be meant for one only.
fn conversions(plan: &Plan<'_>, body: &Body, names: &OperationNames) -> TokenStream {
    let preferred = body.preferred();
    let is_first = |at: usize, same: fn(&BodyKind) -> bool| {
        body.media.iter().position(|media| same(&media.kind)) == Some(at)
    };
    let conversions = body::named(body, names).enumerate().filter_map(|(at, named)| {
        let wanted = match &named.0.kind {
            BodyKind::Json(_)
            | BodyKind::Form(_)
            | BodyKind::Xml(..)
            | BodyKind::Lines(_)
            | BodyKind::Text => at == preferred,
            BodyKind::Multipart(_) => true,
            BodyKind::Bytes => is_first(at, |kind| matches!(kind, BodyKind::Bytes)),
            BodyKind::Range => is_first(at, |kind| matches!(kind, BodyKind::Range)),
            BodyKind::Parts(_) => false,
        };
        wanted.then(|| conversion(plan, body, names, named))
    });
    quote!(#(#conversions)*)
}

fn conversion(plan: &Plan<'_>, body: &Body, names: &OperationNames, of_media: Named<'_>) -> TokenStream {
    let (name, variant, held) = (&names.body, &of_media.1.variant, held(plan, of_media));
    let of = |generics: TokenStream, from: TokenStream, value: TokenStream| {
        let lifetime = is_borrowed(body).then(|| quote!(<'b>));
        quote! {
            impl #generics From<#from> for #name #lifetime {
                fn from(body: #from) -> Self { Self::#variant(#value) }
            }
        }
    };
    let generics = body::generics(Some(body));
    let itself = of(generics.clone(), held, quote!(body));
    match (&of_media.0.kind, list_item(plan, of_media.0)) {
        (_, Some(item)) => {
            let item = ty::expression(plan, item, Form::Write, Place::Group);
            let vector = of(generics, quote!(&'b Vec<#item>), quote!(body));
            let array = of(quote!(<'b, const N: usize>), quote!(&'b [#item; N]), quote!(body));
            quote!(#itself #vector #array)
        }
        (BodyKind::Text, None) => {
            let text = of(generics, quote!(&str), quote!(body.to_owned()));
            quote!(#itself #text)
        }
        (_, None) => itself,
    }
}

/// The items of a list that is passed as a slice.
fn list_item<'p>(plan: &Plan<'p>, media: &'p BodyMedia) -> Option<&'p Type> {
    let ty = match &media.kind {
        BodyKind::Json(ty) | BodyKind::Xml(ty, _) => ty,
        BodyKind::Form(form) => &form.ty,
        BodyKind::Multipart(_)
        | BodyKind::Lines(_)
        | BodyKind::Text
        | BodyKind::Bytes
        | BodyKind::Range
        | BodyKind::Parts(_) => return None,
    };
    match ty::resolved(plan, ty) {
        Type::List(item) => Some(item),
        Type::Named(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Scalar(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => None,
    }
}
