//! Futures and streams in boxes.
//!
//! On `wasm32`, where there is one thread and what the browser hands out stays on it, they need not be able to move.

use std::pin::Pin;

use futures_core::Stream;

/// A boxed future that can move between threads.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A boxed stream that can move between threads; `futures_util::TryStreamExt` and the like walk through it.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + Send + 'a>>;

/// A boxed stream; `futures_util::TryStreamExt` and the like walk through it.
#[cfg(target_arch = "wasm32")]
pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + 'a>>;

/// What went wrong with something that a caller made.
pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;
