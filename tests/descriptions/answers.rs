//! The operations whose descriptions show answers, and how each is called.

use kajabi::runtime::{BoxFuture, Json};
use kajabi::{Client, Error};

use crate::typed::Typed;

/// What the client makes of an answer.
pub(crate) struct Read {
    /// The value that was read, written again.
    pub(crate) json: Json,
    pub(crate) untyped: Vec<String>,
}

type Call<'a> = BoxFuture<'a, Result<Read, String>>;

fn read<'a, T: Typed + 'a, E: std::error::Error + 'a>(
    call: impl IntoFuture<IntoFuture = BoxFuture<'a, Result<T, Error<E>>>, Output = Result<T, Error<E>>>,
) -> Call<'a> {
    let sent = call.into_future();
    Box::pin(async move {
        let value = sent.await.map_err(|error| error.to_string())?;
        let json = serde_json::to_value(&value).map_err(|error| error.to_string())?;
        Ok(Read { json, untyped: value.untyped() })
    })
}

/// The call of `operation`, if its description shows an answer.
pub(crate) fn call<'a>(client: &'a Client, operation: &str) -> Option<Call<'a>> {
    let parts = [people, content, commerce, hooks];
    parts.iter().find_map(|part| part(client, operation))
}

fn people<'a>(client: &'a Client, operation: &str) -> Option<Call<'a>> {
    let (contacts, customers) = (client.contacts(), client.customers());
    Some(match operation {
        "GET /v1/contacts" => read(contacts.list()),
        "POST /v1/contacts" => read(contacts.create(&"7".into())),
        "GET /v1/contacts/{id}" => read(contacts.get(&"1".into())),
        "PATCH /v1/contacts/{id}" => read(contacts.update(&"1".into())),
        "GET /v1/contacts/{contact_id}/relationships/offers" => read(contacts.list_offers(&"1".into())),
        "GET /v1/contacts/{contact_id}/relationships/tags" => read(contacts.list_tags(&"1".into())),
        "POST /v1/contacts/{contact_id}/relationships/tags" => read(contacts.add_tags(&"1".into(), [])),
        "DELETE /v1/contacts/{contact_id}/relationships/tags" => read(contacts.remove_tags(&"1".into(), [])),
        "PATCH /v1/contacts/{contact_id}/relationships/tags" => read(contacts.replace_tags(&"1".into(), [])),
        "GET /v1/contact_tags" => read(client.contact_tags().list()),
        "GET /v1/custom_fields" => read(client.custom_fields().list()),
        "GET /v1/custom_fields/{id}" => read(client.custom_fields().get(&"1".into())),
        "GET /v1/customers" => read(customers.list()),
        "GET /v1/customers/{id}" => read(customers.get(&"1".into())),
        "GET /v1/customers/{customer_id}/relationships/offers" => read(customers.list_offers(&"1".into())),
        _ => return None,
    })
}

fn content<'a>(client: &'a Client, operation: &str) -> Option<Call<'a>> {
    Some(match operation {
        "GET /v1/blog_posts/{id}" => read(client.blog_posts().get(&"1".into())),
        "GET /v1/courses" => read(client.courses().list()),
        "GET /v1/courses/{id}" => read(client.courses().get(&"1".into())),
        "GET /v1/form_submissions" => read(client.forms().list_form_submissions()),
        "GET /v1/forms" => read(client.forms().list()),
        "GET /v1/forms/{id}" => read(client.forms().get(&"1".into())),
        "POST /v1/forms/{id}/submit" => read(client.forms().submit(&"1".into(), "", "")),
        "GET /v1/landing_pages/{id}" => read(client.landing_pages().get(&"1".into())),
        "GET /v1/podcasts" => read(client.podcasts().list()),
        "GET /v1/sites" => read(client.sites().list()),
        "GET /v1/sites/{id}" => read(client.sites().get(&"1".into())),
        _ => return None,
    })
}

fn commerce<'a>(client: &'a Client, operation: &str) -> Option<Call<'a>> {
    Some(match operation {
        "GET /v1/kajabi_payments_payouts" => read(client.payouts().list(&"7".into())),
        "GET /v1/kajabi_payments_payouts/{id}" => read(client.payouts().get(&"1".into(), &"7".into())),
        "GET /v1/offers" => read(client.offers().list()),
        "GET /v1/offers/{id}" => read(client.offers().get(&"1".into())),
        "GET /v1/order_items" => read(client.orders().list_order_items()),
        "GET /v1/orders" => read(client.orders().list()),
        "GET /v1/products" => read(client.products().list()),
        "GET /v1/products/{id}" => read(client.products().get(&"1".into())),
        "GET /v1/purchases" => read(client.purchases().list()),
        "GET /v1/purchases/{id}" => read(client.purchases().get(&"1".into())),
        "GET /v1/transactions" => read(client.transactions().list()),
        "GET /v1/transactions/{id}" => read(client.transactions().get(&"1".into())),
        _ => return None,
    })
}

fn hooks<'a>(client: &'a Client, operation: &str) -> Option<Call<'a>> {
    let hooks = client.webhooks();
    Some(match operation {
        "GET /v1/hooks" => read(hooks.list()),
        "GET /v1/hooks/tag_added_sample" => read(hooks.tag_added_sample()),
        "GET /v1/hooks/tag_removed_sample" => read(hooks.tag_removed_sample()),
        "GET /v1/hooks/form_submission_sample" => read(hooks.form_submission_sample()),
        "GET /v1/hooks/purchase_sample" => read(hooks.purchase_sample()),
        "GET /v1/hooks/payment_succeeded_sample" => read(hooks.payment_succeeded_sample()),
        "GET /v1/hooks/order_created_sample" => read(hooks.order_created_sample()),
        _ => return None,
    })
}
