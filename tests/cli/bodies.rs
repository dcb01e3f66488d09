//! Bodies of every kind, as they stand on the wire.

use std::path::Path;

use http_body_util::Full;
use serde_json::json;

use crate::apis::call;
use crate::program::{Ended, Seen, Server};

async fn server() -> Server {
    Server::start(|_| hyper::Response::builder().status(204).body(Full::default()).unwrap()).await
}

async fn sent(arguments: &[&str]) -> Seen {
    let server = server().await;
    let ended = call("bodies", &server, arguments).await;
    assert_eq!(ended.code, 0, "{arguments:?}: {ended:?}");
    server.only()
}

/// A mistake: nothing is sent.
async fn refused(arguments: &[&str]) -> Ended {
    let server = server().await;
    let ended = call("bodies", &server, arguments).await;
    assert_eq!((ended.code, server.seen().len()), (2, 0), "{arguments:?}: {ended:?}");
    ended
}

fn file(name: &str, contents: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, contents).unwrap();
    path.display().to_string()
}

/// The parts of a body, each its headers and what is in it.
fn parts(seen: &Seen) -> Vec<(Vec<String>, String)> {
    let media_type = seen.header("content-type").unwrap();
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = seen.body.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
    let parts = body.strip_prefix(&format!("--{boundary}\r\n")).unwrap();
    let between = format!("\r\n--{boundary}\r\n");
    let parts = parts.split(&between).map(|part| part.split_once("\r\n\r\n").unwrap());
    parts.map(|(head, body)| (head.split("\r\n").map(str::to_lowercase).collect(), body.to_owned())).collect()
}

/// The media type of each part, and what is in it.
fn typed(seen: &Seen) -> Vec<(String, String)> {
    let media_type = |head: &[String]| {
        let line = head.iter().find_map(|line| line.strip_prefix("content-type: "));
        line.unwrap_or_default().to_owned()
    };
    parts(seen).iter().map(|(head, body)| (media_type(head), body.clone())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(media_type, body)| ((*media_type).to_owned(), (*body).to_owned())).collect()
}

