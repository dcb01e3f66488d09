//! The client of every fixture compiles without a warning from rustc or clippy.
//!
//! All of them are modules of one package that has the runtime once; a few are packages of their own, so that manifest,
//! features and the whole runtime are seen too.

// What a test does outside of its function is a test too.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../tests/cargo/mod.rs"]
mod cargo;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use clientsmith::emit::Layout;
use clientsmith::write;
use support::{Fixture, KINDS};

/// Packages of their own: types of several groups behind features, names that could be anything, and one for each part of the
/// runtime that only some clients have.
const PACKAGES: [(&str, &str); 16] = [
    ("bodies", "parts_of_an_answer_are_members_or_come_one_by_one"),
    ("bodies", "xml_is_written_and_read_by_its_keywords"),
    ("operations", "item_schemas_describe_what_streams_hold"),
    ("operations", "oauth_flows_give_tokens"),
    ("operations", "an_openid_provider_says_where_tokens_are_had"),
    ("operations", "a_type_of_several_groups_is_shared"),
    ("names", "groups_stay_within_their_folder"),
    ("names", "names_in_two_scripts_may_look_alike"),
    ("text", "title_and_version_break_no_file"),
    ("paging", "the_last_item_is_the_cursor"),
    ("parameters", "queries_take_maps_and_any_json"),
    ("words", "two_schemes_may_have_tokens"),
    ("webhooks", "events_of_one_type_are_that_type"),
    ("json_api", "included_resources_are_of_any_type"),
    ("json_api", "documents_may_stand_anywhere"),
    ("validate", "values_are_held_to_the_rules_of_their_schemas"),
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
    pub fn base_url(self, base_url: &str) -> Self { Self(self.0.base_url(base_url)) }
    /// As the runtime's.
    pub fn credential(self, scheme: impl Into<String>, credential: Credential) -> Self {
        Self(self.0.credential(scheme, credential))
    }
    /// As the runtime's.
    pub fn identity_pem(self, certificates: &str, key: &str) -> Self { Self(self.0.identity_pem(certificates, key)) }
    /// As the runtime's.
    pub fn token_grant(self, source: &'static token::TokenSource, grant: token::Grant) -> Self {
        Self(self.0.token_grant(source, grant))
    }
    /// As the runtime's.
    pub fn server(self, server: Server) -> Self { Self(self.0.server(server.0)) }
    /// As the runtime's.
    pub fn server_variable(self, name: &str, value: &str) -> Self { Self(self.0.server_variable(name, value)) }
    /// As the runtime's.
    pub fn build(self) -> Result<Client, BuildError> { self.0.build().map(Client) }
}
/// A server of it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Server(crate::runtime::Server);
impl Server {
    /// As the runtime's.
    pub const fn of(template: &'static ServerTemplate) -> Self { Self(crate::runtime::Server::of(template)) }
    /// As the runtime's.
    pub fn named(name: impl Into<String>) -> Self { Self(crate::runtime::Server::named(name)) }
    /// As the runtime's.
    pub fn variable(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self(self.0.variable(name, value))
    }
}
";

/// What the tests in `driven/` need besides.
const DEV_DEPENDENCIES: &str =
    "tokio = { version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }";

#[test]
fn every_client_compiles_without_a_warning() {
    check_clippy(workspace(), &["--workspace", "--exclude", "modules"]);
    let with_programs = ["--workspace", "--exclude", "modules", "--exclude", "embedded", "--features", "cli"];
    check_clippy(workspace(), &with_programs);
    check_clippy(workspace(), &["-p", "modules", "--all-targets", "--features", "mock"]);
    // A type of two groups of three is there with either of them alone, and nothing is left over without any.
    for features in ["pets", "name", ""] {
        let package = ["-p", "a-type-of-several-groups-is-shared", "--no-default-features"];
        check_clippy(workspace(), &[&package[..], &["--features", features]].concat());
    }
    // What all groups may bring along is there with one that does not.
    let package = ["-p", "documents-may-stand-anywhere", "--no-default-features"];
    check_clippy(workspace(), &[&package[..], &["--features", "people"]].concat());
}

/// What words say is done: the clients of fixtures call a server of their own, as the tests in `driven/` have it.
#[test]
fn clients_do_what_their_documents_say() {
    let (succeeded, messages) = run(workspace(), &["test", "-p", "modules", "--features", "mock", "--quiet"]);
    assert!(succeeded, "{messages}");
}

#[test]
fn a_client_depends_on_what_it_uses() {
    for (kind, name) in PACKAGES {
        let files = Fixture::of(kind, name).generation_as(Layout::Package).files.unwrap();
        let text = |path: &str| files.iter().find(|file| file.path == path).unwrap().contents.clone();
        let code: String =
            files.iter().filter(|file| file.path.starts_with("src/")).map(|file| &*file.contents).collect();
        let manifest = text("Cargo.toml");
        let dependencies = manifest.split_once("[dependencies]").unwrap().1.split("\n[").next().unwrap();
        for line in dependencies.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let dependency = line.split(" =").next().unwrap();
            let path = format!("{}::", dependency.replace('-', "_"));
            assert!(code.contains(&path), "{name} does not use `{dependency}`");
        }
    }
}

