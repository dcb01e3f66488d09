//! Parts of a body: what the command line says of them, and how those that were given become a body.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::kinds;
use crate::analyze::Held;
use crate::emit::{Plan, body, doc, option, ty};
use crate::model::{
    FieldStyle, FormPart, FormParts, JsonKind, OtherParts, PartContent, PartPlace, Presence, QueryStyle,
    Shape, Type,
};
use crate::name::{MediaNames, ModuleName, PartsNames};

/// ```text
/// cli::Parts { known: &[cli::KnownPart { name: "picture", holds: cli::Holds::File, … }], others: cli::Others::Any }
/// ```
pub(super) fn description(plan: &Plan<'_>, parts: &FormParts) -> TokenStream {
    // Members of such a value are parts of whatever name.
    let is_spread = |part: &FormPart| matches!(apart(plan, part), Some(QueryStyle::Exploded));
    let is_open = parts.others == OtherParts::Allowed || parts.iter().any(is_spread);
    let others = format_ident!("{}", if is_open { "Any" } else { "None" });
    let known = parts.iter().map(|part| known_part(plan, part));
    quote!(cli::Parts { known: &[#(#known),*], others: cli::Others::#others })
}

fn known_part(plan: &Plan<'_>, part: &FormPart) -> TokenStream {
    let name = &part.name;
    let apart = apart(plan, part);
    let told = match (part.place, apart) {
        (PartPlace::Named, None) => quote!(ByName),
        (PartPlace::Named, Some(_)) => quote!(ByMembers),
        (PartPlace::At(at), _) => {
            let at = Literal::usize_unsuffixed(at);
            quote!(At(#at))
        }
        (PartPlace::Rest, _) => quote!(Behind),
    };
    let is_needed = part.presence == Presence::Required && apart != Some(QueryStyle::Exploded);
    let needed = super::needed(is_needed);
    let repeats = super::repeats(is_list(plan, part));
    let holds = holds(plan, part);
    let media_type = option(part.media_type.as_ref().map(|media_type| quote!(#media_type)));
    let constant = option(part.constant.as_ref().map(|constant| quote!(#constant)));
    let headers = part.headers.iter().map(|header| {
        let (name, needed) = (&header.name, super::needed(header.presence == Presence::Required));
        quote!((#name, cli::Needed::#needed))
    });
    let about = part.docs.description.as_deref().map(doc::plain_line).unwrap_or_default();
    quote! {
        cli::KnownPart {
            name: #name,
            told: cli::Told::#told,
            needed: cli::Needed::#needed,
            repeats: cli::Repeats::#repeats,
            holds: cli::Holds::#holds,
            media_type: #media_type,
            constant: #constant,
            headers: &[#(#headers),*],
            about: #about,
        }
    }
}

/// Whether there is a part for each item of a list.
fn is_list(plan: &Plan<'_>, part: &FormPart) -> bool {
    let has_items = match &part.content {
        PartContent::Files => true,
        PartContent::Value(ty) => matches!(ty::resolved(plan, ty), Type::List(_)),
        PartContent::File | PartContent::Multipart(_) | PartContent::Multiparts(_) => false,
    };
    has_items && !matches!(part.place, PartPlace::At(_))
}

fn holds(plan: &Plan<'_>, part: &FormPart) -> TokenStream {
    let ty = match &part.content {
        PartContent::File | PartContent::Files => return quote!(File),
        PartContent::Multipart(inner) | PartContent::Multiparts(inner) => {
            let inner = description(plan, inner);
            return quote!(Parts(&#inner));
        }
        PartContent::Value(ty) => ty,
    };
    let held = match ty::resolved(plan, ty) {
        Type::List(item) if !matches!(part.place, PartPlace::At(_)) => item,
        _ => ty,
    };
    if is_json(plan, held) {
        return quote!(Json);
    }
    let kinds = kinds::kinds(plan, held);
    quote!(Text(#kinds))
}

/// Whether a value is JSON if nothing says otherwise.
fn is_json(plan: &Plan<'_>, held: &Type) -> bool {
    match ty::resolved(plan, held) {
        Type::Map(_) | Type::Json(_) | Type::JsonApi(_) | Type::List(_) => true,
        Type::Foreign(id) => {
            let kind = plan.api.foreign[id.index()].kind;
            kind.is_none_or(|kind| kind == JsonKind::Object)
        }
        Type::Named(id) => {
            let shape = &plan.api.type_def(plan.facts.canonical(*id)).shape;
            matches!(shape, Shape::Object(_) | Shape::Union(_))
        }
        Type::Scalar(_) | Type::Nullable(_) => false,
    }
}

/// The style by which one value may be several parts, and of other names than its own.
fn apart(plan: &Plan<'_>, part: &FormPart) -> Option<QueryStyle> {
    let (PartContent::Value(ty), Some(FieldStyle::Query(style, _))) = (&part.content, &part.style) else {
        return None;
    };
    let is_apart = match Held::of(plan.api, plan.facts, ty) {
        Held::Object(..) | Held::Map(_) | Held::Open => true,
        Held::List(_) | Held::Tuple(..) => *style == QueryStyle::Deep,
        Held::Single => false,
    };
    is_apart.then_some(*style)
}

/// ```text
/// super::super::pictures::UploadMultipart::from(runtime::multipart::given::Given { … }.body(&given.parts(0)?)?)
/// ```
pub(super) fn given(known: &FormParts, names: &MediaNames, module: &ModuleName, at: usize) -> TokenStream {
    let names = body::parts_names(names);
    let (multipart, written, at) =
        (&names.name, written(known, names, module), Literal::usize_unsuffixed(at));
    quote!(super::super::#module::#multipart::from(#written.body(&given.parts(#at)?)?))
}

/// What the runtime has to know to write the parts.
fn written(parts: &[FormPart], names: &PartsNames, module: &ModuleName) -> TokenStream {
    let multipart = &names.name;
    let inner = parts.iter().zip(&names.parts).filter_map(|(part, own)| {
        let (name, inner) = (&part.name, written(part.inner()?, own.inner.as_ref()?, module));
        Some(quote!((#name, #inner)))
    });
    quote! {
        runtime::multipart::given::Given {
            kinds: super::super::#module::#multipart::KINDS,
            inner: &[#(#inner),*],
        }
    }
}
