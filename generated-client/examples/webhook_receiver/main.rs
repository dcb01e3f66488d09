//! Receives what Kajabi's webhooks send, and tells of it on the standard output.
//!
//! ```text
//! cargo run -p kajabi --example webhook_receiver --features mock -- --demo
//! cargo run -p kajabi --example webhook_receiver --features mock -- --listen 0.0.0.0:8080 --path /kajabi/27c0a1d4 \
//!     --register https://example.com/kajabi/27c0a1d4
//! ```
//!
//! Kajabi does not sign what it sends: a path that nobody guesses, and a proxy in front that speaks TLS, are all that tells its
//! requests from anybody's. `--register` has the events sent to this URL, with the credentials in `KAJABI_CLIENT_ID` and
//! `KAJABI_CLIENT_SECRET`; `--site` names the site where an account has several. With `--demo` a server in this process stands in for
//! Kajabi, which is what the feature `mock` is for, and a few events are sent as Kajabi would send them.
//!
//! It shows events and what they carry, whatever their type, and an answer that does not wait for the work.

mod demo;
mod register;
mod show;

use std::env;
use std::pin::Pin;
use std::process::ExitCode;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use kajabi::{Client, ClientCredentials, SiteId, WebhookEvent};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, Receiver, Sender};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str =
    "usage: webhook_receiver [--listen ADDRESS] [--path PATH] [--register URL] [--site ID] [--demo]";

/// Events that are received and not yet dealt with. With more the sender is told to come again.
const QUEUE: usize = 1000;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("webhook_receiver: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let options = Options::parse(env::args().skip(1))?;
    // Before the registration, so that the first event finds somebody.
    let listener = TcpListener::bind(options.address()).await?;
    let address = listener.local_addr()?;
    eprintln!("listening on http://{address}{}", options.path);

    let (stop, stand_in): (Pin<Box<dyn Future<Output = ()> + Send>>, _) = if options.demo {
        let events = demo::deliver(address, options.path.clone());
        (Box::pin(events), Some(demo::start().await?))
    } else {
        (Box::pin(interrupted()), None)
    };
    if let Some(server) = &stand_in {
        let kajabi = server.client().auth(ClientCredentials::new("any id", "any secret")).build()?;
        let url = format!("http://{address}{}", options.path);
        register::all(&kajabi, options.site, &url).await?;
    } else if let Some(url) = &options.register {
        let credentials = ClientCredentials::from_env("KAJABI_CLIENT_ID", "KAJABI_CLIENT_SECRET")?;
        register::all(&Client::builder().auth(credentials).build()?, options.site, url).await?;
    }

    let (sender, events) = mpsc::channel(QUEUE);
    let worker = tokio::spawn(work(events));
    let app = Router::new().route(&options.path, post(receive)).with_state(sender);
    axum::serve(listener, app).with_graceful_shutdown(stop).await?;
    // The queue ends with the server that fills it; what is in it is still worked on.
    worker.await?;
    Ok(())
}

/// Says at once that the event is here. Whoever answers only when the work is done is sent the event again if it takes long.
async fn receive(State(queue): State<Sender<WebhookEvent>>, body: Bytes) -> StatusCode {
    match WebhookEvent::parse(&body) {
        Ok(event) => match queue.try_send(event) {
            Ok(()) => StatusCode::NO_CONTENT,
            Err(_) => StatusCode::SERVICE_UNAVAILABLE,
        },
        Err(error) => {
            eprintln!("not an event: {error}");
            StatusCode::BAD_REQUEST
        }
    }
}

/// Deals with one event after the other. What must not be lost when the process ends belongs into a database first.
async fn work(mut events: Receiver<WebhookEvent>) {
    while let Some(event) = events.recv().await {
        show::event(&event);
    }
}

/// Waits for Ctrl-C.
async fn interrupted() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        eprintln!("Ctrl-C cannot be waited for: {error}");
        std::future::pending::<()>().await;
    }
}

/// What the command line says.
struct Options {
    listen: Option<String>,
    path: String,
    register: Option<String>,
    site: Option<SiteId>,
    demo: bool,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut options =
            Self { listen: None, path: "/kajabi".to_owned(), register: None, site: None, demo: false };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value\n{USAGE}"));
            match argument.as_str() {
                "--listen" => options.listen = Some(value()?),
                "--path" => options.path = value()?,
                "--register" => options.register = Some(value()?),
                "--site" => options.site = Some(SiteId::from(value()?)),
                "--demo" => options.demo = true,
                _ => return Err(format!("{argument:?} is not understood\n{USAGE}").into()),
            }
        }
        // With these it would be a pattern of the router, or none.
        if !options.path.starts_with('/') || options.path.contains(['{', '}', ':', '*']) {
            return Err(
                format!("{:?} is no path: it begins with / and has none of {{}}:*", options.path).into()
            );
        }
        Ok(options)
    }

    fn address(&self) -> &str {
        let otherwise = if self.demo { "127.0.0.1:0" } else { "127.0.0.1:8080" };
        self.listen.as_deref().unwrap_or(otherwise)
    }
}
