//! Every operation of the document, called once.

use std::collections::BTreeSet;
use std::path::Path;

use clientsmith::Generator;
use clientsmith::diag::Diagnostics;
use kajabi::runtime::BoxFuture;
use kajabi::{Client, ContactTagId, Error, OfferId};

use crate::oauth;
use crate::server::Server;

type Call<'a> = (&'static str, BoxFuture<'a, Result<(), String>>);

/// A call with the request line it is expected to send.
fn call<'a, T: Send + 'a, E: std::error::Error + Send + 'a>(
    line: &'static str,
    call: impl IntoFuture<Output = Result<T, Error<E>>, IntoFuture = BoxFuture<'a, Result<T, Error<E>>>>,
) -> Call<'a> {
    let sent = call.into_future();
    (line, Box::pin(async move { sent.await.map(drop).map_err(|error| error.to_string()) }))
}

#[tokio::test]
async fn every_operation_calls_its_method_and_path_and_reads_the_answer() {
    let server = Server::giving_least().await;
    let client = server.client();
    for (line, sent) in calls(&client) {
        sent.await.unwrap_or_else(|error| panic!("{line}: {error}"));
        let last = server.seen().pop().unwrap();
        assert_eq!(last.line.split('?').next(), Some(line));
    }
}

#[test]
fn the_list_of_calls_is_the_document_s_list_of_operations() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/clientsmith.toml");
    let (source, config, pins, _) = Generator::new().config(config).inputs_read().unwrap();
    let stages = clientsmith::stages(&source, &config, &pins, &mut Diagnostics::default()).unwrap();
    let declared = stages.api.operations.iter().map(|operation| {
        let path: Vec<&str> =
            operation.path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect();
        format!("{} {}", operation.method.as_str(), path.join("/"))
    });
    let declared: BTreeSet<String> = declared.collect();
    let client = Client::builder().build().unwrap();
    let called: Vec<String> = calls(&client).into_iter().map(|(line, _)| line.to_owned()).collect();
    assert_eq!(called.len(), 77);
    assert_eq!(called.into_iter().collect::<BTreeSet<_>>(), declared);
}

fn calls(client: &Client) -> Vec<Call<'_>> {
    let mut calls = people(client);
    calls.extend(content(client));
    calls.extend(commerce(client));
    calls.extend(account(client));
    calls
}

fn people(client: &Client) -> Vec<Call<'_>> {
    let (contacts, customers, notes) = (client.contacts(), client.customers(), client.contact_notes());
    let (contact, customer, note) = (&"1".into(), &"1".into(), &"1".into());
    let offers = || [OfferId::from("2")];
    let tags = || [ContactTagId::from("3")];
    vec![
        call("GET /v1/contacts", contacts.list()),
        call("POST /v1/contacts", contacts.create(&"7".into())),
        call("GET /v1/contacts/1", contacts.get(contact)),
        call("DELETE /v1/contacts/1", contacts.delete(contact)),
        call("PATCH /v1/contacts/1", contacts.update(contact)),
        call("GET /v1/contacts/1/relationships/offers", contacts.list_offers(contact)),
        call("POST /v1/contacts/1/relationships/offers", contacts.grant_offers(contact, offers())),
        call("DELETE /v1/contacts/1/relationships/offers", contacts.revoke_offers(contact, offers())),
        call("PATCH /v1/contacts/1/relationships/offers", contacts.replace_offers(contact, offers())),
        call("GET /v1/contacts/1/relationships/tags", contacts.list_tags(contact)),
        call("POST /v1/contacts/1/relationships/tags", contacts.add_tags(contact, tags())),
        call("DELETE /v1/contacts/1/relationships/tags", contacts.remove_tags(contact, tags())),
        call("PATCH /v1/contacts/1/relationships/tags", contacts.replace_tags(contact, tags())),
        call("GET /v1/contact_notes", notes.list()),
        call("POST /v1/contact_notes", notes.create(contact, "Hello")),
        call("GET /v1/contact_notes/1", notes.get(note)),
        call("DELETE /v1/contact_notes/1", notes.delete(note)),
        call("PATCH /v1/contact_notes/1", notes.update(note, "Hello again")),
        call("GET /v1/contact_tags", client.contact_tags().list()),
        call("GET /v1/contact_tags/1", client.contact_tags().get(&"1".into())),
        call("GET /v1/custom_fields", client.custom_fields().list()),
        call("GET /v1/custom_fields/1", client.custom_fields().get(&"1".into())),
        call("GET /v1/customers", customers.list()),
        call("GET /v1/customers/1", customers.get(customer)),
        call("GET /v1/customers/1/relationships/offers", customers.list_offers(customer)),
        call("POST /v1/customers/1/relationships/offers", customers.grant_offers(customer, offers())),
        call("DELETE /v1/customers/1/relationships/offers", customers.revoke_offers(customer, offers())),
        call("PATCH /v1/customers/1/relationships/offers", customers.replace_offers(customer, offers())),
    ]
}

