//! What was paid: orders and their items, transactions, payouts; and the hooks that tell of it.

use kajabi::{Client, CustomerField, HookEvent, OrderInclude, OrderItemInclude, OrderItemSort, OrderSort};
use kajabi::{PayoutStatus, TransactionField, TransactionInclude};

use super::Line;

pub(super) fn calls(client: &Client) -> Vec<Line<'_>> {
    let parts = [orders(client), order_items(client), transactions(client), payouts(client), hooks(client)];
    parts.into_iter().flatten().collect()
}

fn orders(client: &Client) -> Vec<Line<'_>> {
    let list = || client.orders().list();
    let of_site = || list().filter_site_id(&"123".into());
    let get = || client.orders().get(&"123".into());
    vec![
        ("GET /v1/orders?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/orders?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/orders?sort=order_number", list().sort(OrderSort::OrderNumber).send_raw()),
        ("GET /v1/orders?sort=-created_at", list().sort(OrderSort::CreatedAt.desc()).send_raw()),
        ("GET /v1/orders?filter[site_id]=123", of_site().send_raw()),
        ("GET /v1/orders?filter[customer_id]=456789", list().filter_customer_id(&"456789".into()).send_raw()),
        ("GET /v1/orders?filter[order_number_eq]=12345", list().filter_order_number_eq(12_345).send_raw()),
        ("GET /v1/orders?filter[fulfilled_at_null]=true", list().filter_fulfilled_at_null(true).send_raw()),
        ("GET /v1/orders?filter[fulfilled_at_null]=false", list().filter_fulfilled_at_null(false).send_raw()),
        (
            "GET /v1/orders?filter[site_id]=123&filter[created_at_gteq]=2024-01-01&filter[created_at_lteq]=2024-12-31",
            of_site().filter_created_at_gteq("2024-01-01").filter_created_at_lteq("2024-12-31").send_raw(),
        ),
        (
            "GET /v1/orders?filter[site_id]=123&filter[total_price_in_cents_gt]=5000",
            of_site().filter_total_price_in_cents_gt(5000).send_raw(),
        ),
        (
            "GET /v1/orders?filter[site_id]=123&filter[order_number_cont]=2024",
            of_site().filter_order_number_cont("2024").send_raw(),
        ),
        (
            "GET /v1/orders?filter[site_id]=123&filter[currency_code_start]=US",
            of_site().filter_currency_code_start("US").send_raw(),
        ),
        (
            "GET /v1/orders?filter[site_id]=123&filter[currency_code_in]=USD,EUR,GBP",
            of_site().filter_currency_code_in(["USD", "EUR", "GBP"]).send_raw(),
        ),
        (
            "GET /v1/orders/123?include=order_items,customer",
            get().include([OrderInclude::OrderItems, OrderInclude::Customer]).send_raw(),
        ),
    ]
}

fn order_items(client: &Client) -> Vec<Line<'_>> {
    let list = || client.orders().list_order_items();
    let of_site = || list().filter_site_id(&"123".into());
    let get = || client.orders().get_order_item(&"123".into());
    vec![
        ("GET /v1/order_items?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/order_items?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/order_items?filter[site_id]=123", of_site().send_raw()),
        ("GET /v1/order_items?filter[item_type_eq]=Offer", list().filter_item_type_eq("Offer").send_raw()),
        ("GET /v1/order_items?filter[item_id_eq]=123", list().filter_item_id_eq(123).send_raw()),
        (
            "GET /v1/order_items?filter[fulfilled_at_null]=true",
            list().filter_fulfilled_at_null(true).send_raw(),
        ),
        (
            "GET /v1/order_items?filter[fulfilled_at_null]=false",
            list().filter_fulfilled_at_null(false).send_raw(),
        ),
        (
            "GET /v1/order_items?filter[site_id]=123&filter[quantity_gt]=1",
            of_site().filter_quantity_gt(1).send_raw(),
        ),
        (
            "GET /v1/order_items?filter[site_id]=123&filter[total_price_in_cents_gteq]=1000&filter[total_price_in_cents_lteq]=10000",
            of_site()
                .filter_total_price_in_cents_gteq(1000)
                .filter_total_price_in_cents_lteq(10_000)
                .send_raw(),
        ),
        (
            "GET /v1/order_items?filter[site_id]=123&filter[item_type_cont]=Off",
            of_site().filter_item_type_cont("Off").send_raw(),
        ),
        (
            "GET /v1/order_items?filter[site_id]=123&filter[title_i_cont]=course",
            of_site().filter_title_i_cont("course").send_raw(),
        ),
        (
            "GET /v1/order_items?filter[site_id]=123&filter[item_id_in]=123,456,789",
            of_site().filter_item_id_in([123, 456, 789]).send_raw(),
        ),
        (
            "GET /v1/order_items?filter[site_id]=123&filter[item_type_not_in]=Bundle,Subscription",
            of_site().filter_item_type_not_in(["Bundle", "Subscription"]).send_raw(),
        ),
        (
            "GET /v1/order_items?filter[site_id]=123&sort=fulfilled_at",
            of_site().sort(OrderItemSort::FulfilledAt).send_raw(),
        ),
        ("GET /v1/order_items/123?include=order", get().include([OrderItemInclude::Order]).send_raw()),
    ]
}

