//! Printing, for people and pipes. Whoever reads may go away at any time (`inspect | head`), which is no failure.

use std::fmt::Display;
use std::io::Write as _;

/// A line of what was asked for, on standard output.
pub(super) fn result(line: impl Display) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line about how it goes, on standard error.
pub(super) fn progress(line: impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
