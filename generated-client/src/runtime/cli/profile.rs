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
//! profiles. On Unix a file that others can read is refused, because it holds secrets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Usage;
use super::describe::Program;
use super::globals::variable_name;

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
        Self::parse(&text, wanted.as_deref()).map_err(|message| {
            let path = path.as_deref().unwrap_or(Path::new("")).display();
            Usage(format!("the profile file '{path}': {message}"))
        })
    }

    /// The setting `name`.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    fn parse(text: &str, wanted: Option<&str>) -> Result<Self, String> {
        let mut settings = BTreeMap::new();
        let mut is_wanted = true;
        let mut found = wanted.is_none();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                is_wanted = Some(name.trim()) == wanted;
                found |= is_wanted;
                continue;
            }
            let pair = line.split_once('=').map(|(key, value)| (key.trim(), quoted(value.trim())));
            let Some((key, Some(value))) = pair else {
                return Err(format!("line {} is neither '[name]' nor 'key = \"text\"'", at + 1));
            };
            if is_wanted {
                settings.insert(key.to_owned(), value);
            }
        }
        if found {
            Ok(Self(settings))
        } else {
            Err(format!("there is no profile '{}'", wanted.unwrap_or_default()))
        }
    }
}

/// The text between quotes: `'…'` as it is, `"…"` with the escapes that JSON has too.
fn quoted(value: &str) -> Option<String> {
    if let Some(text) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return Some(text.to_owned());
    }
    serde_json::from_str(value).ok()
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
        let get =
            |wanted: Option<&str>, name: &str| Profile::parse(text, wanted).map(|profile| profile.get(name));
        assert_eq!(get(None, "bearer-token"), Ok(Some("a\"b".to_owned())));
        assert_eq!(get(None, "base-url"), Ok(None));
        assert_eq!(get(Some("staging"), "base-url"), Ok(Some("https://s".to_owned())));
        assert_eq!(get(Some("staging"), "bearer-token"), Ok(Some("a\"b".to_owned())));
        assert!(Profile::parse(text, Some("none")).is_err());
        assert!(Profile::parse("token", None).is_err_and(|error| error.contains("line 1")));
    }
}
