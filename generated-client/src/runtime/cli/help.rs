//! The commands and options for clap. Only the operation that was chosen gets its options, so that a large API starts as fast
//! as a small one.

use clap::builder::{StringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, Command as Clap};

use super::super::{SchemeKind, SecurityScheme};
use super::describe::{Body, Command, Group, Needed, Parameter, Program, Repeats};
use super::globals::variable_name;
use super::profile::{self, SETTINGS};
use super::text;

/// Which operations get their options.
#[derive(Clone, Copy)]
pub(super) enum Detail {
    /// All of them.
    All,
    /// All of them, with nothing that means something to a shell which reads it in a script.
    Script,
    /// The one at this address.
    Of(Option<&'static Command>),
}

impl Detail {
    fn covers(self, command: &'static Command) -> bool {
        match self {
            Self::All | Self::Script => true,
            Self::Of(chosen) => chosen.is_some_and(|chosen| std::ptr::eq(chosen, command)),
        }
    }

    /// The document's words. PowerShell takes four characters that are no apostrophe for the end of a text too.
    fn words(self, words: &str) -> String {
        match self {
            Self::All | Self::Of(_) => words.to_owned(),
            Self::Script => words.replace(['\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'], "'"),
        }
    }

    /// The values that are offered of those in the document. A shell reads them as words of its own language.
    fn offers(self, value: &str) -> bool {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.:/@%+,-".contains(c);
        match self {
            Self::All | Self::Of(_) => true,
            Self::Script => !value.is_empty() && value.chars().all(is_plain),
        }
    }
}

/// The whole command line.
pub(super) fn program(program: &'static Program, detail: Detail) -> Clap {
    let schemes = (program.client)().schemes();
    let commands = program.groups.iter().flat_map(|group| group.commands);
    let call = Clap::new("call")
        .about("Calls an operation by its name in the API's description")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Operations")
        .subcommands(commands.map(|command| operation(command.operation, command, detail)));
    Clap::new(program.name)
        .bin_name(program.name)
        .version(program.version)
        .about(program.about)
        .after_help("'--help' instead of '-h' says more: credentials, the environment, the profile file.")
        .after_long_help(more(program, schemes))
        .disable_help_subcommand(true)
        .arg_required_else_help(true)
        .subcommand_help_heading("Groups")
        .args(globals(schemes, !program.tokens.is_empty()))
        .subcommands(program.groups.iter().map(|known| group(known, detail)))
        .subcommand(call)
}

fn group(group: &'static Group, detail: Detail) -> Clap {
    Clap::new(group.name)
        .about(detail.words(group.about))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Operations")
        .subcommands(group.commands.iter().map(|command| operation(command.name, command, detail)))
}

/// An operation as a subcommand of this name.
pub(super) fn operation(name: &'static str, command: &'static Command, detail: Detail) -> Clap {
    let summary = if command.summary.is_empty() { command.route } else { command.summary };
    let clap = Clap::new(name).about(detail.words(summary));
    if !detail.covers(command) {
        return clap;
    }
    let description = match command.description {
        "" => String::new(),
        words => format!("\n\n{words}"),
    };
    clap.long_about(format!("{summary}\n\n{}{description}", command.route))
        .args(command.parameters.iter().map(|known| parameter(known, detail)))
        .args(command.body.iter().flat_map(|known| body(known, detail)))
        .after_help(after(command))
        .arg(
            Arg::new("accept")
                .long("accept")
                .value_name("TYPE")
                .help("The media types to ask for, in place of those that the operation has")
                .help_heading("Request"),
        )
}

fn parameter(known: &'static Parameter, detail: Detail) -> Arg {
    let action = match known.repeats {
        Repeats::Never => ArgAction::Set,
        Repeats::Each => ArgAction::Append,
    };
    let about = match (known.about, known.repeats) {
        ("", Repeats::Never) => format!("{} {}", place(known), known.wire),
        ("", Repeats::Each) => format!("{} {}; once for each item", place(known), known.wire),
        (about, Repeats::Never) => about.to_owned(),
        (about, Repeats::Each) => format!("{about} (once for each item)"),
    };
    let is_short = known.values.len() <= 12;
    Arg::new(known.name)
        .long(known.name)
        .value_name(text::placeholder(known.kinds))
        .value_parser(Listed(known.values, detail))
        .hide_possible_values(!is_short)
        .help(detail.words(&about))
        .help_heading("Parameters")
        .required(known.is_required())
        .action(action)
        .allow_hyphen_values(true)
}

fn place(known: &Parameter) -> &'static str {
    use super::Place;
    match known.place {
        Place::Path => "The path parameter",
        Place::Query | Place::WholeQuery => "The query parameter",
        Place::Header => "The header",
        Place::Cookie => "The cookie",
    }
}

