//! The model with its facts and names to Rust: infallible, one room for each kind of thing that is emitted.
//!
//! Nothing is decided here and nothing is spelled here. What could be ordinary Rust is in the runtime.

mod accessors;
mod allowed;
mod body;
mod builder;
mod callback;
mod capability;
mod cli;
mod crate_files;
mod debug;
mod decode;
mod doc;
mod enumeration;
mod errors;
mod events;
mod flows;
mod form;
mod group;
mod headers;
mod id;
mod json_api;
mod link;
mod media;
mod module;
mod multipart;
mod named_parts;
mod object;
mod paging;
mod parameter;
mod parts;
mod pattern;
mod reach;
mod respond;
mod rules;
mod serde_impl;
mod serde_union;
mod server;
mod setters;
mod settings;
mod spec;
mod token;
mod tuple;
mod ty;
mod types;
mod union;
mod webhook;
mod xml;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::analyze::Facts;
use crate::model::{Api, Location, OperationId, TagInfo, TypeId};
use crate::name::{Group, Names};
use crate::words::Words;

pub use crate_files::text_files;
pub use module::{File, files, items};

/// Everything that is known when emission begins.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The API.
    pub api: &'a Api,
    /// What follows from it.
    pub facts: &'a Facts,
    /// What everything is called.
    pub names: &'a Names,
    /// What the package is called and how it is laid out.
    pub package: &'a Package,
    /// What the document says beyond OpenAPI.
    pub words: &'a Words,
}

/// What the client's user sees of the package around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The package's name, `kajabi`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, an SPDX expression.
    pub license: Option<String>,
    /// One line about it.
    pub description: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// crates.io keywords.
    pub keywords: Vec<String>,
    /// crates.io categories.
    pub categories: Vec<String>,
    /// A package of its own, or a module of one.
    pub layout: Layout,
    /// Whether the client can check what it sends; a package has the checks behind a feature.
    pub validate: bool,
}

/// How the client is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A package: `Cargo.toml`, `README.md`, `src/lib.rs`, a feature for each group.
    Package,
    /// A module, to be included by a build script: `mod.rs`, no features.
    Module,
}

/// What the runtime calls an operation: `contacts.list`.
fn operation_name(plan: &Plan<'_>, id: OperationId) -> String {
    let names = plan.names.operation(id);
    format!("{}.{}", plan.names.groups()[names.group].module, names.method)
}

/// What the document says of the tag that a group is made of.
fn tag<'p>(plan: &Plan<'p>, group: &Group) -> Option<&'p TagInfo> {
    plan.api.tags.iter().find(|known| Some(&known.name) == group.tag.as_ref())
}

/// What a static is called that is about `name`, the one at that position: upper case tells names apart that are ASCII.
fn static_name(kind: &str, name: &str, at: usize) -> Ident {
    if name.is_ascii() {
        format_ident!("{kind}__{}", name.to_ascii_uppercase())
    } else {
        format_ident!("{kind}__{at}")
    }
}

/// What the runtime calls where a parameter is sent.
fn place(location: Location) -> Ident {
    let name = match location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Header => "Header",
        Location::Cookie => "Cookie",
        Location::WholeQuery => "WholeQuery",
    };
    format_ident!("{name}")
}

/// `Some(…)` or `None`.
fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

impl Plan<'_> {
    /// `#[cfg(feature = "…")]` for something that only the groups at `positions` use; nothing if all use it.
    fn cfg(&self, positions: &BTreeSet<usize>) -> TokenStream {
        let groups = self.names.groups();
        if self.package.layout == Layout::Module || positions.is_empty() || positions.len() == groups.len() {
            return TokenStream::new();
        }
        let features: Vec<&str> = positions.iter().map(|at| groups[*at].module.as_str()).collect();
        match features.as_slice() {
            [only] => quote!(#[cfg(feature = #only)]),
            many => quote!(#[cfg(any(#(feature = #many),*))]),
        }
    }

    /// `#![allow(deprecated)]` for a file of a client that has something deprecated: the file defines and uses it.
    fn allow_deprecated(&self) -> TokenStream {
        if self.facts.has_deprecated() { quote!(#![allow(deprecated)]) } else { TokenStream::new() }
    }

    /// The groups whose operations use `id`; none if it is there without any.
    fn groups_of(&self, id: TypeId) -> &BTreeSet<usize> {
        self.names.users(id)
    }
}
