//! Tokens that are fetched for a client's own id and secret.

use http_body_util::Full;

use crate::apis::command;
use crate::program::{Ended, Seen, Server, ended};

/// A server that gives the token `fetched`, and says who one is.
async fn server() -> Server {
    Server::start(|seen| {
        let body = if seen.line.starts_with("POST /oauth/token") {
            r#"{"access_token": "fetched", "token_type": "bearer", "expires_in": 60}"#
        } else {
            "{}"
        };
        let answer = hyper::Response::builder().header("content-type", "application/json");
        answer.body(Full::new(body.into())).unwrap()
    })
    .await
}

/// What is sent with these options and variables.
async fn sent(options: &[&str], variables: &[(&str, &str)]) -> (Ended, Vec<Seen>) {
    let server = server().await;
    let mut command = command("tokens");
    command.envs(variables.iter().copied()).args(["--base-url", &server.url]);
    command.args(options).args(["people", "me"]);
    let ended = tokio::task::spawn_blocking(move || ended(&command.output().unwrap())).await.unwrap();
    (ended, server.seen())
}

const CLIENT: [&str; 4] = ["--client-id", "me", "--client-secret", "hidden"];

#[tokio::test]
async fn a_token_is_fetched_for_id_and_secret() {
    let variables = [("TOKENS_CLIENT_ID", "me"), ("TOKENS_CLIENT_SECRET", "hidden")];
    for (options, variables) in [(&CLIENT[..], &[][..]), (&[], &variables), (&CLIENT[2..], &variables[..1])] {
        let (ended, seen) = sent(&[options, &["--scope=people.read"]].concat(), variables).await;
        assert_eq!(ended.code, 0, "{ended:?}");
        let [token, call] = &seen[..] else { panic!("{seen:?}") };
        assert!(token.body.contains("grant_type=client_credentials"), "{}", token.body);
        assert!(token.body.contains("scope=people.read"), "{}", token.body);
        // `me:hidden`
        assert_eq!(token.header("authorization"), Some("Basic bWU6aGlkZGVu"));
        assert_eq!(call.header("authorization"), Some("Bearer fetched"));
    }
}

#[tokio::test]
async fn a_token_that_is_given_is_sent_and_none_fetched() {
    let given = [&CLIENT[..], &["--bearer-token", "given"]].concat();
    let named = [&CLIENT[..], &["--auth", "oauth=given"]].concat();
    let variable = [("TOKENS_BEARER_TOKEN", "given")];
    let halves = [("TOKENS_BEARER_TOKEN", "given"), ("TOKENS_CLIENT_ID", "me")];
    for (options, variables) in [(&given[..], &[][..]), (&named, &[]), (&[], &variable), (&[], &halves)] {
        let (ended, seen) = sent(options, variables).await;
        assert_eq!((ended.code, seen.len()), (0, 1), "{ended:?}");
        assert_eq!(seen[0].header("authorization"), Some("Bearer given"));
    }
    // But an id that is typed is meant.
    for variable in [variable, [("TOKENS_AUTH_OAUTH", "given")]] {
        let (_, seen) = sent(&CLIENT, &variable).await;
        assert_eq!(seen.last().unwrap().header("authorization"), Some("Bearer fetched"));
    }
}

#[tokio::test]
async fn an_id_without_its_secret_is_a_mistake() {
    for (options, missing) in [(&CLIENT[..2], "--client-secret"), (&CLIENT[2..], "--client-id")] {
        let (ended, seen) = sent(options, &[]).await;
        assert_eq!((ended.code, seen.len()), (2, 0));
        assert!(ended.err.contains(missing) && !ended.err.contains("hidden"), "{}", ended.err);
    }
}

#[tokio::test]
async fn help_says_how_a_client_logs_in() {
    let help = ended(&command("tokens").arg("--help").output().unwrap());
    assert!(
        help.out.contains("--client-secret") && help.out.contains("TOKENS_CLIENT_SECRET"),
        "{}",
        help.out
    );
    assert!(!help.out.contains("_IDENTITY"), "{}", help.out);
    let certificates = ended(&command("completions").arg("--help").output().unwrap());
    assert!(certificates.out.contains("  COMPLETIONS_IDENTITY\n"), "{}", certificates.out);
    let none = ended(&command("streams").arg("--help").output().unwrap());
    assert!(!none.out.contains("--client-secret") && !none.out.contains("CLIENT_SECRET"), "{}", none.out);
}
