//! What a call through the generated client costs beside hand-written `reqwest` and `serde` doing the same, and what a body of a
//! gigabyte takes of memory; `benches/run` counts. Each side is a process of its own, and so is the server.
//!
//! `serve`, which says its address; or that address and `typed` or `plain` with the name of a [`Call`] and how often; or the
//! address and `upload`, `download`, `upload_blocking` or `download_blocking`. Without arguments it does nothing, so that `cargo
//! bench` passes over it.

mod bodies;
mod plain;
mod server;
mod typed;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    // `cargo bench` says `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => Ok(()),
        ["serve"] => wait(server::serve()),
        [url, "typed", call, times] => wait(typed::make(url, call.parse()?, times.parse()?)),
        [url, "plain", call, times] => wait(plain::make(url, call.parse()?, times.parse()?)),
        [url, "upload"] => wait(bodies::upload(url)),
        [url, "download"] => wait(bodies::download(url)),
        [url, "upload_blocking"] => bodies::upload_blocking(url),
        [url, "download_blocking"] => bodies::download_blocking(url),
        _ => Err("see the head of benches/overhead/main.rs".into()),
    }
}

fn wait(work: impl Future<Output = Outcome>) -> Outcome {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// The calls that are compared.
#[derive(Clone, Copy)]
enum Call {
    /// A page of 25 contacts, which is asked for with two parameters.
    List,
    /// One contact.
    Get,
    /// One contact that is made, with a body of six members.
    Create,
}

impl std::str::FromStr for Call {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "list" => Ok(Self::List),
            "get" => Ok(Self::Get),
            "create" => Ok(Self::Create),
            _ => Err("a call is `list`, `get` or `create`"),
        }
    }
}