#[test]
fn a_client_has_the_parts_of_the_runtime_that_its_document_asks_for() {
    let parts = |kind: &str, name: &str, layout: Layout| {
        let files = Fixture::of(kind, name).generation_as(layout).files.unwrap();
        let part = |path: &str| Some(path.split_once("runtime/")?.1.split_once('/')?.0.to_owned());
        files
            .iter()
            .filter_map(|file| part(&file.path))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    };
    let plain = ("operations", "a_type_of_several_groups_is_shared");
    assert_eq!(parts(plain.0, plain.1, Layout::Module), Vec::<String>::new());
    assert_eq!(parts(plain.0, plain.1, Layout::Package), ["cli", "mock"]);
    let streams = ("operations", "item_schemas_describe_what_streams_hold");
    assert_eq!(parts(streams.0, streams.1, Layout::Module), ["events", "records"]);
    let headers = ("operations", "headers_of_answers_are_typed");
    assert_eq!(parts(headers.0, headers.1, Layout::Module), ["headers"]);
    let answers = ("bodies", "parts_of_an_answer_are_members_or_come_one_by_one");
    assert_eq!(parts(answers.0, answers.1, Layout::Module), ["pairs", "parts", "xml"]);
    assert_eq!(parts("paging", "an_offset_counts_items", Layout::Module), ["paging"]);
    assert_eq!(parts("parameters", "queries_take_maps_and_any_json", Layout::Module), ["parameter"]);
    assert_eq!(parts("words", "two_schemes_may_have_tokens", Layout::Module), ["token"]);
    assert_eq!(parts("webhooks", "events_of_one_type_are_that_type", Layout::Module), ["webhook"]);
    assert_eq!(
        parts("webhooks", "nothing_is_checked_without_a_signature", Layout::Module),
        Vec::<String>::new()
    );
    assert_eq!(parts("json_api", "included_resources_are_of_any_type", Layout::Module), ["json_api"]);
    assert_eq!(parts("json_api", "the_profile_alone_changes_nothing", Layout::Module), Vec::<String>::new());
}

/// The workspace with all of them, written once.
fn workspace() -> &'static Path {
    static WORKSPACE: OnceLock<PathBuf> = OnceLock::new();
    WORKSPACE.get_or_init(|| {
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
        let mut members = vec!["modules".to_owned(), "embedded".to_owned()];
        write_modules(&scratch.join("modules"), KINDS.into_iter().flat_map(Fixture::all));
        write_embedded(&scratch.join("embedded"));
        for (kind, name) in PACKAGES {
            let files = Fixture::of(kind, name).generation_as(Layout::Package).files.unwrap();
            write::write(&scratch.join(name), &files).unwrap();
            members.push(name.to_owned());
        }
        let root = root();
        let (profile, _) = cargo::shared(root);
        let head = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}");
        put(&scratch.join("Cargo.toml"), &format!("{head}\n\n{profile}"));
        if let Ok(lock) = fs::read_to_string(root.join("Cargo.lock")) {
            put(&scratch.join("Cargo.lock"), &lock);
        }
        scratch
    })
}

