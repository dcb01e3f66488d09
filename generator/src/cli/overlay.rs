//! `clientsmith overlay`: the document as the overlays make it.

use clientsmith::diag::Diagnostics;
use clientsmith::{Failure, Report, read, source, write};

use super::args::Overlay;
use super::terminal::Terminal;
use super::{Exit, diagnostics, input};

pub(super) fn run(overlay: &Overlay, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let (sources, config, ..) = input::generator(&overlay.input)?.inputs_read()?;
    let progress = terminal.progress(format!("reading {}", input::name(&overlay.input)));
    let mut diags = Diagnostics::default();
    let tree = read(&sources, &mut diags);
    drop(progress);
    let mut list = diags.into_list();
    list.retain(|found| config.shows(found));
    let Some(tree) = tree else {
        let (sources, report) = (Box::new(sources), Report::default());
        return Err(Failure::Document { diagnostics: list, sources, report });
    };
    let text = if overlay.json { source::to_json(&tree) } else { source::to_yaml(&tree) };
    match &overlay.output {
        None => terminal.print_safe(&text),
        Some(path) => {
            write::write_file(path, &text).map_err(|error| Failure::Io { path: path.clone(), error })?;
        }
    }
    if list.iter().any(|found| found.severity >= terminal.least()) {
        diagnostics::show(terminal, &list, &sources);
    }
    Ok(Exit::Good)
}
