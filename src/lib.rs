//! Rekuest for Rust: annotate a function with [`#[register]`](register), `cargo run`, and it is provided on the
//! Arkitekt platform: documented, typed, callable by people through generated forms and by other apps.
//!
//! ```no_run
//! use rekuest::prelude::*;
//!
//! /// Add
//! ///
//! /// Adds two numbers.
//! #[register]
//! fn add(a: i64, #[port(default = 3)] b: i64) -> i64 {
//!     a + b
//! }
//!
//! fn main() -> rekuest::Exit {
//!     rekuest::blocking::run()
//! }
//! ```
//!
//! [`run`] gives every program a command line: `run` provides its functions, `inspect` prints them, `call` calls one,
//! `actions`, `agents` and `show` tell what there is. The program `rekuest` has the same without functions of its own.
//! Without a url a server on this machine is used, or started inside of the process; see [`run`]. [`App`] is the same
//! in code. [`Client`] calls what others provide; `add::call(&client, 1, 2)` calls what is linked, with its types.
//!
//! A function in a library crate is registered when the crate is linked, and a crate that the program never names is
//! not: `use the_library as _;` links it.
//!
//! [`guide`] shows what lives in an app beside its functions: [contexts](guide::contexts), [states](guide::states), values in
//! [memory](guide::memory), [hooks](guide::hooks), [dependencies](guide::dependencies), and [calling](guide::calling) from outside. [`mod@reference`] lists every type
//! that can pass between apps, and everything that can be said about functions and ports.

/// The tests in here register functions, whose generated code names this crate.
#[cfg(test)]
extern crate self as rekuest;

mod app;
pub mod blocking;
mod cli;
mod exit;
pub mod guide;
mod kept;
mod local;
mod logs;
mod options;
pub mod prelude;
mod ready;
pub mod reference;
mod target;
pub mod testing;

pub use app::{App, AppError, RunningApp};
pub use cli::run;
pub use exit::Exit;
#[cfg(feature = "capture-output")]
pub use logs::printed::StandardOutput;
pub use logs::{tracing_layer, tracing_layer_up_to};

pub use rekuest_agent::{AgentError, AgentHandle, AgentPhase, AgentStatus, CompositionError, Drawer, Pace};
pub use rekuest_client::{
    Access, AccessError, AccessSource, Action, ActionSearch, AgentSearch, Args, Client, ClientBuilder,
    ConnectError, DeviceCode, Endpoints, Grant, HttpOptions, ImplementationSearch, Join, Listing, Login,
    LoginError, Manifest, ManifestError, Map, MapProgress, Mapped, Renew, Reservation, ReservationWatch,
    Reserve, RunningCall, Search, StateError, StateQuery, StateWatch, args, join, map,
};
pub use rekuest_core::caller::{CallEvent, CallOptions, OnDisconnect};
pub use rekuest_core::message::LogLevel;
pub use rekuest_core::task::{Captured, PrintedOutput};
pub use rekuest_core::{
    Call, CallError, CallStream, Callable, Caller, Choice, Context, Contexts, Ctx, Definition, DefinitionBuf,
    Dependency, Expand, Function, Hook, Hooks, Implementation, Injected, Memorable, Memory, NotHere, Port,
    PortBuf, PortKind, PortType, ReadOnly, RegisteredFunction, Registry, Running, Shrink, State, StateType,
    Stop, Structure, Task, Token, ValueError, task,
};
pub use rekuest_macros::{
    Choice, Context, Memorable, Model, State, Structure, Union, background, declare, register, search,
    shutdown, startup,
};

/// What generated code names. Not part of the public interface.
#[doc(hidden)]
pub use rekuest_core as __core;

/// How calls are made, and what is told of them.
pub mod caller {
    pub use rekuest_core::caller::{
        Call, CallError, CallEvent, CallHook, CallHookKind, CallOptions, CallStream, Instruction,
        OnDisconnect, Running,
    };
}

/// Ports as constants, and what is said about them: widgets, validators, effects, in code to be shared.
pub mod port {
    pub use rekuest_core::port::{
        Annotations, AssignWidget, ChoiceEntry, Descriptor, Effect, Number, Port, PortBuf, PortGroup,
        PortKind, ReturnWidget, Rule, Scalar, Validator,
    };
}

/// All of the client: searches, reservations, several calls at once, logins.
#[doc(inline)]
pub use rekuest_client as client;

#[cfg(feature = "server")]
pub use rekuest_server as server;

/// The programs of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
