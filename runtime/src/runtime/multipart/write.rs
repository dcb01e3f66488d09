//! The parts as one body (RFC 2046, section 5.1; RFC 7578).

use std::fmt::Write as _;

use super::super::build_error::BuildError;
use super::super::{HeaderValue, Upload, chance, header, media};
use super::part::{MediaType, Part};
use super::{Multipart, PartKind, PartPlace};

/// The boundary, and what is sent. Without parts there is a body in `multipart/form-data` only.
pub(super) fn body(multipart: Multipart, media_type: &str) -> Result<(String, Upload), BuildError> {
    if let Some(error) = multipart.error {
        return Err(error);
    }
    // A form without fields is what browsers send so (WHATWG HTML, multipart/form-data encoding algorithm), and servers read it.
    if multipart.parts.is_empty() && media::essence(media_type) != "multipart/form-data" {
        return Err(BuildError::NoParts { media_type: media_type.to_owned() });
    }
    let mut multipart = multipart;
    let kinds = multipart.kinds;
    let kind_of = |part: &Part| kinds.iter().find(|kind| kind.name == part.member());
    let is_ordered = kinds.iter().any(|kind| kind.place != PartPlace::Named);
    multipart.parts.sort_by_key(|part| match kind_of(part).map(|kind| kind.place) {
        Some(PartPlace::At(at)) => at,
        Some(PartPlace::Named | PartPlace::Rest) | None => usize::MAX,
    });
    check_positions(kinds, multipart.parts.iter().filter_map(kind_of))?;
    let boundary = boundary(&multipart.parts);
    let mut pieces = Vec::with_capacity(multipart.parts.len() * 2 + 1);
    let mut between = format!("--{boundary}\r\n");
    for part in multipart.parts {
        let kind = kind_of(&part);
        let is_named =
            kind.map_or(!is_ordered || !part.name.is_empty(), |kind| kind.place == PartPlace::Named);
        let common: Vec<(&str, &str)> = multipart
            .headers
            .iter()
            .filter(|(of, _, _)| *of == part.member())
            .map(|(_, name, value)| (*name, value.as_str()))
            .collect();
        push_head(&mut between, (&part, is_named), kind, &common)?;
        pieces.push(Upload::from(between));
        pieces.push(part.body);
        between = format!("\r\n--{boundary}\r\n");
    }
    // The last boundary has two dashes behind it; a form without fields has nothing but that.
    between.truncate(between.len() - 2);
    between.push_str("--\r\n");
    pieces.push(Upload::from(between));
    Ok((boundary, in_memory(&pieces).unwrap_or_else(|| Upload::joined(pieces))))
}

/// Refuses parts that would stand at the position of one that is not there.
fn check_positions<'k>(
    kinds: &[PartKind],
    given: impl Iterator<Item = &'k PartKind>,
) -> Result<(), BuildError> {
    let given: Vec<&PartKind> = given.collect();
    let comes_before = |kind: &PartKind, other: &PartKind| match (kind.place, other.place) {
        (PartPlace::At(at), PartPlace::At(other)) => at < other,
        (PartPlace::At(_), PartPlace::Rest) => true,
        (PartPlace::Named | PartPlace::Rest, _) | (PartPlace::At(_), PartPlace::Named) => false,
    };
    let is_missing = |kind: &&PartKind| given.iter().all(|known| known.name != kind.name);
    for missing in kinds.iter().filter(is_missing) {
        if let Some(later) = given.iter().find(|later| comes_before(missing, later)) {
            let reason = "a part whose position is before it is not there";
            return Err(BuildError::Parameter { name: later.name.to_owned(), reason });
        }
    }
    Ok(())
}

/// The whole body, if all of it is in memory and small; then transports need no stream for it.
fn in_memory(pieces: &[Upload]) -> Option<Upload> {
    const SMALL: usize = 64 * 1024;
    let bytes: Vec<&[u8]> =
        pieces.iter().map(|piece| piece.bytes().map(|bytes| &**bytes)).collect::<Option<_>>()?;
    let length: usize = bytes.iter().map(|piece| piece.len()).sum();
    (length <= SMALL).then(|| bytes.concat().into())
}

/// Headers and the empty line behind them.
fn push_head(
    head: &mut String,
    (part, is_named): (&Part, bool),
    kind: Option<&PartKind>,
    common: &[(&str, &str)],
) -> Result<(), BuildError> {
    push_disposition(head, part, is_named);
    let media_type = match &part.media_type {
        MediaType::Said(media_type) => media_type,
        MediaType::Unsaid(usual) => kind.and_then(|kind| kind.media_type).unwrap_or(usual),
    };
    if HeaderValue::from_str(media_type).is_err() || !media_type.contains('/') {
        return Err(refused(&part.name, "its media type is not one"));
    }
    let _ = write!(head, "Content-Type: {media_type}\r\n");
    let own = part.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let common = common
        .iter()
        .copied()
        .filter(|(name, _)| !part.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)));
    let all: Vec<(&str, &str)> = own.chain(common).collect();
    for (name, value) in &all {
        let is_ours = name.eq_ignore_ascii_case("content-type")
            || is_named && name.eq_ignore_ascii_case("content-disposition");
        if is_ours {
            return Err(refused(&part.name, "the client writes this header of a part itself"));
        }
        header::checked(name, value)?;
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let required = kind.map_or(&[][..], |kind| kind.headers);
    if !required.iter().all(|required| all.iter().any(|(name, _)| name.eq_ignore_ascii_case(required))) {
        return Err(refused(&part.name, "it lacks a header that it has to have"));
    }
    head.push_str("\r\n");
    Ok(())
}

/// The name, and that of the file; where parts have no names, that of a file alone, if it has one of its own.
fn push_disposition(head: &mut String, part: &Part, is_named: bool) {
    let file_name = part.file_name.as_deref().filter(|file_name| is_named || *file_name != part.name);
    let says_itself = part.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-disposition"));
    match (is_named, file_name) {
        (true, _) => _ = write!(head, "Content-Disposition: form-data; name=\"{}\"", quoted(&part.name)),
        (false, Some(_)) if !says_itself => head.push_str("Content-Disposition: attachment"),
        (false, _) => return,
    }
    if let Some(file_name) = file_name {
        let _ = write!(head, "; filename=\"{}\"", quoted(file_name));
    }
    head.push_str("\r\n");
}

fn refused(name: &str, reason: &'static str) -> BuildError {
    BuildError::Parameter { name: name.to_owned(), reason }
}

/// A name as it stands between quotes (WHATWG HTML, multipart/form-data encoding algorithm): quotes and line breaks are
/// percent-encoded, and so is every other control character, which no server needs.
fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for c in name.chars() {
        if c == '"' || c.is_ascii_control() {
            let _ = write!(quoted, "%{:02X}", u32::from(c));
        } else {
            quoted.push(c);
        }
    }
    quoted
}

/// A line that is in none of the parts that are in memory; in others it is not to be expected, being 128 bits of chance.
fn boundary(parts: &[Part]) -> String {
    loop {
        let boundary = format!("{:016x}{:016x}", chance::random(), chance::random());
        let occurs = |part: &Part| {
            part.body.bytes().is_some_and(|bytes| {
                bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes())
            })
        };
        if !parts.iter().any(occurs) {
            return boundary;
        }
    }
}
