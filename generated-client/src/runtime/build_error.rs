//! What is wrong with a setting or with a request before anything is sent.

use std::fmt;
use std::sync::Arc;

/// A client or a request that cannot be built; nothing was sent.
///
/// Names the setting or parameter at fault and never repeats its value, which may be a secret.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL of the client.
    BaseUrl {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The server that was chosen.
    Server {
        /// The name it was chosen by.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A variable of a server's address.
    ServerVariable {
        /// The variable's name.
        name: String,
        /// What is wrong with it or its value.
        reason: &'static str,
    },
    /// A header of the client or of one request.
    Header {
        /// The header's name as it was given.
        name: String,
        /// What is wrong with its name or value.
        reason: &'static str,
    },
    /// A credential of the client.
    Credential {
        /// The security scheme it was set for.
        scheme: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The HTTP client or its TLS settings, for instance because the system has no certificates.
    HttpClient(Arc<dyn std::error::Error + Send + Sync>),
    /// The proxy of the client.
    Proxy {
        /// What is wrong with its address.
        reason: &'static str,
    },
    /// The certificates and the key by which the client shows who it is.
    Identity {
        /// What is wrong with them.
        reason: &'static str,
    },
    /// A value for a slot of the path.
    PathParameter {
        /// The parameter's name in the path template.
        name: &'static str,
        /// What is wrong with its value.
        reason: &'static str,
    },
    /// A value for any other parameter.
    Parameter {
        /// The parameter's name.
        name: String,
        /// What is wrong with its value.
        reason: &'static str,
    },
    /// A path that a URL parser would turn into another one.
    Path {
        /// The operation's path template.
        template: &'static str,
    },
    /// A media type that a caller chose for a body.
    MediaType {
        /// The range that the operation takes, as the API's description writes it.
        range: &'static str,
        /// What is wrong with the caller's.
        reason: &'static str,
    },
    /// A body that cannot be written.
    Body(Arc<serde_json::Error>),
    /// A body of several parts without any: there is no such body (RFC 2046, section 5.1.1) in this media type.
    NoParts {
        /// The media type of the body, or of the part that has none.
        media_type: String,
    },
    /// Values that break rules of the API's description; there is at least one.
    Invalid(Arc<[Violation]>),
    /// A file that is the body or a part of it and cannot be read.
    File(Arc<std::io::Error>),
    /// A body that is a stream and has been sent already, by another clone of the request.
    BodySent,
}

/// A value that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which value it is: `query parameter limit`, or `body/name`, a JSON pointer behind the word.
    pub place: String,
    /// The rule; the value is not repeated.
    pub reason: String,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl { reason } => write!(f, "the base URL cannot be used: {reason}"),
            Self::Server { name, reason } => write!(f, "the server {name:?} cannot be called: {reason}"),
            Self::ServerVariable { name, reason } => {
                write!(f, "the server variable {name:?} cannot be set: {reason}")
            }
            Self::Header { name, reason } => write!(f, "header {name:?} cannot be sent: {reason}"),
            Self::Credential { scheme, reason } => {
                write!(f, "the credential for {scheme:?} cannot be used: {reason}")
            }
            Self::Proxy { reason } => write!(f, "the proxy cannot be used: {reason}"),
            Self::Identity { reason } => write!(f, "the client certificate cannot be used: {reason}"),
            Self::HttpClient(_) => f.write_str("the HTTP client cannot be set up"),
            Self::PathParameter { name, reason } => {
                write!(f, "path parameter {name:?} cannot be sent: {reason}")
            }
            Self::Parameter { name, reason } => write!(f, "parameter {name:?} cannot be sent: {reason}"),
            Self::Path { template } => {
                write!(f, "with these values the path {template:?} would name another resource")
            }
            Self::MediaType { range, reason } => {
                write!(
                    f,
                    "the body cannot be sent in this media type, of which the operation takes {range}: {reason}"
                )
            }
            Self::Body(error) => write!(f, "the body cannot be written: {error}"),
            Self::NoParts { media_type } => {
                write!(f, "a body in {media_type} has to have at least one part, and has none")
            }
            Self::Invalid(violations) => {
                f.write_str("what would be sent breaks rules of the API's description")?;
                let each = |(at, known): (usize, &Violation)| {
                    write!(f, "{} {}: {}", if at == 0 { ":" } else { ";" }, known.place, known.reason)
                };
                violations.iter().enumerate().try_for_each(each)
            }
            Self::File(error) => write!(f, "the file to be sent cannot be read: {error}"),
            Self::BodySent => f.write_str("the body is a stream, which can be sent once, and has been sent"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::HttpClient(error) => Some(&**error),
            Self::BaseUrl { .. }
            | Self::Proxy { .. }
            | Self::Identity { .. }
            | Self::Server { .. }
            | Self::ServerVariable { .. }
            | Self::Header { .. }
            | Self::Credential { .. }
            | Self::PathParameter { .. }
            | Self::Parameter { .. }
            | Self::Path { .. }
            | Self::MediaType { .. }
            | Self::Body(_)
            | Self::NoParts { .. }
            | Self::Invalid(_)
            | Self::File(_)
            | Self::BodySent => None,
        }
    }
}
