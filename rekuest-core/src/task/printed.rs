//! What a function prints, for a caller that asked for it. Standard output belongs to the whole process, so whoever runs
//! assignations decides whether to take it, and runs them alone then.

use std::fmt;

/// Takes what the process prints on standard output.
pub trait PrintedOutput: Send + Sync + fmt::Debug {
    /// Takes it from now on, until what is returned is finished or dropped.
    ///
    /// # Errors
    /// A sentence that says why it cannot be taken.
    fn capture(&self) -> Result<Box<dyn Captured>, String>;
}

/// While this lives, standard output is taken. Dropped, also by a panic, it gives standard output back and forgets what
/// was printed.
pub trait Captured: Send {
    /// Gives standard output back, and what was printed. It may block for a moment.
    fn finish(self: Box<Self>) -> String;
}
