//! The fixtures: small documents in `fixtures/<kind>/<name>.yaml`, one idea each, named after the behaviour they show. If there
//! is a `<name>.overlay.yaml` beside one, it is applied.

use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::config::PackageConfig;
use clientsmith::emit::Layout;
use clientsmith::name::Pins;
use clientsmith::source::{Source, Sources};
use clientsmith::{Config, Generation, generate};

/// The kinds of fixtures that a client is made of, or that tell why there is none.
pub(crate) const KINDS: [&str; 14] = [
    "cli",
    "shapes",
    "operations",
    "diagnostics",
    "names",
    "text",
    "kajabi",
    "words",
    "paging",
    "parameters",
    "webhooks",
    "json_api",
    "bodies",
    "links",
];

/// A document to generate from.
pub(crate) struct Fixture {
    /// The folder it is in.
    pub(crate) kind: String,
    /// The behaviour it shows.
    pub(crate) name: String,
    text: String,
    overlay: Option<String>,
}

impl Fixture {
    /// The fixture `kind/name`.
    pub(crate) fn of(kind: &str, name: &str) -> Self {
        let path = folder().join(kind).join(format!("{name}.yaml"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let overlay = fs::read_to_string(path.with_extension("overlay.yaml")).ok();
        Self { kind: kind.to_owned(), name: name.to_owned(), text, overlay }
    }

    /// Every fixture of a kind, by name.
    pub(crate) fn all(kind: &str) -> Vec<Self> {
        let entries = fs::read_dir(folder().join(kind)).unwrap();
        let name = |path: PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries.map(|entry| name(entry.unwrap().path())).collect();
        names.retain(|name| !name.ends_with(".overlay"));
        names.sort();
        names.iter().map(|name| Self::of(kind, name)).collect()
    }

    /// The document.
    pub(crate) fn source(&self) -> Source {
        Source::from_text("api.yaml", self.text.as_str())
    }

    /// The document with its overlay.
    pub(crate) fn sources(&self) -> Sources {
        let overlay = self.overlay.iter().map(|text| Source::from_text("overlay.yaml", text.as_str()));
        Sources { document: self.source(), overlays: overlay.collect() }
    }

    /// What becomes of it as a module.
    pub(crate) fn generation(&self) -> Generation {
        self.generation_as(Layout::Module)
    }

    /// What becomes of it.
    pub(crate) fn generation_as(&self, layout: Layout) -> Generation {
        let package = PackageConfig { name: Some(self.name.replace('_', "-")), ..PackageConfig::default() };
        let config = Config { layout: Some(layout), package, ..Config::default() };
        generate(&self.sources(), &config, &Pins::default())
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// Where the fixtures are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}
