//! The configuration file: parsed and checked once, so that no later stage sees a raw string.
//!
//! ```toml
//! spec = "openapi.yaml"            # paths are relative to this file
//! document-url = "https://example.com/openapi.yaml"   # where the document is published; for servers relative to it
//! overlays = ["overlay.yaml"]      # applied to the document in this order
//! out = "../generated-client"
//! lock = "clientsmith.lock"
//! validate = true                  # check what is sent: an embedded client always, a package behind a feature
//!
//! [references]
//! root = ".."                      # files that references may lead to are in here; the document's own directory if not said
//! allow = ["https://example.com/schemas/"]   # what `clientsmith vendor` may fetch
//! vendored = "vendor"              # where it keeps it, and where it is read from
//!
//! [package]
//! name = "kajabi"
//! version = "0.1.0"
//! license = "MIT OR Apache-2.0"
//!
//! [select]                         # the operations to have; all of them without
//! tags = ["Contacts"]              # those with any of these tags,
//! operations = ["GET /v1/*"]       # of these names, or method and path,
//! paths = ["/v1/offers*"]          # or below these paths
//! except = { tags = ["Internal"] }
//! deprecated = false
//!
//! [types]                          # whose types stand for single values
//! date-time = "chrono"
//! decimal = "rust_decimal"
//! replace = { Money = "money::Money" }   # types that stand for schemas
//! crates = { money = "1" }         # where they may come from
//!
//! [modules]
//! by = "tag"                       # what operations of a module have in common: their first tag, or the first word of their `path`
//!
//! [names.types]                    # by component, or by JSON pointer for an inline schema
//! errors_bad_request = "ErrorDocument"
//! [names.operations]
//! "GET /v1/version" = "get"
//! [names.groups]
//! "Contact Notes" = "notes"
//!
//! [diagnostics]
//! allow = ["single-value-enum"]
//! ```

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::Deserialize;

use crate::diag::{Code, Diagnostic, Severity};
use crate::emit::Layout;
use crate::name::{Grouping, Overrides};
use crate::select::{Criteria, Selection};
use crate::types_config::{TypesConfig, TypesForm};

/// A JSON schema of the configuration file, for editors.
pub const SCHEMA: &str = include_str!("../clientsmith.schema.json");

/// What to read, what to write, and what to call things.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// The document, if the file names one.
    pub spec: Option<PathBuf>,
    /// Where the document is published: the address that relative servers start from.
    pub document_url: Option<String>,
    /// The overlays to apply to it, in order.
    pub overlays: Vec<PathBuf>,
    /// The directory to write to, if the file names one.
    pub out: Option<PathBuf>,
    /// Where names are kept, if the file names a place.
    pub lock: Option<PathBuf>,
    /// Where references may lead.
    pub references: ReferencesConfig,
    /// About the package.
    pub package: PackageConfig,
    /// A package or a module.
    pub layout: Option<Layout>,
    /// Whether the client can check what it sends against the document's rules; a package can, an embedded client not, if it is not
    /// said.
    pub validate: Option<bool>,
    /// The operations that the client has.
    pub select: Selection,
    /// Whose types stand for single values and for schemas.
    pub types: TypesConfig,
    /// Chosen names.
    pub names: Overrides,
    /// Diagnostics that are known and accepted: they are not shown and do not count as warnings.
    pub allow: Vec<Code>,
}

/// `[package]`: what the generated `Cargo.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PackageConfig {
    /// The package's name; without one, made of the document's title.
    pub name: Option<String>,
    /// Its version; `0.1.0` without one.
    pub version: Option<String>,
    /// Its licence, an SPDX expression.
    pub license: Option<String>,
    /// One line about it.
    pub description: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// crates.io keywords.
    pub keywords: Vec<String>,
    /// crates.io categories.
    pub categories: Vec<String>,
    /// `[dev-dependencies]` for examples and tests that the package's owner adds, as Cargo writes them.
    pub dev_dependencies: toml::Table,
    /// `[[example]]` for examples of which Cargo has to be told something, such as the features they need.
    pub example: Vec<toml::Table>,
}

