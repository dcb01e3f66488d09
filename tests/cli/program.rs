//! The program, and servers for it.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use http_body_util::Full;
use serde_json::Value;

use crate::cargo;
pub(crate) use crate::recorder::{Answer, Seen, Server};

/// Built once for all tests.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let output = cargo::command()
        .args(["build", "--quiet", "-p", "kajabi", "--features", "cli", "--bin", "kajabi"])
        .args(["--message-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut messages = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
    let program = messages.find_map(|message| message.unwrap()["executable"].as_str().map(PathBuf::from));
    program.unwrap()
});

/// How the program ended, and what it printed.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The error in the last line of standard error.
    pub(crate) fn error(&self) -> Value {
        assert_eq!(self.out, "");
        serde_json::from_str::<Value>(self.err.lines().last().unwrap()).unwrap()["error"].take()
    }
}

/// The program with nothing of this machine's environment.
pub(crate) fn command() -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.env_clear().env("HOME", env!("CARGO_TARGET_TMPDIR")).stdin(Stdio::null());
    command
}

/// Runs the program.
pub(crate) fn run(arguments: &[&str]) -> Ended {
    ended(&command().args(arguments).output().unwrap())
}

pub(crate) fn ended(output: &Output) -> Ended {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// The arguments behind the address of `server`, while it goes on answering.
pub(crate) async fn call(server: &Server, arguments: &[&str]) -> Ended {
    let arguments: Vec<String> =
        ["--base-url", &server.url].iter().chain(arguments).map(|text| (*text).to_owned()).collect();
    let run = move || ended(&command().args(arguments).output().unwrap());
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// A server that gives every request the same answer.
pub(crate) async fn giving(status: u16, body: &'static str) -> Server {
    Server::start(move |_| answer(status, body)).await
}

pub(crate) fn answer(status: u16, body: impl Into<hyper::body::Bytes>) -> Answer {
    let answer = hyper::Response::builder().status(status).header("content-type", "application/vnd.api+json");
    answer.body(Full::new(body.into())).unwrap()
}

/// What is sent for these arguments.
pub(crate) async fn sent(arguments: &[&str]) -> Seen {
    let body = if arguments.contains(&"list") { r#"{"data":[]}"# } else { r#"{"data":{"id":"1"}}"# };
    let server = giving(200, body).await;
    let ended = call(&server, arguments).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    server.only()
}
