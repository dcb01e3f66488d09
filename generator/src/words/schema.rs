//! The words of schemas, and `x-name` wherever it stands: whether their values are what they should be. They are read in `schema`
//! and `dialect`; here is only said what is wrong with them.

use super::effect;
use super::pattern::Patterns;
use super::value::Value;
use crate::diag::Diagnostics;
use crate::source::{Pointer, Tree};

/// The JSON types that a value can come as.
const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

/// The types that `x-lenient` can be about.
const SINGLE: [&str; 4] = ["boolean", "integer", "number", "string"];

/// Checks the word called `name`, which stands in `object`, and is no other than one of the words of schemas or `x-name`.
pub(super) fn check(
    name: &str,
    object: &Tree,
    word: &Value,
    patterns: &mut Patterns,
    diags: &mut Diagnostics,
) {
    match name {
        "x-name" => check_name(word, diags),
        "x-id" => {
            check_name(word, diags);
            check_type(object, &["string"], word, diags);
        }
        "x-resource-type" => {
            word.name(diags);
        }
        "x-any-resource" => {
            word.boolean(diags);
        }
        "x-extensible-enum" => {
            word.some_scalars(diags);
            check_type(object, &["string", "integer"], word, diags);
        }
        "x-lenient" => {
            let types = TYPES.map(|name| (name, name));
            word.nonempty(diags);
            word.distinct(diags, |item, diags| item.choice(&types, diags));
            check_type(object, &SINGLE, word, diags);
        }
        "x-rust-type" => check_rust_type(word, diags),
        "x-pattern-properties" => {
            for (pattern, schema) in word.entries(diags) {
                if let Err(reason) = patterns.compiled(pattern) {
                    let help = "mend the regular expression; nothing is generated";
                    schema.invalid(format!("`{pattern}` cannot be matched: {reason}"), help, diags);
                }
            }
            check_type(object, &["object"], word, diags);
        }
        _ => {}
    }
}

/// A path, or an object with one; whether the path is one is seen where types are chosen.
fn check_rust_type(word: &Value, diags: &mut Diagnostics) {
    if word.tree.as_map().is_none() {
        word.name(diags);
        return;
    }
    let Some(members) = word.members(&["path", "crate", "version"], diags) else { return };
    if let Some(path) = members.wanted("path", diags) {
        path.name(diags);
    }
    for member in ["crate", "version"] {
        if let Some(text) = members.get(member) {
            text.name(diags);
        }
    }
}

/// A name has to have something in it that a name of Rust can be made of.
fn check_name(word: &Value, diags: &mut Diagnostics) {
    let Some(name) = word.name(diags) else { return };
    if !name.chars().any(char::is_alphanumeric) {
        word.invalid(
            format!("`{name}` has no letter that a name could be made of"),
            "write a name; nothing is generated",
            diags,
        );
    }
}

/// A word about values of some types is of no use in a schema of others; one that says no type may be anything.
fn check_type(object: &Tree, wanted: &[&str], word: &Value, diags: &mut Diagnostics) {
    let found: Vec<&str> = match object.get("type") {
        Some(Tree::String(ty)) => vec![ty],
        Some(Tree::List(types)) => types.iter().filter_map(Tree::as_str).filter(|ty| *ty != "null").collect(),
        Some(Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::Map(_)) | None => return,
    };
    if let Some(other) = found.iter().find(|ty| !wanted.contains(ty)) {
        let name = word.place.last().unwrap_or_default().into_owned();
        effect::report(
            &word.place,
            format!("`{name}` says nothing about a value of the type `{other}`"),
            diags,
        );
    }
}

/// What else has to be so of the words of schemas as a whole.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// The first place of `x-resource-type`.
    pub(super) first: Option<Pointer>,
    /// The first place of `x-any-resource`.
    any: Option<Pointer>,
}

