//! What is checked before it is sent, and how rules are told.

use clientsmith_runtime::runtime::multipart::{FilePart, Multipart};
use clientsmith_runtime::runtime::parameter::{Place as At, Spec, Style};
use clientsmith_runtime::runtime::validate::{
    self, CallRules, Comparison, Measure, ParameterRules, Pattern, Quantity, Restriction, Rule, Rules,
    TextForm,
};
use clientsmith_runtime::runtime::{
    BuildError, Client, ClientBuilder, ClientDefaults, Error, Json, Kind, Operation, Place, RawResponse,
    Request,
};
use serde_json::json;

use crate::server::DEFAULTS;

static BODY: Operation = operation("body", "POST", "/");
static OTHERS: Operation = operation("others", "POST", "/");
static PARAMETERS: Operation = operation("parameters", "GET", "/{id}");

const fn operation(name: &'static str, method: &'static str, path: &'static str) -> Operation {
    let (security, servers) = (&[], &[]);
    Operation { name, method, path, accept: "", security, servers, success: 200, repeatable: None }
}

static WORD: Pattern = Pattern::new("^[a-z]+$");
static BROKEN: Pattern = Pattern::new("(");
static NODE: Rules = Rules(&[
    Rule::Like(&NODE),
    Rule::Own(Restriction::Most(Measure::Members, 2)),
    Rule::Member("next", &[Rule::Like(&NODE)]),
    Rule::Member(
        "a/b",
        &[
            Rule::Own(Restriction::Fewest(Measure::Items, 1)),
            Rule::Own(Restriction::Unique),
            Rule::Each(&[Rule::Own(Restriction::OneOf(&["1", "true", "x"]))]),
        ],
    ),
    Rule::Others(
        &["next", "a/b"],
        &[Rule::Any(&[
            &[Rule::Kind(&[Kind::Null])],
            &[
                Rule::Kind(&[Kind::Number]),
                Rule::Own(Restriction::MultipleOf(Quantity::Real(0.1))),
                Rule::Own(Restriction::Compares(Comparison::LessThan, Quantity::Whole(3))),
            ],
            &[
                Rule::Kind(&[Kind::String]),
                Rule::Own(Restriction::Pattern(&WORD)),
                Rule::Own(Restriction::Pattern(&BROKEN)),
            ],
            &[Rule::Kind(&[Kind::Object]), Rule::Has(&["x"])],
        ])],
    ),
]);

const fn parameter(
    place: Place,
    name: &'static str,
    form: TextForm,
    rules: &'static [Rule],
) -> ParameterRules {
    ParameterRules { place, name, form, is_number: true, rules }
}

const FEW: &[Rule] = &[
    Rule::Own(Restriction::Most(Measure::Items, 2)),
    Rule::Each(&[Rule::Own(Restriction::Compares(Comparison::AtMost, Quantity::Whole(9)))]),
];

const PLACES: &[Rule] = &[
    Rule::Member("n", &[Rule::Item(1, &[Rule::Own(Restriction::Unique)]), Rule::Rest(2, FEW)]),
    Rule::Matching(&WORD, &[Rule::Own(Restriction::Most(Measure::Characters, 1))]),
];

static RULES: &[&CallRules] = &[
    &CallRules { operation: "body", parameters: &[], bodies: &[("application/json", &[Rule::Like(&NODE)])] },
    &CallRules {
        operation: "others",
        parameters: &[parameter(Place::Query, "d", TextForm::Passed, PLACES)],
        bodies: &[
            ("application/x-www-form-urlencoded", PLACES),
            ("multipart/form-data", PLACES),
            ("text/plain; charset=utf-8", &[Rule::Own(Restriction::Most(Measure::Characters, 2))]),
        ],
    },
    &CallRules {
        operation: "parameters",
        parameters: &[
            parameter(
                Place::Path,
                "id",
                TextForm::Single,
                &[Rule::Own(Restriction::Compares(Comparison::MoreThan, Quantity::Whole(0)))],
            ),
            parameter(Place::Query, "a b", TextForm::Repeated, FEW),
            parameter(Place::Query, "s", TextForm::Separated(","), FEW),
            parameter(Place::Query, "j", TextForm::Json, &[Rule::Member("n", FEW)]),
            parameter(Place::Header, "X-N", TextForm::Separated(","), FEW),
            parameter(
                Place::Cookie,
                "c",
                TextForm::Single,
                &[Rule::Own(Restriction::Compares(Comparison::AtLeast, Quantity::Real(0.5)))],
            ),
        ],
        bodies: &[],
    },
];

