//! The client: settings that all requests share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName};

use super::authorize::Authorizer;
use super::base_url::BaseUrl;
use super::client_builder::Check;
use super::credential::Placed;
use super::middleware::{Middleware, Next};
use super::operation::Operation;
use super::retry::{Budget, Retry};
use super::server::Destination;
use super::time::Waiting;
use super::transport::{Direct, HttpResponse, Parcel, Transport};
use super::transport_error::TransportError;
use super::{BoxFuture, header};

/// A client of the API. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client(pub(super) Arc<Settings>);

/// What a [`ClientBuilder`](super::ClientBuilder) has made out.
pub(super) struct Settings {
    pub(super) carrier: Carrier,
    pub(super) middleware: Vec<Box<dyn Middleware>>,
    /// For each try; `None` leaves it to the transport.
    pub(super) timeout: Option<Duration>,
    pub(super) destination: Destination,
    pub(super) headers: HeaderMap,
    pub(super) credentials: Vec<(&'static str, Placed)>,
    pub(super) max_body_size: u64,
    pub(super) retry: Retry,
    pub(super) budget: Budget,
    /// What checks requests before they are sent, if they are to be checked.
    pub(super) check: Option<Check>,
    pub(super) idempotency_header: &'static str,
    /// The same as a name; `None` if it is none.
    pub(super) idempotency_name: Option<HeaderName>,
    /// Where a server stands in for those of absolute token endpoints.
    pub(super) stand_in: Option<String>,
}

/// Who sends a client's requests.
pub(super) enum Carrier {
    /// One that takes what nobody else sees as it is.
    Direct(Box<dyn Direct>),
    Other(Box<dyn Transport>),
}

impl Carrier {
    fn transport(&self) -> &dyn Transport {
        match self {
            Self::Direct(client) => &**client,
            Self::Other(transport) => &**transport,
        }
    }
}

impl Client {
    pub(super) fn new(settings: Settings) -> Self {
        Self(Arc::new(settings))
    }

    /// The address all paths are below, without a trailing slash; empty if only operations have servers.
    pub fn base_url(&self) -> &str {
        self.0.destination.base().map_or("", BaseUrl::as_str)
    }
}

/// What the rest of the runtime knows of a client. A method of [`Client`] would take its name from the groups of an API.
impl Settings {
    #[allow(dead_code, reason = "a client may be without tokens")]
    pub(super) fn base(&self) -> Option<&BaseUrl> {
        self.destination.base()
    }

    /// Where calls go.
    pub(super) fn destination(&self) -> &Destination {
        &self.destination
    }

    /// The headers every request gets unless it has its own.
    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The credentials for an operation; see `Operation::security`.
    pub(super) fn credentials(&self, security: &[&'static [&'static str]]) -> impl Iterator<Item = &Placed> {
        let usable =
            |set: &&&[&str]| !set.is_empty() && set.iter().all(|name| self.credential(name).is_some());
        let chosen = security.iter().find(usable).copied().unwrap_or_default();
        chosen.iter().filter_map(|name| self.credential(name))
    }

    fn credential(&self, scheme: &str) -> Option<&Placed> {
        self.credentials.iter().find(|(name, _)| *name == scheme).map(|(_, placed)| placed)
    }

    /// Those who are asked for credentials.
    #[allow(dead_code, reason = "a client may be without tokens")]
    pub(super) fn authorizers(&self) -> impl Iterator<Item = &dyn Authorizer> {
        self.credentials.iter().filter_map(|(_, placed)| match placed {
            Placed::Asked(_, authorizer) => Some(&**authorizer),
            Placed::Header(..) | Placed::Query(..) | Placed::Cookie(..) | Placed::Certificate => None,
        })
    }

    /// When calls are made again, unless they say otherwise.
    pub(super) fn retry(&self) -> Retry {
        self.retry
    }

    pub(super) fn budget(&self) -> &Budget {
        &self.budget
    }

    /// What checks requests before they are sent, if they are to be checked.
    pub(super) fn check(&self) -> Option<Check> {
        self.check
    }

    /// The header by which a server knows a request that it has acted on before.
    pub(super) fn idempotency_header(&self) -> &'static str {
        self.idempotency_header
    }

    /// Whether a request with these headers has a key by which the server knows it.
    pub(super) fn is_keyed(&self, headers: &HeaderMap) -> bool {
        let name = self.idempotency_name.as_ref();
        name.and_then(|name| headers.get(name)).is_some_and(|key| !key.is_empty())
    }

    pub(super) fn max_body_size(&self) -> u64 {
        self.max_body_size
    }

    /// The address of the server that stands in for those of absolute token endpoints.
    #[allow(dead_code, reason = "a client may be without tokens")]
    pub(super) fn stand_in(&self) -> Option<&str> {
        self.stand_in.as_deref()
    }

    /// The longest time for each try; `None` leaves it to the transport.
    pub(super) fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// How calls wait.
    pub(super) fn waiting(&self) -> Waiting {
        self.carrier.transport().waiting()
    }

    /// Sends a request once, through all middleware; `None` if its address is none for others than the HTTP client.
    pub(super) fn send(
        &self,
        parcel: Parcel,
        operation: Option<&'static Operation>,
        number: u32,
    ) -> Option<BoxFuture<'_, Result<HttpResponse, TransportError>>> {
        match &self.carrier {
            Carrier::Direct(client) if self.middleware.is_empty() => Some(client.take(parcel)),
            carrier => {
                let request = parcel.into_request(operation, number)?;
                Some(Next::new(&self.middleware, carrier.transport()).run(request))
            }
        }
    }
}

/// Shows the names of headers and credentials only.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials: Vec<&str> = self.0.credentials.iter().map(|(name, _)| *name).collect();
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("default_headers", &header::names(&self.0.headers))
            .field("credentials", &credentials)
            .field("max_body_size", &self.0.max_body_size)
            .field("retry", &self.0.retry)
            .finish_non_exhaustive()
    }
}
