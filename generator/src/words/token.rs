//! `x-token`: how the bearer token of a security scheme is had, renewed and revoked (RFC 6749, RFC 7009).

use indexmap::IndexMap;

use super::JsonPointer;
use super::endpoint::Endpoint;
use super::grant::{GRANTS, Grant, GrantType, grants};
use super::scope::Scope;
use super::value::{Members, Value};
use crate::diag::{Code, Diagnostics};
use crate::source::{Key, Pointer, Tree};

/// `x-token` of a security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// The place of the word.
    pub pointer: Pointer,
    /// `endpoint`: where tokens are asked for.
    pub endpoint: Endpoint,
    /// `content`: how what is sent is written; a form unless it says `json`.
    pub content: Encoding,
    /// `authentication`: how the client names itself; in the body unless it says `basic`.
    pub authentication: ClientAuthentication,
    /// `grants`, in document order, of which the first is the preferred one; at least one.
    pub grants: IndexMap<GrantType, Grant>,
    /// `response`: where the answer has what.
    pub response: TokenMembers,
    /// `refresh`.
    pub refresh: Refresh,
    /// `revoke`.
    pub revoke: Option<Revocation>,
}

/// How the members of a token request are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `form`: `application/x-www-form-urlencoded`, as RFC 6749 asks.
    Form,
    /// `json`: an object.
    Json,
}

/// How the client names itself (RFC 6749, section 2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// `body`: by the members `client_id` and `client_secret`.
    Body,
    /// `basic`: by HTTP Basic authentication.
    Basic,
}

/// Where the answer of a token endpoint has what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenMembers {
    /// The token.
    pub access_token: JsonPointer,
    /// The token to renew it with.
    pub refresh_token: JsonPointer,
    /// For how many seconds it holds.
    pub expires_in: JsonPointer,
}

/// When and how a token is renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refresh {
    /// `skew_s`: how many seconds before it expires; 60 if not said.
    pub skew_s: u64,
    /// `order`: the grants that are tried, each one of [`Token::grants`]; if not said, refresh token and then credentials.
    pub order: Vec<GrantType>,
    /// `default_ttl_s`: for how many seconds a token holds whose answer does not say so.
    pub default_ttl_s: Option<u64>,
}

/// How tokens are revoked (RFC 7009).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// `endpoint`.
    pub endpoint: Endpoint,
    /// `send`: the value of each parameter; `token: access_token` if not said.
    pub send: IndexMap<String, TokenValue>,
}

/// A value of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenValue {
    /// `access_token`.
    Access,
    /// `refresh_token`.
    Refresh,
}

/// Reads `x-token` of every security scheme.
pub(super) fn read(scope: &Scope, diags: &mut Diagnostics) -> IndexMap<String, Token> {
    let place = Pointer::root().child("components").child("securitySchemes");
    let schemes = scope.tree.at(&place).and_then(Tree::as_map).into_iter().flatten();
    let token = |(name, scheme): (&Key, &Tree)| {
        let word = scheme.get("x-token")?;
        let word = Value { tree: word, place: place.child(name).child("x-token") };
        if !carries_tokens(scheme) {
            diags
                .warn(Code::MisplacedWord, &word.place)
                .message("`x-token` is for a scheme that sends a bearer token")
                .help("it is ignored; such a scheme is `http` with `bearer`, `oauth2` or `openIdConnect`");
            return None;
        }
        Some((name.to_string(), token(&word, scope, diags)?))
    };
    schemes.filter_map(token).collect()
}

fn carries_tokens(scheme: &Tree) -> bool {
    let text = |key: &str| scheme.get(key).and_then(Tree::as_str).unwrap_or_default();
    match text("type") {
        "http" => text("scheme").eq_ignore_ascii_case("bearer"),
        kind => matches!(kind, "oauth2" | "openIdConnect"),
    }
}

fn token(word: &Value, scope: &Scope, diags: &mut Diagnostics) -> Option<Token> {
    const MEMBERS: [&str; 7] =
        ["endpoint", "content", "authentication", "grants", "response", "refresh", "revoke"];
    let members = word.members(&MEMBERS, diags)?;
    let authentications = [("body", ClientAuthentication::Body), ("basic", ClientAuthentication::Basic)];
    let authentication = match members.get("authentication") {
        Some(value) => value.choice(&authentications, diags)?,
        None => ClientAuthentication::Body,
    };
    let content = match members.get("content") {
        Some(value) => value.choice(&[("form", Encoding::Form), ("json", Encoding::Json)], diags)?,
        None => Encoding::Form,
    };
    let endpoint = members.wanted("endpoint", diags).and_then(|value| Endpoint::read(&value, scope, diags));
    let grants = grants(&members, authentication, diags);
    let response = response(&members, diags);
    let refresh = refresh(&members, grants.as_ref(), diags);
    let revoke = members.get("revoke").and_then(|value| revocation(&value, scope, diags));
    Some(Token {
        pointer: word.place.clone(),
        endpoint: endpoint?,
        content,
        authentication,
        grants: grants?,
        response,
        refresh,
        revoke,
    })
}

