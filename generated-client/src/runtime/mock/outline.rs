//! What an expectation asks of a request.

use reqwest::header::ACCEPT;

use super::super::build_error::BuildError;
use super::super::credential::Placed;
use super::super::snippet::cut;
use super::super::{Bytes, HeaderMap, Json, Method, Request, media};
use super::boundary::settled;
use super::compare::{self, Precision};
use super::received::{Pair, Received, pairs, segments};

/// A call, taken apart.
pub(super) struct Outline {
    method: Method,
    path: String,
    query: Vec<Pair>,
    headers: HeaderMap,
    cookies: Vec<Pair>,
    body: Option<Body>,
    /// The query parameters in which credentials are sent.
    pub(super) keys: Vec<&'static str>,
}

enum Body {
    Json(Json),
    Form(Vec<Pair>),
    Bytes(Bytes),
}

/// What of a request does not match.
pub(super) struct Mismatch {
    /// Larger the less the request has to do with the expectation.
    pub(super) distance: usize,
    pub(super) reasons: Vec<String>,
}

impl Outline {
    /// Fails if the call could not be sent, or would not be sent to the server at `address`.
    pub(super) fn of(request: &Request<'_>, address: &str) -> Result<Self, BuildError> {
        if let Some(error) = request.error() {
            return Err(error.clone());
        }
        let (client, operation) = (request.client(), request.operation());
        let Some(base) = client.base_url().strip_prefix(address).filter(is_path) else {
            return Err(BuildError::BaseUrl { reason: "it is not that of this server" });
        };
        let mut headers = request.headers().clone();
        let mut body = request.body_bytes();
        if let Some((settled_headers, settled_body)) = body.as_ref().and_then(|body| settled(&headers, body))
        {
            (headers, body) = (settled_headers, Some(settled_body));
        }
        if headers.get(ACCEPT).is_some_and(|accept| accept == operation.accept) {
            headers.remove(ACCEPT);
        }
        let key = |placed: &Placed| if let Placed::Query(name, _) = placed { Some(*name) } else { None };
        Ok(Self {
            method: operation.method(),
            path: format!("{base}{}", request.filled_path()?),
            query: pairs(&request.query_ref().clone().into_string()),
            cookies: request.cookies().iter().filter_map(|cookie| cookie_pair(cookie)).collect(),
            body: body.map(|bytes| Body::of(bytes, &headers)),
            keys: client.0.credentials(operation.security).filter_map(key).collect(),
            headers,
        })
    }

    /// Why `request` is not the one outlined; `None` if it is.
    pub(super) fn mismatch(&self, request: &Received, precision: Precision) -> Option<Mismatch> {
        let (expected, came): (Vec<_>, Vec<_>) =
            (segments(&self.path).collect(), segments(&request.path).collect());
        let differing = compare::differing_segments(&expected, &came);
        let mut reasons = Vec::new();
        if self.method != request.method {
            reasons.push(format!("the method is {}, not {}", request.method, self.method));
        }
        if differing > 0 {
            reasons.push(format!("the path is `{}`, not `{}`", cut(&request.path, 200), self.path));
        }
        let elsewhere = if reasons.is_empty() { 0 } else { 1000 };
        let asked = |name: &str| self.query.iter().any(|pair| pair.0 == name);
        let counts = |name: &str| asked(name) || !self.keys.contains(&name);
        let query: Vec<Pair> = request.query.iter().filter(|pair| counts(&pair.0)).cloned().collect();
        compare::pairs("query", &self.query, &query, precision, &mut reasons);
        let multipart = settled(&request.headers, &request.body);
        let (headers, body) = match &multipart {
            Some((headers, body)) => (headers, body),
            None => (&request.headers, &request.body),
        };
        compare::headers(&self.headers, headers, &mut reasons);
        compare::pairs(
            "cookie",
            &self.cookies,
            &cookies(&request.headers),
            Precision::Contains,
            &mut reasons,
        );
        self.compare_body(request, body, precision, &mut reasons);
        let distance = elsewhere + 10 * differing + reasons.len();
        (!reasons.is_empty()).then_some(Mismatch { distance, reasons })
    }

    fn compare_body(
        &self,
        request: &Received,
        body: &Bytes,
        precision: Precision,
        reasons: &mut Vec<String>,
    ) {
        match &self.body {
            None if precision == Precision::Exact && !request.body.is_empty() => {
                reasons.push("a body came, and none is expected".to_owned());
            }
            None => {}
            Some(Body::Json(expected)) => match request.json() {
                Ok(came) => reasons.extend(compare::json(expected, &came, precision)),
                Err(error) => reasons.push(format!("the body is not JSON: {error}")),
            },
            Some(Body::Form(expected)) => {
                compare::pairs("form", expected, &request.form(), precision, reasons);
            }
            Some(Body::Bytes(expected)) => reasons.extend(compare::bytes(expected, body)),
        }
    }

    /// Method and path with the query, decoded.
    pub(super) fn line(&self) -> String {
        line(&self.method, &self.path, &self.query, &self.keys)
    }
}

impl Body {
    fn of(bytes: Bytes, headers: &HeaderMap) -> Self {
        let media_type = media::said(headers).unwrap_or_default();
        if media::essence(media_type) == "application/x-www-form-urlencoded" {
            return Self::Form(pairs(&String::from_utf8_lossy(&bytes)));
        }
        if media::is_json(media_type)
            && let Ok(json) = serde_json::from_slice(&bytes)
        {
            return Self::Json(json);
        }
        Self::Bytes(bytes)
    }
}

/// `GET /v1/contacts?page[size]=2`, with `hidden` parameters' values left out.
pub(super) fn line(method: &Method, path: &str, query: &[Pair], hidden: &[&str]) -> String {
    let pairs = query.iter().map(|(name, value)| {
        let value = if hidden.contains(&name.as_str()) { "…" } else { value };
        format!("{name}={value}")
    });
    let query = pairs.collect::<Vec<_>>().join("&");
    let separator = if query.is_empty() { "" } else { "?" };
    cut(&format!("{method} {path}{separator}{query}"), 500)
}

/// Whether what follows an address is empty or a path, and not more digits of a port.
fn is_path(rest: &&str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// All cookies of a request (RFC 6265, section 4.2.1).
fn cookies(headers: &HeaderMap) -> Vec<Pair> {
    let all = headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(';')).filter_map(|cookie| cookie_pair(cookie.trim())).collect()
}

fn cookie_pair(cookie: &str) -> Option<Pair> {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    cookie.split_once('=').map(|(name, value)| (decode(name), decode(value)))
}
