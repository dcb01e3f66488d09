//! Parameters of clients, as a server gets them.

use std::collections::BTreeMap;

use modules::runtime::Number;
use modules::runtime::mock::Server;
use serde_json::json;

use crate::support::{paths, queries, server};

/// The header of that name in each request.
fn headers(server: &Server, name: &str) -> Vec<String> {
    let all = server.requests();
    all.iter().map(|request| request.header(name).unwrap_or("(none)").to_owned()).collect()
}

#[tokio::test]
async fn paths_have_the_styles_of_their_parameters() {
    use modules::parameters_paths_have_labels_and_matrices::{Client, types::Color};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let color = Color::new(100, 200).name("a/b=c");
    let (simple, label, matrix) = (
        client.paths().simple(["x,y", "z"], &color, 2.50),
        client.paths().label("one", [1, 2]),
        client.paths().matrix(true, &color),
    );
    server.on(client.paths().simple(["x,y", "z"], &color, 2.5)).respond_json(204, ());
    server.on(client.paths().label("one", [1, 2])).respond_json(204, ());
    server.on(client.paths().matrix(true, &color)).respond_json(204, ());
    simple.await.unwrap();
    label.await.unwrap();
    matrix.await.unwrap();
    let paths: Vec<String> = server.requests().iter().map(|request| request.path().to_owned()).collect();
    assert_eq!(
        paths,
        [
            "/simple/x%2Cy,z/R=100,G=200,name=a%2Fb%3Dc/2.5",
            "/label/.one/.1.2",
            "/matrix/;one=true/;object=R,100,G,200,name,a%2Fb%3Dc",
        ]
    );
    let refused = client.paths().simple(["x"], &color, f64::NAN).await.unwrap_err();
    assert!(refused.to_string().contains("it is not a finite number"), "{refused}");
}

#[tokio::test]
async fn queries_have_the_styles_of_their_parameters() {
    use modules::parameters_queries_take_objects_in_every_style::{Client, types::Color, types::Tag};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let color = Color::new(1).tag(Tag::Warm);
    let call =
        || client.colors().list().exploded(&color).joined(&color).spaced(&color).piped(&color).deep(&color);
    server.on(call()).respond_json(204, ());
    call().await.unwrap();
    let expected =
        "R=1&tag=warm&joined=R,1,tag,warm&spaced=R 1 tag warm&piped=R|1|tag|warm&deep[R]=1&deep[tag]=warm";
    assert_eq!(queries(&server), [expected]);
}

#[tokio::test]
async fn queries_take_what_has_no_type() {
    use modules::parameters_queries_take_maps_and_any_json::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    let free = json!({ "x": { "y": [true] } });
    let call = || {
        let call = client.colors().list().map(&map).free(free.as_object().unwrap()).any(&json!(["p", 2]));
        call.raw("a/b?c").ratios([0.5, 2.0])
    };
    server.on(call()).respond_json(204, ());
    call().await.unwrap();
    let expected = "map[a]=1&map[b]=2&free[x][y][0]=true&any=p&any=2&raw=a/b?c&ratios=0.5,2";
    assert_eq!(queries(&server), [expected]);
    assert!(client.colors().list().ratios([1.0, f64::INFINITY]).await.is_err());
}

#[tokio::test]
async fn headers_and_cookies_have_the_styles_of_their_parameters() {
    use modules::parameters_headers_and_cookies_take_objects_and_lists::{Client, types::Color};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let color = Color::new(1, 2);
    let call = || {
        let call = client.things().list("a b").x_object(&color).x_exploded(&color).x_ratio(Number::from(0.5));
        call.x_list(["l", "m n"]).ids([7, 8]).joined(["p", "q;r"]).raw(&color)
    };
    server.on(call()).respond_json(204, ());
    call().await.unwrap();
    assert_eq!(headers(&server, "x-object"), ["R,1,G,2"]);
    assert_eq!(headers(&server, "x-exploded"), ["R=1,G=2"]);
    assert_eq!(headers(&server, "x-list"), ["l,m n"]);
    assert_eq!(headers(&server, "x-ratio"), ["0.5"]);
    assert_eq!(headers(&server, "cookie"), ["session=a%20b; ids=7; ids=8; joined=p,q%3Br; R=1; G=2"]);
    assert!(client.things().list("a").x_ratio(f64::NAN).await.is_err());
    assert!(client.things().list("a").x_list(["l,m"]).await.is_err());
}

#[tokio::test]
async fn media_types_of_parameters_are_written() {
    use modules::parameters_content_gives_a_parameter_a_media_type::{Client, types::Place};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let place = Place::new(0.5).names(vec!["é".to_owned()]);
    let call = || {
        client.search().search(&place).filter(["a", "b"]).note("n&").x_place(&place).prefs(&json!({"k": 1}))
    };
    server.on(call()).respond_json(204, ());
    call().await.unwrap();
    assert_eq!(
        server.requests()[0].path(),
        "/search/%7B%22lat%22%3A0.5%2C%22names%22%3A%5B%22%C3%A9%22%5D%7D"
    );
    assert_eq!(queries(&server), ["filter=[\"a\",\"b\"]&note=n&"]);
    assert_eq!(headers(&server, "x-place"), ["{\"lat\":0.5,\"names\":[\"\\u00e9\"]}"]);
    assert_eq!(headers(&server, "cookie"), ["prefs=%7B%22k%22%3A1%7D"]);
}