fn client() -> Client {
    let check = |request: &Request<'_>| validate::check(request, RULES);
    let defaults = ClientDefaults { check: Some(check), ..DEFAULTS };
    // Nothing listens there: what is not refused fails to connect.
    ClientBuilder::new(defaults).base_url("http://127.0.0.1:1").build().unwrap()
}

/// What is told of a request; nothing if it would be sent.
async fn told(request: Request<'_>) -> Vec<String> {
    match request.send::<_, std::convert::Infallible>(RawResponse::raw).await {
        Err(Error::Build(BuildError::Invalid(violations))) => {
            violations.iter().map(|known| format!("{}: {}", known.place, known.reason)).collect()
        }
        Err(Error::Transport(_)) => Vec::new(),
        Err(other) => vec![other.to_string()],
        Ok(answer) => vec![answer.status().to_string()],
    }
}

async fn told_of_body(body: Json) -> Vec<String> {
    let client = client();
    let mut request = Request::new(&client, &BODY);
    request.json("application/json", &body);
    told(request).await
}

#[tokio::test]
async fn a_body_is_followed_to_its_last_member() {
    let fine = json!({"next": {"a/b": [1, true, "x"], "other": 0.3}, "more": "word"});
    assert_eq!(told_of_body(fine).await, [""; 0]);
    for fine in [json!({"x": null}), json!({"x": {"x": 1}}), json!({"x": 2}), json!([1]), json!("text")] {
        assert_eq!(told_of_body(fine.clone()).await, [""; 0], "{fine}");
    }
    for fine in [-500_000_000.3, 0.1 + 0.2, 0.0] {
        assert_eq!(told_of_body(json!({ "one": fine })).await, [""; 0], "{fine}");
    }
    let wrong = json!({"next": {"a/b": []}, "a/b": [2, "y", "y", false], "one": "no word"});
    let expected = [
        "body: it has more than 2 members",
        "body/next/a~1b: it has fewer than 1 items",
        "body/a~1b: two of its items are the same",
        "body/a~1b/0: it is none of 1, true, x",
        "body/a~1b/1: it is none of 1, true, x",
        "body/a~1b/2: it is none of 1, true, x",
        "body/a~1b/3: it is none of 1, true, x",
        "body/one: it fits none of the alternatives",
    ];
    assert_eq!(told_of_body(wrong).await, expected);
    let no_multiples = [json!(0.25), json!(-500_000_000.05), json!(1e-11)];
    for wrong in no_multiples.into_iter().chain([json!(3), json!(true), json!([]), json!({})]) {
        let told = told_of_body(json!({ "one": wrong })).await;
        assert_eq!(told, ["body/one: it fits none of the alternatives"], "{wrong}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_not_checked() {
    let client = client();
    let mut request = Request::new(&client, &BODY);
    request.body("application/json", "{".repeat(2));
    assert_eq!(told(request).await, [""; 0]);
    let mut request = Request::new(&client, &BODY);
    request.json("application/merge-patch+json", &json!({"a": "A", "b": "B"}));
    assert_eq!(told(request).await, [""; 0]);
}

#[tokio::test]
async fn what_other_forms_are_written_from_is_checked() {
    let client = client();
    let request = || Request::new(&client, &OTHERS);
    let fine = json!({"n": [[1, 1], [1, 2], [1, 2]], "a": "x", "A": "xy"});
    let wrong = json!({"n": [[1, 1], [1, 1.0], [1, 2, 3]], "a": "xy"});
    let expected = |whole: &str| {
        let reasons = ["n/1: two of its items are the same", "n/2: it has more than 2 items"];
        let mut all = reasons.map(|reason| format!("{whole}/{reason}")).to_vec();
        all.push(format!("{whole}/a: it has more than 1 characters"));
        all
    };
    let form = |value: &Json| {
        let mut request = request();
        request.form(value);
        request
    };
    assert_eq!(told(form(&fine)).await, [""; 0]);
    assert_eq!(told(form(&wrong)).await, expected("body"));
    let parts = |value: &Json| {
        let mut parts = Multipart::default();
        value.as_object().unwrap().iter().for_each(|(name, member)| parts.value(name, member));
        parts
    };
    let multipart = |parts: Multipart| {
        let mut request = request();
        request.multipart("multipart/form-data", parts);
        request
    };
    assert_eq!(told(multipart(parts(&fine))).await, [""; 0]);
    assert_eq!(told(multipart(parts(&wrong))).await, expected("body"));
    let mut of_files = parts(&wrong);
    for name in ["n", "a"] {
        of_files.file(name, FilePart::new("xy"));
    }
    assert_eq!(told(multipart(of_files)).await, [""; 0]);
    let spec = Spec { name: "d", place: At::Query, style: Style::Deep, explode: true, reserved: false };
    let parameter = |values: &[&Json]| {
        let mut request = request();
        for value in values {
            request.parameter(&spec, *value);
        }
        request
    };
    assert_eq!(told(parameter(&[&wrong, &fine])).await, [""; 0]);
    assert_eq!(told(parameter(&[&fine, &wrong])).await, expected("query parameter d"));
}

#[tokio::test]
async fn what_is_null_is_not_sent_and_not_checked() {
    assert_eq!(told_of_body(json!({"one": null, "next": null})).await, [""; 0]);
    let client = client();
    let mut request = Request::new(&client, &OTHERS);
    request.form(&json!({"n": null, "a": null}));
    let spec = Spec { name: "d", place: At::Query, style: Style::Deep, explode: true, reserved: false };
    request.parameter(&spec, &json!({"a": "xy"}));
    request.parameter(&spec, &Json::Null);
    assert_eq!(told(request).await, [""; 0]);
}

#[test]
fn parts_show_nothing_of_what_they_were_written_from() {
    let mut parts = Multipart::default();
    parts.value("secret", "s3cr3t");
    parts.header("secret", "X-Secret", "s3cr3t");
    let shown = format!("{parts:?}");
    assert!(shown.contains("secret") && !shown.contains("s3cr3t"), "{shown}");
}

#[tokio::test]
async fn a_body_set_in_place_of_another_is_the_one_that_is_checked() {
    let client = client();
    let mut request = Request::new(&client, &OTHERS);
    request.form(&json!({"a": "xy"}));
    request.body("application/x-www-form-urlencoded", "a=x");
    assert_eq!(told(request.clone()).await, [""; 0]);
    request.form(&json!({"a": "xy"}));
    request.json_set(&["a"], &"xy");
    assert_eq!(told(request.clone()).await, [""; 0]);
    request.body("text/plain; charset=utf-8", "xyz");
    assert_eq!(told(request).await, ["body: it has more than 2 characters"]);
}

#[tokio::test]
async fn no_more_is_told_than_is_read() {
    let wrong: Vec<Json> = (2..1000).map(Json::from).collect();
    assert_eq!(told_of_body(json!({ "a/b": wrong })).await.len(), 32);
}

#[tokio::test]
async fn parameters_are_read_back_from_their_text() {
    let client = client();
    let fill = |id: &str, values: [&str; 6]| {
        let mut request = Request::new(&client, &PARAMETERS);
        let [one, other, separated, json, header, cookie] = values;
        request.path("id", id);
        request.query("a b", one);
        request.query("a b", other);
        request.query("s", separated);
        request.query("j", json);
        request.header("X-N", header);
        request.cookie("c", cookie);
        request
    };
    assert_eq!(told(fill("1", ["1", "9", "", "{\"n\":[9]}", "1,2", "0.5"])).await, [""; 0]);
    // What is no number is not compared with one, and `%2C` is no separator.
    assert_eq!(told(fill("x", ["a", "b", "1,2,3", "{", "", "x"])).await, [""; 0]);
    let expected = [
        "path parameter id: it is not more than 0",
        "query parameter a b/1: it is not at most 9",
        "query parameter j/n/0: it is not at most 9",
        "header X-N: it has more than 2 items",
        "cookie c: it is not at least 0.5",
    ];
    assert_eq!(told(fill("0", ["1", "10", "", "{\"n\":[10]}", "1,2,3", "0.4"])).await, expected);
    let mut bare = Request::new(&client, &PARAMETERS);
    bare.path("id", "18446744073709551615");
    assert_eq!(told(bare).await, [""; 0]);
}
