//! Global options: which server, which credentials, what is printed.
//!
//! An option goes before the environment, the environment before the profile file.

use std::time::Duration;

use clap::ArgMatches;

use super::super::{Client, ClientBuilder, Credential, SchemeKind, SecurityScheme, Server};
use super::describe::{Login, Program};
use super::output::Output;
use super::profile::Profile;
use super::{Usage, failed::Failed};

/// What holds for the call, whatever the operation.
pub(super) struct Globals {
    pub(super) client: Client,
    pub(super) output: Output,
    pub(super) headers: Vec<(String, String)>,
    pub(super) all: bool,
}

/// Why there is no client.
pub(super) enum Wrong {
    Usage(Usage),
    Failed(Failed),
}

impl From<Usage> for Wrong {
    fn from(usage: Usage) -> Self {
        Self::Usage(usage)
    }
}

/// Reads the global options, the environment and the profile file.
pub(super) fn read(program: &Program, matches: &ArgMatches) -> Result<Globals, Wrong> {
    let mut output = Output { include: matches.get_flag("include"), ..Output::default() };
    if let Some(wanted) = matches.get_one::<String>("output") {
        output.to(wanted);
    }
    let headers = texts(matches, "header").into_iter().map(header).collect::<Result<_, Usage>>()?;
    let said = Said { program, matches, profile: Profile::read(program, text(matches, "profile"))? };
    let mut builder = (program.client)();
    if let Some(url) = said.setting("base-url") {
        builder = builder.base_url(url);
    }
    if let Some(seconds) = text(matches, "timeout") {
        let timeout = seconds.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let wrong = || Usage(format!("invalid value '{seconds}' for '--timeout': expected seconds"));
        builder = builder.timeout(timeout.ok_or_else(wrong)?);
    }
    if let Some(name) = said.setting("server") {
        builder = builder.server(Server::named(name));
    }
    for given in texts(matches, "server-var") {
        let (name, value) = pair("server-var", "NAME=VALUE", given)?;
        builder = builder.server_variable(name, value);
    }
    let builder = said.credentials(builder)?;
    let client = builder.build().map_err(|error| Wrong::Failed(Failed::Build(error)))?;
    Ok(Globals { client, output, headers, all: matches.get_flag("all") })
}

/// Where settings come from.
struct Said<'a> {
    program: &'a Program,
    matches: &'a ArgMatches,
    profile: Profile,
}

