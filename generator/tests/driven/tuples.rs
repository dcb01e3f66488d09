//! Lists whose items have types of their own.

use crate::support::{last_body, queries, server};

#[tokio::test]
async fn items_are_read_and_sent_by_their_position() {
    use modules::shapes_items_may_have_types_of_their_own::{
        Client,
        types::{LabelInput, LineEither, LineInput, Point},
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let answer: modules::runtime::Json = serde_json::from_str(
        r#"{"from":[0.5,1],"label":["label",null,[[1,2]],7,true],"old":["a",true,"more"],"either":["x","y"]}"#,
    )
    .unwrap();
    let body = LineInput::default().from(Point::new(0.5, 2.0)).label(LabelInput::new().second("text"));
    let call = || client.lines().replace(&body).from(&Point::new(1.0, 2.5));
    server.on(call()).times(1).respond_json(200, &answer);
    let read = call().await.unwrap();
    let label = read.label.clone().unwrap();
    assert_eq!((label.second, label.fourth, label.rest), (None, Some(7), vec![true]));
    assert_eq!(label.third.unwrap().first, Point::new(1.0, 2.0));
    assert_eq!(read.old.unwrap().first.as_deref(), Some("a"));
    assert_eq!(read.either, Some(LineEither::Array(vec!["x".to_owned(), "y".to_owned()])));
    assert_eq!(queries(&server), ["from=1&from=2.5"]);
    assert_eq!(last_body(&server), serde_json::json!({"from": [0.5, 2.0], "label": ["label", "text"]}));
}
