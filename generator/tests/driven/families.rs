//! What a client reads where the base of a family of schemas is described.

use modules::shapes_a_base_with_a_discriminator_is_any_of_its_children::types::{Home, Pet};
use serde_json::json;

#[test]
fn every_member_of_a_family_keeps_what_it_has() {
    let friend = json!({"kind": "pup", "name": "Rex", "barks": true});
    let pets = json!({"pets": [
        {"kind": "cat", "name": "Tom", "claws": true, "friend": friend},
        {"kind": "pet", "name": "Nemo"},
        {"kind": "bird", "name": "Tweety", "wings": 2},
    ]});
    let home: Home = serde_json::from_value(pets.clone()).unwrap();
    match home.pets.as_deref().unwrap() {
        [Pet::Cat(cat), Pet::Pet(pet), Pet::Unknown(bird)] => {
            assert_eq!(cat.claws, Some(true));
            let Some(Pet::Pup(puppy)) = cat.friend.as_deref() else { panic!("{:?}", cat.friend) };
            assert_eq!((puppy.name.as_str(), puppy.barks), ("Rex", Some(true)));
            assert_eq!(pet.name, "Nemo");
            assert_eq!(bird["wings"], 2);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(serde_json::to_value(&home).unwrap(), pets);
}
