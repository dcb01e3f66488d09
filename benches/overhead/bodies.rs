//! A gigabyte up and a gigabyte down, and the most memory that the process has held.
//!
//! By operations that no API has, since this one has no bodies that are sent or given as they are; what emitted builders
//! do for those that have them is these two calls of the runtime.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use kajabi::Client;
use kajabi::runtime::{ Error, Operation, Request, Streamed, Upload, blocking};

use super::server::{GIGABYTE, PIECE};
use super::{Outcome, typed};

static UP: Operation = big("PUT");
static DOWN: Operation = big("GET");

const fn big(method: &'static str) -> Operation {
    Operation {
        name: "big",
        method,
        path: "/big",
        accept: "",
        security: &[],
        servers: &[],
        success: 200,
        repeatable: None,
    }
}

pub(super) async fn upload(url: &str) -> Outcome {
    send(&typed::client(url)?).await?;
    say_memory("upload")
}

pub(super) async fn download(url: &str) -> Outcome {
    receive(&typed::client(url)?).await?;
    say_memory("download")
}

pub(super) fn upload_blocking(url: &str) -> Outcome {
    blocking::wait(send(&Client::builder().base_url(url).blocking().build()?))?;
    say_memory("upload, blocking")
}

pub(super) fn download_blocking(url: &str) -> Outcome {
    blocking::wait(receive(&Client::builder().base_url(url).blocking().build()?))?;
    say_memory("download, blocking")
}

async fn send(client: &Client) -> Outcome {
    // A piece of its own each time, as a file is read.
    let pieces = (0..GIGABYTE / PIECE as u64).map(|_| Ok::<_, Infallible>(Bytes::from(vec![0; PIECE])));
    let mut request = Request::new(client, &UP);
    request.upload("application/octet-stream", Upload::stream(stream::iter(pieces), Some(GIGABYTE)));
    let answer = request.send_raw().await?;
    assert_eq!(answer.text(), GIGABYTE.to_string());
    Ok(())
}

async fn receive(client: &Client) -> Outcome {
    let opened: Result<Streamed, Error<Infallible>> =
        Request::new(client, &DOWN).send_streamed(|answer| answer.success_or(kajabi::RawResponse::raw)).await;
    assert_eq!(opened?.copy_to(&mut std::io::sink()).await?, GIGABYTE);
    Ok(())
}

/// The most memory this process has held, as Linux tells it.
fn say_memory(what: &str) -> Outcome {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    println!("{what} of {GIGABYTE} bytes: at most {} in memory", peak.trim());
    Ok(())
}
