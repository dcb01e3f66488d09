//! Contacts, customers, tags and custom fields.

use kajabi::{Client, ContactField, ContactInclude, ContactSort, ContactTagSort, CustomFieldField};
use kajabi::{CustomFieldSort, CustomerField, CustomerInclude, CustomerSort, ProductField};

use super::Line;

pub(super) fn calls(client: &Client) -> Vec<Line<'_>> {
    [contacts(client), customers(client), tags(client), custom_fields(client)].into_iter().flatten().collect()
}

fn contacts(client: &Client) -> Vec<Line<'_>> {
    let list = || client.contacts().list().filter_site_id(&"123".into());
    let get = || client.contacts().get(&"123".into());
    let name_and_email = [ContactField::Name, ContactField::Email];
    vec![
        ("GET /v1/contacts?filter[site_id]=123", list().send_raw()),
        (
            "GET /v1/contacts?filter[site_id]=123&filter[search]=smith",
            list().filter_search("smith").send_raw(),
        ),
        (
            "GET /v1/contacts?filter[site_id]=123&page[number]=2&page[size]=10",
            list().page_number(2).page_size(10).send_raw(),
        ),
        (
            "GET /v1/contacts?filter[site_id]=123&sort=created_at",
            list().sort(ContactSort::CreatedAt).send_raw(),
        ),
        ("GET /v1/contacts?filter[site_id]=123&sort=name", list().sort(ContactSort::Name).send_raw()),
        (
            "GET /v1/contacts?filter[site_id]=123&sort=-email",
            list().sort(ContactSort::Email.desc()).send_raw(),
        ),
        (
            "GET /v1/contacts?filter[site_id]=123&fields[contacts]=name,email",
            list().fields(name_and_email.clone()).send_raw(),
        ),
        (
            "GET /v1/contacts?filter[site_id]=123&filter[has_offer_id]=789",
            list().filter_has_offer_id(&"789".into()).send_raw(),
        ),
        (
            "GET /v1/contacts?filter[site_id]=123&filter[has_tag_id]=456",
            list().filter_has_tag_id(&"456".into()).send_raw(),
        ),
        (
            "GET /v1/contacts?filter[site_id]=123&filter[has_tag_id]=456&filter[search]=smith&=true&page[number]=1&page[size]=10&fields[contacts]=name,email",
            list()
                .filter_has_tag_id(&"456".into())
                .filter_search("smith")
                .page_number(1)
                .page_size(10)
                .fields(name_and_email.clone())
                .send_raw(),
        ),
        (
            "GET /v1/contacts/123?include=offers,tags,customer",
            get()
                .include([ContactInclude::Offers, ContactInclude::Tags, ContactInclude::Customer])
                .send_raw(),
        ),
        ("GET /v1/contacts/123?fields[contacts]=name,email", get().fields(name_and_email).send_raw()),
        (
            "GET /v1/contacts/123?include=customer&fields[contacts]=email&fields[customers]=net_revenue",
            get()
                .include([ContactInclude::Customer])
                .fields([ContactField::Email])
                .fields_customers([CustomerField::NetRevenue])
                .send_raw(),
        ),
    ]
}

