//! What the code that `#[register]` generates calls, beside the public vocabulary.
//!
//! A function's parameters are a list of types here, `(A, (B, ()))`, so that reading and writing them is compiled
//! once in this crate and generated code holds no future of its own. It keeps the check of a program with many
//! functions fast.

use std::future::{Future, ready};
use std::marker::PhantomData;

use futures_util::Stream;
use futures_util::future::BoxFuture;
use serde_json::value::RawValue;

use crate::arguments::{Arguments, ArgumentsWriter, Member, Parameter, default_json};
use crate::caller::{ActionRef, Call, Caller};
use crate::invocation::{Failure, Invocation};
use crate::port::Port;
use crate::registered::write;
use crate::returns::{Cause, Output, Returns};
use crate::value::{Expand, Shrink, ValueError};

/// The parameters of a function, as a list of their types.
pub trait Parameters: Sized + Send + 'static {
    /// Their keys.
    type Keys: Send + 'static;

    /// Reads them in order.
    fn take(
        keys: Self::Keys,
        invocation: &Invocation,
        arguments: &Arguments<'_>,
    ) -> impl Future<Output = Result<Self, Failure>> + Send;
}

impl Parameters for () {
    type Keys = ();

    async fn take((): (), _: &Invocation, _: &Arguments<'_>) -> Result<Self, Failure> {
        Ok(())
    }
}

impl<T: Parameter + 'static, Rest: Parameters> Parameters for (T, Rest) {
    type Keys = (Member<T>, Rest::Keys);

    async fn take(
        (first, rest): Self::Keys,
        invocation: &Invocation,
        arguments: &Arguments<'_>,
    ) -> Result<Self, Failure> {
        let first = arguments.take_member(invocation, first).await?;
        Ok((first, Rest::take(rest, invocation, arguments).await?))
    }
}

/// The types of a function's arguments, as a list: those of its parameters that are not injected.
pub trait Ports {}

impl Ports for () {}

impl<T: Expand, Rest: Ports> Ports for (T, Rest) {}

/// The arguments of a call, as a list of keys and values.
pub trait Sent: Send {
    /// Writes them in order.
    fn write(self, writer: &mut ArgumentsWriter<'_>) -> impl Future<Output = Result<(), ValueError>> + Send;
}

impl Sent for () {
    async fn write(self, _: &mut ArgumentsWriter<'_>) -> Result<(), ValueError> {
        Ok(())
    }
}

/// An argument under its key.
pub type Keyed<T> = (&'static str, T);

impl<T: Shrink, Rest: Sent> Sent for (Keyed<T>, Rest) {
    async fn write(self, writer: &mut ArgumentsWriter<'_>) -> Result<(), ValueError> {
        let ((key, value), rest) = self;
        writer.put(key, value).await?;
        rest.write(writer).await
    }
}

/// Uses of types that generated code has checked elsewhere, in one place and on the user's own tokens.
///
/// Each function stands here for types that have passed the check, and in [`Unchecked`] for those that have not. As
/// the compiler prefers what stands here, the other ones are reached only in a program that does not compile, where
/// they keep one mistake from being reported several times.
#[derive(Debug)]
pub struct Checked<T>(PhantomData<fn() -> T>);

impl<P: Parameters, O: Output + 'static> Checked<(P, O)> {
    /// Runs a blocking function.
    pub fn block(
        invocation: Invocation,
        keys: P::Keys,
        function: fn(P) -> O,
    ) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move {
            let parameters = P::take(keys, &invocation, &invocation.arguments()?).await?;
            // Such a function is run where it may block.
            let output = function(parameters);
            invocation.finish(output).await
        })
    }

    /// Runs an async function.
    pub fn spawn<F: Future<Output = O> + Send + 'static>(
        invocation: Invocation,
        keys: P::Keys,
        function: fn(P) -> F,
    ) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move {
            let parameters = P::take(keys, &invocation, &invocation.arguments()?).await?;
            let output = function(parameters).await;
            invocation.finish(output).await
        })
    }

    /// Runs a function that returns an iterator: it and the iterator may block. `O` is an item.
    pub fn iterate<I, E>(
        invocation: Invocation,
        keys: P::Keys,
        function: fn(P) -> Result<I, E>,
    ) -> BoxFuture<'static, Result<(), Failure>>
    where
        I: IntoIterator<Item = O> + 'static,
        E: Cause + Send + 'static,
    {
        Box::pin(async move {
            let parameters = P::take(keys, &invocation, &invocation.arguments()?).await?;
            invocation.iterate(function(parameters))
        })
    }

    /// Runs an async function that returns an iterator, which may block. `O` is an item.
    pub fn iterate_spawned<I, E, F>(
        invocation: Invocation,
        keys: P::Keys,
        function: fn(P) -> F,
    ) -> BoxFuture<'static, Result<(), Failure>>
    where
        F: Future<Output = Result<I, E>> + Send + 'static,
        I: IntoIterator<Item = O> + Send + 'static,
        E: Cause + Send + 'static,
    {
        Box::pin(async move {
            let parameters = P::take(keys, &invocation, &invocation.arguments()?).await?;
            let items = function(parameters).await;
            invocation.iterate(items)
        })
    }

    /// Runs a function that makes a stream, and the stream, on the runtime. `O` is an item.
    pub fn stream<S, E, F>(
        invocation: Invocation,
        keys: P::Keys,
        function: fn(P) -> F,
    ) -> BoxFuture<'static, Result<(), Failure>>
    where
        F: Future<Output = Result<S, E>> + Send + 'static,
        S: Stream<Item = O> + Send + 'static,
        E: Cause + Send + 'static,
    {
        Box::pin(async move {
            let parameters = P::take(keys, &invocation, &invocation.arguments()?).await?;
            let items = function(parameters).await;
            invocation.stream(items).await
        })
    }
}

