//! `inspect`: the definitions as JSON, without a server.

use rekuest_core::Function;
use serde_json::{Value, json};

use super::print;
use crate::{App, Exit};

pub(super) fn inspect(app: &App) -> Exit {
    let registry = match app.registry() {
        Ok(registry) => registry,
        Err(error) => return Exit::failed(error.to_string()),
    };
    let functions: Result<Vec<Value>, serde_json::Error> = registry.iter().map(describe).collect();
    match functions.and_then(|functions| serde_json::to_string_pretty(&functions)) {
        Ok(text) => {
            print::result(text);
            Exit::SUCCESS
        }
        Err(error) => Exit::failed(format!("a definition cannot be written: {error}")),
    }
}

/// What is sent to a server, and the hash that it will have there.
fn describe(function: &Function) -> Result<Value, serde_json::Error> {
    let mut described = serde_json::to_value(function)?;
    described["hash"] = json!(function.definition()?.hash());
    Ok(described)
}
