//! The guide's table of words is the generator's vocabulary.

use std::collections::BTreeSet;

use clientsmith::words::{Place, Word, vocabulary};

use crate::chapters::{Chapter, chapters};

/// A row of the table: the word, where its section is, and where it may stand.
struct Row {
    word: String,
    chapter: String,
    places: Vec<String>,
}

/// What a shape says in place of a value: these are no keys.
const KINDS: [&str; 6] = ["name", "Name", "component", "event", "value", "op"];

fn place(place: Place) -> &'static str {
    match place {
        Place::Root => "document",
        Place::Operation => "operation",
        Place::Parameter => "parameter",
        Place::Schema => "schema",
        Place::SecurityScheme => "security scheme",
        Place::Event => "event",
    }
}

fn chapter(path: &str) -> Chapter {
    let known = chapters().into_iter().find(|known| known.path == path);
    known.unwrap_or_else(|| panic!("there is no chapter `{path}`"))
}

fn table() -> Vec<Row> {
    let text = chapter("generator/words.md").text;
    let rows = text.lines().filter_map(|line| line.strip_prefix("| [`")).map(|line| {
        let mut cells = line.split(" | ");
        let (word, link) = cells.next().and_then(|cell| cell.split_once("`](")).unwrap();
        let (chapter, anchor) = link.trim_end_matches(')').split_once('#').unwrap();
        assert_eq!(anchor, word, "the link of `{word}` leads elsewhere");
        let places = cells.next().unwrap().split(", ").map(str::to_owned).collect();
        assert_eq!(cells.filter(|cell| !cell.trim_matches(['|', ' ']).is_empty()).count(), 3, "{line}");
        Row { word: word.to_owned(), chapter: format!("generator/{chapter}"), places }
    });
    rows.collect()
}

#[test]
fn the_table_has_every_word_and_no_other() {
    let said: Vec<String> = table().into_iter().map(|row| row.word).collect();
    let known: Vec<&str> = vocabulary().iter().map(|word| word.name).collect();
    assert_eq!(said, known);
}

#[test]
fn the_table_says_where_each_word_may_stand() {
    for (row, word) in table().iter().zip(vocabulary()) {
        let known: Vec<&str> = word.places.iter().map(|known| place(*known)).collect();
        assert_eq!(row.places, known, "{}", word.name);
    }
}

#[test]
fn every_key_of_a_word_is_in_its_section() {
    for (row, word) in table().iter().zip(vocabulary()) {
        let chapter = chapter(&row.chapter);
        let section = chapter.section(&format!("`{}`", word.name));
        let section =
            section.unwrap_or_else(|| panic!("{} has no section about `{}`", row.chapter, word.name));
        let said: BTreeSet<&str> = section.split(|sign: char| !is_key(sign)).collect();
        let missing: Vec<&str> =
            keys(word).filter(|key| !said.contains(key) && !KINDS.contains(key)).collect();
        assert!(missing.is_empty(), "{}: `{}` has the keys {missing:?} too", row.chapter, word.name);
    }
}

#[test]
fn every_key_in_a_table_is_one_of_its_word() {
    for (row, word) in table().iter().zip(vocabulary()) {
        let chapter = chapter(&row.chapter);
        let section = chapter.section(&format!("`{}`", word.name)).unwrap_or_default();
        let known: BTreeSet<&str> = keys(word).collect();
        let mut header = "";
        for line in section.lines() {
            if line.starts_with("| key") {
                header = line;
            } else if !line.starts_with('|') {
                header = "";
            }
            let cell = line.split('|').nth(1).filter(|_| !header.is_empty()).unwrap_or_default();
            for key in cell.split('`').skip(1).step_by(2).filter(|_| header != line) {
                assert!(known.contains(key), "{}: `{}` has no key `{key}`", row.chapter, word.name);
            }
        }
    }
}

fn is_key(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

/// The keys that a word's shape names: what stands between its brackets, colons and commas and is one word.
fn keys(word: &Word) -> impl Iterator<Item = &'static str> {
    let pieces = word.shape.split(['{', '}', '[', ']', ':', ',', '|', ';', '\'']).map(str::trim);
    pieces.filter(|piece| piece.starts_with(char::is_alphabetic) && piece.chars().all(is_key))
}