#[tokio::test]
async fn parameters_are_xml_and_lines() {
    use modules::parameters_content_may_be_xml_or_lines::{Client, types::Place};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let place = Place::new(0.5).names(vec!["a&b".to_owned(), "c".to_owned()]);
    let call = || {
        let call = client.search().search(&place).points(vec![place.clone(), place.clone()]).more(["1", "2"]);
        call.x_place(&place).x_raw("<own/>").blob("own")
    };
    server.on(call()).respond_json(204, ());
    call().await.unwrap();
    let path = "%3Cplace%20lat%3D%220.5%22%3E%3Cname%3Ea%26amp%3Bb%3C%2Fname%3E%3Cname%3Ec%3C%2Fname%3E%3C%2Fplace%3E";
    assert_eq!(paths(&server), [format!("/search/{path}")]);
    let (line, sequence) = (r#"{"lat":0.5,"names":["a&b","c"]}"#, "\u{1e}\"1\"\n\u{1e}\"2\"\n");
    assert_eq!(queries(&server), [format!("points={line}\n{line}&more={sequence}&blob=own")]);
    let xml = "<place lat=\"0.5\"><name>a&amp;b</name><name>c</name></place>";
    assert_eq!(headers(&server, "x-place"), [xml]);
    assert_eq!(headers(&server, "x-raw"), ["<own/>"]);
    let refused = client.search().search(&place).x_place(&place.names(vec!["é".to_owned()])).await.unwrap_err();
    assert!(refused.to_string().contains("is not ASCII text"), "{refused}");
}

#[tokio::test]
async fn parameters_are_forms() {
    use modules::parameters_content_may_be_a_form::{Client, types::Place};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let place = Place::new(0.5).names(vec!["a&b".to_owned(), "c".to_owned()]);
    let calls = || (client.search().search("x").fields(&place).at(&place), client.search().whole("x", "a=1&b=c%26d+e#"));
    let (parts, whole) = calls();
    server.on(parts).respond_json(204, ());
    server.on(whole).respond_json(204, ());
    let (parts, whole) = calls();
    parts.await.unwrap();
    whole.await.unwrap();
    assert_eq!(queries(&server), ["fields=lat=0.5&names=a%26b%7Cc", "a=1&b=c&d e#"]);
    assert_eq!(headers(&server, "cookie"), ["at=lat%3D0.5%26names%3Da%2526b%26names%3Dc", "(none)"]);
}

#[tokio::test]
async fn a_value_may_be_the_whole_query() {
    use modules::parameters_a_querystring_is_the_whole_query::{Client, types::WholeFormQ};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let form = WholeFormQ::new("a + b").bar(true).tags(vec!["c".to_owned(), "d".to_owned()]);
    server.on(client.whole().form(&form)).respond_json(204, ());
    server.on(client.whole().json().q([1, 2])).respond_json(204, ());
    server.on(client.whole().path().selector("$.a[1:2]")).respond_json(204, ());
    client.whole().form(&form).await.unwrap();
    client.whole().json().q([1, 2]).await.unwrap();
    client.whole().path().selector("$.a[1:2]").await.unwrap();
    assert_eq!(queries(&server), ["word=a + b&bar=true&tags=c|d", "[1,2]=", "$.a[1:2]="]);
}

#[tokio::test]
async fn unions_are_sent_as_what_they_are() {
    use modules::parameters_unions_are_written_as_what_they_are::{Client, types};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let (one, several) = (types::ThingsGetTags::String("x".to_owned()), vec!["x".to_owned(), "y".to_owned()]);
    let several = types::ThingsGetTags::Array(several);
    let range = types::ThingsGetCreated::Range(types::Range::new().gt(5));
    let id = types::ThingsGetId::Integer(7);
    let calls = || {
        [
            client.things().get(&id).tags(&one).created(&types::ThingsGetCreated::Integer(9)).mood("grim"),
            client.things().get(&id).tags(&several).created(&range).mood(types::ThingsGetMood::Sad).limit(3),
        ]
    };
    for call in calls() {
        server.on(call).times(1).respond_json(204, ());
    }
    for call in calls() {
        call.await.unwrap();
    }
    assert_eq!(
        queries(&server),
        ["tags=x&created=9&mood=grim", "tags=x&tags=y&created[gt]=5&mood=sad&limit=3"]
    );
}

#[tokio::test]
async fn constants_go_along_in_every_place() {
    use modules::parameters_required_constants_are_sent_by_themselves_everywhere::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.things().get()).respond_json(204, ());
    client.things().get().await.unwrap();
    assert_eq!(server.requests()[0].path(), "/v/2/;kind=cat");
    assert_eq!(queries(&server), ["strict=true&mode=fast&json=\"text\""]);
    assert_eq!(
        (headers(&server, "x-version"), headers(&server, "cookie")),
        (vec!["v1".to_owned()], vec!["flavour=plain".to_owned()])
    );
}

#[tokio::test]
async fn the_query_of_a_path_goes_along() {
    use modules::operations_a_path_may_have_a_query_of_its_own::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.responses().preview("7")).respond_json(204, ());
    server.on(client.responses().list()).respond_json(204, ());
    client.responses().preview("7").await.unwrap();
    client.responses().list().await.unwrap();
    server.on(client.search().find("a")).respond_json(204, ());
    client.search().find("a").await.unwrap();
    assert_eq!(paths(&server), ["/responses/7", "/responses", "/search"]);
    assert_eq!(queries(&server), ["beta=true&mode=a b", "", "q=a&kind=b"]);
}

#[tokio::test]
async fn an_empty_value_is_told_from_none() {
    use modules::parameters_an_empty_value_is_sent_as_such::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    server.on(client.pets().list()).respond_json(204, ());
    client.pets().list().name("").kind("").tags([""; 0]).query("age", "").await.unwrap();
    client.pets().list().await.unwrap();
    assert_eq!(queries(&server), ["name=&kind=&tags=&age=", ""]);
}
