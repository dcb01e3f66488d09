//! From a finished request to its answer: credentials that are asked for, repetition and time limits.

use std::time::Duration;

use reqwest::{Method, Url};

use super::authorize::{Authorizer, Repeat};
use super::error::Failure;
use super::response::RawResponse;
use super::retry::{Retry, Tries, Twice};
use super::time::{self, Instant};
use super::transport_error::TransportError;
use super::{Bytes, Client, HeaderMap, HeaderName, HeaderValue, StatusCode};

/// A request with everything it takes to send it as often as need be.
pub(super) struct Call<'a> {
    pub(super) client: &'a Client,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    /// For each try; `None` is the HTTP client's own.
    pub(super) timeout: Option<Duration>,
    /// Who says what this header holds.
    pub(super) authorizer: Option<(HeaderName, &'a dyn Authorizer)>,
    pub(super) retry: Retry,
    pub(super) twice: Twice,
    pub(super) max_body_size: u64,
}

impl Call<'_> {
    /// Makes the call, again if need be, until it has an answer that is the end.
    pub(super) async fn answer(self) -> Result<RawResponse, Failure> {
        let ends = self.retry.ends();
        let answer = time::until(ends, self.tries(ends)).await;
        answer.unwrap_or_else(|| Err(TransportError::deadline().into()))
    }

    async fn tries(&self, ends: Option<Instant>) -> Result<RawResponse, Failure> {
        let mut tries = Tries::new(self.retry, self.twice, self.client.budget(), ends);
        let mut replayed = false;
        loop {
            let authorization = self.authorization().await?;
            let outcome = self.attempt(authorization.as_ref()).await;
            if !replayed && self.is_rejected(authorization.as_ref(), &outcome) {
                replayed = true;
                continue;
            }
            match tries.next(&outcome) {
                Some(wait) => time::sleep(wait).await,
                None => return outcome,
            }
        }
    }

    async fn authorization(&self) -> Result<Option<HeaderValue>, Failure> {
        let Some((_, authorizer)) = &self.authorizer else { return Ok(None) };
        let mut value = authorizer.authorize(self.client).await?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    async fn attempt(&self, authorization: Option<&HeaderValue>) -> Result<RawResponse, Failure> {
        let mut request = reqwest::Request::new(self.method.clone(), self.url.clone());
        *request.headers_mut() = self.headers.clone();
        *request.body_mut() = self.body.clone().map(reqwest::Body::from);
        *request.timeout_mut() = self.timeout;
        if let Some(((name, _), value)) = self.authorizer.as_ref().zip(authorization) {
            request.headers_mut().insert(name, value.clone());
        }
        Ok(self.client.execute(request, self.max_body_size).await?)
    }

    /// Whether the server wants another credential and there is one to be had.
    fn is_rejected(&self, used: Option<&HeaderValue>, outcome: &Result<RawResponse, Failure>) -> bool {
        let Some(((_, authorizer), value)) = self.authorizer.as_ref().zip(used) else { return false };
        match outcome {
            Ok(answer) if answer.status() == StatusCode::UNAUTHORIZED => {
                authorizer.rejected(value) == Repeat::Once
            }
            Ok(_) | Err(_) => false,
        }
    }
}
