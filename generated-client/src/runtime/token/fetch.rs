//! Requests to a token endpoint.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use reqwest::Url;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, USER_AGENT};
use secrecy::{ExposeSecret as _, SecretString};

use super::super::base_url::BaseUrl;
use super::super::error::{Error, Failure};
use super::super::exchange::Call;
use super::super::response::RawResponse;
use super::super::retry::Twice;
use super::super::{BuildError, Client, HeaderMap, HeaderValue, Json, JsonObject, Method, form};
use super::answer::{self, Token};
use super::grant::{ClientCredentials, Grant};
use super::source::{ClientAuthentication, Content, GrantKind, ORIGIN, TokenSource};

/// The largest answer of a token endpoint that is read, in bytes.
const MAX_ANSWER: u64 = 1024 * 1024;

/// One way to a token.
pub(super) enum Way {
    ClientCredentials,
    RefreshToken(SecretString),
    Password,
    AuthorizationCode,
    #[allow(dead_code, reason = "a client may be without devices")]
    DeviceCode(SecretString),
}

impl Way {
    pub(super) fn kind(&self) -> GrantKind {
        match self {
            Self::ClientCredentials => GrantKind::ClientCredentials,
            Self::RefreshToken(_) => GrantKind::RefreshToken,
            Self::Password => GrantKind::Password,
            Self::AuthorizationCode => GrantKind::AuthorizationCode,
            Self::DeviceCode(_) => GrantKind::DeviceCode,
        }
    }
}

/// Asks for a token.
///
/// Repeated as the client repeats calls; a refresh token, which may be good for one use only, is not sent again if an answer was
/// lost.
pub(super) async fn token(
    client: &Client,
    source: &TokenSource,
    endpoint: &str,
    grant: &Grant,
    way: &Way,
) -> Result<Token, Failure> {
    let values = values(source, grant, way);
    let twice = match way {
        Way::RefreshToken(_) | Way::AuthorizationCode | Way::DeviceCode(_) => Twice::HarmlessIfRefused,
        Way::ClientCredentials | Way::Password => Twice::Harmless,
    };
    let identity = grant.client();
    let basic = identity.filter(|client| client.place(source) == ClientAuthentication::Basic).map(basic);
    let answer = send(client, source, endpoint, &values, basic.as_ref(), twice).await?;
    let secrets = secrets(&values, grant, basic.as_ref());
    answer::read(source, &answer, &secrets).map_err(|error| Error::Auth(error, answer.into_parts().0))
}

/// The members of the body, those without a value left out.
fn values(source: &TokenSource, grant: &Grant, way: &Way) -> Vec<(&'static str, String)> {
    let names = source.members(way.kind()).unwrap_or_default();
    names.iter().filter_map(|name| Some((*name, value(source, grant, way, name)?))).collect()
}

fn value(source: &TokenSource, grant: &Grant, way: &Way, name: &str) -> Option<String> {
    let client = grant.client().filter(|client| client.place(source) == ClientAuthentication::Body);
    let code = grant.code.as_ref().filter(|_| matches!(way, Way::AuthorizationCode));
    let user = grant.password.as_ref().filter(|_| matches!(way, Way::Password));
    match name {
        "grant_type" => Some(way.kind().as_str().to_owned()),
        "client_id" => client.map(|client| client.id.clone()),
        "client_secret" => {
            let client = client.filter(|client| !client.is_public());
            client.map(|client| client.secret.expose_secret().to_owned())
        }
        "code" => code.map(|code| code.code.expose_secret().to_owned()),
        "code_verifier" => Some(code?.verifier.as_ref()?.expose_secret().to_owned()),
        "redirect_uri" => code?.redirect_uri.clone(),
        "device_code" => match way {
            Way::DeviceCode(code) => Some(code.expose_secret().to_owned()),
            Way::ClientCredentials | Way::RefreshToken(_) | Way::Password | Way::AuthorizationCode => None,
        },
        "refresh_token" => match way {
            Way::RefreshToken(token) => Some(token.expose_secret().to_owned()),
            Way::ClientCredentials | Way::Password | Way::AuthorizationCode | Way::DeviceCode(_) => None,
        },
        "username" => user.map(|user| user.username.clone()),
        "password" => user.map(|user| user.secret.expose_secret().to_owned()),
        "scope" => match way {
            Way::ClientCredentials => grant.client()?.scope.clone(),
            Way::RefreshToken(_) | Way::AuthorizationCode | Way::DeviceCode(_) => None,
            Way::Password => user?.scope.clone(),
        },
        _ => None,
    }
}