impl Resources {
    /// Takes note of a word; reports a second schema that stands for all resources.
    pub(super) fn note(&mut self, name: &str, word: &Value, diags: &mut Diagnostics) {
        match name {
            "x-resource-type" => _ = self.first.get_or_insert_with(|| word.place.clone()),
            "x-any-resource" if word.tree.as_bool() == Some(true) => {
                if self.any.is_some() {
                    let help = "keep the word at one of the two; nothing is generated";
                    word.invalid("another schema stands for all resources already", help, diags);
                }
                self.any.get_or_insert_with(|| word.place.clone());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::words::testing::{complaints, without_effect};

    fn said(schemas: &str) -> Vec<String> {
        said_by(complaints, schemas)
    }

    fn said_by(by: fn(&str) -> Vec<String>, schemas: &str) -> Vec<String> {
        let place = "#/components/schemas/";
        let said = by(&format!(
            "x-client: {{profile: json-api}}\ncomponents: {{schemas: {{r: {{x-resource-type: r}}, {schemas}}}}}\n"
        ));
        said.into_iter().map(|said| said.replace(place, "")).collect()
    }

    #[test]
    fn values_of_the_wrong_type_are_reported_where_they_stand() {
        assert_eq!(
            said(
                "a: {x-name: [A]}, b: {type: string, x-id: ''}, c: {x-resource-type: 1}, d: {x-any-resource: 'yes'}, \
                 e: {x-extensible-enum: a}, f: {x-lenient: [text]}, g: {x-pattern-properties: []}, h: {x-lenient: []}",
            ),
            [
                "invalid-word a/x-name: a string is wanted here, and this is a sequence",
                "invalid-word b/x-id: a name is wanted here, and this is empty",
                "invalid-word c/x-resource-type: a string is wanted here, and this is `1`",
                "invalid-word d/x-any-resource: a boolean is wanted here, and this is a string",
                "invalid-word e/x-extensible-enum: a sequence is wanted here, and this is a string",
                "invalid-word f/x-lenient/0: `text` is not understood here",
                "invalid-word g/x-pattern-properties: a mapping is wanted here, and this is a sequence",
                "invalid-word h/x-lenient: the sequence is empty, and so says nothing",
            ]
        );
    }

    #[test]
    fn a_word_fits_the_type_of_its_schema() {
        assert_eq!(
            said_by(
                without_effect,
                "a: {type: integer, x-id: A}, b: {type: [number, 'null'], x-extensible-enum: [1]}, \
                 c: {type: object, x-lenient: [string]}, d: {type: array, x-pattern-properties: {'^a_': {}}}, \
                 e: {type: [string, 'null'], x-id: E, x-lenient: [integer]}, f: {x-id: F}",
            ),
            [
                "a/x-id: `x-id` says nothing about a value of the type `integer`",
                "b/x-extensible-enum: `x-extensible-enum` says nothing about a value of the type `number`",
                "c/x-lenient: `x-lenient` says nothing about a value of the type `object`",
                "d/x-pattern-properties: `x-pattern-properties` says nothing about a value of the type `array`",
            ]
        );
    }

    #[test]
    fn a_pattern_is_a_regular_expression() {
        assert_eq!(
            said("a: {x-pattern-properties: {'(a': {}, '^a_': {x-name: '../..'}}}"),
            [
                "invalid-word a/x-pattern-properties/(a: `(a` cannot be matched: unclosed group",
                "invalid-word a/x-pattern-properties/^a_/x-name: `../..` has no letter that a name could be made of",
            ]
        );
    }

    #[test]
    fn one_schema_stands_for_all_resources() {
        assert_eq!(
            said("a: {x-any-resource: true}, b: {x-any-resource: false}, c: {x-any-resource: true}"),
            ["invalid-word c/x-any-resource: another schema stands for all resources already"]
        );
    }

    #[test]
    fn names_of_operations_and_parameters_are_names() {
        let text = "paths: {/a: {parameters: [{x-name: 1}], get: {x-name: '***'}}}";
        assert_eq!(
            complaints(text),
            [
                "invalid-word #/paths/~1a/parameters/0/x-name: a string is wanted here, and this is `1`",
                "invalid-word #/paths/~1a/get/x-name: `***` has no letter that a name could be made of",
            ]
        );
    }

    #[test]
    fn resources_and_their_profile_belong_together() {
        let schemas = "components: {schemas: {a: {x-resource-type: as}, b: {x-resource-type: bs}}}";
        assert_eq!(
            without_effect(schemas),
            ["#/components/schemas/a/x-resource-type: nothing says that the API follows JSON:API"]
        );
        assert_eq!(
            without_effect("x-client: {profile: json-api}"),
            ["#/x-client/profile: no schema says which resources have its attributes"]
        );
    }
}
