//! Answers of several parts that the document names: a struct with a field for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty::{Form, Place};
use super::{Plan, doc, form, ty, xml};
use crate::model::{FormPart, Operation, PartContent, PartPlace, Presence, Type};
use crate::name::{AnswerNames, OperationNames};

/// ```text
/// /// The parts of an answer to [`Get`].
/// pub struct GetParts { pub about: types::About, pub picture: runtime::parts::Part, pub rest: Vec<runtime::parts::Part> }
/// ```
pub(super) fn definitions(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let all = operation.named_parts().into_iter().zip(&names.answers).map(|(known, own)| {
        let name = &own.answer;
        let docs = doc::own(&format!("The parts of an answer to [`{}`].", names.builder));
        let fields = known.parts.iter().zip(&own.parts).map(|(part, field)| {
            let fallback = format!("The part {}.", doc::code(&part.name));
            let (docs, held) = (doc::item(&part.docs, &fallback), Held::of(plan, part).expression(plan));
            quote!(#docs pub #field: #held,)
        });
        quote! {
            #docs
            #[derive(Debug, Clone)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
                #[doc = " The parts that the document does not name."]
                pub rest: Vec<runtime::parts::Part>,
            }
        }
    });
    quote!(#(#all)*)
}

/// ```text
/// response.decode_parts(&["about", "picture"], |parts| Ok(GetParts {
///     about: parts.value("about", runtime::parts::Shape::Value)?,
///     picture: parts.file("picture")?,
///     rest: parts.rest(),
/// }))
/// ```
pub(super) fn read(plan: &Plan<'_>, parts: &[FormPart], names: &AnswerNames) -> TokenStream {
    let name = &names.answer;
    let known = parts.iter().map(|part| &part.name);
    let fields = parts.iter().zip(&names.parts).map(|(part, field)| {
        let taken = Held::of(plan, part).taken(plan, part);
        quote!(#field: #taken,)
    });
    // What has a position has a name of the client's only.
    let way = match parts.first().map(|part| part.place) {
        Some(PartPlace::At(_) | PartPlace::Rest) => quote!(decode_parts_in_order),
        Some(PartPlace::Named) | None => quote!(decode_parts),
    };
    quote! {
        response.#way(&[#(#known),*], |parts| Ok(#name { #(#fields)* rest: parts.rest() }))
    }
}

/// ```text
/// cli::members(vec![("about", cli::member(&value.about)), ("picture", cli::part(value.picture.headers(), value.picture.body()))])
/// ```
pub(super) fn shown(plan: &Plan<'_>, parts: &[FormPart], names: &AnswerNames) -> TokenStream {
    let file = quote!(|part| cli::part(part.headers(), part.body()));
    let members = parts.iter().zip(&names.parts).map(|(part, field)| {
        let wire = &part.name;
        let shown = match Held::of(plan, part) {
            Held::File(Presence::Required) => quote!(cli::part(value.#field.headers(), value.#field.body())),
            Held::File(_) => quote!(cli::member(&value.#field.as_ref().map(#file))),
            Held::Files => quote!(cli::member(&value.#field.iter().map(#file).collect::<Vec<_>>())),
            Held::Value(..) | Held::List(_) => quote!(cli::member(&value.#field)),
        };
        quote!((#wire, #shown))
    });
    quote!(cli::members(vec![#(#members),*]))
}

/// What a field holds.
enum Held<'p> {
    Value(&'p Type, Presence),
    List(&'p Type),
    File(Presence),
    Files,
}

impl<'p> Held<'p> {
    fn of(plan: &Plan<'p>, part: &'p FormPart) -> Self {
        let ty = match &part.content {
            PartContent::File => return Held::File(part.presence),
            PartContent::Files => return Held::Files,
            PartContent::Value(ty) => ty,
        };
        match (ty::resolved(plan, ty), ty) {
            (Type::List(item), _) => Held::List(item),
            // What may be null has no part, or one that is null.
            (_, Type::Nullable(inner)) => Held::Value(inner, Presence::Optional),
            (_, ty) => Held::Value(ty, part.presence),
        }
    }

    fn expression(&self, plan: &Plan<'_>) -> TokenStream {
        let of = |ty: &Type| ty::expression(plan, ty, Form::Read, Place::Group);
        match self {
            Held::Value(ty, Presence::Required) => of(ty),
            Held::Value(ty, Presence::Optional | Presence::Defaulted) => {
                let held = of(ty);
                quote!(Option<#held>)
            }
            Held::List(item) => {
                let item = of(item);
                quote!(Vec<#item>)
            }
            Held::File(Presence::Required) => quote!(runtime::parts::Part),
            Held::File(Presence::Optional | Presence::Defaulted) => quote!(Option<runtime::parts::Part>),
            Held::Files => quote!(Vec<runtime::parts::Part>),
        }
    }

    fn taken(&self, plan: &Plan<'_>, part: &FormPart) -> TokenStream {
        let wire = &part.name;
        let shape = |ty: &Type| match part.xml {
            Some(node) => {
                let node = xml::of(plan, node);
                quote!(runtime::parts::Shape::Other(|body| runtime::xml::value(body, #node)))
            }
            None if form::is_text(plan, ty) => quote!(runtime::parts::Shape::Text),
            None => quote!(runtime::parts::Shape::Value),
        };
        match self {
            Held::Value(ty, presence) => {
                let shape = shape(ty);
                match presence {
                    Presence::Required => quote!(parts.value(#wire, #shape)?),
                    Presence::Optional | Presence::Defaulted => quote!(parts.optional(#wire, #shape)?),
                }
            }
            Held::List(item) => {
                let shape = shape(item);
                quote!(parts.list(#wire, #shape)?)
            }
            Held::File(Presence::Required) => quote!(parts.file(#wire)?),
            Held::File(Presence::Optional | Presence::Defaulted) => quote!(parts.optional_file(#wire)),
            Held::Files => quote!(parts.files(#wire)),
        }
    }
}
