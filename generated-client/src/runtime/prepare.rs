//! From a request in the making to a call: credentials, the client's headers, the address.

use reqwest::header::{COOKIE, HeaderName};
use secrecy::ExposeSecret as _;

use super::authorize::Authorizer;
use super::build_error::BuildError;
use super::credential::Placed;
use super::exchange::Call;
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
        for (name, value) in client.0.headers() {
            self.headers.entry(name).or_insert_with(|| value.clone());
        }
        self.join_cookies();
        if let Some(error) = self.error {
            return Err(error);
        }
        let operation = self.operation;
        let path = self.slots.fill(operation.path)?;
        let base = client.0.destination().of(self.servers)?;
        let url = base.join(&path, &self.query.into_string());
        let url = url.ok_or(BuildError::Path { template: operation.path })?;
        let retry = self.retry.unwrap_or_else(|| client.0.retry());
        let harmless = operation.repeatable.unwrap_or_else(|| retry.is_safe(operation.method))
            || client.0.is_keyed(&self.headers);
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
    /// A header that the caller set for this request goes before the client's credential.
    fn add_credentials(&mut self) -> Option<(HeaderName, &'a dyn Authorizer)> {
        let mut authorizer = None;
        for placed in self.client.0.credentials(self.operation.security) {
            match placed {
                Placed::Header(name, value) => _ = self.headers.entry(name).or_insert_with(|| value.clone()),
                Placed::Query(name, secret) => self.query.replace(name, secret.expose_secret()),
                Placed::Cookie(name, secret) => {
                    self.cookies.push(format!("{name}={}", secret.expose_secret()));
                }
                Placed::Asked(name, asked) if authorizer.is_none() && !self.headers.contains_key(name) => {
                    authorizer = Some((name.clone(), &**asked));
                }
                Placed::Asked(..) | Placed::Certificate => {}
            }
        }
        authorizer
    }

    /// Puts all cookies into one header, as RFC 6265, section 5.4 asks for.
    fn join_cookies(&mut self) {
        if self.cookies.is_empty() {
            return;
        }
        let set = self.headers.get(COOKIE).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let all: Vec<String> = set.into_iter().chain(self.cookies.drain(..)).collect();
        self.header(COOKIE.as_str(), &all.join("; "));
    }
}
