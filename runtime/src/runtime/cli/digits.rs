//! Numbers that were given with more digits than a client holds: what is sent would be another number.

use serde_json::Number;

/// The first number in the JSON text `given` that would not be sent as it is, and what would be sent.
pub(super) fn lost(given: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(given).ok()?;
    let mut rest = text;
    while let Some(at) = rest.find(['"', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
        rest = &rest[at..];
        if let Some(string) = rest.strip_prefix('"') {
            rest = behind_string(string);
            continue;
        }
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (token, behind) = rest.split_at(end.max(1));
        rest = behind;
        // What is no number, or is too large for one, is an error of reading.
        let sent = serde_json::from_str::<Number>(token).ok().map(|number| number.to_string());
        if let Some(sent) = sent.filter(|sent| decimal(sent) != decimal(token)) {
            return Some((token.to_owned(), sent));
        }
    }
    None
}

fn behind_string(string: &str) -> &str {
    let mut escaped = false;
    let end = string.find(|c| {
        let is_end = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        is_end
    });
    end.map_or("", |end| &string[end + 1..])
}

/// A number as its digits, without zeros at either end, and the power of ten of the last; zero has none of both.
fn decimal(text: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let unsigned = mantissa.trim_start_matches('-');
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0').trim_end_matches('0');
    if digits.is_empty() {
        return (false, String::new(), 0);
    }
    let zeros = all.len() - all.trim_end_matches('0').len();
    let length = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let exponent: i64 = exponent.trim_start_matches('+').parse().unwrap_or(i64::MAX);
    let power = exponent.saturating_sub(length(fraction.len())).saturating_add(length(zeros));
    (mantissa.starts_with('-'), digits.to_owned(), power)
}
