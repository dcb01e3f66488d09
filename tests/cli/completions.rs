//! Scripts for shells, which hold what a document says and must not run it.

use std::path::Path;
use std::process::{Command, Stdio};

use http_body_util::Full;

use crate::apis::{call, command};
use crate::program::{Server, ended};

fn script(shell: &str) -> String {
    let ended = ended(&command("completions").args(["--completions", shell]).output().unwrap());
    assert_eq!(ended.code, 0, "{ended:?}");
    ended.out
}

#[tokio::test]
async fn scripts_offer_plain_values_only_and_the_others_are_taken_nevertheless() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = script(shell);
        for value in ["IFS", "two words", "q\"t", "a;b", "<x>"] {
            assert!(!script.contains(value), "{shell}: {value}");
        }
        let is_offering = shell != "powershell";
        assert_eq!(script.contains("v1.2:a/b") || script.contains("v1.2\\:a/b"), is_offering, "{shell}");
    }
    let help = ended(&command("completions").args(["rooms", "find", "--help"]).output().unwrap());
    assert!(help.out.contains("$(touch${IFS}made)") && help.out.contains("two words"), "{}", help.out);
    let server =
        Server::start(|_| hyper::Response::builder().status(204).body(Full::default()).unwrap()).await;
    let ended = call("completions", &server, &["rooms", "find", "--kind", "two words"]).await;
    assert_eq!((ended.code, &*server.only().line), (0, "GET /rooms?kind=two%20words"), "{ended:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_script_that_cannot_be_written_is_a_failure() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = ended(&command("completions").args(["--completions", "bash"]).stdout(full).output().unwrap());
    assert!(ended.code == 5 && ended.err.contains("the result cannot be written"), "{ended:?}");
}

/// PowerShell ends a text in apostrophes with any of these; two of one are one in the text.
#[test]
fn no_text_of_a_document_ends_early_in_powershell() {
    let script = script("powershell");
    assert!(script.contains("''; touch made; ''") && !script.contains(['‘', '’', '‚', '‛']), "{script}");
}

#[test]
fn bash_runs_nothing_of_a_document() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("completions-of-bash");
    _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("script"), script("bash")).unwrap();
    let bash = |arguments: &[&str]| {
        Command::new("bash").args(arguments).current_dir(&folder).stdin(Stdio::null()).output()
    };
    let Ok(checked) = bash(&["-n", "script"]) else {
        println!("there is no bash here: its script is not run");
        return;
    };
    assert!(checked.status.success(), "{checked:?}");
    // The words that come before what is completed, the last of them also by itself.
    for (words, last, expected) in [
        ("rooms find --kind", "--kind", "ok\nv1.2:a/b\n"),
        ("rooms", "rooms", "find -h --help\n"),
        (
            "call touch-made-touch-made",
            "touch-made-touch-made",
            "--touch-made-touch-made --accept -h --help\n",
        ),
    ] {
        let count = words.split(' ').count() + 1;
        let completed = format!(
            "source ./script; COMP_WORDS=(completions {words} ''); COMP_CWORD={count}; \
             _completions completions '' {last}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let completed = ended(&bash(&["-c", &completed]).unwrap());
        let words = |text: &str| {
            text.split_whitespace().map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!((words(&completed.out), completed.err.as_str()), (words(expected), ""));
    }
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["script"]);
}
