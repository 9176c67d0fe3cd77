//! What a document selects, as far as it is plain: fields without directives and fragments, none of a key twice.

use std::fmt::{self, Write as _};

use async_graphql::Pos;
use async_graphql::parser::types::{Field, OperationDefinition, Selection, SelectionSet};

/// The fields of one level in their order, each with what its value is written behind: `"key":`.
pub(super) type Fields<F> = Vec<(String, F)>;

/// The one field that an operation asks for, and the variable that is its one argument.
pub(super) struct Root<'d> {
    pub(super) field: &'d Field,
    /// Where it stands in the document.
    pub(super) at: Pos,
    pub(super) variable: &'d str,
}

/// The root of an operation; none unless it is this field, with one argument of this name and type, all plain.
pub(super) fn root<'d>(
    operation: &'d OperationDefinition,
    name: &str,
    argument: &str,
    of_type: &str,
) -> Option<Root<'d>> {
    let [selection] = &*operation.selection_set.node.items else { return None };
    let Selection::Field(field) = &selection.node else { return None };
    let (at, field) = (field.pos, &field.node);
    let ([(given, value)], [variable]) = (&*field.arguments, &*operation.variable_definitions) else {
        return None;
    };
    let variable = &variable.node;
    let is_plain = field.directives.is_empty()
        && variable.directives.is_empty()
        && variable.default_value.is_none()
        && variable.var_type.node.to_string() == of_type
        && value.node.to_string() == format!("${}", variable.name.node);
    let is_this = field.name.node == name && given.node == argument;
    (is_plain && is_this).then_some(Root { field, at, variable: &variable.name.node })
}

/// The fields of a level; none unless all are plain and `known`.
pub(super) fn fields<F>(level: &SelectionSet, known: impl Fn(&Field) -> Option<F>) -> Option<Fields<F>> {
    let mut fields: Fields<F> = Vec::with_capacity(level.items.len());
    for selection in &level.items {
        let Selection::Field(field) = &selection.node else { return None };
        let field = &field.node;
        if !field.directives.is_empty() || !field.arguments.is_empty() {
            return None;
        }
        let key = key(field);
        if fields.iter().any(|(taken, _)| *taken == key) {
            return None;
        }
        fields.push((key, known(field)?));
    }
    (!fields.is_empty()).then_some(fields)
}

/// What the value of a field is written behind.
pub(super) fn key(field: &Field) -> String {
    // A name in GraphQL needs no escapes.
    format!("\"{}\":", field.response_key().node)
}

/// Writes an object of these fields.
pub(super) fn object<F>(fields: &Fields<F>, out: &mut String, write: impl Fn(&F, &mut String)) {
    out.push('{');
    for (position, (key, field)) in fields.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        out.push_str(key);
        write(field, out);
    }
    out.push('}');
}

/// Writes what needs no quotes.
pub(super) fn plain(value: impl fmt::Display, out: &mut String) {
    // Writing to a text does not fail.
    let _ = write!(out, "{value}");
}

/// Writes what needs quotes and no escapes.
pub(super) fn quoted(value: impl fmt::Display, out: &mut String) {
    plain(format_args!("\"{value}\""), out);
}

/// Writes a text, or null.
pub(super) fn text(value: Option<&str>, out: &mut String) {
    // A text always has a JSON.
    match value.map(serde_json::to_string) {
        Some(Ok(json)) => out.push_str(&json),
        _ => out.push_str("null"),
    }
}
