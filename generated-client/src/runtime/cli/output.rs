//! What is printed: an answer, its envelope, items as they arrive; as JSON, or as tables for people.

use std::io::{self, IsTerminal as _, Write};

use super::super::Json;
use super::answer::{Answer, Shown};
use super::result_file::{self, ResultFile};
use super::{Usage, table};

/// Where the result goes and how it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) format: Format,
    /// A file for the body, in place of standard output.
    pub(super) file: Option<String>,
    /// Whether status and headers are wanted too.
    pub(super) include: bool,
    /// Where the items of a page are, if that is known.
    pub(super) place: Option<&'static str>,
}

/// How JSON is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// As it is.
    #[default]
    Json,
    /// A line for each item.
    Lines,
    /// A table.
    Table,
    /// Comma-separated values (RFC 4180).
    Csv,
}

impl Output {
    /// `--output FILE`, or `--output table|json|jsonl|csv`.
    pub(super) fn to(&mut self, wanted: &str) {
        match wanted {
            "json" => self.format = Format::Json,
            "jsonl" => self.format = Format::Lines,
            "table" => self.format = Format::Table,
            "csv" => self.format = Format::Csv,
            file => self.file = Some(file.to_owned()),
        }
    }

    /// Checks, before anything is sent, that the result can be written.
    pub(super) fn check(&self) -> Result<(), Usage> {
        self.file.as_deref().map_or(Ok(()), result_file::check)
    }

    /// Writes an answer.
    pub(super) fn answer(&self, answer: &Answer) -> io::Result<()> {
        match (&self.file, self.include) {
            (None, false) => self.body(&mut io::stdout().lock(), &answer.shown, io::stdout().is_terminal()),
            (None, true) => self.value(&mut io::stdout().lock(), &answer.envelope().into()),
            (Some(file), include) => {
                let mut file = ResultFile::new(file);
                self.body(&mut file, &answer.shown, false)?;
                file.flush()?;
                if include {
                    self.value(&mut io::stdout().lock(), &answer.head().envelope().into())?;
                }
                Ok(())
            }
        }
    }

    /// Writes the head of an answer whose pieces are in a file, or the whole of one whose pieces are `events`.
    pub(super) fn gathered(&self, answer: &Answer, events: Vec<Json>) -> io::Result<()> {
        let mut envelope = answer.envelope();
        if self.file.is_none() {
            envelope.insert("events".to_owned(), events.into());
        }
        self.value(&mut io::stdout().lock(), &envelope.into())
    }

    /// Where items go.
    pub(super) fn writer(&self) -> Box<dyn Write + '_> {
        match &self.file {
            Some(file) => Box::new(ResultFile::new(file)),
            None => Box::new(io::stdout().lock()),
        }
    }

    fn body(&self, sink: &mut dyn Write, shown: &Shown, is_terminal: bool) -> io::Result<()> {
        match shown {
            // Pieces are written one by one, as they arrive.
            Shown::Nothing | Shown::Items(_) => Ok(()),
            Shown::Text(text) => {
                sink.write_all(text.as_bytes())?;
                if is_terminal && !text.ends_with('\n') { sink.write_all(b"\n") } else { Ok(()) }
            }
            Shown::Bytes(bytes) => sink.write_all(bytes),
            Shown::Json(value) => self.json(sink, value),
        }
    }

    /// Writes a value in the format that is wanted.
    pub(super) fn json(&self, sink: &mut dyn Write, value: &Json) -> io::Result<()> {
        match self.format {
            Format::Json => self.value(sink, value),
            Format::Lines => {
                table::items(value, self.place).iter().try_for_each(|item| writeln!(sink, "{}", line(item)))
            }
            Format::Table => sink.write_all(table::table(value, self.place).as_bytes()),
            Format::Csv if self.is_for_people() => {
                sink.write_all(still(&table::csv(value, self.place)).as_bytes())
            }
            Format::Csv => sink.write_all(table::csv(value, self.place).as_bytes()),
        }
    }

    /// Writes JSON, indented for people and on one line for programs.
    fn value(&self, sink: &mut dyn Write, value: &Json) -> io::Result<()> {
        if self.is_for_people() {
            writeln!(sink, "{}", escaped(format!("{value:#}")))
        } else {
            writeln!(sink, "{}", line(value))
        }
    }

    fn is_for_people(&self) -> bool {
        self.file.is_none() && io::stdout().is_terminal()
    }
}

/// JSON on one line.
pub(super) fn line(value: &Json) -> String {
    escaped(value.to_string())
}

/// JSON without the control characters that stand in it as they are: a terminal takes some of them for commands.
fn escaped(json: String) -> String {
    use std::fmt::Write as _;

    let is_control = |c: char| matches!(c, '\u{7f}'..='\u{9f}');
    if !json.contains(is_control) {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_control(c) {
            _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

/// Lines of text in which nothing can move the cursor.
fn still(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    lines.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

impl Answer {
    /// The answer without its body.
    fn head(&self) -> Self {
        Self { status: self.status, headers: self.headers.clone(), shown: Shown::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, escaped, line, still};

    #[test]
    fn json_has_no_control_characters_and_the_same_meaning() {
        let value = Json::from("a\u{7f}\u{9b}2J\u{85}\u{1b}\u{a0}é");
        assert_eq!(line(&value), r#""a\u007f\u009b2J\u0085\u001b"#.to_owned() + "\u{a0}é\"");
        assert_eq!(serde_json::from_str::<Json>(&line(&value)).ok(), Some(value.clone()));
        let pretty = escaped(format!("{:#}", Json::from(vec![value.clone()])));
        assert_eq!(serde_json::from_str::<Json>(&pretty).ok(), Some(vec![value].into()));
    }

    #[test]
    fn values_for_spreadsheets_do_not_move_the_cursor_of_people() {
        assert_eq!(still("a,b\r\n\"\u{1b}[2J\r\u{9b}\n\",é\r\n"), "a,b\n\" [2J  \n\",é\n");
    }
}