/// Everything that was sent and must not come back in an error, as it may be written.
pub(super) fn secrets(
    values: &[(&'static str, String)],
    grant: &Grant,
    basic: Option<&HeaderValue>,
) -> Vec<String> {
    const SECRETS: [&str; 6] =
        ["client_secret", "refresh_token", "password", "code", "code_verifier", "device_code"];
    let is_secret = |name: &str| SECRETS.contains(&name);
    let mut secrets: Vec<String> =
        values.iter().filter(|(name, _)| is_secret(name)).map(|(_, value)| value.clone()).collect();
    secrets.extend(grant.client().map(|client| client.secret.expose_secret().to_owned()));
    let encoded: Vec<String> = secrets.iter().map(|secret| form::encoded(secret)).collect();
    secrets.extend(encoded);
    let basic = basic.and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    secrets.extend(basic.map(str::to_owned));
    secrets
}

/// RFC 6749, section 2.3.1: id and secret are encoded as in a form before they are joined.
pub(super) fn basic(client: &ClientCredentials) -> HeaderValue {
    let joined = format!("{}:{}", form::encoded(&client.id), form::encoded(client.secret.expose_secret()));
    let value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(joined)));
    let Ok(mut value) = value else { unreachable!("base64 text is ASCII") };
    value.set_sensitive(true);
    value
}

/// Sends `values` to an endpoint of the source's.
///
/// The client's headers go along if the endpoint has the origin of the base URL, and only its `User-Agent` if not; credentials do
/// not, but for `authorization`.
pub(super) async fn send(
    client: &Client,
    source: &TokenSource,
    endpoint: &str,
    values: &[(&'static str, String)],
    authorization: Option<&HeaderValue>,
    twice: Twice,
) -> Result<RawResponse, Failure> {
    let place = Place::of(client, source, endpoint)?;
    let (media_type, body) = match source.content {
        Content::Form => ("application/x-www-form-urlencoded", form_of(values)),
        Content::Json => ("application/json", json_of(values)),
    };
    let mut headers = place.headers(client);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Some(value) = authorization {
        headers.insert(AUTHORIZATION, value.clone());
    }
    let call = Call {
        client,
        operation: None,
        method: Method::POST,
        url: place.url,
        headers,
        body: Some(body.into()),
        timeout: None,
        authorizer: None,
        retry: client.0.retry(),
        twice,
        max_body_size: client.0.max_body_size().min(MAX_ANSWER),
    };
    call.answer().await.map_err(unseen)
}

/// Of an answer that broke off nothing is kept: a token may be in it.
fn unseen(error: Failure) -> Failure {
    if let Failure::Transport(error) = error {
        return error.without_answer().into();
    }
    error
}

/// Asks for what a provider says about itself: no header of the client's but its `User-Agent`, and no credential.
#[allow(dead_code, reason = "a client may be without a provider")]
pub(super) async fn get(client: &Client, url: Url) -> Result<RawResponse, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(agent) = client.0.headers().get(USER_AGENT) {
        headers.insert(USER_AGENT, agent.clone());
    }
    let call = Call {
        client,
        operation: None,
        method: Method::GET,
        url,
        headers,
        body: None,
        timeout: None,
        authorizer: None,
        retry: client.0.retry(),
        twice: Twice::Harmless,
        max_body_size: client.0.max_body_size().min(MAX_ANSWER),
    };
    call.answer().await
}

fn form_of(values: &[(&'static str, String)]) -> String {
    let pair = |(name, value): &(&str, String)| format!("{}={}", form::encoded(name), form::encoded(value));
    values.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn json_of(values: &[(&'static str, String)]) -> String {
    let members = values.iter().map(|(name, value)| ((*name).to_owned(), Json::from(value.as_str())));
    Json::Object(members.collect::<JsonObject>()).to_string()
}

/// Where an endpoint is.
struct Place {
    url: Url,
    /// Whether the client's headers were set for this origin.
    at_home: bool,
}

impl Place {
    pub(super) fn of(client: &Client, source: &TokenSource, endpoint: &str) -> Result<Self, BuildError> {
        let base = client.0.base();
        let Ok(url) = Url::parse(endpoint) else {
            let url = base.and_then(|base| match endpoint.strip_prefix(ORIGIN) {
                Some(path) => base.join_at_root(path),
                None => base.join(Some(endpoint).filter(|path| path.starts_with('/'))?, ""),
            });
            let url = url.ok_or(BuildError::Path { template: source.endpoint })?;
            return Ok(Self { url, at_home: true });
        };
        if let Some(url) = in_place_of(&url, client) {
            return Ok(Self { url, at_home: false });
        }
        if url.scheme() != "https" && (base.is_none_or(BaseUrl::is_https) || url.scheme() != "http") {
            let reason = "its token endpoint is not an https address";
            return Err(BuildError::Credential { scheme: source.scheme.to_owned(), reason });
        }
        let at_home = Url::parse(client.base_url()).is_ok_and(|base| base.origin() == url.origin());
        Ok(Self { url, at_home })
    }

    fn headers(&self, client: &Client) -> HeaderMap {
        let mut headers = client.0.headers().clone();
        headers.remove(AUTHORIZATION);
        headers.remove(COOKIE);
        if self.at_home {
            return headers;
        }
        let agent = headers.remove(USER_AGENT);
        agent.map(|agent| (USER_AGENT, agent)).into_iter().collect()
    }
}

/// The address at `client`'s stand-in server in place of `url`; `None` if it has none.
fn in_place_of(url: &Url, client: &Client) -> Option<Url> {
    let mut moved = Url::parse(client.0.stand_in()?).ok()?;
    moved.set_path(url.path());
    moved.set_query(url.query());
    Some(moved)
}
