//! What becomes of answers of several parts, and of parts that are XML.

use modules::runtime::mock::Server;

use crate::support::server;

const PARTS: &[(&str, &str)] = &[("content-type", "multipart/form-data; boundary=b")];

fn part(name: &str, rest: &str, value: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n{value}\r\n")
}

#[tokio::test]
async fn parts_that_the_document_names_are_members() {
    use modules::bodies_parts_of_an_answer_are_members_or_come_one_by_one::{Client, Error};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let body = [
        part("file", "; filename=\"a.pdf\"\r\nContent-Type: application/pdf", "PDF"),
        part("about", "\r\nContent-Type: application/json", r#"{"title":"t"}"#),
        part("note", "", "7"),
        part("count", "", "7"),
        part("tags", "", "a"),
        part("tags", "", "b"),
        part("pictures", "", "1"),
        part("place", "\r\nContent-Type: application/xml", "<place code='3'><name>here</name></place>"),
        part("more", "", "m"),
        "--b--".to_owned(),
    ]
    .concat();
    server.on(client.reports().get("1")).times(1).respond_raw(200, PARTS, body);
    let report = client.reports().get("1").await.unwrap();
    assert_eq!(
        (report.about.title.as_str(), report.note.as_deref(), report.count),
        ("t", Some("7"), Some(7))
    );
    assert_eq!((report.file.file_name().as_deref(), &report.file.body()[..]), (Some("a.pdf"), &b"PDF"[..]));
    assert_eq!((report.tags.as_slice(), report.pictures.len()), (&["a".to_owned(), "b".to_owned()][..], 1));
    let place = report.place.unwrap();
    assert_eq!((place.name.as_deref(), place.code, report.rest.len()), (Some("here"), Some(3), 1));
    server.on(client.reports().get("1")).respond_raw(200, PARTS, part("file", "", "PDF") + "--b--");
    let missing = client.reports().get("1").await.unwrap_err();
    assert!(matches!(missing, Error::Decode { .. }), "{missing}");
    assert!(missing.to_string().contains("the part `about` is missing"), "{missing}");
}

#[tokio::test]
async fn parts_come_one_after_another() {
    use modules::bodies_parts_of_an_answer_are_members_or_come_one_by_one::{Client, reports::ExportResponse};
    const MIXED: &[(&str, &str)] = &[("content-type", "multipart/mixed; boundary=b")];
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let body = "--b\r\n\r\n{\"title\":\"x\"}\r\n--b\r\n\r\n{\"title\":\"y\"}\r\n--b--";
    server.on(client.reports().list()).respond_raw(200, MIXED, body);
    let mut listed = client.reports().list().await.unwrap();
    let mut titles = Vec::new();
    while let Some(about) = listed.next().await {
        titles.push(about.unwrap().title);
    }
    assert_eq!(titles, ["x", "y"]);
    let related: &[(&str, &str)] = &[("content-type", "multipart/related; boundary=b; type=\"text/xml\"")];
    server.on(client.reports().export()).respond_raw(200, related, body);
    let ExportResponse::OkParts(mut parts) = client.reports().export().await.unwrap() else { panic!("JSON") };
    let first = parts.next().await.unwrap().unwrap();
    assert_eq!((first.text().as_ref(), first.name()), ("{\"title\":\"x\"}", None));
}

fn sent(server: &Server) -> String {
    let requests = server.requests();
    let request = requests.last().unwrap();
    let media_type = request.header("content-type").unwrap().to_owned();
    let boundary = media_type.split_once("boundary=").unwrap().1;
    String::from_utf8(request.body().to_vec()).unwrap().replace(boundary, "b")
}

#[tokio::test]
async fn parts_are_written_as_xml() {
    use modules::bodies_parts_may_be_xml::{Client, pets::AddMultipart, types};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let toy = |name: &str| types::PetsAddToy::new().name(name);
    let body = AddMultipart::new(types::Pet::new(7).name("A&B")).toys([toy("x"), toy("y")]).raw("<a/>");
    server.on(client.pets().add(body.clone())).respond_json(204, ());
    client.pets().add(body).await.unwrap();
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let xml =
        |name: &str, family: &str, text: &str| part(name, &format!("\r\nContent-Type: {family}/xml"), text);
    let expected = [
        xml("pet", "application", &format!("{HEAD}<pet id=\"7\"><name>A&amp;B</name></pet>")),
        xml("toys", "text", &format!("{HEAD}<toys><name>x</name></toys>")),
        xml("toys", "text", &format!("{HEAD}<toys><name>y</name></toys>")),
        xml("raw", "application", "<a/>"),
        "--b--\r\n".to_owned(),
    ];
    assert_eq!(sent(&server), expected.concat());
}

/// Parts of text, one after another.
fn texts(parts: &[(&str, &str)]) -> String {
    parts.iter().map(|(name, text)| part(name, "\r\nContent-Type: text/plain", text)).collect()
}

#[tokio::test]
async fn parts_are_read_as_they_are_sent_in_every_style() {
    use modules::bodies_parts_of_an_answer_are_read_in_their_style::{Client, searches::PutMultipart, types};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let state = |state: &str| types::Filter::new().state(state);
    let by = [("k".to_owned(), vec![state("a[b]"), state("c")])].into_iter().collect();
    let filter = state("x&y").ids(vec![1, 2]).not(state("%41 +")).by(by);
    let point = types::SearchPoint::new().x(1).y(2);
    let (list, size) = (vec![state("1"), state("2")], types::SearchSize::new(3));
    let body = PutMultipart::new(filter.clone(), list.clone(), size.clone(), ["a b", "c"])
        .more([("n".to_owned(), 5)].into_iter().collect())
        .point(point.clone())
        .names(["n", "m"])
        .title("t");
    let own = [
        ("filter[by][k][0][state]", "a[b]"),
        ("filter[by][k][1][state]", "c"),
        ("filter[ids][0]", "1"),
        ("filter[ids][1]", "2"),
        ("filter[not][state]", "%41 +"),
        ("filter[state]", "x&y"),
        ("list[0][state]", "1"),
        ("list[1][state]", "2"),
        ("w", "3"),
        ("codes", "a b|c"),
        ("n", "5"),
        ("point", "x,1,y,2"),
        ("names", "n"),
        ("names", "m"),
        ("title", "t"),
    ];
    let written = texts(&own);
    server.on(client.searches().put(body.clone())).respond_raw(200, PARTS, format!("{written}--b--"));
    let answer = client.searches().put(body).await.unwrap();
    assert_eq!(sent(&server), format!("{written}--b--\r\n"));
    assert_eq!((answer.filter, answer.list, answer.size), (filter, list, size));
    assert_eq!((answer.codes, answer.point), (vec!["a b".to_owned(), "c".to_owned()], Some(point)));
    assert_eq!((answer.names, answer.title.as_deref()), (vec!["n".to_owned(), "m".to_owned()], Some("t")));
    assert_eq!((answer.more.unwrap().get("n"), answer.rest.len()), (Some(&5), 0));
}

#[tokio::test]
async fn what_is_styled_is_told_apart_whatever_its_shape() {
    use modules::bodies_what_is_styled_may_have_any_shape::{Client, styles::PutMultipart, types};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let text = |text: &str| types::Tree2::String(text.to_owned());
    let inner = types::Tree([("b".to_owned(), text("y"))].into_iter().collect());
    let leaves = [("a".to_owned(), text("x")), ("c".to_owned(), types::Tree2::Tree(inner))];
    let tree = types::Tree(leaves.into_iter().collect());
    let pairs = [types::Pair::new("1", 2), types::Pair::new("z", 3)];
    let any = types::AllAny::Size(types::Size::new(7));
    let body = PutMultipart::new(types::Size::new(3), "T", types::Pair::new("4", 5))
        .pairs(pairs.clone())
        .tree(tree.clone())
        .in_it(types::Size::new(6).title("t"))
        .more([("more".to_owned(), "m".to_owned()), ("n".to_owned(), "o".to_owned())].into_iter().collect())
        .any(any.clone());
    let own = [
        ("w", "3"),
        ("title", "T"),
        ("pair", "4|5"),
        ("pairs[0][0]", "1"),
        ("pairs[0][1]", "2"),
        ("pairs[1][0]", "z"),
        ("pairs[1][1]", "3"),
        ("tree[a]", "x"),
        ("tree[c][b]", "y"),
        ("in[it][title]", "t"),
        ("in[it][w]", "6"),
        ("more", "m"),
        ("n", "o"),
        ("any[w]", "7"),
    ];
    let written = texts(&own);
    server.on(client.styles().put(body.clone())).respond_raw(200, PARTS, format!("{written}--b--"));
    let answer = client.styles().put(body).await.unwrap();
    assert_eq!(sent(&server), format!("{written}--b--\r\n"));
    // `title` is a member of `size` too, and the part of that name.
    assert_eq!((answer.size, answer.title.as_str()), (types::Size::new(3), "T"));
    assert_eq!((answer.pair, answer.pairs), (types::Pair::new("4", 5), pairs.to_vec()));
    assert_eq!((answer.tree, answer.in_it.and_then(|size| size.title).as_deref()), (Some(tree), Some("t")));
    assert_eq!((answer.more.unwrap().len(), answer.any, answer.rest.len()), (2, Some(any), 0));
    let form: Vec<String> = own.iter().map(|(name, text)| format!("{name}={text}")).collect();
    let media: &[(&str, &str)] = &[("content-type", "application/x-www-form-urlencoded")];
    server.on(client.styles().get()).respond_raw(200, media, form.join("&"));
    let read = client.styles().get().await.unwrap();
    assert_eq!((read.size, read.title.as_str(), read.pair), (types::Size::new(3), "T", types::Pair::new("4", 5)));
    assert_eq!((read.pairs.unwrap().len(), read.in_it.unwrap().w, read.more.unwrap().len()), (2, 6, 2));
}

#[tokio::test]
async fn parts_without_names_stand_in_their_order() {
    use modules::bodies_parts_may_be_told_apart_by_their_position::{
        Client,
        feeds::{AppendMultipart, ReplaceMultipart},
        types,
    };
    const MIXED: &[(&str, &str)] = &[("content-type", "multipart/mixed; boundary=b")];
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let item = |text: &str| types::FeedsAppendRequest::new().text(text);
    let body = AppendMultipart::new(types::Manifest::new("t"), "PNG", vec![1, 2])
        .items([item("a"), item("b")])
        .cover_x_rate("5");
    let answer =
        "--b\r\nContent-ID: <z>\r\n\r\n{\"title\":\"m\"}\r\n--b\r\n\r\n7\r\n--b\r\n\r\n1\r\n--b\r\n\r\n2\r\n--b--";
    server.on(client.feeds().append(body.clone())).respond_raw(200, MIXED, answer);
    let answer = client.feeds().append(body).await.unwrap();
    assert_eq!((answer.manifest.title.as_str(), answer.part_2.as_str()), ("m", "7"));
    assert_eq!((answer.items, answer.rest.len()), (vec![1, 2], 0));
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let expected = [
        "--b\r\nContent-Type: application/json\r\n\r\n{\"title\":\"t\"}\r\n",
        "--b\r\nContent-Type: image/png\r\nX-Rate: 5\r\n\r\nPNG\r\n",
        "--b\r\nContent-Type: application/json\r\n\r\n[1,2]\r\n",
        &format!("--b\r\nContent-Type: application/xml\r\n\r\n{HEAD}<items><text>a</text></items>\r\n"),
        &format!(
            "--b\r\nContent-Type: application/xml\r\n\r\n{HEAD}<items><text>b</text></items>\r\n--b--\r\n"
        ),
    ];
    assert_eq!(sent(&server), expected.concat());
    use modules::runtime::multipart::FilePart;
    let pictures = [FilePart::from("x").media_type("image/gif"), FilePart::from("y").file_name("y.png")];
    let body = ReplaceMultipart::new().items(pictures);
    server.on(client.feeds().replace(body.clone())).respond_raw(204, &[], "");
    client.feeds().replace(body).await.unwrap();
    let named =
        "Content-Disposition: attachment; filename=\"y.png\"\r\nContent-Type: application/octet-stream";
    let expected = format!("--b\r\nContent-Type: image/gif\r\n\r\nx\r\n--b\r\n{named}\r\n\r\ny\r\n--b--\r\n");
    assert_eq!(sent(&server), expected);
}

#[tokio::test]
async fn positions_have_what_is_said_of_them_without_a_schema_of_their_own() {
    use modules::bodies_positions_may_have_no_schema_of_their_own::{
        Client,
        feeds::{AppendMultipart, ReplaceMultipart},
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let body = AppendMultipart::new().items(["PNG"]).part_1(serde_json::json!({ "a": 1 })).part_1_x_id("i");
    server.on(client.feeds().append(body.clone())).respond_raw(204, &[], "");
    client.feeds().append(body).await.unwrap();
    let first = "--b\r\nContent-Type: application/json\r\nX-Id: i\r\n\r\n{\"a\":1}\r\n";
    assert_eq!(sent(&server), format!("{first}--b\r\nContent-Type: image/png\r\n\r\nPNG\r\n--b--\r\n"));
    let gap = client.feeds().append(AppendMultipart::new().items(["PNG"])).await.unwrap_err();
    assert!(gap.to_string().contains("a part whose position is before it is not there"), "{gap}");
    let body = ReplaceMultipart::new("<p>").part_2("p {}").items(["more"]);
    server.on(client.feeds().replace(body.clone())).respond_raw(204, &[], "");
    client.feeds().replace(body).await.unwrap();
    let part = |kind: &str, text: &str| format!("--b\r\nContent-Type: text/{kind}\r\n\r\n{text}\r\n");
    let expected = part("html", "<p>") + &part("css", "p {}") + &part("plain", "more") + "--b--\r\n";
    assert_eq!(sent(&server), expected);
}

#[tokio::test]
async fn parts_within_parts_are_sent_and_read() {
    use modules::bodies_a_part_may_have_parts_of_its_own::{
        Client,
        mails::{SendBodyMultipart, SendFilesMultipart, SendMultipart, SendRepliesMultipart},
        types,
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let body = || {
        let index = types::MailFilesFirst::new().count(2);
        SendMultipart::new("s", SendBodyMultipart::new("t").picture("PNG").picture_x_rate("5"))
            .replies([SendRepliesMultipart::new("u"), SendRepliesMultipart::new("v").lang("en")])
            .replies_x_kind("k")
            .files(SendFilesMultipart::new(index).items(["x", "y"]))
    };
    let answer = [
        part("subject", "", "a"),
        part("body", "\r\nContent-Type: multipart/form-data; boundary=c", "--c\r\nContent-Disposition: form-data; name=text\r\n\r\nt\r\n--c--"),
        part("files", "\r\nContent-Type: multipart/mixed; boundary=c", "--c\r\n\r\n{\"count\":1}\r\n--c\r\n\r\nG1\r\n--c\r\n\r\nG2\r\n--c--"),
        "--b--".to_owned(),
    ];
    server.on(client.mails().send(body())).respond_raw(200, PARTS, answer.concat());
    let answer = client.mails().send(body()).await.unwrap();
    assert_eq!((answer.subject.as_str(), answer.body.text.as_str(), answer.replies.len()), ("a", "t", 0));
    let files = answer.files.unwrap();
    assert_eq!((files.index.count, files.items.len(), files.items[1].text().as_ref()), (Some(1), 2, "G2"));
    let mut text = sent(&server);
    for boundary in ["c", "d", "e", "f"] {
        let Some((_, rest)) = text.split_once("boundary=") else { panic!("{text}") };
        let own = rest[..32].to_owned();
        text = text.replace(&format!("boundary={own}"), &format!("own={boundary}")).replace(&own, boundary);
    }
    let inner = |boundary: &str, name: &str, rest: &str, value: &str| {
        part(name, rest, value).replacen("--b", &format!("--{boundary}"), 1)
    };
    let plain = "\r\nContent-Type: text/plain";
    let form = |boundary: &str| format!("\r\nContent-Type: multipart/form-data; own={boundary}");
    let kind = |boundary: &str| format!("{}\r\nX-Kind: k", form(boundary));
    let picture = inner("c", "picture", "; filename=\"picture\"\r\nContent-Type: image/png\r\nX-Rate: 5", "PNG");
    let files = "--f\r\nContent-Type: application/json\r\n\r\n{\"count\":2}\r\n--f\r\nContent-Type: image/gif\r\n\r\nx\r\n\
        --f\r\nContent-Type: image/gif\r\n\r\ny\r\n--f--\r\n";
    let lang = inner("e", "lang", plain, "en");
    let expected = [
        part("subject", plain, "s"),
        part("body", &form("c"), &format!("{}{picture}--c--\r\n", inner("c", "text", plain, "t"))),
        part("replies", &kind("d"), &format!("{}--d--\r\n", inner("d", "text", plain, "u"))),
        part("replies", &kind("e"), &format!("{}{lang}--e--\r\n", inner("e", "text", plain, "v"))),
        part("files", "\r\nContent-Type: multipart/mixed; own=f", files),
        "--b--\r\n".to_owned(),
    ];
    assert_eq!(text, expected.concat());
    let lacking = SendMultipart::new("s", SendBodyMultipart::new("t").picture("PNG"));
    let error = client.mails().send(lacking).await.unwrap_err();
    assert!(error.to_string().contains("it lacks a header that it has to have"), "{error}");
}

#[tokio::test]
async fn parts_may_be_null_and_lists_are_one_at_a_position() {
    use modules::bodies_parts_and_fields_may_be_null::{
        Client,
        parts::{PutItems2Multipart, PutItemsMultipart, PutMultipart, SendMultipart},
        types::Place,
    };
    const MIXED: &[(&str, &str)] = &[("content-type", "multipart/mixed; boundary=b")];
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let body = || SendMultipart::new().places([Some(Place::new().id(2)), None]);
    let answer = part("mail", "\r\nContent-Type: application/json", "null")
        + &part("places", "\r\nContent-Type: application/xml", "<here id='3'/>")
        + "--b--";
    server.on(client.parts().send(body())).respond_raw(200, PARTS, answer);
    let answer = client.parts().send(body()).await.unwrap();
    assert!(answer.mail.is_none());
    assert_eq!(answer.places.iter().flatten().map(|place| place.id).collect::<Vec<_>>(), [Some(3)]);
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let xml = part("places", "\r\nContent-Type: application/xml", &format!("{HEAD}<here id=\"2\"/>"));
    assert_eq!(sent(&server), xml + "--b--\r\n");
    let body = || {
        PutMultipart::new(vec![Place::new().id(1), Place::new().id(2)], PutItemsMultipart::new().a("x"))
            .items_2([PutItems2Multipart::new().text("t")])
    };
    let inner = |text: &str| format!("--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\n{text}\r\n--c--\r\n");
    let listing = "--b\r\n\r\n<listing><here id='1'/><here id='2'/></listing>\r\n";
    let answer = format!("{listing}{}{}{}--b--", inner("x"), inner("t"), inner("u"));
    server.on(client.parts().put(body())).respond_raw(200, MIXED, answer);
    let answer = client.parts().put(body()).await.unwrap();
    assert_eq!(answer.listing.iter().map(|place| place.id).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!((answer.items.a.as_deref(), answer.items_2.len()), (Some("x"), 2));
    assert_eq!(answer.items_2[1].text.as_deref(), Some("u"));
    let text = sent(&server);
    let listing = format!("--b\r\nContent-Type: application/xml\r\n\r\n{HEAD}<listing><here id=\"1\"/><here id=\"2\"/></listing>\r\n");
    assert!(text.starts_with(&listing), "{text}");
    assert_eq!(text.matches("Content-Type: multipart/mixed; boundary=").count(), 2, "{text}");
}