fn transactions(client: &Client) -> Vec<Line<'_>> {
    let list = || client.transactions().list();
    let get = || client.transactions().get(&"123".into());
    let [first, last] = ["2024-01-01", "2024-01-31"].map(|day| day.parse().unwrap());
    let amounts = [TransactionField::AmountInCents, TransactionField::SalesTaxInCents];
    let both = [TransactionInclude::Customer, TransactionInclude::Purchases];
    vec![
        ("GET /v1/transactions?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/transactions?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        (
            "GET /v1/transactions?fields[transactions]=amount_in_cents,sales_tax_in_cents",
            list().fields(amounts.clone()).send_raw(),
        ),
        ("GET /v1/transactions?filter[site_id]=123", list().filter_site_id(&"123".into()).send_raw()),
        (
            "GET /v1/transactions?filter[start_date]=2024-01-01&filter[end_date]=2024-01-31",
            list().filter_start_date(first).filter_end_date(last).send_raw(),
        ),
        ("GET /v1/transactions?filter[name_or_email]=John", list().filter_name_or_email("John").send_raw()),
        (
            "GET /v1/transactions?filter[customer_id]=456789",
            list().filter_customer_id(&"456789".into()).send_raw(),
        ),
        (
            "GET /v1/transactions?page[number]=1&page[size]=10&fields[transactions]=amount_in_cents,sales_tax_in_cents&filter[site_id]=123&filter[start_date]=2024-01-01&filter[end_date]=2024-01-31",
            list()
                .page_number(1)
                .page_size(10)
                .fields(amounts.clone())
                .filter_site_id(&"123".into())
                .filter_start_date(first)
                .filter_end_date(last)
                .send_raw(),
        ),
        (
            "GET /v1/transactions/123?fields[transactions]=amount_in_cents,sales_tax_in_cents",
            get().fields(amounts.clone()).send_raw(),
        ),
        ("GET /v1/transactions/123?include=customer,purchases", get().include(both).send_raw()),
        (
            "GET /v1/transactions/123?include=customer&fields[transactions]=amount_in_cents,sales_tax_in_cents&fields[customers]=name,email",
            get()
                .include([TransactionInclude::Customer])
                .fields(amounts)
                .fields_customers([CustomerField::Name, CustomerField::Email])
                .send_raw(),
        ),
    ]
}

fn payouts(client: &Client) -> Vec<Line<'_>> {
    let list = || client.payouts().list(&"123".into());
    let [first, last] = ["2024-01-01", "2024-01-31"].map(|day| day.parse().unwrap());
    vec![
        (
            "GET /v1/kajabi_payments_payouts?page[number]=1&filter[site_id]=123",
            list().page_number(1).send_raw(),
        ),
        (
            "GET /v1/kajabi_payments_payouts?page[number]=2&filter[site_id]=123",
            list().page_number(2).send_raw(),
        ),
        ("GET /v1/kajabi_payments_payouts?filter[site_id]=123", list().send_raw()),
        (
            "GET /v1/kajabi_payments_payouts?filter[site_id]=123&filter[status]=paid",
            list().filter_status(PayoutStatus::Paid).send_raw(),
        ),
        (
            "GET /v1/kajabi_payments_payouts?filter[site_id]=123&filter[start_date]=2024-01-01&filter[end_date]=2024-01-31",
            list().filter_start_date(first).filter_end_date(last).send_raw(),
        ),
        (
            "GET /v1/kajabi_payments_payouts?page[number]=1&filter[site_id]=123&filter[status]=paid&filter[start_date]=2024-01-01&filter[end_date]=2024-01-31",
            list()
                .page_number(1)
                .filter_status(PayoutStatus::Paid)
                .filter_start_date(first)
                .filter_end_date(last)
                .send_raw(),
        ),
    ]
}

fn hooks(client: &Client) -> Vec<Line<'_>> {
    let hooks = client.webhooks();
    let list = || hooks.list();
    vec![
        ("GET /v1/hooks?page[number]=1&page[size]=10", list().page_number(1).page_size(10).send_raw()),
        ("GET /v1/hooks?page[number]=2&page[size]=25", list().page_number(2).page_size(25).send_raw()),
        ("GET /v1/hooks?filter[event_eq]=purchase", list().filter_event_eq(HookEvent::Purchase).send_raw()),
        ("GET /v1/hooks/purchase_sample", hooks.purchase_sample().send_raw()),
        ("GET /v1/hooks/payment_succeeded_sample", hooks.payment_succeeded_sample().send_raw()),
        ("GET /v1/hooks/order_created_sample", hooks.order_created_sample().send_raw()),
        ("GET /v1/hooks/form_submission_sample", hooks.form_submission_sample().send_raw()),
        ("GET /v1/hooks/tag_added_sample", hooks.tag_added_sample().send_raw()),
        ("GET /v1/hooks/tag_removed_sample", hooks.tag_removed_sample().send_raw()),
    ]
}
