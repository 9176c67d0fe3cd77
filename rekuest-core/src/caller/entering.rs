//! Where blocking code polls what a call needs.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

/// How a thread that belongs to no async runtime polls the work of a call: inside of that of its caller, because the values of
/// arguments and returns may be fetched. As it is, unless the caller says.
#[derive(Clone, Default)]
pub struct Entering(Option<Arc<Enter>>);

/// Does what it is given, inside of something.
type Enter = dyn Fn(&mut dyn FnMut()) + Send + Sync;

impl Entering {
    /// Polls inside of what `enter` does around the work that it is given. It has to do that work, once.
    pub fn new(enter: impl Fn(&mut dyn FnMut()) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(enter)))
    }

    /// Blocks the thread until the future has come to its end.
    pub(super) fn block_on<F: Future>(&self, future: F) -> F::Output {
        let Some(enter) = &self.0 else { return pollster::block_on(future) };
        let mut future = pin!(future);
        pollster::block_on(poll_fn(|context| {
            let mut polled = Poll::Pending;
            enter(&mut || polled = future.as_mut().poll(context));
            polled
        }))
    }
}

impl fmt::Debug for Entering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Entering(a runtime)" } else { "Entering(nothing)" })
    }
}
