//! A document of any version, well-formed or nearly so, to two typed things: the *shell* (paths, operations, parameters,
//! bodies, responses, security, servers), in which every schema is a `$ref` to its own place, and the *schemas*.
//!
//! Swagger 2.0 becomes OpenAPI 3.0 first, `Tree` to `Tree` (`swagger`). The shell is `openapiv3`'s, decoded object by object, so that an error has the place of the smallest object that could
//! not be read. Schemas do not go through it: its schema type cannot hold what OpenAPI 3.1 can say. Nor do the headers of answers (`headers`).

mod callbacks;
mod components;
mod content;
mod flags;
mod headers;
mod json;
mod links;
mod paths;
mod responses;
mod servers;
mod shell;
mod swagger;
mod webhooks;
pub mod words;

use openapiv3::{OpenAPI, Operation, Parameter, ReferenceOr, Server};

pub use callbacks::Callback;
pub use headers::{Header, HeaderValue, Headers, NamedHeader};
pub use links::{Link, LinkTarget};
pub use swagger::upgraded;

use crate::catalogue::Edition;
use crate::diag::{Code, Diagnostics};
use crate::schema::{self, Schemas, Version};
use crate::source::{Pointer, Tree};

/// What all operations of a path have.
#[derive(Debug)]
pub struct Path {
    /// The path: `/pets/{id}`.
    pub path: String,
    /// Their parameters, unless they have their own of the same name.
    pub parameters: Vec<ReferenceOr<Parameter>>,
    /// Their servers, unless they have their own.
    pub servers: Vec<Server>,
}

/// An operation of a path.
#[derive(Debug)]
pub struct PathOperation {
    /// The position of its path in [`Document::paths`].
    pub path: usize,
    /// Its method, as it is sent.
    pub method: String,
    /// Where it stands.
    pub pointer: Pointer,
    /// Itself.
    pub operation: Operation,
}

/// A document in one spelling.
#[derive(Debug)]
pub struct Document {
    /// Which version's rules it is read by.
    pub version: Version,
    /// Everything but paths, schemas and headers; each schema is a `$ref` to the place it stands at.
    pub shell: OpenAPI,
    /// The paths, in document order. The shell has room for eight operations in each of its own, and none for other methods.
    pub paths: Vec<Path>,
    /// Their operations; those of a path in the order of the specification's table, those of later methods behind.
    pub operations: Vec<PathOperation>,
    /// The headers of answers.
    pub headers: Headers,
    /// The schemas.
    pub schemas: Schemas,
    /// What the API sends to addresses that it was given in calls.
    pub callbacks: Vec<Callback>,
    /// What can follow on answers.
    pub links: Vec<Link>,
    /// The document's own address, if it says it (`$self`, OAS 3.2) or the configuration does.
    pub address: Option<String>,
}

impl Document {
    /// The same, which was found at `address`.
    ///
    /// What the document calls itself goes before it, and may be relative to it.
    #[must_use]
    pub fn found_at(self, address: Option<&str>) -> Self {
        let own = self.address.filter(|own| own.contains("://"));
        Self { address: own.or_else(|| address.map(str::to_owned)), ..self }
    }
}

/// Reads `tree` as an OpenAPI document.
///
/// `None` if it is none, or of a version that is not understood. What could not be read is in `diags` and missing from
/// the document, so nothing should be made of it if there are errors.
pub fn dialect(tree: &Tree, diags: &mut Diagnostics) -> Option<Document> {
    let version = version(tree, diags)?;
    let mut reader = shell::Reader::new(diags);
    let (shell, paths, operations) = reader.document(tree);
    let (mut roots, headers) = reader.into_met();
    let callbacks = callbacks::read(tree);
    roots.extend(callbacks.iter().filter_map(|callback| callback.schema.clone()));
    let links = links::read(tree, &mut shell::Reader::new(diags));
    let schemas = schema::read_all(tree, roots, version, diags);
    let address = tree.get("$self").and_then(Tree::as_str).map(str::to_owned);
    Some(Document { version, shell, paths, operations, headers, schemas, callbacks, links, address })
}

fn version(tree: &Tree, diags: &mut Diagnostics) -> Option<Version> {
    if let Some(swagger) = tree.get("swagger") {
        let version = swagger.scalar_text().unwrap_or_default();
        diags
            .error(Code::UnsupportedVersion, &Pointer::root().child("swagger"))
            .message(format!("this is a Swagger `{version}` document"))
            .help("nothing is generated; Swagger 2.0 is read, and OpenAPI 3.0, 3.1 and 3.2");
        return None;
    }
    let place = Pointer::root().child("openapi");
    let Some(text) = tree.get("openapi").and_then(Tree::scalar_text) else {
        diags
            .error(Code::NotOpenApi, &Pointer::root())
            .message(format!("this is {} without an `openapi` version, so no OpenAPI document", tree.kind()))
            .help("an OpenAPI document begins with `openapi: 3.0.3` or another version");
        return None;
    };
    if Edition::of(tree).is_none() {
        diags
            .error(Code::UnsupportedVersion, &place)
            .message(format!("OpenAPI `{text}` is not understood"))
            .help("versions 3.0, 3.1 and 3.2 are");
        return None;
    }
    Some(if text.split('.').nth(1) == Some("0") { Version::V3_0 } else { Version::V3_1 })
}
