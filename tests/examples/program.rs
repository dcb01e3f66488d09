//! Examples as programs: built by cargo and run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::{Deserializer, Value};

use super::cargo;

const NAMES: [&str; 3] = ["export_contacts", "sync_tags", "webhook_receiver"];

/// Built once for all tests; for the whole workspace, so that what `cargo test --workspace` has built serves again.
static PROGRAMS: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(|| {
    let output = cargo::command()
        .args(["build", "--workspace", "--quiet", "--message-format", "json"])
        .args(NAMES.iter().flat_map(|name| ["--example", name]))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = Deserializer::from_slice(&output.stdout).into_iter::<Value>().map(Result::unwrap);
    messages
        .filter_map(|message| {
            let program = PathBuf::from(message["executable"].as_str()?);
            Some((message["target"]["name"].as_str()?.to_owned(), program))
        })
        .collect()
});

/// How a program ended, and what it printed.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// The end of a run of `command` with the environment's credentials replaced.
    pub(crate) fn of(command: &mut Command, credentials: Option<(&str, &str)>) -> Self {
        let names = ["KAJABI_CLIENT_ID", "KAJABI_CLIENT_SECRET"];
        match credentials {
            Some((id, secret)) => command.env(names[0], id).env(names[1], secret),
            None => command.env_remove(names[0]).env_remove(names[1]),
        };
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// Runs an example in `directory`, without credentials.
pub(crate) fn run_in(directory: &Path, name: &str, arguments: &[&str]) -> Ended {
    Ended::of(Command::new(&PROGRAMS[name]).args(arguments).current_dir(directory), None)
}

/// As [`run_in`], an example that has nothing to do with files.
pub(crate) fn run(name: &str, arguments: &[&str]) -> Ended {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), name, arguments)
}
