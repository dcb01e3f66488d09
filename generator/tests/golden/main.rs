//! Snapshots of what becomes of small documents: for each fixture, the part of the output that it is about.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod bodies;
mod command_line;
mod diagnostics;
mod excerpt;
mod hostile;
mod json_api;
mod links;
mod names;
mod operations;
mod overlays;
mod paging;
mod parameters;
mod references;
mod shapes;
mod swagger;
mod text;
mod validate;
mod webhooks;
mod words;

use clientsmith::write::OutputFile;
use support::Fixture;

/// What a test shows of its fixture's client.
enum Show {
    /// The definitions of a type.
    Type(&'static str),
    /// The impls of serde's traits for a type.
    Impls(&'static str),
    /// A method with its request builder and answers.
    Call(&'static str, &'static str),
    /// How an operation is described to the runtime.
    Description(&'static str, &'static str),
    /// The item of a file that begins with these words.
    Item(&'static str, &'static str),
    /// A whole file.
    File(&'static str),
    /// The names of all files and items.
    Outline,
}

/// Compares the shown parts of the client of `kind/name` with the snapshot of that name.
fn check_client(kind: &str, name: &str, shown: &[Show]) {
    let files = client(&Fixture::of(kind, name));
    let part = |show: &Show| match show {
        Show::Type(name) => excerpt::ty(&files, name),
        Show::Impls(name) => excerpt::impls(&files, name),
        Show::Call(group, method) => excerpt::operation(&files, group, method),
        Show::Description(group, method) => excerpt::description(&files, group, method),
        Show::Item(path, start) => excerpt::item(&files, path, start),
        Show::File(path) => excerpt::file(&files, path),
        Show::Outline => excerpt::outline(&files),
    };
    let parts: Vec<String> = shown.iter().map(part).collect();
    check_snapshot(kind, name, &parts.join("\n\n"));
}

/// The files of a fixture's client as a module, without the runtime.
fn client(fixture: &Fixture) -> Vec<OutputFile> {
    let generation = fixture.generation();
    let mut files =
        generation.files.unwrap_or_else(|| panic!("{}: {:#?}", fixture.name, generation.diagnostics));
    files.retain(|file| !file.path.starts_with("runtime/"));
    files
}

fn check_snapshot(kind: &str, name: &str, text: &str) {
    assert!(
        text.lines().count() <= 150,
        "{kind}/{name}: a snapshot of more than 150 lines is read by nobody"
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("{kind}__{name}"), text));
}

/// A test for each fixture of a kind, and one that none is forgotten.
macro_rules! fixtures {
    ($kind:literal: $($name:ident => [$($show:expr),+ $(,)?],)+) => {
        $(
            #[test]
            fn $name() {
                crate::check_client($kind, stringify!($name), &[$($show),+]);
            }
        )+

        #[test]
        fn every_fixture_has_a_test() {
            crate::check_complete($kind, &[$(stringify!($name)),+]);
        }
    };
}
use fixtures;

#[test]
fn every_folder_of_fixtures_is_of_a_kind() {
    for entry in std::fs::read_dir(support::folder()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let is_known = support::KINDS.contains(&name.as_str());
        assert!(
            is_known || ["overlays", "stability"].contains(&name.as_str()),
            "`{name}` is read by no test"
        );
    }
}

fn check_complete(kind: &str, tested: &[&str]) {
    let forgotten: Vec<String> = Fixture::all(kind).into_iter().map(|fixture| fixture.name).collect();
    let forgotten: Vec<&String> = forgotten.iter().filter(|name| !tested.contains(&name.as_str())).collect();
    assert!(forgotten.is_empty(), "no test shows {forgotten:?}");
}
