//! What clients send along, byte for byte.

use modules::runtime::content::Content;
use modules::runtime::lines::JsonLines;
use modules::runtime::mock::{Received, Server};
use modules::runtime::multipart::{FilePart, Multipart, Part};
use modules::runtime::{Base64, Upload};
use serde_json::json;

use crate::support::server;

/// The media type and the body of the last request; a boundary is `B`.
fn last(server: &Server) -> (String, String) {
    let requests = server.requests();
    let request: &Received = requests.last().unwrap();
    let media_type = request.header("content-type").unwrap_or_default().to_owned();
    let body = String::from_utf8(request.body().to_vec()).unwrap();
    match media_type.split_once("boundary=") {
        Some((before, boundary)) => (format!("{before}boundary=B"), body.replace(boundary, "B")),
        None => (media_type, body),
    }
}

/// Makes a call that the server expects to be made.
macro_rules! send {
    ($server:expr, $call:expr) => {
        $server.on($call).respond_json(204, ());
        $call.await.unwrap();
    };
}

macro_rules! check {
    ($server:expr, $media_type:expr, $body:expr) => {
        assert_eq!(last(&$server), ($media_type.to_owned(), $body.replace('\n', "\r\n")))
    };
}

#[tokio::test]
async fn a_caller_chooses_the_media_type() {
    use modules::bodies_a_caller_chooses_among_media_types::{
        Client,
        notes::{CreateBody, CreateMultipart},
        types::Note,
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let notes = client.notes();
    let note = Note::new("a b").text("c&d");
    send!(server, notes.create(&note));
    check!(server, "application/json", r#"{"title":"a b","text":"c&d"}"#);
    send!(server, notes.create(CreateBody::Form(&note)));
    check!(server, "application/x-www-form-urlencoded", "text=c%26d&title=a+b");
    send!(server, notes.create(CreateBody::Text("x".to_owned())));
    check!(server, "text/plain; charset=utf-8", "x");
    send!(server, notes.create(CreateBody::VndNoteJson(std::slice::from_ref(&note))));
    check!(server, "application/vnd.note+json", r#"[{"title":"a b","text":"c&d"}]"#);
    send!(server, notes.create(CreateMultipart::new("x")));
    let part = "--B\nContent-Disposition: form-data; name=\"title\"\nContent-Type: text/plain\n\nx\n--B--\n";
    check!(server, "multipart/form-data; boundary=B", part);
    send!(server, notes.create(Upload::from("bytes")));
    check!(server, "application/octet-stream", "bytes");
    send!(server, notes.create(Content::new("image/png", "picture")));
    check!(server, "image/png", "picture");
    send!(server, notes.create(CreateBody::Ndjson(JsonLines::from([note.clone()]))));
    assert_eq!(last(&server).1, "{\"title\":\"a b\",\"text\":\"c&d\"}\n");
    assert_eq!(CreateBody::MEDIA_TYPES.len(), 8);
    let error = notes.create(Content::new("text/html", "x")).await.unwrap_err();
    assert!(error.to_string().contains("it is not in the range"), "{error}");
}

#[tokio::test]
async fn a_body_that_is_not_set_has_no_media_type() {
    use modules::bodies_a_caller_chooses_among_media_types::{Client, notes::ReplaceBody, types::Note};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    send!(server, client.notes().replace());
    check!(server, "", "");
    send!(server, client.notes().replace().body(&[Note::new("a")]));
    check!(server, "application/merge-patch+json", r#"[{"title":"a"}]"#);
    send!(server, client.notes().replace().body(ReplaceBody::Json(&[])));
    check!(server, "application/json", "[]");
}

#[tokio::test]
async fn parts_are_written_as_the_document_says() {
    use modules::bodies_parts_of_a_multipart_body_are_arguments_and_setters::{
        Client, pictures::UploadMultipart, types,
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let body = UploadMultipart::new(FilePart::from("PNG").file_name("a\"b.png"), "é")
        .picture_x_rate("5")
        .place(types::PicturesUploadPlace::new().name("here"))
        .tags(["a", "b"])
        .thumbnails([FilePart::from("t").media_type("image/webp"), FilePart::from("u")])
        .filter(types::PicturesUploadFilter::new().min(1).by(vec!["x".to_owned()]))
        .codes([1, 2])
        .hash(Base64::from(&b"hi"[..]))
        .part(Part::text("more", "m"));
    send!(server, client.pictures().upload(body.clone()));
    let part = |name: &str, rest: &str, value: &str| {
        format!("--B\nContent-Disposition: form-data; name=\"{name}\"{rest}\n\n{value}\n")
    };
    let text = "\nContent-Type: text/plain";
    let expected = [
        part("picture", "; filename=\"a%22b.png\"\nContent-Type: image/png\nX-Rate: 5", "PNG"),
        part("title", "\nContent-Type: text/x-title", "é"),
        part("kind", text, "photo"),
        part("place", "\nContent-Type: application/json", r#"{"name":"here"}"#),
        part("tags", text, "a"),
        part("tags", text, "b"),
        part("thumbnails", "; filename=\"thumbnails\"\nContent-Type: image/webp", "t"),
        part("thumbnails", "; filename=\"thumbnails\"\nContent-Type: application/octet-stream", "u"),
        part("filter[by][0]", text, "x"),
        part("filter[min]", text, "1"),
        part("codes", text, "1,2"),
        part("hash", text, "aGk="),
        part("more", text, "m"),
    ];
    check!(server, "multipart/form-data; boundary=B", expected.concat() + "--B--\n");
    let error = client.pictures().upload(UploadMultipart::new("PNG", "x")).await.unwrap_err();
    assert!(error.to_string().contains("a header that it has to have"), "{error}");
}

#[tokio::test]
async fn parts_may_be_put_together_at_run_time() {
    use modules::bodies_a_body_may_have_parts_that_are_all_optional::{Client, reports::SendMultipart};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    send!(server, client.reports().send());
    check!(server, "", "");
    send!(server, client.reports().send().body(SendMultipart::new().text("a").data(["x"])));
    let text = "--B\nContent-Disposition: form-data; name=\"text\"\nContent-Type: text/plain\n\na\n";
    let data = "--B\nContent-Disposition: form-data; name=\"data\"; filename=\"data\"\nContent-Type: application/octet-stream\n\nx\n";
    check!(server, "multipart/mixed; boundary=B", format!("{text}{data}--B--\n"));
    let mut parts = Multipart::default();
    parts.push(Part::text("text", "a"));
    send!(server, client.reports().replace(parts.clone()));
    check!(server, "multipart/related; boundary=B", format!("{text}--B--\n"));
}

#[tokio::test]
async fn fields_of_a_form_are_written_in_their_style() {
    use modules::bodies_fields_of_a_form_are_written_in_their_style::{Client, types};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let texts = |values: [&str; 2]| values.map(str::to_owned).to_vec();
    let map = |key: &str, value: &str| [(key.to_owned(), value.to_owned())].into();
    let card = types::ChargesCreateCard::new().number("42").owner(map("name", "a b")).tags(texts(["x", "y"]));
    let body = types::ChargesCreateRequest::new()
        .amount(1.5)
        .names(texts(["a", "b,c"]))
        .plain(map("k", "v"))
        .card(card)
        .exploded([("R".to_owned(), 1), ("G".to_owned(), 2)].into())
        .comma(texts(["a", "b,c"]))
        .space(texts(["a", "b c"]))
        .pipe(texts(["a", "b|c"]))
        .json(vec![1, 2])
        .url("https://a.b/c?d=e&f");
    send!(server, client.charges().create(&body));
    let expected = "amount=1.5&card%5Bnumber%5D=42&card%5Bowner%5D%5Bname%5D=a+b&card%5Btags%5D%5B0%5D=x&card%5Btags%5D%5B1%5D=y\
        &comma=a,b%2Cc&G=2&R=1&json=1&json=2&names=a&names=b%2Cc&pipe=a%7Cb%7Cc&plain=%7B%22k%22%3A%22v%22%7D\
        &space=a%20b+c&url=https://a.b/c?d=e%26f";
    check!(server, "application/x-www-form-urlencoded", expected);
}

#[tokio::test]
async fn json_values_stand_on_lines() {
    use modules::bodies_json_values_are_written_line_by_line::{Client, types::Event};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let events = vec![Event::new(1), Event::new(2)];
    send!(server, client.events().append(events.clone()));
    assert_eq!(last(&server), ("application/jsonl".to_owned(), "{\"at\":1}\n{\"at\":2}\n".to_owned()));
    send!(server, client.events().replace(&events));
    assert_eq!(last(&server).1, "\u{1e}{\"at\":1}\n\u{1e}{\"at\":2}\n");
    send!(server, client.events().name(["a".to_owned(), "b".to_owned()]));
    assert_eq!(last(&server).1, "\"a\"\n\"b\"\n");
    send!(server, client.events().import("1\n2\n"));
    assert_eq!(last(&server), ("application/x-ndjson".to_owned(), "1\n2\n".to_owned()));
}

#[tokio::test]
async fn a_range_of_a_described_structure_may_be_json() {
    use modules::bodies_a_range_takes_the_media_type_of_the_caller::{Client, types::Thing};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    send!(server, client.pictures().put(("image/gif", "GIF")));
    check!(server, "image/gif", "GIF");
    send!(server, client.things().create(&Thing::new().name("a")));
    check!(server, "application/json", r#"{"name":"a"}"#);
    send!(server, client.things().create(Content::new("application/yaml", "name: a")));
    check!(server, "application/yaml", "name: a");
}

#[tokio::test]
async fn binary_under_json_is_sent_as_it_is() {
    use modules::bodies_binary_is_binary_however_it_is_spelt::{Client, files::UploadMultipart};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    send!(server, client.files().replace(&b"\x01\x02"[..]));
    check!(server, "application/json", "\u{1}\u{2}");
    send!(server, client.files().upload(UploadMultipart::new(Upload::from("x")).xml("<a/>")));
    let (_, body) = last(&server);
    assert!(body.contains("name=\"typeless\"; filename=\"typeless\"\r\nContent-Type: image/png\r\n\r\nx"), "{body}");
    assert!(body.contains("name=\"xml\"\r\nContent-Type: application/xml\r\n\r\n<a/>"), "{body}");
}

#[tokio::test]
async fn parts_of_which_nothing_is_said_are_sent_as_they_are() {
    use modules::bodies_parts_of_which_nothing_is_said_are_files::{Client, files::UploadMultipart};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let body = UploadMultipart::new(&b"PNG"[..]).bare([&b"\x01"[..]]).xml("<a/>");
    let body = body.json(json!({ "a": "b" })).text("c".into());
    send!(server, client.files().upload(body.clone()));
    let (_, body) = last(&server);
    for (name, rest) in [
        ("icon", "; filename=\"icon\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n"),
        ("bare", "; filename=\"bare\"\r\nContent-Type: application/octet-stream\r\n\r\n\u{1}\r\n"),
        ("xml", "; filename=\"xml\"\r\nContent-Type: application/xml\r\n\r\n<a/>\r\n"),
        ("json", "\r\nContent-Type: application/json\r\n\r\n{\"a\":\"b\"}\r\n"),
        ("text", "\r\nContent-Type: text/plain\r\n\r\nc\r\n"),
    ] {
        assert!(body.contains(&format!("name=\"{name}\"{rest}")), "{name}: {body}");
    }
}

#[tokio::test]
async fn text_in_json_has_its_quotation_marks_in_both_directions() {
    use modules::bodies_text_may_be_written_as_json::{Client, texts::PartsMultipart, types::Texts};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let texts = Texts::new("5", vec!["true".to_owned(), "a\"b".to_owned()], "{\"a\":1}");
    let form = "json=%7B%22a%22%3A1%7D&list=%22true%22&list=%22a%5C%22b%22&text=%225%22";
    const FORM: &[(&str, &str)] = &[("content-type", "application/x-www-form-urlencoded")];
    server.on(client.texts().form(&texts)).respond_raw(200, FORM, form);
    assert_eq!(client.texts().form(&texts).await.unwrap(), texts);
    assert_eq!(last(&server).1, form);
    let part = |name: &str, body: &str| {
        format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: application/json\r\n\r\n{body}\r\n")
    };
    let parts = part("text", "\"5\"") + &part("list", "\"true\"") + &part("list", "\"a\\\"b\"") + &part("json", "\"x\"") + "--B--\r\n";
    const PARTS: &[(&str, &str)] = &[("content-type", "multipart/form-data; boundary=B")];
    let body = || PartsMultipart::new("5", ["true", "a\"b"], "\"x\"");
    server.on(client.texts().parts(body())).respond_raw(200, PARTS, parts.clone());
    let back = client.texts().parts(body()).await.unwrap();
    assert_eq!((back.text, back.list, back.json.as_str()), (texts.text, texts.list, "\"x\""));
    assert_eq!(last(&server).1, parts);
}

#[tokio::test]
async fn xml_is_what_its_schema_says_in_both_directions() {
    use modules::bodies_xml_is_written_and_read_by_its_keywords::{
        Client, Error,
        books::GetError,
        types::{Author, Book, BookInput},
    };
    const XML: &[(&str, &str)] = &[("content-type", "text/xml; charset=utf-8")];
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let book = BookInput::new(7, vec!["a".to_owned()], vec![Author::new().name("A&B").born(1.5)]);
    let book = book.lang("en").part_of(BookInput::new(1, Vec::new(), Vec::new()));
    let written = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<book xmlns=\"https://example.com/books\" id=\"7\" \
        xmlns:x=\"https://example.com/x\" x:lang=\"en\"><tag>a</tag><authors><author born=\"1.5\">A&amp;B</author></authors>\
        <book id=\"1\"><authors/></book></book>";
    server.on(client.books().put(&book)).times(1).respond_raw(200, XML, written);
    let back = client.books().put(&book).await.unwrap();
    assert_eq!(last(&server), ("application/xml".to_owned(), written.to_owned()));
    assert_eq!((back.id, back.tags.as_slice(), &back.authors), (7, &["a".to_owned()][..], &book.authors));
    assert_eq!(back.part_of.as_ref().map(|whole| whole.id), Some(1));
    server.on(client.books().get()).times(1).respond(Book::clone(&back));
    assert_eq!(client.books().get().await.unwrap(), back);
    server.on(client.books().get()).times(1).respond_raw(404, XML, "<Problem><title>gone</title></Problem>");
    let Err(Error::Api(GetError::NotFound(problem), _)) = client.books().get().await else { panic!("no error") };
    assert_eq!(problem.title, "gone");
    server.on(client.books().get()).respond_raw(200, XML, "<book id='x'/>");
    let error = client.books().get().await.unwrap_err();
    assert!(error.to_string().contains("at id: invalid type: string"), "{error}");
}

#[tokio::test]
async fn items_in_xml_stand_in_their_order_in_both_directions() {
    use modules::bodies_xml_items_may_each_stand_as_they_are_described::{
        Client, Error,
        types::{Report, Unit},
    };
    const XML: &[(&str, &str)] = &[("content-type", "application/xml")];
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let mut report = Report::new("Before, ", 4.5, Unit::new("cm", 2.0), " after.");
    report.rest = vec![true, false];
    let written = format!(
        "{HEAD}<Report>Before, <data>4.5</data><unit unit=\"cm\">2.0</unit> after.<flag>true</flag><flag>false</flag></Report>"
    );
    server.on(client.reports().put(&report)).times(1).respond_raw(200, XML, written.clone());
    let back = client.reports().put(&report).await.unwrap();
    assert_eq!(last(&server), ("application/xml".to_owned(), written));
    assert_eq!(back, report);
    let error = "<Error><code>1</code></Error>";
    server.on(client.reports().put(&report)).times(1).respond_raw(200, XML, error);
    assert!(matches!(client.reports().put(&report).await, Err(Error::Decode { .. })));
    let counts = [("a".to_owned(), vec![1, 2]), ("b".to_owned(), vec![3])].into_iter().collect();
    server.on(client.counts().put(&counts)).times(1).respond_raw(200, XML, "<total>6</total>");
    assert_eq!(client.counts().put(&counts).await.unwrap(), 6);
    assert_eq!(last(&server).1, format!("{HEAD}<root><a>1</a><a>2</a><b>3</b></root>"));
}

#[tokio::test]
async fn a_merge_patch_removes_by_null() {
    use modules::bodies_members_of_a_merge_patch_can_be_removed::{
        Client,
        types::{OwnerInput, PetInput},
    };
    use modules::runtime::Patch;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let owner = OwnerInput::new().phone(Patch::Null);
    let labels: modules::runtime::Map<Option<String>> =
        [("a".to_owned(), None), ("b".to_owned(), Some("x".to_owned()))].into_iter().collect();
    let change = PetInput::new("cat").name(Patch::Null).owner(owner).labels(labels);
    server.on(client.pets().update("1", &change)).respond_raw(200, &[], r#"{"kind":"cat"}"#);
    client.pets().update("1", &change).await.unwrap();
    let expected = r#"{"kind":"cat","name":null,"owner":{"phone":null},"labels":{"a":null,"b":"x"}}"#;
    check!(server, "application/merge-patch+json", expected);
}

#[tokio::test]
async fn fields_of_forms_may_be_xml_and_forms() {
    use modules::bodies_a_field_of_a_form_may_be_another_format::{Client, types};
    const FORM: &str = "application/x-www-form-urlencoded";
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let place = |name: &str| types::Place::new().name(name);
    let order = types::Order::new("7")
        .place(place("A&B").code(3))
        .stops(vec![place("x"), place("y")])
        .options(types::OrderOptions::new().note("a b").sizes(vec![1, 2]));
    let xml = "%3C%3Fxml+version%3D%221.0%22+encoding%3D%22UTF-8%22%3F%3E%0A";
    let stop = |name: &str| format!("stops={xml}%3Cplace%3E%3Cname%3E{name}%3C%2Fname%3E%3C%2Fplace%3E");
    let expected = format!(
        "id=7&options=note%3Da%2Bb%26sizes%3D1%2C2&\
        place={xml}%3Cplace+code%3D%223%22%3E%3Cname%3EA%26amp%3BB%3C%2Fname%3E%3C%2Fplace%3E&{}&{}",
        stop("x"),
        stop("y")
    );
    let call = client.orders().create(&order);
    server.on(call).respond_raw(200, &[("content-type", FORM)], expected.clone());
    let answer = client.orders().create(&order).await.unwrap();
    assert_eq!(answer, order);
    assert_eq!(last(&server), (FORM.to_owned(), expected));
    server.on(client.orders().create(&types::Order::new("8"))).respond_raw(
        200,
        &[("content-type", FORM)],
        "id=8&place=%3Cplace",
    );
    let unfit = client.orders().create(&types::Order::new("8")).await.unwrap_err();
    assert!(unfit.body().is_some_and(|body| body.starts_with(b"id=8")), "{unfit}");
}

#[tokio::test]
async fn texts_are_in_the_encoding_that_their_media_type_names() {
    use modules::bodies_texts_are_in_the_encoding_that_they_say::{Client, notes::EditMultipart, types};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let notes = client.notes();
    let came = [("content-type", "text/plain; charset=\"iso-8859-1\"")];
    server.on(notes.put("é")).respond_raw(200, &came, &b"caf\xE9"[..]);
    assert_eq!(notes.put("é").await.unwrap(), "café");
    assert_eq!(server.requests().last().unwrap().body()[..], b"\xE9"[..]);
    let error = notes.put("€").await.unwrap_err();
    assert!(error.to_string().contains("cannot be written as `text/plain; charset=ISO-8859-1`"), "{error}");
    assert!(notes.add("é").await.is_err());
    let parts = [("content-type", "multipart/form-data; boundary=b")];
    let same = b"--b\r\nContent-Disposition: form-data; name=text\r\nContent-Type: text/plain; charset=latin1\r\n\r\n\xE9\r\n--b--";
    server.on(notes.edit(EditMultipart::new().text("é"))).respond_raw(200, &parts, &same[..]);
    let back = notes.edit(EditMultipart::new().text("é")).await.unwrap();
    assert_eq!(back.text.as_deref(), Some("é"));
    let sent = server.requests().last().unwrap().body().to_vec();
    assert!(sent.windows(5).any(|bytes| bytes == b"\r\n\xE9\r\n"), "{sent:?}");
    assert!(notes.edit(EditMultipart::new().text("€")).await.is_err());
    let note = types::NotesWriteRequest::new().text("é");
    server.on(notes.write(&note)).respond_json(204, ());
    notes.write(&note).await.unwrap();
    let written = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<note><text>\xE9</text></note>";
    assert_eq!(server.requests().last().unwrap().body()[..], written[..]);
    let declared = &b"<?xml version='1.0' encoding='ISO-8859-1'?><note><text>\xE9</text></note>"[..];
    server.on(notes.add("e")).times(1).respond_raw(200, &[("content-type", "application/xml")], declared);
    assert_eq!(notes.add("e").await.unwrap().text.as_deref(), Some("é"));
    let named = [("content-type", "text/xml;charset=latin1")];
    server.on(notes.add("e")).respond_raw(200, &named, &b"<note><text>\xE9</text></note>"[..]);
    assert_eq!(notes.add("e").await.unwrap().text.as_deref(), Some("é"));
}
