//! The client: settings that all requests share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, USER_AGENT};
use reqwest::redirect::{Attempt, Policy};

use super::authorize::Authorizer;
use super::base_url::BaseUrl;
use super::build_error::BuildError;
use super::credential::{Credential, Placed, SecurityScheme};
use super::response::RawResponse;
use super::retry::{Budget, Retry};
use super::server::{Destination, ServerTemplate, Wanted};
use super::transport_error::TransportError;
use super::{Bytes, header, tls};

const MAX_REDIRECTS: usize = 10;

/// A client of the API. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client(Arc<Settings>);

struct Settings {
    http: reqwest::Client,
    destination: Destination,
    headers: HeaderMap,
    credentials: Vec<(&'static str, Placed)>,
    max_body_size: u64,
    retry: Retry,
    budget: Budget,
    idempotency_header: &'static str,
    /// Where a server stands in for those of absolute token endpoints.
    stand_in: Option<String>,
}

impl Client {
    /// The address all paths are below, without a trailing slash; empty if only operations have servers.
    pub fn base_url(&self) -> &str {
        self.0.destination.base().map_or("", BaseUrl::as_str)
    }

    #[allow(dead_code, reason = "a client may be without tokens")]
    pub(super) fn base(&self) -> Option<&BaseUrl> {
        self.0.destination.base()
    }

    /// Where calls go.
    pub(super) fn destination(&self) -> &Destination {
        &self.0.destination
    }

    /// The headers every request gets unless it has its own.
    pub(super) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The credentials for an operation; see `Operation::security`.
    pub(super) fn credentials(&self, security: &[&'static [&'static str]]) -> impl Iterator<Item = &Placed> {
        let usable =
            |set: &&&[&str]| !set.is_empty() && set.iter().all(|name| self.credential(name).is_some());
        let chosen = security.iter().find(usable).copied().unwrap_or_default();
        chosen.iter().filter_map(|name| self.credential(name))
    }

    fn credential(&self, scheme: &str) -> Option<&Placed> {
        self.0.credentials.iter().find(|(name, _)| *name == scheme).map(|(_, placed)| placed)
    }

    /// Those who are asked for credentials.
    #[allow(dead_code, reason = "a client may be without tokens")]
    pub(super) fn authorizers(&self) -> impl Iterator<Item = &dyn Authorizer> {
        self.0.credentials.iter().filter_map(|(_, placed)| match placed {
            Placed::Asked(_, authorizer) => Some(&**authorizer),
            Placed::Header(..) | Placed::Query(..) | Placed::Cookie(..) => None,
        })
    }

    /// When calls are made again, unless they say otherwise.
    pub(super) fn retry(&self) -> Retry {
        self.0.retry
    }

    pub(super) fn budget(&self) -> &Budget {
        &self.0.budget
    }

