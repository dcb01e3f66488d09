//! `clientsmith explain`: what a diagnostic means.

use clientsmith::diag::Code;

/// The explanation of `code`, or the first sentence of every one.
pub(super) fn text(code: Option<Code>) -> String {
    match code {
        Some(code) => format!("{code}\n\n{}", explanation(code)),
        None => list(),
    }
}

/// Reads the name of a code; the error suggests a similar one.
pub(super) fn parse_code(text: &str) -> Result<Code, String> {
    Code::from_name(text).ok_or_else(|| {
        let hint = match similar(text) {
            Some(code) => format!("did you mean `{code}`?"),
            None => "`clientsmith explain` lists them all".to_owned(),
        };
        format!("there is no such diagnostic; {hint}")
    })
}

/// The doc comment's lines, without the blank in front of each.
fn explanation(code: Code) -> String {
    let lines = code.explanation().lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    let line = |code: &Code| {
        let text = explanation(*code);
        let first = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        format!("{:width$}  {first}\n", code.name())
    };
    Code::ALL.iter().map(line).collect()
}

/// The code that `text` is a part or a misspelling of.
fn similar(text: &str) -> Option<Code> {
    let text = text.to_lowercase().replace(['_', ' '], "-");
    let text: String = text.chars().take(60).collect();
    let whole = text.len() >= 3;
    let part = Code::ALL.iter().find(|code| whole && code.name().contains(&text));
    let nearest = || Code::ALL.iter().min_by_key(|code| distance(code.name(), &text));
    let near_enough = |code: &&Code| distance(code.name(), &text) <= code.name().len() / 3;
    part.or_else(|| nearest().filter(near_enough)).copied()
}

/// How many characters have to be put in, taken out or replaced to make `one` of `other` (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, character) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, candidate) in other.chars().enumerate() {
            let replaced = diagonal + usize::from(candidate != character);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use clientsmith::diag::Code;

    use super::{distance, similar};

    #[test]
    fn a_misspelling_or_a_part_finds_its_code() {
        assert_eq!(similar("duplicate-keys"), Some(Code::DuplicateKey));
        assert_eq!(similar("DUPLICATE_KEY"), Some(Code::DuplicateKey));
        assert_eq!(similar("untyped"), Some(Code::UntypedValue));
        assert_eq!(similar("something quite different"), None);
        assert_eq!(similar(""), None);
    }

    #[test]
    fn a_distance_counts_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("ab", "ab"), 0);
    }
}
