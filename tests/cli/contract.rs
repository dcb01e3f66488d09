//! What a command line promises to programs.

use std::io::{Read as _, Write as _};

use serde_json::json;

use crate::program::{Server, answer, call, command, ended, giving, run, sent};

const CONTACT: &str = r#"{"data":{"id":"1","type":"contacts","attributes":{"name":"Ada","email":null}}}"#;

#[tokio::test]
async fn a_result_is_json_on_standard_output_and_keeps_null() {
    let server = giving(200, CONTACT).await;
    let ended = call(&server, &["contacts", "get", "--id", "1"]).await;
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(ended.json(), serde_json::from_str::<serde_json::Value>(CONTACT).unwrap());
}

#[tokio::test]
async fn include_prints_the_envelope() {
    let server = giving(200, CONTACT).await;
    let printed = call(&server, &["--include", "contacts", "get", "--id", "1"]).await.json();
    assert_eq!(printed["status"], 200);
    assert_eq!(printed["headers"]["content-type"], "application/vnd.api+json");
    assert_eq!(printed["body"]["data"]["attributes"], json!({"name": "Ada", "email": null}));
    let server =
        Server::start(|_| hyper::Response::builder().status(204).body(Default::default()).unwrap()).await;
    let printed = call(&server, &["--include", "webhooks", "delete", "--id", "1"]).await.json();
    assert_eq!(printed["status"], 204);
    assert!(printed.get("body").is_none());
}

#[tokio::test]
async fn include_shows_each_cookie_for_itself() {
    let server = Server::start(|_| {
        let answer = hyper::Response::builder().status(204).header("x-many", "1").header("x-many", "2");
        let answer = answer.header("set-cookie", "a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT");
        answer.header("set-cookie", "b=2").body(Default::default()).unwrap()
    })
    .await;
    let printed = call(&server, &["--include", "webhooks", "delete", "--id", "1"]).await.json();
    let cookies = json!(["a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT", "b=2"]);
    assert_eq!(
        (&printed["headers"]["set-cookie"], &printed["headers"]["x-many"]),
        (&cookies, &json!("1, 2"))
    );
}

#[tokio::test]
async fn parameters_are_options_with_the_value_behind_or_after_an_equals_sign() {
    let list = ["contacts", "list", "--page-size=5", "--filter-search", "--x", "--sort", "-name"];
    let seen = sent(&list[..3]).await;
    assert_eq!(seen.line, "GET /v1/contacts?page%5Bsize%5D=5");
    let seen = sent(&list).await;
    assert!(
        seen.line.ends_with("=5&filter%5Bsearch%5D=--x") || seen.line.contains("filter%5Bsearch%5D=--x"),
        "{}",
        seen.line
    );
    assert!(seen.line.contains("sort=-name"), "{}", seen.line);
    let seen = sent(&["contacts", "list", "--fields-contacts", "name", "--fields-contacts", "email"]).await;
    assert!(seen.line.contains("name,email") || seen.line.contains("name%2Cemail"), "{}", seen.line);
}

#[tokio::test]
async fn mistakes_end_with_2_and_nothing_is_sent() {
    for arguments in [
        &["contacts", "get"][..],
        &["contacts", "list", "--page-size", "many"],
        &["contacts", "nothing"],
        &["contacts", "help"],
        &["contacts", "create"],
        &["contacts", "create", "--body", "{"],
        &["--auth", "nobody=x", "contacts", "list"],
        &["--timeout", "soon", "contacts", "list"],
        &["--server-var", "region=eu", "contacts", "list"],
        &["contacts", "get", "--id", ""],
        &["help"],
        &[],
    ] {
        let ended = run(arguments);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{arguments:?}: {ended:?}");
    }
}

