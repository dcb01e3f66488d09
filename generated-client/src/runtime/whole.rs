//! Whole numbers that are written with a fraction or an exponent, as `1.0`: JSON Schema calls them integers (2020-12, Validation,
//! section 6.1.1), and `serde` does not.

/// How many digits are written out.
const MOST_DIGITS: usize = 40;

/// JSON with all numbers that are whole in digits alone; none if that is what it has already, or it is no JSON.
pub(super) fn in_digits(json: &[u8]) -> Option<Vec<u8>> {
    let is_number = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let text = std::str::from_utf8(json).ok()?;
    let (mut out, mut rest, mut is_other) = (String::with_capacity(text.len()), text, false);
    while let Some(first) = rest.bytes().next() {
        let end = match first {
            b'"' => string_end(rest)?,
            b'-' | b'0'..=b'9' => rest.bytes().position(|byte| !is_number(byte)).unwrap_or(rest.len()),
            _ => rest
                .find(|next: char| next == '"' || next == '-' || next.is_ascii_digit())
                .unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at(end);
        match digits(token).filter(|_| first != b'"') {
            Some(whole) => {
                is_other = true;
                out.push_str(&whole);
            }
            None => out.push_str(token),
        }
        rest = behind;
    }
    is_other.then(|| out.into_bytes())
}

/// A number in digits, if it is a whole one that has more than those.
pub(super) fn digits(number: &str) -> Option<String> {
    let (sign, unsigned) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(unsigned) {
        return (number == "-0").then(|| "0".to_owned());
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    if whole.is_empty() || !is_digits(&all) {
        return None;
    }
    // The point is moved in the text: a float would lose digits.
    let point = i64::try_from(whole.len()).ok()?.checked_add(exponent.parse().ok()?)?;
    let point = usize::try_from(point.max(0)).ok().filter(|point| *point <= MOST_DIGITS)?;
    let (before, behind) = all.split_at(point.min(all.len()));
    if behind.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let digits = format!("{before:0<point$}");
    match digits.trim_start_matches('0') {
        "" => Some("0".to_owned()),
        digits => Some(format!("{sign}{digits}")),
    }
}

/// Where a string ends that `text` begins with.
fn string_end(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    let closes = |byte: u8| {
        let closes = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        closes
    };
    text.bytes().skip(1).position(closes).map(|at| at + 2)
}
