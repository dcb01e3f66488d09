//! Which server is called.

use clientsmith_runtime::runtime::{
    BuildError, Client, ClientBuilder, ClientDefaults, Method, Operation, Request, ServerTemplate,
    ServerVariable,
};

use crate::server::{DEFAULTS, Server};

type Chosen = clientsmith_runtime::runtime::Server;

const fn variable(name: &'static str, default: &'static str) -> ServerVariable {
    ServerVariable { name, default, allowed: &[], description: "" }
}

const fn at(name: &'static str, url: &'static str, variables: &'static [ServerVariable]) -> ServerTemplate {
    ServerTemplate { name, url, description: "", variables }
}

static SERVERS: [ServerTemplate; 3] = [
    at(
        "regional",
        "https://{region}.x.test:{port}/{base}/v1/",
        &[
            ServerVariable { allowed: &["eu", "us"], ..variable("region", "eu") },
            variable("port", "443"),
            variable("base", "api"),
        ],
    ),
    at("free", "{scheme}://{tenant}.y.test", &[variable("scheme", "https"), variable("tenant", "demo")]),
    at("whole", "{server}/v1", &[variable("server", "https://z.test")]),
];

fn builder() -> ClientBuilder {
    ClientBuilder::new(ClientDefaults { servers: &SERVERS, ..DEFAULTS })
}

/// Clients of `http` addresses need no certificates.
fn address(builder: ClientBuilder) -> Result<String, BuildError> {
    builder.http_client(crate::server::own_http_client()).build().map(|client| client.base_url().to_owned())
}

fn check_refused(builder: ClientBuilder, message: &str) {
    assert_eq!(address(builder).unwrap_err().to_string(), message);
}

#[test]
fn the_first_server_is_called_with_the_defaults_of_its_variables() {
    assert_eq!(address(builder()).unwrap(), "https://eu.x.test/api/v1");
    assert_eq!(address(builder().server(Chosen::of(&SERVERS[1]))).unwrap(), "https://demo.y.test");
    assert_eq!(address(builder().server(Chosen::named("whole"))).unwrap(), "https://z.test/v1");
}

#[test]
fn variables_are_set_for_the_server_or_for_the_client_which_goes_before() {
    let changed = builder()
        .server_variable("region", "us")
        .server_variable("port", "8443")
        .server_variable("base", "a/b");
    assert_eq!(address(changed).unwrap(), "https://us.x.test:8443/a/b/v1");
    let free = Chosen::named("free").variable("tenant", "a").variable("scheme", "http");
    assert_eq!(address(builder().server(free.clone())).unwrap(), "http://a.y.test");
    assert_eq!(address(builder().server(free).server_variable("tenant", "b")).unwrap(), "http://b.y.test");
    let whole = Chosen::named("whole").variable("server", "http://127.0.0.1:8080/x");
    assert_eq!(address(builder().server(whole)).unwrap(), "http://127.0.0.1:8080/x/v1");
}

#[test]
fn what_the_description_does_not_have_or_allow_is_refused() {
    let none = "the server \"other\" cannot be called: the API's description has no server of this name";
    check_refused(builder().server(Chosen::named("other")), none);
    let unknown = "the server variable \"zone\" cannot be set: the server has no variable of this name";
    check_refused(builder().server_variable("zone", "secret"), unknown);
    let not_allowed =
        "the server variable \"region\" cannot be set: the description does not allow this value";
    check_refused(builder().server_variable("region", "evil.test/"), not_allowed);
}

#[test]
fn a_value_cannot_change_what_stands_around_it() {
    let free =
        |name: &str, value: &str| address(builder().server(Chosen::named("free").variable(name, value)));
    for value in [
        "evil.test/",
        "evil.test?",
        "evil.test#",
        "a@evil.test",
        "a:80",
        "",
        "a\r\nb",
        "a b",
        "%2f",
        "ä",
        "a\\b",
    ] {
        assert!(free("tenant", value).is_err(), "{value:?}");
    }
    for value in ["ftp", "javascript", "https://evil.test/", ""] {
        assert!(free("scheme", value).is_err(), "{value:?}");
    }
    for (name, value) in [
        ("port", "443@evil.test"),
        ("port", "80/x"),
        ("port", "x"),
        ("base", "a/../.."),
        ("base", "a?b"),
        ("base", "%2e%2e"),
        ("base", "a#b"),
        ("base", "a\\b"),
        ("base", "a\nb"),
    ] {
        assert!(address(builder().server_variable(name, value)).is_err(), "{name} {value:?}");
    }
    let whole = |value: &str| address(builder().server(Chosen::named("whole").variable("server", value)));
    for value in ["https://me:pw@z.test", "z.test", "file:///etc", "https://z.test?a=", ""] {
        assert!(whole(value).is_err(), "{value:?}");
    }
}

