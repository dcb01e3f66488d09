//! What of a request is not as expected, in words.

use super::super::snippet::cut;
use super::super::{HeaderMap, Json};
use super::ANY;
use super::received::Pair;

/// How much a request may hold beyond what is expected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Precision {
    /// Anything.
    Contains,
    /// Nothing.
    Exact,
}

/// The longest excerpt of a value in a message, in characters.
const EXCERPT: usize = 80;

/// Compares path segments; the number of those that differ, a missing or additional one included.
pub(super) fn differing_segments(expected: &[Vec<u8>], came: &[Vec<u8>]) -> usize {
    let differing = expected
        .iter()
        .zip(came)
        .filter(|(expected, came)| expected.as_slice() != ANY.as_bytes() && expected != came);
    differing.count() + expected.len().abs_diff(came.len())
}

/// Compares queries, forms or cookies, name by name; `kind` says which they are.
pub(super) fn pairs(
    kind: &str,
    expected: &[Pair],
    came: &[Pair],
    precision: Precision,
    found: &mut Vec<String>,
) {
    let mut names: Vec<&str> = expected.iter().map(|pair| pair.0.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in &names {
        let (wanted, given) = (values(expected, name), values(came, name));
        let fits = match precision {
            Precision::Contains => is_subsequence(&wanted, &given),
            Precision::Exact => wanted.len() == given.len() && is_subsequence(&wanted, &given),
        };
        if !fits {
            found.push(if given.is_empty() {
                format!("{kind} lacks `{name}`, expected to be {}", shown(&wanted))
            } else {
                format!("{kind} `{name}` is {}, not {}", shown(&given), shown(&wanted))
            });
        }
    }
    if precision == Precision::Exact {
        let mut others: Vec<&str> = came.iter().map(|pair| pair.0.as_str()).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|name| !names.contains(name));
        found.extend(
            others.iter().map(|name| format!("{kind} has `{}`, which is not expected", cut(name, EXCERPT))),
        );
    }
}

fn values<'p>(pairs: &'p [Pair], name: &str) -> Vec<&'p str> {
    pairs.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.as_str()).collect()
}

fn is_subsequence(wanted: &[&str], given: &[&str]) -> bool {
    let mut given = given.iter();
    wanted.iter().all(|wanted| given.any(|given| fits(wanted, given)))
}

fn fits(wanted: &str, given: &str) -> bool {
    wanted == ANY || wanted == given
}

fn shown(values: &[&str]) -> String {
    match values {
        [value] => text(value),
        several => format!("[{}]", several.iter().map(|value| text(value)).collect::<Vec<_>>().join(", ")),
    }
}

fn text(value: &str) -> String {
    if value == ANY { "anything".to_owned() } else { format!("\"{}\"", cut(value, EXCERPT)) }
}

/// Compares headers; one of several with the same name may be the expected one.
pub(super) fn headers(expected: &HeaderMap, came: &HeaderMap, found: &mut Vec<String>) {
    let mut expected: Vec<_> = expected.iter().collect();
    expected.sort_unstable_by_key(|(name, _)| name.as_str());
    for (name, wanted) in expected {
        let given: Vec<_> = came.get_all(name).iter().collect();
        if wanted == ANY && !given.is_empty() || given.contains(&wanted) {
            continue;
        }
        let lossy = |bytes: &[u8]| text(&String::from_utf8_lossy(bytes));
        found.push(match given.first() {
            None => format!("header `{name}` is missing"),
            Some(_) if wanted.is_sensitive() => format!("header `{name}` is not the one expected"),
            Some(given) => {
                format!("header `{name}` is {}, not {}", lossy(given.as_bytes()), lossy(wanted.as_bytes()))
            }
        });
    }
}

/// Compares JSON; the first difference.
pub(super) fn json(expected: &Json, came: &Json, precision: Precision) -> Option<String> {
    json_at("", expected, came, precision)
}

/// `at` is the JSON pointer (RFC 6901) of both. The depth is that of what `serde_json` reads, at most 128.
fn json_at(at: &str, expected: &Json, came: &Json, precision: Precision) -> Option<String> {
    match (expected, came) {
        (Json::String(text), _) if text == ANY => None,
        (Json::Object(expected), Json::Object(came)) => {
            let differing = expected.iter().find_map(|(name, wanted)| {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                match came.get(name) {
                    Some(given) => json_at(&at, wanted, given, precision),
                    None => Some(format!("body lacks `{at}`, expected to be {}", json_shown(wanted))),
                }
            });
            let unexpected = || came.keys().find(|name| !expected.contains_key(*name));
            differing.or_else(|| match precision {
                Precision::Contains => None,
                Precision::Exact => unexpected()
                    .map(|name| format!("body has `{at}/{}`, which is not expected", cut(name, EXCERPT))),
            })
        }
        (Json::Array(expected), Json::Array(came)) if expected.len() == came.len() => {
            let items = expected.iter().zip(came).enumerate();
            items.into_iter().find_map(|(index, (wanted, given))| {
                json_at(&format!("{at}/{index}"), wanted, given, precision)
            })
        }
        (Json::Number(wanted), Json::Number(given)) if same_number(wanted, given) => None,
        (wanted, given) if wanted == given => None,
        (wanted, given) => {
            let place = if at.is_empty() { String::new() } else { format!(" at `{at}`") };
            Some(format!("body{place} is {}, not {}", json_shown(given), json_shown(wanted)))
        }
    }
}

/// `2` and `2.0` are the same number (JSON Schema 2020-12, section 4.2.2).
fn same_number(one: &serde_json::Number, other: &serde_json::Number) -> bool {
    one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
}

fn json_shown(value: &Json) -> String {
    if value == ANY { "anything".to_owned() } else { cut(&value.to_string(), EXCERPT) }
}

/// Compares bodies that are neither JSON nor a form.
pub(super) fn bytes(expected: &[u8], came: &[u8]) -> Option<String> {
    let shown = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(body) => text(body),
        Err(_) => format!("{} bytes", bytes.len()),
    };
    (expected != ANY.as_bytes() && expected != came).then(|| match (shown(came), shown(expected)) {
        (came, expected) if came == expected => "body has other bytes than the expected one".to_owned(),
        (came, expected) => format!("body is {came}, not {expected}"),
    })
}
