//! Links to the next page, in bodies and headers.

use clientsmith_runtime::runtime::paging::{Next, PageStyle, Paging, items, pages};
use clientsmith_runtime::runtime::{
    Bytes, ClientBuilder, ClientDefaults, Credential, Method, Request, SchemeKind, SecurityScheme,
};
use serde_json::json;

use super::{
    LINKED, PLAIN, WHOLE, body, check, check_lost, decode, last, linked, next, ok, request, shown, targets,
    turns, walk,
};
use crate::server::{DEFAULTS, Server, scheme, secured};

#[tokio::test]
async fn links_are_followed_by_their_parameter_and_all_else_is_kept() {
    check(
        vec![linked(&[1, 2], "https://api.test/v1/things?page%5Bnumber%5D=2&page[size]=10"), last(&[3])],
        &LINKED,
        &[("filter[site]", "7 & 8"), ("page[size]", "2")],
        &[1, 2, 3],
        &["?filter[site]=7%20%26%208&page[size]=2", "?filter[site]=7%20%26%208&page[size]=2&page[number]=2"],
    )
    .await;
}

#[tokio::test]
async fn links_are_absolute_or_relative_with_or_without_brackets_encoded_and_fragment() {
    for link in [
        "http://user:secret@api.test:99/api/v1/things?a=1&page[number]=2#top",
        "//api.test/other?page%5Bnumber%5D=2",
        "/v1/things?page[number]=2#?page[number]=3",
        "?page%5bnumber%5d=2",
    ] {
        check(vec![linked(&[1], link), last(&[2])], &LINKED, &[], &[1, 2], &["", "?page[number]=2"]).await;
    }
}

#[tokio::test]
async fn links_may_be_objects() {
    let first = json!({ "data": [1], "links": { "next": { "href": "?page[number]=2", "meta": { "href": "?page[number]=9" } } } });
    check(vec![first, last(&[2])], &LINKED, &[], &[1, 2], &["", "?page[number]=2"]).await;
}

#[tokio::test]
async fn whole_links_replace_parameters_of_the_same_name_and_keep_the_others() {
    check(
        vec![json!({ "data": [1], "next": "/x?cursor=a%2Fb+c%FF&tag=1&tag=2" }), json!({ "data": [2] })],
        &WHOLE,
        &[("tag", "0"), ("limit", "5"), ("cursor", "z")],
        &[1, 2],
        &["?tag=0&limit=5&cursor=z", "?limit=5&cursor=a%2Fb+c%FF&tag=1&tag=2"],
    )
    .await;
}

#[tokio::test]
async fn links_to_other_hosts_and_paths_are_asked_of_the_own_server() {
    let other = turns(vec![last(&[9])]).await;
    let link = format!("{}/evil?page[number]=2", other.url);
    let server = turns(vec![linked(&[1], &link), last(&[2])]).await;
    let client = server.builder().credential("Bearer", Credential::bearer("secret")).build().unwrap();
    let operation = secured(Method::GET, "/v1/things", &[&["Bearer"]]);
    let mut stream = items(Request::new(&client, operation), &LINKED, decode, |page| page);
    while next(&mut stream).await.is_some() {}
    assert!(other.seen().is_empty());
    assert_eq!(targets(&server), ["", "?page[number]=2"]);
    assert!(server.seen().iter().all(|seen| seen.header("authorization") == Some("Bearer secret")));
}

