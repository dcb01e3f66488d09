//! One generator behind three doors: what the library, the build script and the command line write is the same.

mod cargo;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use clientsmith::emit::Layout;
use clientsmith::{Failure, Generator};
use tempfile::TempDir;

/// All files of `spec/`.
const SPEC: [&str; 4] = ["clientsmith.lock", "clientsmith.toml", "openapi.yaml", "overlay.yaml"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of `spec/`, so that a run that writes the lock file writes this one's.
fn spec() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for name in SPEC {
        fs::copy(root().join("spec").join(name), copy.path().join(name)).unwrap();
    }
    copy
}

fn generator(spec: &TempDir) -> Generator {
    Generator::new().config(spec.path().join("clientsmith.toml"))
}

/// All files below `directory` with their contents.
fn files(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![directory.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let contents = fs::read(&path).unwrap();
                found.insert(path.strip_prefix(directory).unwrap().to_owned(), contents);
            }
        }
    }
    found
}

/// The same files with the same contents are in both directories.
fn check_same(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert!(!one.is_empty());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, contents) in &one {
        assert!(other.get(path) == Some(contents), "{} differs", path.display());
    }
}

#[test]
fn the_library_writes_the_module_that_the_build_script_embedded() {
    let (spec, out) = (spec(), tempfile::tempdir().unwrap());
    generator(&spec).layout(Layout::Module).out_dir(out.path()).run().unwrap();
    check_same(out.path(), Path::new(concat!(env!("OUT_DIR"), "/kajabi")));
}

#[test]
fn the_library_writes_the_package_that_is_checked_in() {
    let (spec, out) = (spec(), tempfile::tempdir().unwrap());
    generator(&spec).out_dir(out.path()).run().unwrap();
    let checked_in = root().join("generated-client");
    for (path, contents) in files(out.path()) {
        let there = fs::read(checked_in.join(&path)).unwrap_or_default();
        assert!(there == contents, "{} differs", path.display());
    }
    let lock = |directory: &Path| fs::read(directory.join("clientsmith.lock")).unwrap();
    assert!(lock(spec.path()) == lock(&root().join("spec")), "the lock file differs");
}

#[test]
fn the_command_line_writes_what_the_library_writes() {
    let (spec, out) = (spec(), tempfile::tempdir().unwrap());
    let (library, command) = (out.path().join("library"), out.path().join("command"));
    generator(&spec).layout(Layout::Module).out_dir(&library).run().unwrap();
    let output = cargo::command()
        .args([
            "run",
            "--quiet",
            "--package",
            "clientsmith",
            "--",
            "generate",
            "--layout",
            "module",
            "--config",
        ])
        .arg(spec.path().join("clientsmith.toml"))
        .arg("--out")
        .arg(&command)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    check_same(&library, &command);
}

#[test]
fn a_second_run_touches_nothing() {
    let (spec, out) = (spec(), tempfile::tempdir().unwrap());
    let generator = generator(&spec).out_dir(out.path());
    let first = generator.run().unwrap();
    assert!(first.written.written.contains(&"src/lib.rs".to_owned()));
    let times = |directory: &Path| -> Vec<(PathBuf, SystemTime)> {
        let modified = |path: &PathBuf| fs::metadata(directory.join(path)).unwrap().modified().unwrap();
        files(directory).into_keys().map(|path| (path.clone(), modified(&path))).collect()
    };
    let before = (times(out.path()), times(spec.path()));
    let second = generator.run().unwrap();
    assert_eq!(second.written.written, [""; 0]);
    assert_eq!(second.written.removed, [""; 0]);
    assert_eq!((times(out.path()), times(spec.path())), before);
}

/// What a build script in a process of its own prints: this program again, running only the test below.
fn build_script(config: &Path, out: &Path) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "as_a_build_script", "--nocapture"])
        .env("OUT_DIR", out)
        .env("EMBED_TEST_CONFIG", config)
        .output()
        .unwrap()
}

/// What a build script's `main` would be, in the process that [`build_script`] starts; outside of it there is none to be.
#[test]
fn as_a_build_script() {
    let Some(config) = std::env::var_os("EMBED_TEST_CONFIG") else { return };
    if let Err(failure) = Generator::new().config(config).embed("client") {
        eprintln!("{failure}");
        std::process::exit(1);
    }
}

#[test]
fn outside_of_a_build_script_embedding_says_what_it_is_for() {
    let spec = spec();
    let script = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "as_a_build_script", "--nocapture"])
        .env_remove("OUT_DIR")
        .env("EMBED_TEST_CONFIG", spec.path().join("clientsmith.toml"))
        .output()
        .unwrap();
    assert_eq!(script.status.code(), Some(1));
    let said = String::from_utf8(script.stderr).unwrap();
    assert!(said.contains("OUT_DIR is not set: `embed` is for build scripts"), "{said}");
}

