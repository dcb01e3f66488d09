//! Blank lines inside an item, which the printer does not make: it is given marked comments, and the lines with them are emptied.

use proc_macro2::{Ident, Span};
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, ImplItem, Item, ItemMod, Lit, LitStr, Meta, MetaNameValue, TraitItem,
};

/// What is in a marked comment, and how the printer writes one. The text of a document can come near it only in a doc comment,
/// which begins with a third slash.
const MARK: &str = "~gap~";
const PRINTED: &str = "//~gap~";

/// Whether a printed line has to be emptied.
pub(super) fn is_mark(line: &str) -> bool {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix(PRINTED).is_some_and(|indent| indent.bytes().all(|byte| byte == b' '))
}

/// Marks where blank lines go inside an `impl`, a trait or a module: between all members but constants and
/// types on a line each.
pub(super) fn mark(item: &mut Item) {
    match item {
        Item::Impl(block) => {
            let members = block.items.iter_mut().map(|member| match member {
                ImplItem::Fn(method) => (true, Some(&mut method.attrs)),
                ImplItem::Const(constant) => (!constant.attrs.is_empty(), Some(&mut constant.attrs)),
                ImplItem::Type(alias) => (!alias.attrs.is_empty(), Some(&mut alias.attrs)),
                _ => (false, None),
            });
            mark_between(members);
        }
        Item::Trait(block) => {
            let members = block.items.iter_mut().map(|member| match member {
                TraitItem::Fn(method) => (true, Some(&mut method.attrs)),
                TraitItem::Const(constant) => (!constant.attrs.is_empty(), Some(&mut constant.attrs)),
                TraitItem::Type(alias) => (!alias.attrs.is_empty(), Some(&mut alias.attrs)),
                _ => (false, None),
            });
            mark_between(members);
        }
        Item::Mod(ItemMod { content: Some((_, items)), .. }) => items.iter_mut().for_each(mark),
        _ => {}
    }
}

/// Of each member: whether it stands apart from its neighbours, and where its marker goes.
fn mark_between<'m>(members: impl Iterator<Item = (bool, Option<&'m mut Vec<Attribute>>)>) {
    let mut previous = None;
    for (apart, attributes) in members {
        if let (Some(previous), Some(attributes)) = (previous, attributes)
            && (previous || apart)
        {
            attributes.insert(0, marker());
        }
        previous = Some(apart);
    }
}

/// `#[comment = "~gap~"]`, which the printer takes for a comment.
fn marker() -> Attribute {
    let lit = Lit::Str(LitStr::new(MARK, Span::call_site()));
    Attribute {
        pound_token: syn::token::Pound::default(),
        style: AttrStyle::Outer,
        bracket_token: syn::token::Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("comment", Span::call_site()).into(),
            eq_token: syn::token::Eq::default(),
            value: Expr::Lit(ExprLit { attrs: Vec::new(), lit }),
        }),
    }
}
