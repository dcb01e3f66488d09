//! The transport of blocking clients: `ureq`.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, TRANSFER_ENCODING};
use reqwest::Url;

use super::blocking;
use super::build_error::BuildError;
use super::byte_stream::ByteStream;
use super::http_client::MAX_REDIRECTS;
use super::http_settings::HttpSettings;
use super::request_body::RequestBody;
use super::time::{A_YEAR, Busy, Waiting};
use super::transport::{Attempt, HttpRequest, HttpResponse, TimeLimit, Transport};
use super::transport_error::{Ending, Stage, TransportError};
use super::{BoxFuture, Bytes, Method, StatusCode, tls};

/// How much of an answer is read at a time.
const PIECE: usize = 64 * 1024;

/// Sends requests by `ureq`, within the call that asks for it.
pub(super) struct Agent(ureq::Agent);

impl Agent {
    /// With the rules of the other transport: redirects within the origin, no proxy but the one that is set.
    pub(super) fn new(settings: &HttpSettings) -> Result<Self, BuildError> {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // They are followed here.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .user_agent(ureq::config::AutoHeaderValue::None)
            .accept(ureq::config::AutoHeaderValue::None)
            .timeout_connect(Some(settings.connect_timeout.min(A_YEAR)))
            .proxy(settings.proxy.as_ref().map(super::proxy::Proxy::for_agent).transpose()?);
        Ok(Self(tls::configure_agent(config, settings)?.build().new_agent()))
    }

    fn answer(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (mut head, mut body) = request.into_parts();
        let limit = head.extensions.remove::<Attempt>().and_then(|attempt| attempt.time_limit());
        let limit = limit.map(Limit::begun);
        head.extensions.clear();
        let mut followed = 0;
        loop {
            let again = again(&body);
            let answer = self.send_once(head.clone(), body, limit.as_ref())?;
            let Some(next) = redirect(&head, &answer, again).filter(|_| followed < MAX_REDIRECTS) else {
                let length = length(&answer);
                return Ok(answer.map(|body| ByteStream::new(Box::pin(Pieces::of(body)), length)));
            };
            (head, body) = next;
            followed += 1;
        }
    }

    fn send_once(
        &self,
        mut head: http::request::Parts,
        body: RequestBody,
        limit: Option<&Limit>,
    ) -> Result<http::Response<ureq::Body>, TransportError> {
        let result = if body.is_empty() {
            self.0.run(self.limited(http::Request::from_parts(head, ()), limit)?)
        } else if let Some(bytes) = body.bytes() {
            self.0.run(self.limited(http::Request::from_parts(head, &bytes[..]), limit)?)
        } else {
            if let Some(length) = body.len() {
                head.headers.insert(CONTENT_LENGTH, length.into());
            }
            let reader = Reader { body, piece: Bytes::new(), busy: limit.and_then(Limit::heard) };
            let body = ureq::SendBody::from_owned_reader(reader);
            self.0.run(self.limited(http::Request::from_parts(head, body), limit)?)
        };
        result.map_err(|error| failure(error, Stage::Request))
    }

    fn limited<B: ureq::AsSendBody>(
        &self,
        request: http::Request<B>,
        limit: Option<&Limit>,
    ) -> Result<http::Request<B>, TransportError> {
        let config = self.0.configure_request(request);
        let Some(Limit { kind, busy }) = limit else { return Ok(config.build()) };
        let left = Some(busy.left()).filter(|left| !left.is_zero());
        let left = left.ok_or(TransportError::timed_out(Stage::Request))?;
        let config = match kind {
            TimeLimit::Whole(_) => config.timeout_global(Some(left)),
            TimeLimit::Idle(limit) => {
                let limit = Some((*limit).min(A_YEAR));
                let config = config.timeout_per_read(limit).timeout_per_write(limit);
                config.timeout_send_request(Some(left)).timeout_recv_response(Some(left))
            }
        };
        Ok(config.build())
    }
}

/// The time limit of a try, which holds for all that it is redirected to as well.
struct Limit {
    kind: TimeLimit,
    /// What has heard of the beginning, and hears of pieces of a stream that are sent.
    busy: Busy,
}

