//! Every row of the tables "Style Examples" (OAS 3.0.4, 3.1.1 and 3.2).

use clientsmith_runtime::runtime::parameter::{Place, Spec, Style, lines, sequence};
use clientsmith_runtime::runtime::{FormField, FormStyle, Reserved};
use serde_json::json;

use super::{Rgb, color, error, wire};

const COLORS: [&str; 3] = ["blue", "black", "brown"];

/// A row: the empty string, a string, an array and an object; `-` where the table says n/a.
async fn check_row(place: Place, style: Style, explode: bool, row: [&str; 4]) {
    let spec = color(place, style, explode);
    let [empty, text, array, object] = row;
    for (value, expected) in [("", empty), ("blue", text)] {
        if expected != "-" {
            assert_eq!(wire(&spec, value).await, expected, "{spec:?} {value:?}");
        }
    }
    if array != "-" {
        assert_eq!(wire(&spec, &COLORS).await, array, "{spec:?}");
    }
    if object != "-" {
        assert_eq!(wire(&spec, &Rgb(100, 200, 150)).await, object, "{spec:?}");
    }
}

#[tokio::test]
async fn the_path_has_simple_label_and_matrix() {
    for (style, explode, row) in [
        (
            Style::Matrix,
            false,
            [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
        ),
        (
            Style::Matrix,
            true,
            [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
        ),
        (Style::Label, false, ["-", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (Style::Label, true, ["-", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (Style::Simple, false, ["-", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Style::Simple, true, ["-", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ] {
        check_row(Place::Path, style, explode, row).await;
    }
}

#[tokio::test]
async fn the_query_has_form_delimiters_and_brackets() {
    let deep = "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150";
    for (style, explode, row) in [
        (Style::Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (
            Style::Form,
            true,
            ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
        ),
        (Style::Space, false, ["-", "-", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"]),
        (Style::Pipe, false, ["-", "-", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"]),
        (Style::Deep, true, ["-", "-", "-", deep]),
        (Style::Deep, false, ["-", "-", "-", deep]),
    ] {
        check_row(Place::Query, style, explode, row).await;
    }
}

#[tokio::test]
async fn headers_have_simple_without_percent_encoding() {
    check_row(Place::Header, Style::Simple, false, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"])
        .await;
    check_row(Place::Header, Style::Simple, true, ["", "blue", "blue,black,brown", "R=100,G=200,B=150"])
        .await;
    let spec = color(Place::Header, Style::Simple, false);
    assert_eq!(
        wire(&spec, &["a b", "100%", "é".escape_unicode().to_string().as_str()]).await,
        "a b,100%,\\u{e9}"
    );
}

#[tokio::test]
async fn cookies_have_form_and_cookie_with_a_cookie_for_each_pair() {
    for (style, explode, row) in [
        (Style::Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        // By the letter of 3.0.4 and 3.1.1 there is `&` between them, of which 3.2 says that it is never correct.
        (
            Style::Form,
            true,
            ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"],
        ),
        (
            Style::Cookie,
            true,
            ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"],
        ),
        (Style::Cookie, false, ["color=", "color=blue", "-", "-"]),
    ] {
        check_row(Place::Cookie, style, explode, row).await;
    }
    let greeting = color(Place::Cookie, Style::Form, true);
    assert_eq!(wire(&greeting, "Hello, world!").await, "color=Hello%2C%20world%21");
    let greeting = color(Place::Cookie, Style::Cookie, true);
    let escaped = json!({ "greeting": "Hello%2C%20world!" });
    assert_eq!(wire(&greeting, &escaped).await, "greeting=Hello%2C%20world!");
}

#[tokio::test]
async fn the_query_may_be_one_value() {
    const FIELDS: &[FormField] = &[
        FormField { name: "list", style: FormStyle::Comma(Reserved::Encoded) },
        FormField { name: "inner", style: FormStyle::Deep(Reserved::Encoded) },
    ];
    let value =
        json!({ "bar": true, "foo": "a + b", "inner": { "k": 1 }, "list": ["x", null, 2], "none": null });
    let pairs = wire(&color(Place::WholeQuery, Style::Pairs(&[]), true), &value).await;
    assert_eq!(pairs, "bar=true&foo=a+%2B+b&inner=%7B%22k%22%3A1%7D&list=x&list=2");
    let styled = wire(&color(Place::WholeQuery, Style::Pairs(FIELDS), true), &value).await;
    assert_eq!(styled, "bar=true&foo=a+%2B+b&inner%5Bk%5D=1&list=x,2");
    let value = json!({ "flag": null, "numbers": [1, 2] });
    let whole = wire(&color(Place::WholeQuery, Style::Json, false), &value).await;
    assert_eq!(whole, "%7B%22flag%22%3Anull%2C%22numbers%22%3A%5B1%2C2%5D%7D");
    let path = wire(&color(Place::WholeQuery, Style::Text, false), "$.a.b[1:1]").await;
    assert_eq!(path, "%24.a.b%5B1%3A1%5D");
    let written = wire(&color(Place::WholeQuery, Style::Pairs(&[]), true), "a=b%26c+d&é[]#").await;
    assert_eq!(written, "a=b%26c+d&%C3%A9%5B%5D%23");
    let reason = error(&color(Place::WholeQuery, Style::Pairs(&[]), true), &COLORS).await;
    assert_eq!(reason, "parameter \"color\" cannot be sent: only an object is names with values");
}

#[tokio::test]
async fn media_types_are_written_and_then_encoded_as_their_place_needs() {
    let value = json!({ "a": "é\"&", "n": 2.5, "x": null });
    for (place, expected) in [
        (Place::Path, "%7B%22a%22%3A%22%C3%A9%5C%22%26%22%2C%22n%22%3A2.5%2C%22x%22%3Anull%7D"),
        (Place::Query, "color=%7B%22a%22%3A%22%C3%A9%5C%22%26%22%2C%22n%22%3A2.5%2C%22x%22%3Anull%7D"),
        (Place::Header, "{\"a\":\"\\u00e9\\\"&\",\"n\":2.5,\"x\":null}"),
        (Place::Cookie, "color=%7B%22a%22%3A%22%C3%A9%5C%22%26%22%2C%22n%22%3A2.5%2C%22x%22%3Anull%7D"),
    ] {
        assert_eq!(wire(&color(place, Style::Json, false), &value).await, expected);
    }
    for (place, expected) in [
        (Place::Path, "%5B1%5D%0A%7B%22a%22%3Anull%7D"),
        (Place::Query, "color=%5B1%5D%0A%7B%22a%22%3Anull%7D"),
        (Place::Cookie, "color=%5B1%5D%0A%7B%22a%22%3Anull%7D"),
        (Place::WholeQuery, "%5B1%5D%0A%7B%22a%22%3Anull%7D"),
    ] {
        let spec = color(place, Style::Written(lines), false);
        assert_eq!(wire(&spec, &json!([[1], { "a": null }])).await, expected);
    }
    let spec = color(Place::Query, Style::Written(sequence), false);
    assert_eq!(wire(&spec, &json!(["é"])).await, "color=%1E%22%C3%A9%22%0A");
    assert_eq!(wire(&spec, &json!(null)).await, "");
    assert_eq!(wire(&color(Place::Header, Style::Written(lines), false), &7).await, "7");
    for (place, expected) in [
        (Place::Path, "a%2C%20b%3D"),
        (Place::Query, "color=a%2C%20b%3D"),
        (Place::Header, "a, b="),
        (Place::Cookie, "color=a, b="),
    ] {
        assert_eq!(wire(&color(place, Style::Text, false), "a, b=").await, expected);
    }
}

#[tokio::test]
async fn empty_lists_and_objects_have_their_name_where_they_have_one() {
    let (list, object): ([&str; 0], _) = ([], json!({}));
    for (place, style, explode, of_list, of_object) in [
        (Place::Query, Style::Form, false, "color=", "color="),
        (Place::Query, Style::Form, true, "color=", ""),
        (Place::Query, Style::Space, false, "color=", "color="),
        (Place::Query, Style::Pipe, false, "color=", "color="),
        (Place::Query, Style::Deep, true, "", ""),
        (Place::Header, Style::Simple, false, "", ""),
        (Place::Cookie, Style::Form, true, "color=", "(none)"),
        (Place::Cookie, Style::Cookie, true, "color=", "(none)"),
    ] {
        let spec = color(place, style, explode);
        assert_eq!(wire(&spec, &list).await, of_list, "{spec:?}");
        assert_eq!(wire(&spec, &object).await, of_object, "{spec:?}");
    }
    for style in [Style::Simple, Style::Label, Style::Matrix] {
        let spec = color(Place::Path, style, false);
        assert_eq!(error(&spec, &list).await, "path parameter \"color\" cannot be sent: it has no value");
        assert_eq!(error(&spec, &object).await, "path parameter \"color\" cannot be sent: it has no value");
    }
}

#[tokio::test]
async fn reserved_characters_stay_where_they_change_nothing_else() {
    let value = ":/?#[]@!$&'()*+,;=%2f%zz é";
    for (place, style, expected) in [
        // The apostrophe is the URL parser's doing (WHATWG URL, special-query percent-encode set).
        (Place::Query, Style::Form, "color=:/?%23%5B%5D@!$%26%27()*%2B,;=%2f%25zz%20%C3%A9"),
        (Place::Path, Style::Simple, ":%2F%3F%23%5B%5D@!$&'()*+,;=%2f%25zz%20%C3%A9"),
        (Place::Cookie, Style::Form, "color=:/?#[]@!$&'()*+%2C%3B=%2f%25zz%20%C3%A9"),
    ] {
        let spec = Spec { reserved: true, ..color(place, style, false) };
        assert_eq!(wire(&spec, value).await, expected, "{place:?}");
    }
}