    /// The header by which a server knows a request that it has acted on before.
    pub(super) fn idempotency_header(&self) -> &'static str {
        self.0.idempotency_header
    }

    pub(super) fn max_body_size(&self) -> u64 {
        self.0.max_body_size
    }

    /// The address of the server that stands in for those of absolute token endpoints.
    #[allow(dead_code, reason = "a client may be without tokens")]
    pub(super) fn stand_in(&self) -> Option<&str> {
        self.0.stand_in.as_deref()
    }

    /// Sends a request once and reads the whole answer, whatever its status.
    pub(super) async fn execute(
        &self,
        request: reqwest::Request,
        max_body_size: u64,
    ) -> Result<RawResponse, TransportError> {
        let response = self.0.http.execute(request).await?;
        let status = response.status();
        let headers = response.headers().clone();
        let body = read_body(response, max_body_size).await?;
        Ok(RawResponse::new(status, headers, body))
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

async fn read_body(mut response: reqwest::Response, limit: u64) -> Result<Bytes, TransportError> {
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(TransportError::body_too_large(limit));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let length = body.len().saturating_add(chunk.len());
        if u64::try_from(length).map_or(true, |length| length > limit) {
            return Err(TransportError::body_too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// What the API's description says about every client of it.
#[derive(Clone, Copy, Debug)]
pub struct ClientDefaults {
    /// The servers, the default first.
    pub servers: &'static [ServerTemplate],
    /// Whether operations have servers of their own.
    pub scattered: bool,
    /// The `User-Agent` header, such as `kajabi/0.1.0`; empty sends none.
    pub user_agent: &'static str,
    /// The security schemes.
    pub schemes: &'static [SecurityScheme],
    /// When calls are made again.
    pub retry: Retry,
    /// The header whose value makes a server act on equal requests once; a request with it can be made again.
    pub idempotency_header: &'static str,
}

/// A credential for a scheme, or who is asked for it.
enum Given {
    Fixed(Credential),
    Asked(Arc<dyn Authorizer>),
}

/// Shows the kind only.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(credential) => credential.fmt(f),
            Self::Asked(_) => f.write_str("Authorizer(…)"),
        }
    }
}

/// Settings of a [`Client`] in the making.
///
/// No proxy is used, and none is read from the environment; for a proxy, other roots of trust or client certificates, pass an
/// HTTP client of your own to [`http_client`](Self::http_client).
#[must_use]
pub struct ClientBuilder {
    defaults: ClientDefaults,
    wanted: Wanted,
    timeout: Duration,
    connect_timeout: Duration,
    max_body_size: u64,
    headers: HeaderMap,
    http: Option<reqwest::Client>,
    credentials: Vec<(String, Given)>,
    retry: Retry,
    error: Option<BuildError>,
    /// Where a server stands in for those of absolute token endpoints.
    stand_in: Option<String>,
}

impl ClientBuilder {
    /// The settings the API's description gives.
    pub fn new(defaults: ClientDefaults) -> Self {
        let builder = Self {
            defaults,
            wanted: Wanted::default(),
            timeout: Duration::new(60, 0),
            connect_timeout: Duration::new(10, 0),
            max_body_size: 256 * 1024 * 1024,
            headers: HeaderMap::new(),
            http: None,
            credentials: Vec::new(),
            retry: defaults.retry,
            error: None,
            stand_in: None,
        };
        if defaults.user_agent.is_empty() { builder } else { builder.user_agent(defaults.user_agent) }
    }

    /// Another address than those in the API's description, for all operations: absolute, `http` or `https`, with or without a
    /// path.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.wanted.base_url = Some(url.into());
        self
    }

    pub(super) fn wanted_mut(&mut self) -> &mut Wanted {
        &mut self.wanted
    }

    /// The longest time from sending a request to the end of its answer, for each try; 60 seconds unless set. See also
    /// [`Retry::deadline`].
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The longest time for making a connection; 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The largest body of an answer in bytes; 256 MiB unless set. A larger one is an error of transport.
    pub fn max_body_size(mut self, bytes: u64) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// The `User-Agent` header of every request.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.default_header(USER_AGENT.as_str(), &user_agent.into())
    }

    /// A header for every request that does not set it itself; replaces one of the same name.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match header::checked(name, value) {
            Ok((name, value)) => _ = self.headers.insert(name, value),
            Err(error) => _ = self.error.get_or_insert(error),
        }
        self
    }

    /// An HTTP client of your own, in place of the one [`build`](Self::build) makes.
    ///
    /// Timeouts, TLS, proxies and redirects are then its own: a client that follows redirects to other hosts may send them
    /// API keys, which [`build`](Self::build)'s never does.
    ///
    /// With this crate's feature `rustls`, `reqwest` panics on building a client for which the program has neither installed a
    /// crypto provider nor passed TLS settings, unless `reqwest`'s own feature `rustls` or `native-tls` is on.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// The secret for a security scheme of the API's description; replaces one set before.
    pub fn credential(self, scheme: impl Into<String>, credential: Credential) -> Self {
        self.given(scheme.into(), Given::Fixed(credential))
    }

    /// Who is asked, call by call, for the secret for a security scheme; replaces one set before.
    pub fn authorizer(self, scheme: impl Into<String>, authorizer: impl Authorizer + 'static) -> Self {
        self.given(scheme.into(), Given::Asked(Arc::new(authorizer)))
    }

    fn given(mut self, scheme: String, given: Given) -> Self {
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, given));
        self
    }

    /// When calls are made again, in place of what the API's description says.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The greatest number of further tries of a call; see [`Retry::max`].
    pub fn max_retries(mut self, max: u32) -> Self {
        self.retry = self.retry.max(max);
        self
    }

    /// Has requests to absolute token endpoints sent to the server at this address, such as `http://127.0.0.1:49152`.
    #[allow(dead_code, reason = "a client may be without a stand-in server")]
    pub(super) fn stand_in(mut self, url: &str) -> Self {
        self.stand_in = Some(url.to_owned());
        self
    }

    /// The security schemes of the API's description.
    #[allow(dead_code, reason = "a client may be without a command line")]
    pub(super) fn schemes(&self) -> &'static [SecurityScheme] {
        self.defaults.schemes
    }

    /// Remembers an error for [`build`](Self::build).
    #[allow(dead_code, reason = "a client may be without tokens")]
    pub(super) fn remember(mut self, error: BuildError) -> Self {
        self.error.get_or_insert(error);
        self
    }

    /// Checks the settings and makes the client.
    ///
    /// Its HTTP client follows up to 10 redirects within the scheme, host and port of the request; it hands back any other
    /// answer with a 3xx status, so that no credential reaches another host.
    pub fn build(mut self) -> Result<Client, BuildError> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let ClientDefaults { servers, scattered, .. } = self.defaults;
        let destination = Destination::new(&self.wanted, servers, scattered)?;
        let credentials = self.placed_credentials()?;
        let http = match self.http.take() {
            Some(http) => http,
            None => self.own_http_client(destination.may_be_https(scattered))?,
        };
        let Self { headers, max_body_size, retry, defaults, .. } = self;
        let (budget, idempotency_header) = (Budget::full(), defaults.idempotency_header);
        Ok(Client(Arc::new(Settings {
            http,
            destination,
            headers,
            credentials,
            max_body_size,
            retry,
            budget,
            idempotency_header,
            stand_in: self.stand_in,
        })))
    }

    fn placed_credentials(&self) -> Result<Vec<(&'static str, Placed)>, BuildError> {
        let mut placed = Vec::with_capacity(self.credentials.len());
        for (scheme, given) in &self.credentials {
            let Some(known) = self.defaults.schemes.iter().find(|known| known.name == scheme) else {
                let reason = "the API's description has no security scheme of this name";
                return Err(BuildError::Credential { scheme: scheme.clone(), reason });
            };
            let ready = match given {
                Given::Fixed(credential) => Placed::new(known.name, known.kind, credential)?,
                Given::Asked(authorizer) => Placed::asked(known.name, known.kind, Arc::clone(authorizer))?,
            };
            placed.push((known.name, ready));
        }
        Ok(placed)
    }

    fn own_http_client(&self, https: bool) -> Result<reqwest::Client, BuildError> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::custom(|attempt| {
                if stays_at_origin(&attempt) { attempt.follow() } else { attempt.stop() }
            }))
            .referer(false)
            .no_proxy()
            .timeout(self.timeout)
            .connect_timeout(self.connect_timeout);
        tls::configure(builder, https)?.build().map_err(|error| BuildError::HttpClient(Arc::new(error)))
    }
}

/// Shows the names of headers and credentials only.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("default_headers", &header::names(&self.headers))
            .field("credentials", &self.credentials)
            .field("retry", &self.retry)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_body_size", &self.max_body_size)
            .finish_non_exhaustive()
    }
}

fn stays_at_origin(attempt: &Attempt<'_>) -> bool {
    let visited = attempt.previous();
    visited.len() <= MAX_REDIRECTS
        && visited.last().is_some_and(|from| from.origin() == attempt.url().origin())
}
