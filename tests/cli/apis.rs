//! The programs of small documents, those in `documents/`, each of which has one thing to show.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use clientsmith::config::PackageConfig;
use clientsmith::emit::Layout;
use clientsmith::name::Pins;
use clientsmith::source::{Source, Sources};
use clientsmith::{Config, generate};

use crate::cargo;
use crate::program::{Ended, Server, ended};

/// The documents, which are named after what their programs are for.
const NAMES: [&str; 8] =
    ["bodies", "completions", "parameters", "parts", "streams", "tokens", "values", "xml"];

/// The folder with all programs, built once for all tests.
static PROGRAMS: LazyLock<PathBuf> = LazyLock::new(|| {
    let documents = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/documents");
    let named = NAMES.map(|name| (name, documents.join(format!("{name}.yaml"))));
    built("cli-apis", &named)
});

/// The program of `documents/<name>.yaml`, with nothing of this machine's environment.
pub(crate) fn command(name: &str) -> Command {
    plain(&PROGRAMS.join(name))
}

/// A program with nothing of this machine's environment.
pub(crate) fn plain(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("HOME", env!("CARGO_TARGET_TMPDIR")).stdin(Stdio::null());
    command
}

/// What becomes of the arguments behind the address of `server`, while it goes on answering.
pub(crate) async fn call(name: &str, server: &Server, arguments: &[&str]) -> Ended {
    let mut command = command(name);
    command.args(["--base-url", &server.url]).args(arguments);
    tokio::task::spawn_blocking(move || ended(&command.output().unwrap())).await.unwrap()
}

/// A workspace of the packages of documents, built; gives the folder with their programs.
pub(crate) fn built(workspace: &str, documents: &[(&str, PathBuf)]) -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(workspace);
    for (name, document) in documents {
        let package = PackageConfig { name: Some((*name).to_owned()), ..PackageConfig::default() };
        let config = Config { layout: Some(Layout::Package), package, ..Config::default() };
        let sources = Sources::from(Source::read_file(document).unwrap());
        let generation = generate(&sources, &config, &Pins::default()).unwrap();
        let files = generation.files.unwrap_or_else(|| panic!("{name}: {:?}", generation.diagnostics));
        clientsmith::write::write(&folder.join(name), &files).unwrap();
    }
    let members: Vec<&str> = documents.iter().map(|(name, _)| *name).collect();
    let (profile, target) = cargo::shared(own);
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{profile}");
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(own.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut cargo = cargo::command();
    cargo.args(["build", "--quiet", "--offline", "--workspace", "--features", "cli", "--bins"]);
    let output = cargo.current_dir(&folder).env("CARGO_TARGET_DIR", target).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug")
}
