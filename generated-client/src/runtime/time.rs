//! The one place that knows the time and waits.

use std::time::Duration;

pub(super) use tokio::time::{Instant, sleep};

use super::Timestamp;

/// A point in time that does not jump when the system's clock is set.
pub(super) fn now() -> Instant {
    Instant::now()
}

/// The point `duration` from now; a year from now if it is longer than that.
pub(super) fn after(duration: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    let now = now();
    now.checked_add(duration.min(YEAR)).unwrap_or(now)
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
