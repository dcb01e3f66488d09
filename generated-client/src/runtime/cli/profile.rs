//! The profile file: credentials and addresses that need not be given each time.
//!
//! ```text
//! # ~/.config/kajabi/profiles.toml
//! bearer-token = "…"
//!
//! [staging]
//! base-url = "https://staging.example.com"
//! auth.internal = "…"
//! ```
//!
//! The lines are a subset of TOML: comments, `[name]`, and `key = "text"`. What stands before the first `[name]` holds for all
//! profiles. A setting that there is not is an error wherever it stands, for it may be a misspelt secret. On
//! Unix a file that others can read is refused, because it holds secrets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Usage;
use super::describe::Program;
use super::globals::variable_name;

/// What a profile may say, beside `auth.<scheme>`.
pub(super) const SETTINGS: [&str; 10] = [
    "base-url",
    "server",
    "bearer-token",
    "username",
    "password",
    "api-key",
    "identity",
    "client-id",
    "client-secret",
    "scope",
];

/// The settings of a profile, by option name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Profile(BTreeMap<String, String>);

impl Profile {
    /// Reads the profile `wanted`, or the one that the environment names, or what holds for all.
    pub(super) fn read(program: &Program, wanted: Option<&str>) -> Result<Self, Usage> {
        let from_environment = || std::env::var(variable_name(program, "profile")).ok();
        let wanted = wanted.map(str::to_owned).or_else(from_environment).filter(|name| !name.is_empty());
        let path = path(program);
        let text = match path.as_deref().map(|path| (path, std::fs::read_to_string(path))) {
            Some((path, Ok(text))) => {
                check_permissions(path)?;
                text
            }
            Some((_, Err(error))) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Some((path, Err(error))) => {
                return Err(Usage(format!("the profile file '{}' cannot be read: {error}", path.display())));
            }
            None => String::new(),
        };
        let schemes = (program.client)().schemes();
        let is_known = |name: &str| match name.strip_prefix("auth.") {
            Some(scheme) => schemes.iter().any(|known| known.name == scheme),
            None => SETTINGS.contains(&name),
        };
        Self::parse(&text, wanted.as_deref(), is_known).map_err(|message| {
            let path = path.as_deref().unwrap_or(Path::new("")).display();
            Usage(format!("the profile file '{path}': {message}"))
        })
    }

    /// The setting `name`.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    /// Reads the lines; `is_known` is for the names of settings.
    fn parse(text: &str, wanted: Option<&str>, is_known: impl Fn(&str) -> bool) -> Result<Self, String> {
        let mut settings = BTreeMap::new();
        let mut is_wanted = true;
        let mut found = wanted.is_none();
        for (at, line) in text.lines().enumerate() {
            match Line::read(line).map_err(|wrong| format!("line {}: {wrong}", at + 1))? {
                Line::Profile(name) => {
                    is_wanted = Some(name.as_str()) == wanted;
                    found |= is_wanted;
                }
                Line::Setting(name, _) if !is_known(&name) => {
                    return Err(format!("line {}: there is no setting '{name}'", at + 1));
                }
                Line::Setting(name, value) if is_wanted => _ = settings.insert(name, value),
                Line::Empty | Line::Setting(..) => {}
            }
        }
        if found {
            Ok(Self(settings))
        } else {
            Err(format!("there is no profile '{}'", wanted.unwrap_or_default()))
        }
    }
}

/// What a line says.
enum Line {
    Empty,
    Profile(String),
    Setting(String, String),
}

impl Line {
    fn read(line: &str) -> Result<Self, String> {
        let line = line.trim();
        if is_end(line) {
            return Ok(Self::Empty);
        }
        let wrong = || "neither '[name]' nor 'key = \"text\"'".to_owned();
        if let Some(rest) = line.strip_prefix('[') {
            let (name, rest) = word(rest.trim_start()).ok_or_else(wrong)?;
            let is_whole = rest.trim_start().strip_prefix(']').is_some_and(is_end);
            return if is_whole { Ok(Self::Profile(name)) } else { Err(wrong()) };
        }
        let (mut name, mut rest) = word(line).ok_or_else(wrong)?;
        // The name of a scheme may have to be in quotes.
        while let Some(more) = rest.trim_start().strip_prefix('.') {
            let inner;
            (inner, rest) = word(more.trim_start()).ok_or_else(wrong)?;
            name = format!("{name}.{inner}");
        }
        let value = rest.trim_start().strip_prefix('=').ok_or_else(wrong)?;
        let (value, rest) = quoted(value.trim_start()).ok_or_else(wrong)?;
        if is_end(rest) { Ok(Self::Setting(name, value)) } else { Err(wrong()) }
    }
}

