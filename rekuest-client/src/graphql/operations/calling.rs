//! Starting a call and cancelling it (protocol, section 2).

use std::collections::BTreeMap;

use rekuest_core::caller::CallTarget;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::operation;

/// Asks the server to have something run. Not idempotent: sent twice, it runs twice.
#[derive(Debug, Clone)]
pub struct Assign<'a> {
    /// The instance of the caller, which the events go to.
    pub instance_id: &'a str,
    /// What is to run it. Exactly one of the ways to say it is sent: of several, the action would win. A function is sent
    /// as the hash of its action; one whose hash is not known cannot be sent, and has to be looked for before.
    pub target: &'a CallTarget,
    /// The arguments, an object.
    pub args: &'a RawValue,
    /// The caller's own name for the call. Left out, this server would give all calls the same one.
    pub reference: Uuid,
    /// The assignation that this one is a part of.
    pub parent: Option<&'a str>,
    /// The implementations that are to serve dependencies, ids by key; the server chooses those that are not named.
    pub dependencies: &'a BTreeMap<String, String>,
}

impl Serialize for Assign<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut input = serializer.serialize_struct("AssignInput", 12)?;
        input.serialize_field("instanceId", self.instance_id)?;
        match self.target {
            CallTarget::ActionHash(hash) => input.serialize_field("actionHash", hash)?,
            CallTarget::Action(id) => input.serialize_field("action", id)?,
            CallTarget::Implementation(id) => input.serialize_field("implementation", id)?,
            CallTarget::Reservation(id) => input.serialize_field("reservation", id)?,
            CallTarget::Function(function) => {
                let unknown = || {
                    serde::ser::Error::custom(format!(
                        "the hash of the function `{}` is not known",
                        function.key
                    ))
                };
                input.serialize_field("actionHash", function.demand.hash.as_ref().ok_or_else(unknown)?)?;
            }
            other => return Err(serde::ser::Error::custom(format!("the target {other:?} is not known"))),
        }
        input.serialize_field("args", self.args)?;
        input.serialize_field("reference", &self.reference.to_string())?;
        input.serialize_field("parent", &self.parent)?;
        let dependencies = Some(self.dependencies).filter(|chosen| !chosen.is_empty());
        input.serialize_field("dependencies", &dependencies)?;
        input.serialize_field("cached", &false)?;
        input.serialize_field("log", &false)?;
        input.serialize_field("capture", &false)?;
        input.serialize_field("ephemeral", &false)?;
        input.serialize_field("hooks", &[(); 0])?;
        input.serialize_field("isHook", &false)?;
        input.end()
    }
}

/// The id of what an operation was about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Ided {
    /// The id.
    pub id: String,
}

operation!(Assign, "graphql/assign.graphql", Assign<'_>, "assign", Ided, input: true, idempotent: false);

/// Asks the server to have a call cancelled. It always succeeds; its effect is the agent's CANCELLED.
#[derive(Debug, Clone, Serialize)]
pub struct Cancel<'a> {
    /// The assignation.
    pub assignation: &'a str,
}

operation!(Cancel, "graphql/cancel.graphql", Cancel<'_>, "cancel", Ided, input: true, idempotent: true);
