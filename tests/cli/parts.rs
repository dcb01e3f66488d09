//! Which parts a body can have, and which it has to have.

use http_body_util::Full;

use crate::apis::{call, command};
use crate::program::{Ended, Seen, Server, ended};

async fn called(document: &str, operation: [&str; 2], parts: &[&str]) -> (Ended, Vec<Seen>) {
    let server =
        Server::start(|_| hyper::Response::builder().status(204).body(Full::default()).unwrap()).await;
    let parts = parts.iter().flat_map(|part| ["--part", part]);
    let arguments: Vec<&str> = operation.into_iter().chain(parts).collect();
    let ended = call(document, &server, &arguments).await;
    (ended, server.seen())
}

/// The parts as they stand on the wire, without what is between them.
async fn sent(operation: [&str; 2], parts: &[&str]) -> Vec<String> {
    let (ended, seen) = called("parts", operation, parts).await;
    assert_eq!(ended.code, 0, "{ended:?}");
    let boundary = seen[0].header("content-type").unwrap().split_once("boundary=").unwrap().1;
    let between = format!("--{boundary}");
    let pieces = seen[0].body.split(&between).filter(|piece| !piece.is_empty() && *piece != "--\r\n");
    pieces.map(|piece| piece.trim_matches(['\r', '\n']).to_owned()).collect()
}

/// A mistake: nothing is sent.
async fn refused(document: &str, operation: [&str; 2], parts: &[&str]) -> String {
    let (ended, seen) = called(document, operation, parts).await;
    assert_eq!((ended.code, seen.len()), (2, 0), "{parts:?}: {ended:?}");
    ended.err
}

fn help(document: &str, operation: [&str; 2]) -> String {
    let all = ended(&command(document).args(operation).arg("--help").output().unwrap()).out;
    all.split_once("Parts of ").unwrap().1.to_owned()
}

const APPEND: [&str; 2] = ["feeds", "append"];
const CHANGE: [&str; 2] = ["feeds", "change"];
const REPLACE: [&str; 2] = ["feeds", "replace"];
const UPLOAD: [&str; 2] = ["pictures", "upload"];

#[test]
fn help_lists_the_parts_of_a_body() {
    insta::assert_snapshot!(help("bodies", UPLOAD));
    insta::assert_snapshot!(help("parts", APPEND));
    insta::assert_snapshot!(help("parts", REPLACE));
    insta::assert_snapshot!(help("parts", CHANGE), @r"
    multipart/mixed:
      note  text, with the header X-Size, may have the header X-Alt
    ");
}

#[tokio::test]
async fn parts_without_names_are_given_by_position_or_by_the_names_in_help() {
    let expected = [
        "Content-Type: application/json\r\n\r\n{\"title\":\"a\"}",
        "Content-Type: image/png\r\n\r\nPNG",
        "Content-Type: application/json\r\n\r\n[1,2]",
        "Content-Type: application/json\r\n\r\n{\"text\":\"b\"}",
        "Content-Type: application/json\r\n\r\n{}",
    ];
    let numbers = ["3=[1,2]", "2=PNG", r#"1={"title":"a"}"#];
    let by_number = sent(APPEND, &[&numbers[..], &[r#"={"text":"b"}"#, "={}"]].concat()).await;
    assert_eq!(by_number, expected);
    let names =
        ["part 2=PNG", "part 3=[1,2]", r#"manifest={"title":"a"}"#, r#"items={"text":"b"}"#, "items={}"];
    assert_eq!(sent(APPEND, &names).await, expected);
}

#[tokio::test]
async fn a_part_that_cannot_be_is_a_mistake() {
    let parts = ["1={}", "2=PNG", "3=[]", "part_4=x"];
    let nameless = refused("parts", APPEND, &parts).await;
    let all = "the body has no part 'part_4'; its parts are: 1 or manifest, 2 or part 2, 3 or part 3, items";
    assert!(nameless.contains(all), "{nameless}");
    let twice = refused("parts", APPEND, &["1={}", "manifest={}", "2=PNG", "3=[]"]).await;
    assert!(twice.contains("the part 1 or manifest can be given once only"), "{twice}");
    let closed = refused("parts", REPLACE, &["note=a", "more=b"]).await;
    assert!(closed.contains("the body has no part 'more'; its parts are: kind, note, near"), "{closed}");
    // One of its members is a part of its own, and where others can be, they are sent as they are given.
    assert_eq!(sent(REPLACE, &["note=a", "near[of]=b"]).await.len(), 3);
    let (open, seen) = called("bodies", UPLOAD, &["picture=x", "whatever=y"]).await;
    assert!(open.code == 0 && seen[0].body.contains("name=\"whatever\""), "{open:?}");
}

#[tokio::test]
async fn parts_that_have_to_be_there_are_asked_for() {
    let nameless = refused("parts", APPEND, &["2=PNG", "={}"]).await;
    let missing = "parts are required that are not given: '--part 1=JSON', '--part 3=JSON'";
    assert!(nameless.contains(missing), "{nameless}");
    let file = refused("bodies", UPLOAD, &["title=x"]).await;
    assert!(file.contains("parts are required that are not given: '--part picture=@FILE'"), "{file}");
    let none = refused("bodies", UPLOAD, &[]).await;
    assert!(none.contains("'--part picture=@FILE'"), "{none}");
    // What can be one text only need not be given; the body as a whole need not be there.
    let constant = sent(REPLACE, &["note=a"]).await;
    assert!(constant[1].ends_with("name=\"kind\"\r\nContent-Type: text/plain\r\n\r\nfeed"), "{constant:?}");
    let (optional, seen) = called("parts", REPLACE, &[]).await;
    assert_eq!((optional.code, &*seen[0].body, seen[0].header("content-type")), (0, "", None));
    let note = refused("parts", REPLACE, &["kind=feed"]).await;
    assert!(note.contains("'--part note=TEXT'"), "{note}");
    let header = refused("parts", CHANGE, &["note=a"]).await;
    assert!(header.contains("the part 'note' needs a header: '--part-header note:X-Size=VALUE'"), "{header}");
    let any = refused("parts", CHANGE, &[]).await;
    assert!(any.contains("the option '--part' is required"), "{any}");
}
