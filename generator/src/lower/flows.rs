//! OAuth 2's flows: how a program has tokens (OAS 3.2.0, OAuth Flows Object).

use openapiv3::OAuth2Flows;
use serde_json::Value;

use super::Lowering;
use super::server::resolved;
use crate::diag::Code;
use crate::dialect::words;
use crate::model::{Flow, TokenFlows, TokenPlace};
use crate::source::Pointer;

type Scopes = Vec<(String, String)>;

impl Lowering<'_> {
    /// The flows of a scheme at `place`, and the scopes of all of them.
    pub(super) fn flows(&mut self, flows: &OAuth2Flows, place: &Pointer) -> (Option<TokenFlows>, Scopes) {
        let place = place.child("flows");
        let mut scopes = Scopes::new();
        let mut found = TokenFlows {
            source: TokenPlace::Document,
            flows: Vec::new(),
            refresh: Vec::new(),
            authorization: None,
            device: None,
        };
        if let Some(flow) = &flows.client_credentials {
            self.flow(
                &mut found,
                Flow::ClientCredentials,
                &flow.token_url,
                &place.child("clientCredentials"),
            );
            self.renewal(&mut found, Flow::ClientCredentials, flow.refresh_url.as_deref());
            scopes.extend(flow.scopes.clone());
        }
        if let Some(flow) = &flows.password {
            self.flow(&mut found, Flow::Password, &flow.token_url, &place.child("password"));
            self.renewal(&mut found, Flow::Password, flow.refresh_url.as_deref());
            scopes.extend(flow.scopes.clone());
        }
        if let Some(flow) = &flows.authorization_code {
            let place = place.child("authorizationCode");
            self.flow(&mut found, Flow::AuthorizationCode, &flow.token_url, &place);
            self.renewal(&mut found, Flow::AuthorizationCode, flow.refresh_url.as_deref());
            found.authorization = self.page(&flow.authorization_url);
            if found.authorization.is_none() {
                self.report_endpoint(&flow.authorization_url, &place.child("authorizationUrl"));
            }
            scopes.extend(flow.scopes.clone());
        }
        if let Some(flow) = flows.extensions.get(words::DEVICE_FLOW) {
            self.device_flow(&mut found, flow, &place.child("deviceAuthorization"), &mut scopes);
        }
        if let Some(flow) = &flows.implicit {
            scopes.extend(flow.scopes.clone());
            self.diags
                .note(Code::ImplicitFlow, &place.child("implicit"))
                .message("tokens of the `implicit` flow are given to browsers only")
                .help("the client takes a token that was had elsewhere");
        }
        let mut kept = Scopes::new();
        for (name, words) in scopes {
            if kept.iter().all(|(known, _)| *known != name) {
                kept.push((name, words));
            }
        }
        (Some(found).filter(|found| !found.flows.is_empty()), kept)
    }

    /// OAS 3.2.0, OAuth Flow Object: `deviceAuthorizationUrl` and `tokenUrl`.
    fn device_flow(&mut self, found: &mut TokenFlows, flow: &Value, place: &Pointer, scopes: &mut Scopes) {
        let text = |name: &str| flow.get(name).and_then(Value::as_str).unwrap_or_default();
        found.device = self.address(Some(text("deviceAuthorizationUrl")));
        if found.device.is_none() {
            return self
                .report_endpoint(text("deviceAuthorizationUrl"), &place.child("deviceAuthorizationUrl"));
        }
        self.flow(found, Flow::Device, text("tokenUrl"), place);
        self.renewal(found, Flow::Device, flow.get("refreshUrl").and_then(Value::as_str));
        let declared = flow.get("scopes").and_then(Value::as_object).into_iter().flatten();
        scopes.extend(
            declared.map(|(name, words)| (name.clone(), words.as_str().unwrap_or_default().to_owned())),
        );
    }

    fn flow(&mut self, found: &mut TokenFlows, flow: Flow, url: &str, place: &Pointer) {
        match self.address(Some(url)) {
            Some(endpoint) => found.flows.push((flow, endpoint)),
            None => self.report_endpoint(url, &place.child("tokenUrl")),
        }
    }

    /// Where the tokens of a flow are renewed, if that is not where they are had.
    fn renewal(&mut self, found: &mut TokenFlows, flow: Flow, url: Option<&str>) {
        let renewed = self.address(url).filter(|renewed| found.endpoint(flow) != Some(renewed));
        found.refresh.extend(renewed.map(|renewed| (flow, renewed)));
    }

    fn report_endpoint(&mut self, url: &str, place: &Pointer) {
        self.diags
            .warn(Code::UnusableTokenEndpoint, place)
            .message(format!("no token is had by way of `{url}`"))
            .help("the client does not have this flow; use an `https` address");
    }

    /// An absolute `https` address, or `http` of the own machine; else a path below the server's address, or one at its host behind `{origin}`.
    ///
    /// A relative address is seen from the document, else from the first server, which is what tools agree on. It stays a path where that
    /// is below the server's, so that it moves with the server, and where the server has variables or no host. Another one is at the host
    /// of the server that is called, unless the document says where it is itself (RFC 3986, section 5.2.2).
    fn address(&self, url: Option<&str>) -> Option<String> {
        let url = url.map(str::trim).filter(|url| !url.is_empty())?;
        let whole = self.seen(url);
        let server =
            self.document.shell.servers.first().map_or("", |server| server.url.trim_end_matches('/'));
        let below = |whole: &str| whole.strip_prefix(server)?.strip_prefix('/').map(str::to_owned);
        let is_open = !whole.contains("://") || whole.contains('{');
        if has_scheme(url) || url.starts_with("//") || whole.starts_with("//") {
            return Some(whole).filter(|whole| is_safe(whole));
        }
        let path = match below(&whole) {
            Some(below) => format!("/{below}"),
            None if is_open && url.starts_with('/') => {
                return Some(url).filter(|url| is_plain(url)).map(from_root);
            }
            None if is_open => format!("/{}", url.trim_start_matches(['.', '/'])),
            None if self.document.address.is_none() => return at_host(&whole),
            None => return Some(whole).filter(|whole| is_safe(whole)),
        };
        Some(path).filter(|path| is_plain(path))
    }

    /// The same for what a browser opens, which has no server that a path could be below.
    fn page(&self, url: &str) -> Option<String> {
        let url = url.trim();
        Some(self.seen(url)).filter(|whole| !url.is_empty() && is_safe(whole))
    }

    /// The first server's address, if it is absolute.
    fn server(&self) -> Option<&str> {
        let server = self.document.shell.servers.first()?.url.trim_end_matches('/');
        Some(server).filter(|url| url.contains("://"))
    }

    fn seen(&self, url: &str) -> String {
        if has_scheme(url) {
            return url.to_owned();
        }
        let from = self.document.address.clone().or_else(|| self.server().map(|server| format!("{server}/")));
        resolved(url, from.as_deref())
    }

    /// All flows of an OpenID provider, who says where.
    pub(super) fn provider(&mut self, url: &str, place: &Pointer) -> Option<TokenFlows> {
        let Some(url) = self.page(url) else {
            self.report_endpoint(url, &place.child("openIdConnectUrl"));
            return None;
        };
        let flows = [Flow::ClientCredentials, Flow::Password, Flow::AuthorizationCode, Flow::Device];
        Some(TokenFlows {
            source: TokenPlace::Provider(url),
            flows: flows.map(|flow| (flow, String::new())).to_vec(),
            refresh: Vec::new(),
            authorization: None,
            device: None,
        })
    }
}

/// The path of an address, at the host of whichever server is called.
fn at_host(whole: &str) -> Option<String> {
    let (_, rest) = whole.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    Some(format!("/{path}")).filter(|path| is_plain(path)).map(|path| from_root(&path))
}

/// A path at the host of the server, as the runtime's `token::ORIGIN` has it.
fn from_root(path: &str) -> String {
    format!("{{origin}}{path}")
}

/// RFC 3986, section 3.1.
fn has_scheme(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_plain(url: &str) -> bool {
    !url.chars().any(|c| c.is_whitespace() || c.is_control() || "{}\\#".contains(c))
}

/// Whether a secret may be sent to an address: `https`, or `http` of the own machine.
fn is_safe(url: &str) -> bool {
    let own = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let is_own = |url: &str| {
        let behind = own.iter().filter_map(|own| url.strip_prefix(own));
        behind.into_iter().any(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    };
    is_plain(url) && (url.starts_with("https://") || is_own(url))
}
