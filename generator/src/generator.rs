//! Reading and writing around [`generate`](crate::generate): for build scripts, programs and the command line.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::diag::Severity;
use crate::emit::Layout;
use crate::model::Libraries;
use crate::name::{Grouping, Pins};
use crate::source::{Source, Sources};
use crate::vendor::{self, Vendored, Wanted};
use crate::write::{self, Difference, DifferenceKind, OutputFile, WriteOutcome};
use crate::{Failure, Generation, References, gather, generate, lock};

/// Compiles a document from a file into a directory.
///
/// ```no_run
/// # fn main() -> Result<(), clientsmith::Failure> {
/// let outcome = clientsmith::Generator::new().spec("openapi.yaml").package_name("pets").out_dir("client").run()?;
/// println!("{} files written", outcome.written.written.len());
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Generator {
    spec: Option<PathBuf>,
    overlays: Vec<PathBuf>,
    config: Option<PathBuf>,
    root: Option<PathBuf>,
    out_dir: Option<PathBuf>,
    package_name: Option<String>,
    layout: Option<Layout>,
    libraries: Option<Libraries>,
    grouping: Option<Grouping>,
    deny_warnings: bool,
    validate: Option<bool>,
}

/// What a run did.
#[derive(Debug)]
pub struct Outcome {
    /// What came of the document.
    pub generation: Generation,
    /// The document, what it refers to and its overlays, for showing diagnostics.
    pub sources: Sources,
    /// What was written.
    pub written: WriteOutcome,
    /// Every file that was read, for `cargo::rerun-if-changed`.
    pub read: Vec<PathBuf>,
}

/// Everything that is known before files are written.
pub struct Prepared {
    /// What came of the document.
    pub generation: Generation,
    /// The document, what it refers to and its overlays.
    pub sources: Sources,
    /// Where the client goes.
    pub out_dir: PathBuf,
    /// The lock file with its text, where there is one.
    pub lock: Option<OutputFile>,
    /// The names given before.
    pub pins: Pins,
    /// Every file that was read.
    pub read: Vec<PathBuf>,
}

impl Prepared {
    /// Writes the client and the lock file; unchanged files are not touched.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    pub fn write(&self) -> Result<WriteOutcome, Failure> {
        let mut written = write::write(&self.out_dir, self.files()).map_err(Failure::Write)?;
        if let Some(lock) = &self.lock {
            let path = PathBuf::from(&lock.path);
            match write::write_file(&path, &lock.contents) {
                Ok(true) => written.written.push(lock.path.clone()),
                Ok(false) => written.unchanged.push(lock.path.clone()),
                Err(error) => return Err(Failure::Io { path, error }),
            }
        }
        Ok(written)
    }

    /// Compares the client and the lock file with what is on the disk; writes nothing.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn compare(&self) -> Result<Vec<Difference>, Failure> {
        let mut differences = write::compare(&self.out_dir, self.files()).map_err(Failure::Write)?;
        if let Some(lock) = &self.lock {
            let kind = match read_text(Path::new(&lock.path))? {
                Some(text) if text == lock.contents => None,
                Some(_) => Some(DifferenceKind::Changed),
                None => Some(DifferenceKind::Missing),
            };
            differences.extend(kind.map(|kind| Difference { path: lock.path.clone(), kind }));
        }
        Ok(differences)
    }

    fn files(&self) -> &[OutputFile] {
        self.generation.files.as_deref().unwrap_or_default()
    }
}

impl Generator {
    /// Starts with nothing said.
    pub fn new() -> Self {
        Self::default()
    }

