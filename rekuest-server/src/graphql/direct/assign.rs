//! `assign`, from the text of its input to the text of its response.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::parser::types::{Field, OperationDefinition};
use async_graphql::{PathSegment, Pos, Response, ServerError};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::request::payload;
use super::selection::{Fields, fields, key, object, quoted, root, text};
use crate::state::Store;
use crate::state::assign::{Request, Target};
use crate::state::assignations::Assignation;
use crate::state::registries::Registry;

/// The plan of an `assign`.
pub(super) struct Assign {
    key: String,
    variable: String,
    at: Pos,
    name: String,
    call: Fields<CallField>,
}

/// What of a call is fixed when it is made.
#[derive(Clone, Copy)]
pub(super) enum CallField {
    Id,
    Reference,
}

impl CallField {
    pub(super) fn of(field: &Field) -> Option<Self> {
        if !field.selection_set.node.items.is_empty() {
            return None;
        }
        match field.name.node.as_str() {
            "id" => Some(Self::Id),
            "reference" => Some(Self::Reference),
            _ => None,
        }
    }
}

/// Writes those of a call.
pub(super) fn call(fields: &Fields<CallField>, call: &Assignation, out: &mut String) {
    object(fields, out, |field, out| match field {
        CallField::Id => quoted(call.id, out),
        CallField::Reference => text(Some(&call.reference), out),
    });
}

/// `AssignInput`, where it is as clients write it: texts are texts, and nothing is there that is not known. Any other is
/// left to the engine, which converts, or says what is wrong.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Input<'v> {
    instance_id: String,
    #[serde(default)]
    action: Option<String>,
    #[serde(default)]
    implementation: Option<String>,
    #[serde(default)]
    agent: Option<String>,
    #[serde(default)]
    action_hash: Option<String>,
    #[serde(default)]
    reservation: Option<String>,
    #[serde(default)]
    interface: Option<String>,
    #[serde(borrow)]
    args: &'v RawValue,
    #[serde(default)]
    reference: Option<String>,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default, rename = "cached")]
    _cached: bool,
    #[serde(default, rename = "log")]
    _log: bool,
    #[serde(default)]
    capture: bool,
    #[serde(default)]
    ephemeral: bool,
    #[serde(default)]
    dependencies: Option<BTreeMap<String, String>>,
    /// None that do anything.
    #[serde(default, rename = "hooks")]
    _hooks: Option<[(); 0]>,
    #[serde(default, rename = "isHook")]
    _is_hook: Option<bool>,
    #[serde(default, rename = "step")]
    _step: Option<bool>,
}

impl Input<'_> {
    fn request(self) -> Option<Request> {
        // What names nothing, or has other arguments than an object, is refused elsewhere.
        if !self.args.get().starts_with('{') {
            return None;
        }
        let target = Target::of(
            self.action,
            self.implementation,
            self.action_hash,
            self.agent.zip(self.interface),
            self.reservation,
        )?;
        Some(Request {
            instance_id: self.instance_id,
            target,
            args: self.args.to_owned(),
            reference: self.reference,
            parent: self.parent,
            dependencies: self.dependencies.unwrap_or_default(),
            capture: self.capture,
            ephemeral: self.ephemeral,
        })
    }
}

impl Assign {
    pub(super) fn plan(operation: &OperationDefinition) -> Option<Self> {
        let root = root(operation, "assign", "input", "AssignInput!")?;
        Some(Self {
            key: key(root.field),
            variable: root.variable.to_owned(),
            at: root.at,
            name: root.field.response_key().node.to_string(),
            call: fields(&root.field.selection_set.node, CallField::of)?,
        })
    }

    pub(super) fn execute(
        &self,
        store: &Store,
        caller: &Arc<Registry>,
        variables: &RawValue,
    ) -> Option<String> {
        let variables: HashMap<&str, &RawValue> = serde_json::from_str(variables.get()).ok()?;
        let input: Input<'_> = serde_json::from_str(variables.get(&*self.variable)?.get()).ok()?;
        let request = input.request()?;
        Some(match store.assign(caller, request) {
            Ok(view) => {
                let mut out = format!("{{\"data\":{{{}", self.key);
                call(&self.call, &view.call, &mut out);
                out.push_str("}}");
                out
            }
            Err(refused) => {
                let mut error = ServerError::new(refused.to_string(), Some(self.at));
                error.path = vec![PathSegment::Field(self.name.clone())];
                payload(&Response::from_errors(vec![error]))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_sends_is_understood() {
        let sent = r#"{"instanceId":"default","actionHash":"h","args":{"a": 1},"reference":"r","parent":null,
            "dependencies":null,"cached":false,"log":false,"capture":false,"ephemeral":false,"hooks":[],"isHook":false,
            "step":false}"#;
        let request = serde_json::from_str::<Input<'_>>(sent).expect("read").request().expect("a request");
        assert!(matches!(request.target, Target::Hash(hash) if hash == "h"));
        assert_eq!((request.args.get(), request.reference.as_deref()), (r#"{"a": 1}"#, Some("r")));
    }
}
