//! `clientsmith words`: the `x-` words that a document or an overlay can have.

use clientsmith::words::{Word, vocabulary};

/// What is to be known about `word`, or a line on each.
pub(super) fn text(word: Option<&Word>) -> String {
    match word {
        Some(word) => {
            let places: Vec<&str> = word.places.iter().map(|place| place.name()).collect();
            let Word { name, gives, shape, .. } = word;
            format!("{name}\n\n{gives}.\n\nIts place is {}.\n\n{shape}\n", places.join(" or "))
        }
        None => list(),
    }
}

/// Reads the name of a word; it may lack its `x-`.
pub(super) fn parse_word(text: &str) -> Result<Word, String> {
    let name = text.strip_prefix("x-").unwrap_or(text);
    let word = vocabulary().iter().find(|word| word.name.strip_prefix("x-") == Some(name));
    word.copied().ok_or_else(|| "there is no such word; `clientsmith words` lists them all".to_owned())
}

fn list() -> String {
    let places = |word: &Word| {
        let names =
            word.places.iter().map(|place| place.name().trim_start_matches("an ").trim_start_matches("a "));
        names.collect::<Vec<_>>().join(", ")
    };
    let width = |of: &dyn Fn(&Word) -> usize| vocabulary().iter().map(of).max().unwrap_or_default();
    let (names, middle) = (width(&|word| word.name.len()), width(&|word| places(word).len()));
    let line = |word: &Word| format!("{:names$}  {:middle$}  {}\n", word.name, places(word), word.gives);
    vocabulary().iter().map(line).collect()
}
