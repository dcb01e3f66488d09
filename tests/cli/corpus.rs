//! The command lines of real APIs: `CLIENTSMITH_CORPUS=<directory> cargo test --test cli`; without the variable there is nothing to do.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clientsmith::config::PackageConfig;
use clientsmith::emit::Layout;
use clientsmith::name::Pins;
use clientsmith::source::{Source, Sources};
use clientsmith::{Config, generate};
use serde_json::{Value, json};

use crate::cargo;
use crate::program::{Ended, Server, answer, ended};

/// A document, with an operation without a body that answers JSON, its options and the path they give.
struct Api {
    name: &'static str,
    file: &'static str,
    call: &'static [&'static str],
    path: &'static str,
    gives: &'static str,
}

const APIS: [Api; 3] = [
    Api {
        name: "petstore",
        file: "peers/oai-learn-examples/examples/v3.0/petstore.yaml",
        call: &["show-pet-by-id", "--pet-id", "a/b"],
        path: "/pets/a%2Fb",
        gives: r#"{"id":1,"name":"Rex"}"#,
    },
    Api {
        name: "notion",
        file: "notion.json",
        call: &["retrieve-page-markdown", "--page-id", "p", "--notion-version", "2026-03-11"],
        path: "/v1/pages/p/markdown",
        gives: r##"{"object":"page_markdown","markdown":"# A","truncated":false,"unknown_block_ids":[]}"##,
    },
    Api {
        name: "discord",
        file: "discord.json",
        call: &["get-gateway"],
        path: "/gateway",
        gives: r#"{"url":"wss://x"}"#,
    },
];

#[tokio::test]
async fn real_apis_have_command_lines_that_keep_the_contract() {
    let Some(corpus) = std::env::var_os("CLIENTSMITH_CORPUS").map(PathBuf::from) else {
        println!("skipped: CLIENTSMITH_CORPUS names no directory");
        return;
    };
    let folder = built(&corpus);
    for api in &APIS {
        check(api, &folder.join(format!("target/debug/{}", api.name))).await;
    }
}

async fn check(api: &Api, program: &Path) {
    let run = |arguments: &[&str]| run(program, arguments);
    // Every option of every operation is put together for these.
    let completions = run(&["--completions", "bash"]);
    assert_eq!(completions.code, 0, "{}: {}", api.name, completions.err);
    assert_eq!(run(&["call", api.call[0], "--help"]).code, 0, "{}", api.name);
    assert_eq!(run(&["call", api.call[0], "--no-such-option", "1"]).code, 2, "{}", api.name);
    let gives = api.gives;
    let server = Server::start(move |_| {
        let mut answer = answer(200, gives);
        answer.headers_mut().insert("content-type", "application/json".parse().unwrap());
        answer
    })
    .await;
    let arguments: Vec<String> = ["--base-url", &server.url, "--include", "call"]
        .iter()
        .chain(api.call)
        .map(|text| (*text).to_owned())
        .collect();
    let program = program.to_owned();
    let ended = tokio::task::spawn_blocking(move || {
        self::run(&program, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    });
    let ended = ended.await.unwrap();
    assert_eq!(ended.code, 0, "{}: {ended:?}", api.name);
    let line = server.only().line;
    assert!(line.contains(api.path), "{}: {line}", api.name);
    assert_eq!(ended.json()["status"], json!(200));
    assert_eq!(ended.json()["body"], serde_json::from_str::<Value>(gives).unwrap());
}

fn run(program: &Path, arguments: &[&str]) -> Ended {
    let mut command = Command::new(program);
    command.env_clear().env("HOME", env!("CARGO_TARGET_TMPDIR")).stdin(Stdio::null());
    ended(&command.args(arguments).output().unwrap())
}

/// A workspace of their packages, built.
fn built(corpus: &Path) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-corpus");
    for api in &APIS {
        let source = Source::read_file(&corpus.join(api.file)).unwrap();
        let package = PackageConfig { name: Some(api.name.to_owned()), ..PackageConfig::default() };
        let config = Config { layout: Some(Layout::Package), package, ..Config::default() };
        let sources = Sources::from(source);
        let files = generate(&sources, &config, &Pins::default()).unwrap().files.unwrap();
        clientsmith::write::write(&folder.join(api.name), &files).unwrap();
    }
    let members = APIS.map(|api| api.name);
    let manifest =
        format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n[profile.dev]\ndebug = false\n");
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"), folder.join("Cargo.lock"))
        .unwrap();
    let mut cargo = cargo::command();
    cargo.args(["build", "--quiet", "--workspace", "--features", "cli", "--bins"]).current_dir(&folder);
    let output = cargo.env("CARGO_TARGET_DIR", folder.join("target")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}