/// That of this workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// What only the root of a crate can say of the clients in it.
const ATTRIBUTES: &str = "#![warn(missing_docs)]\n#![recursion_limit = \"1024\"]\n\
    #![allow(confusable_idents, mixed_script_confusables)]\n";

/// A package that has clients as modules, each with the whole runtime that it needs.
fn write_embedded(package: &Path) {
    let mut root = format!("//! Clients as modules.\n{ATTRIBUTES}");
    for (kind, name) in PACKAGES {
        let files = Fixture::of(kind, name).generation_as(Layout::Module).files.unwrap();
        write::write(&package.join("src").join(name), &files).unwrap();
        writeln!(root, "/// `{kind}/{name}`.\npub mod {name};").unwrap();
    }
    put(&package.join("Cargo.toml"), &manifest("embedded", ""));
    put(&package.join("src/lib.rs"), &root);
}

/// A manifest with all that a client may need.
fn manifest(name: &str, rest: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\ndefault = [\"rustls\", \"validate\"]\n{}\n\n[dependencies]\n{}\n{rest}",
        clientsmith_runtime::FEATURES,
        clientsmith_runtime::DEPENDENCIES,
    )
}

fn write_modules(package: &Path, fixtures: impl Iterator<Item = Fixture>) {
    write_tests(&package.join("tests/driven"));
    let dev_dependencies = format!("\n[dev-dependencies]\n{DEV_DEPENDENCIES}\n");
    put(&package.join("Cargo.toml"), &manifest("modules", &dev_dependencies));
    for (name, text) in clientsmith_runtime::FILES {
        put(&package.join("src/runtime").join(name), text);
    }
    let mut root = format!("//! All fixtures.\n{ATTRIBUTES}pub mod runtime;\n");
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

/// The tests of what clients do, which are those of the package with the clients.
fn write_tests(folder: &Path) {
    let mut modules = BTreeSet::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/driven")).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        put(&folder.join(&file), &fs::read_to_string(&path).unwrap());
        modules.insert(format!("mod {};\n", file.trim_end_matches(".rs")));
    }
    let root = "//! What the clients of fixtures do.\n#![cfg(feature = \"mock\")]\n";
    put(&folder.join("main.rs"), &modules.iter().fold(root.to_owned(), |text, module| text + module));
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
    let command = if has_clippy { "clippy" } else { "check" };
    let mut all = vec![command, "--quiet"];
    all.extend(arguments);
    if has_clippy {
        all.extend(["--", "-D", "warnings"]);
    }
    let (succeeded, messages) = run(workspace, &all);
    assert!(succeeded, "{}: {arguments:?}\n{messages}", workspace.display());
    assert!(has_clippy || !messages.contains("warning"), "{messages}");
}

/// Whether Cargo succeeds, and what it says; with the network only if it has to.
fn run(workspace: &Path, arguments: &[&str]) -> (bool, String) {
    let attempt = |network: &str| {
        let (_, target) = cargo::shared(root());
        let mut command = cargo::command();
        command.current_dir(workspace).env("CARGO_TARGET_DIR", target).env_remove("RUSTFLAGS");
        let output = command.env("CARGO_NET_OFFLINE", network).args(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), text(&output.stdout) + &text(&output.stderr))
    };
    let (succeeded, messages) = attempt("true");
    let wants_network = ["offline", "no matching package", "failed to download"];
    if !succeeded && wants_network.iter().any(|sign| messages.contains(sign)) {
        return attempt("false");
    }
    (succeeded, messages)
}
