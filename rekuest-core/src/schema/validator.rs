//! [`Validator`]: checks objects against ports, in the words of ports.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use jsonschema::paths::LocationSegment;
use serde_json::Value;
use serde_json::value::RawValue;

use super::bounds::{Bounds, check_members};
use super::json_schema;
use crate::port::{PortBuf, PortKind};
use crate::value::{Segment, ValueError};

/// Validates objects against ports. Made once, used for many.
///
/// It checks the [schema](json_schema), and besides, as agents do, what a schema cannot say exactly: bounds of whole
/// numbers of any size, and lengths of texts in UTF-16 units.
#[derive(Debug)]
pub struct Validator {
    ports: Vec<PortBuf>,
    schema: jsonschema::Validator,
    bounds: Vec<(String, Bounds)>,
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
        Ok(Self { ports: ports.to_vec(), schema, bounds: Bounds::of_members(ports) })
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
        let mut errors: Vec<ValueError> =
            self.schema.iter_errors(&value).flat_map(|error| self.explain(&error, &value)).collect();
        for outside in check_members(&self.bounds, object) {
            // What is of another kind is out of bounds too, at times: that is one mistake, not two.
            if !errors.iter().any(|error| error.path().eq(outside.path())) {
                errors.push(outside);
            }
        }
        if errors.is_empty() {
            return Ok(());
        }
        errors.sort_by_key(|error| self.position(error));
        Err(errors)
    }

    /// The position of the port that an error is about; what is no port comes last.
    fn position(&self, error: &ValueError) -> usize {
        let port = match error.path().next() {
            Some(Segment::Key(key)) => self.ports.iter().position(|port| port.key == *key),
            _ => None,
        };
        port.unwrap_or(self.ports.len())
    }

    /// Says what is wrong in the words of ports.
    fn explain(&self, error: &ValidationError<'_>, value: &Value) -> Vec<ValueError> {
        let path: Vec<LocationSegment<'_>> = error.instance_path().into_iter().collect();
        let place = self.place(&path, value);
        let found = match error.kind() {
            ValidationErrorKind::Required { property } => {
                let key = property.as_str().unwrap_or_default();
                let expected = place.member(key).map(describe);
                vec![ValueError::missing(expected.unwrap_or_default()).at_key(key)]
            }
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                let known: Vec<String> = place.keys().map(|key| format!("`{key}`")).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let unknown = |key: &String| {
                    ValueError::invalid(format!("unknown, expected one of: {known}")).at_key(key)
                };
                unexpected.iter().map(unknown).collect()
            }
            // Said by the rules themselves, which agents follow too.
            ValidationErrorKind::Minimum { .. }
            | ValidationErrorKind::ExclusiveMinimum { .. }
            | ValidationErrorKind::Maximum { .. }
            | ValidationErrorKind::ExclusiveMaximum { .. }
            | ValidationErrorKind::MinItems { .. }
            | ValidationErrorKind::MaxItems { .. }
            | ValidationErrorKind::MinLength { .. }
            | ValidationErrorKind::MaxLength { .. } => return Vec::new(),
            // Of a union, the variant that the value says it is.
            ValidationErrorKind::AnyOf { context }
                if let Some(errors) = place.variant().and_then(|variant| context.get(variant)) =>
            {
                return errors.iter().flat_map(|error| self.explain(error, value)).collect();
            }
            _ => vec![ValueError::expected(place.port.map(describe).unwrap_or_default(), error.instance())],
        };
        found.into_iter().map(|error| seen_from_outside(error, &path)).collect()
    }

    /// What is at `path` in the object.
    fn place<'v>(&'v self, path: &[LocationSegment<'_>], object: &'v Value) -> Place<'v> {
        let mut place = Place { ports: &self.ports, port: None, value: object };
        for segment in path {
            let (port, value) = match segment {
                LocationSegment::Property(key) => (place.member(key), place.value.get(key.as_ref())),
                LocationSegment::Index(index) => (place.member("..."), place.value.get(index)),
            };
            place = Place { ports: &[], port, value: value.unwrap_or(&Value::Null) };
        }
        place
    }
}

/// A value inside of an object, and its port.
struct Place<'v> {
    /// The ports of the object itself.
    ports: &'v [PortBuf],
    /// The port of a value inside of it; none where there is no port, as for the `use` of a union.
    port: Option<&'v PortBuf>,
    value: &'v Value,
}

