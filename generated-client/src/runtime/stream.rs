//! Answers that come one after another.

use std::pin::Pin;

use futures_core::Stream;

/// A boxed stream that can move between threads; `futures_util::TryStreamExt` and the like walk through it.
pub type BoxStream<'a, T> = Pin<Box<dyn Stream<Item = T> + Send + 'a>>;
