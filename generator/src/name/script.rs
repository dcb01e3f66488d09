//! Whether names are in ASCII. Of others rustc warns where letters of two scripts look alike, wherever in a crate they stand.

use std::fmt::{self, Write};

use super::Names;

/// Takes text and keeps no more of it than whether it was in ASCII.
struct Script {
    is_ascii: bool,
}

impl Write for Script {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.is_ascii &= text.is_ascii();
        Ok(())
    }
}

impl Names {
    /// Whether there is a name that is not in ASCII.
    pub fn are_beyond_ascii(&self) -> bool {
        let mut script = Script { is_ascii: true };
        // All that is named is shown.
        write!(script, "{self:?}").is_ok() && !script.is_ascii
    }
}