fn response(token: &Members, diags: &mut Diagnostics) -> TokenMembers {
    const MEMBERS: [&str; 3] = ["access_token", "refresh_token", "expires_in"];
    let members = token.get("response").and_then(|value| value.members(&MEMBERS, diags));
    let mut member = |key: &str| {
        let given = members.as_ref().and_then(|members| members.get(key));
        given.and_then(|value| member_pointer(&value, diags)).unwrap_or_else(|| JsonPointer::member(key))
    };
    TokenMembers {
        access_token: member("access_token"),
        refresh_token: member("refresh_token"),
        expires_in: member("expires_in"),
    }
}

/// A member's name, or a pointer to it.
fn member_pointer(value: &Value, diags: &mut Diagnostics) -> Option<JsonPointer> {
    let text = value.name(diags)?;
    if text.starts_with('/') { value.pointer(diags) } else { Some(JsonPointer::member(text)) }
}

fn refresh(token: &Members, grants: Option<&IndexMap<GrantType, Grant>>, diags: &mut Diagnostics) -> Refresh {
    const MEMBERS: [&str; 3] = ["skew_s", "order", "default_ttl_s"];
    let has = |grant: GrantType| grants.is_some_and(|grants| grants.contains_key(&grant));
    let mut refresh = Refresh {
        skew_s: 60,
        order: [GrantType::RefreshToken, GrantType::ClientCredentials]
            .into_iter()
            .filter(|it| has(*it))
            .collect(),
        default_ttl_s: None,
    };
    let Some(members) = token.get("refresh").and_then(|value| value.members(&MEMBERS, diags)) else {
        return refresh;
    };
    if let Some(order) = members.get("order") {
        refresh.order = order.distinct(diags, |item, diags| {
            let grant = item.choice(&GRANTS, diags)?;
            if grants.is_some() && !has(grant) {
                item.dangling("grant", grant.as_str(), "add it to `grants`; nothing is generated", diags);
            }
            Some(grant)
        });
    }
    let seconds = 0..=100 * 365 * 24 * 60 * 60;
    if let Some(skew) = members.get("skew_s").and_then(|value| value.whole(seconds.clone(), diags)) {
        refresh.skew_s = skew;
    }
    refresh.default_ttl_s = members.get("default_ttl_s").and_then(|value| value.whole(seconds, diags));
    refresh
}

fn revocation(value: &Value, scope: &Scope, diags: &mut Diagnostics) -> Option<Revocation> {
    let members = value.members(&["endpoint", "send"], diags)?;
    let values = [("access_token", TokenValue::Access), ("refresh_token", TokenValue::Refresh)];
    let send = match members.get("send") {
        Some(send) => {
            let entries = send.entries(diags).into_iter();
            entries
                .filter_map(|(name, value)| Some((name.to_owned(), value.choice(&values, diags)?)))
                .collect()
        }
        None => IndexMap::from([("token".to_owned(), TokenValue::Access)]),
    };
    let endpoint = members.wanted("endpoint", diags)?;
    Some(Revocation { endpoint: Endpoint::read(&endpoint, scope, diags)?, send })
}

#[cfg(test)]
mod tests {
    use super::{ClientAuthentication, Encoding, Endpoint, GrantType, Token, TokenValue};
    use crate::words::JsonPointer;
    use crate::words::testing::{complaints, words};

    fn document(token: &str) -> String {
        format!(
            "paths: {{/login: {{post: {{}}}}, '/{{realm}}/login': {{post: {{}}}}}}\n\
             components: {{securitySchemes: {{main: {{type: http, scheme: Bearer, x-token: {token}}}}}}}\n",
        )
    }

    fn token(token: &str) -> Token {
        words(&document(token)).tokens.swap_remove("main").unwrap()
    }

