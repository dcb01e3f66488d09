//! Whole numbers that are written with a fraction or an exponent, as `1.0`: JSON Schema calls them integers (2020-12, Validation,
//! section 6.1.1), and `serde` does not.

/// The largest number below which every whole one is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

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
    if number == "-0" {
        return Some("0".to_owned());
    }
    if let Some((whole, fraction)) = number.split_once('.')
        && fraction.bytes().all(|byte| byte == b'0')
        && !fraction.is_empty()
    {
        return digits(whole).or_else(|| Some(whole.to_owned()));
    }
    let value: f64 = number.parse().ok().filter(|_| number.contains(['e', 'E']))?;
    (value.fract() == 0.0 && value.abs() <= EXACT).then(|| format!("{value:.0}"))
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