impl Limit {
    fn begun(kind: TimeLimit) -> Self {
        let (TimeLimit::Whole(limit) | TimeLimit::Idle(limit)) = kind;
        Self { kind, busy: Busy::new(limit) }
    }

    /// Who is to hear of progress, if that counts.
    fn heard(&self) -> Option<Busy> {
        match self.kind {
            TimeLimit::Whole(_) => None,
            TimeLimit::Idle(_) => Some(self.busy.clone()),
        }
    }
}

impl Transport for Agent {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move { self.answer(request) })
    }

    fn waiting(&self) -> Waiting {
        Waiting::Thread
    }
}

/// The same body once more, if it can be had.
fn again(body: &RequestBody) -> Option<RequestBody> {
    match body.bytes() {
        Some(bytes) => Some(bytes.clone().into()),
        None => (body.len() == Some(0)).then(RequestBody::empty),
    }
}

/// What is to be sent after `answer`, if it is a redirect within the origin (RFC 9110, section 15.4) and the body that it asks for
/// can be had.
fn redirect<B>(
    head: &http::request::Parts,
    answer: &http::Response<B>,
    again: Option<RequestBody>,
) -> Option<(http::request::Parts, RequestBody)> {
    let becomes_get = match answer.status() {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => head.method == Method::POST,
        StatusCode::SEE_OTHER => true,
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => false,
        _ => return None,
    };
    let location = answer.headers().get(LOCATION)?.to_str().ok()?;
    let from = Url::parse(&head.uri.to_string()).ok()?;
    let to = from.join(location).ok().filter(|to| to.origin() == from.origin())?;
    let mut next = head.clone();
    next.uri = to.as_str().parse().ok()?;
    if !becomes_get {
        return Some((next, again?));
    }
    if next.method != Method::HEAD {
        next.method = Method::GET;
    }
    for header in [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING, TRANSFER_ENCODING] {
        next.headers.remove(header);
    }
    Some((next, RequestBody::empty()))
}

/// Of the body as it is read: not known of one that is decompressed.
fn length(answer: &http::Response<ureq::Body>) -> Option<u64> {
    answer.body().content_length()
}

fn failure(error: ureq::Error, before: Stage) -> TransportError {
    use std::io::ErrorKind;
    use ureq::Timeout;
    let (stage, ending) = match &error {
        ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => (Stage::Connect, Ending::Timeout),
        ureq::Error::Timeout(_) => (before, Ending::Timeout),
        ureq::Error::ConnectionFailed | ureq::Error::HostNotFound => (Stage::Connect, Ending::Failure),
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            (Stage::Connect, Ending::Failure)
        }
        ureq::Error::Io(error) if error.kind() == ErrorKind::TimedOut => (before, Ending::Timeout),
        _ => (before, Ending::Failure),
    };
    TransportError::failed(stage, ending, Box::new(error))
}

/// A body of a request as `ureq` reads it.
struct Reader {
    body: RequestBody,
    piece: Bytes,
    busy: Option<Busy>,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            let next = std::future::poll_fn(|context| Pin::new(&mut self.body).poll_next(context));
            let next = blocking::wait(next);
            if let Some(busy) = &self.busy {
                busy.note();
            }
            match next {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(error)) => return Err(io::Error::other(error)),
                None => return Ok(0),
            }
        }
        let length = self.piece.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.piece.split_to(length));
        Ok(length)
    }
}

/// The body of an answer; each piece is read when it is asked for.
struct Pieces(Option<Box<dyn Read + Send>>);

impl Pieces {
    fn of(body: ureq::Body) -> Self {
        Self(Some(Box::new(body.into_reader())))
    }
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(reader) = &mut self.0 else { return Poll::Ready(None) };
        let mut piece = vec![0; PIECE];
        Poll::Ready(match reader.read(&mut piece) {
            Ok(0) => {
                self.0 = None;
                None
            }
            Ok(length) => {
                piece.truncate(length);
                Some(Ok(piece.into()))
            }
            Err(error) => {
                self.0 = None;
                Some(Err(failure(error.into(), Stage::Answer)))
            }
        })
    }
}
