//! JSON:API: documents are read, and bodies are put together.

use modules::runtime::Patch;
use modules::runtime::mock::Response;
use serde_json::{Value, json};

use crate::support::{all, last_body, queries, server};

fn article(id: &str) -> Value {
    json!({"id": id, "type": "articles", "attributes": {"title": "T", "words": "many", "more": 1},
        "relationships": {"author": {"data": {"type": "people", "id": "p"}}, "tags": {"data": [{"type": "tags", "id": "t"}]}}})
}

#[tokio::test]
async fn a_resource_is_created_from_its_parts() {
    use modules::json_api_resources_are_listed_created_and_changed::{
        Client,
        types::{PersonId, TagId},
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server
        .on(client.articles().create(&PersonId::from("p"), "T"))
        .respond_json(201, json!({"data": article("1")}));
    let call = client.articles().create(&PersonId::from("p"), "T").tags([TagId::from("t")]).words(3);
    let created = call.await.unwrap().data;
    assert_eq!(created.id.as_str(), "1");
    let body = json!({"data": {"type": "articles", "attributes": {"title": "T", "words": 3},
        "relationships": {"author": {"data": {"type": "people", "id": "p"}}, "tags": {"data": [{"type": "tags", "id": "t"}]}}}});
    assert_eq!(last_body(&server), body);
    assert_eq!(server.requests()[0].header("content-type"), Some("application/vnd.api+json"));
}

#[tokio::test]
async fn a_change_says_what_is_set_and_what_is_emptied() {
    use modules::json_api_resources_are_listed_created_and_changed::{Client, types::ArticleId};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let id = ArticleId::from("7");
    server.on(client.articles().update(&id)).respond_json(200, json!({"data": article("7")}));
    client.articles().update(&id).words(Patch::Null).await.unwrap();
    assert_eq!(
        last_body(&server),
        json!({"data": {"type": "articles", "id": "7", "attributes": {"words": null}}})
    );
    client.articles().update(&id).title("U").words(Patch::Absent).await.unwrap();
    assert_eq!(
        last_body(&server),
        json!({"data": {"type": "articles", "id": "7", "attributes": {"title": "U"}}})
    );
}

#[tokio::test]
async fn attributes_of_any_kind_are_set_and_emptied() {
    use modules::json_api_attributes_may_be_emptied::Client;
    use modules::json_api_attributes_may_be_emptied::types::{ArticleId, ArticlePlace, ArticleState};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let id = ArticleId::from("7");
    server.on(client.articles().update(&id, "S")).respond_json(204, ());
    let call = client.articles().update(&id, "S").state(ArticleState::Draft).tags(vec!["a".to_owned()]);
    call.place(ArticlePlace::new().town("Ulm")).note(3, "three").note(4, Patch::Null).await.unwrap();
    let attributes = json!({"subtitle": "S", "state": "draft", "tags": ["a"], "place": {"town": "Ulm"}, "note_3": "three", "note_4": null});
    assert_eq!(last_body(&server)["data"]["attributes"], attributes);
}

#[tokio::test]
async fn a_list_is_walked_and_what_does_not_fit_is_kept() {
    use modules::json_api_resources_are_listed_created_and_changed::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.articles().list()).respond_with(|request| {
        let body = match request.query_value("page[number]") {
            None => json!({"data": [article("1")], "links": {"next": "https://x.example/articles?page[number]=2"}}),
            Some(_) => json!({"data": [article("2")], "links": {"next": null}}),
        };
        Response::json(200, body)
    });
    let articles = all(client.articles().list().stream()).await;
    assert_eq!(articles.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(queries(&server), ["", "page[number]=2"]);
    let attributes = &articles[0].attributes;
    assert_eq!((attributes.title.as_deref(), attributes.words), (Some("T"), None));
    assert_eq!((&attributes.extra["words"], &attributes.extra["more"]), (&json!("many"), &json!(1)));
    let relationships = articles[0].relationships.as_ref().unwrap();
    assert_eq!(relationships.author.as_ref().unwrap().data.as_ref().unwrap().id, "p");
    assert_eq!(relationships.tags.as_ref().unwrap().data[0].id, "t");
}

#[tokio::test]
async fn linkage_is_given_and_taken_by_ids() {
    use modules::json_api_a_relationship_is_read_and_changed_by_ids::{
        Client,
        types::{ArticleId, TagId},
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let (article, tags) = (ArticleId::from("7"), || [TagId::from("1"), TagId::from("2")]);
    let linkage = json!({"data": [{"type": "tags", "id": "1"}, {"type": "tags", "id": "2"}]});
    server.on(client.articles().list_tags(&article)).respond_json(200, &linkage);
    server.on(client.articles().add_tags(&article, tags())).respond_json(200, &linkage);
    server.on(client.articles().replace_tags(&article, [])).respond_json(204, ());
    server.on(client.articles().remove_tags(&article, tags())).respond_json(204, ());
    assert_eq!(client.articles().list_tags(&article).await.unwrap().data, tags());
    client.articles().add_tags(&article, tags()).notify(true).await.unwrap();
    assert_eq!(last_body(&server), json!({"data": linkage["data"], "meta": {"notify": true}}));
    client.articles().replace_tags(&article, []).await.unwrap();
    assert_eq!(last_body(&server), json!({"data": []}));
    client.articles().remove_tags(&article, tags()).await.unwrap();
    assert_eq!(last_body(&server), linkage);
}

#[tokio::test]
async fn what_is_included_is_found_by_its_relationship() {
    use modules::json_api_included_resources_are_of_any_type::articles::{Field, Include};
    use modules::json_api_included_resources_are_of_any_type::{
        Client,
        types::{Anything, ArticleId},
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let id = ArticleId::from("7");
    let person = json!({"id": "p", "type": "people", "attributes": {"name": "Ada"}});
    let body = json!({"data": article("7"), "included": [person, {"id": "x", "type": "planets"}]});
    server.on(client.articles().get(&id)).respond_json(200, body);
    let call = client.articles().get(&id).include([Include::Author]).fields([Field::Title, Field::Author]);
    let found = call.await.unwrap();
    assert_eq!(queries(&server), ["include=author&fields[articles]=title,author"]);
    let author = found.data.relationships.as_ref().unwrap().author.as_ref().unwrap();
    let Some(Anything::Person(person)) = found.included_one(author) else { panic!("{found:?}") };
    assert_eq!(person.attributes.name.as_deref(), Some("Ada"));
    assert!(matches!(found.included[1], Anything::Unknown(_)));
}

#[tokio::test]
async fn resources_of_several_types_come_together() {
    use modules::json_api_data_may_be_of_several_types::{Client, types::AnyResource};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let person = json!({"id": "p", "type": "people", "attributes": {"name": "Ada"}});
    server.on(client.search().list()).respond_json(200, json!({"data": [article("1"), person]}));
    let found = client.search().list().await.unwrap().data;
    assert!(matches!(found.as_slice(), [AnyResource::Article(_), AnyResource::Person(_)]), "{found:?}");
}
