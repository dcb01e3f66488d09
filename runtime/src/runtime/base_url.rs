//! The address under which an API's paths live.

use reqwest::Url;

use super::build_error::BuildError;

/// A checked base URL.
///
/// Invariant: an absolute `http` or `https` URL without user name, password, query, fragment and trailing slash, so that a
/// path that starts with `/` can be appended to its text.
#[derive(Clone)]
pub(super) struct BaseUrl {
    text: String,
    path: String,
    https: bool,
}

impl BaseUrl {
    pub(super) fn parse(text: &str) -> Result<Self, BuildError> {
        let refuse = |reason| Err(BuildError::BaseUrl { reason });
        if text.is_empty() {
            return refuse("none is set and the API's description names none");
        }
        let Ok(url) = Url::parse(text) else {
            return refuse("it is not an absolute URL");
        };
        let https = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return refuse("its scheme is neither `http` nor `https`"),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("it holds a user name or a password; set a credential instead");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("it has a query or a fragment");
        }
        let path = url.path().trim_end_matches('/').to_owned();
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { text, path, https })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn is_https(&self) -> bool {
        self.https
    }

    /// The address of `path`, which starts with `/` and is percent-encoded, with `query` unless that is empty.
    ///
    /// `None` if a URL parser reads another path than the one given: it resolves `.` and `..` segments, and a request must
    /// never reach another resource than the one the caller named.
    pub(super) fn join(&self, path: &str, query: &str) -> Option<Url> {
        let mut text = String::with_capacity(self.text.len() + path.len() + 1 + query.len());
        text.push_str(&self.text);
        text.push_str(path);
        if !query.is_empty() {
            text.push('?');
            text.push_str(query);
        }
        let url = Url::parse(&text).ok()?;
        let kept = url.path().strip_prefix(self.path.as_str()) == Some(path);
        kept.then_some(url)
    }
}
