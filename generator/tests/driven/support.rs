//! What the tests share.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use modules::runtime::Json;
use modules::runtime::mock::Server;

/// A server that answers nothing yet.
pub(crate) fn server() -> Server {
    Server::start_blocking().unwrap()
}

/// All items of a stream.
pub(crate) async fn all<T, E: std::fmt::Debug>(
    mut stream: Pin<Box<dyn Stream<Item = Result<T, E>> + Send + '_>>,
) -> Vec<T> {
    let mut items = Vec::new();
    while let Some(item) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
        items.push(item.unwrap());
    }
    items
}

/// The queries of the requests that `server` got, as they were sent.
pub(crate) fn queries(server: &Server) -> Vec<String> {
    let pair = |(name, value): &(String, String)| format!("{name}={value}");
    let query = |pairs: &[(String, String)]| pairs.iter().map(pair).collect::<Vec<_>>().join("&");
    server.requests().iter().map(|request| query(request.query())).collect()
}

/// The JSON body of the last request that `server` got.
pub(crate) fn last_body(server: &Server) -> Json {
    server.requests().last().unwrap().json().unwrap()
}

/// The paths of the requests that `server` got.
pub(crate) fn paths(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| request.path().to_owned()).collect()
}
