//! Clients, calls and answers between tasks.

use kajabi::{Client, ContactId, Error, contacts};
use tokio::task::JoinSet;

use crate::server::Server;

fn check_send_and_sync<T: Send + Sync + 'static>() {}
fn check_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn clients_and_errors_move_between_threads() {
    check_send_and_sync::<Client>();
    check_send_and_sync::<Error<contacts::ListError>>();
    check_send_and_sync::<kajabi::Contact>();
}

#[tokio::test]
async fn futures_of_calls_move_between_threads() {
    let server = Server::giving(200, r#"{"data":[]}"#).await;
    let client = server.client();
    check_send(client.contacts().list().into_future()).await.unwrap();
    check_send(client.contacts().list().send_raw()).await.unwrap();
    check_send(async { client.contacts().list().filter_site_id(&"7".into()).await }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clones_of_a_client_call_from_many_tasks() {
    let server = Server::giving(200, r#"{"data":{"id":"1"}}"#).await;
    let client = server.client();
    let mut tasks = JoinSet::new();
    for id in 0..32 {
        let client = client.clone();
        tasks.spawn(async move {
            client.contacts().get(&ContactId::from(id)).await.map(|contact| contact.data.id == "1")
        });
    }
    let results = tasks.join_all().await;
    assert!(results.into_iter().all(|result| result.unwrap()));
    let mut lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 32, "every task's own request arrived");
}

#[tokio::test]
async fn a_call_that_is_not_awaited_sends_nothing() {
    let server = Server::giving(200, "{}").await;
    let client = server.client();
    drop(client.contacts().delete(&"1".into()));
    drop(client.contacts().delete(&"1".into()).into_future());
    drop(client.contacts().list().stream());
    assert!(server.seen().is_empty());
}
