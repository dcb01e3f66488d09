//! The only terminal: reads the command line, runs the library, prints, and turns what came of it into an exit code.

mod args;
mod corpus;
mod diagnostics;
mod dump;
mod explain;
mod fetch;
mod input;
mod inspect;
mod make;
mod overlay;
mod printable;
mod progress;
mod report;
mod terminal;
mod vendor;
mod vocabulary;

use std::error::Error as _;
use std::process::ExitCode;
use std::thread;

use clap::Parser as _;
use clientsmith::Failure;

use args::{Cli, Command};
use terminal::Terminal;

/// The stack of the thread that does the work. Only what is used of it is ever taken.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// What a command comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// All is well.
    Good,
    /// The document is wrong, or what is on the disk is not what it gives.
    Wrong,
    /// The command could not do its work.
    Unusable,
}

/// Runs the command that the process was started with.
pub(super) fn main() -> ExitCode {
    // The deepest nesting that is read takes more than the first thread has on Windows.
    match thread::Builder::new().stack_size(STACK_BYTES).spawn(run) {
        Ok(worker) => worker.join().unwrap_or(ExitCode::from(101)),
        Err(_) => run(),
    }
}

fn run() -> ExitCode {
    let Cli { command, tone } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody may be reading, and then there is nobody to tell.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut terminal = Terminal::new(&tone);
    let exit = perform(&command, &mut terminal).unwrap_or_else(|failure| fail(&failure, &mut terminal));
    terminal.finish(exit)
}

fn perform(command: &Command, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Generate(make) => make::generate(make, terminal),
        Command::Check(make) => make::check(make, terminal),
        Command::Inspect(inspect) => inspect::run(inspect, terminal),
        Command::Overlay(overlay) => overlay::run(overlay, terminal),
        Command::Vendor(input) => vendor::run(input, terminal),
        Command::Dump(dump) => dump::run(dump, terminal),
        Command::Corpus(corpus) => corpus::run(corpus, terminal),
        Command::CorpusDocument(document) => Ok(corpus::document(document, terminal)),
        Command::Explain(explain) => {
            terminal.print(&explain::text(explain.code));
            Ok(Exit::Good)
        }
        Command::Schema => {
            terminal.print(clientsmith::config::SCHEMA);
            Ok(Exit::Good)
        }
        Command::Keywords => {
            terminal.print(&clientsmith::catalogue::page());
            Ok(Exit::Good)
        }
        Command::Words(words) => {
            terminal.print(&vocabulary::text(words.word.as_ref()));
            Ok(Exit::Good)
        }
    }
}

/// Says why nothing came of it.
fn fail(failure: &Failure, terminal: &mut Terminal) -> Exit {
    match failure {
        Failure::Document { diagnostics, sources, .. } => {
            diagnostics::show_fatal(terminal, diagnostics, sources);
            Exit::Wrong
        }
        Failure::Read(error) => {
            terminal.error(&error.to_string());
            // Without a cause in the system the file is there and is no text.
            if error.source().is_some() { Exit::Unusable } else { Exit::Wrong }
        }
        Failure::Format(error) => {
            terminal.error(&error.to_string());
            terminal.complain("this is a mistake of clientsmith, not of the document: please report it\n");
            Exit::Unusable
        }
        other => {
            terminal.error(&other.to_string());
            Exit::Unusable
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Good => ExitCode::SUCCESS,
            Exit::Wrong => ExitCode::from(1),
            Exit::Unusable => ExitCode::from(2),
        }
    }
}
