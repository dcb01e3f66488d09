//! The guide's page of keywords.

use super::Object;
use super::row::{Row, VERSIONS};

const HEAD: &str = "\
# All keywords

What becomes of every keyword of OpenAPI 3.0, 3.1 and 3.2 and of Swagger 2.0. A keyword of a later 3.x is understood in an earlier one.

* **used**: the client's code follows it.
* **documented only**: it is in the client's documentation.
* **reported**: a diagnostic says at its place what it does not do; most are notes, which `--notes` shows.
* **reported once**: it says nothing that a client is made of, and one note stands for all its places.

What is in no table is reported, at its place, unless it begins with `x-`; those are [words](words.md), or another tool's. `clientsmith
keywords` prints this page.
";

/// The whole page, in Markdown.
pub fn page() -> String {
    let sections: Vec<String> = Object::ALL.into_iter().map(section).collect();
    format!("{HEAD}{}", sections.concat())
}

fn section(object: Object) -> String {
    let name = object.name().trim_start_matches("an ").trim_start_matches("a ");
    let mut letters = name.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let lines: Vec<String> = object.rows().iter().map(line).collect();
    let head = "| keyword | of | is | |\n| --- | --- | --- | --- |\n";
    format!("\n## {first}{}\n\n{head}{}", letters.as_str(), lines.concat())
}

fn line(row: &Row) -> String {
    let Row { keyword, fate, note, .. } = row;
    format!("| `{keyword}` | {} | {} | {note} |\n", versions(row), fate.name())
}

/// `2.0, 3.0–3.2`: where there is no gap, the first and the last.
fn versions(row: &Row) -> String {
    let names: Vec<&str> =
        VERSIONS.iter().filter(|(_, version)| row.versions.meet(*version)).map(|(name, _)| *name).collect();
    match names.as_slice() {
        [first, _, .., last] => format!("{first} to {last}"),
        few => few.join(", "),
    }
}
