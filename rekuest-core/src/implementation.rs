//! Implementations: a definition, the interface it is registered under, and the code that runs it.

use std::fmt;
use std::num::NonZeroUsize;

use crate::definition::Definition;
use crate::dependency::Dependency;
use crate::injected::Need;
use crate::invocation::Handler;

/// Where a function stands in the source, for errors that have to name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// The file, as the compiler was given it.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One way to run an action, as a constant: what `#[register]` submits to the [`Registry`](crate::Registry).
#[derive(Debug, Clone, Copy)]
pub struct Implementation {
    /// The name under which an agent offers it; unique in an app.
    pub interface: &'static str,
    /// The documented signature.
    pub definition: Definition,
    /// Runs it.
    pub handler: Handler,
    /// Where it runs.
    pub execution: Execution,
    /// How many invocations of it run at once; more wait, in the order in which they came.
    pub concurrency: Option<NonZeroUsize>,
    /// The group of functions of which one runs at a time, in the order in which they were called.
    pub group: Option<&'static str>,
    /// What it needs of its app, one for each injected parameter.
    pub needs: &'static [Option<Need>],
    /// Whether it stays out of the groups of what it needs.
    pub ungrouped: bool,
    /// The functions that it calls.
    pub dependencies: &'static [Dependency],
    /// Where the function stands.
    pub location: Location,
}

/// How many invocations run at once, as `#[register(concurrency = …)]` says it. Fails to compile for 0.
#[doc(hidden)]
#[track_caller]
pub const fn at_most(invocations: usize) -> Option<NonZeroUsize> {
    assert!(invocations > 0, "`concurrency` is 0, with which no invocation would ever run; it is 1 or more");
    NonZeroUsize::new(invocations)
}

/// Where a function runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Execution {
    /// On a thread of its own: it may block. Cancelled, it goes on until it looks at its [`Task`](crate::Task).
    Blocking,
    /// On the async runtime: it must not block. Cancelled, it is dropped at its next `.await`.
    Async,
}
