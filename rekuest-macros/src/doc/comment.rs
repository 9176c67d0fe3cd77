//! The lines of a doc comment, in whatever way it was written: `///`, `/** */`, `#[doc = "…"]` or
//! `#[doc = include_str!("…")]`.

use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Lit, LitStr, Meta};

use super::Line;
use crate::arguments::{literal, ungroup};
use crate::errors::Errors;

/// How a piece of a comment was written. Pieces of one kind share their indentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `/// …`
    Line,
    /// `/** … */`
    Block,
    /// `#[doc = …]`, or written by a macro.
    Attribute,
}

/// All lines, in order. What is not text is reported, never dropped.
pub(super) fn lines(attributes: &[Attribute], errors: &mut Errors) -> Vec<Line> {
    let mut pieces: Vec<(Kind, Vec<Line>)> = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        // `#[doc(hidden)]` and the like are no text.
        let Meta::NameValue(doc) = &attribute.meta else { continue };
        let Some((kind, text)) = text(attribute, &doc.value, errors) else { continue };
        // The value stands on the line itself where the comment was written as an attribute.
        let span = if kind == Kind::Attribute { doc.value.span() } else { attribute.span() };
        let lines: Vec<Line> = match kind {
            Kind::Block => without_stars(&text),
            Kind::Line | Kind::Attribute => text.lines().map(str::to_owned).collect(),
        }
        .into_iter()
        .map(|text| Line { text: text.replace('\t', "    ").trim_end().to_owned(), span })
        .collect();
        // `///` alone is a blank line.
        let lines = if lines.is_empty() { vec![Line { text: String::new(), span }] } else { lines };
        match pieces.last_mut() {
            Some((last, all)) if *last == kind && kind != Kind::Block => all.extend(lines),
            _ => pieces.push((kind, lines)),
        }
    }
    pieces.into_iter().flat_map(|(kind, lines)| unindented(kind, lines)).collect()
}

/// The text of one attribute.
fn text(attribute: &Attribute, value: &Expr, errors: &mut Errors) -> Option<(Kind, String)> {
    if let Some(Lit::Str(text)) = literal(value) {
        let source = attribute.pound_token.span.source_text().unwrap_or_default();
        let kind = match source.get(..3) {
            Some("///") => Kind::Line,
            Some("/**") => Kind::Block,
            _ => Kind::Attribute,
        };
        return Some((kind, text.value()));
    }
    match ungroup(value.clone()) {
        Expr::Macro(call)
            if call.mac.path.segments.last().is_some_and(|last| last.ident == "include_str") =>
        {
            match call.mac.parse_body::<LitStr>() {
                Ok(path) => included(&path).map_err(|reason| errors.on(value, reason)).ok(),
                Err(_) => {
                    errors.on(
                        value,
                        "the definition is made of this file, so its path has to be a string literal",
                    );
                    None
                }
            }
        }
        _ => {
            errors.on(
                value,
                "the definition is made of the doc comment, so it has to be a string literal or `include_str!(\"…\")`",
            );
            None
        }
    }
    .map(|text| (Kind::Attribute, text))
}

/// The text of a file beside the source file, as `include_str!` finds it.
fn included(path: &LitStr) -> Result<String, String> {
    let refused = |reason: &str| {
        format!("rekuest cannot read this file: {reason}; write the documentation as a doc comment")
    };
    let source = path.span().local_file();
    let source = source.ok_or_else(|| refused("the compiler does not say where the source file is"))?;
    let file = source.parent().map(|folder| folder.join(path.value())).unwrap_or_else(|| path.value().into());
    std::fs::read_to_string(&file).map_err(|error| refused(&format!("{}: {error}", path.value())))
}

/// The lines of a `/** */` without the column of stars that many write in front of them.
fn without_stars(text: &str) -> Vec<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    // The first line follows `/**`, and what stands before `*/` on the last one is decoration.
    if lines.first().is_some_and(|first| first.trim().is_empty()) {
        lines.remove(0);
    }
    if lines.len() > 1 && lines.last().is_some_and(|last| last.trim().trim_matches('*').is_empty()) {
        lines.pop();
    }
    let followed = if text.starts_with('\n') { 0 } else { 1 };
    let mut columns =
        lines.iter().skip(followed).filter(|line| !line.trim().is_empty()).map(|line| line.find('*'));
    let column = columns.next().flatten();
    let starred = column.is_some_and(|column| {
        columns.all(|other| other == Some(column))
            && lines
                .iter()
                .skip(followed)
                .all(|line| line.get(..column).is_none_or(|before| before.trim().is_empty()))
    });
    let star = column.filter(|_| starred);
    let text_of = |(index, line): (usize, &str)| match star {
        Some(column) if index >= followed => line.get(column + 1..).unwrap_or_default().to_owned(),
        _ => line.to_owned(),
    };
    lines.into_iter().enumerate().map(text_of).collect()
}

/// The lines without the indentation that all of them share.
fn unindented(kind: Kind, mut lines: Vec<Line>) -> Vec<Line> {
    // What follows `/**` on its line is indented by itself.
    let own = usize::from(kind == Kind::Block && lines.len() > 1 && lines[0].indentation() <= 1);
    let (first, rest) = lines.split_at_mut(own);
    let shared = rest.iter().filter(|line| !line.is_blank()).map(Line::indentation).min().unwrap_or(0);
    for line in first {
        line.text = line.text.trim_start().to_owned();
    }
    for line in rest {
        line.text = line.text.get(shared..).unwrap_or_default().to_owned();
    }
    lines
}
