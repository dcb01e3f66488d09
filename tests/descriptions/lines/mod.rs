//! Every request line of every description is what some call of the client sends.

mod commerce;
mod content;
mod people;
mod sales;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use kajabi::runtime::{BoxFuture, RawResponse};
use kajabi::{Client, Error};

use crate::document;
use crate::server::Server;

/// A request line as it stands in a description, and the call that sends it.
type Line<'a> = (&'static str, BoxFuture<'a, Result<RawResponse, Error<Infallible>>>);

/// Lines that are no requests as they stand, and what they mean.
const MISSPELT: [(&str, &str); 9] = [
    ("GET /v1/blog_posts[number]=1&page[size]=10", "GET /v1/blog_posts?page[number]=1&page[size]=10"),
    ("GET /v1/blog_posts[number]=2&page[size]=25", "GET /v1/blog_posts?page[number]=2&page[size]=25"),
    ("GET /v1/landing_pages[number]=1&page[size]=10", "GET /v1/landing_pages?page[number]=1&page[size]=10"),
    ("GET /v1/landing_pages[number]=2&page[size]=25", "GET /v1/landing_pages?page[number]=2&page[size]=25"),
    ("GET /v1/website_pages[number]=1&page[size]=10", "GET /v1/website_pages?page[number]=1&page[size]=10"),
    ("GET /v1/website_pages[number]=2&page[size]=25", "GET /v1/website_pages?page[number]=2&page[size]=25"),
    // A pair without a name.
    (
        "GET /v1/contacts?filter[site_id]=123&filter[has_tag_id]=456&filter[search]=smith&=true&page[number]=1&page[size]=10&fields[contacts]=name,email",
        "GET /v1/contacts?filter[site_id]=123&filter[has_tag_id]=456&filter[search]=smith&page[number]=1&page[size]=10&fields[contacts]=name,email",
    ),
    // The type is `products`.
    (
        "GET /v1/customers/123?include=products&fields[customers]=name&fields[product]=title",
        "GET /v1/customers/123?include=products&fields[customers]=name&fields[products]=title",
    ),
    // Two ampersands.
    (
        "GET /v1/forms/123?include=fields&fields[forms]=title,webhook_url&&fields[fields]=title",
        "GET /v1/forms/123?include=fields&fields[forms]=title,webhook_url&fields[fields]=title",
    ),
];

fn calls(client: &Client) -> Vec<Line<'_>> {
    [people::calls(client), content::calls(client), commerce::calls(client), sales::calls(client)]
        .into_iter()
        .flatten()
        .collect()
}

/// Method and path of a request line, and its pairs by name; those of one name stay in their order.
fn parts(line: &str) -> (String, Vec<(String, String)>) {
    let (path, query) = line.split_once('?').unwrap_or((line, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    (path.to_owned(), pairs)
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|_| byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn every_call_sends_the_line_it_stands_beside() {
    let server = Server::giving_least().await;
    let client = server.client();
    let misspelt = BTreeMap::from(MISSPELT);
    for (line, call) in calls(&client) {
        call.await.unwrap_or_else(|error| panic!("{line}: {error}"));
        let sent = server.seen().pop().unwrap().line;
        let meant = misspelt.get(line).copied().unwrap_or(line);
        assert_eq!(parts(&sent), parts(meant), "{line}");
    }
}

#[test]
fn the_lines_are_those_of_the_descriptions() {
    let client = Client::builder().build().unwrap();
    let called: BTreeSet<&str> = calls(&client).iter().map(|(line, _)| *line).collect();
    let written = document::lines();
    assert_eq!(written.len(), 198);
    assert_eq!(written.iter().map(String::as_str).collect::<BTreeSet<_>>(), called);
}
