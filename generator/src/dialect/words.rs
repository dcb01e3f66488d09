//! The `x-` words of the shell: what the document can say and `openapiv3` cannot hold, and what authors can ask for.

/// On a request body: the document does not say whether it is `required`.
pub const REQUIRED_UNSAID: &str = "x-clientsmith-required-unsaid";

/// On an operation or a parameter: the name it shall have in the client.
pub const NAME: &str = "x-name";
