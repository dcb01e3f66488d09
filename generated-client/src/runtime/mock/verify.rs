//! What did not happen as expected.

use std::fmt;

/// Expectations that were not met and requests that were not expected, from [`Server::verify`](super::Server::verify).
///
/// `Debug` is the same as `Display`, because it is what a failed test prints.
pub struct Unmet(pub(super) Vec<String>);

impl Unmet {
    /// One text for each.
    pub fn complaints(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the calls were not as expected:")?;
        self.0.iter().try_for_each(|complaint| write!(f, "\n- {complaint}"))
    }
}

impl fmt::Debug for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Unmet {}
