//! [`join`]: a few calls, all at the same time.

use std::future::{Future, IntoFuture};

use futures_util::future::try_join_all;
use rekuest_core::CallError;

/// Makes several calls at the same time and waits for all of them: a tuple of up to eight calls, also of different types,
/// gives a tuple; an array or a vector of calls gives a vector.
///
/// ```no_run
/// # use rekuest_client::{Action, args, join};
/// # async fn example(sum: &Action, text: &Action) -> Result<(), rekuest_core::CallError> {
/// let (three, text) = join((sum.call::<i64>(args! { a: 1, b: 2 }), text.call::<String>(args! {}))).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// That of the first call that fails; the others are cancelled. For the results of all, use [`map`](super::map).
pub async fn join<J: Join>(calls: J) -> Result<J::Returns, CallError> {
    calls.join().await
}

/// Calls that [`join`] takes: tuples, arrays and vectors of them. There is nothing to implement.
pub trait Join {
    /// What they return together.
    type Returns;

    /// Makes them all.
    #[doc(hidden)]
    fn join(self) -> impl Future<Output = Result<Self::Returns, CallError>>;
}

impl<C: IntoFuture<Output = Result<R, CallError>>, R> Join for Vec<C> {
    type Returns = Vec<R>;

    fn join(self) -> impl Future<Output = Result<Vec<R>, CallError>> {
        try_join_all(self.into_iter().map(IntoFuture::into_future))
    }
}

impl<C: IntoFuture<Output = Result<R, CallError>>, R, const N: usize> Join for [C; N] {
    type Returns = Vec<R>;

    fn join(self) -> impl Future<Output = Result<Vec<R>, CallError>> {
        try_join_all(self.into_iter().map(IntoFuture::into_future))
    }
}

/// Implements [`Join`] for a tuple: a name, the type of a call and that of its returns for each.
macro_rules! tuple {
    ($($name:ident $call:ident $returns:ident),+) => {
        impl<$($call: IntoFuture<Output = Result<$returns, CallError>>, $returns),+> Join for ($($call,)+) {
            type Returns = ($($returns,)+);

            async fn join(self) -> Result<Self::Returns, CallError> {
                let ($($name,)+) = self;
                tokio::try_join!($($name.into_future()),+)
            }
        }
    };
}

tuple!(a A Ra, b B Rb);
tuple!(a A Ra, b B Rb, c C Rc);
tuple!(a A Ra, b B Rb, c C Rc, d D Rd);
tuple!(a A Ra, b B Rb, c C Rc, d D Rd, e E Re);
tuple!(a A Ra, b B Rb, c C Rc, d D Rd, e E Re, f F Rf);
tuple!(a A Ra, b B Rb, c C Rc, d D Rd, e E Re, f F Rf, g G Rg);
tuple!(a A Ra, b B Rb, c C Rc, d D Rd, e E Re, f F Rf, g G Rg, h H Rh);
