//! Filters: how values of each type are written, and names that are made by a grammar.

use kajabi::runtime::{Date, Timestamp};
use kajabi::{Client, PayoutStatus};

use crate::server::sent;

/// The only pair of the query that `call` sends.
async fn pair(call: impl AsyncFnOnce(&Client)) -> String {
    let seen = sent(call).await;
    let pairs = seen.query();
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    pairs[0].replace("%5B", "[").replace("%5D", "]")
}

#[tokio::test]
async fn days_are_whole_numbers() {
    let pair = pair(async |client| _ = client.contacts().list().filter_created_in_last(30).await.unwrap());
    assert_eq!(pair.await, "filter[created_in_last]=30");
}

#[tokio::test]
async fn booleans_are_words() {
    let yes = pair(async |client| _ = client.contacts().list().filter_subscribed(true).await.unwrap());
    assert_eq!(yes.await, "filter[subscribed]=true");
    let no = pair(async |client| _ = client.purchases().list().filter_active(false).await.unwrap());
    assert_eq!(no.await, "filter[active]=false");
}

#[tokio::test]
async fn ids_are_of_the_type_that_they_name() {
    let pair = pair(async |client| {
        let tag: kajabi::ContactTagId = 42.into();
        _ = client.customers().list().filter_has_tag_id(&tag).await.unwrap();
    });
    assert_eq!(pair.await, "filter[has_tag_id]=42");
}

#[tokio::test]
async fn several_ids_are_joined_with_commas() {
    let pair = pair(async |client| {
        let list = client.contacts().list().filter_no_sent_email_broadcast_ids(["1", "2", "3"]);
        _ = list.await.unwrap();
    });
    assert_eq!(pair.await, "filter[no_sent_email_broadcast_ids]=1,2,3");
}

#[tokio::test]
async fn amounts_are_plain_decimals_and_whole_ones_have_no_fraction() {
    for (amount, text) in [(100.0, "100"), (99.5, "99.5"), (-0.25, "-0.25"), (1e7, "10000000")] {
        let pair = pair(async |client| {
            _ = client.customers().list().filter_net_revenue_greater_than(amount).await.unwrap();
        });
        assert_eq!(pair.await, format!("filter[net_revenue_greater_than]={text}"));
    }
}

#[tokio::test]
async fn an_amount_that_is_no_number_is_an_error_before_anything_is_sent() {
    let client = Client::builder().build().unwrap();
    let error = client.contacts().list().filter_net_revenue_equal_to(f64::NAN).await.unwrap_err();
    assert!(matches!(error, kajabi::Error::Build(_)), "{error:?}");
}

#[tokio::test]
async fn days_of_the_calendar_are_dates() {
    let day: Date = "2024-02-29".parse().unwrap();
    let pair = pair(async |client| _ = client.transactions().list().filter_start_date(day).await.unwrap());
    assert_eq!(pair.await, "filter[start_date]=2024-02-29");
}

#[tokio::test]
async fn closed_choices_are_values_of_an_enumeration() {
    let seen = sent(async |client| {
        let list = client.payouts().list(&"7".into()).filter_status(PayoutStatus::InTransit);
        _ = list.await.unwrap();
    })
    .await;
    assert_eq!(seen.query(), ["filter%5Bsite_id%5D=7", "filter%5Bstatus%5D=in_transit"]);
}

#[tokio::test]
async fn points_in_time_are_timestamps_days_or_text() {
    let instant: Timestamp = "2024-01-15T10:30:00Z".parse().unwrap();
    let day: Date = "2024-01-15".parse().unwrap();
    let written = [
        pair(async |client| _ = client.orders().list().filter_created_at_gteq(instant).await.unwrap()).await,
        pair(async |client| _ = client.orders().list().filter_created_at_gteq(day).await.unwrap()).await,
        pair(async |client| _ = client.orders().list().filter_created_at_gteq("2024").await.unwrap()).await,
    ];
    let expected = [
        "filter[created_at_gteq]=2024-01-15T10%3A30%3A00Z",
        "filter[created_at_gteq]=2024-01-15",
        "filter[created_at_gteq]=2024",
    ];
    assert_eq!(written, expected);
}

#[tokio::test]
async fn filters_that_only_the_prose_names_have_setters() {
    let seen = sent(async |client| {
        let list = client.blog_posts().list().filter_site_id(&"7".into()).filter_tags_cont("news");
        _ = list.filter_published_at_start("2024-").await.unwrap();
    })
    .await;
    let pairs =
        ["filter%5Bsite_id%5D=7", "filter%5Btags_cont%5D=news", "filter%5Bpublished_at_start%5D=2024-"];
    assert_eq!(seen.query(), pairs);
}

#[tokio::test]
async fn one_of_several_values_is_a_list_joined_with_commas() {
    let seen = sent(async |client| {
        let list = client.orders().list_order_items().filter_item_id_in([1, 2]);
        _ = list.filter_item_type_not_in(["Offer", "Up,sell"]).await.unwrap();
    })
    .await;
    let pairs = ["filter%5Bitem_id_in%5D=1,2", "filter%5Bitem_type_not_in%5D=Offer,Up%2Csell"];
    assert_eq!(seen.query(), pairs);
}

#[tokio::test]
async fn whether_there_is_a_value_is_a_boolean() {
    let pair = pair(async |client| _ = client.orders().list().filter_fulfilled_at_null(true).await.unwrap());
    assert_eq!(pair.await, "filter[fulfilled_at_null]=true");
}
