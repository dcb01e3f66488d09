//! Any text to the words of an identifier.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// `text` as an upper camel case identifier; `fallback` if nothing of it can be in one.
pub(super) fn camel(text: &str, fallback: &str) -> String {
    let name = keep(&spoken(text).to_upper_camel_case());
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if starts_identifier(first) => name,
        Some(_) => format!("{fallback}{name}"),
    }
}

/// `text` as a snake case identifier; `fallback` if nothing of it can be in one.
pub(super) fn snake(text: &str, fallback: &str) -> String {
    let name = keep(&spoken(text).to_snake_case());
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if starts_identifier(first) || first == '_' => name,
        Some(_) if name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_') => {
            format!("{fallback}_{name}")
        }
        Some(_) => format!("_{name}"),
    }
}

/// `text` as the name of a command or an option; `fallback` if it has neither letters nor digits.
pub(super) fn kebab(text: &str, fallback: &str) -> String {
    let name = text.to_kebab_case();
    if name.is_empty() { fallback.to_owned() } else { name }
}

/// `text` as a package name: ASCII words joined by hyphens, beginning with a letter.
pub(super) fn package(text: &str) -> String {
    let ascii: String = text.chars().map(|c| if c.is_ascii() { c } else { ' ' }).collect();
    let name: String =
        ascii.to_kebab_case().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect();
    match name.chars().next() {
        None => "client".to_owned(),
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) => format!("client-{name}"),
    }
}

/// Signs that carry meaning where a name begins with them or consists of them (`-created_at`, `+1`, `>=`).
fn spoken(text: &str) -> String {
    let is_word = text.chars().any(char::is_alphanumeric);
    let mut spoken = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let word = match c {
            '+' => "plus",
            '-' => "minus",
            '<' => "less",
            '>' => "greater",
            '=' => "equal",
            '!' => "not",
            '*' => "star",
            '%' => "percent",
            '&' => "and",
            '#' => "hash",
            '.' => "dot",
            '/' => "slash",
            _ => "",
        };
        let counts = !is_word || at == 0 && matches!(c, '+' | '-' | '<' | '>' | '=' | '!');
        if word.is_empty() || !counts {
            spoken.push(c);
        } else {
            spoken.push(' ');
            spoken.push_str(word);
            spoken.push(' ');
        }
    }
    spoken
}

/// What of `text` can be in an identifier (Unicode's XID, as Rust has it); syn knows.
fn keep(text: &str) -> String {
    let can_be =
        |c: char| c == '_' || c.is_ascii_alphanumeric() || !c.is_ascii() && is_identifier(&format!("a{c}"));
    text.chars().filter(|c| can_be(*c)).collect()
}

fn starts_identifier(c: char) -> bool {
    is_identifier(&format!("{c}a"))
}

/// Whether `text` is an identifier or a keyword (The Rust Reference, Identifiers).
pub(super) fn is_identifier(text: &str) -> bool {
    match text.as_bytes() {
        [b'_'] => false,
        [b'a'..=b'z' | b'A'..=b'Z' | b'_', rest @ ..] if text.is_ascii() => {
            rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        }
        _ => !text.is_ascii() && syn::parse_str::<syn::Ident>(text).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::{camel, snake};

    #[test]
    fn brackets_and_dots_separate_words() {
        assert_eq!(snake("page[number]", "p"), "page_number");
        assert_eq!(snake("filter[exclude_product_types][]", "p"), "filter_exclude_product_types");
        assert_eq!(camel("application/vnd.api+json", "T"), "ApplicationVndApiJson");
    }

    #[test]
    fn what_cannot_begin_a_name_gets_something_before_it() {
        assert_eq!(snake("2fa", "p"), "_2fa");
        assert_eq!(snake("1", "value"), "value_1");
        assert_eq!(camel("2024-01-01", "Value"), "Value20240101");
        assert_eq!(camel("", "Empty"), "Empty");
        assert_eq!(camel("🙂", "Value"), "Value");
    }

    #[test]
    fn signs_are_spoken_where_they_mean_something() {
        assert_eq!(camel("-created_at", "V"), "MinusCreatedAt");
        assert_eq!(camel("+1", "V"), "Plus1");
        assert_eq!(camel("-1", "V"), "Minus1");
        assert_eq!(camel(">=", "V"), "GreaterEqual");
        assert_eq!(camel("a-b", "V"), "AB");
    }

    #[test]
    fn a_letter_that_begins_no_identifier_gets_something_before_it() {
        assert_eq!(snake("\u{93f}abc", "p"), "_\u{93f}abc");
        assert_eq!(camel("\u{93f}abc", "T"), "T\u{93f}abc");
    }

    #[test]
    fn other_scripts_stay() {
        assert_eq!(snake("größe", "p"), "größe");
        assert_eq!(camel("имя", "T"), "Имя");
    }
}
