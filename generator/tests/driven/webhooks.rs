//! What an API sends by itself is read, and checked.

use hmac::{Hmac, KeyInit as _, Mac as _};
use modules::runtime::{Base64, HeaderMap, HeaderValue, Timestamp};
use sha2::Sha256;

fn signature(secret: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn headers(name: &'static str, value: &str) -> HeaderMap {
    HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_str(value).unwrap())])
}

#[test]
fn an_event_is_read_by_its_name() {
    use modules::webhooks_events_of_different_types_are_told_apart_by_name::types::Webhook;
    let Webhook::OrderPaid(order) = Webhook::parse("order.paid", br#"{"id": "1", "total": 2.5}"#).unwrap()
    else {
        panic!()
    };
    assert_eq!((order.id.as_str(), order.total), ("1", Some(2.5)));
    let Webhook::StockLow(stock) = Webhook::parse("stockLow", br#"{"sku": "a"}"#).unwrap() else { panic!() };
    assert_eq!(stock.sku, "a");
    let unknown = Webhook::parse("order.lost", b"[1]").unwrap();
    assert!(matches!(unknown, Webhook::Unknown { event, .. } if event == "order.lost"));
    assert!(Webhook::parse("stockLow", b"{}").is_err());
}

#[test]
fn a_signature_with_its_time_is_checked() {
    use modules::webhooks_events_of_different_types_are_told_apart_by_name::types::Webhook;
    let signed_at = |seconds: i64, secret: &[u8]| {
        let text = format!("{seconds}.{{}}");
        let hex: String =
            signature(secret, text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        headers("x-signature", &format!("t={seconds},v1={hex}"))
    };
    let now = Timestamp::now().as_second();
    assert!(Webhook::verify(&signed_at(now, b"secret"), b"{}", b"secret").is_ok());
    assert!(Webhook::verify(&signed_at(now, b"other"), b"{}", b"secret").is_err());
    assert!(Webhook::verify(&signed_at(now, b"secret"), b"{ }", b"secret").is_err());
    assert!(Webhook::verify(&signed_at(now - 3600, b"secret"), b"{}", b"secret").is_err());
    assert!(Webhook::verify(&HeaderMap::new(), b"{}", b"secret").is_err());
}

#[test]
fn a_body_alone_may_be_signed() {
    use modules::webhooks_events_of_one_type_are_that_type::types::Event;
    let body = br#"{"event": "opened"}"#;
    let written = serde_json::to_value(Base64(signature(b"secret", body))).unwrap();
    let headers = headers("x-hub-signature-256", &format!("sha256={}", written.as_str().unwrap()));
    assert!(Event::verify(&headers, body, b"secret").is_ok());
    assert!(Event::verify(&headers, body, b"Secret").is_err());
    assert_eq!(Event::parse(body).unwrap().event, "opened");
}

#[test]
fn a_body_may_be_a_list() {
    use modules::webhooks_a_body_that_is_a_list_is_no_type_of_its_own::types::Webhook;
    let Webhook::Batch(events) = Webhook::parse("batch", br#"[{"name": "a"}, {}]"#).unwrap() else {
        panic!()
    };
    assert_eq!(events.len(), 2);
}

#[test]
fn what_is_called_back_is_read_by_its_name() {
    use modules::webhooks_callbacks_have_types_by_their_names::types::callbacks::{
        Done, OnData2, read_done, read_on_data, read_on_data2,
    };
    assert_eq!(read_on_data(br#"{"at": 7}"#).unwrap().at, 7);
    assert!(read_on_data(b"{}").is_err());
    let names: OnData2 = read_on_data2(br#"["a"]"#).unwrap();
    assert_eq!(names, ["a"]);
    let done: Done = read_done(br#"{"reason": "over"}"#).unwrap();
    assert_eq!(done.reason.as_deref(), Some("over"));
}

#[test]
fn events_of_any_method_are_read() {
    use modules::webhooks_requests_of_any_method_are_read::types::{Webhook, callbacks};
    let stock = Webhook::parse("stock", br#"{"sku": "a"}"#).unwrap();
    assert!(matches!(stock, Webhook::Stock(stock) if stock.sku == "a"));
    let put = Webhook::parse("PUT stock", br#"{"left": 2}"#).unwrap();
    assert!(matches!(put, Webhook::PutStock(stock) if stock.left == 2));
    let purged = Webhook::parse("PURGE stock", br#"["a"]"#).unwrap();
    assert!(matches!(purged, Webhook::PurgeStock(names) if names == ["a"]));
    let closed = Webhook::parse("closed", br#"{"reason": "late"}"#).unwrap();
    assert!(matches!(closed, Webhook::Closed(closed) if closed.reason.as_deref() == Some("late")));
    assert_eq!(callbacks::read_change(br#"{"of": "a"}"#).unwrap().of.as_deref(), Some("a"));
    assert_eq!(callbacks::read_change2(b"3").unwrap(), 3);
}
