//! Servers are called as they are chosen.

use modules::runtime::BuildError;

use crate::support::{paths, server};

/// The port of a server on the loopback address.
fn port(url: &str) -> &str {
    url.rsplit(':').next().unwrap()
}

#[tokio::test]
async fn a_server_is_chosen_by_its_constant_or_by_its_name() {
    use modules::operations_servers_are_chosen_by_name::{Client, Server};
    let mock = server();
    let at = |server: Server| Client::builder().server(server.port(port(mock.base_url()))).build().unwrap();
    for client in [at(Server::SANDBOX), at(Server::named("sandbox"))] {
        mock.on(client.pets().list()).respond_json(204, ());
        client.pets().list().await.unwrap();
    }
    assert_eq!(paths(&mock), ["/sandbox/pets", "/sandbox/pets"]);
    let names: Vec<_> = Client::SERVERS.iter().map(|server| server.name).collect();
    assert_eq!(names, ["production-server", "sandbox", "staging-example-com-api"]);
}

#[test]
fn variables_are_checked() {
    use modules::operations_servers_are_chosen_by_name::{Client, Server};
    let url = |server: Server| Client::builder().server(server).build().map(|client| client.base_url().to_owned());
    // Without certificates on the machine there is no client for https, but an address.
    let refused = |built: Result<String, BuildError>| matches!(built, Err(BuildError::ServerVariable { .. }));
    assert!(!refused(url(Server::PRODUCTION_SERVER.region("us").version("v3"))));
    assert!(refused(url(Server::PRODUCTION_SERVER.region("asia"))));
    assert!(refused(url(Server::PRODUCTION_SERVER.version("../admin"))));
    assert!(refused(url(Server::SANDBOX.region("eu"))));
    assert!(refused(Client::builder().server_variable("port", "80").build().map(|_| String::new())));
    assert!(matches!(url(Server::named("x")), Err(BuildError::Server { .. })));
}

#[tokio::test]
async fn operations_call_their_own_servers_unless_there_is_a_base_url() {
    use modules::operations_operations_may_have_servers_of_their_own::Client;
    let mock = server();
    let near = Client::builder().server_variable("port", port(mock.base_url())).build();
    let near = near.unwrap();
    _ = near.files().list().await;
    let all = Client::builder().base_url(mock.base_url()).build().unwrap();
    _ = all.files().list().await;
    _ = all.files().upload().await;
    assert_eq!(paths(&mock), ["/files/files", "/files", "/files"]);
    let unknown = Client::builder().server_variable("prot", "80").build().map(|_| ());
    assert!(matches!(unknown, Err(BuildError::ServerVariable { name, .. }) if name == "prot"));
}