/// Whether there is nothing more but a comment.
fn is_end(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with('#')
}

/// A name, in quotes or not, and what follows it.
fn word(text: &str) -> Option<(String, &str)> {
    if text.starts_with(['"', '\'']) {
        return quoted(text);
    }
    let is_of_names = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let (name, rest) = text.split_at(text.find(|c| !is_of_names(c)).unwrap_or(text.len()));
    (!name.is_empty()).then(|| (name.to_owned(), rest))
}

/// The text between quotes, `'…'` as it is, `"…"` with the escapes that JSON has too, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix('\'') {
        return rest.split_once('\'').map(|(text, rest)| (text.to_owned(), rest));
    }
    let mut texts = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let read = texts.next()?.ok()?;
    Some((read, text.get(texts.byte_offset()..)?))
}

/// Where the file is: where the environment says, or below the user's folder for configurations.
pub(super) fn path(program: &Program) -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = variable(&variable_name(program, "profiles")) {
        return Some(path);
    }
    let folder = if cfg!(windows) {
        variable("APPDATA")
    } else {
        variable("XDG_CONFIG_HOME").or_else(|| variable("HOME").map(|home| home.join(".config")))
    };
    Some(folder?.join(program.name).join("profiles.toml"))
}

#[cfg(unix)]
fn check_permissions(path: &Path) -> Result<(), Usage> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
    let of_others = mode & 0o077;
    if of_others == 0 {
        return Ok(());
    }
    let path = path.display();
    Err(Usage(format!("the profile file '{path}' can be read by others; run: chmod 600 '{path}'")))
}

#[cfg(not(unix))]
fn check_permissions(_: &Path) -> Result<(), Usage> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn a_profile_adds_to_what_holds_for_all() {
        let text = "# secrets\nbearer-token = \"a\\\"b\"\n[staging]\nbase-url = 'https://s'\n[other]\nbase-url = \"o\"\n";
        let get = |wanted: Option<&str>, name: &str| {
            Profile::parse(text, wanted, |_| true).map(|profile| profile.get(name))
        };
        assert_eq!(get(None, "bearer-token"), Ok(Some("a\"b".to_owned())));
        assert_eq!(get(None, "base-url"), Ok(None));
        assert_eq!(get(Some("staging"), "base-url"), Ok(Some("https://s".to_owned())));
        assert_eq!(get(Some("staging"), "bearer-token"), Ok(Some("a\"b".to_owned())));
        assert!(Profile::parse(text, Some("none"), |_| true).is_err());
    }

    #[test]
    fn comments_and_quoted_names_are_read() {
        let text = "[ \"st\" ] # a comment\nbase-url = \"a#b\" # one more\nscope='x'#\nauth.\"my key\" = 'k'\nauth . plain = \"\\u00e9\"\n";
        let profile = Profile::parse(text, Some("st"), |_| true);
        let get = |name: &str| profile.as_ref().ok().and_then(|profile| profile.get(name));
        let read = ["base-url", "scope", "auth.my key", "auth.plain"].map(get);
        assert_eq!(read, ["a#b", "x", "k", "é"].map(|text| Some(text.to_owned())), "{profile:?}");
    }

    #[test]
    fn a_line_that_says_nothing_is_named() {
        let check = |line: &str| {
            let text = format!("# first\n[other]\n{line}\n");
            let read = Profile::parse(&text, None, |name| name == "base-url" || name == "auth.known");
            assert!(read.as_ref().is_err_and(|error| error.starts_with("line 3: ")), "{line}: {read:?}");
        };
        for line in
            ["token", "base-ulr = 'x'", "auth.unknown = 'x'", "auth = 'x'", "base-url = x", "base-url = 5"]
        {
            check(line);
        }
        for line in
            ["base-url = 'x' y", "base-url 'x'", "[[a]]", "[a.b]", "[]", "[a", "[a] b", "base-url = \"x"]
        {
            check(line);
        }
    }
}
