//! The address under which an API's paths live.

use std::borrow::Cow;

use reqwest::Url;

use super::build_error::BuildError;

/// A checked base URL.
///
/// Invariant: an absolute `http` or `https` URL without user name, password, query and fragment.
#[derive(Clone)]
pub(super) struct BaseUrl(Url);

impl BaseUrl {
    pub(super) fn parse(text: &str) -> Result<Self, BuildError> {
        let refuse = |reason| Err(BuildError::BaseUrl { reason });
        if text.is_empty() {
            return refuse("none is set and the API's description names none");
        }
        let Ok(url) = Url::parse(text) else {
            return refuse("it is not an absolute URL");
        };
        if !matches!(url.scheme(), "https" | "http") {
            return refuse("its scheme is neither `http` nor `https`");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("it holds a user name or a password; set a credential instead");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("it has a query or a fragment");
        }
        Ok(Self(url))
    }

    /// The address without a trailing slash.
    pub(super) fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    pub(super) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The address of `path`, which starts with `/` and may have a query, at the same host.
    #[allow(dead_code, reason = "a client may fetch no tokens")]
    pub(super) fn join_at_root(&self, path: &str) -> Option<Url> {
        self.0.join(path).ok().filter(|url| url.origin() == self.0.origin())
    }

    /// The address of `path`, which starts with `/` and is percent-encoded, with `query` unless that is empty.
    ///
    /// `None` if a URL parser reads another path than the one given: it resolves `.` and `..` segments, and a request must
    /// never reach another resource than the one the caller named.
    pub(super) fn join(&self, path: &str, query: &str) -> Option<Url> {
        // The host has been read: that is most of the work.
        let mut url = self.0.clone();
        let whole = match self.0.path().trim_end_matches('/') {
            "" => Cow::Borrowed(path),
            base => Cow::Owned([base, path].concat()),
        };
        url.set_path(&whole);
        if url.path() != whole {
            return None;
        }
        if !query.is_empty() {
            url.set_query(Some(query));
        }
        Some(url)
    }
}
