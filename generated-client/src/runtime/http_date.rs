//! Dates in headers (RFC 9110, section 5.6.7): the form that is to be sent, and the two obsolete ones that are to be understood.

use jiff::fmt::rfc2822::DateTimeParser;

use super::{Timestamp, time};

/// The point in time that a header names.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    // The form that is to be sent is one of RFC 2822's, in which the others are written again. What day of the week it is follows
    // from the rest.
    preferred(text).or_else(|| obsolete(text)).or_else(|| of_asctime(text))
}

fn preferred(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`, of RFC 850: a year with these two digits that is at most 50 years ahead.
fn obsolete(text: &str) -> Option<Timestamp> {
    let (_, rest) = text.split_once(", ")?;
    let (date, time) = rest.split_once(' ')?;
    let (day, rest) = date.split_once('-')?;
    let (month, year) = rest.split_once('-').filter(|(_, year)| year.len() == 2)?;
    let year: i64 = year.parse().ok()?;
    let now = time::wall().to_zoned(jiff::tz::TimeZone::UTC);
    let latest = now.checked_add(jiff::Span::new().years(50)).ok()?.timestamp();
    let century = i64::from(now.year()) / 100 * 100;
    let in_century = |century: i64| preferred(&format!("{day} {month} {} {time}", century + year));
    [century + 100, century, century - 100].into_iter().filter_map(in_century).find(|date| *date <= latest)
}

/// `Sun Nov  6 08:49:37 1994`, of C's `asctime`.
fn of_asctime(text: &str) -> Option<Timestamp> {
    let fields: Vec<&str> = text.split_ascii_whitespace().collect();
    let [_, month, day, time, year] = fields.as_slice() else { return None };
    preferred(&format!("{day} {month} {year} {time} GMT"))
}
