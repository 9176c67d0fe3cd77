//! Values of Python, written down with their types: `{"int": 5}`, `{"model": "Point", "fields": {…}}`.

use std::collections::BTreeMap;
use std::fmt;

use crate::json::Json;

/// A value of Python. Two that are displayed the same are the same.
#[derive(Debug, Clone)]
pub(crate) enum Tagged {
    Null,
    /// Its digits.
    Int(String),
    Float(f64),
    Text(String),
    Bool(bool),
    /// In ISO 8601, with an offset or without.
    Date(String),
    List(Vec<Tagged>),
    Tuple(Vec<Tagged>),
    Dict(BTreeMap<String, Tagged>),
    /// The name of the enum and of its member: `Color.RED`.
    Enum(String),
    Structure {
        class: String,
        id: Box<Tagged>,
    },
    Model {
        class: String,
        fields: BTreeMap<String, Tagged>,
    },
    /// Anything else, as Python shows it.
    Object(String),
}

impl Tagged {
    /// Reads a tagged value; none for a tag that is not known.
    pub(crate) fn read(json: &Json) -> Option<Self> {
        if matches!(json, Json::Null) {
            return Some(Self::Null);
        }
        let (tag, value) = json.members().first()?;
        let text = || value.text().map(str::to_owned);
        let items = || value.items().iter().map(Self::read).collect::<Option<Vec<_>>>();
        let entries = |json: &Json| {
            let entry = |(key, value): &(String, Json)| Some((key.clone(), Self::read(value)?));
            json.members().iter().map(entry).collect::<Option<BTreeMap<_, _>>>()
        };
        Some(match (tag.as_str(), value) {
            ("int", Json::Int(digits) | Json::Text(digits)) => Self::Int(digits.clone()),
            ("float", Json::Float(float)) => Self::Float(*float),
            ("float", Json::Text(name)) => Self::Float(name.parse().ok()?),
            ("bool", Json::Bool(bool)) => Self::Bool(*bool),
            ("str", _) => Self::Text(text()?),
            ("datetime", _) => Self::Date(text()?),
            ("enum", _) => Self::Enum(text()?),
            ("object", _) => Self::Object(text()?),
            ("list", _) => Self::List(items()?),
            ("tuple", _) => Self::Tuple(items()?),
            ("dict", _) => Self::Dict(entries(value)?),
            ("structure", _) => {
                Self::Structure { class: text()?, id: Box::new(Self::read(json.get("id")?)?) }
            }
            ("model", _) => Self::Model { class: text()?, fields: entries(json.get("fields")?)? },
            _ => return None,
        })
    }

    /// How it is written down.
    pub(crate) fn to_json(&self) -> Json {
        let tag = |tag: &str, value: Json| (tag.to_owned(), value);
        let text = |text: &str| Json::Text(text.to_owned());
        let items = |items: &[Self]| Json::List(items.iter().map(Self::to_json).collect());
        let entries = |entries: &BTreeMap<String, Self>| {
            Json::Object(entries.iter().map(|(key, value)| (key.clone(), value.to_json())).collect())
        };
        Json::Object(match self {
            Self::Null => return Json::Null,
            Self::Int(digits) => vec![tag("int", text(digits))],
            Self::Float(float) => vec![tag("float", text(&float.to_string()))],
            Self::Text(value) => vec![tag("str", text(value))],
            Self::Bool(bool) => vec![tag("bool", Json::Bool(*bool))],
            Self::Date(date) => vec![tag("datetime", text(date))],
            Self::List(list) => vec![tag("list", items(list))],
            Self::Tuple(tuple) => vec![tag("tuple", items(tuple))],
            Self::Dict(dict) => vec![tag("dict", entries(dict))],
            Self::Enum(member) => vec![tag("enum", text(member))],
            Self::Structure { class, id } => vec![tag("structure", text(class)), tag("id", id.to_json())],
            Self::Model { class, fields } => vec![tag("model", text(class)), tag("fields", entries(fields))],
            Self::Object(shown) => vec![tag("object", text(shown))],
        })
    }
}

impl fmt::Display for Tagged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = |f: &mut fmt::Formatter<'_>, entries: &BTreeMap<String, Self>| {
            f.write_str("{")?;
            for (position, (key, value)) in entries.iter().enumerate() {
                write!(f, "{}{key:?}: {value}", if position == 0 { "" } else { ", " })?;
            }
            f.write_str("}")
        };
        match self {
            Self::Null => f.write_str("null"),
            Self::Int(digits) => write!(f, "int {digits}"),
            Self::Float(float) => write!(f, "float {float:?}"),
            Self::Text(text) => write!(f, "str {text:?}"),
            Self::Bool(bool) => write!(f, "bool {bool}"),
            Self::Date(date) => write!(f, "datetime {date}"),
            Self::Enum(member) => write!(f, "enum {member}"),
            Self::Object(shown) => write!(f, "object {shown}"),
            Self::Structure { class, id } => write!(f, "structure {class} {id}"),
            Self::List(items) | Self::Tuple(items) => {
                f.write_str(if matches!(self, Self::List(_)) { "list [" } else { "tuple [" })?;
                for (position, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if position == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Dict(dict) => {
                f.write_str("dict ")?;
                entries(f, dict)
            }
            Self::Model { class, fields } => {
                write!(f, "model {class} ")?;
                entries(f, fields)
            }
        }
    }
}
