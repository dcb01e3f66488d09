//! The same calls by hand: the same settings, the same requests, and types with the same members.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::RequestBuilder;
use serde_derive::{Deserialize, Serialize};

use super::{Call, Outcome};

const JSON_API: &str = "application/vnd.api+json";

fn client() -> Outcome<reqwest::Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let tls = tls.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    let builder = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().referer(false);
    let builder = builder.timeout(Duration::from_secs(60)).connect_timeout(Duration::from_secs(10));
    Ok(builder.user_agent("kajabi/0.1.0").build()?)
}

pub(super) async fn make(url: &str, call: Call, times: usize) -> Outcome {
    let client = client()?;
    let (contact, site) = (String::from("1"), String::from("123"));
    for _ in 0..times {
        match call {
            Call::List => {
                let (site, size) = (encoded(&site), encoded("25"));
                let query = format!("filter%5Bsite_id%5D={site}&page%5Bsize%5D={size}");
                let page: Page = answer(client.get(format!("{url}/v1/contacts?{query}"))).await?;
                assert_eq!(page.data.len(), 25);
            }
            Call::Get => {
                let got: One = answer(client.get(format!("{url}/v1/contacts/{}", encoded(&contact)))).await?;
                assert_eq!(got.data.id, contact);
            }
            Call::Create => {
                let body = serde_json::to_vec(&New { data: NewContact::ada(&site) })?;
                let request = client.post(format!("{url}/v1/contacts")).header("content-type", JSON_API);
                let made: One = answer(request.body(body)).await?;
                assert_eq!(made.data.id, contact);
            }
        }
    }
    Ok(())
}

fn encoded(text: &str) -> impl std::fmt::Display {
    utf8_percent_encode(text, NON_ALPHANUMERIC)
}

async fn answer<T: serde::de::DeserializeOwned>(request: RequestBuilder) -> Outcome<T> {
    let request = request.header("accept", JSON_API).bearer_auth("a token");
    let answer = request.send().await?.error_for_status()?;
    Ok(serde_json::from_slice(&answer.bytes().await?)?)
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only their reading is measured")]
struct Page {
    data: Vec<Contact>,
    links: Links,
    meta: serde_json::Map<String, serde_json::Value>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only their reading is measured")]
struct One {
    data: Contact,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only their reading is measured")]
struct Links {
    #[serde(rename = "self")]
    this: Option<String>,
    first: Option<String>,
    prev: Option<String>,
    next: Option<String>,
    last: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only their reading is measured")]
struct Contact {
    id: String,
    attributes: Attributes,
    relationships: Option<Relationships>,
    links: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only their reading is measured")]
struct Attributes {
    name: Option<String>,
    email: Option<String>,
    phone_number: Option<String>,
    business_number: Option<String>,
    subscribed: Option<bool>,
    address_line_1: Option<String>,
    address_line_2: Option<String>,
    address_city: Option<String>,
    address_state: Option<String>,
    address_country: Option<String>,
    external_user_id: Option<String>,
    address_zip: Option<String>,
    created_at: Option<jiff::Timestamp>,
    updated_at: Option<jiff::Timestamp>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only their reading is measured")]
struct Relationships {
    tags: Option<To<Vec<Identifier>>>,
    offers: Option<To<Vec<Identifier>>>,
    customer: Option<To<Option<Identifier>>>,
    site: Option<To<Option<Identifier>>>,
}

#[derive(Deserialize, Serialize)]
struct To<T> {
    data: T,
}

#[derive(Deserialize, Serialize)]
struct Identifier {
    id: String,
    r#type: String,
}

#[derive(Serialize)]
struct New {
    data: NewContact,
}

#[derive(Serialize)]
struct NewContact {
    r#type: &'static str,
    attributes: NewAttributes,
    relationships: NewRelationships,
}

#[derive(Serialize)]
struct NewAttributes {
    name: String,
    email: String,
    phone_number: Option<String>,
    subscribed: Option<bool>,
    address_city: Option<String>,
    address_country: Option<String>,
}

#[derive(Serialize)]
struct NewRelationships {
    site: To<Identifier>,
}

impl NewContact {
    fn ada(site: &str) -> Self {
        let attributes = NewAttributes {
            name: "Ada Lovelace".into(),
            email: "ada@example.com".into(),
            phone_number: Some("+1 555 0100".into()),
            subscribed: Some(true),
            address_city: Some("London".into()),
            address_country: Some("GB".into()),
        };
        let site = To { data: Identifier { id: site.into(), r#type: "sites".into() } };
        Self { r#type: "contacts", attributes, relationships: NewRelationships { site } }
    }
}
