//! `clientsmith vendor`: copies of what the document refers to on the web.

use clientsmith::Failure;

use super::args::Input;
use super::printable::{self, count};
use super::terminal::Terminal;
use super::{Exit, fetch, input};

pub(super) fn run(input: &Input, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let generator = input::generator(input)?;
    let mut fetch = fetch::fetcher()?;
    let progress = terminal.progress(format!("fetching what {} refers to", input::name(input)));
    let outcome = generator.vendor(&mut fetch);
    drop(progress);
    let (vendored, folder) = outcome?;
    for (address, why) in &vendored.refused {
        terminal.error(&format!("`{}` is not fetched: {}", printable::cell(address), printable::cell(why)));
    }
    let files = count(vendored.fetched.len(), "file");
    let kept = vendored.kept.len();
    terminal.say(&format!("{files} fetched, {kept} kept → {}", printable::path(&folder)));
    Ok(if vendored.refused.is_empty() { Exit::Good } else { Exit::Wrong })
}
