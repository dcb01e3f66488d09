//! Security schemes: how callers identify themselves, and how they get what they show.

/// A security scheme that the client has credentials for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// The key in `components.securitySchemes`.
    pub name: String,
    /// What is sent, and where.
    pub kind: SchemeKind,
    /// Markdown.
    pub description: Option<String>,
    /// The scopes that there are, with what they allow.
    pub scopes: Vec<(String, String)>,
    /// How tokens are had, if the document says so in OpenAPI's words.
    pub tokens: Option<TokenFlows>,
}

/// What a [`Scheme`] sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`; also what an OAuth or OpenID Connect token is sent as.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// `Authorization: <scheme> …`, the rest being the caller's.
    Http(String),
    /// A key in the header of that name.
    ApiKeyHeader(String),
    /// A key in the query parameter of that name.
    ApiKeyQuery(String),
    /// A key in the cookie of that name.
    ApiKeyCookie(String),
    /// Nothing: the connection shows a certificate.
    MutualTls,
}

/// How tokens are had (OAS 3.2.0, OAuth Flows Object). An address is absolute, a path below the server's, or one at its host behind `{origin}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenFlows {
    /// Where tokens are had.
    pub source: TokenPlace,
    /// The flows that a program can do, each with its token endpoint; any of them with OpenID Connect, none of which has one.
    pub flows: Vec<(Flow, String)>,
    /// Where the tokens of flows are renewed, if elsewhere.
    pub refresh: Vec<(Flow, String)>,
    /// Where a user is asked for consent in a browser, if the document says it.
    pub authorization: Option<String>,
    /// Where a device asks for codes, if the document says it.
    pub device: Option<String>,
}

/// Who knows where tokens are had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenPlace {
    /// The document.
    Document,
    /// The OpenID provider that describes itself at this address.
    Provider(String),
}

/// A way to a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// `clientCredentials`.
    ClientCredentials,
    /// `password`.
    Password,
    /// `authorizationCode`.
    AuthorizationCode,
    /// `deviceAuthorization`.
    Device,
}

impl TokenFlows {
    /// Whether a provider says where everything is.
    pub fn is_of_provider(&self) -> bool {
        matches!(self.source, TokenPlace::Provider(_))
    }

    /// The token endpoint of a flow, if there is the flow.
    pub fn endpoint(&self, flow: Flow) -> Option<&str> {
        self.flows.iter().find(|(known, _)| *known == flow).map(|(_, endpoint)| endpoint.as_str())
    }
}
