//! The generated package by itself, as whoever downloads it has it: outside of this workspace, feature by feature.

mod cargo;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::LazyLock;

/// The copy that the tests share, a workspace of its own.
static PACKAGE: LazyLock<PathBuf> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("package/kajabi");
    if package.exists() {
        fs::remove_dir_all(&package).unwrap();
    }
    copy(&root.join("generated-client"), &package);
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
    // The directory is below the one of another workspace.
    let (profile, _) = cargo::shared(root);
    fs::write(package.join("Cargo.toml"), format!("{manifest}\n[workspace]\n\n{profile}")).unwrap();
    package
});

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// What one run of cargo printed.
struct Printed {
    result: String,
    told: String,
}

/// Runs cargo on the package: without the network first, which is enough wherever the workspace has been built.
fn run(arguments: &[&str]) -> Printed {
    let attempt = |offline: Option<&str>| -> Output {
        let mut command = cargo::command();
        command.args(arguments).args(offline).current_dir(&*PACKAGE);
        command
            .env("CARGO_TARGET_DIR", cargo::shared(Path::new(env!("CARGO_MANIFEST_DIR"))).1)
            .output()
            .unwrap()
    };
    let mut output = attempt(Some("--offline"));
    if !output.status.success() {
        output = attempt(None);
    }
    let [result, told] =
        [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    assert!(output.status.success(), "cargo {}\n{result}\n{told}", arguments.join(" "));
    Printed { result, told }
}

/// Cargo runs with success and without a warning.
fn check(arguments: &[&str]) {
    let told = run(arguments).told;
    assert!(!told.contains("warning: "), "cargo {}\n{told}", arguments.join(" "));
}

/// The features that stand for a group of operations: those that switch nothing else on.
fn groups() -> Vec<String> {
    let manifest = fs::read_to_string(PACKAGE.join("Cargo.toml")).unwrap();
    let features = manifest.lines().filter_map(|line| line.strip_suffix(" = []"));
    features.map(str::to_owned).collect()
}

#[test]
fn every_group_of_operations_builds_by_itself() {
    let groups = groups();
    assert_eq!(groups.len(), 21);
    for group in groups {
        check(&["check", "--lib", "--no-default-features", "--features", &group]);
    }
}

#[test]
fn it_builds_without_any_group() {
    check(&["check", "--lib", "--no-default-features"]);
}

#[test]
fn it_builds_with_all_features_and_its_examples() {
    // All but `native-tls`, which needs the headers of OpenSSL on Linux.
    check(&["check", "--all-targets", "--features", "http2,mock"]);
}

#[test]
fn it_has_nothing_that_clippy_warns_of() {
    let has_clippy =
        cargo::command().args(["clippy", "--version"]).output().is_ok_and(|output| output.status.success());
    if has_clippy {
        check(&["clippy", "--all-targets", "--features", "mock"]);
    } else {
        eprintln!("skipped: there is no clippy here");
    }
}

#[test]
fn its_documentation_has_no_warnings() {
    check(&["doc", "--no-deps"]);
}

#[test]
fn the_first_example_of_its_readme_compiles() {
    let printed = run(&["test", "--doc"]).result;
    assert!(printed.contains("README.md - (line 5) - compile ... ok"), "{printed}");
}

#[test]
fn it_can_be_packaged_with_its_examples_and_without_what_is_the_generator_s() {
    let listed = run(&["package", "--no-verify", "--allow-dirty", "--list"]).result;
    let files: Vec<&str> = listed.lines().collect();
    for name in ["Cargo.toml", "README.md", "src/lib.rs", "src/contacts.rs", "examples/quickstart/main.rs"] {
        assert!(files.contains(&name), "{name} is not in\n{listed}");
    }
    assert!(!files.contains(&".clientsmith-manifest"), "{listed}");
    run(&["package", "--no-verify", "--allow-dirty"]);
}

#[test]
fn it_needs_at_most_a_hundred_crates_with_tls() {
    let tree = run(&["tree", "--edges", "normal", "--prefix", "none"]).result;
    let mut crates: Vec<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    crates.sort_unstable();
    crates.dedup();
    assert!(crates.iter().any(|name| name.starts_with("rustls v")), "{tree}");
    assert!(crates.len() <= 100, "{} crates:\n{}", crates.len(), crates.join("\n"));
}
