//! The patterns of `match` and `search` (RFC 9485, I-Regexp), compiled once each.
//!
//! The engine takes time in proportion to the text and to the compiled pattern, never more; both are charged.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use regex::{Regex, RegexBuilder};

use super::select::{Budget, Exhausted};
use super::syntax::Part;

/// How large a compiled pattern may be, in bytes. The smallest of these that is enough tells what a character costs, and one that
/// needs more than the largest is more work than is done.
const SIZES: [u32; 3] = [16 * 1024, 128 * 1024, 1024 * 1024];
/// The most groups one inside the other.
const MAX_NESTING: u32 = 50;
/// So many bytes of a compiled pattern cost a step for each byte of a text.
const BYTES_PER_STEP: u64 = 100;
/// What each byte of a pattern costs when it is compiled, in steps, beside one for each byte of [`SIZES`].
const PARSING: u64 = 16;

/// The patterns that have come up so far.
#[derive(Debug, Default)]
pub(super) struct Patterns(HashMap<(Part, String), Option<Pattern>>);

#[derive(Debug)]
struct Pattern {
    regex: Regex,
    size: u32,
}

impl Patterns {
    /// Whether `text` fits; nothing fits what is no pattern (RFC 9535, section 2.4.6).
    pub(super) fn fits(
        &mut self,
        part: Part,
        text: &str,
        pattern: &str,
        budget: &mut Budget,
    ) -> Result<bool, Exhausted> {
        let compiled = match self.0.entry((part, pattern.to_owned())) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(compile(part, pattern, budget)?),
        };
        let Some(Pattern { regex, size }) = compiled else { return Ok(false) };
        budget.spend((text.len() as u64 + 1).saturating_mul(u64::from(*size) / BYTES_PER_STEP))?;
        Ok(regex.is_match(text))
    }
}

fn compile(part: Part, pattern: &str, budget: &mut Budget) -> Result<Option<Pattern>, Exhausted> {
    for size in SIZES {
        budget.spend(u64::from(size).saturating_add(pattern.len() as u64 * PARSING))?;
        match build(part, pattern, size) {
            Ok(regex) => return Ok(Some(Pattern { regex, size })),
            Err(regex::Error::CompiledTooBig(_)) => {}
            Err(_) => return Ok(None),
        }
    }
    Err(Exhausted)
}

fn build(part: Part, pattern: &str, size: u32) -> Result<Regex, regex::Error> {
    let limit = usize::try_from(size).unwrap_or(usize::MAX);
    let build = |pattern: &str| {
        // `.` is neither of the characters that end a line (RFC 9485, section 5.3).
        RegexBuilder::new(pattern)
            .size_limit(limit)
            .dfa_size_limit(limit)
            .nest_limit(MAX_NESTING)
            .crlf(true)
            .build()
    };
    // By itself first: `a)|(b` is no pattern, and would be one in parentheses.
    let searched = build(pattern)?;
    match part {
        Part::Some => Ok(searched),
        Part::Whole => build(&format!(r"\A(?:{pattern})\z")),
    }
}