#[test]
fn an_address_that_is_not_absolute_needs_a_base_url() {
    static RELATIVE: [ServerTemplate; 1] = [at("api", "/api", &[])];
    let defaults = ClientDefaults { servers: &RELATIVE, ..DEFAULTS };
    assert!(ClientBuilder::new(defaults).build().is_err());
    assert_eq!(address(ClientBuilder::new(defaults).base_url("http://x.test")).unwrap(), "http://x.test");
}

async fn paths(client: &Client, operation: &'static Operation) -> Result<(), String> {
    let answer = Request::new(client, operation).send_raw().await.map_err(|error| error.to_string());
    answer.map(|_| ())
}

#[tokio::test]
async fn operations_with_servers_of_their_own_call_those() {
    let server = Server::giving(200, "application/json", "{}").await;
    let port: &'static str = server.url.rsplit_once(':').unwrap().1.to_owned().leak();
    let own: &'static [ServerTemplate] = vec![
        at("first", "http://127.0.0.1:{own}/first", Box::leak(Box::new([variable("own", port)]))),
        at("free", "http://127.0.0.1:{own}/free", Box::leak(Box::new([variable("own", port)]))),
    ]
    .leak();
    let own = Box::leak(Box::new(Operation { servers: own, ..copy(Method::GET) }));
    let defaults = ClientDefaults { servers: &SERVERS, scattered: Some(&["own"]), ..DEFAULTS };
    let scattered = || ClientBuilder::new(defaults);
    let build =
        |builder: ClientBuilder| builder.http_client(crate::server::own_http_client()).build().unwrap();
    paths(&build(scattered()), own).await.unwrap();
    paths(&build(scattered().server(Chosen::named("free"))), own).await.unwrap();
    paths(&build(scattered().base_url(&server.url)), own).await.unwrap();
    let without = ClientBuilder::new(ClientDefaults { servers: &[], ..defaults });
    paths(&build(without), own).await.unwrap();
    let wrong = paths(&build(scattered().server_variable("own", "x/")), own).await;
    assert_eq!(
        server.seen().iter().map(|seen| seen.line.clone()).collect::<Vec<_>>(),
        ["GET /first/a", "GET /free/a", "GET /a", "GET /first/a"]
    );
    assert!(wrong.is_err());
}

#[test]
fn a_variable_that_no_server_has_is_refused_wherever_servers_are() {
    let none = "the server variable \"zone\" cannot be set: the server has no variable of this name";
    let defaults = ClientDefaults { servers: &SERVERS, scattered: Some(&["own"]), ..DEFAULTS };
    for defaults in [defaults, ClientDefaults { servers: &[], ..defaults }] {
        let builder = || ClientBuilder::new(defaults);
        check_refused(builder().server_variable("zone", "a"), none);
        assert_eq!(address(builder().server_variable("own", "a")).unwrap(), address(builder()).unwrap());
    }
    let builder = || ClientBuilder::new(defaults);
    assert!(address(builder().server_variable("tenant", "a")).is_ok());
    check_refused(builder().server(Chosen::named("free").variable("zone", "a")), none);
    check_refused(builder().base_url("http://x.test").server_variable("zone", "a"), none);
    assert!(address(builder().base_url("http://x.test").server_variable("own", "a")).is_ok());
}

#[allow(clippy::needless_pass_by_value, reason = "a method is written where it is passed")]
fn copy(method: Method) -> Operation {
    Operation {
        name: "tests.call",
        method: Box::leak(method.to_string().into_boxed_str()),
        path: "/a",
        accept: "",
        security: &[],
        servers: &[],
        success: 200,
        repeatable: None,
    }
}
