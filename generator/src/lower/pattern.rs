//! Members whose names follow a pattern (`x-pattern-properties`).

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::Lowering;
use super::schema::Here;
use crate::diag::Code;
use crate::model::{Pattern, PatternKeys, Step};
use crate::schema::Schema;

/// The greatest number that may follow the prefix of a pattern.
const GREATEST: u16 = 9999;

impl<'d> Lowering<'d> {
    /// The patterns of member names, each of which has to begin with fixed text: that is what it is called by.
    pub(super) fn patterns(&mut self, schema: &'d Schema, here: &Here) -> Vec<Pattern> {
        let mut patterns: Vec<Pattern> = Vec::new();
        for (pattern, values) in &schema.patterns {
            let Some(prefix) = prefix(pattern) else {
                self.diags
                    .error(Code::InvalidWord, &values.pointer)
                    .message(format!("`{pattern}` does not begin with `^` and fixed text"))
                    .help(
                        "begin it with what all the members are called by, `^custom_`; nothing is generated",
                    );
                continue;
            };
            if patterns.iter().any(|known| known.prefix == prefix) {
                self.diags
                    .error(Code::InvalidWord, &values.pointer)
                    .message(format!("another pattern begins with `{prefix}` too"))
                    .help("make one pattern of the two; nothing is generated");
                continue;
            }
            let keys = keys(pattern, &prefix);
            let step = Step::Property(prefix.trim_end_matches('_').to_owned());
            let ty = self.typed(values, &here.step(step)).ty;
            patterns.push(Pattern { prefix, keys, ty });
        }
        patterns
    }
}

/// Whether a member called `name` is one of those that a pattern of `schema` stands for.
pub(super) fn has_pattern(schema: &Schema, name: &str) -> bool {
    schema.patterns.keys().any(|pattern| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(name)))
}

/// The fixed text that `pattern` begins with; none if it is no regular expression, or is not anchored there.
fn prefix(pattern: &str) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let (prefix, _) = split(&hir)?;
    Some(prefix)
}

/// The fixed text at the beginning of a pattern that is anchored there, and what follows.
fn split(hir: &Hir) -> Option<(String, &[Hir])> {
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let [start, literal, rest @ ..] = parts.as_slice() else { return None };
    let (HirKind::Look(Look::Start), HirKind::Literal(literal)) = (start.kind(), literal.kind()) else {
        return None;
    };
    Some((String::from_utf8(literal.0.to_vec()).ok()?, rest))
}

/// Which numbers may follow the prefix, if nothing but numbers may, written without zeros in front.
fn keys(pattern: &str, prefix: &str) -> PatternKeys {
    let (Ok(hir), Ok(compiled)) = (regex_syntax::parse(pattern), Regex::new(pattern)) else {
        return PatternKeys::Text;
    };
    let is_number = split(&hir).is_some_and(|(_, rest)| match rest.split_last() {
        Some((end, digits)) => *end.kind() == HirKind::Look(Look::End) && digits.iter().all(has_digits_only),
        None => false,
    });
    let fits = |key: &str| compiled.is_match(&format!("{prefix}{key}"));
    let is_padded = ["", "00", "01", "000", "001", "0000", "0001"].into_iter().any(fits);
    let numbers: Vec<u16> = (0..=GREATEST).filter(|number| fits(&number.to_string())).collect();
    match (numbers.first(), numbers.last()) {
        // Beyond the greatest there may be more.
        (Some(least), Some(greatest)) if is_number && !is_padded && *greatest < GREATEST => {
            PatternKeys::Numbers { least: *least, greatest: *greatest }
        }
        _ => PatternKeys::Text,
    }
}

/// Whether what matches consists of digits.
fn has_digits_only(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty => true,
        HirKind::Literal(literal) => literal.0.iter().all(u8::is_ascii_digit),
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().all(|range| range.start() >= '0' && range.end() <= '9')
        }
        HirKind::Class(Class::Bytes(_)) | HirKind::Look(_) => false,
        HirKind::Repetition(repetition) => has_digits_only(&repetition.sub),
        HirKind::Capture(capture) => has_digits_only(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(has_digits_only),
    }
}

#[cfg(test)]
mod tests {
    use super::{keys, prefix};
    use crate::model::PatternKeys;

    #[test]
    fn a_pattern_of_numbers_has_a_range() {
        let pattern = "^custom_(?:[1-9][0-9]?|1[0-4][0-9]|150)$";
        assert_eq!(prefix(pattern).as_deref(), Some("custom_"));
        assert_eq!(keys(pattern, "custom_"), PatternKeys::Numbers { least: 1, greatest: 150 });
    }

    #[test]
    fn a_pattern_of_words_has_none() {
        assert_eq!(prefix("^meta_.+").as_deref(), Some("meta_"));
        assert_eq!(keys("^meta_.+", "meta_"), PatternKeys::Text);
        assert_eq!(prefix("_id$"), None);
        for words in ["^a_[1-9x]$", "^a_[0-9]{3}$", "^a_0?[1-9]$", "^a_[1-9]", "^a_-?[1-9]$"] {
            assert_eq!(keys(words, "a_"), PatternKeys::Text, "{words}");
        }
    }
}