fn customers(client: &Client) -> Vec<Line<'_>> {
    let list = || client.customers().list();
    let of_site = || list().filter_site_id(&"123".into());
    let get = || client.customers().get(&"123".into());
    let name_and_email = [CustomerField::Name, CustomerField::Email];
    let all = [CustomerInclude::Contact, CustomerInclude::Offers, CustomerInclude::Products];
    let by = |sort: CustomerSort| of_site().sort(sort).send_raw();
    vec![
        ("GET /v1/customers?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/customers?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/customers?filter[site_id]=123&sort=created_at", by(CustomerSort::CreatedAt)),
        ("GET /v1/customers?filter[site_id]=123&sort=name", by(CustomerSort::Name)),
        (
            "GET /v1/customers?filter[site_id]=123&sort=-email",
            of_site().sort(CustomerSort::Email.desc()).send_raw(),
        ),
        ("GET /v1/customers?filter[site_id]=123&sort=net_revenue", by(CustomerSort::NetRevenue)),
        (
            "GET /v1/customers?filter[site_id]=123&sort=-last_request_at",
            of_site().sort(CustomerSort::LastRequestAt.desc()).send_raw(),
        ),
        ("GET /v1/customers?fields[customers]=name,email", list().fields(name_and_email.clone()).send_raw()),
        ("GET /v1/customers?filter[site_id]=123", of_site().send_raw()),
        (
            "GET /v1/customers?filter[site_id]=123&filter[search]=smith",
            of_site().filter_search("smith").send_raw(),
        ),
        (
            "GET /v1/customers?filter[site_id]=123&filter[has_offer_id]=789",
            of_site().filter_has_offer_id(&"789".into()).send_raw(),
        ),
        (
            "GET /v1/customers?filter[site_id]=123&filter[has_product_id]=789",
            of_site().filter_has_product_id(&"789".into()).send_raw(),
        ),
        (
            "GET /v1/customers?filter[site_id]=123&fields[customers]=name,email&page[number]=2&page[size]=10&filter[search]=smith",
            of_site()
                .fields(name_and_email.clone())
                .page_number(2)
                .page_size(10)
                .filter_search("smith")
                .send_raw(),
        ),
        ("GET /v1/customers/123?include=contact,offers,products", get().include(all).send_raw()),
        ("GET /v1/customers/123?fields[customers]=name,email", get().fields(name_and_email).send_raw()),
        (
            "GET /v1/customers/123?include=products&fields[customers]=name&fields[product]=title",
            get()
                .include([CustomerInclude::Products])
                .fields([CustomerField::Name])
                .fields_products([ProductField::Title])
                .send_raw(),
        ),
    ]
}

fn tags(client: &Client) -> Vec<Line<'_>> {
    let list = || client.contact_tags().list();
    vec![
        ("GET /v1/contact_tags?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/contact_tags?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/contact_tags?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        ("GET /v1/contact_tags?filter[name_cont]=vip", list().filter_name_cont("vip").send_raw()),
        (
            "GET /v1/contact_tags?page[number]=2&page[size]=10&sort=-name&filter[site_id]=123",
            list()
                .page_number(2)
                .page_size(10)
                .sort(ContactTagSort::Name.desc())
                .filter_site_id(&"123".into())
                .send_raw(),
        ),
    ]
}

fn custom_fields(client: &Client) -> Vec<Line<'_>> {
    let list = || client.custom_fields().list();
    let get = || client.custom_fields().get(&"123".into());
    let handle_and_title = [CustomFieldField::Handle, CustomFieldField::Title];
    vec![
        (
            "GET /v1/custom_fields?page[number]=1&page[size]=10",
            list().page_number(1).page_size(10).send_raw(),
        ),
        (
            "GET /v1/custom_fields?page[number]=2&page[size]=25",
            list().page_number(2).page_size(25).send_raw(),
        ),
        ("GET /v1/custom_fields?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        ("GET /v1/custom_fields?sort=title", list().sort(CustomFieldSort::Title).send_raw()),
        ("GET /v1/custom_fields?sort=-title", list().sort(CustomFieldSort::Title.desc()).send_raw()),
        (
            "GET /v1/custom_fields?filter[title_cont]=favorite",
            list().filter_title_cont("favorite").send_raw(),
        ),
        ("GET /v1/custom_fields?filter[required_eq]=true", list().filter_required_eq("true").send_raw()),
        (
            "GET /v1/custom_fields?page[number]=2&page[size]=10&sort=-title&filter[site_id]=123&fields[custom_fields]=handle,title",
            list()
                .page_number(2)
                .page_size(10)
                .sort(CustomFieldSort::Title.desc())
                .filter_site_id(&"123".into())
                .fields(handle_and_title.clone())
                .send_raw(),
        ),
        (
            "GET /v1/custom_fields/123?fields[custom_fields]=handle,title",
            get().fields(handle_and_title).send_raw(),
        ),
    ]
}
