//! The command line of a client: `<program> [GLOBAL OPTIONS] <group> <method> [OPTIONS]`.
//!
//! Emitted code holds a description of each operation, a [`Command`], and one small function that makes the typed call of what was
//! given. Everything else is here: options, credentials, bodies from files, what is printed, exit codes.
//!
//! | exit code | what it says |
//! | --- | --- |
//! | 0 | a 2XX answer, which is on standard output |
//! | 1 | an answer with another status |
//! | 2 | a mistake on the command line; nothing was sent |
//! | 3 | no answer |
//! | 4 | an answer that the API's description does not allow |
//! | 5 | a result that cannot be written; the server has answered |
//!
//! With 1, 3 and 4 the last line of standard error is a JSON object with the member `error`.
//!
//! Secrets come from options, the environment or a profile file that only its owner can read, and are sent only with operations
//! whose security asks for them.
#![cfg(feature = "cli")]

mod answer;
mod complete;
mod describe;
mod digits;
mod failed;
mod finish;
mod given;
mod globals;
mod help;
mod input;
mod kept;
mod multipart;
mod output;
mod parse;
mod parts;
mod pieces;
mod profile;
mod progress;
mod result_file;
mod same;
mod send;
mod spelling;
mod stream;
mod syntax;
mod table;
mod text;

use std::process::ExitCode;

pub use self::answer::{Shown, bytes, json, member, members, nothing, part, parts, raw, text};
pub use self::describe::{Body, Command, Group, Login, Needed, Parameter, Program, Repeats, Run, Tokens};
pub use self::given::{Given, check_json};
pub use self::multipart::{Part, PartFile};
pub use self::parts::{Found, GivenParts, Holds, KnownPart, Others, Parts, Told};
pub use self::pieces::Pieces;
pub use self::send::{Prepared, Sending, send};
pub use self::stream::{Items, Page, data, item, items, named, page, stream, walk};
pub use super::Place;

/// Something on the command line that cannot be: nothing was sent.
#[derive(Debug)]
pub struct Usage(pub(super) String);

impl From<String> for Usage {
    fn from(message: String) -> Self {
        Self(message)
    }
}

/// Does what the arguments of this process say.
pub fn main(program: &'static Program) -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    parse::run(program, &arguments)
}
