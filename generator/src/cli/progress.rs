//! A line for somebody who waits at a terminal; it is gone when the work is done.

use std::io::{self, Write as _};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Work shorter than this is not worth a word.
const DELAY: Duration = Duration::from_millis(500);
const TICK: Duration = Duration::from_millis(100);
const FRAMES: [char; 4] = ['|', '/', '-', '\\'];

/// Work that goes on until this is dropped.
pub(super) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows `what` on standard error once it has taken half a second, if it is to be `shown` at all.
    pub(super) fn start(shown: bool, what: String) -> Self {
        if !shown {
            return Self { running: None };
        }
        let (sender, receiver) = mpsc::channel();
        // Without a thread there is no line, and the work is done all the same.
        let thread = thread::Builder::new().spawn(move || draw(&what, &receiver)).ok();
        Self { running: thread.map(|thread| (sender, thread)) }
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

fn draw(what: &str, stopped: &Receiver<()>) {
    let start = Instant::now();
    let mut frames = FRAMES.iter().cycle();
    let mut wait = DELAY;
    while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        let frame = frames.next().unwrap_or(&' ');
        let seconds = start.elapsed().as_secs_f32();
        let _ = write!(io::stderr(), "\r\u{1b}[2K{frame} {what} ({seconds:.1} s)");
        wait = TICK;
    }
    if wait == TICK {
        let _ = write!(io::stderr(), "\r\u{1b}[2K");
    }
}
