//! From a finished request to its answer: credentials that are asked for, repetition and time limits.

use std::pin::pin;
use std::time::Duration;

use reqwest::{Method, Url};

use super::authorize::{Authorizer, Repeat};
use super::build_error::BuildError;
use super::error::Failure;
use super::operation::Operation;
use super::request_body::RequestBody;
use super::response::RawResponse;
use super::retry::{Retry, Tries, Twice};
use super::streamed::Streamed;
use super::time::{self, Instant, Waiting};
use super::trace;
use super::transport::{Parcel, TimeLimit};
use super::transport_error::TransportError;
use super::{Client, HeaderMap, HeaderName, HeaderValue, StatusCode, Upload};

/// A request with everything it takes to send it as often as need be.
pub(super) struct Call<'a> {
    pub(super) client: &'a Client,
    /// `None` for a call that is not one of the API's.
    pub(super) operation: Option<&'static Operation>,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Upload>,
    /// For each try, in place of the client's.
    pub(super) timeout: Option<Duration>,
    /// Who says what this header holds.
    pub(super) authorizer: Option<(HeaderName, &'a dyn Authorizer)>,
    pub(super) retry: Retry,
    pub(super) twice: Twice,
    pub(super) max_body_size: u64,
}

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The answer with its body.
    Whole,
    /// Status and headers; the body takes as long as it takes.
    Head,
}

#[allow(
    clippy::manual_async_fn,
    reason = "an `async fn` has room for its arguments twice, and the allocator is quicker with what is small"
)]
impl Call<'_> {
    /// Makes the call, again if need be, until it has an answer that is the end, and reads its body.
    pub(super) fn answer(self) -> impl Future<Output = Result<RawResponse, Failure>> {
        async move {
            let (waiting, ends) = (self.client.0.waiting(), self.retry.ends());
            let whole = async {
                let answer = pin!(self.tries(ends, Wanted::Whole));
                let answer = time::until(waiting, ends, TransportError::deadline, answer).await??;
                Ok(answer.buffered(waiting, ends).await?)
            };
            trace::call(self.operation, whole).await
        }
    }

    /// The same, but the body is still to come.
    pub(super) fn head(self) -> impl Future<Output = Result<Streamed, Failure>> {
        async move {
            let ends = self.retry.ends();
            let head = pin!(trace::call(self.operation, self.tries(ends, Wanted::Head)));
            time::until(self.client.0.waiting(), ends, TransportError::deadline, head).await?
        }
    }
}

impl Call<'_> {
    async fn tries(&self, ends: Option<Instant>, wanted: Wanted) -> Result<Streamed, Failure> {
        let mut tries = Tries::new(self.retry, self.twice, self.client.0.budget(), ends);
        let mut replayed = false;
        let mut number = 0;
        loop {
            let authorization = self.authorization().await?;
            let parcel = self.parcel(authorization.as_ref(), self.time_limit(ends, wanted)?)?;
            let sending = self.client.0.send(parcel, self.operation, number);
            let sending = sending.ok_or_else(|| self.unfit_address())?;
            let outcome = trace::attempt(self, number, sending).await;
            let outcome = outcome.map(|answer| Streamed::new(answer, self.max_body_size)).map_err(Into::into);
            // Whoever gives the credential hears of it even if this call cannot be made again.
            let is_rejected = !replayed && self.is_rejected(authorization.as_ref(), &outcome);
            if self.body.as_ref().is_some_and(|body| !body.is_repeatable()) {
                return outcome;
            }
            number += 1;
            let wait = if is_rejected {
                replayed = true;
                None
            } else {
                let Some(wait) = tries.next(&outcome) else { return outcome };
                Some(wait)
            };
            if let Ok(answer) = outcome {
                Box::pin(answer.discard()).await;
            }
            if let Some(wait) = wait {
                time::pause(self.client.0.waiting(), wait).await?;
            }
        }
    }

    async fn authorization(&self) -> Result<Option<HeaderValue>, Failure> {
        let Some((_, authorizer)) = &self.authorizer else { return Ok(None) };
        let mut value = authorizer.authorize(self.client).await?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    /// How long one try may take. What cannot be cut off at the deadline is told to end by then.
    fn time_limit(&self, ends: Option<Instant>, wanted: Wanted) -> Result<Option<TimeLimit>, TransportError> {
        let mut limit = self.timeout.or_else(|| self.client.0.timeout());
        if let (Some(ends), Waiting::Thread) = (ends, self.client.0.waiting()) {
            let left = ends.saturating_duration_since(time::now());
            if left.is_zero() {
                return Err(TransportError::deadline());
            }
            limit = Some(limit.map_or(left, |limit| limit.min(left)));
        }
        let in_memory = self.body.as_ref().is_none_or(|body| body.bytes().is_some());
        let kind = if wanted == Wanted::Whole && in_memory { TimeLimit::Whole } else { TimeLimit::Idle };
        Ok(limit.map(kind))
    }

    /// What one try sends.
    fn parcel(
        &self,
        authorization: Option<&HeaderValue>,
        time_limit: Option<TimeLimit>,
    ) -> Result<Parcel, BuildError> {
        let body = self.body.as_ref().map_or_else(|| Ok(RequestBody::empty()), Upload::open)?;
        let mut headers = self.headers.clone();
        if let Some(((name, _), value)) = self.authorizer.as_ref().zip(authorization) {
            headers.insert(name, value.clone());
        }
        Ok(Parcel { method: self.method.clone(), url: self.url.clone(), headers, body, time_limit })
    }

    fn unfit_address(&self) -> BuildError {
        BuildError::Path { template: self.operation.map_or("", |operation| operation.path) }
    }

    /// Whether the server wants another credential and there is one to be had.
    fn is_rejected(&self, used: Option<&HeaderValue>, outcome: &Result<Streamed, Failure>) -> bool {
        let Some(((_, authorizer), value)) = self.authorizer.as_ref().zip(used) else { return false };
        match outcome {
            Ok(answer) if answer.status() == StatusCode::UNAUTHORIZED => {
                authorizer.rejected(value) == Repeat::Once
            }
            Ok(_) | Err(_) => false,
        }
    }
}
