//! Where a parameter is sent.

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a slot of the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// As one or more cookies.
    Cookie,
    /// As the whole query (OAS 3.2, `querystring`).
    WholeQuery,
}
