//! `Debug` for types that hold secrets: shows which members are there, never what they are.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::Field;
use crate::model::{Member, Object, Scalar, Type};
use crate::name::TypeName;

/// Whether a member holds something that must not be in a log: `format: password` is not kept by the model, so the name
/// decides.
pub(super) fn is_secret(member: &Member) -> bool {
    let name: String =
        member.name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let is_text = member.ty == Type::Scalar(Scalar::String);
    is_text
        && ["password", "passphrase", "secret", "token", "apikey", "privatekey", "accesskey"]
            .iter()
            .any(|word| name.ends_with(word))
}

/// ```text
/// impl fmt::Debug for Credentials {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         f.debug_struct("Credentials").field("user", &self.user).field("password", &"…").finish()
///     }
/// }
/// ```
pub(super) fn redacted(
    name: &TypeName,
    fields: &[Field<'_>],
    object: &Object,
    attributes: &TokenStream,
) -> TokenStream {
    let text = name.as_str();
    let shown = fields.iter().map(|field| {
        let (label, name) = (field.name.as_str(), field.name);
        if is_secret(field.member) {
            quote!(.field(#label, &"…"))
        } else {
            quote!(.field(#label, &self.#name))
        }
    });
    let additional = object.additional.as_ref().map(|_| quote!(.field("additional", &self.additional)));
    quote! {
        #attributes
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#shown)*#additional.finish()
            }
        }
    }
}
