//! JSON Schema from ports, and validation of values against them.
//!
//! One schema for everybody who sends: the client before arguments travel, the server at `assign`, the command line.
//! The schema is the strict form (protocol, section 5); what an agent tolerates beyond it is the matter of
//! [`Expand`](crate::Expand) alone. Errors have the same paths and the same words as there.

mod bounds;
mod validator;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::port::{PortBuf, PortKind};

pub use validator::{SchemaError, Validator};

/// The draft that the schemas are written in.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The JSON Schema of an object with these ports: the arguments of a function, or its returns.
///
/// It is of draft 2020-12, as its `$schema` says. A port is required unless it takes null or has a default, and so is
/// the field of a model; other keys are not allowed. A nullable port also takes `null`, and its default, if it has one,
/// is its `default`.
///
/// | kind | schema |
/// |---|---|
/// | INT, FLOAT, STRING, BOOL | `integer`, `number`, `string`, `boolean` |
/// | DATE | `string`, of the format `date-time`, which validators need not assert |
/// | LIST, DICT | `array` with `items`, `object` with `additionalProperties` |
/// | MODEL | `object` with its fields as `properties` |
/// | ENUM | `enum` of the values |
/// | UNION | `anyOf` of objects with the variant's index as `use`, and its `value` |
/// | STRUCTURE | the id, `string` or `integer` |
/// | MEMORY_STRUCTURE | the id of the drawer, `string` |
///
/// Labels and descriptions become `title` and `description`. Of the validators, those that agents enforce become
/// `minimum`, `exclusiveMinimum`, `maximum`, `exclusiveMaximum`, `minItems`, `maxItems`. The length of a text is counted
/// in UTF-16 units by user interfaces and agents, and in code points by JSON Schema: `minLength` and `maxLength` are what
/// follows from the one for the other, and [`Validator`] checks the rest. Other JavaScript has no schema.
///
/// It is the strict form, for who sends. An agent of this library takes more: an integral float or a numeric string for
/// INT, a numeric string for FLOAT, `0`, `1`, `"true"` and `"false"` for BOOL, a variant without `use`, null for a model's
/// field with a default, and keys that it does not know.
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
    bounds::limit(port, &mut schema);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(ports: Value) -> Value {
        let ports: Vec<PortBuf> = serde_json::from_value(ports).expect("ports");
        json_schema(&ports)
    }

    /// The schema of the one port.
    fn port(port: Value) -> Value {
        schema(json!([port]))["properties"]["x"].clone()
    }

    #[test]
    fn an_object_requires_what_has_neither_null_nor_a_default() {
        let found = schema(json!([
            {"key": "b", "kind": "INT"},
            {"key": "a", "kind": "INT", "nullable": true},
            {"key": "c", "kind": "MODEL", "identifier": "point", "children": [
                {"key": "x", "kind": "FLOAT"}, {"key": "label", "kind": "STRING", "default": "origin"}]},
        ]));
        let expected = json!({
            "$schema": DRAFT,
            "type": "object",
            "required": ["b", "c"],
            "additionalProperties": false,
            "properties": {
                "b": {"type": "integer"},
                "a": {"type": ["integer", "null"]},
                "c": {
                    "type": "object",
                    "required": ["x"],
                    "additionalProperties": false,
                    "properties": {"x": {"type": "number"}, "label": {"type": "string", "default": "origin"}},
                },
            },
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn null_goes_with_every_kind() {
        let nullable = |kind: &str| port(json!({"key": "x", "kind": kind, "nullable": true}));
        assert_eq!(nullable("STRUCTURE"), json!({"type": ["string", "integer", "null"]}));
        assert_eq!(nullable("DATE"), json!({"type": ["string", "null"], "format": "date-time"}));
        assert_eq!(nullable("ENUM"), json!({"enum": [null]}));
        assert_eq!(nullable("UNION"), json!({"anyOf": [{"type": "null"}]}));
        let default = json!({"key": "x", "kind": "INT", "nullable": true, "default": 3, "label": "X", "description": "an x"});
        let expected =
            json!({"type": ["integer", "null"], "default": 3, "title": "X", "description": "an x"});
        assert_eq!(port(default), expected);
        assert_eq!(port(json!({"key": "x", "kind": "INT", "default": null})), json!({"type": "integer"}));
    }

    #[test]
    fn rules_become_keywords_that_they_imply() {
        let ruled = |kind: &str, functions: &[&str]| {
            let validators: Vec<Value> =
                functions.iter().map(|function| json!({"function": function})).collect();
            port(json!({"key": "x", "kind": kind, "validators": validators}))
        };
        let between = ["(x) => x > 1", "(x) => x <= 2.5"];
        let expected = json!({"type": "number", "exclusiveMinimum": 1, "maximum": 2.5});
        assert_eq!(ruled("FLOAT", &between), expected);
        let tight = ["(x) => x >= 3", "(x) => x >= 2", "(x) => x < 7", "(x) => x < 5"];
        assert_eq!(ruled("INT", &tight), json!({"type": "integer", "minimum": 3, "exclusiveMaximum": 5}));
        let length = ["(x) => x.length >= 3 && x.length <= 5"];
        assert_eq!(ruled("LIST", &length), json!({"type": "array", "minItems": 3, "maxItems": 5}));
        assert_eq!(ruled("STRING", &length), json!({"type": "string", "minLength": 2, "maxLength": 5}));
        assert_eq!(ruled("DICT", &length), json!({"type": "object"}), "an object has no length");
        assert_eq!(ruled("STRING", &between), json!({"type": "string"}), "text is no number");
        assert_eq!(ruled("INT", &["(x) => x % 2 == 0"]), json!({"type": "integer"}));
        let huge = "(x) => x < 340282366920938463463374607431768211455";
        assert!(ruled("INT", &[huge])["exclusiveMaximum"].is_f64(), "it is read as a float");
    }

    #[test]
    fn every_schema_is_one_of_its_draft() {
        let ports = json!([
            {"key": "u", "kind": "UNION", "children": [
                {"key": "0", "kind": "LIST", "children": [{"key": "...", "kind": "DATE"}]},
                {"key": "1", "kind": "DICT", "children": [{"key": "...", "kind": "ENUM", "choices": [
                    {"value": "RED", "label": "Red"}]}]},
                {"key": "2", "kind": "MEMORY_STRUCTURE"}]}]);
        let schema = schema(ports);
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{schema:#}");
    }
}