#[tokio::test]
async fn keys_that_a_link_repeats_are_sent_once() {
    static SCHEMES: [SecurityScheme; 1] = [scheme("Query", SchemeKind::ApiKeyQuery("api_key"))];
    let server = turns(vec![json!({ "data": [1], "next": "?api_key=old&after=1" }), json!({})]).await;
    let defaults = ClientDefaults { schemes: &SCHEMES, ..DEFAULTS };
    let client = ClientBuilder::new(defaults)
        .base_url(&server.url)
        .credential("Query", Credential::api_key("mine"))
        .build()
        .unwrap();
    let operation = secured(Method::GET, "/v1/things", &[&["Query"]]);
    let mut stream = pages(Request::new(&client, operation), &WHOLE, decode);
    while next(&mut stream).await.is_some() {}
    assert_eq!(targets(&server), ["?api_key=mine", "?after=1&api_key=mine"]);
    let server = turns(vec![json!({ "data": [1], "next": "?api_key=old&after=1" }), json!({})]).await;
    let builder = ClientBuilder::new(defaults).base_url(&server.url);
    let client = builder.credential("Query", Credential::api_key("mine")).build().unwrap();
    let mut given = Request::new(&client, operation);
    given.query("api_key", "given");
    let mut stream = pages(given, &WHOLE, decode);
    while next(&mut stream).await.is_some() {}
    assert_eq!(targets(&server), ["?api_key=given", "?api_key=given&after=1"]);
}

#[tokio::test]
async fn links_that_lead_nowhere_are_errors_after_the_page() {
    let no_query = "at links.next: the link to the next page has no query";
    check_lost(linked(&[1], "garbage"), &LINKED, no_query).await;
    check_lost(linked(&[1], "https://api.test/v1/things/page/2"), &LINKED, no_query).await;
    check_lost(
        linked(&[1], "is it? page[number]=2"),
        &LINKED,
        "at links.next: the link to the next page is no URL",
    )
    .await;
    let lacks = "at links.next: the link to the next page lacks the parameter that tells pages apart";
    check_lost(linked(&[1], "?page[size]=2"), &LINKED, lacks).await;
    check_lost(json!({ "data": [1], "next": "?" }), &WHOLE, &lacks.replace("links.", "")).await;
    let odd = json!({ "data": [1], "links": { "next": ["?page[number]=2"] } });
    check_lost(odd, &LINKED, "at links.next: this says nothing about the next page").await;
}

#[tokio::test]
async fn errors_about_links_do_not_show_them() {
    let server = turns(vec![linked(&[1], "https://api.test/secret-key")]).await;
    let client = server.client();
    let mut stream = pages(request(&client, &[]), &LINKED, decode);
    next(&mut stream).await.unwrap().unwrap();
    let error = next(&mut stream).await.unwrap().unwrap_err();
    assert!(!format!("{error:?} {}", shown(&error)).contains("secret-key"));
    assert_eq!(error.body(), Some(&Bytes::from(linked(&[1], "https://api.test/secret-key").to_string())));
}

#[tokio::test]
async fn link_headers_are_followed() {
    static HEADER: Paging = Paging { style: PageStyle::Link, next: &[Next::Header], ..PLAIN };
    for (header, followed) in [
        (r#"<https://api.test/x?a=1&p=2>; rel="next""#, true),
        (r#"<?p=0>; rel=prev, <?a=1&p=2>; title="a,\";b"; REL="last NEXT", <?p=9>; rel=last"#, true),
        (r#"<?p=0,1;2>;rel="prev";rel="next" , ,<?a=1&p=2>;rel=next"#, true),
        (r#"<?p=0>; rel=next; anchor="/other", <?a=1&p=2> ; rel = next"#, true),
        (r#"<?p=2>; rel="prev""#, false),
        (r#"<?p=2>; title="rel=next"#, false),
        (r#"<?p=2; rel="next""#, false),
        ("?p=2; rel=next", false),
        ("", false),
    ] {
        let server = Server::start(move |seen| match seen.line.as_str() {
            "GET /v1/things?a=0" => {
                body(200, &[("link", "<?x>; rel=first"), ("link", header)], &json!({ "data": [1] }))
            }
            _ => ok(&json!({ "data": [2] })),
        })
        .await;
        let (found, error, sent) = walk(&server, &HEADER, &[("a", "0")]).await;
        assert_eq!(error, None);
        if followed {
            assert_eq!(
                (found, sent),
                (vec![1, 2], ["?a=0", "?a=1&p=2"].map(str::to_owned).into()),
                "{header}"
            );
        } else {
            assert_eq!(found, [1], "{header}");
        }
    }
}
