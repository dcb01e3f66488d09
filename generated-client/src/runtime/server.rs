//! Which server is called: one of the API's description with values for its variables, or another address.

use std::borrow::Cow;

use super::base_url::BaseUrl;
use super::build_error::BuildError;
use super::client_builder::ClientBuilder;

/// A server of the API's description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerTemplate {
    /// What it is chosen by, see [`Server::named`].
    pub name: &'static str,
    /// Its address, with a `{name}` for each variable; absolute, unless the description leaves its host open.
    pub url: &'static str,
    /// What the description says about it; empty if it says nothing.
    pub description: &'static str,
    /// The variables of the address.
    pub variables: &'static [ServerVariable],
}

/// A variable of the address of a [`ServerTemplate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// As it stands in the address, without the braces.
    pub name: &'static str,
    /// The value it has unless another is set.
    pub default: &'static str,
    /// The values it can have; empty if there are no others that it cannot have.
    pub allowed: &'static [&'static str],
    /// What the description says about it; empty if it says nothing.
    pub description: &'static str,
}

/// A server of the API's description that is to be called, with values for its variables.
#[derive(Clone, Debug)]
#[must_use]
pub struct Server {
    which: Which,
    variables: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
enum Which {
    Known(&'static ServerTemplate),
    Named(String),
}

impl Server {
    /// The server that `template` describes.
    pub const fn of(template: &'static ServerTemplate) -> Self {
        Self { which: Which::Known(template), variables: Vec::new() }
    }

    /// The server of this [name](ServerTemplate::name); one that there is not is an error of [`ClientBuilder::build`].
    pub fn named(name: impl Into<String>) -> Self {
        Self { which: Which::Named(name.into()), variables: Vec::new() }
    }

    /// The same with a value for a variable, see [`ClientBuilder::server_variable`].
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        set(&mut self.variables, name.into(), value.into());
        self
    }
}

fn set(variables: &mut Vec<(String, String)>, name: String, value: String) {
    variables.retain(|(known, _)| *known != name);
    variables.push((name, value));
}

/// What a caller wants called.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) base_url: Option<String>,
    server: Option<Server>,
    variables: Vec<(String, String)>,
}

impl ClientBuilder {
    /// Another of the API's servers than the first; also for operations that have servers of their own, if one of them has the
    /// same name. [`base_url`](Self::base_url) goes before it.
    pub fn server(mut self, server: Server) -> Self {
        self.wanted_mut().server = Some(server);
        self
    }

    /// The value of a variable in the address of the server that is called.
    ///
    /// [`build`](Self::build) gives an error if the server has no such variable, or the description does not allow the value. A
    /// value cannot change what stands around it in the address: no `@`, `?`, `#`, `%`, `\`, control character or space; no `/` in the
    /// host, and no `.` or `..` between those in the path. Operations with servers of their own use it if those have the variable;
    /// if there are any, it is enough that one server of the description has it.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        set(&mut self.wanted_mut().variables, name.into(), value.into());
        self
    }
}

/// Where a client's calls go.
#[derive(Clone)]
pub(super) struct Destination {
    /// `None` where every operation has servers of its own, and the client has none.
    base: Option<BaseUrl>,
    /// Whether `base` stands for the servers of all operations.
    replaces: bool,
    /// The name of the chosen server.
    name: String,
    variables: Vec<(String, String)>,
}

impl Destination {
    /// `scattered` are the variables of the servers that operations have; if there are such servers, a client can be of use
    /// without another.
    pub(super) fn new(
        wanted: &Wanted,
        servers: &'static [ServerTemplate],
        scattered: Option<&'static [&'static str]>,
    ) -> Result<Self, BuildError> {
        let variables = wanted.all_variables();
        let is_known = |name: &str| {
            let mut all = servers.iter().chain(wanted.template());
            all.any(|server| server.has(name)) || scattered.is_some_and(|own| own.contains(&name))
        };
        if let Some(url) = &wanted.base_url {
            check_names(&variables, is_known)?;
            let base = Some(BaseUrl::parse(url)?);
            return Ok(Self { base, replaces: true, name: String::new(), variables: Vec::new() });
        }
        let chosen = wanted.chosen(servers)?;
        let Some(template) = chosen.filter(|template| template.is_absolute() || scattered.is_none()) else {
            if scattered.is_none() {
                return BaseUrl::parse("").map(|base| Self::at(base, "", variables));
            }
            check_names(&variables, is_known)?;
            return Ok(Self { base: None, replaces: false, name: String::new(), variables });
        };
        check_names(&variables, |name| template.has(name) || scattered.is_some() && is_known(name))?;
        let base = BaseUrl::parse(&template.fill(&variables)?)?;
        Ok(Self::at(base, template.name, variables))
    }

    fn at(base: BaseUrl, name: &str, variables: Vec<(String, String)>) -> Self {
        Self { base: Some(base), replaces: false, name: name.to_owned(), variables }
    }

    pub(super) fn base(&self) -> Option<&BaseUrl> {
        self.base.as_ref()
    }

    /// The address of an operation with these servers, if they are its own.
    ///
    /// Of several, the one with the name of the client's server is called, else the first.
    pub(super) fn of(&self, own: &[ServerTemplate]) -> Result<Cow<'_, BaseUrl>, BuildError> {
        let same = own.iter().find(|server| server.name == self.name).or(own.first());
        match (same, &self.base) {
            (Some(template), _) if !self.replaces => {
                BaseUrl::parse(&template.fill(&self.variables)?).map(Cow::Owned)
            }
            (_, Some(base)) => Ok(Cow::Borrowed(base)),
            (_, None) => BaseUrl::parse("").map(Cow::Owned),
        }
    }

    /// Whether a call may go to an `https` address.
    pub(super) fn may_be_https(&self, scattered: bool) -> bool {
        self.base.as_ref().is_some_and(BaseUrl::is_https) || scattered && !self.replaces
    }
}

