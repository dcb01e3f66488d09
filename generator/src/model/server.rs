//! Servers: where an API is called.

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What the document calls it.
    pub name: Option<String>,
    /// Its address with a `{name}` for each variable, without a trailing slash; absolute if it is known where the document is.
    pub url: String,
    /// What it is.
    pub description: Option<String>,
    /// The variables of the address, in document order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of the address of a [`Server`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// As it stands in the address, without the braces.
    pub name: String,
    /// Its value unless another is chosen.
    pub default: String,
    /// The values it can have; empty if it can have any.
    pub allowed: Vec<String>,
    /// What it is.
    pub description: Option<String>,
}

impl Server {
    /// Whether the address, with the defaults of its variables, says which host to call.
    pub fn is_absolute(&self) -> bool {
        self.default_url().contains("://")
    }

    /// The address with the defaults of its variables.
    pub fn default_url(&self) -> String {
        let fill = |url: String, variable: &ServerVariable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        };
        self.variables.iter().fold(self.url.clone(), fill)
    }
}
