//! A line for somebody who waits at a terminal; it is gone when the work is done.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Work shorter than this is not worth a word.
const DELAY: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);
const FRAMES: [char; 4] = ['|', '/', '-', '\\'];
/// How many characters a bar has.
const WIDTH: usize = 24;

/// Work that goes on until this is dropped.
pub(super) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
    done: Arc<AtomicUsize>,
}

impl Progress {
    /// Shows `what` on standard error once it has taken half a second, if it is to be `shown` at all.
    pub(super) fn start(shown: bool, what: String) -> Self {
        Self::count(shown, what, 0)
    }

    /// The same with a bar, for work of `total` pieces.
    pub(super) fn count(shown: bool, what: String, total: usize) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        if !shown {
            return Self { running: None, done };
        }
        let (sender, receiver) = mpsc::channel();
        let line = Line { what, total, done: Arc::clone(&done) };
        // Without a thread there is no line, and the work is done all the same.
        let thread = thread::Builder::new().spawn(move || line.draw(&receiver)).ok();
        Self { running: thread.map(|thread| (sender, thread)), done }
    }

    /// One piece more is done.
    pub(super) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.running.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

struct Line {
    what: String,
    /// How many pieces the work has; none if it is not known.
    total: usize,
    done: Arc<AtomicUsize>,
}

impl Line {
    fn draw(&self, stopped: &Receiver<()>) {
        let start = Instant::now();
        let mut frames = FRAMES.iter().cycle();
        let mut wait = DELAY;
        while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            let frame = frames.next().unwrap_or(&' ');
            let (what, seconds) = (&self.what, start.elapsed().as_secs_f32());
            let _ = write!(io::stderr(), "\r\u{1b}[2K{frame} {what}{} ({seconds:.1} s)", self.bar());
            wait = TICK;
        }
        if wait == TICK {
            let _ = write!(io::stderr(), "\r\u{1b}[2K");
        }
    }

    /// ` [======            ] 8 of 24`
    fn bar(&self) -> String {
        let (total, done) = (self.total, self.done.load(Ordering::Relaxed));
        if total == 0 {
            return String::new();
        }
        let filled = "=".repeat(WIDTH * done.min(total) / total);
        format!(" [{filled:WIDTH$}] {done} of {total}")
    }
}
