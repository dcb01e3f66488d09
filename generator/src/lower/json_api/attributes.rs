//! The attributes of resources: on reading each may be missing, and what is not known is kept.

use regex::Regex;
use regex_syntax::hir::{Hir, HirKind};

use super::Lowering;
use crate::lower::schema::Here;
use crate::model::{Object, Pattern, PatternKeys, Presence, Reading, Step, Type, Untyped};
use crate::schema::Schema;
use crate::source::Pointer;

/// The greatest number that may follow the prefix of a pattern.
const GREATEST: u16 = 9999;

impl<'d> Lowering<'d> {
    /// The object that is read: a sparse fieldset may leave out any attribute, required or not.
    pub(super) fn attributes(&mut self, schema: &'d Schema) -> Object {
        let here = self.here_of(&schema.pointer).unwrap_or_else(|| Here::component("attributes"));
        let patterns = self.patterns(schema, &here);
        let mut members = self.members(schema, &here);
        members.retain(|member| !has_pattern(schema, &member.name));
        for member in &mut members {
            member.presence = Presence::Optional;
        }
        Object {
            additional: Some(Type::Json(Untyped::Anything)),
            reading: Reading::Keeping,
            patterns,
            ..Object::of(members)
        }
    }

    /// What is inline in attributes belongs to what the resource is called, so that its name begins with that.
    pub(super) fn here_of(&self, place: &Pointer) -> Option<Here> {
        let resource = self.resources.by_attributes.get(place)?;
        Some(Here::component(&self.thing(resource)))
    }

    /// The patterns of member names that begin with fixed text.
    pub(super) fn patterns(&mut self, schema: &'d Schema, here: &Here) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for (pattern, values) in &schema.patterns {
            let Some(prefix) = prefix(pattern) else { continue };
            let keys = keys(pattern, &prefix);
            let here = here.step(Step::Property(prefix.trim_end_matches('_').to_owned()));
            let ty = self.typed(values, &here).ty;
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
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let is_start = |part: &Hir| matches!(part.kind(), HirKind::Look(regex_syntax::hir::Look::Start));
    let (first, rest) = parts.split_first()?;
    let literal = rest.first().filter(|_| is_start(first))?;
    let HirKind::Literal(literal) = literal.kind() else { return None };
    String::from_utf8(literal.0.to_vec()).ok()
}

/// Which numbers may follow the prefix, if only numbers may.
fn keys(pattern: &str, prefix: &str) -> PatternKeys {
    let Ok(compiled) = Regex::new(pattern) else { return PatternKeys::Text };
    let fits = |key: &str| compiled.is_match(&format!("{prefix}{key}"));
    let numbers: Vec<u16> = (0..=GREATEST).filter(|number| fits(&number.to_string())).collect();
    match (numbers.first(), numbers.last()) {
        (Some(least), Some(greatest)) if !fits("x") && !fits("") => {
            PatternKeys::Numbers { least: *least, greatest: *greatest }
        }
        _ => PatternKeys::Text,
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
    }
}
