//! Where a word sends a request: an operation of the document, or an address of its own.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::scope::Scope;
use super::value::Value;
use crate::diag::Diagnostics;
use crate::model::HttpMethod;

/// Where a request about tokens goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// An operation of the document: its path stands in `paths`, with `post` (RFC 6749, section 3.2; RFC 7009, section 2.1).
    Operation {
        /// The path as written in the document.
        path: String,
    },
    /// Another address: `https`, or `http` of the own machine.
    Url(String),
}

impl Endpoint {
    /// Reads `POST /path`, an operation of the document, or an absolute address.
    pub(super) fn read(value: &Value, scope: &Scope, diags: &mut Diagnostics) -> Option<Self> {
        let text = value.name(diags)?;
        let Some(path) = text.strip_prefix("POST ").filter(|path| path.starts_with('/')) else {
            if is_url(text) {
                return Some(Endpoint::Url(text.to_owned()));
            }
            let help = "write `POST /path` for an operation of the document, or an address with `https`";
            value.invalid(format!("`{text}` is no endpoint"), help, diags);
            return None;
        };
        if path.contains('{') {
            let help = "nothing says what stands in the slots of its path; nothing is generated";
            value.invalid(format!("`{text}` takes path parameters"), help, diags);
            return None;
        }
        if !scope.has_operation(&HttpMethod::Post, path) {
            value.dangling(
                "operation",
                text,
                "write it as it stands in `paths`; nothing is generated",
                diags,
            );
            return None;
        }
        Some(Endpoint::Operation { path: path.to_owned() })
    }
}

/// Whether a secret may be sent to `text`: an absolute address with `https`, or with `http` on the own machine.
fn is_url(text: &str) -> bool {
    let (is_secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return false,
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let is_literal = |text: &str| text.chars().all(|c| c.is_ascii_graphic() && !r#"#"<>\^`{|}"#.contains(c));
    match host(authority) {
        Some(host) => is_literal(rest) && (is_secure || is_own_machine(host)),
        None => false,
    }
}

/// The host of `host:port`, if it can be one: no user, no password, a port that is a number.
fn host(authority: &str) -> Option<&str> {
    let port_at = authority.rfind(':').filter(|at| !authority[*at..].contains(']'));
    let (host, port) = port_at.map_or((authority, None), |at| (&authority[..at], Some(&authority[at + 1..])));
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let is_name = |host: &str| {
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
    };
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_host = address.map_or_else(|| is_name(host), |address| address.parse::<Ipv6Addr>().is_ok());
    (is_host && is_port).then_some(host)
}

fn is_own_machine(host: &str) -> bool {
    let is_v4 = host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    host == "localhost" || host == "[::1]" || is_v4
}

#[cfg(test)]
mod tests {
    use super::is_url;

    #[test]
    fn an_address_is_secure_or_on_the_own_machine() {
        for good in [
            "https://auth.example.com/token",
            "https://auth.example.com:8443/a?b=c",
            "http://127.0.0.1:9/x",
            "http://localhost/token",
            "http://[::1]:80/",
        ] {
            assert!(is_url(good), "{good}");
        }
        for bad in [
            "http://auth.example.com/token",
            "http://127.0.0.1.example.com/",
            "https://",
            "https:///token",
            "https://user:secret@example.com/",
            "https://example.com:99999/",
            "https://example.com/a b",
            "https://example.com/#part",
            "ftp://example.com/",
            "/token",
            "https://exa\nmple.com/",
        ] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
