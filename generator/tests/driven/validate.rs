//! What breaks a rule of the document is not sent.

use modules::runtime::{BuildError, Error};
use modules::validate_values_are_held_to_the_rules_of_their_schemas::{
    Client,
    types::{Person, Pet, PetOwner, PetsListKind},
};

use modules::validate_values_that_are_not_json_are_checked_too::{self as other, runtime::multipart::FilePart};

use crate::support::server;

/// The places and reasons of an error.
fn told<E: std::fmt::Debug>(error: Error<E>) -> Vec<String> {
    let Error::Build(BuildError::Invalid(violations)) = error else { panic!("{error:?}") };
    violations.iter().map(|known| format!("{}: {}", known.place, known.reason)).collect()
}

/// Checks that an error says what is wrong with the value at `place` and shows nothing of `values`, to people and to programmers.
fn check_told<E>(error: &Error<E>, place: &str, values: &[&str])
where
    E: std::fmt::Debug,
    Error<E>: std::fmt::Display,
{
    for shown in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(shown.contains(place), "{shown}");
        assert!(values.iter().all(|value| !shown.contains(value)), "{shown}");
    }
}

#[tokio::test]
async fn parameters_are_checked_as_they_are_sent() {
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.pets().list()).respond_json(204, ());
    client.pets().list().await.unwrap();
    let kinds = [PetsListKind::Cat, PetsListKind::Dog];
    let fine = || client.pets().list().limit(100).kind(kinds.clone()).x_trace("00ff");
    server.on(fine()).respond_json(204, ());
    fine().await.unwrap();
    let kinds = [PetsListKind::Cat, PetsListKind::Other("cow".to_owned()), PetsListKind::Dog];
    let error = client.pets().list().limit(101).kind(kinds).x_trace("00fg").await.unwrap_err();
    check_told(&error, "query parameter kind/1", &["cow", "101", "00fg"]);
    let expected = [
        "query parameter limit: it is not at most 100",
        "query parameter kind: it has more than 2 items",
        "query parameter kind/1: it is none of cat, dog",
        "header X-Trace: it does not match the pattern ^[0-9a-f]{4}$",
    ];
    assert_eq!(told(error), expected);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn bodies_are_checked_to_the_last_member() {
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let fine = Pet::new("Рекс").weight(1.5).tags(vec!["1".to_owned(), "2".to_owned()]).owner(PetOwner::String("me".to_owned()));
    server.on(client.pets().create(&fine)).respond_json(204, ());
    client.pets().create(&fine).await.unwrap();
    let friend = Pet::new("Felicity").weight(0.3).tags(["1", "x", "1"].map(str::to_owned).to_vec());
    let owner = Person::new("Johanna");
    let pet = Pet::new("").friends(vec![friend]).owner(PetOwner::Person(owner));
    let expected = [
        "body/name: it has fewer than 1 characters",
        "body/friends/0/name: it has more than 5 characters",
        "body/friends/0/weight: it is not a multiple of 0.5",
        "body/friends/0/tags: two of its items are the same",
        "body/friends/0/tags/1: it does not match the pattern ^\\d+$",
        "body/owner: it fits none of the alternatives",
    ];
    let error = client.pets().create(&pet).await.unwrap_err();
    check_told(&error, "body/friends/0/name", &["Felicity", "Johanna", "0.3"]);
    assert_eq!(told(error), expected);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn forms_parts_and_objects_in_parameters_are_checked_too() {
    let server = server();
    let client = other::Client::builder().base_url(server.base_url()).build().unwrap();
    let file = FilePart::new("a cat").file_name("cat.png");
    let pet = || other::types::Pet::new("Rex");
    let size = |first, rest: &[f64]| {
        let mut size = other::types::Size::new().first(first).second("m");
        size.rest = rest.to_vec();
        size
    };
    let fine = pet().size(size(1, &[9.0]));
    server.on(client.pets().create(&fine)).respond_json(204, ());
    client.pets().create(&fine).await.unwrap();
    let expected = [
        "body/size/0: it is not at least 1",
        "body/size/3: it is not at most 9",
    ];
    assert_eq!(told(client.pets().create(&pet().size(size(0, &[9.0, 10.0]))).await.unwrap_err()), expected);

    let parts = |title: &str| other::photos::CreateMultipart::new(file.clone()).title(title).tags(["ab", "c"]);
    let page = |text: &str| other::photos::CreatePagesMultipart::new().text(text);
    let parts = |title: &str| parts(title).pages([page("a"), page("bc")]);
    let expected = [
        "body/title: it has more than 3 characters",
        "body/tags/1: it has fewer than 2 characters",
        "body/pages/1/text: it has more than 1 characters",
    ];
    assert_eq!(told(client.photos().create(parts("long")).await.unwrap_err()), expected);

    let mut filter = other::types::Filter::new().age(0);
    filter.extra.insert("note_a".to_owned(), "abc".into());
    filter.extra.insert("other".to_owned(), "abc".into());
    let expected = [
        "query parameter filter/age: it is not at least 1",
        "query parameter filter/note_a: it has more than 2 characters",
        "cookie ids: it has more than 1 items",
    ];
    assert_eq!(told(client.pets().get().filter(&filter).ids([1, 2]).await.unwrap_err()), expected);
    assert_eq!(server.requests().len(), 1);
}
