//! The making of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, USER_AGENT};

use super::authorize::Authorizer;
use super::build_error::BuildError;
use super::client::{Carrier, Client, Settings};
use super::credential::{Credential, Placed, SchemeKind, SecurityScheme};
#[cfg(target_arch = "wasm32")]
use super::fetch::HttpClient;
use super::header;
#[cfg(not(target_arch = "wasm32"))]
use super::http_client::HttpClient;
use super::http_settings::HttpSettings;
use super::middleware::Middleware;
use super::proxy::Proxy;
use super::request::Request;
use super::retry::{Budget, Retry};
use super::server::{Destination, ServerTemplate, Wanted};
use super::tls::Identity;
use super::transport::Transport;

/// What the API's description says about every client of it.
#[derive(Clone, Copy, Debug)]
pub struct ClientDefaults {
    /// The servers, the default first.
    pub servers: &'static [ServerTemplate],
    /// The variables of the servers that operations have; none if no operation has servers of its own.
    pub scattered: Option<&'static [&'static str]>,
    /// The `User-Agent` header, such as `kajabi/0.1.0`; empty sends none.
    pub user_agent: &'static str,
    /// The security schemes.
    pub schemes: &'static [SecurityScheme],
    /// When calls are made again.
    pub retry: Retry,
    /// The header whose value makes a server act on equal requests once; a request with it can be made again.
    pub idempotency_header: &'static str,
    /// What looks at a request before it is sent, and can refuse it.
    pub check: Option<Check>,
}

/// Looks at a request before it is sent; an error comes back in place of an answer.
pub type Check = fn(&Request<'_>) -> Result<(), BuildError>;

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

/// Who sends the requests.
enum Sender {
    /// An HTTP client that is made when the settings are known.
    Own,
    #[cfg(feature = "blocking")]
    Agent,
    HttpClient(reqwest::Client),
    Transport(Box<dyn Transport>),
}

/// Settings of a [`Client`] in the making.
///
/// No proxy is used unless one is set, and none is read from the environment; for other roots of trust, pass an HTTP client of
/// your own to [`http_client`](Self::http_client).
#[must_use]
pub struct ClientBuilder {
    defaults: ClientDefaults,
    wanted: Wanted,
    timeout: Duration,
    connect_timeout: Duration,
    max_body_size: u64,
    headers: HeaderMap,
    proxy: Option<String>,
    identity: Option<Identity>,
    sender: Sender,
    middleware: Vec<Box<dyn Middleware>>,
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
            proxy: None,
            identity: None,
            sender: Sender::Own,
            middleware: Vec::new(),
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
        self.sender = Sender::HttpClient(client);
        self
    }

    /// Who sends the requests, in place of the HTTP client that [`build`](Self::build) makes.
    ///
    /// Connecting, TLS and redirects are then its business, and it is told how long each try may take.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.sender = Sender::Transport(Box::new(transport));
        self
    }

    /// Sends by blocking the calling thread, without an async runtime: calls are made with [`Call::wait`](super::Call::wait).
    ///
    /// Redirects, time limits and secrecy are as ever. A call cannot be given up while it waits, and HTTP/2 is not spoken.
    #[cfg(feature = "blocking")]
    pub fn blocking(mut self) -> Self {
        self.sender = Sender::Agent;
        self
    }

    /// The proxy for all requests, such as `http://user:password@proxy.example:3128`; it is never shown.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// Shows the server who the client is (mutual TLS): certificates, its own first, and their private key, both in PEM. For the
    /// system's TLS the key is one in PKCS #8. It is the credential for every scheme of [`SchemeKind::MutualTls`].
    pub fn identity_pem(mut self, certificates: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.identity = Some(Identity::new(certificates.into(), key.into()));
        self
    }

    /// Someone who sees every request and its answer on their way; see [`Middleware`] for the order of several.
    pub fn middleware(mut self, middleware: impl Middleware + 'static) -> Self {
        self.middleware.push(Box::new(middleware));
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
        let own = HttpSettings {
            timeout: self.timeout,
            connect_timeout: self.connect_timeout,
            https: destination.may_be_https(scattered.is_some()),
            proxy: self.proxy.as_deref().map(Proxy::parse).transpose()?,
            identity: self.identity,
        };
        let (carrier, timeout) = match self.sender {
            Sender::Own => (Carrier::Direct(Box::new(HttpClient::new(&own)?)), Some(self.timeout)),
            #[cfg(feature = "blocking")]
            Sender::Agent => (Carrier::Other(Box::new(super::agent::Agent::new(&own)?)), Some(self.timeout)),
            Sender::HttpClient(client) => (Carrier::Direct(Box::new(HttpClient::given(client))), None),
            Sender::Transport(transport) => (Carrier::Other(transport), Some(self.timeout)),
        };
        Ok(Client::new(Settings {
            carrier,
            middleware: self.middleware,
            timeout,
            destination,
            headers: self.headers,
            credentials,
            max_body_size: self.max_body_size,
            retry: self.retry,
            budget: Budget::full(),
            idempotency_header: self.defaults.idempotency_header,
            check: self.defaults.check,
            idempotency_name: HeaderName::from_bytes(self.defaults.idempotency_header.as_bytes()).ok(),
            stand_in: self.stand_in,
        }))
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
        if self.shows_certificate() {
            let schemes = self.defaults.schemes.iter().filter(|known| known.kind == SchemeKind::MutualTls);
            placed.extend(schemes.map(|known| (known.name, Placed::Certificate)));
        }
        Ok(placed)
    }

    /// Whether the client has a certificate. One with connections of the caller's is taken to have what its API asks for.
    fn shows_certificate(&self) -> bool {
        match &self.sender {
            Sender::HttpClient(_) | Sender::Transport(_) => true,
            Sender::Own => self.identity.is_some(),
            #[cfg(feature = "blocking")]
            Sender::Agent => self.identity.is_some(),
        }
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
