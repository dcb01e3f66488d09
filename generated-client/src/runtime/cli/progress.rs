//! How far a walk through pages has come, on a terminal only.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// A line on standard error that is written over.
pub(super) struct Progress {
    count: usize,
    shown: Option<Instant>,
    is_terminal: bool,
}

/// How the line moves on.
const SIGNS: [char; 4] = ['|', '/', '-', '\\'];

impl Progress {
    /// Nothing is shown unless people look on, and not while items are printed where they look.
    pub(super) fn new(prints_items: bool) -> Self {
        let is_terminal = io::stderr().is_terminal() && !(prints_items && io::stdout().is_terminal());
        Self { count: 0, shown: None, is_terminal }
    }

    /// One more item has come.
    pub(super) fn item(&mut self) {
        self.count += 1;
        let is_due = self.shown.is_none_or(|at| at.elapsed() > Duration::from_millis(100));
        if self.is_terminal && is_due {
            self.shown = Some(Instant::now());
            let sign = SIGNS[self.count % SIGNS.len()];
            _ = write!(io::stderr(), "\r\x1b[K{sign} {} items", self.count);
        }
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        if self.is_terminal && self.shown.is_some() {
            _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
