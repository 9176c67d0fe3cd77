//! Differences in what is sent: returns of agents, arguments of callers.

use super::input::not_finite;
use super::{Exception, Ours};
use crate::tagged::Tagged;

pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        rule: "a FLOAT that is infinite or not a number is sent as Infinity or NaN",
        why: "that is no JSON, and breaks the connection",
        directions: &["actor_shrink", "postman_shrink"],
        labels: &[&[
            "FLOAT",
            "FLOAT default 1.5",
            "FLOAT default 1 (becomes INT)",
            "UNION int float",
            "UNION float str",
            "UNION structure memory model enum",
            "MODEL",
            "MODEL default (dropped)",
            "MODEL optional",
            "MODEL nested",
            "MODEL pydantic",
            "LIST of MODEL",
        ]],
        input: |case| case.value.as_ref().is_some_and(not_finite),
        ours: Ours::Refused,
    },
    Exception {
        rule: "an Optional return that is None fails",
        why: "its port says that it may be null (protocol, section 5)",
        directions: &["actor_shrink"],
        labels: &[&[
            "INT optional",
            "INT optional default 5",
            "UNION optional",
            "ENUM optional",
            "STRUCTURE optional",
            "MEMORY_STRUCTURE optional",
            "MODEL optional",
        ]],
        input: |case| matches!(case.value, Some(Tagged::Null)),
        ours: Ours::Is(|_| Some("{\"return0\":null}".to_owned())),
    },
    Exception {
        rule: "an argument is of the kind of its default at callers: a FLOAT is an INT, an ENUM of texts a STRING",
        why: "the kind is that of the type",
        directions: &["postman_shrink"],
        labels: &[&["FLOAT default 1 (becomes INT)", "ENUM str default (becomes STRING)"]],
        input: |case| matches!(case.value, Some(Tagged::Float(_) | Tagged::Int(_) | Tagged::Enum(_))),
        ours: Ours::Is(|case| match case.value.as_ref()? {
            Tagged::Int(digits) => Some(format!("{{\"x\":{:?}}}", digits.parse::<f64>().ok()?)),
            value => Some(format!("{{\"x\":{}}}", wire(value)?)),
        }),
    },
    Exception {
        rule: "an argument with a default that is not nullable cannot be left out",
        why: "every argument with a default is nullable",
        directions: &["postman_shrink"],
        labels: &[&["Annotated INT withDefault(7), not nullable"]],
        input: |case| matches!(case.value, None | Some(Tagged::Null)),
        ours: Ours::Is(|_| Some("{\"x\":null}".to_owned())),
    },
    Exception {
        rule: "a BOOL for a UNION of INT and BOOL is sent as an INT",
        why: "a value in Rust knows its variant",
        directions: &["actor_shrink", "postman_shrink"],
        labels: &[&["UNION int bool"]],
        input: |case| matches!(case.value, Some(Tagged::Bool(_))),
        ours: Ours::Is(|case| {
            let key = if case.direction == "actor_shrink" { "return0" } else { "x" };
            let Some(Tagged::Bool(bool)) = case.value else { return None };
            Some(format!("{{\"{key}\":{{\"use\":1,\"value\":{bool}}}}}"))
        }),
    },
    Exception {
        rule: "a caller cannot send a LIST or DICT as the variant of a UNION",
        why: "a value in Rust knows its variant",
        directions: &["postman_shrink"],
        labels: &[&["UNION LIST DICT", "UNION of LISTs"]],
        input: |case| matches!(case.value, Some(Tagged::List(_) | Tagged::Dict(_))),
        ours: Ours::Is(|case| {
            let value = case.value.as_ref()?;
            let variant = match value {
                Tagged::List(items) => usize::from(matches!(items.first(), Some(Tagged::Text(_)))),
                _ => 1,
            };
            Some(format!("{{\"x\":{{\"use\":{variant},\"value\":{}}}}}", wire(value)?))
        }),
    },
    Exception {
        rule: "a caller cannot send a STRUCTURE, MODEL, ENUM or DATE as the variant of a UNION",
        why: "a value in Rust knows its variant",
        directions: &["postman_shrink"],
        labels: &[&["UNION structure memory model enum"]],
        input: |case| case.value.is_some(),
        ours: Ours::Is(|case| {
            let value = case.value.as_ref()?;
            let variant = match value {
                Tagged::Structure { .. } => 0,
                Tagged::Text(_) => 1,
                Tagged::Model { .. } => 2,
                Tagged::Enum(_) => 3,
                Tagged::Date(_) => 4,
                _ => return None,
            };
            Some(format!("{{\"x\":{{\"use\":{variant},\"value\":{}}}}}", wire(value)?))
        }),
    },
];

/// What is sent for a value that is no union, the keys in alphabetical order; none for what has no JSON.
fn wire(value: &Tagged) -> Option<String> {
    Some(match value {
        Tagged::Null => "null".to_owned(),
        Tagged::Int(digits) => digits.clone(),
        Tagged::Float(float) if float.is_finite() => format!("{float:?}"),
        Tagged::Text(text) | Tagged::Date(text) => format!("{text:?}"),
        Tagged::Bool(bool) => bool.to_string(),
        Tagged::Enum(member) => format!("{:?}", member.split_once('.')?.1),
        Tagged::Structure { id, .. } => match &**id {
            Tagged::Int(id) | Tagged::Text(id) => format!("{id:?}"),
            _ => return None,
        },
        Tagged::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(wire).collect();
            format!("[{}]", items?.join(","))
        }
        Tagged::Dict(entries) => {
            let entry = |(key, value)| Some(format!("{key:?}:{}", wire(value)?));
            let entries: Option<Vec<String>> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries?.join(","))
        }
        Tagged::Model { fields, .. } => {
            let field = |key| wire(fields.get(key)?);
            let y = match fields.get("y")? {
                Tagged::Int(digits) => format!("{digits}.0"),
                other => wire(other)?,
            };
            format!("{{\"name\":{},\"x\":{},\"y\":{y}}}", field("name")?, field("x")?)
        }
        Tagged::Float(_) | Tagged::Tuple(_) | Tagged::Object(_) => return None,
    })
}
