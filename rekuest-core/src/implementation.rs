//! Implementations: a definition, the interface it is registered under, and the code that runs it.

use std::fmt;

use crate::definition::Definition;
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
    /// Where the function stands.
    pub location: Location,
}
