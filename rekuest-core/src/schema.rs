//! JSON Schema from ports, and validation of values against them.
//!
//! One schema for everybody who sends: the client before arguments travel, the server at `assign`, the command line.
//! It is the strict form (protocol, section 5); what an agent tolerates beyond it is the matter of
//! [`Expand`](crate::Expand) alone. Errors have the same paths and the same words as there.

use std::collections::BTreeSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::LocationSegment;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::port::{PortBuf, PortKind};
use crate::value::ValueError;

/// The draft that the schemas are written in.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The JSON Schema (draft 2020-12) of an object with these ports: the arguments of a function, or its returns.
///
/// A port is required unless it takes null or has a default. Other keys are not allowed.
pub fn json_schema(ports: &[PortBuf]) -> Value {
    let mut schema = Map::from_iter([("$schema".to_owned(), json!(DRAFT))]);
    schema.insert("type".to_owned(), json!("object"));
    object(ports, &mut schema);
    Value::Object(schema)
}

/// The keywords of an object with these members.
fn object(ports: &[PortBuf], schema: &mut Map<String, Value>) {
    let properties: Map<String, Value> = ports.iter().map(|port| (port.key.clone(), of_port(port))).collect();
    let required: BTreeSet<&str> =
        ports.iter().filter(|port| is_required(port)).map(|port| port.key.as_str()).collect();
    schema.insert("required".to_owned(), json!(required));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("additionalProperties".to_owned(), json!(false));
}

fn is_required(port: &PortBuf) -> bool {
    !port.nullable && port.default.is_none()
}

/// The schema of one value.
fn of_port(port: &PortBuf) -> Value {
    let mut schema = Map::new();
    let mut set = |keyword: &str, value: Value| schema.insert(keyword.to_owned(), value);
    let types: &[&str] = match port.kind {
        PortKind::Int => &["integer"],
        PortKind::Float => &["number"],
        PortKind::String => &["string"],
        PortKind::Bool => &["boolean"],
        PortKind::Date => {
            set("format", json!("date-time"));
            &["string"]
        }
        PortKind::Structure | PortKind::Interface => &["string", "integer"],
        PortKind::MemoryStructure => &["string"],
        PortKind::List => {
            if let Some(item) = port.children().first() {
                set("items", of_port(item));
            }
            &["array"]
        }
        PortKind::Dict => {
            if let Some(item) = port.children().first() {
                set("additionalProperties", of_port(item));
            }
            &["object"]
        }
        PortKind::Model => {
            object(port.children(), &mut schema);
            &["object"]
        }
        PortKind::Enum => {
            let mut values: Vec<Value> = port
                .choices()
                .iter()
                .filter_map(|choice| serde_json::from_str(choice.value.get()).ok())
                .collect();
            if port.nullable {
                values.push(Value::Null);
            }
            set("enum", Value::Array(values));
            &[]
        }
        PortKind::Union => {
            let variants = port.children().iter().enumerate().map(|(index, child)| variant(index, child));
            let null = port.nullable.then(|| json!({"type": "null"}));
            set("anyOf", variants.chain(null).collect());
            &[]
        }
    };
    if !types.is_empty() {
        let null = port.nullable.then_some("null");
        let types: Vec<&str> = types.iter().copied().chain(null).collect();
        schema.insert("type".to_owned(), if let [one] = types[..] { json!(one) } else { json!(types) });
    }
    for (keyword, text) in [("title", &port.label), ("description", &port.description)] {
        if let Some(text) = text {
            schema.insert(keyword.to_owned(), json!(text));
        }
    }
    if let Some(default) = port.default.as_ref().and_then(|default| serde_json::from_str(default.get()).ok())
    {
        schema.insert("default".to_owned(), default);
    }
    Value::Object(schema)
}

fn variant(index: usize, child: &PortBuf) -> Value {
    json!({
        "type": "object",
        "properties": {"use": {"const": index}, "value": of_port(child)},
        "required": ["use", "value"],
        "additionalProperties": false,
    })
}

/// Validates objects against ports. Made once, used for many.
#[derive(Debug)]
pub struct Validator {
    ports: Vec<PortBuf>,
    schema: jsonschema::Validator,
}

/// Ports that no JSON Schema can be made of. Definitions come from other apps, so this is a mistake of theirs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the ports cannot be validated against: {0}")]
pub struct SchemaError(String);

impl Validator {
    /// A validator of objects with these ports.
    ///
    /// # Errors
    /// When the ports make no valid JSON Schema.
    pub fn new(ports: &[PortBuf]) -> Result<Self, SchemaError> {
        let schema = jsonschema::draft202012::new(&json_schema(ports))
            .map_err(|error| SchemaError(error.to_string()))?;
        Ok(Self { ports: ports.to_vec(), schema })
    }

    /// Checks an object of arguments.
    ///
    /// # Errors
    /// Every mistake there is, in the order of the ports, each with its path.
    pub fn check(&self, object: &RawValue) -> Result<(), Vec<ValueError>> {
        let value: Value = serde_json::from_str(object.get())
            .map_err(|error| vec![ValueError::invalid(format!("the arguments cannot be read: {error}"))])?;
        if !value.is_object() {
            return Err(vec![ValueError::expected_json("an object of arguments", object)]);
        }
        let errors: Vec<ValueError> =
            self.schema.iter_errors(&value).flat_map(|error| self.explain(&error)).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Says what is wrong in the words of ports.
    fn explain(&self, error: &jsonschema::ValidationError<'_>) -> Vec<ValueError> {
        let path: Vec<LocationSegment<'_>> = error.instance_path().into_iter().collect();
        let port = self.port_at(&path);
        let found = match error.kind() {
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                let expected =
                    members(&self.ports, port).iter().find(|member| member.key == key).map(describe);
                vec![ValueError::missing(expected.unwrap_or_default()).at_key(key)]
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let known: Vec<String> =
                    members(&self.ports, port).iter().map(|member| format!("`{}`", member.key)).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let unknown = |key: &String| {
                    ValueError::invalid(format!("unknown, expected one of: {known}")).at_key(key)
                };
                unexpected.iter().map(unknown).collect()
            }
            _ => vec![ValueError::expected(port.map(describe).unwrap_or_default(), error.instance())],
        };
        found.into_iter().map(|error| seen_from_outside(error, &path)).collect()
    }

