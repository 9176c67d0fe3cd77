//! The vocabulary of rekuest: ports, definitions, values, messages and the registry.
//!
//! Everything else in this project speaks through this crate: the code that `#[register]` generates names only
//! [`rekuest_core`](crate), the agent serves what its [`Registry`] holds, the client sends and reads its values, and
//! the embedded server validates with its [`PortBuf`]s. It does no I/O and needs no async runtime.
//!
//! | module | what it holds |
//! |---|---|
//! | [`port`] | [`Port`]: a port as a constant; [`PortBuf`]: the same, read from JSON |
//! | [`definition`] | [`Definition`] and [`DefinitionBuf`], the documented signature of a function, and its hash |
//! | [`implementation`] | [`Implementation`]: a definition, an interface name and the code that runs it |
//! | [`value`] | [`PortType`], [`Expand`], [`Shrink`]: values between JSON and Rust, and their errors |
//! | [`arguments`], [`returns`] | what goes into a function and what comes out of it |
//! | [`invocation`] | one run of a function: what a handler gets and how it fails |
//! | [`task`] | what a function takes to report, to call others, and to notice its cancellation |
//! | [`injected`] | what a function takes of its app: [`Ctx`], [`State`] |
//! | [`hook`] | what runs at the start of an app, all along, and at its end |
//! | [`demand`], [`dependency`] | what functions that are called have to be like |
//! | [`registered`] | [`RegisteredFunction`]: the trait of what `#[register]` makes of a function |
//! | [`registry`] | the functions of a program, collected at link time or added by hand |
//! | [`caller`] | [`Caller`] and [`Call`]: calling, for whoever can reach a server |
//! | [`message`] | the frames of the agent's websocket, both directions |
//! | [`local`] | how a local server is found, and the tokens derived from its secret |

pub mod arguments;
pub mod caller;
mod contexts;
pub mod definition;
pub mod demand;
pub mod dependency;
mod derived;
mod function;
mod generated;
pub mod hook;
pub mod implementation;
pub mod injected;
pub mod invocation;
mod json;
pub mod local;
pub mod message;
pub mod port;
pub mod registered;
pub mod registry;
pub mod returns;
#[cfg(feature = "validate")]
pub mod schema;
pub mod task;
mod token;
pub mod value;

pub use arguments::{Arguments, ArgumentsWriter, Parameter};
pub use caller::{Call, CallError, CallStream, Caller, Running};
pub use contexts::Contexts;
pub use definition::{ActionKind, Definition, DefinitionBuf};
pub use demand::{Demand, DemandBuf};
pub use dependency::{Callable, Dependency};
pub use function::{Closure, Function, FunctionError};
pub use hook::{Hook, Hooks};
pub use implementation::{Execution, Implementation, Location};
pub use injected::{Context, Ctx, Injected, Need, ReadOnly, State, StateType, Stop};
pub use invocation::{Failure, Host, Invocation};
pub use json::JsonWriter;
pub use port::{Port, PortBuf, PortKind};
pub use registered::RegisteredFunction;
pub use registry::{Registered, Registry, RegistryError};
pub use returns::{FromReturns, Output, Returns};
pub use task::Task;
pub use token::Token;
pub use value::{Choice, Expand, Memorable, Memory, NotHere, PortType, Shrink, Structure, ValueError};

/// What generated code needs beside the public vocabulary. Not part of the public interface: it may change with every
/// release, together with the macros.
#[doc(hidden)]
pub mod __private {
    pub use crate::arguments::{Member, default_json};
    pub use crate::caller::ActionRef;
    pub use crate::definition::{ArgumentParts, DefinitionParts, argument, injected};
    pub use crate::dependency::distinct;
    pub use crate::derived::{
        Elsewhere, Fields, Members, StructureCause, StructureId, UncheckedElsewhere, UncheckedMembers,
        UncheckedVariant, Used, Variant, awaited, expand_choice, identifier_bytes, identifier_len,
        identifier_str,
    };
    pub use crate::generated::{Checked, Keyed, Sent, Unchecked};
    pub use crate::implementation::at_most;
    pub use crate::registered::REFUSED;
    pub use crate::returns::{Cause, Fallible};
    pub use futures_util::Stream;
    pub use futures_util::future::BoxFuture;
    pub use inventory;
    pub use serde_json::value::RawValue;
}
