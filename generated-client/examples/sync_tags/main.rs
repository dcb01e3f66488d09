//! Makes the tags of contacts those that are wished for, and no others.
//!
//! ```text
//! cargo run -p kajabi --example sync_tags --features mock -- --demo
//! cargo run -p kajabi --example sync_tags --features mock -- ada@example.com Customer "Book club"
//! cargo run -p kajabi --example sync_tags --features mock -- --csv wishes.csv --apply
//! ```
//!
//! A CSV file has the columns `email` and `tag` and a row for each tag; a row without a tag wishes for none. Without `--apply` it
//! only says what would be changed. `--site` names the site where an account has several. The credentials are those in
//! `KAJABI_CLIENT_ID` and `KAJABI_CLIENT_SECRET`. With `--demo` a server in this process stands in for Kajabi, which is what the
//! feature `mock` is for.
//!
//! It shows searches, relationships, errors that are told apart by type, and calls that may be made again.

mod demo;
mod sync;
mod wishes;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs::File};

use futures_util::TryStreamExt as _;
use kajabi::{Client, ClientCredentials, SiteId};

use sync::{Outcome, Tags};
use wishes::Wishes;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: sync_tags [--site ID] [--apply] [--demo] [--csv FILE | EMAIL [TAG...]]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("sync_tags: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Succeeds if every contact has the tags wished for, or would have them with `--apply`.
async fn run() -> Result<ExitCode> {
    let options = Options::parse(env::args().skip(1))?;
    let wishes = options.wishes()?;
    // The stand-in serves until it is dropped.
    let stand_in = if options.demo { Some(demo::start().await?) } else { None };
    let builder = match &stand_in {
        Some(server) => server.client().auth(ClientCredentials::new("any id", "any secret")),
        None => {
            Client::builder().auth(ClientCredentials::from_env("KAJABI_CLIENT_ID", "KAJABI_CLIENT_SECRET")?)
        }
    };
    let kajabi = builder.build()?;

    let site = match &options.site {
        Some(site) => site.clone(),
        None => only_site(&kajabi).await?,
    };
    let tags = Tags::of(&kajabi, &site).await?;
    // Tags cannot be made by the API. A misspelt one is noticed before anything is changed.
    let unknown = wishes.tags().filter(|tag| tags.id(tag).is_none()).collect::<Vec<_>>();
    if !unknown.is_empty() {
        return Err(format!("site {site} has no tag {}", unknown.join(", ")).into());
    }

    let mut code = ExitCode::SUCCESS;
    for (email, wished) in wishes.iter() {
        let outcome = sync::contact(&kajabi, &site, &tags, email, wished, options.mode).await?;
        println!("{email}: {outcome}");
        if let Outcome::Missing | Outcome::Refused(_) = outcome {
            code = ExitCode::FAILURE;
        }
    }
    if let Mode::DryRun = options.mode {
        println!("Nothing was changed; --apply does it.");
    }
    Ok(code)
}

/// The site of an account that has no other.
async fn only_site(kajabi: &Client) -> Result<SiteId> {
    let mut sites: Vec<SiteId> = kajabi.sites().list().stream().map_ok(|site| site.id).try_collect().await?;
    match (sites.pop(), sites.as_slice()) {
        (Some(site), []) => Ok(site),
        (None, _) => Err("the account has no site".into()),
        (Some(_), _) => Err("the account has several sites: choose one with --site".into()),
    }
}

/// Whether to change anything.
#[derive(Clone, Copy, Default)]
enum Mode {
    #[default]
    DryRun,
    Apply,
}

/// What the command line says.
#[derive(Default)]
struct Options {
    site: Option<SiteId>,
    mode: Mode,
    demo: bool,
    csv: Option<PathBuf>,
    /// An address, and tags.
    words: Vec<String>,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value\n{USAGE}"));
            match argument.as_str() {
                "--site" => options.site = Some(SiteId::from(value()?)),
                "--csv" => options.csv = Some(PathBuf::from(value()?)),
                "--apply" => options.mode = Mode::Apply,
                "--demo" => options.demo = true,
                option if option.starts_with('-') => {
                    return Err(format!("{option:?} is not understood\n{USAGE}").into());
                }
                _ => options.words.push(argument),
            }
        }
        Ok(options)
    }

    fn wishes(&self) -> Result<Wishes> {
        match (&self.csv, self.words.as_slice()) {
            (Some(path), []) => Wishes::read(File::open(path)?),
            (None, [email, tags @ ..]) => Ok(Wishes::of(email, tags)),
            (None, []) if self.demo => Wishes::read(demo::WISHES.as_bytes()),
            (Some(_) | None, _) => Err(USAGE.into()),
        }
    }
}
