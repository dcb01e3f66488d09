//! Words of documents that follow no profile.

use modules::runtime::{Date, Timestamp};
use serde_json::json;

use crate::support::{queries, server};

#[tokio::test]
async fn filters_are_written_as_their_values_are() {
    use modules::words_filters_have_the_types_of_their_values::{Client, types::OrderState};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.orders().list()).respond_json(204, ());
    let made: Timestamp = "2026-01-02T03:04:05Z".parse().unwrap();
    let due: Date = "2026-01-02".parse().unwrap();
    let call = client.orders().list().where_state(OrderState::Open).where_paid_since(30).where_number("a b");
    let call = call.where_lines(-3).where_weight(0.5).where_total(12).where_gift(true).where_due(due);
    let call = call.where_made(made).where_customer_id("7").where_seller("8").where_ids(["1", "2"]);
    call.where_seller_ids(["3"]).where_tags(["x", "y"]).await.unwrap();
    let expected = "where[state]=open&where[paid_since]=30&where[number]=a b&where[lines]=-3&where[weight]=0.5&\
        where[total]=12&where[gift]=true&where[due]=2026-01-02&where[made]=2026-01-02T03:04:05Z&where[customer_id]=7&\
        where[seller]=8&where[ids]=1,2&where[seller_ids]=3&where[tags]=x,y";
    assert_eq!(queries(&server), [expected]);
}

#[tokio::test]
async fn a_grammar_names_what_is_compared_and_how() {
    use modules::words_a_grammar_makes_filters::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.people().list()).respond_json(204, ());
    let call = client.people().list().name_icontains("ad").age_gte(18).age_in([20, 30]);
    call.active_isnull(false).await.unwrap();
    assert_eq!(queries(&server), ["name__icontains=ad&age__gte=18&age__in=20,30&active__isnull=false"]);
}

#[tokio::test]
async fn an_order_is_written_as_its_template_says() {
    use modules::words_an_order_may_be_written_with_a_word_behind::{Client, posts::Sort};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.posts().list()).respond_json(204, ());
    client.posts().list().order_by([Sort::Created.desc(), Sort::Title.asc()]).await.unwrap();
    client.posts().list().order_by(Sort::Title).await.unwrap();
    assert_eq!(queries(&server), ["order_by=created:desc;title:asc", "order_by=title:asc"]);
}

#[tokio::test]
async fn what_comes_along_is_asked_for_in_one_parameter() {
    use modules::words_what_comes_along_is_chosen_by_name::{Client, posts::Include};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.posts().get("1")).respond_json(204, ());
    client.posts().get("1").expand([Include::Author, Include::CommentsAuthor]).await.unwrap();
    assert_eq!(queries(&server), ["expand=author,comments.author"]);
}

#[tokio::test]
async fn a_token_is_asked_for_as_its_scheme_says() {
    use modules::runtime::token::{ClientCredentials, Password};
    use modules::words_two_schemes_may_have_tokens::Client;
    let server = server();
    server.answers_tokens_with(
        "/token",
        json!({"access_token": "machine-token", "data": {"token": "user-token", "renew": "r", "ttl": 60}}),
    );
    let client = Client::builder()
        .base_url(server.base_url())
        .auth(Password::new("ada", "secret").client(ClientCredentials::new("id", "key")))
        .auth_2(ClientCredentials::new("robot", "oil"))
        .build()
        .unwrap();
    server.on(client.auth().me()).respond_json(204, ());
    server.on(client.machines().list()).respond_json(204, ());
    client.auth().me().await.unwrap();
    client.machines().list().await.unwrap();
    let requests = server.requests();
    let seen: Vec<_> = requests.iter().map(|it| (it.path(), it.header("authorization"))).collect();
    let expected = [
        ("/token", Some("Basic aWQ6a2V5")),
        ("/me", Some("Bearer user-token")),
        ("/token", None),
        ("/machines", Some("Bearer machine-token")),
    ];
    assert_eq!(seen, expected);
    assert_eq!(
        requests[0].json().unwrap(),
        json!({"grant_type": "password", "username": "ada", "password": "secret"})
    );
    let form: Vec<_> = requests[2].form();
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(
        form,
        [("grant_type", "client_credentials"), ("client_id", "robot"), ("client_secret", "oil")]
    );
}

