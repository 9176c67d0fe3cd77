//! [`map`]: one call per input, so many at the same time.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::iter::{Enumerate, Fuse};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::FuturesUnordered;
use futures_util::{Stream, StreamExt as _};
use rekuest_core::CallError;

/// How many calls run at the same time unless another number is given.
const AT_MOST: usize = 8;

/// Begins a call for each of the inputs.
///
/// ```no_run
/// # use futures_util::StreamExt as _;
/// # use rekuest_client::{Action, args, map};
/// # async fn example(blur: &Action) -> Result<(), rekuest_core::CallError> {
/// let mut blurred = map(1..=100).at_most(4).run(|image| blur.call::<i64>(args! { image: image }));
/// while let Some((index, result)) = blurred.next().await {
///     println!("{index}: {result:?}, {:?}", blurred.progress());
/// }
///
/// let all: Vec<i64> = map(1..=100).run(|image| blur.call(args! { image: image })).all().await?;
/// # Ok(())
/// # }
/// ```
pub fn map<I: IntoIterator>(inputs: I) -> Map<I::IntoIter> {
    Map { inputs: inputs.into_iter(), at_most: AT_MOST }
}

/// Inputs that nothing is called with yet; see [`map`].
#[derive(Debug, Clone)]
#[must_use = "nothing is called before `run`"]
pub struct Map<I> {
    inputs: I,
    at_most: usize,
}

impl<I: Iterator> Map<I> {
    /// How many calls run at the same time: 8 unless given, at least one.
    pub fn at_most(mut self, count: usize) -> Self {
        self.at_most = count.max(1);
        self
    }

    /// What is called with each input. An input is taken when there is room for its call.
    pub fn run<F, C>(self, call: F) -> Mapped<I, F, C>
    where
        F: FnMut(I::Item) -> C,
        C: IntoFuture,
    {
        let total = match self.inputs.size_hint() {
            (least, Some(most)) if least == most => Some(least),
            _ => None,
        };
        Mapped {
            inputs: self.inputs.fuse().enumerate(),
            call,
            at_most: self.at_most,
            running: FuturesUnordered::new(),
            order: None,
            progress: MapProgress { started: 0, ended: 0, failed: 0, total },
            tell: None,
        }
    }
}

/// How far a [`map`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MapProgress {
    /// How many calls were begun.
    pub started: usize,
    /// How many have ended, those that failed included.
    pub ended: usize,
    /// How many have failed.
    pub failed: usize,
    /// How many there will be; none while the inputs do not say how many they are.
    pub total: Option<usize>,
}

/// The calls of a [`map`]: a stream of what each returned, with the index of its input. They run while it is polled; that one
/// fails does not end the others. Dropping it cancels those that run.
#[must_use = "nothing is called before it is polled"]
pub struct Mapped<I: Iterator, F, C: IntoFuture> {
    inputs: Enumerate<Fuse<I>>,
    call: F,
    at_most: usize,
    running: FuturesUnordered<Running<C::IntoFuture>>,
    /// What waits for those before it, where it is to come in order.
    order: Option<Order<C::Output>>,
    progress: MapProgress,
    tell: Option<Box<dyn FnMut(MapProgress) + Send>>,
}

/// Results that have to come in the order of their inputs.
struct Order<T> {
    next: usize,
    ready: BTreeMap<usize, T>,
}

impl<I, F, C, R> Mapped<I, F, C>
where
    I: Iterator,
    F: FnMut(I::Item) -> C,
    C: IntoFuture<Output = Result<R, CallError>>,
{
    /// The same in the order of the inputs, instead of as the calls end. A result that waits for one before it takes the
    /// room of a call, so that never more are kept.
    pub fn in_order(mut self) -> Self {
        self.order = Some(Order { next: 0, ready: BTreeMap::new() });
        self
    }

    /// Tells how far it is, whenever a call begins or ends.
    pub fn on_progress(mut self, tell: impl FnMut(MapProgress) + Send + 'static) -> Self {
        self.tell = Some(Box::new(tell));
        self
    }

    /// How far it is.
    pub fn progress(&self) -> MapProgress {
        self.progress
    }

    /// All returns, in the order of the inputs.
    ///
    /// # Errors
    /// That of the first call that fails; the others are cancelled, and no more are made.
    pub async fn all(mut self) -> Result<Vec<R>, CallError> {
        let mut returns = BTreeMap::new();
        while let Some((index, result)) = self.next().await {
            returns.insert(index, result?);
        }
        Ok(returns.into_values().collect())
    }

    fn tell(&mut self) {
        if let Some(tell) = &mut self.tell {
            tell(self.progress);
        }
    }

    /// Begins calls while there is room.
    fn fill(&mut self) {
        let waiting = self.order.as_ref().map_or(0, |order| order.ready.len());
        while self.running.len() + waiting < self.at_most {
            let Some((index, input)) = self.inputs.next() else { return };
            let future = Box::pin((self.call)(input).into_future());
            self.running.push(Running { index, future });
            self.progress.started += 1;
            self.tell();
        }
    }
}

impl<I, F, C, R> Stream for Mapped<I, F, C>
where
    I: Iterator,
    F: FnMut(I::Item) -> C,
    C: IntoFuture<Output = Result<R, CallError>>,
{
    type Item = (usize, Result<R, CallError>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(Order { next, ready }) = &mut this.order
                && let Some(result) = ready.remove(next)
            {
                let index = *next;
                *next += 1;
                return Poll::Ready(Some((index, result)));
            }
            this.fill();
            let Poll::Ready(ended) = this.running.poll_next_unpin(context) else { return Poll::Pending };
            let Some((index, result)) = ended else { return Poll::Ready(None) };
            this.progress.ended += 1;
            this.progress.failed += usize::from(result.is_err());
            this.tell();
            match &mut this.order {
                Some(order) => order.ready.insert(index, result),
                None => return Poll::Ready(Some((index, result))),
            };
        }
    }
}

/// Inputs and the function are never pinned, and calls are pinned where they are.
impl<I: Iterator, F, C: IntoFuture> Unpin for Mapped<I, F, C> {}

impl<I: Iterator, F, C: IntoFuture> fmt::Debug for Mapped<I, F, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapped")
            .field("at_most", &self.at_most)
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}

/// A call that runs.
struct Running<C> {
    index: usize,
    future: Pin<Box<C>>,
}

impl<C: Future> Future for Running<C> {
    type Output = (usize, C::Output);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let index = self.index;
        self.future.as_mut().poll(context).map(|output| (index, output))
    }
}