fn body(known: &'static Body, detail: Detail) -> Vec<Arg> {
    let about = match known.about {
        "" => "The body: the text itself, @FILE, or - for standard input".to_owned(),
        about => format!("{about} (the text itself, @FILE, or - for standard input)"),
    };
    let is_multipart = known.media.iter().any(|media| media.starts_with("multipart/"));
    let arg =
        |name: &'static str| Arg::new(name).long(name).help_heading("Request").allow_hyphen_values(true);
    let mut args = vec![
        arg("body")
            .value_name("VALUE")
            .help(detail.words(&about))
            .required(known.needed == Needed::Required && !is_multipart),
        arg("content-type")
            .value_name("TYPE")
            .help(detail.words(&format!("The media type of the body, of: {}", known.media.join(", ")))),
    ];
    if is_multipart {
        args.push(
            arg("part")
                .value_name("NAME=VALUE")
                .help("A part of the body: NAME=VALUE, or NAME=@FILE[;type=MEDIA][;filename=NAME]")
                .action(ArgAction::Append)
                .conflicts_with("body"),
        );
        args.push(
            arg("part-header")
                .value_name("NAME:HEADER=VALUE")
                .help("A header of the parts of that name")
                .action(ArgAction::Append)
                .requires("part"),
        );
    }
    args
}

/// What is said of an operation behind its options.
fn after(command: &'static Command) -> String {
    let pages =
        command.pages.map(|_| "'--all' before the operation prints the items of all pages.".to_owned());
    let said: Vec<String> =
        command.body.as_ref().map(parts).filter(|parts| !parts.is_empty()).into_iter().chain(pages).collect();
    said.join("\n\n")
}

/// What is said of the parts of a body, for each media type that has some.
fn parts(known: &'static Body) -> String {
    let described = known.parts.iter().filter(|(_, parts)| !parts.known.is_empty());
    let said = described.map(|(at, parts)| {
        let media_type = known.media.get(*at).copied().unwrap_or_default();
        format!("Parts of {media_type}:\n{}", parts.help())
    });
    said.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// Global options with a value that no profile says.
const OTHERS: [&str; 7] = ["server-var", "auth", "profile", "header", "timeout", "output", "completions"];

/// Whether a global option has a value.
pub(super) fn takes_value(option: &str) -> bool {
    SETTINGS.contains(&option) || OTHERS.contains(&option)
}

fn globals(schemes: &[SecurityScheme], gives_tokens: bool) -> Vec<Arg> {
    let has = |wanted: fn(SchemeKind) -> bool| schemes.iter().any(|known| wanted(known.kind));
    let is_key = |kind| {
        matches!(kind, SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_))
    };
    let is_certificate = |kind| matches!(kind, SchemeKind::MutualTls);
    let has_basic = has(|kind| matches!(kind, SchemeKind::Basic));
    let arg = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help).allow_hyphen_values(true)
    };
    let secret =
        |name, value, help, shown: bool| arg(name, value, help).hide(!shown).help_heading("Credentials");
    let shells = clap::builder::PossibleValuesParser::new(super::complete::SHELLS);
    vec![
        arg("base-url", "URL", "The server's address, in place of the one in the API's description"),
        arg("server", "NAME", "Another of the API's servers, by its name"),
        arg("server-var", "NAME=VALUE", "A variable of the server's address").action(ArgAction::Append),
        secret("bearer-token", "TOKEN", "A bearer token", has(|kind| matches!(kind, SchemeKind::Bearer))),
        secret("username", "NAME", "A user name", has_basic),
        secret("password", "PASSWORD", "The password of the user", has_basic),
        secret("api-key", "KEY", "An API key", has(is_key)),
        secret("identity", "FILE", "The client's certificates and their key, in PEM", has(is_certificate)),
        secret("client-id", "ID", "The client's own id, for which a token is fetched", gives_tokens),
        secret("client-secret", "SECRET", "The secret of the client", gives_tokens),
        secret("scope", "SCOPES", "What the token is to be good for, separated by spaces", gives_tokens),
        secret("auth", "SCHEME=VALUE", "The credential for one security scheme", !schemes.is_empty())
            .action(ArgAction::Append),
        secret("profile", "NAME", "The profile to take from the profile file", true),
        arg("header", "NAME: VALUE", "One more header of the request").action(ArgAction::Append),
        arg("timeout", "SECONDS", "The longest time that an answer may take"),
        Arg::new("include")
            .long("include")
            .action(ArgAction::SetTrue)
            .help("Prints status and headers too, as one JSON object"),
        arg("output", "FILE|FORMAT", "Writes the body to a file, or as: table, json, jsonl, csv"),
        Arg::new("all")
            .long("all")
            .action(ArgAction::SetTrue)
            .help("Follows a list to its last page, and prints its items"),
        arg("completions", "SHELL", "Prints a script that completes commands and options")
            .value_parser(shells),
    ]
}

