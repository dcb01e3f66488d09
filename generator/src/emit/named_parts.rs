//! Answers of several parts that the document names: a struct with a field for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::multipart::Part;
use super::ty::{Form, Place};
use super::{Plan, doc, form, option, ty};
use crate::model::{FormPart, Operation, PartContent, PartPlace, Presence, Type};
use crate::name::{OperationNames, PartsNames};

/// ```text
/// /// The parts of an answer to [`Get`].
/// pub struct GetParts { pub about: types::About, pub picture: runtime::parts::Part, pub rest: Vec<runtime::parts::Part> }
/// ```
pub(super) fn definitions(plan: &Plan<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let docs = format!("The parts of an answer to [`{}`].", names.builder);
    let all = operation.named_parts().into_iter().zip(&names.answers);
    let all = all.map(|(known, own)| definition(plan, &docs, own, &known.parts));
    quote!(#(#all)*)
}

fn definition(plan: &Plan<'_>, docs: &str, names: &PartsNames, parts: &[FormPart]) -> TokenStream {
    let name = &names.name;
    let docs = doc::own(docs);
    let all = || parts.iter().zip(&names.parts);
    let fields = all().map(|part| {
        let fallback = format!("The part {}.", doc::code(&part.0.name));
        let (docs, field) = (doc::item(&part.0.docs, &fallback), &part.1.name);
        let held = Taken::of(plan, part).expression(plan);
        quote!(#docs pub #field: #held,)
    });
    let inner = all().filter_map(|(part, own)| {
        let docs = format!("What is in the part {} of [`{name}`].", doc::code(&part.name));
        Some(definition(plan, &docs, own.inner.as_ref()?, part.inner()?))
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
        #(#inner)*
    }
}

/// ```text
/// response.decode_parts(runtime::parts::Apart::ByName, const { &[("about", Some(…)), ("picture", None)] }, |parts| Ok(GetParts {
///     about: parts.value("about")?,
///     picture: parts.file("picture")?,
///     rest: parts.rest(),
/// }))
/// ```
pub(super) fn read(plan: &Plan<'_>, parts: &[FormPart], names: &PartsNames) -> TokenStream {
    let told = told(plan, parts, names);
    quote!(response.decode_parts(#told))
}

/// How parts are told apart, by what names, what they are, and what is made of them.
fn told(plan: &Plan<'_>, parts: &[FormPart], names: &PartsNames) -> TokenStream {
    let name = &names.name;
    let all = || parts.iter().zip(&names.parts);
    let known = all().map(|part| {
        let (wire, shape) = (&part.0.name, option(Taken::of(plan, part).shape(plan, part.0)));
        quote!((#wire, #shape))
    });
    let fields = all().map(|part| {
        let (field, taken) = (&part.1.name, Taken::of(plan, part).taken(plan, part.0));
        quote!(#field: #taken,)
    });
    // What has a position has a name of the client's only.
    let apart = match parts.last().map(|part| part.place) {
        Some(PartPlace::At(_)) => quote!(InOrder),
        Some(PartPlace::Rest) => quote!(InOrderWithRest),
        Some(PartPlace::Named) | None => quote!(ByName),
    };
    quote! {
        runtime::parts::Apart::#apart, const { &[#(#known),*] }, |parts| Ok(#name { #(#fields)* rest: parts.rest() })
    }
}

/// ```text
/// vec![("about", cli::member(&value.about)), ("picture", cli::part(value.picture.headers(), value.picture.body()))]
/// ```
pub(super) fn shown(plan: &Plan<'_>, parts: &[FormPart], names: &PartsNames) -> TokenStream {
    let file = quote!(|part| cli::part(part.headers(), part.body()));
    let members = parts.iter().zip(&names.parts).map(|part| {
        let (wire, field) = (&part.0.name, &part.1.name);
        let inner = |inner: &Inner<'_>| {
            let shown = shown(plan, inner.0, inner.1);
            let value = if inner.0.is_empty() { quote!(_) } else { quote!(value) };
            quote!(|#value| cli::members(#shown))
        };
        let shown = match Taken::of(plan, part) {
            Taken::File(Presence::Required) => quote!(cli::part(value.#field.headers(), value.#field.body())),
            Taken::File(_) => quote!(cli::member(&value.#field.as_ref().map(#file))),
            Taken::Files => quote!(cli::member(&value.#field.iter().map(#file).collect::<Vec<_>>())),
            Taken::Value(..) | Taken::List(_) => quote!(cli::member(&value.#field)),
            Taken::Inner(within, Presence::Required) => {
                let shown = self::shown(plan, within.0, within.1);
                let value = (!within.0.is_empty()).then(|| quote!(let value = &value.#field;));
                quote!({ #value cli::members(#shown) })
            }
            Taken::Inner(within, _) => {
                let inner = inner(&within);
                quote!(cli::member(&value.#field.as_ref().map(#inner)))
            }
            Taken::InnerList(within) => {
                let inner = inner(&within);
                quote!(cli::member(&value.#field.iter().map(#inner).collect::<Vec<_>>()))
            }
        };
        quote!((#wire, #shown))
    });
    quote!(vec![#(#members),*])
}

/// The parts in a part, with their names.
type Inner<'p> = (&'p [FormPart], &'p PartsNames);

/// What a field holds.
enum Taken<'p> {
    Value(&'p Type, Presence),
    List(&'p Type),
    File(Presence),
    Files,
    Inner(Inner<'p>, Presence),
    InnerList(Inner<'p>),
}

impl<'p> Taken<'p> {
    fn of(plan: &Plan<'p>, (part, own): Part<'p>) -> Self {
        let ty = match (&part.content, &own.inner) {
            (PartContent::Multipart(inner), Some(names)) => {
                return Taken::Inner((inner, names), part.presence);
            }
            (PartContent::Multiparts(inner), Some(names)) => return Taken::InnerList((inner, names)),
            (PartContent::Multipart(_) | PartContent::Multiparts(_), None) => {
                unreachable!("`name` names the parts in every part")
            }
            (PartContent::File, _) => return Taken::File(part.presence),
            (PartContent::Files, _) => return Taken::Files,
            (PartContent::Value(ty), _) => ty,
        };
        match (ty::resolved(plan, ty), ty, part.place) {
            (Type::List(item), _, PartPlace::Named | PartPlace::Rest) => Taken::List(item),
            // What may be null has no part, or one that is null.
            (_, Type::Nullable(inner), _) => Taken::Value(inner, Presence::Optional),
            (_, ty, _) => Taken::Value(ty, part.presence),
        }
    }

    fn expression(&self, plan: &Plan<'_>) -> TokenStream {
        let of = |ty: &Type| ty::expression(plan, ty, Form::Read, Place::Group);
        match self {
            Taken::Value(ty, Presence::Required) => of(ty),
            Taken::Value(ty, Presence::Optional | Presence::Defaulted) => {
                let held = of(ty);
                quote!(Option<#held>)
            }
            Taken::List(item) => {
                let item = of(item);
                quote!(Vec<#item>)
            }
            Taken::File(Presence::Required) => quote!(runtime::parts::Part),
            Taken::File(Presence::Optional | Presence::Defaulted) => quote!(Option<runtime::parts::Part>),
            Taken::Files => quote!(Vec<runtime::parts::Part>),
            Taken::Inner((_, PartsNames { name, .. }), Presence::Required) => quote!(#name),
            Taken::Inner((_, PartsNames { name, .. }), _) => quote!(Option<#name>),
            Taken::InnerList((_, PartsNames { name, .. })) => quote!(Vec<#name>),
        }
    }

    /// What its parts hold; nothing of files and of what has parts of its own.
    fn shape(&self, plan: &Plan<'_>, part: &FormPart) -> Option<TokenStream> {
        let style = part.style.as_ref();
        match (self, &part.content) {
            (Taken::List(item), PartContent::Value(list)) => Some(form::part_list(plan, list, item, style)),
            (Taken::Value(ty, _), _) => Some(form::part(plan, ty, style)),
            (Taken::List(_) | Taken::File(_) | Taken::Files | Taken::Inner(..) | Taken::InnerList(_), _) => {
                None
            }
        }
    }

    fn taken(&self, plan: &Plan<'_>, part: &FormPart) -> TokenStream {
        let wire = &part.name;
        match self {
            Taken::Value(_, Presence::Required) => quote!(parts.value(#wire)?),
            Taken::Value(_, Presence::Optional | Presence::Defaulted) => quote!(parts.optional(#wire)?),
            Taken::List(_) => quote!(parts.list(#wire)?),
            Taken::File(Presence::Required) => quote!(parts.file(#wire)?),
            Taken::File(Presence::Optional | Presence::Defaulted) => quote!(parts.optional_file(#wire)),
            Taken::Files => quote!(parts.files(#wire)),
            Taken::Inner(within, presence) => {
                let told = told(plan, within.0, within.1);
                match presence {
                    Presence::Required => quote!(parts.inner(#wire, #told)?),
                    Presence::Optional | Presence::Defaulted => quote!(parts.optional_inner(#wire, #told)?),
                }
            }
            Taken::InnerList(within) => {
                let told = told(plan, within.0, within.1);
                quote!(parts.inner_list(#wire, #told)?)
            }
        }
    }
}
