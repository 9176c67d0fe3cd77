//! What `#[register]` makes of a function, for code that is given one as a type: `call::<add>((1, 2))`.

use std::future::Future;

use serde_json::value::RawValue;

use crate::Contexts;
use crate::arguments::ArgumentsWriter;
use crate::generated::Sent;
use crate::implementation::{Execution, Implementation, Location};
use crate::invocation::Failure;
use crate::value::ValueError;

/// A registered function, as a type: the struct that `#[register]` puts beside it, of the same name.
///
/// There is nothing to implement. What the types have to be is asked where they are used: a mistake in the function is
/// told once, where it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a registered function",
    label = "this is not the struct that `#[register]` puts beside a function",
    note = "name the function that has `#[register]`: `call::<add>((1, 2))` for `#[register] fn add(a: i64, b: i64)`"
)]
pub trait RegisteredFunction {
    /// How its app runs it.
    const IMPLEMENTATION: Implementation;

    /// What a caller gives, as a tuple: without what is injected, and with an `Option` for what has a default.
    type Arguments;

    /// The same under its keys, as it is written.
    type Sent;

    /// What a caller gets: the returns, or one item of a generator.
    type Returns;

    /// Puts the arguments under their keys.
    fn sent(arguments: Self::Arguments) -> Self::Sent;
}

/// The arguments of a call, as the JSON object that is sent.
///
/// # Errors
/// When a value has no JSON; the error's path begins with the key of the argument.
pub fn written<F: RegisteredFunction<Sent: Sent>>(
    arguments: F::Arguments,
    contexts: &Contexts,
) -> impl Future<Output = Result<Box<RawValue>, ValueError>> + Send {
    write(F::sent(arguments), contexts)
}

/// Writes them. The future is of what is sent alone, so that arguments need not be `Send` to be given.
pub(crate) async fn write(sent: impl Sent, contexts: &Contexts) -> Result<Box<RawValue>, ValueError> {
    let mut writer = ArgumentsWriter::new(contexts);
    sent.write(&mut writer).await?;
    writer.finish()
}

/// What stands in for the implementation of a function with mistakes, in a program that does not compile.
#[doc(hidden)]
pub const REFUSED: Implementation = Implementation {
    interface: "",
    definition: crate::Definition::of(crate::definition::DefinitionParts::NOTHING),
    handler: |_| Box::pin(std::future::ready(Err(Failure::Failed("the function has mistakes".to_owned())))),
    execution: Execution::Async,
    concurrency: None,
    group: None,
    needs: &[],
    ungrouped: false,
    dependencies: &[],
    location: Location { file: "", line: 0 },
};
