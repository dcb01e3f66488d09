//! The one place that knows the time and waits, by tokio and the system; in a browser by what `browser.rs` has in their place.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

#[cfg(not(target_arch = "wasm32"))]
use tokio::time::sleep_until;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use tokio::time::{Instant, Sleep, sleep};

use super::Timestamp;
#[cfg(target_arch = "wasm32")]
use super::browser::{sleep, sleep_until};

#[cfg(target_arch = "wasm32")]
pub(super) use super::browser::Instant;

/// How the futures of a client wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// In a tokio runtime, where others go on meanwhile.
    Runtime,
    /// By blocking the thread, whoever polls.
    Thread,
}

/// Waits so long.
pub(super) async fn pause(waiting: Waiting, duration: Duration) {
    match waiting {
        Waiting::Runtime => sleep(duration).await,
        #[cfg(not(target_arch = "wasm32"))]
        Waiting::Thread => std::thread::sleep(duration),
        // A browser's one thread cannot be blocked.
        #[cfg(target_arch = "wasm32")]
        Waiting::Thread => sleep(duration).await,
    }
}

/// A point in time that does not jump when the system's clock is set.
pub(super) fn now() -> Instant {
    Instant::now()
}

/// The point `duration` from now; a year from now if it is longer than that.
pub(super) fn after(duration: Duration) -> Instant {
    later(now(), duration)
}

fn later(point: Instant, duration: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    point.checked_add(duration.min(YEAR)).unwrap_or(point)
}

/// The system's clock, for comparing with the dates of others.
pub(super) fn wall() -> Timestamp {
    Timestamp::now()
}

/// Waits for `future` until `deadline`; `None` if it is not ready by then. One that blocks the thread is not cut off.
pub(super) async fn until<F: Future>(
    waiting: Waiting,
    deadline: Option<Instant>,
    future: F,
) -> Option<F::Output> {
    match (deadline, waiting) {
        // In a box, so that the many who have no deadline need no room for one.
        (Some(deadline), Waiting::Runtime) => Box::pin(in_time(deadline, future)).await,
        (Some(_), Waiting::Thread) | (None, _) => Some(future.await),
    }
}

async fn in_time<F: Future>(deadline: Instant, future: F) -> Option<F::Output> {
    let (mut future, mut alarm) = (pin!(future), pin!(sleep_until(deadline)));
    let ready = poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => alarm.as_mut().poll(context).map(|()| None),
    });
    ready.await
}

/// Work that may take any time as long as it comes on.
#[derive(Clone)]
pub(super) struct Busy {
    /// The longest time without a sign of progress.
    pub(super) limit: Duration,
    last: Arc<Mutex<Instant>>,
}

impl Busy {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, last: Arc::new(Mutex::new(now())) }
    }

    /// Hears of progress.
    pub(super) fn note(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = now();
    }

    fn last(&self) -> Instant {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for `future` while `busy` hears of progress; `None` if it has been too long.
pub(super) async fn while_busy<F: Future>(busy: &Busy, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    loop {
        let last = busy.last();
        let ready = until(Waiting::Runtime, Some(later(last, busy.limit)), future.as_mut()).await;
        if ready.is_some() || busy.last() == last {
            return ready;
        }
    }
}