    /// The document to read, in place of the configuration's.
    #[must_use]
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.spec = Some(path.into());
        self
    }

    /// An overlay to apply to the document, after the configuration's and those said before.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// The configuration file.
    #[must_use]
    pub fn config(mut self, path: impl Into<PathBuf>) -> Self {
        self.config = Some(path.into());
        self
    }

    /// The directory that references to other files may lead into, in place of the configuration's; the document's own if neither
    /// says one.
    #[must_use]
    pub fn root(mut self, path: impl Into<PathBuf>) -> Self {
        self.root = Some(path.into());
        self
    }

    /// The directory to write to, in place of the configuration's.
    #[must_use]
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// The package's name, in place of the configuration's.
    #[must_use]
    pub fn package_name(mut self, name: impl Into<String>) -> Self {
        self.package_name = Some(name.into());
        self
    }

    /// A package or a module; a package unless this is said.
    #[must_use]
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = Some(layout);
        self
    }

    /// Whose types stand for points in time, decimal numbers and so on, in place of the configuration's.
    ///
    /// ```
    /// use clientsmith::model::{DateTimeLibrary, Libraries};
    ///
    /// let libraries = Libraries { date_time: DateTimeLibrary::Chrono, ..Libraries::default() };
    /// let generator = clientsmith::Generator::new().spec("openapi.yaml").libraries(libraries);
    /// ```
    #[must_use]
    pub fn libraries(mut self, libraries: Libraries) -> Self {
        self.libraries = Some(libraries);
        self
    }

    /// What operations of one module have in common, in place of the configuration's.
    #[must_use]
    pub fn group_by(mut self, grouping: Grouping) -> Self {
        self.grouping = Some(grouping);
        self
    }

    /// Whether the client can check what it sends against the rules that the document has for values, in place of the configuration's;
    /// a package can, behind a feature, and a module not, if neither says it. A module that can needs the crate `regex-lite`.
    #[must_use]
    pub fn validate(mut self, validate: bool) -> Self {
        self.validate = Some(validate);
        self
    }

    /// Whether a warning keeps the client from being written, as an error does.
    #[must_use]
    pub fn deny_warnings(mut self, deny: bool) -> Self {
        self.deny_warnings = deny;
        self
    }

    /// For a build script: writes the client as a module into `$OUT_DIR/<name>`, and tells Cargo which files it depends on.
    ///
    /// Nothing else is written: names are kept if the configuration has a lock file, but none is made.
    /// `include!(concat!(env!("OUT_DIR"), "/<name>/mod.rs"));` in a module then is the client.
    ///
    /// # Errors
    ///
    /// As [`Generator::run`].
    pub fn embed(self, name: &str) -> Result<(), Failure> {
        let Some(directory) = std::env::var_os("OUT_DIR") else {
            return Err(Failure::Usage("OUT_DIR is not set: `embed` is for build scripts".to_owned()));
        };
        for path in self.inputs() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        let generator = self.layout(Layout::Module).out_dir(Path::new(&directory).join(name));
        if let Ok((.., read)) = generator.inputs_read() {
            for path in &read {
                println!("cargo::rerun-if-changed={}", path.display());
            }
        }
        let prepared = generator.prepare()?;
        let files = prepared.generation.files.as_deref().unwrap_or_default();
        write::write(&prepared.out_dir, files).map_err(Failure::Write)?;
        Ok(())
    }

    /// Generates and writes; unchanged files are not touched.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or written, or the document has errors; nothing is written then.
    pub fn run(&self) -> Result<Outcome, Failure> {
        let prepared = self.prepare()?;
        let written = prepared.write()?;
        let Prepared { generation, sources, read, .. } = prepared;
        Ok(Outcome { generation, sources, written, read })
    }

    /// Generates and compares with what is on the disk; writes nothing.
    ///
    /// # Errors
    ///
    /// As [`Generator::run`].
    pub fn check(&self) -> Result<(Generation, Sources, Vec<Difference>), Failure> {
        let prepared = self.prepare()?;
        let differences = prepared.compare()?;
        Ok((prepared.generation, prepared.sources, differences))
    }

    /// Has `fetch` fetch what the document refers to on the web, as far as the configuration allows it, into the directory that it
    /// names for that. What is there is kept; what nothing refers to any more is removed.
    ///
    /// `fetch` is given an address and gives the text that is there, or why there is none. It should follow no redirects, for they
    /// would lead past what is allowed. Nothing else in this library knows the network.
    ///
    /// # Errors
    ///
    /// If the configuration names no directory, or a file cannot be read or written.
    pub fn vendor(
        &self,
        fetch: &mut dyn FnMut(&str) -> Result<String, String>,
    ) -> Result<(Vendored, PathBuf), Failure> {
        let config = self.configuration(&mut Vec::new())?;
        let Some(folder) = &config.references.vendored else {
            return Err(Failure::Usage(
                "the configuration names no directory for copies: `vendored` below `[references]`".to_owned(),
            ));
        };
        let spec = self.document(&config)?;
        let document = Source::read_file(&spec).map_err(Failure::Read)?;
        let references = self.references(&config, &mut Vec::new())?;
        let allowed = &config.references.allow;
        let wanted = Wanted { document: &document, path: &spec, references, allowed, folder };
        let vendored = vendor::vendor(wanted, fetch).map_err(Failure::Write)?;
        Ok((vendored, folder.clone()))
    }

    /// Generates without writing.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or the document has errors.
    pub fn prepare(&self) -> Result<Prepared, Failure> {
        let (sources, config, pins, read) = self.inputs_read()?;
        let out_dir = self.out_dir.clone().or_else(|| config.out.clone());
        let out_dir = out_dir.ok_or_else(|| {
            Failure::Usage(
                "no directory to write to is named, neither by the caller nor as `out` in the configuration"
                    .to_owned(),
            )
        })?;
        let generation = generate(&sources, &config, &pins).map_err(Failure::Format)?;
        let worst = generation.diagnostics.iter().map(|found| found.severity).max();
        let limit = if self.deny_warnings { Severity::Warning } else { Severity::Error };
        if worst >= Some(limit) {
            let Generation { diagnostics, report, .. } = generation;
            return Err(Failure::Document { diagnostics, sources: Box::new(sources), report });
        }
        let text = |path: &PathBuf| OutputFile {
            path: path.display().to_string(),
            contents: lock::to_text(&generation.pins),
        };
        let lock = config.lock.as_ref().filter(|_| self.layout != Some(Layout::Module)).map(text);
        Ok(Prepared { generation, sources, out_dir, lock, pins, read })
    }

    /// The document with its overlays, the configuration and the names given before, and the files they were in.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn inputs_read(&self) -> Result<(Sources, Config, Pins, Vec<PathBuf>), Failure> {
        let mut read = Vec::new();
        let mut config = self.configuration(&mut read)?;
        config.package.name = self.package_name.clone().or(config.package.name);
        if let Some(name) = config.package.name.as_ref().filter(|name| !crate::name::is_package(name)) {
            return Err(Failure::Usage(format!(
                "`{}` is no name for a package: ASCII letters, digits, `-` and `_`, a letter first, and no word that Rust keeps",
                name.escape_debug()
            )));
        }
        config.layout = self.layout.or(config.layout);
        config.types.libraries = self.libraries.unwrap_or(config.types.libraries);
        config.names.grouping = self.grouping.unwrap_or(config.names.grouping);
        config.validate = self.validate.or(config.validate);
        let spec = self.document(&config)?;
        let document = Source::read_file(&spec).map_err(Failure::Read)?;
        let references = self.references(&config, &mut read)?;
        let (parts, others) = gather(&document, &spec, &references);
        read.push(spec);
        read.extend(others);
        let mut overlays = Vec::new();
        for path in config.overlays.iter().chain(&self.overlays) {
            overlays.push(Source::read_file(path).map_err(Failure::Read)?);
            read.push(path.clone());
        }
        let mut pins = Pins::default();
        if let Some(path) = &config.lock
            && let Some(text) = read_text(path)?
        {
            let parsed = lock::from_text(&text);
            pins = parsed
                .map_err(|message| Failure::Usage(format!("{}: {}", path.display(), message.trim_end())))?;
            read.push(path.clone());
        }
        Ok((Sources { document, overlays, parts }, config, pins, read))
    }

    fn configuration(&self, read: &mut Vec<PathBuf>) -> Result<Config, Failure> {
        let Some(path) = &self.config else { return Ok(Config::default()) };
        let text = read_text(path)?
            .ok_or_else(|| Failure::Usage(format!("there is no configuration file `{}`", path.display())))?;
        read.push(path.clone());
        let base = path.parent().unwrap_or(Path::new(""));
        Config::from_toml(&text, &path.display().to_string(), base).map_err(Failure::Config)
    }

    fn document(&self, config: &Config) -> Result<PathBuf, Failure> {
        self.spec.clone().or_else(|| config.spec.clone()).ok_or_else(|| {
            Failure::Usage(
                "no document is named, neither by the caller nor as `spec` in the configuration".to_owned(),
            )
        })
    }

    fn references(&self, config: &Config, read: &mut Vec<PathBuf>) -> Result<References, Failure> {
        let root = self.root.clone().or_else(|| config.references.root.clone());
        let mut references =
            References { root, published: config.document_url.clone(), ..References::default() };
        if let Some(folder) = &config.references.vendored {
            let (copies, index) = vendor::copies(folder).map_err(Failure::Usage)?;
            references.copies = copies;
            read.extend(index.exists().then_some(index));
        }
        Ok(references)
    }

    fn inputs(&self) -> Vec<PathBuf> {
        self.spec.iter().chain(&self.overlays).chain(&self.config).cloned().collect()
    }
}

fn read_text(path: &Path) -> Result<Option<String>, Failure> {
    write::read_file(path).map_err(|error| Failure::Io { path: path.to_owned(), error })
}
