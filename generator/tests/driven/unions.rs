//! Alternatives that are read and sent.

use crate::support::{last_body, server};

#[tokio::test]
async fn a_tag_that_alternatives_do_not_declare_is_kept_and_sent() {
    use modules::shapes_alternatives_need_not_declare_their_tag::{
        Client,
        types::{Cat, Dog, Pet},
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let pets: [(&str, fn(&Pet) -> bool); 5] = [
        (r#"{"kind":"siamese","weight":0.1}"#, |pet| matches!(pet, Pet::Siamese(Cat { weight: Some(_), .. }))),
        (r#"{"kind":"tabby"}"#, |pet| matches!(pet, Pet::Tabby(_))),
        (r#"{"kind":"Dog","tricks":1,"age":2}"#, |pet| {
            matches!(pet, Pet::Dog(Dog { extra, .. }) if extra.len() == 1 && extra["age"] == 2)
        }),
        (r#"{"kind":"Bird"}"#, |pet| matches!(pet, Pet::Bird(bird) if bird.kind == "Bird")),
        (r#"{"kind":"Fish","fins":2}"#, |pet| matches!(pet, Pet::Unknown(_))),
    ];
    for (text, is_read) in pets {
        let json: modules::runtime::Json = serde_json::from_str(text).unwrap();
        let any = Pet::Unknown(modules::runtime::Json::Null);
        server.on(client.pets().replace(&any)).times(1).respond_json(200, &json);
        let pet = client.pets().replace(&any).await.unwrap();
        assert!(is_read(&pet), "{text}: {pet:?}");
        server.on(client.pets().replace(&pet)).times(1).respond_json(200, &json);
        client.pets().replace(&pet).await.unwrap();
        assert_eq!(last_body(&server), json);
    }
}