impl<'v> Place<'v> {
    /// The port of what is here under `key`.
    fn member(&self, key: &str) -> Option<&'v PortBuf> {
        let Some(port) = self.port else { return self.ports.iter().find(|port| port.key == key) };
        match port.kind {
            PortKind::List | PortKind::Dict => port.children().first(),
            PortKind::Union if key == "value" => port.children().get(self.variant()?),
            PortKind::Union => None,
            _ => port.children().iter().find(|child| child.key == key),
        }
    }

    /// The keys that can be here.
    fn keys(&self) -> impl Iterator<Item = &'v str> {
        let (ports, union): (_, &[&str]) = match self.port {
            None => (self.ports, &[]),
            Some(port) if port.kind == PortKind::Union => (&[][..], &["use", "value"]),
            Some(port) => (port.children(), &[]),
        };
        union.iter().copied().chain(ports.iter().map(|port| port.key.as_str()))
    }

    /// The variant that the value of a union says it is.
    fn variant(&self) -> Option<usize> {
        let port = self.port.filter(|port| port.kind == PortKind::Union)?;
        let variant = usize::try_from(self.value.get("use")?.as_u64()?).ok()?;
        (variant < port.children().len()).then_some(variant)
    }
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
    use serde_json::json;

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
        let found = mistakes(ports.clone(), r#"{"e": "BLUE", "u": {"use": 0, "value": "x"}}"#);
        assert_eq!(found, ["e: expected one of \"RED\", got \"BLUE\"", "u.value: expected INT, got \"x\""]);
        let union = |args: &str| mistakes(json!([ports[1]]), args).join("\n");
        let expected = r#"u: expected UNION as {"use": …, "value": …} of 0: INT, 1: STRING, got "#;
        assert_eq!(union(r#"{"u": 5}"#), format!("{expected}5"));
        assert_eq!(union(r#"{"u": {"use": 2}}"#), format!(r#"{expected}{{"use":2}}"#));
        assert_eq!(union(r#"{"u": {"use": 1}}"#), "u.value: missing, expected STRING");
        let more = union(r#"{"u": {"use": 1, "value": "x", "y": 2}}"#);
        assert_eq!(more, "u.y: unknown, expected one of: `use`, `value`");
    }

    #[test]
    fn a_mistake_deep_in_unions_and_models_has_its_path() {
        let inner = json!({"key": "1", "kind": "UNION", "children": [
            {"key": "0", "kind": "BOOL"},
            {"key": "1", "kind": "MODEL", "children": [
                {"key": "x", "kind": "FLOAT"},
                {"key": "y", "kind": "FLOAT", "default": 1.5},
                {"key": "z", "kind": "FLOAT", "nullable": true}]}]});
        let ports = json!([{"key": "u", "kind": "UNION", "nullable": true, "children": [
            {"key": "0", "kind": "INT"}, inner]}]);
        let found = |value: &str| mistakes(ports.clone(), &format!(r#"{{"u": {value}}}"#)).join("\n");
        assert_eq!(found("null"), "");
        let model = |value: &str| found(&format!(r#"{{"use": 1, "value": {{"use": 1, "value": {value}}}}}"#));
        assert_eq!(model(r#"{"x": 1.5, "z": null}"#), "");
        assert_eq!(model("{}"), "u.value.value.x: missing, expected FLOAT");
        assert_eq!(model(r#"{"x": 1.5, "y": null}"#), "u.value.value.y: expected FLOAT, got null");
        assert_eq!(model(r#"{"x": 1.5, "z": "a"}"#), "u.value.value.z: expected FLOAT or null, got \"a\"");
    }

    #[test]
    fn rules_are_checked_as_agents_do() {
        let rule = |function: &str| json!([{"function": function}]);
        let ports = json!([
            {"key": "n", "kind": "INT", "nullable": true, "validators": rule("(x) => x > 9007199254740992")},
            {"key": "f", "kind": "FLOAT", "nullable": true, "validators": rule("(x) => x <= 0.5")},
            {"key": "s", "kind": "STRING", "nullable": true, "validators": rule("(x) => x.length >= 3 && x.length <= 3")},
            {"key": "l", "kind": "LIST", "nullable": true, "validators": rule("(x) => x.length <= 1"), "children": [
                {"key": "...", "kind": "UNION", "children": [
                    {"key": "0", "kind": "INT", "validators": rule("(x) => x >= 1")},
                    {"key": "1", "kind": "MODEL", "children": [
                        {"key": "d", "kind": "DICT", "children": [
                            {"key": "...", "kind": "INT", "validators": rule("(x) => x < 1")}]}]}]}]},
            {"key": "j", "kind": "INT", "nullable": true, "validators": rule("(x) => x % 2 == 0")},
        ]);
        let found = |args: &str| mistakes(ports.clone(), args).join("\n");
        for fits in [
            r#"{"n": 9007199254740993, "f": 0.5, "s": "abc", "l": [{"use": 0, "value": 1}], "j": 3}"#,
            r#"{"n": null, "f": null, "s": "a😀", "l": [{"use": 1, "value": {"d": {"k": 0}}}]}"#,
        ] {
            assert_eq!(found(fits), "", "{fits}");
        }
        let got = "a number greater than 9007199254740992, got 9007199254740992";
        assert_eq!(found(r#"{"n": 9007199254740992}"#), format!("n: expected {got}"));
        assert_eq!(found(r#"{"n": "5"}"#), "n: expected INT or null, got \"5\"", "one mistake, not two");
        assert_eq!(found(r#"{"f": 0.75}"#), "f: expected a number of at most 0.5, got 0.75");
        assert_eq!(found(r#"{"s": "😀😀"}"#), "s: expected a length of 3, got \"😀😀\"");
        let item = r#"{"use": 0, "value": 1}"#;
        let long = format!("l: expected a length of at most 1, got [{item},{item}]");
        assert_eq!(found(&format!(r#"{{"l": [{item},{item}]}}"#)), long);
        let small = found(r#"{"l": [{"use": 0, "value": 0}]}"#);
        assert_eq!(small, "l[0].value: expected a number of at least 1, got 0");
        let large = found(r#"{"l": [{"use": 1, "value": {"d": {"k": 1}}}]}"#);
        assert_eq!(large, "l[0].value.d.k: expected a number less than 1, got 1");
    }

    #[test]
    fn mistakes_come_in_the_order_of_the_ports() {
        let ports = json!([{"key": "b", "kind": "INT"}, {"key": "a", "kind": "INT"}]);
        let found = mistakes(ports, r#"{"c": 1, "a": "x"}"#).join("\n");
        let expected =
            "b: missing, expected INT\na: expected INT, got \"x\"\nc: unknown, expected one of: `b`, `a`";
        assert_eq!(found, expected);
    }
}
