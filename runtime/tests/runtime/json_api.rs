//! Documents, pages and relationships of JSON:API.

use clientsmith_runtime::runtime::json_api::{
    Document, Identifier, Linkage, Links, Page, PageLinks, Resource, ResourceId, ToMany, ToOne,
};
use clientsmith_runtime::runtime::{Json, JsonObject, Method};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::server::sent;

/// A resource whose ids are text.
#[derive(Clone, Debug, PartialEq)]
struct Thing(Identifier);

impl Resource for Thing {
    fn identifier(&self) -> (&str, &str) {
        (&self.0.type_, &self.0.id)
    }
}

impl<'de> Deserialize<'de> for Thing {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        Identifier::deserialize(source).map(Self)
    }
}

impl Serialize for Thing {
    fn serialize<S: serde::Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(sink)
    }
}

/// An id as emitted code has it.
#[derive(Clone, Debug, PartialEq)]
struct TagId(String);

impl From<String> for TagId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl AsRef<str> for TagId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl ResourceId for TagId {
    const TYPE: &'static str = "tags";
}

/// How many there are.
#[derive(Debug, PartialEq)]
struct Count(u32);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        u32::deserialize(source).map(Self)
    }
}

fn read<T: DeserializeOwned>(json: &Json) -> T {
    serde_json::from_str(&json.to_string()).unwrap()
}

fn error<T: DeserializeOwned>(json: &Json) -> String {
    serde_json::from_str::<T>(&json.to_string()).err().unwrap().to_string()
}

/// What is read from `json` is written as `json` again.
fn check_kept<T: DeserializeOwned + Serialize>(json: &Json) {
    assert_eq!(serde_json::to_value(read::<T>(json)).unwrap(), *json);
}

#[test]
fn documents_are_written_as_they_were_read() {
    check_kept::<Document<Thing, Thing>>(&json!({
        "data": {"type": "things", "id": "1"},
        "included": [{"type": "others", "id": "2"}],
        "links": {"self": "/things/1", "about": {"href": "/about", "title": "About"}, "related": null},
        "meta": {"copyright": "me"},
        "jsonapi": {"version": "1.1"},
    }));
    check_kept::<Document<Json>>(&json!({"data": null}));
}

#[test]
fn pages_are_written_as_they_were_read() {
    check_kept::<Page<Thing, JsonObject, Thing>>(&json!({
        "data": [{"type": "things", "id": "1"}],
        "included": [{"type": "others", "id": "2"}],
        "links": {"self": "/a", "current": "/b", "first": "/c", "prev": "/d", "next": "/e", "last": "/f", "up": "/g"},
        "meta": {"total": 1},
        "jsonapi": {"version": "1.1"},
    }));
}

#[test]
fn data_of_a_document_must_be_there() {
    assert_eq!(error::<Document<Thing>>(&json!({})), "missing field `data` at line 1 column 2");
    assert!(error::<Document<Thing>>(&json!({"data": null})).contains("expected an object (`Identifier`)"));
    assert!(error::<Document<Thing>>(&json!([])).contains("expected an object (`Document`)"));
}

#[test]
fn data_of_a_document_may_be_optional() {
    assert_eq!(read::<Document<Option<Thing>>>(&json!({"data": null})).data, None);
    assert_eq!(read::<Document<Option<Thing>>>(&json!({"meta": {}})).data, None);
}

#[test]
fn lists_that_are_null_are_empty() {
    for json in [json!({"data": null}), json!({"data": null, "included": null, "links": null, "meta": null})]
    {
        let page: Page<Thing, JsonObject, Thing> = read(&json);
        assert_eq!(page, Page::new(Vec::new()));
    }
}

#[test]
fn data_of_a_page_must_be_there() {
    for json in [json!({}), json!({"errors": [{"detail": "too slow"}]}), json!({"meta": {"total": 0}})] {
        assert!(error::<Page<Thing>>(&json).starts_with("missing field `data`"), "{json}");
    }
}

#[test]
fn links_and_meta_of_another_shape_cost_nothing() {
    let json = json!({"data": [], "links": [], "meta": "many"});
    let page: Page<Thing, Count> = read(&json);
    assert_eq!((&page.links, &page.meta), (&PageLinks::new(), &None));
    assert_eq!(json!(page.extra), json!({"links": [], "meta": "many"}));
    let document: Document<Json> = read(&json!({"data": [], "links": 7, "meta": "many"}));
    assert_eq!(json!(document.extra), json!({"links": 7, "meta": "many"}));
}

#[test]
fn meta_is_typed() {
    assert_eq!(read::<Page<Thing, Count>>(&json!({"data": [], "meta": 7})).meta, Some(Count(7)));
}

#[test]
fn links_of_a_page_are_text_or_objects() {
    let links: PageLinks =
        read(&json!({"next": {"href": "/2", "title": "x"}, "prev": null, "last": 7, "x": "/x"}));
    assert_eq!(links.next.as_deref(), Some("/2"));
    assert_eq!((links.prev, links.last), (None, None));
    assert_eq!(json!(links.extra), json!({"last": 7, "x": "/x"}));
}

#[test]
fn links_lead_somewhere() {
    let mut links: Links = read(&json!({"self": "/1", "about": {"href": "/2"}, "none": null, "odd": {}}));
    assert_eq!((links.get("self"), links.get("about")), (Some("/1"), Some("/2")));
    assert_eq!((links.get("none"), links.get("odd"), links.get("missing")), (None, None, None));
    links.set("next", "/3");
    assert_eq!(links.iter().collect::<Vec<_>>(), [("about", "/2"), ("next", "/3"), ("self", "/1")]);
    assert_eq!(links.as_json().len(), 5);
}

