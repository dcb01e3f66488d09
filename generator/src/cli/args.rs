//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clientsmith::diag::Code;
use clientsmith::emit::Layout;
use clientsmith::words::Word;

use super::corpus::Check;
use super::{explain, vocabulary};

/// Compiles OpenAPI documents into Rust client crates.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
#[command(after_help = "\
Exit codes:
  0  all is well
  1  the document is wrong, or has warnings that are denied, or `check` found differences
  2  the command could not do its work: usage, configuration, files")]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) tone: Tone,
}

/// How much is said, and how.
#[derive(Debug, Args)]
pub(super) struct Tone {
    /// Say nothing but why the command fails
    #[arg(long, short, global = true, conflicts_with = "notes")]
    pub(super) quiet: bool,
    /// Show notes in full too, which are only counted otherwise
    #[arg(long, short = 'v', visible_alias = "verbose", global = true)]
    pub(super) notes: bool,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the client of a document
    Generate(Make),
    /// Compare the client on the disk with its document; write nothing
    Check(Make),
    /// Show what a document holds and what becomes of it
    Inspect(Inspect),
    /// Print a document as its overlays make it
    Overlay(Overlay),
    /// Fetch what a document refers to on the web, as far as its configuration allows, into a directory
    Vendor(Input),
    /// Show what a stage of the compiler gives, for its developers
    Dump(Dump),
    /// Compile every document in a folder, and list what becomes of each
    Corpus(Corpus),
    #[command(hide = true)]
    CorpusDocument(CorpusDocument),
    /// Explain a diagnostic
    Explain(Explain),
    /// Print a JSON schema of the configuration file, for editors
    Schema,
    /// List every keyword of OpenAPI with what becomes of it
    Keywords,
    /// Show the `x-` words by which a document says more than OpenAPI can
    Words(Words),
}

/// `generate` and `check`.
#[derive(Debug, Args)]
pub(super) struct Make {
    #[command(flatten)]
    pub(super) input: Input,
    /// The directory for the client, in place of the configuration's
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What the client's package is called, in place of the configuration's name
    #[arg(long, value_name = "CRATE")]
    pub(super) name: Option<String>,
    /// A package of its own, or a module for a build script
    #[arg(long, value_enum)]
    pub(super) layout: Option<LayoutName>,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) deny_warnings: bool,
    /// Write a report in JSON
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

/// Where the document and its configuration are.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// The configuration; `spec/clientsmith.toml` if neither this nor a document is named
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// The document, in place of the configuration's
    #[arg(long, value_name = "FILE")]
    pub(super) spec: Option<PathBuf>,
    /// An overlay to apply to the document, after the configuration's; may be said several times
    #[arg(long = "overlay", value_name = "FILE")]
    pub(super) overlays: Vec<PathBuf>,
    /// The directory that references to other files may lead into, in place of the document's own
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Inspect {
    #[command(flatten)]
    pub(super) input: Input,
    /// Write a report in JSON
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Overlay {
    #[command(flatten)]
    pub(super) input: Input,
    /// Write JSON in place of YAML
    #[arg(long)]
    pub(super) json: bool,
    /// Write to a file in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Dump {
    #[command(flatten)]
    pub(super) input: Input,
    /// After which stage
    #[arg(long, value_enum)]
    pub(super) stage: Stage,
}

#[derive(Debug, Args)]
pub(super) struct Corpus {
    /// Where the documents are, however deep
    pub(super) folder: PathBuf,
    /// Where the clients, `results.tsv` and `results.html` go
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// Run `cargo check` on the clients
    #[arg(long)]
    pub(super) check: bool,
    /// Run `cargo clippy` on the clients
    #[arg(long)]
    pub(super) clippy: bool,
    /// Run `cargo doc` on the clients
    #[arg(long)]
    pub(super) doc: bool,
    /// How many documents to compile at once; as many as there are processors unless this is said
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<usize>,
}

impl Corpus {
    /// What the clients are to pass.
    pub(super) fn checks(&self) -> impl Iterator<Item = Check> {
        let wanted = [(self.check, Check::Rustc), (self.clippy, Check::Clippy), (self.doc, Check::Doc)];
        wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, check)| check)
    }
}

/// The process that `corpus` starts for each document.
#[derive(Debug, Args)]
pub(super) struct CorpusDocument {
    /// The document
    pub(super) spec: PathBuf,
    /// Where its client goes
    #[arg(long)]
    pub(super) out: PathBuf,
    /// What the client's package is called
    #[arg(long)]
    pub(super) name: String,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The diagnostic, as listings name it in brackets; all of them without
    #[arg(value_parser = explain::parse_code)]
    pub(super) code: Option<Code>,
}

#[derive(Debug, Args)]
pub(super) struct Words {
    /// The word, such as `x-sort`; all of them without
    #[arg(value_parser = vocabulary::parse_word)]
    pub(super) word: Option<Word>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum LayoutName {
    /// `Cargo.toml`, `README.md`, `src/lib.rs`
    Package,
    /// `mod.rs`
    Module,
}

impl From<LayoutName> for Layout {
    fn from(name: LayoutName) -> Self {
        match name {
            LayoutName::Package => Layout::Package,
            LayoutName::Module => Layout::Module,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Stage {
    /// The document in one spelling
    Dialect,
    /// The model
    Api,
    /// What follows from the model
    Facts,
    /// What everything is called
    Names,
}
