//! The sections of a doc comment: summary and text, `# Arguments`, `# Returns`, and others that are not ours.

use super::{Documentation, Line, list};
use crate::errors::Errors;

/// Where a line belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Before the first heading.
    Text,
    /// `# Arguments` or `# Parameters`.
    Arguments,
    /// `# Returns`.
    Returns,
    /// `# Errors`, `# Panics`, `# Examples`, ….
    Other,
}

impl Section {
    fn of_heading(heading: &str) -> Self {
        match heading.trim().trim_end_matches(['#', ':', ' ']).to_lowercase().as_str() {
            "arguments" | "parameters" => Self::Arguments,
            "returns" => Self::Returns,
            _ => Self::Other,
        }
    }
}

/// A block of code: what its lines begin with is not Markdown.
struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// The fence that `line` is, if it is one.
    fn of(line: &Line) -> Option<Self> {
        let text = line.text.trim_start();
        let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let length = text.chars().take_while(|letter| *letter == mark).count();
        let is_inline = mark == '`' && text[length..].contains('`');
        (length >= 3 && line.indentation() < 4 && !is_inline).then_some(Self { mark, length })
    }

    fn is_closed_by(&self, line: &Line) -> bool {
        let text = line.text.trim();
        Self::of(line).is_some_and(|other| other.mark == self.mark && other.length >= self.length)
            && text.chars().all(|letter| letter == self.mark)
    }
}

pub(super) fn parse(lines: Vec<Line>, errors: &mut Errors) -> Documentation {
    let mut text = Vec::new();
    let mut arguments = Vec::new();
    let mut returns = Vec::new();
    let mut other = Vec::new();
    let mut section = Section::Text;
    let mut fence: Option<Fence> = None;
    for line in lines {
        let opened = Fence::of(&line);
        if let Some(open) = &fence {
            if open.is_closed_by(&line) {
                fence = None;
            }
        } else if opened.is_some() {
            fence = opened;
        } else if let Some(heading) = heading(&line) {
            section = Section::of_heading(heading);
            continue;
        }
        let content = match section {
            Section::Text => &mut text,
            Section::Arguments => &mut arguments,
            Section::Returns => &mut returns,
            Section::Other => &mut other,
        };
        if fence.is_none()
            && is_underline(&line)
            && let Some(underlined) = take_heading(content)
        {
            section = Section::of_heading(&underlined);
            continue;
        }
        content.push(line);
    }
    let (summary, body) = summary_and_body(&text);
    Documentation {
        summary,
        body,
        arguments: list::arguments(&arguments, errors),
        returns: list::returns(&returns),
    }
}

/// Everything before the first section, the summary on one line.
pub(super) fn text(lines: Vec<Line>) -> Option<String> {
    // What sections of a function mean says nothing about a type.
    let mut ignored = Errors::new();
    let Documentation { summary, body, .. } = parse(lines, &mut ignored);
    ignored.into_found();
    let parts: Vec<String> = summary.into_iter().chain(body).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// The text of a heading that begins with `#`.
fn heading(line: &Line) -> Option<&str> {
    let text = line.text.trim_start();
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let is_heading =
        (1..=6).contains(&level) && line.indentation() < 4 && (rest.is_empty() || rest.starts_with(' '));
    is_heading.then_some(rest)
}

/// Whether a line makes a heading of the one above it.
fn is_underline(line: &Line) -> bool {
    let text = line.text.trim();
    line.indentation() < 4
        && text.len() >= 2
        && (text.bytes().all(|byte| byte == b'=') || text.bytes().all(|byte| byte == b'-'))
}

/// Takes the paragraph of one line that ends `content`, which turned out to be a heading.
fn take_heading(content: &mut Vec<Line>) -> Option<String> {
    let last = content.last().filter(|last| !last.is_blank() && !list::is_item(last))?.text.clone();
    let alone = content.len() < 2 || content[content.len() - 2].is_blank();
    alone.then(|| {
        content.pop();
        last
    })
}

/// The first paragraph on one line, and what follows it as it is.
fn summary_and_body(text: &[Line]) -> (Option<String>, Option<String>) {
    let start = text.iter().position(|line| !line.is_blank()).unwrap_or(text.len());
    let text = &text[start..];
    let end = text.iter().position(|line| line.is_blank() || Fence::of(line).is_some()).unwrap_or(text.len());
    let summary: Vec<&str> = text[..end].iter().map(|line| line.text.trim()).collect();
    let body: Vec<&str> = text[end..].iter().map(|line| line.text.as_str()).collect();
    let body = body.join("\n");
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    (some(&summary.join(" ")), some(body.trim_matches('\n').trim_end()))
}