#[tokio::test]
async fn an_error_of_the_server_ends_with_1_and_an_answer_that_does_not_fit_with_4() {
    let server = giving(422, r#"{"errors":[{"title":"no"}]}"#).await;
    let ended = call(&server, &["contacts", "get", "--id", "1"]).await;
    assert_eq!(ended.code, 1);
    let error = ended.error();
    assert_eq!((&error["kind"], &error["status"]), (&json!("http"), &json!(422)));
    assert_eq!(error["body"], json!({"errors": [{"title": "no"}]}));
    assert!(ended.err.contains("hint: "), "{}", ended.err);
    let server = giving(200, r#"{"data":5}"#).await;
    let ended = call(&server, &["contacts", "get", "--id", "1"]).await;
    assert_eq!((ended.code, &ended.error()["kind"]), (4, &json!("decode")));
}

#[test]
fn a_header_that_cannot_be_read_is_not_shown() {
    let ended = run(&["--header", "Authorization SECRET", "contacts", "list"]);
    assert!(
        ended.code == 2 && !ended.err.contains("SECRET") && ended.err.contains("'NAME: VALUE'"),
        "{ended:?}"
    );
}

/// A terminal takes U+009B for the beginning of a command.
#[tokio::test]
async fn control_characters_of_a_server_are_escaped() {
    let body = "{\"data\":{\"id\":\"1\",\"type\":\"contacts\",\"attributes\":{\"name\":\"\u{9b}2J\u{7f}\"}}}";
    for status in [200, 422] {
        let ended = call(&giving(status, body).await, &["contacts", "get", "--id", "1"]).await;
        let (said, value) = match status {
            200 => (&ended.out, ended.json()),
            _ => (&ended.err, ended.error()["body"].take()),
        };
        assert!(said.contains("\\u009b2J\\u007f") && !said.contains(['\u{9b}', '\u{7f}']), "{ended:?}");
        assert_eq!(value["data"]["attributes"]["name"], "\u{9b}2J\u{7f}");
    }
}

#[test]
fn no_answer_ends_with_3() {
    let ended = run(&["--base-url", "http://127.0.0.1:1", "contacts", "list"]);
    assert_eq!((ended.code, &ended.error()["kind"]), (3, &json!("transport")));
    assert!(ended.error()["message"].as_str().unwrap().contains("refused"), "{ended:?}");
}

#[test]
fn what_came_of_an_answer_that_breaks_off_is_in_the_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        assert!(connection.read(&mut [0; 4096]).unwrap() > 0);
        connection
            .write_all(b"HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Length: 100\r\n\r\n{\"data\": 12")
            .unwrap();
    });
    let ended = run(&["--base-url", &url, "contacts", "list"]);
    server.join().unwrap();
    let error = ended.error();
    assert_eq!((ended.code, &error["kind"], &error["status"]), (3, &json!("transport"), &json!(200)));
    assert_eq!((&error["headers"]["x-one"], &error["body"]), (&json!("1"), &json!("{\"data\": 12")));
    let said = "the answer broke off after 11 of 100 bytes: ";
    assert!(error["message"].as_str().unwrap().starts_with(said), "{ended:?}");
}

#[tokio::test]
async fn credentials_are_sent_to_operations_that_ask_for_them_only() {
    let seen = sent(&["--bearer-token", "secret", "contacts", "get", "--id", "1"]).await;
    assert_eq!(seen.header("authorization"), Some("Bearer secret"));
    assert_eq!(sent(&["contacts", "get", "--id", "1"]).await.header("authorization"), None);
    let server = giving(200, "{}").await;
    let arguments = ["--bearer-token", "secret", "authentication", "create-token"];
    let ended = call(&server, &arguments).await;
    if ended.code == 0 {
        assert_eq!(server.only().header("authorization"), None);
    }
}

#[tokio::test]
async fn headers_and_media_types_can_be_asked_for() {
    let arguments = [
        "--header",
        "X-One: 1",
        "--header",
        "X-Two:2",
        "contacts",
        "get",
        "--id",
        "1",
        "--accept",
        "text/plain",
    ];
    let seen = sent(&arguments).await;
    let headers = ["x-one", "x-two", "accept"].map(|name| seen.header(name));
    assert_eq!(headers, [Some("1"), Some("2"), Some("text/plain")]);
}

const BODY: &str = r#"{"data":{"type":"contacts","attributes":{"name":"Ada","phone_number":null,"custom_7":"x"},
    "relationships":{"site":{"data":{"type":"sites","id":"3"}}}}}"#;

