//! `webhook_receiver`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::program::run;

#[test]
fn events_are_registered_received_and_shown() {
    let ended = run("webhook_receiver", &["--demo"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(
        ended.out,
        "\
purchase is registered as hook 1
form_submission is registered as hook 2
tag_added is registered as hook 3
tag_removed is registered as hook 4
payment_succeeded is registered as hook 5
order_created is not registered: the API key has no permission to see it
tag_added
  contact 0: \"Sample Recipient\", \"sample@example.com\"
  tag 0: \"Tag\"
form_submission
  submission 0: \"John Doe\", \"john.doe@example.com\"
  form 0: \"Sample Form\"
purchase
  purchase 0: 1000 cents, currency \"USD\"
  offer 0: \"Kajabi Test Offer\"
  customers 0
\"course_completed\", which is new
  unknown: {\"id\":\"7\",\"type\":\"certificates\"}
"
    );
}

#[test]
fn every_delivery_is_answered_and_what_is_no_event_is_refused() {
    let told = run("webhook_receiver", &["--demo"]).err;
    let answers: Vec<&str> = told.lines().filter(|line| line.starts_with("the receiver")).collect();
    let accepted = "the receiver answers: HTTP/1.1 204 No Content";
    let refused = "the receiver answers: HTTP/1.1 400 Bad Request";
    assert_eq!(answers, [accepted, accepted, accepted, accepted, refused], "{told}");
    assert!(told.contains("not an event: missing field `id` at line 1 column 22\n"), "{told}");
}

#[test]
fn a_path_that_would_be_a_pattern_is_refused() {
    let ended = run("webhook_receiver", &["--demo", "--path", "/{any}"]);
    let told = "webhook_receiver: \"/{any}\" is no path: it begins with / and has none of {}:*\n";
    assert_eq!((ended.code, ended.out.as_str(), ended.err.as_str()), (Some(1), "", told));
}

#[test]
fn the_samples_are_those_of_the_document() {
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = dense(&fs::read_to_string(root.join("spec/openapi.yaml")).unwrap());
    for event in ["tag_added", "form_submission", "purchase"] {
        let path = format!("generated-client/examples/webhook_receiver/samples/{event}.json");
        let sample: Value = serde_json::from_slice(&fs::read(root.join(path)).unwrap()).unwrap();
        assert_eq!(sample["event"], event);
        assert!(document.contains(&dense(&sample["payload"].to_string())), "{event}");
    }
}
