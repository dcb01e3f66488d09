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
use super::transport_error::TransportError;

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

/// The longest time that anybody waits; libraries add what they are given to a point in time, which has an end.
pub(super) const A_YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Waits so long; an error where there is nothing that could wait.
pub(super) async fn pause(waiting: Waiting, duration: Duration) -> Result<(), TransportError> {
    match waiting {
        Waiting::Runtime if !has_runtime() => return Err(TransportError::no_runtime()),
        Waiting::Runtime => sleep(duration).await,
        #[cfg(not(target_arch = "wasm32"))]
        Waiting::Thread => std::thread::sleep(duration),
        // A browser's one thread cannot be blocked.
        #[cfg(target_arch = "wasm32")]
        Waiting::Thread => sleep(duration).await,
    }
    Ok(())
}

/// Whether futures can wait here.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn has_runtime() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}

/// A browser always waits.
#[cfg(target_arch = "wasm32")]
pub(super) fn has_runtime() -> bool {
    true
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
    point.checked_add(duration.min(A_YEAR)).unwrap_or(point)
}

/// The system's clock, for comparing with the dates of others.
pub(super) fn wall() -> Timestamp {
    Timestamp::now()
}

/// Waits for `future` until `deadline`; the error is `late` if it is not ready by then, or that there is nothing that could wait. A
/// future that blocks the thread is not cut off.
pub(super) async fn until<F: Future>(
    waiting: Waiting,
    deadline: Option<Instant>,
    late: fn() -> TransportError,
    future: F,
) -> Result<F::Output, TransportError> {
    match (deadline, waiting) {
        // In a box, so that the many who have no deadline need no room for one.
        (Some(deadline), Waiting::Runtime) => Box::pin(in_time(deadline, late, future)).await,
        (Some(_), Waiting::Thread) | (None, _) => Ok(future.await),
    }
}

async fn in_time<F: Future>(
    deadline: Instant,
    late: fn() -> TransportError,
    future: F,
) -> Result<F::Output, TransportError> {
    let (mut future, mut alarm) = (pin!(future), pin!(None));
    let ready = poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        if alarm.is_none() {
            if !has_runtime() {
                return Poll::Ready(Err(TransportError::no_runtime()));
            }
            alarm.set(Some(sleep_until(deadline)));
        }
        let alarm = alarm.as_mut().as_pin_mut();
        alarm.map_or(Poll::Pending, |alarm| alarm.poll(context).map(|()| Err(late())))
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

    /// How long there may still be none.
    #[cfg(feature = "blocking")]
    pub(super) fn left(&self) -> Duration {
        later(self.last(), self.limit).saturating_duration_since(now())
    }

    fn last(&self) -> Instant {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for `future` while `busy` hears of progress; the error is `late` if it has been too long.
pub(super) async fn while_busy<F: Future>(
    busy: &Busy,
    late: fn() -> TransportError,
    future: F,
) -> Result<F::Output, TransportError> {
    let mut future = pin!(future);
    loop {
        let last = busy.last();
        let end = Some(later(last, busy.limit));
        let ready = until(Waiting::Runtime, end, late, future.as_mut()).await;
        if ready.is_ok() || busy.last() == last {
            return ready;
        }
    }
}
