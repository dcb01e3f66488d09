//! Running cargo from within a test that cargo runs.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// `cargo`, without the variables by which the outer one describes the test's package.
///
/// Build scripts that watch one of them would run again for each of the two, and what depends on them be built again.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO"));
    let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_", "OUT_DIR"];
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| own.iter().any(|prefix| name.starts_with(prefix))) {
            command.env_remove(name);
        }
    }
    command
}

/// The `[profile.dev]` of the workspace at `root`, and where that is built: what another workspace depends on is built once for both.
#[allow(dead_code, reason = "not all tests have a workspace of their own")]
pub(crate) fn shared(root: &Path) -> (String, &'static Path) {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let profile = manifest.split_once("[profile.dev]").unwrap().1;
    (format!("[profile.dev]{profile}"), Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
}
