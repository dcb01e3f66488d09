//! From arguments to the exit code.

use std::cell::Cell;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::ArgMatches;
use clap::error::ErrorKind;

use super::describe::{Command, Program};
use super::failed::Failed;
use super::finish::finish;
use super::given::Given;
use super::globals::{self, Globals, Wrong};
use super::help::{self, Detail};
use super::input::{self, Input};
use super::output::{self, Output};
use super::{Usage, complete, multipart};

/// Why there is no result.
pub(super) enum Exit {
    /// clap's own: a mistake, or help.
    Clap(clap::Error),
    Failed(Failed),
    /// The machine does not let a call be made.
    Start(io::Error),
    /// What came cannot be written.
    Output(io::Error),
}

/// Does what the arguments say.
pub(super) fn run(program: &'static Program, arguments: &[OsString]) -> ExitCode {
    match attempt(program, arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Exit::Clap(error)) => {
            _ = error.print();
            ExitCode::from(if error.use_stderr() { 2 } else { 0 })
        }
        Err(Exit::Failed(failed)) => {
            report(&failed);
            ExitCode::from(failed.code())
        }
        // Whoever reads has seen enough.
        Err(Exit::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Exit::Output(error)) => {
            _ = writeln!(io::stderr(), "error: the result cannot be written: {error}");
            ExitCode::from(5)
        }
        Err(Exit::Start(error)) => {
            _ = writeln!(io::stderr(), "error: the call cannot be made: {error}");
            ExitCode::from(2)
        }
    }
}

fn attempt(program: &'static Program, arguments: &[OsString]) -> Result<(), Exit> {
    let chosen = chosen(program, arguments);
    let clap = help::program(program, Detail::Of(chosen));
    let matches = clap.try_get_matches_from(arguments).map_err(Exit::Clap)?;
    if let Some(shell) = matches.get_one::<String>("completions") {
        return complete::print(program, shell).map_err(Exit::Output);
    }
    let path = matches.subcommand().and_then(|(first, inner)| Some((first, inner.subcommand()?)));
    let (Some((first, (second, options))), Some(command)) = (path, chosen) else {
        let mut clap = help::program(program, Detail::Of(None));
        return Err(Exit::Clap(
            clap.error(ErrorKind::MissingSubcommand, "a group and an operation are required"),
        ));
    };
    let usage = |Usage(message): Usage| {
        let name = if first == "call" { command.operation } else { command.name };
        let clap = help::operation(name, command, Detail::All);
        let mut clap = clap.bin_name(format!("{} {first} {second}", program.name));
        Exit::Clap(clap.error(ErrorKind::ValueValidation, message))
    };
    let globals = globals::read(program, &matches).map_err(|wrong| match wrong {
        Wrong::Usage(wrong) => usage(wrong),
        Wrong::Failed(failed) => Exit::Failed(failed),
    })?;
    check_all(command, &globals).map_err(usage)?;
    let mut given = given(command, options, &globals).map_err(usage)?;
    let sending = (command.run)(&globals.client, &mut given).map_err(usage)?;
    globals.output.check().map_err(usage)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Exit::Start)?;
    let output = Output { place: command.pages, ..globals.output };
    runtime.block_on(finish(sending.0, &output))
}

/// Refuses `--all` where it would say nothing.
fn check_all(command: &Command, globals: &Globals) -> Result<(), Usage> {
    let message = match (globals.all, command.pages, globals.output.include) {
        (true, None, _) => {
            "the option '--all' cannot be used: the operation has no pages that could be followed"
        }
        (true, Some(_), true) => {
            "the option '--include' cannot be used with '--all': the items come from several answers"
        }
        (true, Some(_), false) | (false, ..) => return Ok(()),
    };
    Err(Usage(message.to_owned()))
}

/// The operation that the arguments name: `<group> <method>` or `call <operation>`.
fn chosen(program: &'static Program, arguments: &[OsString]) -> Option<&'static Command> {
    let mut words = arguments.iter().skip(1).map(|argument| argument.to_str().unwrap_or_default());
    let mut first = None;
    while let Some(word) = words.next() {
        match word.strip_prefix("--") {
            Some(option) if help::takes_value(option) => _ = words.next(),
            Some(_) => {}
            None if word.starts_with('-') => {}
            None => {
                first = Some(word);
                break;
            }
        }
    }
    let first = first?;
    let second = words.find(|word| !word.starts_with('-'))?;
    let mut groups = program.groups.iter();
    if first == "call" {
        return groups.flat_map(|group| group.commands).copied().find(|command| command.operation == second);
    }
    groups.find(|group| group.name == first)?.commands.iter().copied().find(|command| command.name == second)
}

fn given(command: &'static Command, options: &ArgMatches, globals: &Globals) -> Result<Given, Usage> {
    let texts = |name: &str| -> Option<Vec<String>> {
        options.try_get_many::<String>(name).ok().flatten().map(|texts| texts.cloned().collect())
    };
    let text = |name: &str| texts(name).and_then(|mut texts| texts.pop());
    let parameters = command.parameters.iter();
    let values = parameters.filter_map(|known| Some((known.name, texts(known.name)?))).collect();
    let [parts, part_headers] = ["part", "part-header"].map(|name| texts(name).unwrap_or_default());
    let input = Input {
        body: text("body").map(|value| input::body(&value)).transpose()?,
        parts: multipart::parts(&parts, &part_headers)?,
        content_type: text("content-type"),
        accept: text("accept"),
    };
    let (headers, all) = (globals.headers.clone(), globals.all);
    Ok(Given { command, values, input, headers, all, is_read: Cell::new(false) })
}

/// Says what went wrong: for people, then for programs.
fn report(failed: &Failed) {
    let mut stderr = io::stderr().lock();
    let is_coloured =
        stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let paint = |code: &str, text: &str| {
        if is_coloured { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    };
    // A server's words must not move the cursor.
    let message: String = failed.message().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    _ = writeln!(stderr, "{} {message}", paint("1;31", "error:"));
    if let Some(hint) = failed.hint() {
        _ = writeln!(stderr, "{} {hint}", paint("1;36", "hint:"));
    }
    if failed.code() != 2 {
        _ = writeln!(stderr, "{}", output::line(&failed.json()));
    }
}