#[test]
fn cargo_is_told_every_file_that_was_read() {
    let (spec, out) = (spec(), tempfile::tempdir().unwrap());
    let script = build_script(&spec.path().join("clientsmith.toml"), out.path());
    let printed = String::from_utf8(script.stdout).unwrap();
    assert!(script.status.success(), "{printed}");
    for name in SPEC {
        let line = format!("cargo::rerun-if-changed={}", spec.path().join(name).display());
        assert!(printed.lines().any(|printed| printed == line), "no line `{line}` in:\n{printed}");
    }
    assert!(out.path().join("client/mod.rs").exists());
}

#[test]
fn cargo_is_told_of_the_files_that_a_document_refers_to() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    let schemas = "{schemas: {Moon: {$ref: moon.yaml}}}";
    write(
        "api.yaml",
        &format!(
            "openapi: 3.0.3\ninfo: {{title: Moons, version: '1'}}\npaths: {{}}\ncomponents: {schemas}\n"
        ),
    );
    write("clientsmith.toml", "spec = 'api.yaml'\n");
    write("moon.yaml", "type: object\nproperties: {planet: {$ref: planet.yaml}}\n");
    write("planet.yaml", "type: string\n");
    let script = build_script(&directory.path().join("clientsmith.toml"), directory.path());
    let printed = String::from_utf8(script.stdout).unwrap();
    assert!(script.status.success(), "{printed}");
    for name in ["api.yaml", "moon.yaml", "planet.yaml"] {
        let line = format!("cargo::rerun-if-changed={}", directory.path().join(name).display());
        assert!(printed.lines().any(|printed| printed == line), "no line `{line}` in:\n{printed}");
    }
}

#[test]
fn cargo_is_told_of_overlays_too() {
    let directory = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    write("api.yaml", "openapi: 3.0.3\ninfo: {title: Moons, version: '1'}\npaths: {}\n");
    write("clientsmith.toml", "spec = 'api.yaml'\noverlays = ['moons.yaml']\n");
    let info = "{title: More moons, version: '1'}";
    write(
        "moons.yaml",
        &format!("overlay: 1.0.0\ninfo: {info}\nactions: [{{target: $, update: {{info: {{x-a: 1}}}}}}]\n"),
    );
    let script = build_script(&directory.path().join("clientsmith.toml"), directory.path());
    let printed = String::from_utf8(script.stdout).unwrap();
    assert!(script.status.success(), "{printed}");
    let line = format!("cargo::rerun-if-changed={}", directory.path().join("moons.yaml").display());
    assert!(printed.lines().any(|printed| printed == line), "no line `{line}` in:\n{printed}");
}

#[test]
fn embedding_leaves_the_lock_file_alone() {
    let (spec, out) = (spec(), tempfile::tempdir().unwrap());
    let lock = spec.path().join("clientsmith.lock");
    fs::remove_file(&lock).unwrap();
    assert!(build_script(&spec.path().join("clientsmith.toml"), out.path()).status.success());
    assert!(!lock.exists());
}

/// A document that names, on line 11, a type that JSON does not have.
const BROKEN: &str = "\
openapi: 3.0.3
info: { title: Broken, version: '1' }
paths:
  /moons:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: moon }
";

#[test]
fn a_document_with_errors_is_reported_with_its_places_and_nothing_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let document = directory.path().join("broken.yaml");
    fs::write(&document, BROKEN).unwrap();
    let out = directory.path().join("out");
    let failure = Generator::new().spec(&document).out_dir(&out).run().unwrap_err();
    assert!(matches!(failure, Failure::Document { .. }), "{failure}");
    let listing = failure.to_string();
    assert!(listing.contains(&format!("{}:11:", document.display())), "{listing}");
    assert!(listing.contains("`moon` is no JSON type"), "{listing}");
    assert!(!out.exists());
}

#[test]
fn a_build_script_that_cannot_embed_fails_and_says_where_the_document_is_wrong() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("broken.yaml"), BROKEN).unwrap();
    fs::write(directory.path().join("clientsmith.toml"), "spec = \"broken.yaml\"").unwrap();
    let script = build_script(&directory.path().join("clientsmith.toml"), directory.path());
    let listing = String::from_utf8_lossy(&script.stderr);
    assert_eq!(script.status.code(), Some(1));
    assert!(listing.contains("broken.yaml:11:"), "{listing}");
}
