//! How far a walk through pages or a stream has come, on a terminal only. Nobody knows how many items there will be.

use std::io::{self, IsTerminal as _, Write};
use std::time::{Duration, Instant};

/// A line on standard error that is written over, and taken away at the end.
pub(super) struct Progress {
    count: usize,
    turns: usize,
    began: Instant,
    written: Option<Instant>,
    sink: Option<Box<dyn Write>>,
}

/// How the line moves on.
const SIGNS: [char; 4] = ['|', '/', '-', '\\'];

/// The time between two moves.
pub(super) const PACE: Duration = Duration::from_millis(100);

impl Progress {
    /// Nothing is shown unless people look on, and not while items are printed where they look.
    pub(super) fn new(prints_items: bool) -> Self {
        let is_shown = io::stderr().is_terminal() && !(prints_items && io::stdout().is_terminal());
        Self::to(is_shown.then(|| Box::new(io::stderr()) as Box<dyn Write>))
    }

    fn to(sink: Option<Box<dyn Write>>) -> Self {
        Self { count: 0, turns: 0, began: Instant::now(), written: None, sink }
    }

    /// Whether anyone sees it.
    pub(super) fn is_shown(&self) -> bool {
        self.sink.is_some()
    }

    /// One more item has come.
    pub(super) fn item(&mut self) {
        self.count += 1;
        self.moves();
    }

    /// Time has gone by.
    pub(super) fn moves(&mut self) {
        let Some(sink) = &mut self.sink else { return };
        if self.written.is_some_and(|at| at.elapsed() < PACE) {
            return;
        }
        self.written = Some(Instant::now());
        self.turns += 1;
        let (sign, seconds) = (SIGNS[self.turns % SIGNS.len()], self.began.elapsed().as_secs());
        let items = if self.count == 1 { "item" } else { "items" };
        _ = write!(sink, "\r\x1b[K{sign} {} {items}, {seconds} s", self.count).and_then(|()| sink.flush());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let (Some(sink), Some(_)) = (&mut self.sink, self.written) {
            _ = write!(sink, "\r\x1b[K").and_then(|()| sink.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use super::Progress;

    #[derive(Clone, Default)]
    struct Line(Arc<Mutex<Vec<u8>>>);

    impl Write for Line {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().map(|mut line| line.extend_from_slice(bytes)).map_or(Ok(0), |()| Ok(bytes.len()))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_line_moves_with_items_and_time_and_is_taken_away() {
        let line = Line::default();
        let mut progress = Progress::to(Some(Box::new(line.clone())));
        progress.moves();
        progress.item();
        // As if time had gone by.
        progress.written = None;
        progress.item();
        drop(progress);
        let shown = line.0.lock().map(|line| String::from_utf8_lossy(&line).into_owned());
        let shown = shown.unwrap_or_default();
        let moves: Vec<&str> = shown.split("\r\x1b[K").collect();
        assert!(
            matches!(moves[..], ["", zero, two, ""] if zero.starts_with("/ 0 items, ") && two.starts_with("- 2 items, ")),
            "{moves:?}"
        );
        assert!(!Progress::to(None).is_shown());
    }
}
