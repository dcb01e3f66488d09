//! The client of every fixture compiles without a warning from rustc or clippy.
//!
//! All of them are modules of one package that has the runtime once; a few are packages of their own, so that manifest,
//! features and the whole runtime are seen too.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientsmith::emit::Layout;
use clientsmith::write;
use support::Fixture;

/// Packages of their own: types of several groups behind features, and names that could be anything.
const PACKAGES: [(&str, &str); 3] = [
    ("operations", "a_type_of_several_groups_is_shared"),
    ("names", "groups_stay_within_their_folder"),
    ("text", "title_and_version_break_no_file"),
];

/// Stands in for a client's runtime. What a client adds to `Client` and `ClientBuilder` needs types of its own.
const RUNTIME: &str = r"//! The runtime that all fixtures share.
pub use crate::runtime::*;
/// A client of this fixture.
#[derive(Debug)]
pub struct Client(crate::runtime::Client);
impl std::ops::Deref for Client {
    type Target = crate::runtime::Client;
    fn deref(&self) -> &Self::Target { &self.0 }
}
/// Its builder.
#[must_use]
pub struct ClientBuilder(crate::runtime::ClientBuilder);
impl ClientBuilder {
    /// As the runtime's.
    pub fn new(defaults: ClientDefaults) -> Self { Self(crate::runtime::ClientBuilder::new(defaults)) }
    /// As the runtime's.
    pub fn credential(self, scheme: impl Into<String>, credential: Credential) -> Self {
        Self(self.0.credential(scheme, credential))
    }
    /// As the runtime's.
    pub fn build(self) -> Result<Client, BuildError> { self.0.build().map(Client) }
}
";

#[test]
fn every_client_compiles_without_a_warning() {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let mut members = vec!["modules".to_owned()];
    let kinds = ["shapes", "operations", "diagnostics", "names", "text", "words", "kajabi"];
    write_modules(&scratch.join("modules"), kinds.into_iter().flat_map(Fixture::all));
    for (kind, name) in PACKAGES {
        let files = Fixture::of(kind, name).generation_as(Layout::Package).files.unwrap();
        write::write(&scratch.join(name), &files).unwrap();
        members.push(name.to_owned());
    }
    put(&scratch.join("Cargo.toml"), &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"));
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    if let Ok(lock) = fs::read_to_string(lock) {
        put(&scratch.join("Cargo.lock"), &lock);
    }
    check_clippy(&scratch, &["--workspace"]);
    // A type of two groups of three is there with either of them alone, and nothing is left over without any.
    for features in ["pets", "name", ""] {
        check_clippy(
            &scratch,
            &["-p", "a-type-of-several-groups-is-shared", "--no-default-features", "--features", features],
        );
    }
}

fn write_modules(package: &Path, fixtures: impl Iterator<Item = Fixture>) {
    let manifest = format!(
        "[package]\nname = \"modules\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\ndefault = [\"rustls\"]\n{}\n\n[dependencies]\n{}",
        clientsmith_runtime::FEATURES,
        clientsmith_runtime::DEPENDENCIES,
    );
    put(&package.join("Cargo.toml"), &manifest);
    for (name, text) in clientsmith_runtime::FILES {
        put(&package.join("src/runtime").join(name), text);
    }
    let mut root = String::from(
        "//! All fixtures.\n#![warn(missing_docs)]\n#![recursion_limit = \"1024\"]\npub mod runtime;\n",
    );
    for fixture in fixtures {
        let Some(mut files) = fixture.generation().files else { continue };
        files.retain(|file| !file.path.starts_with("runtime/"));
        let module = format!("{}_{}", fixture.kind, fixture.name.replace(['-', '.'], "_"));
        let folder = package.join("src").join(&module);
        files.push(write::OutputFile { path: "runtime/mod.rs".to_owned(), contents: RUNTIME.to_owned() });
        write::write(&folder, &files).unwrap();
        writeln!(root, "/// `{}/{}`.\npub mod {module};", fixture.kind, fixture.name).unwrap();
    }
    put(&package.join("src/lib.rs"), &root);
}

/// Writes what is not there yet, so that nothing is compiled again in vain.
fn put(path: &Path, contents: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == contents) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, contents).unwrap();
}

/// Clippy, or rustc alone where there is no clippy, has nothing to say.
fn check_clippy(workspace: &Path, arguments: &[&str]) {
    let version = Command::new(env!("CARGO")).args(["clippy", "--version"]).output();
    let has_clippy = version.is_ok_and(|output| output.status.success());
    let run = |network: &[&str]| {
        let target: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures-target");
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(workspace).env("CARGO_TARGET_DIR", target).env_remove("RUSTFLAGS");
        if has_clippy {
            command.arg("clippy").args(network).args(arguments).args(["--quiet", "--", "-D", "warnings"]);
        } else {
            command.arg("check").args(network).args(arguments).arg("--quiet").env("RUSTFLAGS", "-D warnings");
        }
        let output = command.output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (mut succeeded, mut messages) = run(&["--offline"]);
    if !succeeded
        && ["offline", "no matching package", "failed to download"].iter().any(|sign| messages.contains(sign))
    {
        (succeeded, messages) = run(&[]);
    }
    assert!(succeeded, "{}: {arguments:?}\n{messages}", workspace.display());
}
