//! The rules of ports, as keywords of JSON Schema and as exact checks.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::port::{Number, PortBuf, PortKind, Rule};
use crate::value::ValueError;

/// The rules of a port that agents enforce.
fn rules(port: &PortBuf) -> impl Iterator<Item = Rule> {
    let validators = port.validators.iter().flatten();
    validators.filter_map(|validator| Rule::parse(&validator.function)).filter(|rule| match rule {
        Rule::Len { .. } => matches!(port.kind, PortKind::String | PortKind::List),
        _ => matches!(port.kind, PortKind::Int | PortKind::Float),
    })
}

/// Adds the keywords that the rules of a port imply.
pub(super) fn limit(port: &PortBuf, schema: &mut Map<String, Value>) {
    for rule in rules(port) {
        match rule {
            Rule::Gt(bound) => tighten(schema, "exclusiveMinimum", of_number(bound)),
            Rule::Ge(bound) => tighten(schema, "minimum", of_number(bound)),
            Rule::Lt(bound) => tighten(schema, "exclusiveMaximum", of_number(bound)),
            Rule::Le(bound) => tighten(schema, "maximum", of_number(bound)),
            Rule::Len { min, max } if port.kind == PortKind::List => {
                tighten(schema, "minItems", min.map(Value::from));
                tighten(schema, "maxItems", max.map(Value::from));
            }
            // A code point is one or two UTF-16 units.
            Rule::Len { min, max } => {
                tighten(schema, "minLength", min.map(|min| json!(min.div_ceil(2))));
                tighten(schema, "maxLength", max.map(Value::from));
            }
        }
    }
}

/// Sets a keyword. Of two rules about the same, the tighter one counts.
fn tighten(schema: &mut Map<String, Value>, keyword: &str, bound: Option<Value>) {
    let Some(bound) = bound else { return };
    if let (Some(said), Some(new)) = (schema.get(keyword).and_then(Value::as_f64), bound.as_f64()) {
        let least = matches!(keyword, "minimum" | "exclusiveMinimum" | "minItems" | "minLength");
        let is_looser = if least { new <= said } else { new >= said };
        if is_looser {
            return;
        }
    }
    schema.insert(keyword.to_owned(), bound);
}

/// A bound as JSON; none for a whole number that JSON numbers cannot hold here.
fn of_number(bound: Number) -> Option<Value> {
    match bound {
        Number::Int(int) => {
            i64::try_from(int).map(Value::from).or_else(|_| u64::try_from(int).map(Value::from)).ok()
        }
        Number::Float(float) => Some(json!(float)),
    }
}

/// The rules of a port and of what is inside of it, to check values as agents do: whole numbers exactly, lengths of
/// texts in UTF-16 units.
#[derive(Debug)]
pub(super) struct Bounds {
    rules: Vec<Rule>,
    inner: Inner,
}

/// The rules of what is inside of a value.
#[derive(Debug)]
enum Inner {
    None,
    Items(Box<Bounds>),
    Entries(Box<Bounds>),
    Fields(Vec<(String, Bounds)>),
    Variants(Vec<(usize, Bounds)>),
}

impl Bounds {
    /// The rules of all members of an object, by key.
    pub(super) fn of_members(ports: &[PortBuf]) -> Vec<(String, Self)> {
        ports.iter().filter_map(|port| Some((port.key.clone(), Self::of(port)?))).collect()
    }

    /// The rules of a port; none if there is nothing to check.
    fn of(port: &PortBuf) -> Option<Self> {
        let item = || port.children().first().and_then(Self::of).map(Box::new);
        let inner = match port.kind {
            PortKind::List => item().map(Inner::Items),
            PortKind::Dict => item().map(Inner::Entries),
            PortKind::Model => {
                Some(Self::of_members(port.children())).filter(|fields| !fields.is_empty()).map(Inner::Fields)
            }
            PortKind::Union => {
                let variants = port.children().iter().enumerate();
                let variants: Vec<(usize, Self)> =
                    variants.filter_map(|(index, child)| Some((index, Self::of(child)?))).collect();
                (!variants.is_empty()).then_some(Inner::Variants(variants))
            }
            _ => None,
        };
        let rules: Vec<Rule> = rules(port).collect();
        match inner {
            None if rules.is_empty() => None,
            inner => Some(Self { rules, inner: inner.unwrap_or(Inner::None) }),
        }
    }

    /// What is out of bounds. A value of another shape than its port is passed over: that is the matter of the schema.
    fn check(&self, value: &RawValue) -> Vec<ValueError> {
        let mut errors: Vec<ValueError> =
            self.rules.iter().filter_map(|rule| rule.check(value).err()).collect();
        match &self.inner {
            Inner::None => {}
            Inner::Items(item) => {
                let items: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
                for (index, value) in items.into_iter().enumerate() {
                    errors.extend(item.check(value).into_iter().map(|error| error.at_index(index)));
                }
            }
            Inner::Entries(item) => {
                for (key, value) in entries(value) {
                    errors.extend(item.check(value).into_iter().map(|error| error.at_key(&key)));
                }
            }
            Inner::Fields(fields) => errors.extend(check_members(fields, value)),
            Inner::Variants(variants) => {
                let entries = entries(value);
                if let (Some(used), Some(value)) = (entries.get("use"), entries.get("value")) {
                    let variant = variants.iter().find(|(index, _)| used.get() == index.to_string());
                    let found = variant.map(|(_, bounds)| bounds.check(value)).unwrap_or_default();
                    errors.extend(found.into_iter().map(|error| error.at_key("value")));
                }
            }
        }
        errors
    }
}

/// What is out of bounds in an object with these members.
pub(super) fn check_members(members: &[(String, Bounds)], object: &RawValue) -> Vec<ValueError> {
    if members.is_empty() {
        return Vec::new();
    }
    let entries = entries(object);
    let given = members.iter().filter_map(|(key, bounds)| Some((key, bounds.check(entries.get(key)?))));
    given.flat_map(|(key, errors)| errors.into_iter().map(move |error| error.at_key(key))).collect()
}

/// The entries of an object, of several for one key the last; of anything else none.
fn entries(value: &RawValue) -> BTreeMap<String, &RawValue> {
    serde_json::from_str(value.get()).unwrap_or_default()
}