/// `[references]`: where references to other files may lead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReferencesConfig {
    /// The directory that they may lead into; the document's own without one.
    pub root: Option<PathBuf>,
    /// What may be fetched from the web: whole addresses, and with a slash at the end all that begin so.
    pub allow: Vec<String>,
    /// The directory with copies of what is on the web.
    pub vendored: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct FileForm {
    spec: Option<PathBuf>,
    document_url: Option<String>,
    overlays: Vec<PathBuf>,
    out: Option<PathBuf>,
    lock: Option<PathBuf>,
    validate: Option<bool>,
    references: ReferencesConfig,
    package: PackageConfig,
    select: SelectForm,
    types: TypesForm,
    modules: ModulesForm,
    names: NamesForm,
    diagnostics: DiagnosticsForm,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SelectForm {
    tags: Vec<String>,
    operations: Vec<String>,
    paths: Vec<String>,
    except: CriteriaForm,
    deprecated: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CriteriaForm {
    tags: Vec<String>,
    operations: Vec<String>,
    paths: Vec<String>,
}

impl Default for SelectForm {
    fn default() -> Self {
        let [tags, operations, paths] = [const { Vec::new() }; 3];
        Self { tags, operations, paths, except: CriteriaForm::default(), deprecated: true }
    }
}

impl From<SelectForm> for Selection {
    fn from(form: SelectForm) -> Self {
        let SelectForm { tags, operations, paths, except, deprecated } = form;
        let only = Criteria { tags, operations, paths };
        let CriteriaForm { tags, operations, paths } = except;
        Self { only, except: Criteria { tags, operations, paths }, deprecated }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ModulesForm {
    by: GroupingForm,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum GroupingForm {
    #[default]
    Tag,
    Path,
}

impl From<GroupingForm> for Grouping {
    fn from(form: GroupingForm) -> Self {
        match form {
            GroupingForm::Tag => Grouping::Tag,
            GroupingForm::Path => Grouping::Path,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NamesForm {
    types: IndexMap<String, String>,
    operations: IndexMap<String, String>,
    groups: IndexMap<String, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DiagnosticsForm {
    allow: Vec<String>,
}

/// A configuration that cannot be used; displayed with line and column where it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    name: String,
    message: String,
}

impl Config {
    /// Parses the text of a configuration file; its paths are taken relative to `base`.
    ///
    /// `name` is what errors call the file.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, has a key that is not known, or names a diagnostic that does not exist.
    pub fn from_toml(text: &str, name: &str, base: &Path) -> Result<Self, ConfigError> {
        let fail = |message: String| ConfigError { name: name.to_owned(), message };
        let form: FileForm = toml::from_str(text).map_err(|error| fail(error.to_string()))?;
        let mut allow = Vec::new();
        for code in &form.diagnostics.allow {
            let known = Code::from_name(code);
            allow.push(known.ok_or_else(|| fail(format!("there is no diagnostic `{code}`")))?);
        }
        if let Some(url) = form.document_url.as_deref().filter(|url| !is_web_address(url)) {
            return Err(fail(format!("`document-url` is no absolute `http` or `https` address: `{url}`")));
        }
        for address in &form.references.allow {
            let has_path = address.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
            if !has_path || !is_web_address(address) {
                return Err(fail(format!(
                    "`{address}` below `[references]` is no absolute `http` or `https` address with a path"
                )));
            }
        }
        let resolve = |path: Option<PathBuf>| path.map(|path| base.join(path));
        Ok(Self {
            spec: resolve(form.spec),
            document_url: form.document_url,
            overlays: form.overlays.into_iter().map(|path| base.join(path)).collect(),
            out: resolve(form.out),
            lock: resolve(form.lock),
            references: ReferencesConfig {
                root: resolve(form.references.root),
                allow: form.references.allow,
                vendored: resolve(form.references.vendored),
            },
            package: form.package,
            layout: None,
            validate: form.validate,
            select: form.select.into(),
            types: form.types.try_into().map_err(fail)?,
            names: Overrides {
                types: form.names.types,
                operations: form.names.operations,
                groups: form.names.groups,
                grouping: form.modules.by.into(),
                ..Overrides::default()
            },
            allow,
        })
    }

    /// Whether `diagnostic` is to be shown: an error, or one that is not [allowed](Config::allow).
    pub fn shows(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity == Severity::Error || !self.allow.contains(&diagnostic.code)
    }
}

/// Whether `text` is an address that relative ones can start from.
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| !host.is_empty() && !host.contains('@'))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "{}\\".contains(c))
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.name, self.message.trim_end())
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::Config;

    #[test]
    fn paths_are_relative_to_the_file() {
        let config = Config::from_toml("spec = 'a.yaml'", "c.toml", Path::new("spec"));
        assert_eq!(config.map(|config| config.spec), Ok(Some(PathBuf::from("spec/a.yaml"))));
        let config = Config::from_toml("overlays = ['b.yaml', 'c/d.yaml']", "c.toml", Path::new("spec"));
        let overlays = ["spec/b.yaml", "spec/c/d.yaml"].map(PathBuf::from);
        assert_eq!(config.map(|config| config.overlays), Ok(overlays.to_vec()));
    }

    #[test]
    fn a_documents_address_is_absolute() {
        let url = |url: &str| {
            let config = Config::from_toml(&format!("document-url = '{url}'"), "c.toml", Path::new(""));
            config.map(|config| config.document_url).map_err(|error| error.to_string())
        };
        assert_eq!(url("https://x.test/a.yaml"), Ok(Some("https://x.test/a.yaml".to_owned())));
        for refused in ["/a.yaml", "file:///a.yaml", "https://", "https://me@x.test", "https://x.test/a b"] {
            assert!(url(refused).is_err_and(|error| error.contains("document-url")), "{refused}");
        }
    }

    #[test]
    fn examples_are_kept_as_cargo_writes_them() {
        let text = "[[package.example]]\nname = 'tour'\nrequired-features = ['mock']\n";
        let config = Config::from_toml(text, "c.toml", Path::new("")).unwrap_or_default();
        let names: Vec<_> = config.package.example.iter().map(|table| table["name"].as_str()).collect();
        assert_eq!(names, [Some("tour")]);
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let error =
            Config::from_toml("\nspecc = 'a'", "c.toml", Path::new("")).map_err(|error| error.to_string());
        assert!(
            error.as_ref().is_err_and(|text| text.contains("line 2") && text.contains("specc")),
            "{error:?}"
        );
    }

    #[test]
    fn an_unknown_diagnostic_is_an_error() {
        let error = Config::from_toml("[diagnostics]\nallow = ['x']", "c.toml", Path::new(""));
        assert_eq!(
            error.map_err(|error| error.to_string()),
            Err("c.toml: there is no diagnostic `x`".to_owned())
        );
    }
}