impl<P: Ports, O: Output> Checked<(P, O)> {
    /// Calls the function, wherever it is provided.
    pub fn call<'c, R>(
        caller: &'c dyn Caller,
        action: &'static ActionRef,
        arguments: impl Sent + 'c,
    ) -> Call<'c, R> {
        Call::of(caller, action, write(arguments, caller.contexts()))
    }
}

impl<T: Parameter> Checked<T> {
    /// The JSON of a default.
    ///
    /// # Errors
    /// When the default has no JSON.
    pub fn default_json(default: T) -> Result<Box<RawValue>, ValueError>
    where
        T: Shrink,
    {
        default_json(default)
    }
}

impl<O: Output> Checked<O> {
    /// The ports of the returns.
    pub const RETURNS: &'static [Port] = <O::Returns as Returns>::PORTS;
}

/// What [`Checked`] has for types that have not passed the check.
pub trait Unchecked<T> {
    /// No ports.
    const RETURNS: &'static [Port] = &[];

    /// Fails.
    fn block<K, P, O>(_: Invocation, _: K, _: fn(P) -> O) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(ready(Err(not_checked())))
    }

    /// Fails.
    fn spawn<K, P, F>(_: Invocation, _: K, _: fn(P) -> F) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(ready(Err(not_checked())))
    }

    /// Fails.
    fn iterate<K, P, O>(_: Invocation, _: K, _: fn(P) -> O) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(ready(Err(not_checked())))
    }

    /// Fails.
    fn iterate_spawned<K, P, F>(
        _: Invocation,
        _: K,
        _: fn(P) -> F,
    ) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(ready(Err(not_checked())))
    }

    /// Fails.
    fn stream<K, P, F>(_: Invocation, _: K, _: fn(P) -> F) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(ready(Err(not_checked())))
    }

    /// Fails.
    fn call<'c, A, R>(caller: &'c dyn Caller, action: &'static ActionRef, _: A) -> Call<'c, R> {
        Call::of(caller, action, ready(Err(ValueError::invalid("a type of the function has no port"))))
    }

    /// Fails.
    ///
    /// # Errors
    /// Always.
    fn default_json(_: T) -> Result<Box<RawValue>, ValueError> {
        Err(ValueError::invalid("a type of the function has no port"))
    }
}

impl<T> Unchecked<T> for Checked<T> {}

fn not_checked() -> Failure {
    Failure::Failed("a type of the function has no port".to_owned())
}
