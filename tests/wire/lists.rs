//! Lists, page after page, as the overlay says they are walked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{StreamExt as _, TryStreamExt as _};
use kajabi::{Error, SiteId, contacts};

use crate::recorder::{Answer, Seen, Server};
use crate::server::{JSON_API, answer};

const PAGES: usize = 100;
const ITEMS: usize = 100;

/// The number of the page that a request asks for.
fn page_of(seen: &Seen) -> usize {
    let pairs = seen.line.split(['?', '&', ' ']);
    let number = pairs.filter_map(|pair| pair.strip_prefix("page%5Bnumber%5D=")).next();
    number.map_or(1, |number| number.parse().unwrap())
}

/// A page of contacts whose links name a host of their own, as those of the API do.
fn page(seen: &Seen, items: usize, pages: usize) -> Answer {
    let page = page_of(seen);
    let contact = |at: usize| {
        let id = (page - 1) * items + at + 1;
        format!(r#"{{"id":"{id}","type":"contacts","attributes":{{"email":"{id}@example.com"}}}}"#)
    };
    let contacts: Vec<String> = (0..items).map(contact).collect();
    let next = if page < pages {
        format!(r#""https://app.example.com/api/v1/contacts?page[number]={}&page[size]=7""#, page + 1)
    } else {
        "null".to_owned()
    };
    let body = format!(
        r#"{{"data":[{}],"links":{{"next":{next}}},"meta":{{"total_count":{}}}}}"#,
        contacts.join(","),
        items * pages
    );
    answer(200, JSON_API, body)
}

#[tokio::test]
async fn ten_thousand_contacts_are_asked_for_page_by_page() {
    let server = Server::start(|seen| page(seen, ITEMS, PAGES)).await;
    let kajabi = server.client();
    let mut contacts = kajabi.contacts().list().page_size(100).stream();
    let mut count = 0;
    while let Some(contact) = contacts.try_next().await.unwrap() {
        count += 1;
        assert_eq!(contact.id, count.to_string().as_str());
        // No page is asked for before the items of the last one are used up.
        assert_eq!(server.seen().len(), (count - 1) / ITEMS + 1);
    }
    assert_eq!((count, server.seen().len()), (PAGES * ITEMS, PAGES));
}

#[tokio::test]
async fn one_item_costs_one_request() {
    let server = Server::start(|seen| page(seen, ITEMS, PAGES)).await;
    let kajabi = server.client();
    let first = kajabi.contacts().list().stream().next().await.unwrap().unwrap();
    assert_eq!(first.attributes.email.as_deref(), Some("1@example.com"));
    server.only();
}

#[tokio::test]
async fn filters_and_size_are_kept_and_only_the_page_is_taken_from_the_link() {
    let server = Server::start(|seen| page(seen, 1, 3)).await;
    let kajabi = server.client();
    let list = kajabi.contacts().list().filter_site_id(&SiteId::from("9")).page_size(1);
    let pages: Vec<_> = list.pages().try_collect().await.unwrap();
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[0].meta.as_ref().and_then(|meta| meta.total_count), Some(3));
    let lines: Vec<String> = server.seen().into_iter().map(|seen| seen.line).collect();
    let line = |rest: &str| format!("GET /v1/contacts?filter%5Bsite_id%5D=9&page%5Bsize%5D=1{rest}");
    assert_eq!(lines, [line(""), line("&page%5Bnumber%5D=2"), line("&page%5Bnumber%5D=3")]);
}

#[tokio::test]
async fn an_error_in_the_middle_comes_after_the_items_before_it_and_ends_the_stream() {
    let server = Server::start(|seen| match page_of(seen) {
        2 => answer(403, JSON_API, r#"{"errors":[{"detail":"no more"}]}"#),
        _ => page(seen, 2, 3),
    })
    .await;
    let kajabi = server.client();
    let found: Vec<_> = kajabi.contacts().list().stream().collect().await;
    assert_eq!(found.len(), 3);
    let Err(Error::Api(contacts::ListError::Forbidden(problem), _)) = &found[2] else {
        panic!("{:?}", found[2]);
    };
    assert_eq!(problem.errors[0].detail.as_deref(), Some("no more"));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_page_that_names_itself_as_the_next_is_the_last() {
    let body = r#"{"data":[{"id":"1"}],"links":{"next":"https://x.example/v1/contacts?page[number]=1"}}"#;
    let server = Server::giving(200, body).await;
    let contacts: Vec<_> = server.client().contacts().list().page_number(1).stream().collect().await;
    assert_eq!((contacts.len(), server.seen().len()), (1, 1));
}

#[tokio::test]
async fn an_empty_page_is_the_last() {
    let body = r#"{"data":[],"links":{"next":"https://x.example/v1/contacts?page[number]=2"}}"#;
    let server = Server::giving(200, body).await;
    assert_eq!(server.client().contacts().list().stream().count().await, 0);
    server.only();
}

#[tokio::test]
async fn payouts_are_walked_by_the_number_in_their_meta() {
    let asked = Arc::new(AtomicUsize::new(0));
    let server = Server::start(move |_| {
        let page = asked.fetch_add(1, Ordering::Relaxed) + 1;
        let next = if page < 3 { (page + 1).to_string() } else { "null".to_owned() };
        let meta = format!(r#"{{"total":3,"pagination":{{"current":{page},"next":{next}}}}}"#);
        answer(200, JSON_API, format!(r#"{{"data":[{{"id":"payout_{page}"}}],"meta":{meta}}}"#))
    })
    .await;
    let kajabi = server.client();
    let payouts: Vec<_> = kajabi.payouts().list(&SiteId::from("1")).stream().try_collect().await.unwrap();
    assert_eq!(payouts.len(), 3);
    assert!(server.seen()[2].line.ends_with("filter%5Bsite_id%5D=1&page%5Bnumber%5D=3"));
}
