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
                table::items(value, self.place).iter().try_for_each(|item| writeln!(sink, "{item}"))
            }
            Format::Table => sink.write_all(table::table(value, self.place).as_bytes()),
            Format::Csv => sink.write_all(table::csv(value, self.place).as_bytes()),
        }
    }

    /// Writes JSON, indented for people and on one line for programs.
    fn value(&self, sink: &mut dyn Write, value: &Json) -> io::Result<()> {
        if self.file.is_none() && io::stdout().is_terminal() {
            writeln!(sink, "{value:#}")
        } else {
            writeln!(sink, "{value}")
        }
    }
}

impl Answer {
    /// The answer without its body.
    fn head(&self) -> Self {
        Self { status: self.status, headers: self.headers.clone(), shown: Shown::Nothing }
    }
}
