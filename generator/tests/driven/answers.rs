//! Answers in several media types, and those that come piece by piece.

use modules::runtime::events::Reconnect;
use modules::runtime::{Bytes, Error, Meta, Retry};

use crate::support::{all, server};

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const EVENTS: &[(&str, &str)] = &[("content-type", "text/event-stream; charset=utf-8")];

#[tokio::test]
async fn null_is_a_value_where_anything_is() {
    use modules::runtime::Json;
    use modules::shapes_what_may_be_anything_may_be_null::{Client, types};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let text = r#"{"op":"add","value":null,"was":null}"#;
    let patch = types::Patch::new("add", Json::Null).was(Json::Null);
    server.on(client.patches().apply(&patch)).respond_raw(200, JSON, text);
    assert_eq!(client.patches().apply(&patch).await.unwrap(), patch);
    assert_eq!(server.requests().last().unwrap().body(), text.as_bytes());
    server.on(client.patches().last()).times(1).respond_raw(200, JSON, r#"{"value":null,"object":null}"#);
    let loose = client.patches().last().await.unwrap();
    assert_eq!((loose.value, loose.object), (Some(Json::Null), None));
    server.on(client.patches().last()).respond_raw(200, JSON, "{}");
    assert_eq!(client.patches().last().await.unwrap().value, None);
}

#[tokio::test]
async fn the_media_type_of_an_answer_says_how_it_is_read() {
    use modules::operations_media_types_of_an_answer_are_variants::Client;
    use modules::operations_media_types_of_an_answer_are_variants::pets::{ListError, ListResponse};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let answers: [(u16, &str, &str); 4] = [
        (200, "application/json", r#"["a"]"#),
        (200, "text/csv", "a;b"),
        (422, "text/html", "no"),
        (422, "application/problem+json", r#"{"title": "no"}"#),
    ];
    for (status, media_type, body) in answers {
        let expected = server.on(client.pets().list()).times(1);
        expected.respond_raw(status, &[("content-type", media_type)], body);
        match client.pets().list().await {
            Ok(ListResponse::OkJson(pets)) => assert_eq!((media_type, pets), ("application/json", vec!["a".to_owned()])),
            Ok(ListResponse::OkText(text)) => assert_eq!((media_type, &*text), ("text/csv", "a;b")),
            Err(Error::Api(ListError::UnprocessableEntityText(text), _)) => {
                assert_eq!((media_type, &*text), ("text/html", "no"));
            }
            Err(Error::Api(ListError::UnprocessableEntityJson(problem), _)) => {
                assert_eq!((media_type, problem.title.as_deref()), ("application/problem+json", Some("no")));
            }
            other => panic!("{media_type}: {other:?}"),
        }
    }
    let accept = server.requests()[0].header("accept").map(str::to_owned);
    assert_eq!(accept.as_deref(), Some("text/csv, application/json; charset=utf-8"));
}

#[tokio::test]
async fn a_call_gives_the_whole_or_its_parts() {
    use modules::operations_an_event_stream_is_read_event_by_event::Client;
    use modules::operations_an_event_stream_is_read_event_by_event::completions::{CompleteError, CompleteResponse};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let completions = client.completions();
    server.on(completions.complete()).times(1).respond_raw(200, JSON, r#"{"text": "ab"}"#);
    let whole = completions.complete().await.unwrap();
    assert!(matches!(whole, CompleteResponse::OkJson(completion) if completion.text == "ab"));
    let parts = "event: part\ndata: {\"delta\":\ndata: \"a\"}\n\ndata: {\"delta\": \"b\"}\n\n";
    server.on(completions.complete()).times(1).respond_raw(200, EVENTS, parts);
    let answer = completions.complete().send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let CompleteResponse::OkEvents(mut events) = answer.into_body() else { panic!("no events") };
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.event.as_deref(), &*first.data.delta), (Some("part"), "a"));
    assert_eq!(events.next().await.unwrap().unwrap().data.delta, "b");
    assert!(events.next().await.is_none());
    server.on(completions.complete()).times(1).respond_raw(429, JSON, r#"{"title": "later"}"#);
    let error = completions.complete().await.unwrap_err();
    assert!(matches!(error, Error::Api(CompleteError::TooManyRequests(_), _)), "{error:?}");
}

#[tokio::test]
async fn events_of_several_kinds_hold_json_or_text() {
    use modules::operations_events_may_hold_json_or_text::Client;
    use modules::runtime::Json;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let body = "event: joined\ndata: {\"name\": \"Ada\"}\n\nevent: said\ndata: Hi, all\n\ndata: [closed]\n\n";
    server.on(client.rooms().watch()).respond_raw(200, EVENTS, body);
    let mut read = Vec::new();
    let mut events = client.rooms().watch().await.unwrap();
    while let Some(event) = events.next().await {
        read.push(event.unwrap().data);
    }
    let expected = [serde_json::from_str(r#"{"name": "Ada"}"#).unwrap(), Json::from("Hi, all")];
    assert_eq!(read, expected);
    let mut events = client.rooms().watch().await.unwrap().with_end();
    let mut last = None;
    while let Some(event) = events.next().await {
        last = Some(event.unwrap());
    }
    assert_eq!(serde_json::to_string(&last.unwrap()).unwrap(), r#"{"data":"[closed]"}"#);
}

#[tokio::test]
async fn events_go_on_over_connections() {
    use modules::operations_an_event_stream_is_read_event_by_event::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let news = || client.completions().news();
    server.on(news()).times(1).respond_raw(200, EVENTS, "id: 7\nretry: 1\ndata: a\n\n");
    server.on(news().header("Last-Event-ID", "7")).times(1).respond_raw(200, EVENTS, "id: 8\nretry: 1\ndata: b\n\n");
    server.on(news().header("Last-Event-ID", "8")).times(1).respond_raw(204, &[], "");
    let events = all(news().reconnecting(Reconnect::new())).await;
    assert_eq!(events.iter().map(|event| &*event.data).collect::<Vec<_>>(), ["a", "b"]);
    server.verify().unwrap();
}

#[tokio::test]
async fn a_stream_ends_where_the_document_says() {
    use modules::operations_item_schemas_describe_what_streams_hold::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.streams().events()).respond_raw(200, EVENTS, "data: {\"id\": 1}\n\ndata: [DONE]\n\ndata: x\n\n");
    let mut events = client.streams().events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data.id, 1);
    assert!(events.next().await.is_none());
    server.on(client.streams().lines()).respond_raw(200, &[], "{\"id\": 1}\n{\"id\": \"2\"}\n{\"id\": 3}");
    let mut lines = client.streams().lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().id, 1);
    assert!(matches!(lines.next().await, Some(Err(Error::Decode { body, .. })) if body == "{\"id\": \"2\"}"));
    assert_eq!(lines.next().await.unwrap().unwrap().id, 3);
    assert!(lines.next().await.is_none());
    server.on(client.streams().sequence()).respond_raw(200, &[], "\x1E{\"id\": 1}\n");
    assert_eq!(client.streams().sequence().await.unwrap().next().await.unwrap().unwrap().id, 1);
}

#[tokio::test]
async fn bytes_are_given_at_once_or_piece_by_piece() {
    use modules::operations_bytes_of_an_answer_can_come_piece_by_piece::Client;
    use modules::operations_bytes_of_an_answer_can_come_piece_by_piece::files::GetError;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.files().get("1")).respond_raw(200, &[], Bytes::from_static(b"\x00\xFF"));
    assert_eq!(client.files().get("1").await.unwrap(), Bytes::from_static(b"\x00\xFF"));
    let mut sink = Vec::new();
    client.files().get("1").download().await.unwrap().copy_to(&mut sink).await.unwrap();
    assert_eq!(sink, b"\x00\xFF");
    server.on(client.files().get("2")).respond_raw(404, JSON, r#"{"title": "gone"}"#);
    server.on(client.files().get("3")).respond_raw(304, &[], "");
    let error = client.files().get("2").download().await.unwrap_err();
    assert!(matches!(error, Error::Api(GetError::NotFound(_), _)), "{error:?}");
    let error = client.files().get("3").download().await.unwrap_err();
    assert!(matches!(error, Error::Api(GetError::NotModified(_), Meta { .. })), "{error:?}");
}

#[tokio::test]
async fn headers_of_answers_are_typed_and_cost_nothing() {
    use modules::operations_headers_of_answers_are_typed::Client;
    use modules::operations_headers_of_answers_are_typed::pets::ListHeaders;
    use modules::operations_headers_of_answers_are_typed::types::PetsListXKind;
    use modules::runtime::headers::Header;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let came = [
        ("x-total", "7"), ("x-tags", "a, b"), ("x-tags", "c"), ("x-page", "number=2,last=true"), ("x-kind", "cow"),
        ("content-type", "application/json"), ("x-sizes", "small,1,large,2"),
    ];
    server.on(client.pets().list()).times(1).respond_raw(200, &came, "[]");
    let answer = client.pets().list().send().await.unwrap();
    let headers = ListHeaders::from(answer.meta());
    assert_eq!(headers.x_total, Header::Value(7));
    assert_eq!(headers.x_tags, Header::Value(["a", "b", "c"].map(str::to_owned).to_vec()));
    let page = headers.x_page.get().unwrap();
    assert_eq!((page.number, page.last), (Some(2), Some(true)));
    assert_eq!(headers.x_sizes.get().map(|sizes| (sizes["small"], sizes["large"])), Some((1, 2)));
    assert_eq!(headers.x_kind, Header::Value(PetsListXKind::from("cow")));
    assert!(headers.retry_after.is_absent());
    let came = [("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"), ("x-detail", "[1, 2]")];
    server.on(client.pets().list()).times(1).respond_raw(429, &came, "");
    let error = client.pets().list().retry(Retry::off()).await.unwrap_err();
    let headers = error.meta().map(ListHeaders::from).unwrap();
    assert!(matches!(&headers.retry_after, Header::Other(came) if came[0] == "Wed, 21 Oct 2026 07:28:00 GMT"));
    assert_eq!(headers.x_detail.into_value(), Some(vec![1, 2]));
}

#[tokio::test]
async fn a_header_may_be_one_of_several_types() {
    use modules::operations_a_header_of_an_answer_may_be_one_of_several_types::{limits::GetHeaders, types, Client};
    use modules::runtime::headers::Header;
    use types::{LimitsGetXEither as Either, LimitsGetXLeft as Left, LimitsGetXOpen as Open};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let read = async |came: [&str; 5]| {
        let names = ["x-left", "x-open", "x-either", "x-all", "x-window"];
        let came: Vec<_> = names.into_iter().zip(came).collect();
        server.on(client.limits().get()).times(1).respond_raw(204, &came, "");
        GetHeaders::from(client.limits().get().send().await.unwrap().meta())
    };
    let headers = read(["7", "true", "false", "1, all,1.5", "minute, 60,true,false"]).await;
    assert_eq!(headers.x_left, Header::Value(Left::Integer(7)));
    assert_eq!(headers.x_open, Header::Value(Open::Boolean(true)));
    assert_eq!(headers.x_either, Header::Value(Either::Boolean(false)));
    let text = |text: &str| Left::String(text.to_owned());
    assert_eq!(headers.x_all, Header::Value(vec![Left::Integer(1), text("all"), text("1.5")]));
    let window = headers.x_window.get().unwrap();
    assert_eq!((window.first.as_deref(), window.second, &window.rest[..]), (Some("minute"), Some(60), &[true, false][..]));
    let headers = read(["all", "7", "maybe", "", "minute,many"]).await;
    assert_eq!(headers.x_left, Header::Value(text("all")));
    assert_eq!(headers.x_open, Header::Value(Open::String("7".to_owned())));
    assert_eq!(headers.x_all, Header::Value(Vec::new()));
    assert!(matches!((headers.x_either, headers.x_window), (Header::Other(_), Header::Other(_))));
}

#[tokio::test]
async fn cookies_of_answers_are_not_divided_at_commas() {
    use modules::operations_cookies_of_answers_are_not_divided_at_commas::Client;
    use modules::operations_cookies_of_answers_are_not_divided_at_commas::cookies::{EachHeaders, ListHeaders, TextHeaders};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let cookies = client.cookies();
    let lines = ["lang=en-US; Expires=Wed, 09 Jun 2027 10:18:14 GMT", "count=7"];
    let came = lines.map(|line| ("set-cookie", line));
    server.on(cookies.text()).respond_raw(204, &came, "");
    server.on(cookies.list()).respond_raw(204, &came, "");
    server.on(cookies.each()).respond_raw(204, &came, "");
    let answer = cookies.text().send().await.unwrap();
    assert_eq!(TextHeaders::from(answer.meta()).set_cookie.get(), Some(&lines.join("\n")));
    let answer = cookies.list().send().await.unwrap();
    assert_eq!(ListHeaders::from(answer.meta()).set_cookie.into_value().unwrap(), lines);
    let answer = cookies.each().send().await.unwrap();
    let each = EachHeaders::from(answer.meta()).set_cookie.into_value().unwrap();
    assert_eq!((each.lang.as_deref(), each.count), lines[0].strip_prefix("lang=").map(|lang| (Some(lang), Some(7))).unwrap());
}

#[tokio::test]
async fn an_item_schema_describes_events_and_what_their_data_holds() {
    use modules::operations_the_data_of_an_event_is_text_unless_it_has_content::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let events = client.events();
    let came = "data: {\"name\": \"a\"}\n\ndata: [DONE]\n\ndata: x\n\n";
    server.on(events.ended()).respond_raw(200, EVENTS, came);
    let mut owners = events.ended().await.unwrap();
    assert_eq!(owners.next().await.unwrap().unwrap().data.name, "a");
    assert!(owners.next().await.is_none());
    server.on(events.anything()).respond_raw(200, EVENTS, "data: [1]\n\n");
    assert_eq!(events.anything().await.unwrap().next().await.unwrap().unwrap().data, serde_json::json!([1]));
    server.on(events.either()).respond_raw(200, EVENTS, "data: 1\n\ndata: one\n\n");
    let mut either = events.either().await.unwrap();
    assert_eq!(either.next().await.unwrap().unwrap().data, serde_json::json!(1));
    assert_eq!(either.next().await.unwrap().unwrap().data, serde_json::json!("one"));
}

#[tokio::test]
async fn the_name_of_an_event_says_how_its_data_is_read() {
    use modules::operations_the_name_of_an_event_says_what_it_tells::Client;
    use modules::operations_the_name_of_an_event_says_what_it_tells::types::ChangesAnswersEvent as Answer;
    use modules::operations_the_name_of_an_event_says_what_it_tells::types::ChangesWatchEvent as Change;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let came = "event: addString\ndata: 7\n\nevent: addNumber\ndata: 7\n\nevent: addJSON\ndata: {\"name\": \"a\"}\n\n\
        event: addNumber\ndata: x\n\nevent: other\ndata: [1]\n\nevent: other\ndata: x y\n\n";
    server.on(client.changes().watch()).respond_raw(200, EVENTS, came);
    let mut events = client.changes().watch().await.unwrap();
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(match event {
            Ok(event) => match event.data {
                Change::AddString(text) => format!("text {text}"),
                Change::AddNumber(number) => format!("number {number}"),
                Change::AddJson(named) => format!("named {}", named.name),
                other => format!("{other:?}"),
            },
            Err(Error::Decode { body, .. }) => format!("unfit {}", String::from_utf8_lossy(&body)),
            Err(other) => panic!("{other:?}"),
        });
    }
    let unknown = [r"Unknown(Array [Number(1)])", r#"Unknown(String("x y"))"#];
    assert_eq!(seen, ["text 7", "number 7", "named a", "unfit x", unknown[0], unknown[1]]);
    let came = "data: {\"name\": \"a\"}\n\nevent: refused\ndata: no\n\nevent: part\ndata: {\"name\": \"b\"}\n\n\
        event: ping\ndata: 1\n\ndata: [DONE]\n\ndata: x\n\n";
    server.on(client.changes().answers()).respond_raw(200, EVENTS, came);
    let events = all(Box::pin(client.changes().answers().await.unwrap())).await;
    let data: Vec<Answer> = events.into_iter().map(|event| event.data).collect();
    assert!(matches!(&data[0], Answer::Message(named) if named.name == "a"), "{data:?}");
    assert!(matches!(&data[1], Answer::Error(text) if text == "no"), "{data:?}");
    assert!(matches!(&data[2], Answer::Message(named) if named.name == "b"), "{data:?}");
    assert!(matches!(&data[3], Answer::Unknown(_)) && data.len() == 4, "{data:?}");
}

#[tokio::test]
async fn a_form_that_comes_back_is_read_by_its_schema() {
    use modules::operations_forms_that_come_back_are_typed::Client;
    use modules::operations_forms_that_come_back_are_typed::tokens::TokenError;
    use modules::operations_forms_that_come_back_are_typed::types::{Refusal, TokenLevel, TokenScope};
    const FORM: &[(&str, &str)] = &[("content-type", "application/x-www-form-urlencoded")];
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let come = "oauth_token=1%2b2+3&expires=60&scopes=read&scopes=write&user=%7B%22name%22%3A%22Ada%22%7D&confirmed=true&new=x";
    server.on(client.tokens().token()).times(1).respond_raw(200, FORM, come);
    let token = client.tokens().token().await.unwrap();
    assert_eq!((token.oauth_token.as_str(), token.expires, token.confirmed), ("1+2 3", 60, Some(true)));
    assert_eq!(token.scopes, Some(vec![TokenScope::Read, TokenScope::Write]));
    assert_eq!(token.user.unwrap().name.as_deref(), Some("Ada"));
    for (level, read) in [("2", TokenLevel::Integer(2)), ("1e5", TokenLevel::String("1e5".to_owned()))] {
        let come = format!("oauth_token=a&expires=1&level={level}");
        server.on(client.tokens().token()).times(1).respond_raw(200, FORM, come);
        assert_eq!(client.tokens().token().await.unwrap().level, Some(read));
    }
    server.on(client.tokens().token()).times(1).respond_raw(200, FORM, "oauth_token=a&expires=soon");
    let unfit = client.tokens().token().await.unwrap_err();
    assert!(matches!(&unfit, Error::Decode { body, .. } if body.starts_with(b"oauth_token")), "{unfit:?}");
    assert!(unfit.to_string().contains("expires"), "{unfit}");
    server.on(client.tokens().token()).times(1).respond_raw(400, FORM, "error=no%20more");
    let refused = client.tokens().token().await.unwrap_err();
    assert!(matches!(&refused, Error::Api(TokenError::BadRequest(Refusal { error, .. }), _) if error == "no more"));
    server.on(client.tokens().counts()).times(1).respond_raw(200, FORM, "a=1&b=2&a=3");
    let counts = client.tokens().counts().await.unwrap();
    assert_eq!((counts.get("a"), counts.get("b")), (Some(&3), Some(&2)));
    server.on(client.tokens().counts()).times(1).respond_raw(200, FORM, "a=%FF");
    assert!(client.tokens().counts().await.unwrap_err().to_string().contains("not UTF-8"));
}

#[tokio::test]
async fn a_form_that_comes_back_is_read_in_its_styles() {
    use modules::bodies_fields_of_an_answered_form_are_read_in_their_style::{Client, charges::ListError};
    const FORM: &[(&str, &str)] = &[("content-type", "application/x-www-form-urlencoded")];
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let come = "id=1&card[number]=4242&card%5Btags%5D%5B0%5D=a&card%5Btags%5D%5B1%5D=7&amount=5&currency=978\
        &names=a%2Cb,12&sizes=1%202+3&rgb=R%7C100|G%7C200&note=12";
    server.on(client.charges().list()).times(1).respond_raw(200, FORM, come);
    let charge = client.charges().list().await.unwrap();
    let (card, price) = (charge.card.unwrap(), charge.price.unwrap());
    assert_eq!((charge.id.as_deref(), card.number.as_deref()), (Some("1"), Some("4242")));
    assert_eq!(card.tags, Some(vec!["a".to_owned(), "7".to_owned()]));
    assert_eq!((price.amount, price.currency.as_deref()), (Some(5), Some("978")));
    assert_eq!(charge.names, Some(vec!["a,b".to_owned(), "12".to_owned()]));
    assert_eq!((charge.sizes, charge.note.as_deref()), (Some(vec![1, 2, 3]), Some("12")));
    assert_eq!(charge.rgb.unwrap().into_iter().collect::<Vec<_>>(), [("G".to_owned(), 200), ("R".to_owned(), 100)]);
    server.on(client.charges().list()).times(1).respond_raw(422, FORM, "reasons=1,b");
    let error = client.charges().list().await.unwrap_err();
    let Error::Api(ListError::ClientError(body), _) = &error else { panic!("{error}") };
    assert_eq!(body.reasons, ["1", "b"]);
}

#[tokio::test]
async fn methods_beyond_those_of_old_are_sent_by_their_names() {
    use modules::operations_any_method_can_be_called::{Client, types::Criteria};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let call = || async { client.files().search("a b", &Criteria::new().text("x")).await };
    server.on(client.files().search("a b", &Criteria::new().text("x"))).respond_raw(200, JSON, r#"{"count": 2}"#);
    assert_eq!(call().await.unwrap().count, 2);
    server.on(client.files().copy("a", "/b")).respond_raw(201, &[], "");
    client.files().copy("a", "/b").await.unwrap();
    let lines: Vec<String> = server.requests().iter().map(|seen| format!("{} {}", seen.method(), seen.path())).collect();
    assert_eq!(lines, ["QUERY /files/a%20b", "COPY /files/a"]);
}

#[tokio::test]
async fn what_stands_in_brackets_may_hold_itself() {
    use modules::bodies_values_in_brackets_may_hold_themselves::{Client, types::NodesGetKind as Kind};
    const FORM: &[(&str, &str)] = &[("content-type", "application/x-www-form-urlencoded")];
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let come = "node[name]=1&node[child][name]=12&node[child][child][all][0][name]=13&meta[a][]=1&meta[a][]=b&kind[a]=7\
        &inner=node%255Bname%255D%3D5&tags=x,1&more=y";
    server.on(client.nodes().get()).times(1).respond_raw(200, FORM, come);
    let found = client.nodes().get().await.unwrap();
    let node = found.node.unwrap();
    let child = node.child.unwrap();
    assert_eq!((node.name.as_deref(), child.name.as_deref()), (Some("1"), Some("12")));
    assert_eq!(child.child.unwrap().all.unwrap()[0].name.as_deref(), Some("13"));
    assert_eq!(found.meta.unwrap().get("a"), Some(&serde_json::json!([1, "b"])));
    assert!(matches!(&found.kind, Some(Kind::Object(kind)) if kind.a == 7), "{:?}", found.kind);
    assert_eq!(found.inner.unwrap().node.unwrap().name.as_deref(), Some("5"));
    assert_eq!(found.extra["tags"], ["x", "1"]);
    assert_eq!(found.extra["more"], ["y"]);
}
