//! Reading: request lines, parameters and headers.

use kajabi::{contacts, courses, products};

use crate::server::{JSON_API, sent};

#[tokio::test]
async fn a_list_without_parameters_has_no_question_mark() {
    let seen = sent(async |client| _ = client.contacts().list().await.unwrap()).await;
    assert_eq!(seen.line, "GET /v1/contacts");
}

#[tokio::test]
async fn bracketed_names_and_their_values_are_percent_encoded() {
    let seen = sent(async |client| {
        let list = client.contacts().list().filter_site_id(&"7".into());
        list.filter_name_contains("Ada & Søn=1+1?#").await.unwrap();
    })
    .await;
    let pairs = ["filter%5Bsite_id%5D=7", "filter%5Bname_contains%5D=Ada%20%26%20S%C3%B8n%3D1%2B1%3F%23"];
    assert_eq!(seen.query(), pairs);
}

#[tokio::test]
async fn page_numbers_that_are_declared_as_integers_are_whole() {
    let seen = sent(async |client| {
        _ = client.blog_posts().list().page_number(2).page_size(50).await.unwrap();
    })
    .await;
    assert_eq!(seen.query(), ["page%5Bnumber%5D=2", "page%5Bsize%5D=50"]);
}

#[tokio::test]
async fn page_numbers_that_are_declared_as_numbers_are_whole_too() {
    let seen = sent(async |client| {
        _ = client.contacts().list().page_number(2).page_size(50).await.unwrap();
    })
    .await;
    assert_eq!(seen.query(), ["page%5Bnumber%5D=2", "page%5Bsize%5D=50"]);
}

#[tokio::test]
async fn a_list_repeats_its_literal_name_in_order() {
    let seen = sent(async |client| {
        let list = client.products().list().filter_exclude_product_types(["Course", "A b", "Course"]);
        list.filter_site_id(&"7".into()).await.unwrap();
    })
    .await;
    let pairs = [
        "filter%5Bexclude_product_types%5D%5B%5D=Course",
        "filter%5Bexclude_product_types%5D%5B%5D=A%20b",
        "filter%5Bexclude_product_types%5D%5B%5D=Course",
        "filter%5Bsite_id%5D=7",
    ];
    assert_eq!(seen.query(), pairs);
}

#[tokio::test]
async fn an_empty_list_is_sent_as_such_and_does_not_ask_for_everything() {
    let none: [&str; 0] = [];
    let seen = sent(async |client| {
        _ = client.products().list().filter_exclude_product_types(none).fields([]).await.unwrap();
    })
    .await;
    let query = "filter%5Bexclude_product_types%5D%5B%5D=&fields%5Bproducts%5D=";
    assert_eq!(seen.line, format!("GET /v1/products?{query}"));
}

#[tokio::test]
async fn fields_and_include_are_joined_with_commas() {
    let seen = sent(async |client| {
        let get = client.contacts().get(&"1".into());
        let get = get.include([contacts::Include::Offers, contacts::Include::Tags]);
        get.fields([contacts::Field::Name, contacts::Field::Email]).await.unwrap();
    })
    .await;
    assert_eq!(seen.line, "GET /v1/contacts/1?include=offers,tags&fields%5Bcontacts%5D=name,email");
}

#[tokio::test]
async fn fields_of_included_types_have_setters_of_their_own() {
    let seen = sent(async |client| {
        let get = client.courses().get(&"1".into()).include([courses::Include::LessonsMedia]);
        get.fields([courses::Field::Title])
            .fields_lessons(["title".into(), "position".into()])
            .await
            .unwrap();
    })
    .await;
    let pairs = ["include=lessons.media", "fields%5Bcourses%5D=title", "fields%5Blessons%5D=title,position"];
    assert_eq!(seen.query(), pairs);
}

#[tokio::test]
async fn what_an_enumeration_does_not_list_can_be_sent() {
    let seen = sent(async |client| {
        let list = client.products().list().fields([products::Field::Title, "new one".into()]);
        list.sort(products::Sort::from("newness").desc()).await.unwrap();
    })
    .await;
    assert_eq!(seen.query(), ["fields%5Bproducts%5D=title,new%20one", "sort=-newness"]);
}

#[tokio::test]
async fn an_order_is_fields_with_a_minus_before_those_that_fall() {
    let seen = sent(async |client| {
        _ = client.contacts().list().sort(contacts::Sort::CreatedAt.desc()).await.unwrap();
    })
    .await;
    assert_eq!(seen.query(), ["sort=-created_at"]);
    let seen = sent(async |client| {
        let order = [contacts::Sort::Name.asc(), contacts::Sort::CreatedAt.desc()];
        _ = client.contacts().list().sort(order).await.unwrap();
    })
    .await;
    assert_eq!(seen.query(), ["sort=name%2C-created_at"]);
}

#[tokio::test]
async fn an_order_can_be_one_field_or_text() {
    let seen =
        sent(async |client| _ = client.contacts().list().sort(contacts::Sort::Name).await.unwrap()).await;
    assert_eq!(seen.query(), ["sort=name"]);
    let seen = sent(async |client| _ = client.contacts().list().sort("-created_at").await.unwrap()).await;
    assert_eq!(seen.query(), ["sort=-created_at"]);
}

#[tokio::test]
async fn a_parameter_that_has_to_be_sent_is_an_argument() {
    let seen = sent(async |client| {
        _ = client.payouts().list(&"7".into()).page_number(2).await.unwrap();
    })
    .await;
    assert_eq!(seen.line, "GET /v1/kajabi_payments_payouts?filter%5Bsite_id%5D=7&page%5Bnumber%5D=2");
}

#[tokio::test]
async fn reading_asks_for_json_api_and_names_no_content_type() {
    let seen = sent(async |client| _ = client.contacts().list().await.unwrap()).await;
    assert_eq!(seen.header("accept"), Some(JSON_API));
    assert_eq!(seen.header("content-type"), None);
    assert_eq!(seen.header("content-length"), None);
    assert_eq!(seen.body, "");
}

#[tokio::test]
async fn requests_tell_who_sends_them() {
    let seen = sent(async |client| _ = client.me().get().await.unwrap()).await;
    assert_eq!(seen.header("user-agent"), Some(concat!("kajabi/", "0.1.0")));
}
