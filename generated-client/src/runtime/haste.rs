//! Reading answers in haste first: as if they kept to the API's description, which most do, and at the price of that.
//!
//! Who reads in haste gives up at the first member that is not as described, instead of keeping it; the whole is then read again
//! with care. `serde` hands nothing down to those who read members, so that they learn of it from the thread.

use std::cell::Cell;

thread_local! {
    static PACE: Cell<Pace> = const { Cell::new(Pace::Careful) };
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    Careful,
    Hasty,
    /// Hasty, and a member was not as described. What came of it is of no use even where somebody made up for the error.
    Failed,
}

/// Whether `read` can read in haste; if not, what it has read is of no use.
pub(super) fn succeeds<E>(read: impl FnOnce() -> Result<(), E>) -> bool {
    let _before = Restored(PACE.replace(Pace::Hasty));
    read().is_ok() && PACE.get() == Pace::Hasty
}

/// Whether members are read in haste.
#[inline]
pub(super) fn is_on() -> bool {
    PACE.get() != Pace::Careful
}

/// Gives a member that was read in haste; an error ends the attempt.
#[inline]
pub(super) fn noted<T, E>(member: Result<T, E>) -> Result<T, E> {
    if member.is_err() {
        PACE.set(Pace::Failed);
    }
    member
}

/// Sets the pace back, also where reading panics.
struct Restored(Pace);

impl Drop for Restored {
    fn drop(&mut self) {
        PACE.set(self.0);
    }
}
