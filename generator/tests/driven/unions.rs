//! Alternatives that are read and sent.

use crate::support::{last_body, server};

#[tokio::test]
async fn a_tag_that_alternatives_do_not_declare_is_kept_and_sent() {
    use modules::shapes_alternatives_need_not_declare_their_tag::{
        Client,
        types::{Cat, Dog, Pet},
    };
    type IsRead = fn(&Pet) -> bool;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let pets: [(&str, IsRead); 5] = [
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

#[tokio::test]
async fn what_has_no_known_tag_is_what_the_default_says() {
    use modules::shapes_a_default_mapping_takes_what_has_no_known_tag::{
        Client,
        types::{Pet, Tool, Vehicle},
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let json = |pet: &str, tool: &str, vehicle: &str| {
        let text = format!(r#"{{"pet":{pet},"tool":{tool},"vehicle":{vehicle}}}"#);
        serde_json::from_str::<modules::runtime::Json>(&text).unwrap()
    };
    let known = json(r#"{"kind":"Cat","lives":9}"#, r#"{"kind":"saw","teeth":2}"#, r#"{"kind":"car","seats":2}"#);
    server.on(client.pets().get()).times(1).respond_json(200, &known);
    let pets = client.pets().get().await.unwrap();
    assert!(matches!((&pets.pet, &pets.tool, &pets.vehicle), (Pet::Cat(_), Tool::Saw(_), Vehicle::Car(_))));
    let others = [
        json(r#"{"kind":"Newt","name":"Tiny"}"#, r#"{"kind":"axe","weight":1.5}"#, r#"{"kind":"cart","wheels":2}"#),
        json(r#"{"name":"Tiny"}"#, r#"{"weight":1.5}"#, r#"{"wheels":2}"#),
    ];
    for other in others {
        server.on(client.pets().get()).times(1).respond_json(200, &other);
        let pets = client.pets().get().await.unwrap();
        assert!(matches!(&pets.pet, Pet::OtherPet(pet) if pet.name.as_deref() == Some("Tiny")), "{pets:?}");
        assert!(matches!(&pets.tool, Tool::Default(tool) if tool.weight == 1.5), "{pets:?}");
        assert!(matches!(&pets.vehicle, Vehicle::Default(vehicle) if vehicle.wheels == Some(2)), "{pets:?}");
        assert_eq!(serde_json::to_value(&pets).unwrap(), other);
    }
    let unfit = json(r#"{"kind":"Cat"}"#, r#"{"kind":"axe"}"#, r#"{"kind":"car"}"#);
    server.on(client.pets().get()).times(1).respond_json(200, &unfit);
    let pets = client.pets().get().await.unwrap();
    assert!(matches!(pets.tool, Tool::Unknown(_)), "{pets:?}");
}
