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

/// One of these places.
#[derive(Clone, Copy)]
enum Origin {
    Option,
    Environment,
    Profile,
}

/// A place goes before those behind it, whichever of its settings say something.
const ORIGINS: [Origin; 3] = [Origin::Option, Origin::Environment, Origin::Profile];

impl Said<'_> {
    /// The option of this name, else the variable, else what the profile says.
    fn setting(&self, name: &str) -> Option<String> {
        ORIGINS.into_iter().find_map(|origin| self.at(origin, name))
    }

    /// What is said there.
    fn at(&self, origin: Origin, name: &str) -> Option<String> {
        match origin {
            Origin::Option => text(self.matches, name).map(str::to_owned),
            Origin::Environment => variable(self.program, name),
            Origin::Profile => self.profile.get(name),
        }
    }

    /// What is said there for a scheme by its name.
    fn by_name(&self, origin: Origin, scheme: &str) -> Option<String> {
        match origin {
            Origin::Option => {
                let given = texts(self.matches, "auth").into_iter().rev();
                let mut given = given.filter_map(|given| given.split_once('='));
                given.find(|(name, _)| *name == scheme).map(|(_, value)| value.to_owned())
            }
            Origin::Environment => variable(self.program, &format!("auth-{scheme}")),
            Origin::Profile => self.profile.get(&format!("auth.{scheme}")),
        }
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
        for origin in ORIGINS {
            let own = self.by_name(origin, name).map(|value| credential(kind, &value));
            if let Some(credential) = own.or_else(|| self.by_kind(origin, kind)) {
                return Ok(builder.credential(name, credential));
            }
            if let Some(known) = tokens.filter(|_| self.is_login(origin)) {
                return self.with_login(builder, known.with);
            }
        }
        if tokens.is_some() {
            // What there is of an id and a secret is not enough.
            self.login()?;
        }
        Ok(builder)
    }

    /// Whether an id and a secret are meant that are said there: what is typed is, all else if it is enough.
    fn is_login(&self, origin: Origin) -> bool {
        let mut names = ["client-id", "client-secret"].into_iter();
        let is_said = names.clone().any(|name| self.at(origin, name).is_some());
        match origin {
            Origin::Option => is_said,
            Origin::Environment | Origin::Profile => {
                is_said && names.all(|name| self.setting(name).is_some())
            }
        }
    }

    fn with_login(
        &self,
        builder: ClientBuilder,
        with: fn(ClientBuilder, Login) -> ClientBuilder,
    ) -> Result<ClientBuilder, Usage> {
        Ok(match self.login()? {
            Some(login) => with(builder, login),
            None => builder,
        })
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
        let mut origins = ORIGINS.into_iter();
        let file =
            origins.find_map(|origin| self.by_name(origin, scheme).or_else(|| self.at(origin, "identity")));
        let Some(file) = file else { return Ok(builder) };
        let pem = std::fs::read(&file)
            .map_err(|error| Usage(format!("the certificates in '{file}' cannot be read: {error}")))?;
        Ok(builder.identity_pem(pem.clone(), pem))
    }

    /// The credential that is said there for every scheme of a kind. A password may be said elsewhere than its user.
    fn by_kind(&self, origin: Origin, kind: SchemeKind) -> Option<Credential> {
        match kind {
            SchemeKind::Bearer => self.at(origin, "bearer-token").map(Credential::bearer),
            SchemeKind::Basic => {
                self.at(origin, "username").or_else(|| self.at(origin, "password"))?;
                let [username, password] = ["username", "password"].map(|name| self.setting(name));
                Some(Credential::basic(username.unwrap_or_default(), password.unwrap_or_default()))
            }
            SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => {
                self.at(origin, "api-key").map(Credential::api_key)
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
    // What was given may be a secret, so it is not shown.
    let wrong = || Usage("invalid value for '--header': expected 'NAME: VALUE'".to_owned());
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