#[tokio::test]
async fn calls_are_made_again_only_where_the_document_says_so() {
    use modules::words_the_document_says_when_calls_are_repeated::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    for _ in 0..2 {
        server.on(client.jobs().list()).times(1).respond_raw(503, &[], "");
        server.on(client.jobs().create()).times(1).respond_raw(503, &[], "");
    }
    server.on(client.jobs().list()).optional().respond_json(204, ());
    server.on(client.jobs().create()).respond_json(204, ());
    assert_eq!(client.jobs().list().await.unwrap_err().status().unwrap(), 503);
    client.jobs().create().await.unwrap();
    let methods: Vec<_> = server.requests().iter().map(|request| request.method().to_string()).collect();
    assert_eq!(methods, ["GET", "POST", "POST", "POST"]);
    server.on(client.jobs().copy()).times(1).respond_raw(503, &[], "");
    server.on(client.jobs().copy()).times(1).respond_json(204, ());
    client.jobs().copy().await.unwrap();
}

#[tokio::test]
async fn an_id_may_be_one_with_a_meaning_of_its_own() {
    use modules::words_ids_are_not_taken_for_each_other::{Client, types::PetId};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server
        .on(client.pets().get(&PetId::newest_id()))
        .respond_json(200, json!({"id": "7", "owner": null, "friends": ["8"]}));
    let pet = client.pets().get(&PetId::newest_id()).await.unwrap();
    assert_eq!((pet.id, pet.owner, pet.friends), (PetId::from("7"), None, Some(vec![PetId::from("8")])));
}

#[tokio::test]
async fn an_error_has_its_document_whatever_the_status() {
    use modules::words_equal_components_are_one_type::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.pets().list()).times(1).respond_json(409, json!({"errors": ["taken"]}));
    server.on(client.pets().list()).times(1).respond_json(418, json!({}));
    let declared = client.pets().list().await.unwrap_err();
    assert_eq!(declared.document().unwrap().errors, ["taken"]);
    let undeclared = client.pets().list().await.unwrap_err();
    assert_eq!(undeclared.document().unwrap().errors, Vec::<String>::new());
}

#[test]
fn values_are_read_from_the_types_they_come_as() {
    use modules::words_values_may_come_as_other_types::types::Reading;
    let text = r#"{"text": 7, "count": "-12", "small": "3", "unsigned": "18446744073709551615", "share": "0.25",
        "single": "1.5", "on": "true", "day": "2026-01-02", "at": null, "secret": 1234}"#;
    let reading: Reading = serde_json::from_str(text).unwrap();
    assert_eq!((reading.text.as_str(), reading.count, reading.small), ("7", -12, Some(3)));
    assert_eq!((reading.unsigned, reading.share, reading.single), (Some(u64::MAX), Some(0.25), Some(1.5)));
    assert_eq!((reading.on, reading.day), (Some(true), Some("2026-01-02".parse().unwrap())));
    assert_eq!((reading.at, reading.secret.as_deref()), (None, Some("1234")));
    assert!(serde_json::from_str::<Reading>(r#"{"text": "", "count": "many"}"#).is_err());
}

#[test]
fn members_that_follow_a_pattern_are_had_by_what_follows() {
    use modules::words_members_may_follow_a_pattern::types::Contact;
    let text = r#"{"name": "Ada", "field_7": "seven", "field_8": null, "slot007": 7, "custom_a b": {"value": "x"}, "other": 1}"#;
    let contact: Contact = serde_json::from_str(text).unwrap();
    assert_eq!((contact.field(7), contact.field(8), contact.field(9)), (Some("seven"), None, None));
    assert_eq!((contact.slot("007"), contact.slot("7")), (Some(7), None));
    assert_eq!(contact.custom2("a b").unwrap().value.as_deref(), Some("x"));
    assert_eq!(
        serde_json::to_value(&contact).unwrap(),
        serde_json::from_str::<serde_json::Value>(text).unwrap()
    );
}

#[test]
fn values_that_nobody_knows_yet_are_kept() {
    use modules::words_an_enumeration_may_be_extended::types::{Pet, PetKind, PetLegs, PetMood};
    let pet: Pet = serde_json::from_str(r#"{"kind": "eel", "mood": "sad", "legs": 0}"#).unwrap();
    assert_eq!(pet.kind, Some(PetKind::Other("eel".to_owned())));
    assert_eq!((pet.mood, pet.legs), (Some(PetMood::Sad), Some(PetLegs::Other(0))));
}
