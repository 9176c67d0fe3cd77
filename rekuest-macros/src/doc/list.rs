//! Lists in doc comments: `` * `name` - text ``, one item an argument or a return.

use super::{DocumentedArgument, DocumentedReturn, Line};
use crate::errors::Errors;

/// An item, before its text is looked at.
struct Item<'l> {
    /// What follows the bullet, and the lines that continue it.
    lines: Vec<&'l str>,
    first: &'l Line,
}

impl Item<'_> {
    /// The text, when `first` is what its first line says.
    fn text(&self, first: &str) -> String {
        let mut text = first.to_owned();
        for line in &self.lines[1..] {
            text.push('\n');
            text.push_str(line);
        }
        text.trim().to_owned()
    }
}

/// Whether a line begins an item.
pub(super) fn is_item(line: &Line) -> bool {
    bullet(line).is_some()
}

/// What follows the bullet.
fn bullet(line: &Line) -> Option<&str> {
    line.text.trim_start().strip_prefix(['*', '-', '+'])?.strip_prefix(' ').map(str::trim)
}

/// The items of the outermost list. A line that continues an item may be indented; after a blank line it has to be.
fn items(lines: &[Line]) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let outermost = lines.iter().filter(|line| is_item(line)).map(Line::indentation).min().unwrap_or(0);
    let mut after_blank = false;
    let mut ended = false;
    for line in lines {
        let indentation = line.indentation();
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        match (bullet(line), items.last_mut()) {
            (Some(text), _) if indentation <= outermost + 1 => {
                items.push(Item { lines: vec![text], first: line });
                ended = false;
            }
            (_, Some(item)) if !ended && (!after_blank || indentation > outermost + 1) => {
                if after_blank {
                    item.lines.push("");
                }
                item.lines.push(line.text.trim());
            }
            // Prose before or between the items is for readers.
            _ => ended = true,
        }
        after_blank = false;
    }
    items
}

/// The items of `# Arguments`.
pub(super) fn arguments(lines: &[Line], errors: &mut Errors) -> Vec<DocumentedArgument> {
    let items = items(lines);
    if items.is_empty()
        && let Some(line) = lines.iter().find(|line| !line.is_blank())
    {
        errors.at(line.span, "the section describes no argument; write list items: * `name` - what it is");
    }
    let mut documented: Vec<DocumentedArgument> = Vec::new();
    for item in items {
        let Some((name, text)) = quoted_name(item.lines[0]).or_else(|| plain_name(item.lines[0])) else {
            errors.at(
                item.first.span,
                "expected the name of an argument and what it is: * `name` - what it is",
            );
            continue;
        };
        if documented.iter().any(|earlier| earlier.name == name) {
            errors.at(item.first.span, format!("`{name}` is described twice; keep one of the descriptions"));
            continue;
        }
        documented.push(DocumentedArgument {
            name: name.to_owned(),
            description: item.text(text),
            span: item.first.span,
        });
    }
    documented
}

/// What `# Returns` says: a list of several, or plain text for one.
pub(super) fn returns(lines: &[Line]) -> Vec<DocumentedReturn> {
    let Some(first) = lines.iter().find(|line| !line.is_blank()) else { return Vec::new() };
    if !is_item(first) {
        let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let description = text.join("\n").trim().to_owned();
        return vec![DocumentedReturn { name: None, description, span: first.span }];
    }
    let describe = |item: &Item<'_>| {
        let (name, text) = match quoted_name(item.lines[0]) {
            Some((name, text)) => (Some(name.to_owned()), text),
            None => (None, item.lines[0]),
        };
        DocumentedReturn { name, description: item.text(text), span: item.first.span }
    };
    items(lines).iter().map(describe).collect()
}

/// `` `name` - text ``, also with another separator or without one.
fn quoted_name(item: &str) -> Option<(&str, &str)> {
    let (name, text) = item.strip_prefix('`')?.split_once('`')?;
    let name = name.trim().trim_start_matches("r#");
    is_name(name).then(|| (name, without_separator(text).unwrap_or(text.trim())))
}

/// `name - text` or `name: text`.
fn plain_name(item: &str) -> Option<(&str, &str)> {
    let end = item.find(|letter: char| !(letter.is_alphanumeric() || letter == '_'))?;
    let (name, text) = item.split_at(end);
    is_name(name).then_some(())?;
    without_separator(text).map(|text| (name, text))
}

fn without_separator(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix(['-', ':', '–', '—']).map(str::trim_start)
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|letter: char| letter.is_numeric())
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}
