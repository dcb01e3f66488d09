//! Compiles OpenAPI documents into Rust client crates.
//!
//! A pure, staged compiler: text → [`Tree`], [joined](join) and [overlaid](overlay) → [`Document`](dialect::Document) → [`Api`](model::Api) →
//! [`Facts`](analyze::Facts), [`Names`](name::Names) → tokens → files. [`generate`] is the whole of it; [`Generator`] puts reading and writing around it,
//! for a build script or a program.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), clientsmith::Failure> {
//!     clientsmith::Generator::new().spec("spec/openapi.yaml").embed("kajabi")
//! }
//! ```

pub mod analyze;
pub mod catalogue;
mod chosen;
pub mod config;
pub mod diag;
pub mod dialect;
pub mod emit;
mod failure;
mod gather;
mod generator;
pub mod join;
pub mod lock;
pub mod lower;
pub mod model;
pub mod name;
pub mod overlay;
mod report;
pub mod resolve;
pub mod schema;
pub mod select;
pub mod source;
mod types_config;
mod vendor;
pub mod words;
pub mod write;

pub use config::Config;
pub use failure::Failure;
pub use gather::{References, gather};
pub use generator::{Generator, Outcome, Prepared};
pub use report::{Opaque, Report};
pub use types_config::TypesConfig;
pub use vendor::Vendored;

use diag::{Diagnostic, Diagnostics, FileId};
use emit::{Layout, Package, Plan};
use name::Pins;
use source::{Parts, Source, Sources, Tree};
use write::{FormatError, OutputFile, TokenFile};

/// What is compiled: a document, and the overlays to apply to it.
///
/// A `&Source` is a document without overlays and other files. Diagnostics are about the document, or, with a number from one on as
/// their [`FileId`], about an overlay or, behind those, a file that the document refers to.
#[derive(Debug, Clone, Copy)]
pub struct Input<'s> {
    /// The document.
    pub document: &'s Source,
    /// The overlays, in the order in which they are applied.
    pub overlays: &'s [Source],
    /// The files that the document refers to.
    pub parts: &'s Parts,
}

static NO_PARTS: Parts = Parts::none();

impl<'s> From<&'s Source> for Input<'s> {
    fn from(document: &'s Source) -> Self {
        Self { document, overlays: &[], parts: &NO_PARTS }
    }
}

impl<'s> From<&'s Sources> for Input<'s> {
    fn from(sources: &'s Sources) -> Self {
        Self { document: &sources.document, overlays: &sources.overlays, parts: &sources.parts }
    }
}

/// What came of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Generation {
    /// The client, if the document has no errors.
    pub files: Option<Vec<OutputFile>>,
    /// All there is to say about the document, except for what the configuration allows.
    pub diagnostics: Vec<Diagnostic>,
    /// Counts and lists.
    pub report: Report,
    /// The names given, for the lock file.
    pub pins: Pins,
}

/// The stages up to the names, for those who want to look at them.
#[derive(Debug)]
pub struct Stages {
    /// Schemas in the document, however deep they stand.
    pub schemas: usize,
    /// What it says in our words.
    pub words: words::Words,
    /// The model.
    pub api: model::Api,
    /// What follows from it.
    pub facts: analyze::Facts,
    /// What everything is called.
    pub names: name::Names,
}

/// Reads a document, joins it with the files it refers to, and applies its overlays; none if any of them has errors.
pub fn read<'s>(input: impl Into<Input<'s>>, diags: &mut Diagnostics) -> Option<Tree> {
    let Input { document, overlays, parts } = input.into();
    diags.overlays(overlays.len());
    let tree = source::read(document, diags);
    let tree = tree.map(|tree| join::join(tree, document.name(), parts, 1 + overlays.len(), diags));
    if overlays.is_empty() {
        return tree.filter(|_| !diags.has_errors());
    }
    let mut read = Vec::with_capacity(overlays.len());
    for (index, overlay) in overlays.iter().enumerate() {
        diags.enter(FileId(index + 1));
        read.extend(overlay::read(overlay, diags));
    }
    diags.enter(FileId::DOCUMENT);
    if diags.has_errors() {
        return None;
    }
    for overlay in &read {
        overlay.check_extends(document, diags);
    }
    let tree = overlay::apply(tree?, &read, diags);
    if diags.has_errors() {
        return None;
    }
    // Overlays may refer to what is taken in where it is used.
    let tree = join::join(tree, document.name(), parts, 1 + overlays.len(), diags);
    (!diags.has_errors()).then_some(tree)
}

