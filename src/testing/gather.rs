//! What a test gets of what a function yielded.

use futures_util::future::BoxFuture;
use rekuest_core::arguments::Arguments;
use rekuest_core::{Contexts, FromReturns, ValueError};
use serde_json::value::RawValue;

/// Why there is no value.
pub(super) enum Missing {
    /// Nothing was yielded.
    Nothing,
    /// What was yielded is not of the type that was asked for.
    Unfit(ValueError),
}

type Yields<'a> = &'a [&'a RawValue];

/// Makes a value of all that was yielded.
pub(super) struct Gather<V>(for<'a> fn(Yields<'a>, &'a Contexts) -> BoxFuture<'a, Result<V, Missing>>);

impl<R: FromReturns + 'static> Gather<R> {
    /// What was yielded last.
    pub(super) fn one() -> Self {
        Self(|yields, contexts| {
            Box::pin(async move { read(yields.last().ok_or(Missing::Nothing)?, contexts).await })
        })
    }
}

impl<R: FromReturns + 'static> Gather<Vec<R>> {
    /// Everything, in order.
    pub(super) fn all() -> Self {
        Self(|yields, contexts| {
            Box::pin(async move {
                let mut items = Vec::with_capacity(yields.len());
                for yielded in yields {
                    items.push(read(yielded, contexts).await?);
                }
                Ok(items)
            })
        })
    }
}

impl<V> Gather<V> {
    pub(super) async fn gather(&self, yields: Yields<'_>, contexts: &Contexts) -> Result<V, Missing> {
        (self.0)(yields, contexts).await
    }
}

async fn read<R: FromReturns>(yielded: &RawValue, contexts: &Contexts) -> Result<R, Missing> {
    let returns = Arguments::parse(yielded).map_err(Missing::Unfit)?;
    R::expand_returns(&returns, contexts).await.map_err(Missing::Unfit)
}