#[tokio::test]
async fn a_body_is_text_a_file_or_standard_input_and_keeps_null() {
    let expected = serde_json::from_str::<serde_json::Value>(BODY).unwrap();
    let seen = sent(&["contacts", "create", "--body", BODY]).await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&seen.body).unwrap(), expected);
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("contact.json");
    std::fs::write(&file, BODY).unwrap();
    let seen = sent(&["contacts", "create", "--body", &format!("@{}", file.display())]).await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&seen.body).unwrap(), expected);
    let server = giving(200, CONTACT).await;
    let url = server.url.clone();
    let run = move || {
        let mut command = command();
        command.args(["--base-url", &url, "contacts", "create", "--body", "-"]);
        ended(&command.stdin(std::fs::File::open(&file).unwrap()).output().unwrap())
    };
    assert_eq!(tokio::task::spawn_blocking(run).await.unwrap().code, 0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&server.only().body).unwrap(), expected);
}

#[test]
fn members_that_the_client_does_not_know_are_named_and_not_dropped() {
    let body = BODY.replace("\"name\"", "\"nmae\"");
    let ended = run(&["contacts", "create", "--body", &body]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("`/data/attributes/nmae`"), "{}", ended.err);
    let ended = run(&["contacts", "create", "--body", &BODY.replace("\"sites\"", "\"pages\"")]);
    assert!(ended.err.contains("/data/relationships/site/data"), "{}", ended.err);
    let wrong = |from: &str, to: &str| run(&["contacts", "create", "--body", &BODY.replace(from, to)]).err;
    let more = wrong(r#""id":"3""#, r#""id":"3","meta":{}"#);
    assert!(more.contains(r#"is not {"type": "sites", "id": …} and nothing else"#), "{more}");
    let twice = wrong(r#""name":"Ada""#, r#""name":"Ada","name":"Eve""#);
    assert!(twice.contains("`/data/attributes/name` twice"), "{twice}");
    let unfit = wrong(r#""Ada""#, "5");
    let reason =
        "`/data/attributes/name` of the body does not fit: invalid type: integer `5`, expected a string\n";
    assert!(unfit.contains(reason), "{unfit}");
    // A change of nothing is not what a body that was forgotten stands for.
    assert_eq!(run(&["contacts", "update", "--id", "1"]).code, 2);
}

#[tokio::test]
async fn the_body_of_an_answer_goes_to_a_file_that_is_asked_for() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("answer.json").display().to_string();
    let server = Server::start(|_| answer(200, CONTACT)).await;
    let ended = call(&server, &["--output", &file, "contacts", "get", "--id", "1"]).await;
    assert_eq!((ended.code, ended.out.as_str()), (0, ""));
    assert!(std::fs::read_to_string(&file).unwrap().contains("\"Ada\""));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_cannot_be_written_is_a_mistake_before_anything_is_sent() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let get = |server: &Server, file: &str| {
        let arguments = ["--output", file, "contacts", "get", "--id", "1"].map(str::to_owned);
        let url = server.url.clone();
        async move {
            let arguments = [&["--base-url".to_owned(), url], &arguments[..]].concat();
            let run = move || ended(&command().args(arguments).output().unwrap());
            tokio::task::spawn_blocking(run).await.unwrap()
        }
    };
    let server = giving(200, CONTACT).await;
    for file in ["/nowhere/at/all", &folder.display().to_string()] {
        let refused = get(&server, file).await;
        assert_eq!((refused.code, server.seen().len()), (2, 0), "{refused:?}");
        assert!(refused.err.contains(&format!("the file '{file}' of '--output'")), "{refused:?}");
    }
    let full = get(&server, "/dev/full").await;
    assert_eq!((full.code, server.seen().len()), (5, 1), "{full:?}");
    assert!(full.err.contains("the result cannot be written: '/dev/full': "), "{full:?}");
    // What has been there stays if there is no result, and nothing is left where there was nothing.
    let (old, new) = (folder.join("old.json"), folder.join("new.json"));
    std::fs::write(&old, "before").unwrap();
    _ = std::fs::remove_file(&new);
    let server = giving(404, "{}").await;
    for file in [&old, &new] {
        assert_eq!(get(&server, &file.display().to_string()).await.code, 1);
    }
    assert_eq!((std::fs::read_to_string(&old).unwrap().as_str(), new.exists()), ("before", false));
}