    #[test]
    fn without_more_the_rfc_holds() {
        let token =
            token("{endpoint: POST /login, grants: {password: {}, refresh_token: {omit: [client_secret]}}}");
        assert_eq!(token.endpoint, Endpoint::Operation { path: "/login".to_owned() });
        assert_eq!((token.content, token.authentication), (Encoding::Form, ClientAuthentication::Body));
        let sent: Vec<_> = token.grants.values().map(|grant| grant.send.join(" ")).collect();
        assert_eq!(
            sent,
            [
                "grant_type username password scope client_id client_secret",
                "grant_type refresh_token client_id"
            ]
        );
        assert_eq!(token.response.access_token.as_str(), "/access_token");
        assert_eq!(token.refresh.order, [GrantType::RefreshToken]);
        assert_eq!((token.refresh.skew_s, token.refresh.default_ttl_s), (60, None));
        assert_eq!(token.revoke, None);
    }

    #[test]
    fn a_token_may_be_had_elsewhere_and_in_json() {
        let token = token(
            "{endpoint: 'https://auth.example.com/oauth', content: json, authentication: basic, \
             grants: {client_credentials: {send: [grant_type]}}, response: {access_token: /data/token, expires_in: ttl}, \
             refresh: {skew_s: 5, default_ttl_s: 600}, \
             revoke: {endpoint: POST /login, send: {secret: refresh_token}}}",
        );
        assert_eq!(token.endpoint, Endpoint::Url("https://auth.example.com/oauth".to_owned()));
        assert_eq!((token.content, token.authentication), (Encoding::Json, ClientAuthentication::Basic));
        assert_eq!(token.grants[&GrantType::ClientCredentials].send, ["grant_type"]);
        let members =
            [&token.response.access_token, &token.response.refresh_token, &token.response.expires_in];
        assert_eq!(members.map(JsonPointer::as_str), ["/data/token", "/refresh_token", "/ttl"]);
        assert_eq!((token.refresh.skew_s, token.refresh.default_ttl_s), (5, Some(600)));
        assert_eq!(token.refresh.order, [GrantType::ClientCredentials]);
        let send = token.revoke.unwrap().send;
        assert_eq!(send.into_iter().collect::<Vec<_>>(), [("secret".to_owned(), TokenValue::Refresh)]);
    }

    #[test]
    fn with_basic_authentication_the_body_does_not_name_the_client() {
        let token = token("{endpoint: POST /login, authentication: basic, grants: {client_credentials: {}}}");
        assert_eq!(token.grants[&GrantType::ClientCredentials].send, ["grant_type", "scope"]);
    }

    #[test]
    fn what_is_wrong_is_reported_where_it_stands() {
        let at = "#/components/securitySchemes/main/x-token";
        let said = |token: &str| complaints(&document(token)).join("\n").replace(at, "");
        assert_eq!(
            said("{endpoint: POST /logon, grants: {password: {}}}"),
            "dangling-word /endpoint: there is no operation `POST /logon`"
        );
        assert_eq!(
            said("{endpoint: GET /login, grants: {password: {}}}"),
            "invalid-word /endpoint: `GET /login` is no endpoint"
        );
        assert_eq!(
            said("{endpoint: 'POST /{realm}/login', grants: {password: {}}}"),
            "invalid-word /endpoint: `POST /{realm}/login` takes path parameters"
        );
        assert_eq!(
            said("{endpoint: 'http://example.com/', grants: {password: {}}}"),
            "invalid-word /endpoint: `http://example.com/` is no endpoint"
        );
        assert_eq!(
            said("{endpoint: POST /login, grants: {password: {send: [audience]}}}"),
            "invalid-word /grants/password/send/0: `audience` is not understood here"
        );
        assert_eq!(
            said("{grants: {implicit: {}}}"),
            "invalid-word : `x-token` lacks the member `endpoint`\n\
             invalid-word /grants/implicit: `implicit` is no member of `grants`\n\
             invalid-word /grants: a token cannot be had without a grant"
        );
        assert_eq!(
            said("{endpoint: POST /login, grants: {password: {}}, refresh: {order: [refresh_token]}}"),
            "dangling-word /refresh/order/0: there is no grant `refresh_token`"
        );
        assert_eq!(
            said("{endpoint: POST /login, grants: {password: {}}, response: {access_token: /a~}}"),
            "invalid-word /response/access_token: `/a~` is no JSON pointer"
        );
    }

    #[test]
    fn a_key_is_no_token() {
        let said = complaints("components: {securitySchemes: {key: {type: apiKey, x-token: {}}}}");
        let at = "#/components/securitySchemes/key/x-token";
        assert_eq!(
            said,
            [format!("misplaced-word {at}: `x-token` is for a scheme that sends a bearer token")]
        );
    }
}