fn content(client: &Client) -> Vec<Call<'_>> {
    let (forms, sites) = (client.forms(), client.sites());
    let form = &"1".into();
    vec![
        call("GET /v1/blog_posts", client.blog_posts().list()),
        call("GET /v1/blog_posts/1", client.blog_posts().get(&"1".into())),
        call("GET /v1/courses", client.courses().list()),
        call("GET /v1/courses/1", client.courses().get(&"1".into())),
        call("GET /v1/form_submissions", forms.list_form_submissions()),
        call("GET /v1/form_submissions/1", forms.get_form_submission(&"1".into())),
        call("GET /v1/forms", forms.list()),
        call("GET /v1/forms/1", forms.get(form)),
        call("POST /v1/forms/1/submit", forms.submit(form, "Ada", "ada@example.com")),
        call("GET /v1/landing_pages", client.landing_pages().list()),
        call("GET /v1/landing_pages/1", client.landing_pages().get(&"1".into())),
        call("GET /v1/podcasts", client.podcasts().list()),
        call("GET /v1/podcasts/1", client.podcasts().get(&"1".into())),
        call("GET /v1/sites", sites.list()),
        call("GET /v1/sites/1", sites.get(&"1".into())),
        call("GET /v1/website_pages", sites.list_website_pages()),
        call("GET /v1/website_pages/1", sites.get_website_page(&"1".into())),
    ]
}

fn commerce(client: &Client) -> Vec<Call<'_>> {
    let (orders, purchases, payouts) = (client.orders(), client.purchases(), client.payouts());
    let (site, purchase) = (&"7".into(), &"1".into());
    vec![
        call("GET /v1/kajabi_payments_payouts", payouts.list(site)),
        call("GET /v1/kajabi_payments_payouts/1", payouts.get(&"1".into(), site)),
        call("GET /v1/offers", client.offers().list()),
        call("GET /v1/offers/1", client.offers().get(&"1".into())),
        call("GET /v1/offers/1/relationships/products", client.offers().list_products(&"1".into())),
        call("GET /v1/order_items", orders.list_order_items()),
        call("GET /v1/order_items/1", orders.get_order_item(&"1".into())),
        call("GET /v1/orders", orders.list()),
        call("GET /v1/orders/1", orders.get(&"1".into())),
        call("GET /v1/products", client.products().list()),
        call("GET /v1/products/1", client.products().get(&"1".into())),
        call("GET /v1/purchases", purchases.list()),
        call("GET /v1/purchases/1", purchases.get(purchase)),
        call("POST /v1/purchases/1/reactivate", purchases.reactivate(purchase)),
        call("POST /v1/purchases/1/deactivate", purchases.deactivate(purchase)),
        call("POST /v1/purchases/1/cancel_subscription", purchases.cancel_subscription(purchase)),
        call("GET /v1/transactions", client.transactions().list()),
        call("GET /v1/transactions/1", client.transactions().get(&"1".into())),
    ]
}

fn account(client: &Client) -> Vec<Call<'_>> {
    let hooks = client.webhooks();
    let hook = &"1".into();
    vec![
        call("POST /v1/oauth/token", client.authentication().token(&oauth::token())),
        call("POST /v1/oauth/revoke", client.authentication().revoke(&oauth::revoke())),
        call("GET /v1/me", client.me().get()),
        call("GET /v1/version", client.version().get()),
        call("GET /v1/hooks", hooks.list()),
        call("POST /v1/hooks", hooks.create(&"7".into(), "purchase", "https://example.com/hook")),
        call("GET /v1/hooks/1", hooks.get(hook)),
        call("DELETE /v1/hooks/1", hooks.delete(hook)),
        call("GET /v1/hooks/tag_added_sample", hooks.tag_added_sample()),
        call("GET /v1/hooks/tag_removed_sample", hooks.tag_removed_sample()),
        call("GET /v1/hooks/form_submission_sample", hooks.form_submission_sample()),
        call("GET /v1/hooks/purchase_sample", hooks.purchase_sample()),
        call("GET /v1/hooks/payment_succeeded_sample", hooks.payment_succeeded_sample()),
        call("GET /v1/hooks/order_created_sample", hooks.order_created_sample()),
    ]
}
