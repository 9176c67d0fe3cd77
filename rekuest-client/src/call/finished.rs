//! What has to come to its end whether somebody waits for it or not.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use tokio::runtime::Handle;

/// A future that goes on in the background when it is dropped before its end; its output is dropped then.
pub(super) struct Finished<T: Send + 'static> {
    /// None at the end.
    future: Option<BoxFuture<'static, T>>,
    runtime: Handle,
}

impl<T: Send + 'static> Finished<T> {
    pub(super) fn new(future: impl Future<Output = T> + Send + 'static, runtime: Handle) -> Self {
        Self { future: Some(Box::pin(future)), runtime }
    }
}

impl<T: Send + 'static> Future for Finished<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        // One that panics is not there any more: it must not be polled again.
        let Some(mut future) = self.future.take() else { return Poll::Pending };
        let polled = future.as_mut().poll(context);
        if polled.is_pending() {
            self.future = Some(future);
        }
        polled
    }
}

impl<T: Send + 'static> Drop for Finished<T> {
    fn drop(&mut self) {
        if let Some(future) = self.future.take() {
            // Without a runtime that still runs, it is dropped: then the process is about to end.
            self.runtime.spawn(async { drop(future.await) });
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn what_nobody_waits_for_goes_on() {
        let (go, gone) = oneshot::channel::<()>();
        let (done, is_done) = oneshot::channel();
        let future = async {
            gone.await.expect("it is told to go on");
            done.send(()).expect("somebody looks");
        };
        let mut finished = Finished::new(future, Handle::current());
        assert!(futures_util::poll!(&mut finished).is_pending());
        drop(finished);
        go.send(()).expect("it goes on");
        is_done.await.expect("it comes to its end");
    }
}
