//! What the documents of JSON:API have in common, whichever resource they hold.

use crate::model::{Api, JsonApi, Type, TypeId};

/// What documents are made with.
#[derive(Debug, Clone, PartialEq)]
pub struct Documents {
    /// The union of all resources.
    pub any: TypeId,
    /// What the `meta` of pages is unless said otherwise: that of the first page that has one.
    pub page_meta: Option<Type>,
}

/// What is known of them, if the API has any.
pub(super) fn documents(api: &Api) -> Option<Documents> {
    let any = api.structures().find_map(|structure| match structure {
        JsonApi::Document { any, .. } | JsonApi::Page { any, .. } => Some(*any),
        JsonApi::Linkage(_) | JsonApi::ToOne | JsonApi::ToMany | JsonApi::Links | JsonApi::Identifier => None,
    })?;
    let page_meta = api.structures().find_map(|structure| match structure {
        JsonApi::Page { meta, .. } => meta.as_deref(),
        JsonApi::Document { .. }
        | JsonApi::Linkage(_)
        | JsonApi::ToOne
        | JsonApi::ToMany
        | JsonApi::Links
        | JsonApi::Identifier => None,
    });
    Some(Documents { any, page_meta: page_meta.cloned() })
}
