//! Doc comments: from the attributes of a function to what its definition says.
//!
//! [`comment`] gets the lines out of whatever way the comment was written in, [`sections`] takes them apart, and
//! [`list`] reads the items that describe arguments and returns.

mod comment;
mod list;
mod sections;
#[cfg(test)]
mod tests;

use proc_macro2::Span;
use syn::Attribute;

use crate::errors::Errors;

/// What a doc comment says.
#[derive(Debug, Default)]
pub(crate) struct Documentation {
    /// The first paragraph, on one line.
    pub(crate) summary: Option<String>,
    /// What follows it, up to the first section.
    pub(crate) body: Option<String>,
    /// The section `# Arguments`.
    pub(crate) arguments: Vec<DocumentedArgument>,
    /// The section `# Returns`.
    pub(crate) returns: Vec<DocumentedReturn>,
}

/// One item of `# Arguments`.
#[derive(Debug)]
pub(crate) struct DocumentedArgument {
    pub(crate) name: String,
    pub(crate) description: String,
    /// Its line, for mistakes.
    pub(crate) span: Span,
}

/// One return.
#[derive(Debug)]
pub(crate) struct DocumentedReturn {
    /// The name it was given.
    pub(crate) name: Option<String>,
    pub(crate) description: String,
    /// Its line, for mistakes.
    pub(crate) span: Span,
}

impl Documentation {
    /// Reads the doc attributes among `attributes`, wherever they stand.
    pub(crate) fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        sections::parse(comment::lines(attributes, errors), errors)
    }
}

/// What the doc comment of a type, a field or a variant says, up to the first section.
pub(crate) fn text(attributes: &[Attribute], errors: &mut Errors) -> Option<String> {
    sections::text(comment::lines(attributes, errors))
}

/// One line of a doc comment, without its decoration.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    span: Span,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// How many spaces it begins with.
    fn indentation(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }
}
