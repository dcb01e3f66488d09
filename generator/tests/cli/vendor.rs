//! What is on the web: never read but by `vendor`, and by that only what is allowed.

use crate::{CONFIG, Project};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://example.com'}]
paths: {}
components:
  schemas:
    Pet: {$ref: 'ADDRESS/schemas/pet.json#/$defs/Pet'}
";

/// A document that refers to `address`, of which `allow` may be fetched.
fn project(address: &str, allow: &str) -> Project {
    let project = Project::new(DOCUMENT.replace("ADDRESS", address));
    let references = format!("[references]\nallow = ['{allow}']\nvendored = 'vendor'\n");
    project.write("spec/clientsmith.toml", format!("{CONFIG}{references}"));
    project
}

#[test]
fn what_is_on_the_web_is_an_error_where_no_copy_of_it_is() {
    let project = project("http://127.0.0.1:9", "http://127.0.0.1:9/schemas/");
    let outcome = project.check("generate", 1);
    assert!(outcome.err.contains("it is on the network, from which nothing is read"), "{outcome:?}");
    project.write("spec/vendor/index.toml", "'http://127.0.0.1:9/schemas/pet.json' = 'pet.json'\n");
    project.write("spec/vendor/pet.json", r#"{"$defs": {"Pet": {"type": "string"}}}"#);
    project.check("generate", 0);
    project.write("spec/vendor/index.toml", "'http://127.0.0.1:9/schemas/pet.json' = '../pet.json'\n");
    assert!(project.check("generate", 2).err.contains("is no file in the folder"));
}

#[cfg(not(feature = "vendor"))]
#[test]
fn a_program_without_network_says_so() {
    let project = project("http://127.0.0.1:9", "http://127.0.0.1:9/schemas/");
    assert!(project.check("vendor", 2).err.contains("--features vendor"));
}

#[cfg(feature = "vendor")]
mod fetched {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;
    use std::sync::{Arc, Mutex};

    use super::project;

    /// A server of this machine, which has a schema that refers to another and some that it does not give.
    fn server() -> (String, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.unwrap();
                let mut lines = BufReader::new(connection.try_clone().unwrap()).lines();
                let first = lines.next().unwrap().unwrap();
                lines.find(|line| line.as_ref().is_ok_and(String::is_empty));
                let path = first.split(' ').nth(1).unwrap().to_owned();
                let (status, body) = match path.as_str() {
                    "/schemas/pet.json" => (
                        "200 OK",
                        r#"{"$defs": {"Pet": {"properties": {"owner": {"$ref": "people/owner.json"}}}}}"#,
                    ),
                    "/schemas/people/owner.json" => (
                        "200 OK",
                        r#"{"properties": {"a": {"$ref": "../moved.json"}, "b": {"$ref": "/secret.json"}}}"#,
                    ),
                    "/schemas/moved.json" => ("302 Found\r\nLocation: /secret.json", ""),
                    _ => ("200 OK", "{}"),
                };
                heard.lock().unwrap().push(path);
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
                connection.write_all(answer.as_bytes()).unwrap();
            }
        });
        (address, asked)
    }

    #[test]
    fn what_is_allowed_is_fetched_once_and_read_from_the_disk_then() {
        let (address, asked) = server();
        let project = project(&address, &format!("{address}/schemas/"));
        let outcome = project.check("vendor", 1);
        assert!(outcome.out.starts_with("2 files fetched, 0 kept"), "{outcome:?}");
        assert!(
            outcome.err.contains("moved.json` is not fetched: it redirects to `/secret.json`"),
            "{outcome:?}"
        );
        assert!(
            outcome.err.contains("secret.json` is not fetched: nothing below `[references]`"),
            "{outcome:?}"
        );
        let expected = ["/schemas/pet.json", "/schemas/people/owner.json", "/schemas/moved.json"];
        assert_eq!(*asked.lock().unwrap(), expected);
        assert!(project.check("vendor", 1).out.starts_with("0 files fetched, 2 kept"));
        let outcome = project.check("generate", 1);
        assert!(
            outcome.err.contains("people/owner.json:1:") && !outcome.err.contains("pet.json#"),
            "{outcome:?}"
        );
        assert_eq!(asked.lock().unwrap().iter().filter(|path| path.ends_with("pet.json")).count(), 1);
    }
}
