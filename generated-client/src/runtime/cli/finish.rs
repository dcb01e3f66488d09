//! From a call on its way to what is printed.

use std::future::poll_fn;
use std::io::Write as _;

use super::super::{BoxStream, Json};
use super::answer::{Answer, Shown};
use super::failed::Failed;
use super::output::{Format, Output, line};
use super::parse::Exit;
use super::progress::{self, Progress};
use super::send::Way;
use super::stream::Items;

type Pieces<'a> = BoxStream<'a, Result<Json, Failed>>;

/// Waits for what comes of a call, and prints it.
pub(super) async fn finish(way: Way<'_>, output: &Output) -> Result<(), Exit> {
    let mut answer = match way {
        Way::Once(answer) => answer.await.map_err(Exit::Failed)?,
        Way::Items(items) => {
            return listed(items, output, output.format == Format::Lines, &mut Vec::new()).await;
        }
    };
    match std::mem::replace(&mut answer.shown, Shown::Nothing) {
        Shown::Items(Items(items)) => {
            let mut kept = Vec::new();
            let ended = streamed(items, &answer, output, &mut kept).await;
            // Pieces that are printed already are not in the error once more.
            let body = if kept.is_empty() { Vec::new() } else { line(&Json::from(kept)).into_bytes() };
            ended.map_err(|exit| match exit {
                Exit::Failed(failed) => Exit::Failed(failed.answered(answer.status, &answer.headers, body)),
                Exit::Clap(_) | Exit::Start(_) | Exit::Output(_) => exit,
            })
        }
        shown @ (Shown::Nothing | Shown::Json(_) | Shown::Text(_) | Shown::Bytes(_)) => {
            answer.shown = shown;
            output.answer(&answer).map_err(Exit::Output)
        }
    }
}

/// Prints an answer that comes piece by piece: each on a line of its own as it arrives, or all in the envelope.
async fn streamed(
    items: Pieces<'_>,
    answer: &Answer,
    output: &Output,
    kept: &mut Vec<Json>,
) -> Result<(), Exit> {
    let is_enveloped = output.include && output.file.is_none();
    if is_enveloped {
        gather(items, kept).await?;
    } else {
        listed(items, output, matches!(output.format, Format::Json | Format::Lines), kept).await?;
    }
    let events = std::mem::take(kept);
    if output.include { output.gathered(answer, events).map_err(Exit::Output) } else { Ok(()) }
}

/// Prints items: on a line of its own each as it arrives, or all together when they are there; those that came before an error are kept.
async fn listed(
    items: Pieces<'_>,
    output: &Output,
    as_lines: bool,
    kept: &mut Vec<Json>,
) -> Result<(), Exit> {
    let mut sink = output.writer();
    if as_lines {
        // Whoever reads may wait for this one.
        let print =
            |item: Json| writeln!(sink, "{}", line(&item)).and_then(|()| sink.flush()).map_err(Exit::Output);
        each(items, output.file.is_none(), print).await?;
        return sink.flush().map_err(Exit::Output);
    }
    gather(items, kept).await?;
    output
        .json(&mut sink, &Json::from(std::mem::take(kept)))
        .and_then(|()| sink.flush())
        .map_err(Exit::Output)
}

async fn gather(items: Pieces<'_>, kept: &mut Vec<Json>) -> Result<(), Exit> {
    let keep = |item| {
        kept.push(item);
        Ok(())
    };
    each(items, false, keep).await
}

/// Takes each item as it arrives; how many there were is shown meanwhile.
async fn each(
    mut items: Pieces<'_>,
    prints: bool,
    mut take: impl FnMut(Json) -> Result<(), Exit>,
) -> Result<(), Exit> {
    let mut progress = Progress::new(prints);
    let mut clock = tokio::time::interval(progress::PACE);
    loop {
        let item = poll_fn(|context| {
            let item = items.as_mut().poll_next(context);
            while item.is_pending() && progress.is_shown() && clock.poll_tick(context).is_ready() {
                progress.moves();
            }
            item
        });
        match item.await {
            Some(Ok(item)) => {
                progress.item();
                take(item)?;
            }
            Some(Err(failed)) => return Err(Exit::Failed(failed)),
            None => return Ok(()),
        }
    }
}
