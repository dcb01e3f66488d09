//! When a call is made again.
//!
//! Knows statuses, methods and time; what is sent again is the business of `exchange.rs`.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};

use super::error::{Error, Failure};
use super::streamed::Streamed;
use super::time::{self, Instant};
use super::transport_error::TransportError;
use super::{chance, http_date};

/// When and how often a call is made again after a failure that may pass.
///
/// A call that can do no harm twice (its method is idempotent, the API's description says so, or it carries a key of idempotency)
/// is made again after the [`statuses`](Self::statuses) and after a connection or time limit that broke before an answer began. Any
/// other is made again only where the server cannot have acted on it: it could not be reached, or it gave one of the
/// statuses of [`always`](Self::always).
///
/// The wait before each further try is random, up to a limit that doubles from [`initial_delay`](Self::initial_delay) to
/// [`max_delay`](Self::max_delay), and at least what the server asks for with `Retry-After`; if that is more than `max_delay`, the
/// answer comes back at once. So that a server in trouble is not hammered, all calls of a client together make ten further tries
/// at once and one for every five calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    max: u32,
    statuses: &'static [u16],
    methods: &'static [&'static str],
    always: &'static [u16],
    initial_delay: Duration,
    factor: u32,
    max_delay: Duration,
    deadline: Option<Duration>,
}

impl Retry {
    /// Every call is made once.
    pub const fn off() -> Self {
        Self::standard().max(0)
    }

    /// Up to two further tries after the statuses 429, 502, 503 and 504, waiting up to half a second before the first and never
    /// more than 30 seconds; calls that are not idempotent are made again only if the server could not be reached.
    pub const fn standard() -> Self {
        Self {
            max: 2,
            statuses: &[429, 502, 503, 504],
            // RFC 9110, section 9.2.2.
            methods: &["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "QUERY"],
            always: &[],
            initial_delay: Duration::from_millis(500),
            factor: 2,
            max_delay: Duration::from_secs(30),
            deadline: None,
        }
    }

    /// The greatest number of further tries.
    #[must_use]
    pub const fn max(self, max: u32) -> Self {
        Self { max, ..self }
    }

    /// The statuses after which a call that can do no harm twice is made again.
    #[must_use]
    pub const fn statuses(self, statuses: &'static [u16]) -> Self {
        Self { statuses, ..self }
    }

    /// The methods that can do no harm twice.
    #[must_use]
    pub const fn methods(self, methods: &'static [&'static str]) -> Self {
        Self { methods, ..self }
    }

    /// The statuses after which any call is made again, because the server gives them before it acts; 429 is one at many servers.
    #[must_use]
    pub const fn always(self, statuses: &'static [u16]) -> Self {
        Self { always: statuses, ..self }
    }

    /// The longest wait before the second try.
    #[must_use]
    pub const fn initial_delay(self, delay: Duration) -> Self {
        Self { initial_delay: delay, ..self }
    }

    /// By what the longest wait grows from try to try.
    #[must_use]
    pub const fn factor(self, factor: u32) -> Self {
        Self { factor, ..self }
    }

    /// The longest wait; a server that asks for a longer one is not asked again.
    #[must_use]
    pub const fn max_delay(self, delay: Duration) -> Self {
        Self { max_delay: delay, ..self }
    }

    /// The longest time for all tries and waits together. A wait that would reach beyond it is not begun, and the answer so far
    /// comes back; a try that is under way then ends as an error of transport.
    #[must_use]
    pub const fn deadline(self, deadline: Duration) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// The end of a call that begins now.
    pub(super) fn ends(&self) -> Option<Instant> {
        self.deadline.map(time::after)
    }

    /// Whether a request with this method can be sent twice without harm.
    pub(super) fn is_safe(&self, method: &str) -> bool {
        self.methods.contains(&method)
    }

    /// The longest wait after `made` further tries.
    fn limit(&self, made: u32) -> Duration {
        let growth = self.factor.saturating_pow(made);
        self.initial_delay.saturating_mul(growth).min(self.max_delay)
    }
}

/// What happens if the server acts on a request twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twice {
    /// No harm.
    Harmless,
    /// Harm, but a server that reports one of the retry's statuses has not acted on it.
    #[allow(dead_code, reason = "a client may be without tokens")]
    HarmlessIfRefused,
    /// Harm.
    Harmful,
}

/// The tries of one call.
pub(super) struct Tries<'c> {
    retry: Retry,
    twice: Twice,
    budget: &'c Budget,
    ends: Option<Instant>,
    made: u32,
}

impl<'c> Tries<'c> {
    pub(super) fn new(retry: Retry, twice: Twice, budget: &'c Budget, ends: Option<Instant>) -> Self {
        budget.earn();
        Self { retry, twice, budget, ends, made: 0 }
    }

    /// How long to wait before the next try; `None` if `outcome` is the end.
    pub(super) fn next(&mut self, outcome: &Result<Streamed, Failure>) -> Option<Duration> {
        if self.made >= self.retry.max {
            return None;
        }
        let asked = match outcome {
            Ok(answer) if self.may_follow(answer.status().as_u16()) => retry_after(answer.headers()),
            Err(Error::Transport(error)) if self.may_follow_failure(error) => Duration::ZERO,
            Ok(_) | Err(_) => return None,
        };
        if asked > self.retry.max_delay {
            return None;
        }
        let wait = random_part(self.retry.limit(self.made)).max(asked);
        let in_time = self.ends.is_none_or(|ends| time::after(wait) < ends);
        if !in_time || !self.budget.spend() {
            return None;
        }
        self.made += 1;
        Some(wait)
    }

    fn may_follow(&self, status: u16) -> bool {
        let refused = self.retry.statuses.contains(&status);
        self.retry.always.contains(&status)
            || match self.twice {
                Twice::Harmless | Twice::HarmlessIfRefused => refused,
                Twice::Harmful => false,
            }
    }

    fn may_follow_failure(&self, error: &TransportError) -> bool {
        let lost = match self.twice {
            Twice::Harmless => error.is_before_answer(),
            Twice::HarmlessIfRefused | Twice::Harmful => false,
        };
        lost || error.is_connect()
    }
}

/// What a client may still spend on further tries, in fifths of a try: every call earns one.
pub(super) struct Budget(AtomicU32);

impl Budget {
    const PRICE: u32 = 5;
    const FULL: u32 = 10 * Self::PRICE;

    pub(super) const fn full() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    fn earn(&self) {
        let more = |held: u32| (held < Self::FULL).then(|| held + 1);
        _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }

    fn spend(&self) -> bool {
        let less = |held: u32| held.checked_sub(Self::PRICE);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }
}

/// What the server asks for (RFC 9110, section 10.2.3): seconds or a date. Anything else, and a date in the past, is zero.
fn retry_after(headers: &HeaderMap) -> Duration {
    let asked = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map_or("", str::trim);
    if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        return Duration::from_secs(asked.parse().unwrap_or(u64::MAX));
    }
    let Some(at) = http_date::read(asked) else { return Duration::ZERO };
    // By the server's own clock where it tells the time.
    let stated = headers.get(DATE).map(HeaderValue::to_str).and_then(|date| http_date::read(date.ok()?));
    let now = stated.unwrap_or_else(time::wall);
    Duration::from_secs(u64::try_from(at.as_second() - now.as_second()).unwrap_or(0))
}

/// A duration anywhere between nothing and `limit`.
fn random_part(limit: Duration) -> Duration {
    let random = u128::from(chance::random() >> 32);
    let nanos = (limit.as_nanos() * random) >> 32;
    Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
}
