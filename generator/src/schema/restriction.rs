//! What a schema says of its values beyond their type (JSON Schema 2020-12 Validation, sections 6.2 to 6.5).

use super::Version;
use crate::diag::{Code, Diagnostics};
use crate::source::{Map, NumberValue, Pointer, Tree};

/// What the values of a schema are held to; all of it holds only for values of the JSON type that it is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Restrictions {
    /// `minLength` and `maxLength`, in characters.
    pub length: Count,
    /// `minItems` and `maxItems`.
    pub items: Count,
    /// `minProperties` and `maxProperties`.
    pub members: Count,
    /// `uniqueItems`.
    pub unique: bool,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `minimum` and `exclusiveMinimum`.
    pub least: Vec<Limit>,
    /// `maximum` and `exclusiveMaximum`.
    pub most: Vec<Limit>,
    /// `multipleOf`.
    pub multiple_of: Option<NumberValue>,
}

/// How many there can be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// At least.
    pub least: Option<u64>,
    /// At most.
    pub most: Option<u64>,
}

/// One end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// The end.
    pub value: NumberValue,
    /// Whether the end itself is outside.
    pub exclusive: bool,
}

/// Reads the restrictions of the schema at `pointer`; none if it has none. One that restricts nothing as it is written is reported.
pub(super) fn read(
    map: &Map,
    pointer: &Pointer,
    version: Version,
    diags: &mut Diagnostics,
) -> Option<Box<Restrictions>> {
    let mut reader = Reader { map, pointer, diags };
    let known = Restrictions {
        length: reader.range("minLength", "maxLength"),
        items: reader.range("minItems", "maxItems"),
        members: reader.range("minProperties", "maxProperties"),
        unique: reader.flag("uniqueItems"),
        pattern: reader.pattern(),
        least: reader.limits("minimum", "exclusiveMinimum", version),
        most: reader.limits("maximum", "exclusiveMaximum", version),
        multiple_of: reader.multiple_of(),
    };
    (known != Restrictions::default()).then(|| Box::new(known))
}

struct Reader<'a> {
    map: &'a Map,
    pointer: &'a Pointer,
    diags: &'a mut Diagnostics,
}

impl<'a> Reader<'a> {
    fn value(&self, keyword: &str) -> Option<&'a Tree> {
        self.map.get(keyword).filter(|value| **value != Tree::Null)
    }

    /// How many there can be; a range that has nothing in it restricts nothing.
    fn range(&mut self, least: &str, most: &str) -> Count {
        let count = Count { least: self.count(least), most: self.count(most) };
        if count.least.zip(count.most).is_none_or(|(least, most)| least <= most) {
            return count;
        }
        self.diags
            .note(Code::KeywordNotEnforced, &self.pointer.child(least))
            .message(format!("nothing can be allowed by `{least}` and `{most}`"))
            .help("both are ignored: values are sent and read as they are");
        Count::default()
    }

    fn count(&mut self, keyword: &str) -> Option<u64> {
        let value = self.value(keyword)?;
        let count = match quantity(value) {
            Some(NumberValue::Integer(count)) => u64::try_from(count).ok(),
            Some(NumberValue::Float(_)) | None => None,
        };
        if count.is_none() {
            self.restricts_nothing(keyword, value, "a number that counts something");
        }
        // What is never less than nothing is not restricted by it.
        count.filter(|count| *count > 0 || keyword.starts_with("max"))
    }

    fn flag(&mut self, keyword: &str) -> bool {
        match self.value(keyword) {
            None => false,
            Some(Tree::Bool(flag)) => *flag,
            Some(other) => {
                self.restricts_nothing(keyword, other, "`true` or `false`");
                false
            }
        }
    }

    fn pattern(&mut self) -> Option<String> {
        let value = self.value("pattern")?;
        let text = value.as_str();
        if text.is_none() {
            self.restricts_nothing("pattern", value, "a regular expression");
        }
        text.map(str::to_owned)
    }

    /// In 3.0 `exclusiveMinimum` is a flag beside `minimum`, and a limit of its own since.
    fn limits(&mut self, inclusive: &str, exclusive: &str, version: Version) -> Vec<Limit> {
        let beside = self.value(exclusive);
        let is_flag = beside == Some(&Tree::Bool(true));
        let mut limits = Vec::new();
        if let Some(value) = self.value(inclusive) {
            match quantity(value) {
                Some(value) => limits.push(Limit { value, exclusive: is_flag }),
                None => self.restricts_nothing(inclusive, value, "a number"),
            }
        }
        match beside {
            Some(Tree::Bool(true)) if limits.is_empty() || version != Version::V3_0 => {
                let place = self.pointer.child(exclusive);
                let what =
                    if limits.is_empty() { "it is ignored" } else { "it is read as OpenAPI 3.0 has it" };
                self.diags
                    .note(Code::KeywordNotEnforced, &place)
                    .message(format!(
                        "`{exclusive}` is a number, or in OpenAPI 3.0 a flag beside `{inclusive}`"
                    ))
                    .help(what);
            }
            None | Some(Tree::Bool(_)) => {}
            Some(other) => match quantity(other) {
                Some(value) => limits.push(Limit { value, exclusive: true }),
                None => self.restricts_nothing(exclusive, other, "a number"),
            },
        }
        limits
    }

    fn multiple_of(&mut self) -> Option<NumberValue> {
        let value = self.value("multipleOf")?;
        let step = quantity(value).filter(|step| match step {
            NumberValue::Integer(step) => *step > 0,
            NumberValue::Float(step) => *step > 0.0,
        });
        if step.is_none() {
            self.restricts_nothing("multipleOf", value, "a number above zero");
        }
        step
    }

    fn restricts_nothing(&mut self, keyword: &str, found: &Tree, wanted: &str) {
        let found = found.scalar_text().map_or_else(|| found.kind().to_owned(), |text| format!("`{text}`"));
        self.diags
            .note(Code::KeywordNotEnforced, &self.pointer.child(keyword))
            .message(format!("`{keyword}` is {wanted}, and this is {found}"))
            .help("it is ignored: values are sent and read as they are");
    }
}

/// A finite number; `2.0` is a whole one too (JSON Schema 2020-12 Core, section 4.2.3).
#[allow(clippy::cast_possible_truncation, reason = "only what has no fraction, and few digits, is cast")]
fn quantity(tree: &Tree) -> Option<NumberValue> {
    let Tree::Number(number) = tree else { return None };
    match number.value {
        NumberValue::Float(value) if !value.is_finite() => None,
        NumberValue::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => {
            Some(NumberValue::Integer(value as i128))
        }
        value @ (NumberValue::Integer(_) | NumberValue::Float(_)) => Some(value),
    }
}
