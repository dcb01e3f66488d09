//! `clientsmith corpus`: what becomes of every document in a folder.
//!
//! Each document is compiled by a process of its own, which counts what it costs; the clients are then checked together, as members of
//! one workspace, so that what they depend on is built once.

mod documents;
mod measure;
mod page;
mod row;
mod table;
mod verify;

use std::path::Path;

use clientsmith::{Failure, write};

use super::Exit;
use super::args::{Corpus, CorpusDocument};
use super::printable::{self, count};
use super::terminal::Terminal;
pub(super) use verify::Check;

/// Compiles, checks and lists the documents.
pub(super) fn run(corpus: &Corpus, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let documents = documents::below(&corpus.folder)?;
    if documents.is_empty() {
        let folder = printable::path(&corpus.folder);
        return Err(Failure::Usage(format!("there is no OpenAPI document below {folder}")));
    }
    let mut rows = measure::all(corpus, &documents, terminal)?;
    for wanted in corpus.checks() {
        verify::all(wanted, &corpus.out, &mut rows, terminal)?;
    }
    let [tsv, html] = ["results.tsv", "results.html"].map(|name| corpus.out.join(name));
    save(&tsv, &table::text(&rows))?;
    save(&html, &page::text(&rows))?;
    for row in rows.iter().filter(|row| !row.is_good()) {
        terminal.say(&format!("{}: {}", printable::cell(&row.document), printable::cell(&row.fault())));
    }
    let good = rows.iter().filter(|row| row.is_good()).count();
    let (emitted, operations) =
        rows.iter().fold((0, 0), |(emitted, all), row| (emitted + row.emitted, all + row.operations));
    terminal.say(&format!(
        "{good} of {} are good, {emitted} of {} are emitted → {}",
        count(rows.len(), "document"),
        count(operations, "operation"),
        printable::path(&html)
    ));
    Ok(if good == rows.len() { Exit::Good } else { Exit::Wrong })
}

/// The process for one document: compiles it and prints what there is to know, in JSON.
pub(super) fn document(document: &CorpusDocument, terminal: &mut Terminal) -> Exit {
    terminal.print(&measure::one(document));
    Exit::Good
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    write::write_file(path, text).map(|_| ()).map_err(|error| Failure::Io { path: path.to_owned(), error })
}
