//! `inspect`: the definitions as JSON, without a server.

use clap::Args;
use rekuest_core::Function;
use rekuest_core::schema::json_schema;
use serde_json::{Value, json};

use super::print;
use crate::{App, Exit};

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// Print the JSON Schemas of their arguments and returns instead
    #[arg(long)]
    json_schema: bool,
}

pub(super) fn inspect(app: &App, args: &InspectArgs) -> Exit {
    let functions = match app.functions() {
        Ok(functions) => functions,
        Err(error) => return Exit::failed(error.to_string()),
    };
    let describe = if args.json_schema { schemas } else { definition };
    let mut described = Vec::new();
    for function in functions {
        match describe(function) {
            Ok(one) => described.push(one),
            Err(error) => {
                let (interface, location) = (function.interface(), function.location());
                return Exit::failed(format!(
                    "the function `{interface}` at {location} has no definition: {error}"
                ));
            }
        }
    }
    // A list of JSON values is JSON.
    print::result(format_args!("{:#}", Value::Array(described)));
    Exit::SUCCESS
}

/// What is sent to a server, and the hash that it will have there.
fn definition(function: &Function) -> Result<Value, serde_json::Error> {
    let mut described = serde_json::to_value(function)?;
    described["hash"] = json!(function.definition()?.hash());
    Ok(described)
}

/// What the arguments and the returns have to be.
fn schemas(function: &Function) -> Result<Value, serde_json::Error> {
    let definition = function.definition()?;
    Ok(json!({
        "interface": function.interface(),
        "args": json_schema(&definition.args),
        "returns": json_schema(&definition.returns),
    }))
}
