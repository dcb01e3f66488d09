//! The one table of our words.

/// One of our words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The word: `x-sort`.
    pub name: &'static str,
    /// Where it may stand.
    pub places: &'static [Place],
    /// What its value is, in a few words.
    pub shape: &'static str,
    /// What it gives in the client, in one sentence.
    pub gives: &'static str,
}

/// Where a word may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// At the root of the document.
    Root,
    /// In an operation.
    Operation,
    /// In a parameter.
    Parameter,
    /// In a schema.
    Schema,
    /// In a security scheme.
    SecurityScheme,
    /// In a member of `x-webhooks`.
    Event,
}

impl Place {
    /// As a sentence names it: `an operation`.
    pub fn name(self) -> &'static str {
        match self {
            Place::Root => "the document",
            Place::Operation => "an operation",
            Place::Parameter => "a parameter",
            Place::Schema => "a schema",
            Place::SecurityScheme => "a security scheme",
            Place::Event => "an event of `x-webhooks`",
        }
    }
}

/// All of our words, in the order of their places.
pub fn vocabulary() -> &'static [Word] {
    WORDS
}

const fn word(
    name: &'static str,
    places: &'static [Place],
    shape: &'static str,
    gives: &'static str,
) -> Word {
    Word { name, places, shape, gives }
}

const WORDS: &[Word] = &[
    word(
        "x-client",
        &[Place::Root],
        "{profile: json-api, groups: {rename: {tag: name}}, error: {document: component}, same_schema: [[component]], \
         type_names: {component or pointer: Name}, id_names: {resource type: Name}, retry: {statuses, methods, always, \
         max, backoff: {initial_ms, factor, max_ms}, idempotency_header}}",
        "The conventions of the whole API, the names of groups, types and ids, and when calls are repeated",
    ),
    word(
        "x-pagination",
        &[Place::Root, Place::Operation],
        "in the document {name: style}, in an operation a name, {use: name, default_size, max_size}, a style or false; a \
         style is {style: page|offset|cursor|link, request: {number|offset|cursor, size}, first, items: pointer, next: {link: \
         pointer, take: parameter, value: pointer, header: Link, last_item: pointer}, more: pointer, total: [pointer], pages: \
         [pointer]}",
        "Streams of all items and of all pages of a list",
    ),
    word(
        "x-filter-grammars",
        &[Place::Root],
        "{name: {name: 'filter[{attribute}_{op}]', operators: {op: one|text|ord|csv|bool}}}",
        "A setter for each attribute with each operator, in operations whose `x-filter` uses the grammar",
    ),
    word(
        "x-webhooks",
        &[Place::Root],
        "{event: {post: operation, x-payload: [resource type]}}, as OpenAPI 3.1 has `webhooks`",
        "A type for what the API sends by itself, and a function that reads it",
    ),
    word(
        "x-webhook-signature",
        &[Place::Root],
        "{header, algorithm: hmac-sha256, encoding: hex|base64, prefix, signed: '{timestamp}.{body}', timestamp: {header: \
         name} or {part: name}, tolerance_s}",
        "A function that checks the signature of what the API sends by itself",
    ),
    word(
        "x-payload",
        &[Place::Event],
        "[resource type]",
        "What the documentation of the event says that it carries",
    ),
    word(
        "x-token",
        &[Place::SecurityScheme],
        "{endpoint: POST /path or address, content: form|json, authentication: body|basic, grants: \
         {client_credentials|refresh_token|password: {send: [name], omit: [name]}}, response: {access_token, refresh_token, \
         expires_in}, refresh: {skew_s, order: [grant], default_ttl_s}, revoke: \
         {endpoint, send: {parameter: access_token|refresh_token}}}",
        "Credentials that fetch their token on first use and renew it",
    ),
    word(
        "x-name",
        &[Place::Operation, Place::Parameter, Place::Schema],
        "the name",
        "The name of the method, the parameter or the type",
    ),
    word(
        "x-filter",
        &[Place::Operation],
        "{name: 'filter[{name}]', types: {regular expression: type}, enums: {name: [value]}, params: {name: type}, grammar: \
         name, operators: [op], attributes: {attribute: type}}; a type is string|integer|number|decimal|boolean|days|date|\
         date-time|id|csv-id|id:resource|csv-id:resource|csv",
        "Filters with the types of their values, also those that the document does not declare",
    ),
    word(
        "x-sort",
        &[Place::Operation],
        "[value], or {parameter, values: [value], ascending: '{field}', descending: '-{field}', separator: ','}",
        "An enumeration of what a list can be sorted by, and a setter that takes it",
    ),
    word(
        "x-sort-default",
        &[Place::Operation],
        "a value as the parameter takes it",
        "What the documentation of the setter says that a list is sorted by",
    ),
    word(
        "x-include",
        &[Place::Operation],
        "[value], or {parameter, values: [value]}",
        "An enumeration of what can come along with an answer, and a setter that takes it",
    ),
    word(
        "x-fields",
        &[Place::Operation],
        "[resource type]",
        "A setter for each resource type that takes the members to answer",
    ),
    word(
        "x-linkage",
        &[Place::Operation],
        "resource type",
        "A method that takes and gives the ids of such resources in place of identifier objects",
    ),
    word(
        "x-retry",
        &[Place::Operation],
        "true or false",
        "Whether the call is repeated after a failure, whatever its method",
    ),
    word(
        "x-special-ids",
        &[Place::Operation],
        "[value]",
        "Constants for values of the path parameter that are no ids",
    ),
    word(
        "x-sample-of",
        &[Place::Operation],
        "event",
        "A method that answers the event as `x-webhooks` has it",
    ),
    word(
        "x-resource-type",
        &[Place::Schema],
        "resource type",
        "A resource whose attributes are of this schema, and a type for its ids",
    ),
    word(
        "x-any-resource",
        &[Place::Schema],
        "true",
        "An enumeration of all resources, which the schema stands for",
    ),
    word(
        "x-pattern-properties",
        &[Place::Schema],
        "{regular expression: schema}, as JSON Schema has `patternProperties`",
        "Access by name to the members that the pattern matches",
    ),
    word(
        "x-extensible-enum",
        &[Place::Schema],
        "[value]",
        "An enumeration of the known values, which others can be added to",
    ),
    word("x-lenient", &[Place::Schema], "[JSON type]", "Reading of the value also from these types"),
    word(
        "x-rust-type",
        &[Place::Schema],
        "a path of a type, {path, crate, version}",
        "That type in place of one of the client's own, if the configuration lists its crate",
    ),
    word("x-id", &[Place::Schema], "the name of an id type", "An id type of this name in place of a string"),
];

