//! From what was said to what is read.

use std::path::{Path, PathBuf};

use clientsmith::{Failure, Generator};

use super::args::Input;
use super::printable;

/// The configuration that is read if nothing is said.
const DEFAULT_CONFIG: &str = "spec/clientsmith.toml";

/// The generator for `input`.
///
/// # Errors
///
/// If nothing is said and the default configuration does not exist.
pub(super) fn generator(input: &Input) -> Result<Generator, Failure> {
    let mut generator = Generator::new();
    if let Some(config) = config(input)? {
        generator = generator.config(config);
    }
    if let Some(spec) = &input.spec {
        generator = generator.spec(spec);
    }
    if let Some(root) = &input.root {
        generator = generator.root(root);
    }
    Ok(input.overlays.iter().fold(generator, Generator::overlay))
}

/// The file that is being read, for somebody who waits.
pub(super) fn name(input: &Input) -> String {
    let path = input.spec.as_deref().or(input.config.as_deref()).unwrap_or(Path::new(DEFAULT_CONFIG));
    printable::cell(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
}

fn config(input: &Input) -> Result<Option<PathBuf>, Failure> {
    if input.config.is_some() || input.spec.is_some() {
        return Ok(input.config.clone());
    }
    let default = Path::new(DEFAULT_CONFIG);
    if default.exists() {
        return Ok(Some(default.to_owned()));
    }
    Err(Failure::Usage(format!(
        "there is no `{DEFAULT_CONFIG}` here, and nothing else is named\n\n\
         Name a configuration with `--config FILE`, or a document with `--spec FILE`, \
         and where the client goes with `--out DIR`."
    )))
}
