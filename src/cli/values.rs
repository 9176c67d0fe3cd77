//! Values on the command line: `key=value`, read by the kind of the port.

use std::collections::BTreeMap;
use std::path::Path;

use rekuest_core::{PortBuf, PortKind};
use serde_json::Value;
use serde_json::value::RawValue;

/// The arguments in a file, or in standard input for `-`.
///
/// # Errors
/// When it cannot be read, or holds no JSON object.
pub(super) fn read_file(path: &Path) -> Result<BTreeMap<String, Value>, String> {
    let name = path.display();
    let text = match path == Path::new("-") {
        true => std::io::read_to_string(std::io::stdin()),
        false => std::fs::read_to_string(path),
    };
    let text = text.map_err(|error| format!("the arguments in {name} cannot be read: {error}"))?;
    serde_json::from_str(&text)
        .map_err(|error| format!("expected a JSON object of arguments in {name}: {error}"))
}

/// Makes an object of arguments: of what was given, and of what a file has besides. A value that cannot be read as its
/// port's kind is left a text, so that the error about it has the words of every other.
///
/// # Errors
/// When a text is not `key=value`, or a key is given twice.
pub(super) fn parse(
    given: &[String],
    file: BTreeMap<String, Value>,
    ports: &[PortBuf],
) -> Result<Box<RawValue>, String> {
    let mut args = BTreeMap::new();
    for text in given {
        let (key, value) =
            text.split_once('=').ok_or_else(|| format!("expected an argument as key=value, got `{text}`"))?;
        let kind = ports.iter().find(|port| port.key == key).map(|port| port.kind);
        if args.insert(key, read(value, kind)).is_some() {
            return Err(format!("the argument `{key}` is given twice"));
        }
    }
    for (key, value) in &file {
        args.entry(key.as_str()).or_insert_with(|| value.clone());
    }
    serde_json::value::to_raw_value(&args)
        .map_err(|error| format!("the arguments cannot be written: {error}"))
}

fn read(text: &str, kind: Option<PortKind>) -> Value {
    let as_text = || Value::String(text.to_owned());
    match kind {
        Some(
            PortKind::String
            | PortKind::Enum
            | PortKind::Date
            | PortKind::Structure
            | PortKind::MemoryStructure,
        )
        | None => as_text(),
        Some(_) => serde_json::from_str(text).unwrap_or_else(|_| as_text()),
    }
}

/// A value that the port takes, for people to change.
pub(super) fn example(port: &PortBuf) -> &'static str {
    match port.kind {
        PortKind::Int => "1",
        PortKind::Float => "1.5",
        PortKind::Bool => "true",
        PortKind::List => "'[]'",
        PortKind::Dict | PortKind::Model | PortKind::Union => "'{}'",
        _ => "text",
    }
}

/// The kind of a port, for people: `LIST of INT`.
pub(super) fn kind(port: &PortBuf) -> String {
    match (port.children(), &port.identifier) {
        ([item], None) => format!("{} of {}", port.kind, kind(item)),
        (_, Some(identifier)) => format!("{} {identifier}", port.kind),
        _ => port.kind.to_string(),
    }
}

/// How returns are printed: nothing for none, the value for one, the object for several. A text is printed as it is.
pub(super) fn show(returns: &RawValue) -> Option<String> {
    let returns: BTreeMap<String, Box<RawValue>> = serde_json::from_str(returns.get()).ok()?;
    match returns.len() {
        0 => None,
        1 => returns.values().next().map(|value| {
            serde_json::from_str::<String>(value.get()).unwrap_or_else(|_| value.get().to_owned())
        }),
        _ => serde_json::to_string(&returns).ok(),
    }
}
