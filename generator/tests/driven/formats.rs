//! Values of formats that have types of their own.

use modules::runtime::{Json, dates, decimals, durations, uuids};

use crate::support::{last_body, queries, server};

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn values_of_formats_are_read_and_written_as_they_came() {
    use modules::shapes_a_format_gives_a_scalar_its_type::Client;
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let id: uuids::Uuid = "67e55044-10b1-426f-9247-bb680e5fe0c8".parse().unwrap();
    let sent = json(
        r#"{"i8":-128,"i16":-32768,"i32":1,"i64":-9223372036854775808,"whole":9007199254740993,"u8":255,"u16":65535,"u32":4294967295,
        "u64":18446744073709551615,"f32":0.5,"f64":0.1,"at":"2024-01-31T12:00:00Z","day":"2024-01-31",
        "uuid":"67e55044-10b1-426f-9247-bb680e5fe0c8","uuids":["67e55044-10b1-426f-9247-bb680e5fe0c8"],
        "v4":"127.0.0.1","v6":"::1","bytes":"AP8=","encoded":"AP8=","url_safe":"AP8"}"#,
    );
    server.on(client.formats().find(id).from([[127, 0, 0, 1].into()])).times(1).respond_json(200, &sent);
    let read = client.formats().find(id).from([[127, 0, 0, 1].into()]).await.unwrap();
    assert_eq!(read.uuids.as_deref(), Some(&[id][..]));
    assert_eq!((read.u64, read.v6), (Some(u64::MAX), Some(std::net::Ipv6Addr::LOCALHOST)));
    assert_eq!(serde_json::to_value(&read).unwrap(), sent);
    assert_eq!(queries(&server), ["from=127.0.0.1"]);
    let refused = json(r#"{"u8":256}"#);
    server.on(client.formats().find(id)).times(1).respond_json(200, &refused);
    assert!(client.formats().find(id).await.is_err());
}

#[tokio::test]
async fn points_in_time_may_be_chronos() {
    use modules::shapes_date_times_may_be_of_chrono::{Client, types::EventInput};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let at: dates::chrono::DateTime = "2024-01-31T12:00:00.5+02:00".parse().unwrap();
    let day = dates::chrono::Date(at.date_naive());
    let answer = json(r#"{"at":"2024-01-31T12:00:00.500+02:00","until":null,"changed":"2024-01-31 12:00:00"}"#);
    let body = EventInput::new(at).day(day).until(at);
    let call = || client.events().replace(day, &body).since(at).days([day]);
    server.on(call()).times(1).respond_json(200, &answer);
    let read = call().await.unwrap();
    assert_eq!((read.at, read.until), (at, None));
    assert_eq!(read.changed.unwrap().to_string(), "2024-01-31T12:00:00Z");
    assert_eq!(queries(&server), ["since=2024-01-31T12:00:00.500+02:00&days=2024-01-31"]);
    let at = "2024-01-31T12:00:00.500+02:00";
    assert_eq!(last_body(&server), serde_json::json!({"at": at, "day": "2024-01-31", "until": at}));
}

#[tokio::test]
async fn points_in_time_may_be_of_the_time_library() {
    use modules::shapes_date_times_may_be_of_time::{Client, types::EventInput};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let at: dates::time::DateTime = "2024-01-31T12:00:00.5-02:30".parse().unwrap();
    let day: dates::time::Date = "2024-01-31".parse().unwrap();
    let answer = json(r#"{"at":"2024-01-31T12:00:00.5-02:30","then":["2024-02-29T00:00:00Z"],"day":"2024-02-29"}"#);
    let body = EventInput::new(at).then(vec!["2024-01-31T14:30:00.5Z".parse().unwrap()]);
    let call = || client.events().replace(day, &body).since(at);
    server.on(call()).times(1).respond_json(200, &answer);
    let read = call().await.unwrap();
    assert_eq!((read.at, read.day.unwrap().to_string()), (at, "2024-02-29".to_owned()));
    assert_eq!(queries(&server), ["since=2024-01-31T12:00:00.5-02:30"]);
    let expected = serde_json::json!({"at": "2024-01-31T12:00:00.5-02:30", "then": ["2024-01-31T14:30:00.5Z"]});
    assert_eq!(last_body(&server), expected);
}

#[tokio::test]
async fn decimal_numbers_keep_their_digits() {
    use modules::shapes_decimals_and_durations_may_have_types::{Client, types::Price};
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let answer = json(r#"{"amount":"12.50","net":0.1,"holds":"P1Y2M","either":3}"#);
    let body = Price::new("12.50".parse().unwrap(), "19.99".parse().unwrap()).holds("PT36H".parse().unwrap());
    let call = || client.prices().replace(&body).above("0.30".parse().unwrap());
    server.on(call()).times(1).respond_json(200, &answer);
    let read = call().await.unwrap();
    assert_eq!((read.amount.to_string(), read.net.to_string()), ("12.50".to_owned(), "0.1".to_owned()));
    assert_eq!(read.holds, Some("P1Y2M".parse::<durations::Duration>().unwrap()));
    assert_eq!(queries(&server), ["above=0.30"]);
    assert_eq!(last_body(&server), serde_json::json!({"amount": "12.50", "net": 19.99, "holds": "PT36H"}));
    let digits: decimals::DecimalNumber = "0.1234567890123456789".parse().unwrap();
    let body = Price::new("1".parse().unwrap(), digits);
    let error = client.prices().replace(&body).await.unwrap_err().to_string();
    assert!(!error.contains("0.1234") && server.requests().len() == 1, "{error}");
}

#[tokio::test]
async fn a_type_of_others_is_read_and_written_everywhere() {
    use modules::shapes_types_may_be_of_others::{
        Client,
        types::{Opening, ShopAt, ShopInput},
    };
    let server = server();
    let client = Client::builder().base_url(server.base_url()).build().unwrap();
    let opening: Opening = jiff::civil::time(9, 30, 0, 0);
    let answer = json(r#"{"opening":"09:30:00","stock":{"a":1},"closing":"18:00:00","at":"noon","price":"1"}"#);
    let body = ShopInput::new(opening);
    let call = || client.shops().replace(&opening, &body).closing([opening]);
    server.on(call()).times(1).respond_json(200, &answer);
    let read = call().await.unwrap();
    assert_eq!((read.opening, read.closing), (opening, Some(jiff::civil::time(18, 0, 0, 0))));
    assert_eq!((read.at.clone(), read.stock.unwrap()["a"]), (Some(ShopAt::String("noon".to_owned())), 1));
    assert_eq!((&*queries(&server)[0], last_body(&server)), ("closing=09:30:00", json(r#"{"opening":"09:30:00"}"#)));
}
