//! Calls without an async runtime: they block the thread.
//!
//! A client for it is made with [`ClientBuilder::blocking`](super::ClientBuilder::blocking), and its calls are sent with
//! [`Call::wait`](super::Call::wait); [`wait`] and [`each`] do the same for any other future and for streams. The futures of such a client
//! can be awaited as well, by any executor, which they block.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_core::Stream;

/// Waits for `future` on this thread.
///
/// That of a client with the default transport needs a tokio runtime beside, and gives an error without one; so does that of a client
/// with a [`Transport`](super::Transport) of your own, as soon as it has to wait for another try or for its deadline.
pub fn wait<F: IntoFuture>(future: F) -> F::Output {
    let mut future = pin!(future.into_future());
    let waker = Waker::from(Arc::new(Sleeper(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Walks through `stream` on this thread.
pub fn each<S: Stream + Unpin>(mut stream: S) -> impl Iterator<Item = S::Item> {
    std::iter::from_fn(move || wait(poll_fn(|context| Pin::new(&mut stream).poll_next(context))))
}

struct Sleeper(Thread);

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
