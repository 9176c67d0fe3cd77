//! What comes out of a function: none, one or several returns, or a failure.

use std::error::Error;
use std::future::Future;

use crate::Contexts;
use crate::arguments::Arguments;
use crate::invocation::Failure;
use crate::json::JsonWriter;
use crate::port::Port;
use crate::value::{Expand, PortType, Shrink, ValueError};

/// The returns of a function: `()` for none, any type with a port for one, a tuple for several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned by a registered function",
    label = "this type has no port",
    note = "return `()`, a type with a port, a tuple of these, or a `Result` of one of them",
    note = "types with a port: integers, floats, `bool`, `String`, dates by feature (`chrono`, `jiff`); `Option`, `Box`, `Arc`, `Vec`, arrays, `VecDeque`, sets and maps from `String` of these; for types of your own derive `Model`, `Choice`, `Union` or `Structure`, or take `Memory<T>` with `#[derive(Memorable)]` on `T`"
)]
pub trait Returns: Sized + Send {
    /// The ports, keyed `return0`, `return1`, ….
    const PORTS: &'static [Port];

    /// Writes the object of returns: `{"return0": …}`.
    ///
    /// # Errors
    /// When a value has no JSON; the error's path begins with the key of the return.
    fn shrink_returns(
        self,
        out: &mut JsonWriter,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send;
}

/// Returns that a caller can read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what a call returns",
    label = "this type has no port",
    note = "expect `()`, a type with a port, or a tuple of these"
)]
pub trait FromReturns: Sized + Send {
    /// Reads the returns.
    ///
    /// # Errors
    /// When a value does not fit or is missing; the error's path begins with the key of the return.
    fn expand_returns(
        returns: &Arguments<'_>,
        contexts: &Contexts,
    ) -> impl Future<Output = Result<Self, ValueError>> + Send;
}

impl Returns for () {
    const PORTS: &'static [Port] = &[];

    async fn shrink_returns(self, out: &mut JsonWriter, _: &Contexts) -> Result<(), ValueError> {
        out.raw("{}");
        Ok(())
    }
}

impl FromReturns for () {
    async fn expand_returns(_: &Arguments<'_>, _: &Contexts) -> Result<Self, ValueError> {
        Ok(())
    }
}

impl<T: PortType + Shrink> Returns for T {
    const PORTS: &'static [Port] = &[T::PORT.keyed("return0")];

    async fn shrink_returns(self, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
        out.raw("{\"return0\":");
        self.shrink(out, contexts).await.map_err(|error| error.at_key("return0"))?;
        out.raw("}");
        Ok(())
    }
}

impl<T: Expand> FromReturns for T {
    async fn expand_returns(returns: &Arguments<'_>, contexts: &Contexts) -> Result<Self, ValueError> {
        returns.expand("return0", contexts).await
    }
}

macro_rules! several {
    ($(($($type:ident $value:ident $key:literal),+))*) => {$(
        impl<$($type: PortType + Shrink),+> Returns for ($($type,)+) {
            const PORTS: &'static [Port] = &[$($type::PORT.keyed($key)),+];

            async fn shrink_returns(self, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
                let ($($value,)+) = self;
                let mut separator = "{";
                $(
                    out.raw(separator);
                    separator = ",";
                    out.raw(concat!("\"", $key, "\":"));
                    $value.shrink(out, contexts).await.map_err(|error| error.at_key($key))?;
                )+
                let _ = separator;
                out.raw("}");
                Ok(())
            }
        }

        impl<$($type: Expand),+> FromReturns for ($($type,)+) {
            async fn expand_returns(returns: &Arguments<'_>, contexts: &Contexts) -> Result<Self, ValueError> {
                Ok(($(returns.expand::<$type>($key, contexts).await?,)+))
            }
        }
    )*};
}

several! {
    (A a "return0")
    (A a "return0", B b "return1")
    (A a "return0", B b "return1", C c "return2")
    (A a "return0", B b "return1", C c "return2", D d "return3")
    (A a "return0", B b "return1", C c "return2", D d "return3", E e "return4")
    (A a "return0", B b "return1", C c "return2", D d "return3", E e "return4", F f "return5")
    (A a "return0", B b "return1", C c "return2", D d "return3", E e "return4", F f "return5", G g "return6")
    (A a "return0", B b "return1", C c "return2", D d "return3", E e "return4", F f "return5", G g "return6",
     H h "return7")
}

/// What a function may evaluate to: its returns, or a `Result` of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned by a registered function",
    label = "neither returns nor a `Result` of them",
    note = "a function that yields many times and returns a named type says so: `#[register(generator)]`",
    note = "return `()`, a type with a port, a tuple of these, or a `Result<_, E>` of one of them where `E: Into<Box<dyn Error + Send + Sync>>`",
    note = "types with a port: integers, floats, `bool`, `String`, dates by feature (`chrono`, `jiff`); `Option`, `Box`, `Arc`, `Vec`, arrays, `VecDeque`, sets and maps from `String` of these; for types of your own derive `Model`, `Choice`, `Union` or `Structure`, or take `Memory<T>` with `#[derive(Memorable)]` on `T`"
)]
pub trait Output: Send {
    /// The returns of a call that succeeds.
    type Returns: Returns;

    /// The returns, or why there are none.
    ///
    /// # Errors
    /// [`Failure::Failed`] with the message of the function's own error and of its sources.
    fn into_returns(self) -> Result<Self::Returns, Failure>;
}

impl<T: Returns> Output for T {
    type Returns = T;

    fn into_returns(self) -> Result<T, Failure> {
        Ok(self)
    }
}

impl<T: Returns, E: Cause + Send> Output for Result<T, E> {
    type Returns = T;

    fn into_returns(self) -> Result<T, Failure> {
        self.map_err(Failure::caused)
    }
}

/// What a function may fail with: an error that can leave its thread.
///
/// There is nothing to implement: errors that are `Send` and `Sync` have it, and so do `String` and `&'static str`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a registered function",
    label = "this error cannot be sent to the caller",
    note = "the error type needs `Into<Box<dyn Error + Send + Sync>>`: implement `std::error::Error` for it, or use `String` or `Box<dyn std::error::Error + Send + Sync>`"
)]
pub trait Cause {
    /// The error behind its trait.
    fn into_error(self) -> Box<dyn Error + Send + Sync>;
}

#[diagnostic::do_not_recommend]
impl<E: Into<Box<dyn Error + Send + Sync>> + Send> Cause for E {
    fn into_error(self) -> Box<dyn Error + Send + Sync> {
        self.into()
    }
}

/// A `Result`, whatever is in it: how generated code looks at its parts one by one.
#[doc(hidden)]
pub trait Fallible {
    /// What it holds when the function succeeded.
    type Success;
    /// What it holds when the function failed.
    type Cause;
}

impl<T, E> Fallible for Result<T, E> {
    type Success = T;
    type Cause = E;
}

/// The message of an error and of its sources: `could not move: axis x: limit reached`. A source whose text its
/// parent already ends with is not repeated.
pub(crate) fn with_sources(error: &(dyn Error + 'static)) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let text = error.to_string();
        if !message.ends_with(&text) {
            message.push_str(": ");
            message.push_str(&text);
        }
        source = error.source();
    }
    message
}
