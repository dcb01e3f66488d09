//! `x-client`: what holds for the client as a whole.

use indexmap::IndexMap;

use crate::model::HttpMethod;
use crate::source::Pointer;

/// `x-client`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Client {
    /// `profile`: the conventions the whole API follows, if any.
    pub profile: Option<Profile>,
    /// `groups.rename`: names of groups, by tag or by the name the group would have.
    pub group_names: IndexMap<String, String>,
    /// `error.document`: the component schema in which the API answers errors.
    pub error_document: Option<String>,
    /// `same_schema`: sets of component schemas that are one type.
    pub same_schema: Vec<Vec<String>>,
    /// `type_names`: the names of types.
    pub type_names: IndexMap<TypeKey, String>,
    /// `id_names`: the names of the id types, by resource type.
    pub id_names: IndexMap<String, String>,
    /// `retry`: when a call is repeated.
    pub retry: Option<Retry>,
}

/// The conventions of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// `json-api`: <https://jsonapi.org/format/1.1/>.
    JsonApi,
}

/// What a chosen type name is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TypeKey {
    /// The component schema of this name.
    Component(String),
    /// The schema at this place of the document.
    Place(Pointer),
}

/// `x-client.retry`; what is absent is left to the runtime.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Retry {
    /// `statuses`: after which a call with a method of `methods` is repeated.
    pub statuses: Vec<u16>,
    /// `methods`: which may be repeated.
    pub methods: Vec<HttpMethod>,
    /// `always`: the statuses after which any call is repeated.
    pub always: Vec<u16>,
    /// `max`: how many times at most.
    pub max: Option<u32>,
    /// `backoff`.
    pub backoff: Option<Backoff>,
    /// `budget`.
    pub budget: Option<Budget>,
    /// `idempotency_header`: the header that makes any request repeatable.
    pub idempotency_header: Option<String>,
}

/// The waits between tries.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Backoff {
    /// `initial_ms`: before the first repetition, in milliseconds.
    pub initial_ms: Option<u64>,
    /// `factor`: how many times as long each further wait is; at least 1.
    pub factor: Option<f64>,
    /// `max_ms`: the longest, in milliseconds.
    pub max_ms: Option<u64>,
}

/// How many repetitions a client may make, counted over all its calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Budget {
    /// `burst`: at once.
    pub burst: Option<u32>,
    /// `percent`: in the long run, of a hundred requests.
    pub percent: Option<u32>,
}