#[tokio::test]
async fn a_part_is_text_json_or_a_file() {
    let picture = format!("picture=@{}", file("a.png", "PNG"));
    let arguments = ["pictures", "upload", "--part", &picture, "--part", "title=a=b", "--part"];
    let seen = sent(&[&arguments[..], &[r#"place={"name": "x", "of": null}"#]].concat()).await;
    let expected =
        [("image/png", "PNG"), ("text/plain", "a=b"), ("application/json", r#"{"name": "x", "of": null}"#)];
    assert_eq!(typed(&seen), pairs(&expected));
    let dispositions: Vec<String> = parts(&seen).into_iter().map(|(head, _)| head[0].clone()).collect();
    let named = ["name=\"picture\"; filename=\"a.png\"", "name=\"title\"", "name=\"place\""];
    assert_eq!(dispositions, named.map(|name| format!("content-disposition: form-data; {name}")));
}

#[tokio::test]
async fn a_file_says_its_type_and_its_name() {
    let path = file("b.bin", "bytes");
    let given = format!("picture=@{path};type=image/webp;filename=c.webp");
    let seen = sent(&["pictures", "upload", "--part", &given]).await;
    assert_eq!(typed(&seen), pairs(&[("image/webp", "bytes")]));
    assert!(parts(&seen)[0].0[0].ends_with("filename=\"c.webp\""), "{seen:?}");
    // What the document gives a range for is what files are otherwise.
    let seen =
        sent(&["pictures", "upload", "--part=picture=x", "--part", &format!("thumbnails=@{path}")]).await;
    assert_eq!(typed(&seen)[1..], pairs(&[("application/octet-stream", "bytes")]));
}

#[tokio::test]
async fn a_part_that_is_a_list_is_given_for_each_item() {
    let path = file("d.bin", "1");
    let (first, second) = (format!("thumbnails=@{path}"), format!("thumbnails=@{path};type=image/gif"));
    let given = [
        "picture=x",
        "tags=a",
        "tags=b",
        r#"people={"name":"x"}"#,
        r#"people={"name":"y"}"#,
        &first,
        &second,
    ];
    let options: Vec<&str> = given.iter().flat_map(|part| ["--part", part]).collect();
    let seen = sent(&[&["pictures", "upload"], &options[..]].concat()).await;
    let expected = [
        ("image/png", "x"),
        ("text/plain", "a"),
        ("text/plain", "b"),
        ("application/json", r#"{"name":"x"}"#),
        ("application/json", r#"{"name":"y"}"#),
        ("application/octet-stream", "1"),
        ("image/gif", "1"),
    ];
    assert_eq!(typed(&seen), pairs(&expected));
}

#[tokio::test]
async fn the_media_type_is_the_one_that_is_asked_for() {
    let place = r#"{"name":"x","of":null}"#;
    for (options, media_type, body) in [
        (&["--body", place][..], "application/json", place),
        (
            &["--body", place, "--content-type", "application/vnd.place+json"],
            "application/vnd.place+json",
            place,
        ),
        (
            &["--body", place, "--content-type=application/x-www-form-urlencoded"],
            "application/x-www-form-urlencoded",
            "name=x",
        ),
        (&["--body", "a b", "--content-type=text/plain"], "text/plain", "a b"),
        (
            &["--body", "{\"name\":\"x\"}\n{}\n", "--content-type=application/jsonl"],
            "application/jsonl",
            "{\"name\":\"x\"}\n{}\n",
        ),
    ] {
        let seen = sent(&[&["notes", "note"], options].concat()).await;
        assert_eq!((seen.header("content-type"), &*seen.body), (Some(media_type), body));
    }
    assert_eq!(sent(&["notes", "note"]).await.header("content-type"), None);
    let wrong = refused(&["notes", "note", "--body", "x", "--content-type", "image/png"]).await;
    assert!(wrong.err.contains("text/plain"), "{}", wrong.err);
}

#[tokio::test]
async fn a_text_is_sent_in_its_own_bytes() {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("latin1.txt");
    std::fs::write(&file, b"caf\xe9").unwrap();
    let (file, latin) = (format!("@{}", file.display()), "text/plain; charset=iso-8859-1");
    let seen = sent(&["notes", "note", "--body", &file, "--content-type", latin]).await;
    // Four bytes, of which the last is no UTF-8.
    assert_eq!((seen.header("content-type"), seen.header("content-length")), (Some(latin), Some("4")));
    assert_eq!(seen.body, "caf\u{fffd}");
    let described = "text/csv; charset=iso-8859-1";
    let seen = sent(&["notes", "note", "--body", &file, "--content-type", described]).await;
    assert_eq!((seen.header("content-length"), seen.body.as_str()), (Some("4"), "caf\u{fffd}"));
    let told = refused(&["notes", "note", "--body", &file, "--content-type", "text/plain"]).await;
    assert!(told.err.contains("the body is not UTF-8 text"), "{told:?}");
}

#[tokio::test]
async fn a_body_that_cannot_be_sent_as_it_is_given_is_a_mistake() {
    let form = "--content-type=application/x-www-form-urlencoded";
    let twice = "the body has the member `/of/1/a` twice";
    for (options, message) in [
        (&["--body", "-"][..], "the body is empty"),
        (&["--body", "{\"name\":"], "the body is not JSON: EOF while parsing a value"),
        (&["--body", "name=a", form], "a body in application/x-www-form-urlencoded is given as JSON"),
        (&["--body", r#"{"of":[1,{"a":1,"b":2,"a":3}],"name":"x"}"#], twice),
        (&["--body", r#"{"name":"x"}"#, "--body", "{}"], "cannot be used multiple times"),
        (&["--body", r#"{"name":["x"]}"#], "at name: invalid type"),
        (&["--content-type", "text/plain"], "'--content-type' cannot be used without a body"),
        (&["--body", "@no-such-file"], "the file 'no-such-file' cannot be read"),
    ] {
        let ended = refused(&[&["notes", "note"], options].concat()).await;
        assert!(ended.err.contains(message), "{ended:?}");
    }
    let part = r#"shape={"name":"a","name":"b"}"#;
    let part = refused(&["pictures", "upload", "--part", "picture=x", "--part", part]).await;
    assert!(part.err.contains("shape has the member `/name` twice"), "{part:?}");
}

#[tokio::test]
async fn a_range_needs_the_type_of_the_body() {
    let image = format!("@{}", file("e.gif", "GIF"));
    let seen = sent(&["pictures", "image", "--body", &image, "--content-type", "image/gif"]).await;
    assert_eq!((seen.header("content-type"), &*seen.body), (Some("image/gif"), "GIF"));
    refused(&["pictures", "image", "--body", &image]).await;
    refused(&["pictures", "image", "--body", &image, "--content-type", "text/plain"]).await;
    refused(&["pictures", "image"]).await;
}

#[tokio::test]
async fn bytes_go_to_a_file_or_are_base64_in_the_envelope() {
    let png: &[u8] = &[0x89, b'P', 0xFF, 0];
    let server = Server::start(move |seen| {
        let media_type = if seen.header("accept") == Some("text/plain") { "text/plain" } else { "image/png" };
        let answer = hyper::Response::builder().header("content-type", media_type);
        answer.body(Full::new(if media_type == "text/plain" { "text".into() } else { png.into() })).unwrap()
    })
    .await;
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("f.png");
    let output = path.display().to_string();
    let ended = call("bodies", &server, &["--output", &output, "pictures", "picture"]).await;
    assert_eq!((ended.code, &*ended.out, std::fs::read(&path).unwrap()), (0, "", png.to_vec()));
    assert_eq!(server.only().header("accept"), Some("image/png, text/plain"));
    let printed = call("bodies", &server, &["--include", "pictures", "picture"]).await.json();
    assert_eq!((&printed["bodyBase64"], printed.get("body")), (&json!("iVD/AA=="), None));
    let text = call("bodies", &server, &["pictures", "picture", "--accept", "text/plain"]).await;
    assert_eq!(text.out, "text");
}

#[tokio::test]
async fn what_is_in_a_part_is_given_by_the_names_of_both() {
    let file = format!("more.file=@{}", file("e.gif", "GIF"));
    let given = ["more.note=a.b", "picture=x", r#"more.place={"name":"x"}"#, &file];
    let options: Vec<&str> = given.iter().flat_map(|part| ["--part", part]).collect();
    let seen = sent(&[&["pictures", "upload"], &options[..]].concat()).await;
    let all = typed(&seen);
    assert_eq!(all[0], ("image/png".to_owned(), "x".to_owned()));
    let boundary = all[1].0.strip_prefix("multipart/mixed; boundary=").unwrap();
    let head = |name: &str| format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
    let expected = format!(
        "{}\r\nContent-Type: text/plain\r\n\r\na.b\r\n{}\r\nContent-Type: application/json\r\n\r\n{{\"name\":\"x\"}}\r\n\
        {}; filename=\"e.gif\"\r\nContent-Type: image/gif\r\n\r\nGIF\r\n--{boundary}--\r\n",
        head("note"),
        head("place"),
        head("file")
    );
    assert_eq!((all[1].1.as_str(), all.len()), (expected.as_str(), 2));
    // A whole part is sent as it is.
    let whole = ["pictures", "upload", "--part", "picture=x", "--part", "more=--c--"];
    assert_eq!(typed(&sent(&whole).await)[1], ("multipart/mixed".to_owned(), "--c--".to_owned()));
    let both = refused(&[&whole[..], &["--part", "more.note=a"]].concat()).await;
    assert!(both.err.contains("'more' and 'more.note' cannot both be given"), "{both:?}");
    // A name with a dot of its own is that part's.
    let dotted = sent(&["pictures", "upload", "--part", "picture=x", "--part", "more.of=y"]).await;
    assert_eq!(typed(&dotted)[1], ("text/plain".to_owned(), "y".to_owned()));
}

#[tokio::test]
async fn parts_may_have_headers_of_their_own() {
    let given = ["pictures", "upload", "--part", "picture=x", "--part", "title=a", "--part-header"];
    let seen = sent(&[&given[..], &["title:X-Note=a=b:c"]].concat()).await;
    let heads: Vec<Vec<String>> = parts(&seen).into_iter().map(|(head, _)| head).collect();
    assert!(heads[1].contains(&"x-note: a=b:c".to_owned()) && heads[0].len() == 2, "{heads:?}");
    for (wrong, reason) in [
        ("title", "expected NAME:HEADER=VALUE"),
        ("note:X-Note=5", "no part 'note' is given"),
        ("title:X Note=5", "X Note"),
    ] {
        let told = refused(&[&given[..], &[wrong]].concat()).await;
        assert!(told.err.contains(reason), "{told:?}");
    }
}

#[tokio::test]
async fn a_part_that_is_xml_is_given_as_json() {
    let given = ["pictures", "upload", "--part", "picture=x", "--part", r#"shape={"name": "a&b"}"#];
    let seen = sent(&given).await;
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Place><name>a&amp;b</name></Place>";
    assert_eq!(typed(&seen)[1], ("text/xml".to_owned(), xml.to_owned()));
    let as_it_is = sent(&["pictures", "upload", "--part", "picture=x", "--part", "shape=<Place/>"]).await;
    assert_eq!(typed(&as_it_is)[1].1, "<Place/>");
}

#[tokio::test]
async fn parts_stand_between_one_boundary_whatever_media_type_is_asked_for() {
    for wanted in ["multipart/form-data", "multipart/form-data; boundary=q; x=y"] {
        let seen = sent(&["pictures", "upload", "--part", "picture=x", "--content-type", wanted]).await;
        let media_type = seen.header("content-type").unwrap().replace("; x=y", "");
        let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        assert!(seen.body.starts_with(&format!("--{boundary}\r\n")), "{seen:?}");
    }
    let whole = refused(&["pictures", "upload", "--body", "{}"]).await;
    assert!(whole.err.contains("each of which is a '--part NAME=VALUE'"), "{whole:?}");
}

#[tokio::test]
async fn an_object_whose_members_are_parts_is_given_as_json() {
    let near = r#"near={"name":"a","of":null}"#;
    let given = ["pictures", "upload", "--part", near, "--part", "near[of]=b", "--part", "picture=x"];
    let seen = parts(&sent(&given).await);
    let named = |at: usize| (seen[at].0[0].rsplit("; name=").next().unwrap(), seen[at].1.as_str());
    assert_eq!((named(0), named(1)), (("\"near[name]\"", "a"), ("\"near[of]\"", "b")));
    // An item and a text are one part each, whatever they look like.
    for given in [r#"spots={"name":"a"}"#, r#"memo={"name":"a"}"#, "near=text"] {
        let as_it_is = parts(&sent(&["pictures", "upload", "--part", "picture=x", "--part", given]).await);
        assert_eq!((as_it_is.len(), &*as_it_is[1].1), (2, given.split_once('=').unwrap().1));
    }
    let number = r#"near={"at":12345678901234567890123}"#;
    let error = refused(&["pictures", "upload", "--part", "picture=x", "--part", number]).await;
    assert!(error.err.contains("near has a number with too many digits"), "{error:?}");
}

#[tokio::test]
async fn a_form_spells_instants_as_they_were_given() {
    let place = r#"{"name": "2022-08-26T16:38:00Z", "at": "2022-08-26T18:38:00.00+02:00"}"#;
    let form = ["--body", place, "--content-type=application/x-www-form-urlencoded"];
    // The name is no instant, and is left alone; so is then what could be taken for it.
    assert!(
        sent(&[&["notes", "note"], &form[..]].concat()).await.body.contains("name=2022-08-26T16%3A38%3A00Z")
    );
    let place = r#"{"name": "x", "at": "2022-08-26T18:38:00.00+02:00"}"#;
    let form = ["--body", place, "--content-type=application/x-www-form-urlencoded"];
    let seen = sent(&[&["notes", "note"], &form[..]].concat()).await;
    assert!(seen.body.contains("at=2022-08-26T18%3A38%3A00.00%2B02%3A00"), "{}", seen.body);
}

async fn answered(media_type: &'static str, body: &'static str, call_of: &str) -> Ended {
    let server = Server::start(move |_| {
        let answer = hyper::Response::builder().header("content-type", media_type);
        answer.body(Full::new(body.into())).unwrap()
    })
    .await;
    call("bodies", &server, &["pictures", call_of]).await
}

#[tokio::test]
async fn parts_of_an_answer_are_members_or_lines() {
    let named = "--b\r\nContent-Disposition: form-data; name=place\r\n\r\n{\"name\":\"a\"}\r\n\
        --b\r\nContent-Disposition: form-data; name=picture\r\nContent-Type: image/png\r\n\r\nPNG\r\n\
        --b\r\nContent-Disposition: form-data; name=pages\r\n\r\n7\r\n\
        --b\r\nContent-Disposition: form-data; name=near[name]\r\n\r\nn\r\n\
        --b\r\nContent-Disposition: form-data; name=more\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n\
        --c\r\nContent-Disposition: form-data; name=file\r\n\r\nG\r\n--c\r\nContent-Disposition: form-data; name=count\r\n\r\n2\r\n--c--\r\n--b--";
    let shown = answered("multipart/form-data; boundary=b", named, "parts").await;
    assert_eq!(
        shown.json(),
        json!({"place": {"name": "a"}, "near": {"name": "n"}, "picture": "UE5H", "pages": [7], "more": {"count": 2, "file": "G"}}),
        "{shown:?}"
    );
    let mixed = "--b\r\n\r\n{\"name\":\"a\",\"at\":\"2022-08-26T18:38:00.00+02:00\"}\r\n--b\r\n\r\n{\"name\":\"b\"}\r\n--b--";
    let shown = answered("multipart/mixed; boundary=b", mixed, "feed").await;
    assert_eq!(shown.out, "{\"name\":\"a\",\"at\":\"2022-08-26T18:38:00.00+02:00\"}\n{\"name\":\"b\"}\n");
    assert_eq!(answered("multipart/mixed; boundary=b", "--b\r\n\r\nx", "feed").await.code, 4);
}
