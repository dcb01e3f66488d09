//! Numbers that differ from one to the next and from program to program; not for secrets.

/// 64 bits of chance.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn random() -> u64 {
    use std::collections::hash_map::RandomState;
    use std::hash::BuildHasher as _;

    // Keyed at random by the standard library, with another key each time.
    RandomState::new().hash_one(())
}

// There the standard library's keys are the same in every page.
#[cfg(target_arch = "wasm32")]
pub(super) use super::browser::random;