/// Runs the stages up to the names; none if the document has errors.
pub fn stages<'s>(
    input: impl Into<Input<'s>>,
    config: &Config,
    pins: &Pins,
    diags: &mut Diagnostics,
) -> Option<Stages> {
    let tree = select::select(read(input, diags)?, &config.select, diags);
    catalogue::survey(&tree, diags);
    let tree = dialect::upgraded(tree, diags);
    let document = dialect::dialect(&tree, diags)?.found_at(config.document_url.as_deref());
    let words = words::read(&tree, diags);
    drop(tree);
    resolve::check_schemas(&document, diags);
    if diags.has_errors() {
        return None;
    }
    let choices = chosen::types(&document, config, diags);
    if diags.has_errors() {
        return None;
    }
    let api = lower::lower(&document, &words, &choices, diags);
    let api = model::Api { is_selection: !config.select.is_all(), ..api };
    if diags.has_errors() {
        return None;
    }
    let schemas = document.schemas.count();
    // Nothing behind it knows the document, and what follows takes as much room again.
    drop(document);
    let facts = analyze::analyze(&api);
    chosen::report_unequal(&words, &api, &facts, diags);
    let names = name::name(&api, &facts, &chosen::overrides(config, &words), pins, diags);
    Some(Stages { schemas, words, api, facts, names }).filter(|_| !diags.has_errors())
}

/// Compiles a document.
///
/// `input` is a document, `&Source`, or one with overlays, [`Input`] or `&Sources`.
///
/// # Errors
///
/// Only if what was generated is not Rust, which is a mistake of the generator; what is wrong with the document is in
/// [`Generation::diagnostics`].
pub fn generate<'s>(
    input: impl Into<Input<'s>>,
    config: &Config,
    pins: &Pins,
) -> Result<Generation, FormatError> {
    let mut diags = Diagnostics::default();
    let stages = stages(input, config, pins, &mut diags);
    let mut diagnostics = diags.into_list();
    let report = stages.as_ref().map(|stages| Report::new(stages, &diagnostics)).unwrap_or_default();
    diagnostics.retain(|found| config.shows(found));
    let Some(Stages { words, api, facts, names, .. }) = stages else {
        return Ok(Generation { files: None, diagnostics, report, pins: pins.clone() });
    };
    let package = package(config, &api);
    let plan = Plan { api: &api, facts: &facts, names: &names, package: &package, words: &words };
    let header = header(&api);
    let files = emit::files(&plan);
    let tokens = files
        .iter()
        .map(|file| TokenFile::new(file.path.clone(), header.clone(), || emit::items(&plan, file)))
        .collect();
    let mut output = write::format(tokens)?;
    output.extend(emit::text_files(
        &plan,
        &config.package.dev_dependencies,
        &config.package.example,
        &config.types.crates,
    ));
    output.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Generation { files: Some(output), diagnostics, report, pins: names.pins(&api, &facts) })
}

fn header(api: &model::Api) -> String {
    let info = &api.info;
    format!(
        "Generated by clientsmith from {} {}. Do not edit: change the document or the configuration.",
        info.title, info.version
    )
}

fn package(config: &Config, api: &model::Api) -> Package {
    let package = &config.package;
    let layout = config.layout.unwrap_or(Layout::Package);
    Package {
        name: package.name.clone().unwrap_or_else(|| name::package(&api.info.title)),
        version: package.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
        license: package.license.clone(),
        description: package.description.clone(),
        repository: package.repository.clone(),
        keywords: package.keywords.clone(),
        categories: package.categories.clone(),
        layout,
        validate: config.validate.unwrap_or(layout == Layout::Package),
    }
}
