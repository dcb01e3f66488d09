//! From a request in the making to a call: credentials, the client's headers, the address.

use percent_encoding::utf8_percent_encode;
use reqwest::header::{COOKIE, HeaderName};
use secrecy::ExposeSecret as _;

use super::authorize::Authorizer;
use super::build_error::BuildError;
use super::credential::Placed;
use super::exchange::Call;
use super::path::COMPONENT;
use super::request::Request;
use super::retry::Twice;

impl<'a> Request<'a> {
    /// Adds the credentials and the client's headers, and makes the address.
    pub(super) fn finish(mut self) -> Result<Call<'a>, BuildError> {
        let client = self.client;
        if let (None, Some(check)) = (&self.error, client.0.check()) {
            check(&self)?;
        }
        let authorizer = self.add_credentials();
        let cookies = if self.headers.contains_key(COOKIE) { Whose::Request } else { Whose::Client };
        for (name, value) in client.0.headers() {
            self.headers.entry(name).or_insert_with(|| value.clone());
        }
        self.join_cookies(cookies);
        if let Some(error) = self.error {
            return Err(error);
        }
        let operation = self.operation;
        let path = self.slots.fill(operation.path)?;
        let base = client.0.destination().of(self.servers)?;
        let url = base.join(&path, &self.query.into_string());
        let url = url.ok_or(BuildError::Path { template: operation.path })?;
        let retry = self.retry.unwrap_or_else(|| client.0.retry());
        let harmless = operation
            .repeatable
            .unwrap_or_else(|| retry.is_safe(operation.method) || client.0.is_keyed(&self.headers));
        Ok(Call {
            client,
            operation: Some(operation),
            method: operation.method(),
            url,
            headers: self.headers,
            body: self.body.upload(),
            timeout: self.timeout,
            authorizer,
            retry,
            twice: if harmless { Twice::Harmless } else { Twice::Harmful },
            max_body_size: client.0.max_body_size(),
        })
    }

    /// Adds the secrets that are known, and gives who is to be asked for another.
    ///
    /// What the caller set for this request goes before the client's credential, whether it is a header, a pair of the query or a
    /// cookie, so that the server sees one of the two.
    fn add_credentials(&mut self) -> Option<(HeaderName, &'a dyn Authorizer)> {
        let mut authorizer = None;
        for placed in self.client.0.credentials(self.operation.security) {
            match placed {
                Placed::Header(name, value) => _ = self.headers.entry(name).or_insert_with(|| value.clone()),
                Placed::Query(name, secret) if !self.query.has(name) => {
                    self.query.pair(name, secret.expose_secret());
                }
                Placed::Cookie(name, secret) if !self.has_cookie(name) => {
                    self.cookies.push(format!("{name}={}", secret.expose_secret()));
                }
                Placed::Asked(name, asked) if authorizer.is_none() && !self.headers.contains_key(name) => {
                    authorizer = Some((name.clone(), &**asked));
                }
                Placed::Query(..) | Placed::Cookie(..) | Placed::Asked(..) | Placed::Certificate => {}
            }
        }
        authorizer
    }

    /// The names of the pairs of the query that are the client's credentials.
    #[allow(dead_code, reason = "a client may be without lists")]
    pub(super) fn secret_pairs(&self) -> Vec<&'static str> {
        let credentials = self.client.0.credentials(self.operation.security);
        let name = |placed: &Placed| match placed {
            Placed::Query(name, _) => Some(*name),
            Placed::Header(..) | Placed::Cookie(..) | Placed::Asked(..) | Placed::Certificate => None,
        };
        credentials.filter_map(name).collect()
    }

    /// Whether the caller set a cookie of this name, by itself or in a header; names are written as they are or percent-encoded.
    fn has_cookie(&self, name: &str) -> bool {
        let encoded = utf8_percent_encode(name, COMPONENT).to_string();
        let header = self.headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let all = self.cookies.iter().map(String::as_str).chain(header.split(';'));
        all.map(cookie_name).any(|known| known == name || known == encoded)
    }

    /// Puts all cookies into one header, as RFC 6265, section 5.4 asks for. Of those in a header that is the client's for all
    /// requests, the ones that this request has too are left out.
    fn join_cookies(&mut self, whose: Whose) {
        if self.cookies.is_empty() {
            return;
        }
        let set = self.headers.get(COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_kept = |known: &&str| match whose {
            Whose::Request => true,
            Whose::Client => self.cookies.iter().all(|own| cookie_name(own) != cookie_name(known)),
        };
        let kept = set.split(';').map(str::trim).filter(|known| !known.is_empty()).filter(is_kept);
        let all: Vec<&str> = kept.chain(self.cookies.iter().map(String::as_str)).collect();
        let all = all.join("; ");
        self.cookies.clear();
        self.header(COOKIE.as_str(), &all);
    }
}

/// Whose a header is.
#[derive(Clone, Copy)]
enum Whose {
    /// It was set for the request.
    Request,
    /// The client has it for all requests.
    Client,
}

/// What stands before the first `=` of a cookie.
fn cookie_name(cookie: &str) -> &str {
    cookie.split('=').next().unwrap_or_default().trim()
}