impl Wanted {
    fn chosen(
        &self,
        servers: &'static [ServerTemplate],
    ) -> Result<Option<&'static ServerTemplate>, BuildError> {
        match self.server.as_ref().map(|server| &server.which) {
            None => Ok(servers.first()),
            Some(Which::Known(template)) => Ok(Some(template)),
            Some(Which::Named(name)) => {
                let found = servers.iter().find(|server| server.name == name);
                let reason = "the API's description has no server of this name";
                found.map(Some).ok_or_else(|| BuildError::Server { name: name.clone(), reason })
            }
        }
    }

    /// The server itself, if it was not chosen by its name.
    fn template(&self) -> Option<&'static ServerTemplate> {
        match self.server.as_ref()?.which {
            Which::Known(template) => Some(template),
            Which::Named(_) => None,
        }
    }

    /// What was set for the client goes before what was set for the server.
    fn all_variables(&self) -> Vec<(String, String)> {
        let mut all = self.server.as_ref().map(|server| server.variables.clone()).unwrap_or_default();
        for (name, value) in &self.variables {
            set(&mut all, name.clone(), value.clone());
        }
        all
    }
}

/// Where in an address a variable stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// All of it up to the path.
    Start,
    Scheme,
    Host,
    /// The last thing before the path.
    Port,
    Path,
}

impl ServerTemplate {
    fn is_absolute(&self) -> bool {
        self.url.contains("://") || self.url.starts_with('{')
    }

    /// Whether its address has a variable of this name.
    fn has(&self, name: &str) -> bool {
        self.variables.iter().any(|variable| variable.name == name)
    }

    /// The address, each variable with the value that is given for it, else its default.
    fn fill(&self, given: &[(String, String)]) -> Result<String, BuildError> {
        let mut address = String::with_capacity(self.url.len());
        let mut rest = self.url;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, slot)| Some((before, slot.split_once('}')?)))
        {
            address.push_str(before);
            let variable = self.variables.iter().find(|variable| variable.name == name);
            let value = given.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
            match (variable, value) {
                (Some(variable), Some(value)) => {
                    variable.check(value, position(&address, after))?;
                    address.push_str(value);
                }
                (Some(variable), None) => address.push_str(variable.default),
                (None, _) => return refuse(name, "the description gives it no value"),
            }
            rest = after;
        }
        address.push_str(rest);
        Ok(address)
    }
}

fn position(before: &str, after: &str) -> Position {
    match before.split_once("://") {
        None if after.starts_with("://") => Position::Scheme,
        None => Position::Start,
        Some((_, rest)) if rest.contains('/') => Position::Path,
        Some(_) if after.is_empty() || after.starts_with('/') => Position::Port,
        Some(_) => Position::Host,
    }
}

impl ServerVariable {
    fn check(&self, value: &str, position: Position) -> Result<(), BuildError> {
        if !self.allowed.is_empty() {
            let allowed = self.allowed.contains(&value) || value == self.default;
            return if allowed {
                Ok(())
            } else {
                refuse(self.name, "the description does not allow this value")
            };
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        let is_in_host = |c: char| is_plain(c) || "[]:".contains(c);
        let is_in_path = |c: char| is_plain(c) || "/:!$&'()*+,;=".contains(c);
        let dots = || value.split('/').any(|segment| matches!(segment, "." | ".."));
        match position {
            Position::Scheme if !matches!(value, "http" | "https") => {
                refuse(self.name, "it is neither `http` nor `https`")
            }
            Position::Host if value.is_empty() => refuse(self.name, "it is empty"),
            Position::Host if !value.chars().all(is_plain) => refuse(self.name, "a host cannot hold it"),
            Position::Port if !value.chars().all(is_in_host) => refuse(self.name, "a host cannot hold it"),
            Position::Path | Position::Start if !value.chars().all(is_in_path) => {
                refuse(self.name, "it holds a character that would change the rest of the address")
            }
            Position::Path if dots() => refuse(self.name, "it holds `.` or `..`, which name another place"),
            Position::Scheme | Position::Host | Position::Port | Position::Path | Position::Start => Ok(()),
        }
    }
}

/// Refuses a variable that there is not.
fn check_names(given: &[(String, String)], is_known: impl Fn(&str) -> bool) -> Result<(), BuildError> {
    match given.iter().find(|(name, _)| !is_known(name)) {
        None => Ok(()),
        Some((name, _)) => refuse(name, "the server has no variable of this name"),
    }
}

fn refuse<T>(name: &str, reason: &'static str) -> Result<T, BuildError> {
    Err(BuildError::ServerVariable { name: name.to_owned(), reason })
}
