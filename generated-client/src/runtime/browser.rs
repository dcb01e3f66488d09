//! Time and chance in a browser, where the standard library has neither: by the functions that pages, workers and the like have in common.

use std::ops::Add;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use js_sys::{Date, Function, Math, Promise, Reflect, global};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A point in time, seen from where the page's clock began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Instant(Duration);

impl Instant {
    pub(super) fn now() -> Self {
        Self(Duration::try_from_secs_f64(milliseconds() / 1000.0).unwrap_or_default())
    }

    pub(super) fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add(duration).map(Self)
    }

    pub(super) fn saturating_duration_since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Instant {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration))
    }
}

/// `performance.now()`, which does not jump; the clock on the wall where there is none.
fn milliseconds() -> f64 {
    let performance = Reflect::get(&global(), &"performance".into()).unwrap_or_default();
    let now = Reflect::get(&performance, &"now".into()).map(Function::from);
    let now = now.and_then(|now| now.call0(&performance));
    now.ok().and_then(|now| now.as_f64()).unwrap_or_else(Date::now)
}

/// Waits so long.
pub(super) fn sleep(duration: Duration) -> Sleep {
    sleep_until(Instant::now() + duration)
}

/// Waits until then.
pub(super) fn sleep_until(end: Instant) -> Sleep {
    Sleep { end, alarm: None }
}

/// Ready when its time has come.
pub(super) struct Sleep {
    end: Instant,
    alarm: Option<Alarm>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            let left = self.end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                self.alarm = None;
                return Poll::Ready(());
            }
            let alarm = self.alarm.get_or_insert_with(|| Alarm::new(left));
            match Pin::new(&mut alarm.rings).poll(context) {
                // A little early, or because no alarm can be set for so long.
                Poll::Ready(_) => self.alarm = None,
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

/// One `setTimeout`, which is given up when it is dropped.
struct Alarm {
    rings: JsFuture,
    id: JsValue,
}

impl Alarm {
    fn new(duration: Duration) -> Self {
        // A longer time would count as none.
        let longest = Duration::from_millis(i32::MAX.unsigned_abs().into());
        let milliseconds = (duration.min(longest).as_secs_f64() * 1000.0).ceil();
        let mut id = JsValue::UNDEFINED;
        let promise = Promise::new(&mut |ring, _| {
            let set = function("setTimeout");
            id = set.call2(&JsValue::UNDEFINED, &ring, &milliseconds.into()).unwrap_or_default();
        });
        Self { rings: promise.into(), id }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        _ = function("clearTimeout").call1(&JsValue::UNDEFINED, &self.id);
    }
}

fn function(name: &str) -> Function {
    Reflect::get(&global(), &name.into()).unwrap_or_default().into()
}

/// 64 bits of chance.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "all are below the limit, and positive"
)]
pub(super) fn random() -> u64 {
    let half = || (Math::random() * 4_294_967_296.0) as u64;
    (half() << 32) | half()
}
