//! Texts with slots: `filter[{name}]`.

/// A text with `{slots}`. Which slots it has to have and may have is checked on reading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Template {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    Literal(String),
    Slot(String),
}

impl Template {
    /// Reads `text`. The error says what is wrong with it.
    ///
    /// Each of `wanted` has to be there, nothing but these and `allowed` may be, and none twice.
    pub(super) fn parse(text: &str, wanted: &[&str], allowed: &[&str]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((literal, behind)) = rest.split_once('{') {
            let Some((slot, behind)) = behind.split_once('}') else {
                return Err("a `{` is not closed".to_owned());
            };
            if !wanted.contains(&slot) && !allowed.contains(&slot) {
                return Err(format!("there is no slot `{{{slot}}}`"));
            }
            let slot = Piece::Slot(slot.to_owned());
            if pieces.contains(&slot) {
                return Err("a slot stands twice".to_owned());
            }
            pieces.extend([Piece::Literal(literal.to_owned()), slot]);
            rest = behind;
        }
        pieces.push(Piece::Literal(rest.to_owned()));
        match wanted.iter().find(|slot| !pieces.contains(&Piece::Slot((**slot).to_owned()))) {
            Some(missing) => Err(format!("the slot `{{{missing}}}` is missing")),
            None => Ok(Self { text: text.to_owned(), pieces }),
        }
    }

    /// As the document writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it has the slot `name`.
    pub fn has(&self, name: &str) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Slot(slot) if slot == name))
    }

    /// The text with `values` in its slots; a slot without a value is empty.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::Slot(name) => {
                let value = values.iter().find(|(slot, _)| slot == name);
                value.map(|(_, value)| (*value).to_owned()).unwrap_or_default()
            }
        };
        self.pieces.iter().map(piece).collect()
    }

    /// What stands in the slot of a template with a single one, if `text` can be made with it.
    ///
    /// A `[]` at the end of `text` marks a list and is no part of the name: of `filter[tags][]` the template
    /// `filter[{name}]` has `tags`.
    pub fn inner<'t>(&self, text: &'t str) -> Option<&'t str> {
        let [Piece::Literal(before), Piece::Slot(_), Piece::Literal(behind)] = self.pieces.as_slice() else {
            return None;
        };
        let within = |text: &'t str| text.strip_prefix(before.as_str())?.strip_suffix(behind.as_str());
        let unmarked = text.strip_suffix("[]").and_then(within);
        unmarked.or_else(|| within(text)).filter(|inner| !inner.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::Template;

    fn filter() -> Template {
        Template::parse("filter[{name}]", &["name"], &[]).unwrap()
    }

    #[test]
    fn slots_are_filled() {
        let template = Template::parse("{attribute}[{op}]", &["attribute", "op"], &[]).unwrap();
        assert_eq!(template.fill(&[("op", "gte"), ("attribute", "age")]), "age[gte]");
    }

    #[test]
    fn the_inner_name_is_what_stands_in_the_slot() {
        assert_eq!(filter().inner("filter[age]"), Some("age"));
        assert_eq!(filter().inner("filter[tags][]"), Some("tags"));
        assert_eq!(filter().inner("filter[]"), None);
        assert_eq!(filter().inner("sort"), None);
    }

    #[test]
    fn a_template_has_the_slots_it_must_have_and_no_others() {
        let error = |text: &str| Template::parse(text, &["name"], &["op"]).unwrap_err();
        assert_eq!(error("filter"), "the slot `{name}` is missing");
        assert_eq!(error("{nmae}"), "there is no slot `{nmae}`");
        assert_eq!(error("{name}{name}"), "a slot stands twice");
        assert_eq!(error("{name"), "a `{` is not closed");
    }
}
