//! The fixtures: small documents in `fixtures/<kind>/<name>.yaml`, one idea each, named after the behaviour they show. If there
//! is a `<name>.overlay.yaml` beside one, it is applied, and a `<name>.toml` is its configuration. One of several files is a folder, with `api.yaml` in it.

use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::config::PackageConfig;
use clientsmith::emit::Layout;
use clientsmith::name::Pins;
use clientsmith::source::{Parts, Source, Sources};
use clientsmith::{Config, Generation, generate};

/// The kinds of fixtures that a client is made of, or that tell why there is none.
pub(crate) const KINDS: [&str; 18] = [
    "hostile",
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
    "references",
    "swagger",
    "links",
    "validate",
];

/// A document to generate from.
pub(crate) struct Fixture {
    /// The folder it is in.
    pub(crate) kind: String,
    /// The behaviour it shows.
    pub(crate) name: String,
    text: String,
    overlay: Option<String>,
    config: Option<String>,
    parts: Vec<Source>,
}

impl Fixture {
    /// The fixture `kind/name`.
    pub(crate) fn of(kind: &str, name: &str) -> Self {
        let files = folder().join(kind).join(name);
        let is_folder = files.is_dir();
        let path =
            if is_folder { files.join("api.yaml") } else { folder().join(kind).join(format!("{name}.yaml")) };
        let mut parts = Vec::new();
        if is_folder {
            collect(&files, &files, &mut parts);
        }
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let overlay = fs::read_to_string(path.with_extension("overlay.yaml")).ok();
        let config = fs::read_to_string(path.with_extension("toml")).ok();
        Self { kind: kind.to_owned(), name: name.to_owned(), text, overlay, config, parts }
    }

    /// Every fixture of a kind, by name.
    pub(crate) fn all(kind: &str) -> Vec<Self> {
        let entries = fs::read_dir(folder().join(kind)).unwrap().map(|entry| entry.unwrap().path());
        let name = |path: PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
        let documents = entries.filter(|path| path.extension().is_none_or(|extension| extension != "toml"));
        let mut names: Vec<String> = documents.map(name).collect();
        names.retain(|name| !name.ends_with(".overlay"));
        names.sort();
        names.dedup();
        names.iter().map(|name| Self::of(kind, name)).collect()
    }

    /// The document.
    pub(crate) fn source(&self) -> Source {
        Source::from_text("api.yaml", self.text.as_str())
    }

    /// The document with its overlay.
    pub(crate) fn sources(&self) -> Sources {
        let overlay = self.overlay.iter().map(|text| Source::from_text("overlay.yaml", text.as_str()));
        Sources {
            document: self.source(),
            overlays: overlay.collect(),
            parts: Parts::of(self.parts.iter().cloned()),
        }
    }

    /// What it is configured by.
    pub(crate) fn config(&self) -> Config {
        Config::from_toml(self.config.as_deref().unwrap_or_default(), "clientsmith.toml", Path::new(""))
            .unwrap()
    }

    /// What becomes of it as a module.
    pub(crate) fn generation(&self) -> Generation {
        self.generation_as(Layout::Module)
    }

    /// What becomes of it.
    pub(crate) fn generation_as(&self, layout: Layout) -> Generation {
        let package = PackageConfig { name: Some(self.name.replace('_', "-")), ..PackageConfig::default() };
        let validate = (self.kind == "validate").then_some(true);
        let config = Config { layout: Some(layout), validate, package, ..self.config() };
        generate(&self.sources(), &config, &Pins::default())
            .unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// The files below a folder, each called by the way to it from `root`, but for the document itself.
fn collect(root: &Path, folder: &Path, parts: &mut Vec<Source>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(root, &path, parts);
        } else if path != root.join("api.yaml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            parts.push(Source::from_text(name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Where the fixtures are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}