    /// The port of the value at `path`; none for the object itself.
    fn port_at(&self, path: &[LocationSegment<'_>]) -> Option<&PortBuf> {
        let (first, rest) = path.split_first()?;
        let mut port = member(&self.ports, first)?;
        for segment in rest {
            port = match port.kind {
                PortKind::List | PortKind::Dict => port.children().first()?,
                _ => member(port.children(), segment)?,
            };
        }
        Some(port)
    }
}

fn member<'p>(ports: &'p [PortBuf], segment: &LocationSegment<'_>) -> Option<&'p PortBuf> {
    match segment {
        LocationSegment::Property(key) => ports.iter().find(|port| port.key == key.as_ref()),
        LocationSegment::Index(_) => None,
    }
}

/// The members of the object at a port; of the outermost one if there is no port.
fn members<'p>(ports: &'p [PortBuf], port: Option<&'p PortBuf>) -> &'p [PortBuf] {
    port.map_or(ports, PortBuf::children)
}

fn seen_from_outside(error: ValueError, path: &[LocationSegment<'_>]) -> ValueError {
    path.iter().rev().fold(error, |error, segment| match segment {
        LocationSegment::Property(key) => error.at_key(key.as_ref()),
        LocationSegment::Index(index) => error.at_index(*index),
    })
}

/// What a port takes, for an error: `INT`, `one of "RED", "GREEN"`, `INT or null`.
fn describe(port: &PortBuf) -> String {
    let kind = match port.kind {
        PortKind::Enum => {
            let values: Vec<&str> = port.choices().iter().map(|choice| choice.value.get()).collect();
            format!("one of {}", values.join(", "))
        }
        PortKind::Union => {
            let variants = port.children().iter().enumerate();
            let variants: Vec<String> =
                variants.map(|(index, child)| format!("{index}: {}", describe(child))).collect();
            format!("UNION as {{\"use\": …, \"value\": …}} of {}", variants.join(", "))
        }
        PortKind::Structure | PortKind::MemoryStructure => {
            format!("{} {} by its id", port.kind, port.identifier.as_deref().unwrap_or_default())
        }
        kind => kind.to_string(),
    };
    if port.nullable { format!("{kind} or null") } else { kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ports(json: Value) -> Vec<PortBuf> {
        serde_json::from_value(json).expect("ports")
    }

    fn mistakes(ports_json: Value, args: &str) -> Vec<String> {
        let object: Box<RawValue> = serde_json::from_str(args).expect("json");
        let checked = Validator::new(&ports(ports_json)).expect("schema").check(&object);
        checked.err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn arguments_that_fit_have_no_mistakes() {
        let ports = json!([{"key": "a", "kind": "INT"}, {"key": "b", "kind": "FLOAT", "nullable": true, "default": 1.5}]);
        assert!(mistakes(ports.clone(), r#"{"a": 1}"#).is_empty());
        assert!(mistakes(ports, r#"{"a": 1, "b": null}"#).is_empty());
    }

    #[test]
    fn every_mistake_has_its_path() {
        let ports = json!([
            {"key": "a", "kind": "INT"},
            {"key": "b", "kind": "LIST", "children": [{"key": "...", "kind": "MODEL", "children": [
                {"key": "label", "kind": "STRING"}]}]},
            {"key": "c", "kind": "DICT", "children": [{"key": "...", "kind": "INT"}]},
        ]);
        let found = mistakes(ports, r#"{"b": [{"label": "x"}, {"label": 5}], "c": {"k.e": "y"}, "d": 1}"#);
        assert!(found.contains(&"a: missing, expected INT".to_owned()), "{found:?}");
        assert!(found.contains(&"b[1].label: expected STRING, got 5".to_owned()), "{found:?}");
        assert!(found.contains(&"c[\"k.e\"]: expected INT, got \"y\"".to_owned()), "{found:?}");
        assert!(found.contains(&"d: unknown, expected one of: `a`, `b`, `c`".to_owned()), "{found:?}");
        assert_eq!(found.len(), 4, "{found:?}");
    }

    #[test]
    fn enums_and_unions_say_what_they_take() {
        let ports = json!([
            {"key": "e", "kind": "ENUM", "choices": [{"value": "RED", "label": "Red"}]},
            {"key": "u", "kind": "UNION", "children": [{"key": "0", "kind": "INT"}, {"key": "1", "kind": "STRING"}]},
        ]);
        assert!(mistakes(ports.clone(), r#"{"e": "RED", "u": {"use": 1, "value": "x"}}"#).is_empty());
        let found = mistakes(ports, r#"{"e": "BLUE", "u": {"use": 0, "value": "x"}}"#);
        assert!(found[0].starts_with("e: expected one of \"RED\", got"), "{found:?}");
        assert!(found[1].starts_with("u: expected UNION as"), "{found:?}");
    }
}