/// What `--help` says at its end.
fn more(program: &Program, schemes: &[SecurityScheme]) -> String {
    let variable = |setting: &str| variable_name(program, setting);
    let profile = profile::path(program).map_or_else(String::new, |path| path.display().to_string());
    let known: Vec<String> = schemes
        .iter()
        .map(|SecurityScheme { name, kind, .. }| {
            let sent = match kind {
                SchemeKind::Bearer => "a bearer token".to_owned(),
                SchemeKind::Basic => "user:password".to_owned(),
                SchemeKind::ApiKeyHeader(name) => format!("a key in the header {name}"),
                SchemeKind::ApiKeyQuery(name) => format!("a key in the query parameter {name}"),
                SchemeKind::ApiKeyCookie(name) => format!("a key in the cookie {name}"),
                SchemeKind::Http(scheme) => format!("what follows {scheme} in the header Authorization"),
                SchemeKind::MutualTls => "a file with certificates and their key".to_owned(),
            };
            format!("  {name}: {sent}; also {}", variable(&format!("auth-{name}")))
        })
        .collect();
    let has_certificates = schemes.iter().any(|known| known.kind == SchemeKind::MutualTls);
    let schemes = if known.is_empty() { "  none\n".to_owned() } else { format!("{}\n", known.join("\n")) };
    let settings = ["base-url", "server", "bearer-token", "username", "password", "api-key", "profile"];
    let of_tokens = ["client-id", "client-secret", "scope"];
    let of_tokens = of_tokens.into_iter().filter(|_| !program.tokens.is_empty());
    let of_certificates = has_certificates.then_some("identity");
    let variables: Vec<String> = settings
        .into_iter()
        .chain(of_certificates)
        .chain(of_tokens)
        .map(|setting| format!("  {}", variable(setting)))
        .collect();
    format!(
        "Credentials:\nAn operation is sent those credentials only that its security asks for. Security schemes of the API:\n\
         {schemes}\n\
         Environment:\nFor options that are not given:\n{}\n\n\
         Profile file:\n  {profile}\n  ({} names another.) Lines such as 'bearer-token = \"…\"' and 'base-url = \"…\"' hold for all\n  \
         profiles, those below '[name]' for '--profile name'. Nobody else may be able to read it.\n\n\
         Output:\n'--output' takes a file, or table, json, jsonl or csv for a format ('./table' is a file).\n\n\
         Exit codes:\n  0 success, 1 an answer that is an error, 2 a mistake on the command line, 3 no answer,\n  \
         4 an answer that the API's description does not allow, 5 a result that cannot be written. With 1, 3 and 4 the\n  \
         last line of standard error is a JSON object.",
        variables.join("\n"),
        variable("profiles"),
    )
}

/// Takes any text, and offers what is known: enumerations are open.
#[derive(Clone)]
struct Listed(&'static [&'static str], Detail);

impl TypedValueParser for Listed {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Clap,
        arg: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = clap::builder::PossibleValue> + '_>> {
        let offered: Vec<&str> = self.0.iter().copied().filter(|value| self.1.offers(value)).collect();
        if offered.is_empty() {
            return None;
        }
        Some(Box::new(offered.into_iter().map(clap::builder::PossibleValue::new)))
    }
}
