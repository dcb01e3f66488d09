//! Standard output and standard error.
//!
//! Invariant: what comes from a document reaches them only in printable characters.

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Stderr, Stdout, Write};
use std::process::ExitCode;

use clap::ColorChoice;
use clientsmith::diag::{Colour, Severity};

use super::Exit;
use super::args::Tone;
use super::printable;
use super::progress::Progress;

/// Where a command's words go.
///
/// Results go to standard output, everything about them to standard error.
pub(super) struct Terminal {
    out: Stdout,
    err: Stderr,
    out_colour: Colour,
    err_colour: Colour,
    quiet: bool,
    notes: bool,
    /// Why standard output takes nothing more.
    closed: Option<io::Error>,
}

impl Terminal {
    /// The process's own, with the colours and the loudness asked for.
    pub(super) fn new(tone: &Tone) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        Self {
            out_colour: colour(tone.color, &out),
            err_colour: colour(tone.color, &err),
            out,
            err,
            quiet: tone.quiet,
            notes: tone.notes,
            closed: None,
        }
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) {
        self.write(&printable::text(text));
    }

    /// Prints a result in which the library has already spelled out what a terminal would act on.
    pub(super) fn print_safe(&mut self, text: &str) {
        self.write(text);
    }

    /// Prints a line that stands above others.
    pub(super) fn heading(&mut self, line: &str) {
        let line = printable::text(line);
        match self.out_colour {
            Colour::Always => self.write(&format!("\u{1b}[1m{line}\u{1b}[0m\n")),
            Colour::Never => self.write(&format!("{line}\n")),
        }
    }

    /// Prints a line about what was done, unless all is to be quiet.
    pub(super) fn say(&mut self, line: &str) {
        if !self.quiet {
            self.print(&format!("{line}\n"));
        }
    }

    /// Prints to standard error.
    pub(super) fn complain(&mut self, text: &str) {
        // There is no other place to tell that it failed.
        let _ = self.err.write_all(printable::text(text).as_bytes());
    }

    /// Prints why the command fails to standard error.
    pub(super) fn error(&mut self, message: &str) {
        let message = printable::text(message);
        let line = match self.err_colour {
            Colour::Always => format!("\u{1b}[1;31merror\u{1b}[0m: {}\n", message.trim_end()),
            Colour::Never => format!("error: {}\n", message.trim_end()),
        };
        let _ = self.err.write_all(line.as_bytes());
    }

    /// Prints to standard error what the library has made safe and may have coloured, in [`Terminal::err_colour`].
    pub(super) fn listing(&mut self, rendered: &str) {
        let _ = self.err.write_all(rendered.as_bytes());
    }

    /// Whether standard error has colours.
    pub(super) fn err_colour(&self) -> Colour {
        self.err_colour
    }

    /// The least severe diagnostics to show in full.
    pub(super) fn least(&self) -> Severity {
        match (self.quiet, self.notes) {
            (true, _) => Severity::Error,
            (false, true) => Severity::Note,
            (false, false) => Severity::Warning,
        }
    }

    /// Whether only what makes the command fail is to be said.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Tells somebody at a terminal what takes so long, until the value is dropped.
    pub(super) fn progress(&self, what: String) -> Progress {
        let shown = !self.quiet && self.err.is_terminal() && !is_dumb();
        Progress::start(shown, what)
    }

    /// The same for work of `total` pieces.
    pub(super) fn counting(&self, what: &str, total: usize) -> Progress {
        let shown = !self.quiet && self.err.is_terminal() && !is_dumb();
        Progress::count(shown, what.to_owned(), total)
    }

    /// The exit code, once everything is printed.
    pub(super) fn finish(mut self, exit: Exit) -> ExitCode {
        if let Err(error) = self.out.flush() {
            self.closed.get_or_insert(error);
        }
        match self.closed.take() {
            // Whoever reads has seen enough.
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                self.error(&format!("cannot write to standard output: {error}"));
                Exit::Unusable.into()
            }
            Some(_) | None => exit.into(),
        }
    }

    fn write(&mut self, text: &str) {
        if self.closed.is_none() {
            self.closed = self.out.write_all(text.as_bytes()).err();
        }
    }
}

fn colour(choice: ColorChoice, stream: &impl IsTerminal) -> Colour {
    // https://no-color.org
    let refused = || env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => Colour::Always,
        ColorChoice::Auto if stream.is_terminal() && !refused() && !is_dumb() => Colour::Always,
        ColorChoice::Auto | ColorChoice::Never => Colour::Never,
    }
}

fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}