/// The word with this name.
pub(super) fn find(name: &str) -> Option<&'static Word> {
    WORDS.iter().find(|word| word.name == name)
}

/// The word that `name`, which is none, is a misspelling of.
///
/// Short words are near to words of other tools (`x-id` to `x-ui`), so that they take fewer edits.
pub(super) fn similar(name: &str) -> Option<&'static Word> {
    let stem = name.strip_prefix("x-")?;
    let distance = |word: &&Word| {
        let known = &word.name[2..];
        let most = match known.len() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        };
        let is_near = known.len().abs_diff(stem.len()) <= most;
        is_near.then(|| edits(known.as_bytes(), stem.as_bytes())).filter(|edits| *edits <= most)
    };
    let near = WORDS.iter().filter_map(|word| distance(&word).map(|edits| (edits, word)));
    near.min_by_key(|(edits, _)| *edits).map(|(_, word)| word)
}

/// How many bytes have to be put in, taken out, replaced or exchanged with the next (optimal string alignment).
fn edits(one: &[u8], other: &[u8]) -> usize {
    let mut before = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, byte) in one.iter().enumerate() {
        let mut next = vec![at + 1];
        for (column, candidate) in other.iter().enumerate() {
            let replaced = row[column] + usize::from(byte != candidate);
            let mut best = replaced.min(row[column + 1] + 1).min(next[column] + 1);
            let is_exchanged =
                at > 0 && column > 0 && one[at - 1] == *candidate && other[column - 1] == *byte;
            if is_exchanged {
                best = best.min(before.get(column - 1).map_or(best, |edits: &usize| edits + 1));
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{edits, find, similar, vocabulary};

    #[test]
    fn every_word_is_there_once_and_says_what_it_gives() {
        for word in vocabulary() {
            assert_eq!(find(word.name), Some(word), "`{}` is there twice", word.name);
            assert!(word.name.starts_with("x-") && !word.places.is_empty(), "{word:?}");
            assert!(!word.shape.is_empty() && !word.gives.is_empty(), "{word:?}");
        }
    }

    #[test]
    fn a_misspelling_finds_its_word() {
        let found = |name: &str| similar(name).map(|word| word.name);
        assert_eq!(found("x-inclued"), Some("x-include"));
        assert_eq!(found("x-resourceType"), Some("x-resource-type"));
        assert_eq!(found("x-special_id"), Some("x-special-ids"));
        assert_eq!(found("x-sorts"), Some("x-sort"));
    }

    #[test]
    fn words_of_other_tools_are_no_misspellings() {
        for name in [
            "x-ui",
            "x-go",
            "x-ms",
            "x-ids",
            "x-code",
            "x-tags",
            "x-exclude",
            "x-internal",
            "x-stripeEvent",
            "x-nullable",
            "x-ms-pageable",
            "x-amazon-apigateway-integration",
            "x-readme",
            "x-logo",
            "x-enum-varnames",
            "x-",
        ] {
            assert_eq!(similar(name), None, "{name}");
        }
    }

    #[test]
    fn edits_are_counted() {
        assert_eq!(edits(b"kitten", b"sitting"), 3);
        assert_eq!(edits(b"sort", b"srot"), 1);
        assert_eq!(edits(b"", b"ab"), 2);
        assert_eq!(edits(b"ab", b"ab"), 0);
    }
}
