//! The one place that knows the time and waits.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub(super) use tokio::time::{Instant, Sleep, sleep};

use super::Timestamp;

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

/// Waits for `future` until `deadline`; `None` if it is not ready by then.
pub(super) async fn until<F: Future>(deadline: Option<Instant>, future: F) -> Option<F::Output> {
    match deadline {
        Some(deadline) => tokio::time::timeout_at(deadline, future).await.ok(),
        None => Some(future.await),
    }
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
        let ready = until(Some(later(last, busy.limit)), future.as_mut()).await;
        if ready.is_some() || busy.last() == last {
            return ready;
        }
    }
}
