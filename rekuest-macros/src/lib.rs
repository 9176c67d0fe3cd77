//! The attribute macros of rekuest. Use them through the crate `rekuest`.
//!
//! A macro reads its input once into a description, checks it, and expands the description: what expands never sees a
//! raw attribute. Mistakes are collected, so that all independent ones are reported at once.

mod arguments;
mod default;
mod doc;
mod errors;
mod naming;
mod port;
mod register;
mod types;

use proc_macro::TokenStream;

/// Registers a function: its signature, attributes and doc comment become its definition, and every program that it
/// is linked into provides it.
///
/// The function stays as it is. Beside it there is a struct of the same name, with the constant `DEFINITION` and the
/// function `call`, which calls whoever provides the function: `add::call(&client, 1, 2).await?`.
///
/// ```ignore
/// /// Add
/// ///
/// /// Adds two numbers.
/// ///
/// /// # Arguments
/// /// * `a` - the first number
/// /// * `b` - what is added to it
/// ///
/// /// # Returns
/// /// the sum
/// #[register]
/// fn add(a: i64, #[port(default = 3)] b: i64) -> i64 {
///     a + b
/// }
/// ```
///
/// # Functions
/// Free functions, `fn` and `async fn`, that are neither generic nor `unsafe`, `extern` or `const`. An `async fn` runs
/// on the runtime; a plain one may block and runs where it may. Arguments and returns are types with a port. `()` is
/// no return, a tuple is several; a `Result` fails with its error.
///
/// # The doc comment
/// The first paragraph is the summary. With more text the summary is the name, without its final period, and the rest
/// the description; without, the name is made of the function's. The list in `# Arguments` describes the arguments,
/// `# Returns` the returns: plain text for one, a list for several. Other sections are for readers of the source.
///
/// # Arguments of `#[register]`
/// * `interface = "…"`: the name under which it is offered, unique in an app. The function's name unless given.
/// * `name = "…"`: the name that people see, in place of the doc comment.
/// * `description = "…"`: what it does, in place of the doc comment.
/// * `collections = ["…", …]`: the collections it belongs to.
/// * `stateful`: two calls with the same arguments may differ.
/// * `is_test_for = [path::to::function, …]`: the registered functions that it tests.
/// * `logo = "…"`: the url of a logo.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
///
/// # Arguments of `#[port]`
/// `#[port(…)]` stands in front of an argument.
/// * `default = value`: what is taken where the argument is missing or null: any expression of the argument's type.
///   String literals become a `String` by themselves, and literals the `Some` of an `Option`.
/// * `label = "…"`: what forms show in place of the name.
/// * `description = "…"`: what the argument is, unless the doc comment says it.
#[proc_macro_attribute]
pub fn register(arguments: TokenStream, item: TokenStream) -> TokenStream {
    register::register(arguments.into(), item.into()).into()
}
