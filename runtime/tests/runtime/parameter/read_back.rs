//! What is sent is read back as a server would, by the style alone, into the value that was sent.

use clientsmith_runtime::runtime::parameter::{Place, Style};
use percent_encoding::percent_decode_str;

use super::{Rgb, color, wire};

/// Values with every delimiter, reserved, control and other characters.
const HARD: [&str; 9] =
    ["a,b", "c;d", "e.f=g", "h&i", "j k|l", "m/n?o#p", "%2C", "é☃\u{1F600}", "\u{0}\r\n\t\u{7f}[]\"\\"];

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

fn list<'t>(text: &'t str, prefix: &str, delimiter: &str) -> Vec<String> {
    let text: &'t str = text.strip_prefix(prefix).unwrap();
    text.split(delimiter).map(decoded).collect()
}

/// `.` is not percent-encoded, so that a label's items are told apart only if they have none (RFC 6570, section 3.2.5).
fn without_dots() -> Vec<&'static str> {
    HARD.into_iter().filter(|value| !value.contains('.')).collect()
}

#[tokio::test]
async fn single_values_are_read_back() {
    for value in HARD {
        for (place, style, prefix) in [
            (Place::Path, Style::Simple, ""),
            (Place::Path, Style::Label, "."),
            (Place::Path, Style::Matrix, ";color="),
            (Place::Query, Style::Form, "color="),
            (Place::Cookie, Style::Form, "color="),
        ] {
            for explode in [false, true] {
                let text = wire(&color(place, style, explode), value).await;
                assert_eq!(decoded(text.strip_prefix(prefix).unwrap()), value);
            }
        }
    }
}

#[tokio::test]
async fn lists_are_read_back() {
    for (place, style, explode, prefix, delimiter) in [
        (Place::Path, Style::Simple, false, "", ","),
        (Place::Path, Style::Simple, true, "", ","),
        (Place::Path, Style::Label, false, ".", ","),
        (Place::Path, Style::Matrix, false, ";color=", ","),
        (Place::Path, Style::Matrix, true, ";color=", ";color="),
        (Place::Query, Style::Form, false, "color=", ","),
        (Place::Query, Style::Form, true, "color=", "&color="),
        (Place::Query, Style::Pipe, false, "color=", "%7C"),
        (Place::Cookie, Style::Form, false, "color=", ","),
        (Place::Cookie, Style::Form, true, "color=", "; color="),
    ] {
        // A delimiter that is percent-encoded itself cannot be told from the same in a value.
        let values: Vec<&str> =
            HARD.into_iter().filter(|value| !matches!(style, Style::Pipe) || !value.contains('|')).collect();
        let text = wire(&color(place, style, explode), &values).await;
        assert_eq!(list(&text, prefix, delimiter), values, "{style:?} {explode}");
    }
    let values: Vec<&str> = HARD.into_iter().filter(|value| !value.contains(' ')).collect();
    let text = wire(&color(Place::Query, Style::Space, false), &values).await;
    assert_eq!(list(&text, "color=", "%20"), values);
    let values = without_dots();
    let text = wire(&color(Place::Path, Style::Label, true), &values).await;
    assert_eq!(list(&text, ".", "."), values);
}

/// The members of an object from `R=1,G=2` or `R,1,G,2`.
fn rgb(text: &str, prefix: &str, delimiter: &str, assign: &str) -> Rgb {
    let parts: Vec<String> =
        text.strip_prefix(prefix).unwrap().replace(assign, delimiter).split(delimiter).map(decoded).collect();
    let of = |name: &str| {
        let at = parts.iter().position(|part| part == name).unwrap();
        parts[at + 1].parse().unwrap()
    };
    Rgb(of("R"), of("G"), of("B"))
}

#[tokio::test]
async fn objects_are_read_back() {
    let value = Rgb(100, -200, 0);
    for (place, style, explode, prefix, delimiter, assign) in [
        (Place::Path, Style::Simple, false, "", ",", ","),
        (Place::Path, Style::Simple, true, "", ",", "="),
        (Place::Path, Style::Label, false, ".", ",", ","),
        (Place::Path, Style::Label, true, ".", ".", "="),
        (Place::Path, Style::Matrix, false, ";color=", ",", ","),
        (Place::Path, Style::Matrix, true, ";", ";", "="),
        (Place::Query, Style::Form, false, "color=", ",", ","),
        (Place::Query, Style::Form, true, "", "&", "="),
        (Place::Query, Style::Space, false, "color=", "%20", "%20"),
        (Place::Query, Style::Pipe, false, "color=", "%7C", "%7C"),
        (Place::Query, Style::Deep, true, "color%5B", "&color%5B", "%5D="),
        (Place::Header, Style::Simple, false, "", ",", ","),
        (Place::Header, Style::Simple, true, "", ",", "="),
        (Place::Cookie, Style::Form, false, "color=", ",", ","),
        (Place::Cookie, Style::Form, true, "", "; ", "="),
        (Place::Cookie, Style::Cookie, true, "", "; ", "="),
    ] {
        let text = wire(&color(place, style, explode), &value).await;
        assert_eq!(rgb(&text, prefix, delimiter, assign), value, "{style:?} {explode}");
    }
}
