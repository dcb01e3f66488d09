//! How bodies stand in XML: a static of the runtime's types for each, and for each object in them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Plan, option};
use crate::model::{XmlId, XmlKind, XmlMember, XmlName, XmlNode, XmlText, XmlValue};

/// ```text
/// pub(crate) static PET: Node = Node {
///     name: "pet",
///     namespace: None,
///     kind: NodeKind::Element,
///     value: Value::Object(&[Member { property: "id", required: false, node: … }], Some(&ANY)),
/// };
/// ```
pub(super) fn items(plan: &Plan<'_>) -> TokenStream {
    let nodes = plan.api.xml.iter().zip(plan.names.xml()).map(|(known, name)| {
        let node = node(plan, known);
        quote!(pub(crate) static #name: Node = #node;)
    });
    quote! {
        #![doc = " How bodies, and the objects in them, stand in XML."]
        #![allow(dead_code)]
        #[allow(unused_imports)]
        use super::runtime::Kind;
        #[allow(unused_imports)]
        use super::runtime::xml::{ANY, Member, Namespace, Node, NodeKind, Value};
        #(#nodes)*
    }
}

/// `&super::xml_nodes::PET`
pub(super) fn of(plan: &Plan<'_>, id: XmlId) -> TokenStream {
    let name = &plan.names.xml()[id.index()];
    quote!(&super::xml_nodes::#name)
}

fn node(plan: &Plan<'_>, node: &XmlNode) -> TokenStream {
    let XmlName { local, prefix, namespace } = &node.name;
    let kind = format_ident!(
        "{}",
        match node.kind {
            XmlKind::Element => "Element",
            XmlKind::Attribute => "Attribute",
            XmlKind::Text => "Text",
            XmlKind::Cdata => "Cdata",
            XmlKind::Bare => "Bare",
        }
    );
    let value = value(plan, &node.value);
    let is_within = !prefix.is_empty() || !namespace.is_empty();
    let namespace = option(is_within.then(|| quote!(Namespace { prefix: #prefix, uri: #namespace })));
    quote! {
        Node {
            name: #local,
            namespace: #namespace,
            kind: NodeKind::#kind,
            value: #value,
        }
    }
}

/// `&ANY`, `&Node { … }`
fn reference(plan: &Plan<'_>, known: &XmlNode) -> TokenStream {
    let is_any = known.name == XmlName::default() && known.value == XmlValue::Any;
    if is_any && known.kind == XmlKind::Element {
        return quote!(&ANY);
    }
    let node = node(plan, known);
    quote!(&#node)
}

fn value(plan: &Plan<'_>, value: &XmlValue) -> TokenStream {
    match value {
        XmlValue::Text(kinds) => {
            let kinds = kinds.iter().map(|kind| format_ident!("{}", kind_name(*kind)));
            quote!(Value::Text(&[#(Kind::#kinds),*]))
        }
        XmlValue::Object(members, others) => {
            let members = members.iter().map(|XmlMember { property, required, node: known }| {
                let node = node(plan, known);
                quote!(Member { property: #property, required: #required, node: #node })
            });
            let others = option(others.as_deref().map(|known| reference(plan, known)));
            quote!(Value::Object(&[#(#members),*], #others))
        }
        XmlValue::List(item) => {
            let item = reference(plan, item);
            quote!(Value::List(#item))
        }
        XmlValue::Tuple(first, rest) => {
            let first = first.iter().map(|item| node(plan, item));
            let rest = option(rest.as_deref().map(|item| reference(plan, item)));
            quote!(Value::Tuple(&[#(#first),*], #rest))
        }
        XmlValue::Like(id) => {
            let name = &plan.names.xml()[id.index()];
            quote!(Value::Like(&#name))
        }
        XmlValue::Any => quote!(Value::Any),
    }
}

fn kind_name(kind: XmlText) -> &'static str {
    match kind {
        XmlText::Null => "Null",
        XmlText::Boolean => "Boolean",
        XmlText::Integer => "Integer",
        XmlText::Number => "Number",
        XmlText::String => "String",
    }
}
