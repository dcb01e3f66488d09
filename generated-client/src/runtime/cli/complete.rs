//! Completions for shells.

use std::io::{self, Write as _};

use clap_complete::Shell;

use super::describe::Program;
use super::help::{self, Detail};

/// The shells there are completions for.
pub(super) const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// Prints the script for a shell, which runs what it reads: [`Detail::Script`] keeps the document's own text out of that.
pub(super) fn print(program: &'static Program, shell: &str) -> io::Result<()> {
    let shell = match shell {
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        "powershell" => Shell::PowerShell,
        _ => Shell::Bash,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::program(program, Detail::Script), program.name, &mut script);
    let mut stdout = io::stdout().lock();
    stdout.write_all(&script)?;
    stdout.flush()
}
