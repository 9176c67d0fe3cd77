//! The start sequence: what an agent tells the server before it connects (protocol, section 2).
//!
//! Each step is idempotent. It runs at every start, and again when the server turns out to have lost its data.

use rekuest_client::graphql::operations::{EnsureAgent, SetAgentStates, SetExtensionImplementations};
use rekuest_client::{Graphql, GraphqlError};
use rekuest_core::{Function, Registry};

use crate::AgentError;

/// The extension that all functions of a program are in.
const EXTENSION: &str = "default";

/// Registers the agent and its functions; returns the agent's id.
pub(crate) async fn register(
    graphql: &Graphql,
    registry: &Registry,
    name: &str,
    instance_id: &str,
) -> Result<String, RegistrationError> {
    let step = |step| move |source| RegistrationError { step, source };
    let states = SetAgentStates { instance_id, implementations: &[] };
    graphql.execute(&states).await.map_err(step("setting its states"))?;
    let agent = EnsureAgent { instance_id, name, extensions: &[EXTENSION] };
    let agent = graphql.execute(&agent).await.map_err(step("introducing itself"))?;
    let functions: Vec<&Function> = registry.iter().collect();
    let implementations = SetExtensionImplementations {
        instance_id,
        extension: EXTENSION,
        implementations: &functions,
        run_cleanup: true,
    };
    graphql.execute(&implementations).await.map_err(step("registering its functions"))?;
    tracing::debug!(agent = %agent.id, functions = functions.len(), "registered");
    Ok(agent.id)
}

/// A step of the start sequence that did not succeed.
#[derive(Debug)]
pub(crate) struct RegistrationError {
    pub(crate) step: &'static str,
    pub(crate) source: GraphqlError,
}

/// Makes sure that every definition can be written, before anything is sent.
pub(crate) fn check(registry: &Registry) -> Result<(), AgentError> {
    for function in registry.iter() {
        // Written to nowhere: all that can fail is a default.
        serde_json::to_writer(std::io::sink(), function).map_err(|error| AgentError::Definition {
            interface: function.interface().to_owned(),
            reason: error.to_string(),
        })?;
    }
    Ok(())
}
