//! `Debug` for types that hold secrets: shows which members are there, never what they are.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::Field;
use super::{Plan, ty};
use crate::model::{Member, MembersBy, Object, Scalar, Type};
use crate::name::TypeName;

/// Whether a member holds something that must not be in a log: the document says so (`format: password`), or its name does.
pub(super) fn is_secret(plan: &Plan<'_>, member: &Member) -> bool {
    const WORDS: [&str; 7] =
        ["password", "passphrase", "secret", "token", "apikey", "privatekey", "accesskey"];
    let letters = member.name.chars().filter(char::is_ascii_alphanumeric);
    let name = letters.collect::<String>().to_ascii_lowercase();
    match ty::resolved(plan, &member.ty) {
        Type::Scalar(Scalar::Password) => true,
        Type::Scalar(Scalar::String | Scalar::Binary) => WORDS.iter().any(|word| name.ends_with(word)),
        Type::Scalar(_)
        | Type::Named(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Foreign(_)
        | Type::Json(_)
        | Type::JsonApi(_) => false,
    }
}

/// ```text
/// impl fmt::Debug for Credentials {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         f.debug_struct("Credentials").field("user", &self.user).field("password", &"…").finish()
///     }
/// }
/// ```
pub(super) fn redacted(
    plan: &Plan<'_>,
    name: &TypeName,
    fields: &[Field<'_>],
    object: &Object,
    attributes: &TokenStream,
) -> TokenStream {
    let text = name.as_str();
    let shown = fields.iter().map(|field| {
        let (label, name) = (field.name.as_str(), field.name);
        if is_secret(plan, field.member) {
            quote!(.field(#label, &"…"))
        } else {
            quote!(.field(#label, &self.#name))
        }
    });
    let extra = object.additional.as_ref().map(|_| match object.by {
        MembersBy::Name => quote!(.field("extra", &self.extra)),
        MembersBy::Position => quote!(.field("rest", &self.rest)),
    });
    quote! {
        #attributes
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#shown)*#extra.finish()
            }
        }
    }
}