impl Said<'_> {
    /// The option of this name, else the variable, else what the profile says.
    fn setting(&self, name: &str) -> Option<String> {
        let given = text(self.matches, name).map(str::to_owned);
        given.or_else(|| variable(self.program, name)).or_else(|| self.profile.get(name))
    }

    /// The credential for a scheme by its name, from `--auth`, the environment or the profile.
    fn by_name(&self, scheme: &str) -> Option<String> {
        let given = texts(self.matches, "auth").into_iter().rev();
        let mut given = given.filter_map(|given| given.split_once('='));
        let given = given.find(|(name, _)| *name == scheme).map(|(_, value)| value.to_owned());
        let name = format!("auth-{scheme}");
        given
            .or_else(|| variable(self.program, &name))
            .or_else(|| self.profile.get(&format!("auth.{scheme}")))
    }

    fn credentials(&self, builder: ClientBuilder) -> Result<ClientBuilder, Usage> {
        let schemes = builder.schemes();
        for given in texts(self.matches, "auth") {
            let (name, _) = pair("auth", "SCHEME=VALUE", given)?;
            if schemes.iter().all(|known| known.name != name) {
                let known: Vec<&str> = schemes.iter().map(|known| known.name).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                return Err(Usage(format!("the API has no security scheme '{name}'; it has {known}")));
            }
        }
        schemes.iter().try_fold(builder, |builder, scheme| self.authenticated(builder, scheme))
    }

    /// With what was given for one security scheme: a credential, or what a token is had for.
    fn authenticated(
        &self,
        builder: ClientBuilder,
        &SecurityScheme { name, kind, .. }: &SecurityScheme,
    ) -> Result<ClientBuilder, Usage> {
        if kind == SchemeKind::MutualTls {
            return self.identity(name, builder);
        }
        let tokens = self.program.tokens.iter().find(|known| known.scheme == name);
        let is_option = |name| text(self.matches, name).is_some();
        // An id that is an option is meant, whatever token the environment or the profile have.
        let is_login = tokens.is_some() && is_option("client-id") && !is_option("bearer-token");
        let credential = match self.by_name(name) {
            Some(value) => Some(credential(kind, &value)),
            None if is_login => None,
            None => self.by_kind(kind),
        };
        match (credential, tokens) {
            (Some(credential), _) => Ok(builder.credential(name, credential)),
            (None, Some(tokens)) => Ok(match self.login()? {
                Some(login) => (tokens.with)(builder, login),
                None => builder,
            }),
            (None, None) => Ok(builder),
        }
    }

    /// The client's own id and secret.
    fn login(&self) -> Result<Option<Login>, Usage> {
        let missing = |missing: &str, given: &str| {
            Err(Usage(format!("the option '--{missing}' is required where '--{given}' is given")))
        };
        match (self.setting("client-id"), self.setting("client-secret")) {
            (Some(id), Some(secret)) => Ok(Some(Login { id, secret, scope: self.setting("scope") })),
            (None, None) => Ok(None),
            (Some(_), None) => missing("client-secret", "client-id"),
            (None, Some(_)) => missing("client-id", "client-secret"),
        }
    }

    /// Certificates and their key, in one file.
    fn identity(&self, scheme: &str, builder: ClientBuilder) -> Result<ClientBuilder, Usage> {
        let Some(file) = self.by_name(scheme).or_else(|| self.setting("identity")) else {
            return Ok(builder);
        };
        let pem = std::fs::read(&file)
            .map_err(|error| Usage(format!("the certificates in '{file}' cannot be read: {error}")))?;
        Ok(builder.identity_pem(pem.clone(), pem))
    }

    /// The credential for every scheme of a kind.
    fn by_kind(&self, kind: SchemeKind) -> Option<Credential> {
        match kind {
            SchemeKind::Bearer => self.setting("bearer-token").map(Credential::bearer),
            SchemeKind::Basic => {
                let password = self.setting("password");
                let username = self.setting("username").or_else(|| password.is_some().then(String::new))?;
                Some(Credential::basic(username, password.unwrap_or_default()))
            }
            SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => {
                self.setting("api-key").map(Credential::api_key)
            }
            SchemeKind::Http(_) | SchemeKind::MutualTls => None,
        }
    }
}

/// What `--auth SCHEME=VALUE` means for a scheme.
fn credential(kind: SchemeKind, value: &str) -> Credential {
    match kind {
        SchemeKind::Bearer => Credential::bearer(value),
        SchemeKind::Basic => {
            let (username, password) = value.split_once(':').unwrap_or((value, ""));
            Credential::basic(username, password)
        }
        SchemeKind::ApiKeyHeader(_)
        | SchemeKind::ApiKeyQuery(_)
        | SchemeKind::ApiKeyCookie(_)
        | SchemeKind::Http(_)
        | SchemeKind::MutualTls => Credential::api_key(value),
    }
}

/// The environment variable for a setting; one that is empty counts as not set.
fn variable(program: &Program, setting: &str) -> Option<String> {
    std::env::var(variable_name(program, setting)).ok().filter(|value| !value.is_empty())
}

/// `KAJABI_BEARER_TOKEN`.
pub(super) fn variable_name(program: &Program, setting: &str) -> String {
    let upper = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("{}_{}", program.environment, setting.chars().map(upper).collect::<String>())
}

fn header(given: &str) -> Result<(String, String), Usage> {
    let wrong = || Usage(format!("invalid value '{given}' for '--header': expected 'NAME: VALUE'"));
    let (name, value) = given.split_once(':').ok_or_else(wrong)?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn pair<'g>(option: &str, wanted: &str, given: &'g str) -> Result<(&'g str, &'g str), Usage> {
    // The value may be a secret, so it is not shown.
    given.split_once('=').ok_or_else(|| Usage(format!("invalid value for '--{option}': expected {wanted}")))
}

fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.get_one::<String>(name).map(String::as_str)
}

fn texts<'m>(matches: &'m ArgMatches, name: &str) -> Vec<&'m str> {
    matches.get_many::<String>(name).into_iter().flatten().map(String::as_str).collect()
}
