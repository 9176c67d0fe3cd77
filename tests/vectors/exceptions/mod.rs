//! Where we differ from the Python client 0.22.0 on purpose, and why.
//!
//! A difference is matched by the direction, which the files are named after, by the label, and by the input.

mod input;
mod ports;
mod reading;
mod writing;

use crate::Case;

pub(crate) use ports::PORT_EXCEPTIONS;

/// One difference.
pub(crate) struct Exception {
    /// What Python does.
    pub(crate) rule: &'static str,
    /// Why we do not.
    pub(crate) why: &'static str,
    /// The directions it is about.
    directions: &'static [&'static str],
    /// The labels it is about, in groups.
    labels: &'static [&'static [&'static str]],
    /// The inputs it is about.
    input: fn(&Case) -> bool,
    /// What we do.
    ours: Ours,
}

/// What we do where Python does something else.
#[derive(Clone, Copy)]
enum Ours {
    /// An error.
    Refused,
    /// This value, displayed, or this JSON.
    Is(fn(&Case) -> Option<String>),
}

impl Exception {
    /// What we do with the case; none where the exception is not about it, or where Python does the same after all.
    pub(crate) fn excepted(&self, case: &Case) -> Option<Option<String>> {
        let is_about = self.directions.contains(&case.direction)
            && self.labels.iter().any(|labels| labels.contains(&case.label.label))
            && (self.input)(case);
        let ours = match self.ours {
            _ if !is_about => return None,
            Ours::Refused => None,
            Ours::Is(value) => value(case),
        };
        (ours != case.python).then_some(ours)
    }
}

/// All differences in values.
pub(crate) fn exceptions() -> impl Iterator<Item = &'static Exception> {
    reading::EXCEPTIONS.iter().chain(writing::EXCEPTIONS)
}
