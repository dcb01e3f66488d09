//! The `x-` words of the shell: what the document can say and `openapiv3` cannot hold, and what authors can ask for.

/// On a request body: the document does not say whether it is `required`.
pub const REQUIRED_UNSAID: &str = "x-clientsmith-required-unsaid";

/// On the components: the names of security schemes that the client has no credentials for.
pub const UNSUPPORTED_SCHEMES: &str = "x-clientsmith-unsupported-schemes";

/// On a security scheme: it is `mutualTLS`, which OAS 3.1 has.
pub const MUTUAL_TLS: &str = "x-clientsmith-mutual-tls";

/// On the flows of OAuth 2: `deviceAuthorization`, which OAS 3.2 has.
pub const DEVICE_FLOW: &str = "x-clientsmith-device-authorization";

/// On a server: its `name`, which OAS 3.2 gives it.
pub const SERVER_NAME: &str = "x-clientsmith-server-name";

/// On a tag: its `summary`, which OAS 3.2 gives it.
pub const TAG_SUMMARY: &str = "x-clientsmith-tag-summary";

/// On a tag: its `parent`, which OAS 3.2 gives it.
pub const TAG_PARENT: &str = "x-clientsmith-tag-parent";

/// On an operation or a parameter: the name it shall have in the client.
pub const NAME: &str = "x-name";

/// On a parameter: its `style` as written, which is looked at together with its type.
pub const STYLE: &str = "x-clientsmith-style";

/// On a parameter: `allowReserved`, wherever it is.
pub const ALLOW_RESERVED: &str = "x-clientsmith-allow-reserved";

/// On a query parameter: it is the whole query (`in: querystring`).
pub const WHOLE_QUERY: &str = "x-clientsmith-whole-query";

/// On a media type of a request body: its `encoding`, property by property.
pub const ENCODING: &str = "x-clientsmith-encoding";

/// On a media type of several parts: `prefixEncoding`, which OAS 3.2 has for the first parts.
pub const PREFIX_ENCODING: &str = "x-clientsmith-prefix-encoding";

/// On a media type of several parts: `itemEncoding`, which OAS 3.2 has for all others.
pub const ITEM_ENCODING: &str = "x-clientsmith-item-encoding";

/// On responses, followed by the first digit of a range: how the document writes the range (`4XX`, `4xx`).
pub const RANGE_KEY: &str = "x-clientsmith-range-";