#[test]
fn links_that_are_an_empty_list_are_none() {
    assert_eq!(read::<Links>(&json!([])), Links::new());
    for json in [json!(["/1"]), json!("/1"), json!(null)] {
        assert!(error::<Links>(&json).contains("expected an object (`Links`)"), "{json}");
    }
}

#[test]
fn relationships_of_the_other_cardinality_are_read() {
    let (one, two) = (json!({"type": "things", "id": "1"}), json!({"type": "things", "id": "2"}));
    let first = Identifier::new("things", "1");
    assert_eq!(read::<ToOne>(&json!({"data": []})), ToOne::default());
    assert_eq!(read::<ToOne>(&json!({"data": [one]})), ToOne::new(Some(first.clone())));
    assert_eq!(read::<ToMany>(&json!({"data": one})), ToMany::new(vec![first]));
    assert!(error::<ToOne>(&json!({"data": [one, two]})).contains("expected one resource or none in `data`"));
    assert!(
        error::<ToMany>(&json!({"data": 7})).contains("expected an object (`Identifier`) or a list of them")
    );
}

#[test]
fn relationships_to_one_may_be_empty() {
    for json in
        [json!({"data": null}), json!({"links": {"related": "/x"}}), json!({"data": null, "links": []})]
    {
        assert_eq!(read::<ToOne>(&json).data, None);
    }
    check_kept::<ToOne>(&json!({"data": null, "meta": {"a": 1}}));
    check_kept::<ToOne>(&json!({"data": {"type": "things", "id": "1"}, "links": {"related": "/x"}}));
}

#[test]
fn relationships_to_many_may_be_empty() {
    for json in [json!({"data": null}), json!({}), json!({"data": []})] {
        assert!(read::<ToMany>(&json).data.is_empty());
    }
    check_kept::<ToMany>(&json!({"data": [{"type": "things", "id": "1"}]}));
}

#[test]
fn identifiers_may_have_numbers_for_ids_and_more_members() {
    let one: Identifier = read(&json!({"type": "things", "id": 7, "meta": {"x": 1}}));
    assert_eq!(one, Identifier::new("things", "7"));
    assert!(error::<Identifier>(&json!({"type": "things"})).starts_with("missing field `id`"));
    assert!(error::<Identifier>(&json!({"id": "1"})).starts_with("missing field `type`"));
}

#[test]
fn linkage_is_read_into_ids_and_written_with_their_type() {
    let json =
        json!({"data": [{"type": "tags", "id": "1"}, {"type": "tags", "id": "2"}], "links": {"self": "/r"}});
    let linkage: Linkage<TagId> = read(&json);
    assert_eq!(linkage.data, [TagId("1".to_owned()), TagId("2".to_owned())]);
    assert_eq!(serde_json::to_value(&linkage).unwrap(), json);
    let odd: Linkage<TagId> = read(&json!({"data": [{"type": "offers", "id": 3}]}));
    assert_eq!(odd, Linkage::new(vec![TagId("3".to_owned())]));
}

#[test]
fn included_resources_are_found_by_type_and_id() {
    let thing = |type_, id| Thing(Identifier::new(type_, id));
    let mut page = Page::<Thing, JsonObject, Thing>::default();
    page.included = vec![thing("tags", "1"), thing("offers", "1"), thing("tags", "2")];
    let one = ToOne::new(Some(Identifier::new("offers", "1")));
    assert_eq!(page.included_one(&one), Some(&thing("offers", "1")));
    assert_eq!(page.included_one(&ToOne::default()), None);
    let many = ToMany::new(["2", "9", "1"].map(|id| Identifier::new("tags", id)).into());
    let found: Vec<_> = page.included_many(&many).map(|tag| tag.0.id.as_str()).collect();
    assert_eq!(found, ["2", "1"]);
    let mut document = Document::<Thing, Thing>::new(thing("tags", "9"));
    document.included = page.included.clone();
    assert_eq!(document.included_one(&one), Some(&thing("offers", "1")));
    assert_eq!(document.included_many(&many).count(), 2);
}

#[tokio::test]
async fn linkage_is_set_in_the_bodies_of_requests() {
    let seen = sent(Method::POST, "/things", |request| {
        request.json_start("application/vnd.api+json");
        request.link_one(&["data", "relationships", "site", "data"], "sites", "7");
        request.linkage(&["data", "relationships", "tags", "data"], "tags", [TagId("1".to_owned())]);
        request.linkage(&["data", "relationships", "offers", "data"], "offers", [""; 0]);
    })
    .await;
    let expected = json!({"data": {"relationships": {
        "site": {"data": {"type": "sites", "id": "7"}},
        "tags": {"data": [{"type": "tags", "id": "1"}]},
        "offers": {"data": []},
    }}});
    assert_eq!(serde_json::from_str::<Json>(&seen.body).unwrap(), expected);
}

#[test]
fn errors_name_the_place() {
    let mut reader = serde_json::Deserializer::from_str(
        r#"{"data": [{"type": "a", "id": "1"}, {"type": "a", "id": []}]}"#,
    );
    let error = serde_path_to_error::deserialize::<_, Page<Thing>>(&mut reader).unwrap_err();
    assert_eq!(error.path().to_string(), "data[1].id");
}
