//! serde's traits of structs that are lists in JSON.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::ty::{Form, Holder};
use super::{Plan, ty};
use crate::model::{Member, Object, TypeId};

/// ```text
/// impl<'de> Deserialize<'de> for Point { … runtime::tuples::tuple(source) }
/// impl<'de> runtime::tuples::Tuple<'de> for Point { … let item_0 = runtime::tuples::item(&mut items, 0)?; … }
/// ```
pub(super) fn read(plan: &Plan<'_>, id: TypeId, object: &Object, form: Form) -> [TokenStream; 2] {
    let name = ty::name(plan, id, form);
    let text = name.as_str();
    let names = plan.names.fields(id);
    let items = object.members.iter().enumerate().map(|(at, member)| {
        let local = format_ident!("item_{at}");
        match (&member.constant, ty::holder(member, form)) {
            (Some(constant), _) if !ty::is_field(member, form) => {
                quote!(runtime::tuples::constant(&mut items, #constant)?;)
            }
            (_, Holder::Plain | Holder::Nullable | Holder::Defaulted) => {
                quote!(let #local = runtime::tuples::item(&mut items, #at)?;)
            }
            (_, Holder::Optional | Holder::Patch) => {
                quote!(let #local = runtime::tuples::optional(&mut items)?;)
            }
        }
    });
    let is_field = |(_, (member, _)): &(usize, (&Member, _))| ty::is_field(member, form);
    let values = object.members.iter().zip(names).enumerate().filter(is_field).map(|(at, (_, name))| {
        let local = format_ident!("item_{at}");
        quote!(#name: #local,)
    });
    let (rest, held) = match &object.additional {
        Some(_) => (quote!(let rest = runtime::tuples::rest(&mut items)?;), quote!(rest,)),
        None => (quote!(runtime::tuples::skip(&mut items)?;), TokenStream::new()),
    };
    let tuple = quote! {
        impl<'de> runtime::tuples::Tuple<'de> for #name {
            const NAME: &'static str = #text;
            fn from_items<__A: serde::de::SeqAccess<'de>>(mut items: __A) -> Result<Self, __A::Error> {
                #(#items)*
                #rest
                Ok(Self { #(#values)* #held })
            }
        }
    };
    let deserialize = quote! {
        impl<'de> Deserialize<'de> for #name {
            fn deserialize<__D: Deserializer<'de>>(source: __D) -> Result<Self, __D::Error> {
                runtime::tuples::tuple(source)
            }
        }
    };
    [deserialize, tuple]
}

/// ```text
/// impl Serialize for Point { … items.item(&self.first)?; items.optional(&self.second)?; items.rest(&self.rest)?; items.end() }
/// ```
pub(super) fn write(plan: &Plan<'_>, id: TypeId, object: &Object, form: Form) -> TokenStream {
    let name = ty::name(plan, id, form);
    let items = object.members.iter().zip(plan.names.fields(id)).map(|(member, name)| {
        match (&member.constant, ty::holder(member, form)) {
            (Some(constant), _) if !ty::is_field(member, form) => quote!(items.item(#constant)?;),
            (_, Holder::Plain | Holder::Nullable | Holder::Defaulted) => quote!(items.item(&self.#name)?;),
            (_, Holder::Optional) => quote!(items.optional(&self.#name)?;),
            (_, Holder::Patch) => quote!(items.patch(&self.#name)?;),
        }
    });
    let rest = object.additional.as_ref().map(|_| quote!(items.rest(&self.rest)?;));
    quote! {
        impl Serialize for #name {
            fn serialize<__S: Serializer>(&self, sink: __S) -> Result<__S::Ok, __S::Error> {
                let mut items = runtime::tuples::TupleWriter::new(sink)?;
                #(#items)*
                #rest
                items.end()
            }
        }
    }
}
