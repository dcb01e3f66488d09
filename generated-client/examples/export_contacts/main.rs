//! Exports contacts to CSV, with a progress bar.
//!
//! ```text
//! cargo run -p kajabi --example export_contacts --features mock -- --demo
//! cargo run -p kajabi --example export_contacts --features mock -- --site 123 --output contacts.csv
//! ```
//!
//! Without `--site` it exports the contacts of all sites, without `--output` to the standard output. The credentials are those in
//! `KAJABI_CLIENT_ID` and `KAJABI_CLIENT_SECRET`. With `--demo` a server in this process stands in for Kajabi, which is what the
//! feature `mock` is for.
//!
//! It shows a list read page by page: however many contacts there are, one page of them is in memory at a time, and the next one
//! is asked for when the last one is written.

mod demo;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, iter};

use futures_util::TryStreamExt as _;
use indicatif::{ProgressBar, ProgressStyle};
use kajabi::{Client, ClientCredentials, Contact, SiteId, contacts};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "usage: export_contacts [--site ID] [--output FILE] [--demo]";

/// What is asked for besides the id, and so the columns after it.
const FIELDS: [contacts::Field; 7] = [
    contacts::Field::Name,
    contacts::Field::Email,
    contacts::Field::PhoneNumber,
    contacts::Field::AddressCity,
    contacts::Field::AddressCountry,
    contacts::Field::Subscribed,
    contacts::Field::CreatedAt,
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("export_contacts: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let options = Options::parse(env::args().skip(1))?;
    // The stand-in serves until it is dropped.
    let stand_in = if options.demo { Some(demo::start().await?) } else { None };
    let builder = match &stand_in {
        Some(server) => server.client().auth(ClientCredentials::new("any id", "any secret")),
        None => {
            Client::builder().auth(ClientCredentials::from_env("KAJABI_CLIENT_ID", "KAJABI_CLIENT_SECRET")?)
        }
    };
    let kajabi = builder.build()?;

    let bar = progress_bar()?;
    match &options.output {
        Some(path) => export_to_file(&kajabi, options.site.as_ref(), path, &bar).await?,
        None => export(&kajabi, options.site.as_ref(), io::stdout().lock(), &bar).await?,
    }
    bar.finish_and_clear();
    match bar.length() {
        Some(total) => eprintln!("exported {} of {total} contacts", bar.position()),
        None => eprintln!("exported {} contacts", bar.position()),
    }
    Ok(())
}

/// Writes beside the file and renames when all is there, so that a file of this name is never half an export.
async fn export_to_file(
    kajabi: &Client,
    site: Option<&SiteId>,
    path: &Path,
    bar: &ProgressBar,
) -> Result<()> {
    let mut unfinished = path.to_owned().into_os_string();
    unfinished.push(".part");
    export(kajabi, site, File::create(&unfinished)?, bar).await?;
    fs::rename(&unfinished, path)?;
    Ok(())
}

async fn export(kajabi: &Client, site: Option<&SiteId>, to: impl Write, bar: &ProgressBar) -> Result<()> {
    let mut list = kajabi
        .contacts()
        .list()
        .fields(FIELDS)
        // A contact that is created meanwhile comes last, instead of moving all others to later places.
        .sort(contacts::Sort::CreatedAt.asc())
        .page_size(100);
    if let Some(site) = site {
        list = list.filter_site_id(site);
    }

    let mut csv = csv::Writer::from_writer(to);
    csv.write_record(iter::once("id").chain(FIELDS.iter().map(contacts::Field::as_str)))?;
    let mut pages = list.pages();
    while let Some(page) = pages.try_next().await? {
        // A server that does not tell how many there are gets a bar without an end.
        let total = page.meta.as_ref().and_then(|meta| meta.total_count);
        if let Some(total) = total.and_then(|total| u64::try_from(total).ok()) {
            bar.set_length(total);
        }
        for contact in page.data {
            csv.write_record(row(contact))?;
            bar.inc(1);
        }
    }
    csv.flush()?;
    Ok(())
}

/// The id and [`FIELDS`]. Whatever a contact does not have is an empty cell.
fn row(contact: Contact) -> [String; 1 + FIELDS.len()] {
    let Contact { id, attributes, .. } = contact;
    [
        id.into_string(),
        attributes.name.unwrap_or_default(),
        attributes.email.unwrap_or_default(),
        attributes.phone_number.unwrap_or_default(),
        attributes.address_city.unwrap_or_default(),
        attributes.address_country.unwrap_or_default(),
        attributes.subscribed.map(|subscribed| subscribed.to_string()).unwrap_or_default(),
        attributes.created_at.map(|at| at.to_string()).unwrap_or_default(),
    ]
}

/// On the standard error output, so that the CSV can be piped; hidden where that is no terminal.
fn progress_bar() -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} contacts, {eta} left")?;
    Ok(ProgressBar::no_length().with_style(style))
}

/// What the command line says.
#[derive(Default)]
struct Options {
    site: Option<SiteId>,
    output: Option<PathBuf>,
    demo: bool,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value\n{USAGE}"));
            match argument.as_str() {
                "--site" => options.site = Some(SiteId::from(value()?)),
                "--output" => options.output = Some(PathBuf::from(value()?)),
                "--demo" => options.demo = true,
                _ => return Err(format!("{argument:?} is not understood\n{USAGE}").into()),
            }
        }
        Ok(options)
    }
}
