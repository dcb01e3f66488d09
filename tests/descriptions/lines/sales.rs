//! What is sold: products, offers, purchases.

use kajabi::{
    Client, OfferField, OfferInclude, OfferSort, ProductField, ProductSort, PurchaseField, PurchaseSort,
};

use super::Line;

pub(super) fn calls(client: &Client) -> Vec<Line<'_>> {
    [products(client), offers(client), purchases(client)].into_iter().flatten().collect()
}

fn products(client: &Client) -> Vec<Line<'_>> {
    let list = || client.products().list();
    let get = || client.products().get(&"123".into());
    let fields = [ProductField::Title, ProductField::PublishStatus];
    vec![
        ("GET /v1/products?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/products?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/products?sort=title", list().sort(ProductSort::Title).send_raw()),
        ("GET /v1/products?sort=-title", list().sort(ProductSort::Title.desc()).send_raw()),
        ("GET /v1/products?fields[products]=title,publish_status", list().fields(fields.clone()).send_raw()),
        ("GET /v1/products?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        ("GET /v1/products?filter[title_cont]=course", list().filter_title_cont("course").send_raw()),
        (
            "GET /v1/products?filter[description_cont]=training",
            list().filter_description_cont("training").send_raw(),
        ),
        ("GET /v1/products?filter[status_eq]=ready", list().filter_status_eq("ready").send_raw()),
        (
            "GET /v1/products?filter[exclude_product_types][]=Courses::CohortCourse",
            list().filter_exclude_product_types(["Courses::CohortCourse"]).send_raw(),
        ),
        (
            "GET /v1/products?page[number]=2&page[size]=10&sort=-title&filter[site_id]=123&fields[products]=title,publish_status",
            list()
                .page_number(2)
                .page_size(10)
                .sort(ProductSort::Title.desc())
                .filter_site_id(&"123".into())
                .fields(fields.clone())
                .send_raw(),
        ),
        ("GET /v1/products/123?fields[products]=title,publish_status", get().fields(fields).send_raw()),
    ]
}

fn offers(client: &Client) -> Vec<Line<'_>> {
    let list = || client.offers().list();
    let get = || client.offers().get(&"123".into());
    let fields = [OfferField::Title, OfferField::PriceInCents];
    vec![
        ("GET /v1/offers?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/offers?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/offers?sort=title", list().sort(OfferSort::Title).send_raw()),
        ("GET /v1/offers?sort=-title", list().sort(OfferSort::Title.desc()).send_raw()),
        ("GET /v1/offers?fields[offers]=title,price_in_cents", list().fields(fields.clone()).send_raw()),
        ("GET /v1/offers?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        ("GET /v1/offers?filter[title_cont]=bundle", list().filter_title_cont("bundle").send_raw()),
        (
            "GET /v1/offers?filter[description_cont]=marketing",
            list().filter_description_cont("marketing").send_raw(),
        ),
        (
            "GET /v1/offers?page[number]=2&page[size]=10&sort=-price_in_cents&filter[site_id]=123&fields[offers]=title,price_in_cents",
            list()
                .page_number(2)
                .page_size(10)
                .sort(OfferSort::PriceInCents.desc())
                .filter_site_id(&"123".into())
                .fields(fields.clone())
                .send_raw(),
        ),
        ("GET /v1/offers/123?include=products", get().include([OfferInclude::Products]).send_raw()),
        ("GET /v1/offers/123?fields[offers]=title,price_in_cents", get().fields(fields).send_raw()),
        (
            "GET /v1/offers/123?include=products&fields[offers]=title,description&fields[products]=title,publish_status",
            get()
                .include([OfferInclude::Products])
                .fields([OfferField::Title, OfferField::Description])
                .fields_products([ProductField::Title, ProductField::PublishStatus])
                .send_raw(),
        ),
    ]
}

fn purchases(client: &Client) -> Vec<Line<'_>> {
    let list = || client.purchases().list();
    let get = || client.purchases().get(&"123".into());
    vec![
        ("GET /v1/purchases?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/purchases?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        (
            "GET /v1/purchases?fields[purchases]=amount_in_cents",
            list().fields([PurchaseField::AmountInCents]).send_raw(),
        ),
        (
            "GET /v1/purchases?sort=-effective_start_at&fields[purchases]=effective_start_at",
            list()
                .sort(PurchaseSort::EffectiveStartAt.desc())
                .fields([PurchaseField::EffectiveStartAt])
                .send_raw(),
        ),
        ("GET /v1/purchases?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        (
            "GET /v1/purchases?filter[customer_id]=456789",
            list().filter_customer_id(&"456789".into()).send_raw(),
        ),
        (
            "GET /v1/purchases?filter[amount_in_cents_eq]=19900",
            list().filter_amount_in_cents_eq(19_900).send_raw(),
        ),
        (
            "GET /v1/purchases?filter[amount_in_cents_gt]=19900",
            list().filter_amount_in_cents_gt(19_900).send_raw(),
        ),
        (
            "GET /v1/purchases/123?fields[purchases]=amount_in_cents,multipay_payments_made",
            get().fields([PurchaseField::AmountInCents, PurchaseField::MultipayPaymentsMade]).send_raw(),
        ),
    ]
}
