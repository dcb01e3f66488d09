//! What a command line offers to people.

use std::path::Path;

use crate::program::{Server, answer, call, command, ended, giving, run};

#[test]
fn help_is_grouped_and_in_the_words_of_the_document() {
    let help = run(&["--help"]);
    assert_eq!(help.code, 0);
    for words in ["Groups:", "  contacts ", "KAJABI_BEARER_TOKEN", "profiles.toml", "Exit codes:"] {
        assert!(help.out.contains(words), "{words} is not in\n{}", help.out);
    }
    assert!(run(&["contacts", "--help"]).out.contains("list            List contacts"));
    assert!(run(&["call", "--help"]).out.contains("get-v1-contacts "));
    insta::assert_snapshot!(run(&["contacts", "get", "-h"]).out);
}

#[test]
fn every_shell_gets_completions() {
    for (shell, sign) in [
        ("bash", "_kajabi()"),
        ("zsh", "#compdef kajabi"),
        ("fish", "complete -c kajabi"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let printed = run(&["--completions", shell]);
        assert_eq!(printed.code, 0, "{}", printed.err);
        assert!(printed.out.contains(sign) && printed.out.contains("page-size"), "{shell}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_profile_gives_credentials_if_nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("profiles.toml");
    std::fs::write(&path, "[work]\nbearer-token = \"of the profile\"\n").unwrap();
    let server = giving(200, r#"{"data":{"id":"1"}}"#).await;
    let url = server.url.clone();
    let run = move |mode: u32, environment: Option<&str>| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let mut command = command();
        command.env("KAJABI_PROFILES", &path).env("KAJABI_PROFILE", "work").env("KAJABI_BASE_URL", &url);
        command.envs(environment.map(|token| ("KAJABI_BEARER_TOKEN", token)));
        ended(&command.args(["contacts", "get", "--id", "1"]).output().unwrap())
    };
    let all = move || [run(0o600, None), run(0o600, Some("of the environment")), run(0o644, None)];
    let [own, environment, open] = tokio::task::spawn_blocking(all).await.unwrap();
    assert_eq!((own.code, environment.code, open.code), (0, 0, 2));
    assert!(open.err.contains("chmod 600"), "{}", open.err);
    let tokens: Vec<String> =
        server.seen().iter().map(|seen| seen.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(tokens, ["Bearer of the profile", "Bearer of the environment"]);
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_typed_goes_before_the_environment_and_that_before_the_profile() {
    use std::os::unix::fs::PermissionsExt as _;
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("origins.toml");
    std::fs::write(&path, "auth.Bearer = 'own of the profile'\nbearer-token = 'of the profile'\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let (own, general) = (("KAJABI_AUTH_BEARER", "own variable"), ("KAJABI_BEARER_TOKEN", "variable"));
    let server = giving(200, r#"{"data":{"id":"1"}}"#).await;
    for (options, variables, expected) in [
        (&["--bearer-token", "typed"][..], &[own, general][..], "Bearer typed"),
        (&["--bearer-token", "typed"], &[], "Bearer typed"),
        (&["--bearer-token", "typed", "--auth", "Bearer=own typed"], &[own], "Bearer own typed"),
        (&[], &[own, general], "Bearer own variable"),
        (&[], &[general], "Bearer variable"),
        (&[], &[], "Bearer own of the profile"),
    ] {
        let mut command = command();
        command.env("KAJABI_PROFILES", &path).envs(variables.iter().copied());
        command.args(["--base-url", &server.url]).args(options).args(["contacts", "get", "--id", "1"]);
        let ended = tokio::task::spawn_blocking(move || ended(&command.output().unwrap())).await.unwrap();
        assert_eq!(ended.code, 0, "{ended:?}");
        let seen = server.seen();
        assert_eq!(seen.last().unwrap().header("authorization"), Some(expected), "{options:?} {variables:?}");
    }
}

/// Two pages of two contacts.
async fn pages() -> Server {
    Server::start(|seen| {
        let (ids, next) = if seen.line.contains("number%5D=2") {
            (["3", "4"], "null".to_owned())
        } else {
            (["1", "2"], format!("\"http://x/v1/contacts?page%5Bnumber%5D={}\"", 2))
        };
        let items = ids.map(|id| {
            format!(
                r#"{{"id":"{id}","type":"contacts","attributes":{{"name":"No. {id}, \"x\"","email":"a@b"}}}}"#
            )
        });
        answer(200, format!(r#"{{"data":[{}],"links":{{"next":{next}}}}}"#, items.join(",")))
    })
    .await
}

#[tokio::test]
async fn all_follows_a_list_to_its_end() {
    let server = pages().await;
    let ended = call(&server, &["--all", "contacts", "list"]).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    let ids: Vec<String> =
        ended.json().as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["1", "2", "3", "4"]);
    let lines = call(&server, &["--all", "--output", "jsonl", "contacts", "list"]).await.out;
    assert_eq!(lines.lines().count(), 4);
}

#[tokio::test]
async fn all_is_a_mistake_where_there_are_no_pages_or_the_envelope_is_wanted() {
    let server = pages().await;
    for (arguments, reason) in [
        (&["--all", "contacts", "get", "--id", "1"][..], "the operation has no pages"),
        (&["--all", "--include", "contacts", "list"], "the items come from several answers"),
    ] {
        let refused = call(&server, arguments).await;
        assert!(refused.code == 2 && refused.err.contains(reason), "{refused:?}");
    }
    assert!(server.seen().is_empty());
    let said = ["list", "get"].map(|name| run(&["contacts", name, "--help"]).out.contains("'--all'"));
    assert_eq!(said, [true, false]);
}

#[tokio::test]
async fn a_file_for_all_items_is_emptied_when_the_first_or_the_end_has_come() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("all.json");
    let arguments = ["--all", "--output", file.to_str().unwrap(), "contacts", "list"];
    std::fs::write(&file, "before").unwrap();
    let server = giving(404, "{}").await;
    assert_eq!(call(&server, &arguments).await.code, 1);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "before");
    let server = giving(200, r#"{"data":[]}"#).await;
    assert_eq!(call(&server, &arguments).await.code, 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "[]\n");
}

#[tokio::test]
async fn items_of_all_pages_are_shown_as_they_came() {
    let item = r#"{"id":"1","type":"contacts","attributes":{"name":null,"created_at":"2022-08-26T18:38:00.000+02:00","more":1.0}}"#;
    let server = giving(200, Box::leak(format!(r#"{{"data":[{item}]}}"#).into_boxed_str())).await;
    let all = call(&server, &["--all", "contacts", "list"]).await;
    assert_eq!(all.json()[0], serde_json::from_str::<serde_json::Value>(item).unwrap(), "{all:?}");
}

#[tokio::test]
async fn a_list_can_be_a_table_or_values_for_spreadsheets() {
    let server = pages().await;
    let table = call(&server, &["--output", "table", "contacts", "list"]).await.out;
    insta::assert_snapshot!(table);
    let csv = call(&server, &["--output=csv", "--all", "contacts", "list"]).await.out;
    insta::assert_snapshot!(csv.replace("\r\n", "\n"));
    let server = giving(200, r#"{"data":[],"links":{"next":null}}"#).await;
    for format in ["table", "csv", "jsonl"] {
        assert_eq!(call(&server, &["--output", format, "contacts", "list"]).await.out, "", "{format}");
    }
}

#[test]
fn nothing_is_coloured_where_nobody_looks() {
    let failed = run(&["--base-url", "http://127.0.0.1:1", "contacts", "list"]);
    assert!(!failed.err.contains('\x1b') && failed.err.contains("hint: check the address"), "{}", failed.err);
    assert!(!run(&["--help"]).out.contains('\x1b'));
}
