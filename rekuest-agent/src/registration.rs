//! The start sequence: what an agent tells the server before it connects (protocol, section 2).
//!
//! Each step is idempotent. It runs at every start, and again when the server turns out to have lost its data.

use rekuest_client::graphql::operations::{
    CreateImplementation, EnsureAgent, SetAgentStates, SetExtensionImplementations,
};
use rekuest_client::{Graphql, GraphqlError};
use rekuest_core::{Function, Registry};

use crate::AgentError;
use crate::workshop::EXTENSION;

/// Who registers what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Registration<'a> {
    pub(crate) graphql: &'a Graphql,
    pub(crate) registry: &'a Registry,
    pub(crate) name: &'a str,
    pub(crate) instance_id: &'a str,
    /// Functions that the server refuses are left out.
    pub(crate) leave_out_refused: bool,
}

/// What the server has taken.
#[derive(Debug)]
pub(crate) struct Registered {
    /// The agent's id.
    pub(crate) agent: String,
    /// The functions that it has not, and why.
    pub(crate) left_out: Vec<(String, String)>,
}

/// Why the start sequence did not succeed.
#[derive(Debug)]
pub(crate) enum RegistrationError {
    /// A step failed.
    Step(&'static str, GraphqlError),
    /// The server does not take these functions, and why.
    Refused(Vec<(String, String)>),
}

impl Registration<'_> {
    /// Registers the agent and its functions.
    pub(crate) async fn run(&self) -> Result<Registered, RegistrationError> {
        let Self { graphql, name, instance_id, .. } = *self;
        let step = |step| move |source| RegistrationError::Step(step, source);
        let states = SetAgentStates { instance_id, implementations: &[] };
        graphql.execute(&states).await.map_err(step("setting its states"))?;
        let agent = EnsureAgent { instance_id, name, extensions: &[EXTENSION] };
        let agent = graphql.execute(&agent).await.map_err(step("introducing itself"))?;
        let mut functions: Vec<&Function> = self.registry.iter().collect();
        let mut left_out = Vec::new();
        if let Err(error) = self.offer(&functions).await {
            // One bad definition fails the whole call, and the answer need not say which it was.
            left_out = self.refused(&functions, &error).await?;
            if left_out.is_empty() {
                return Err(RegistrationError::Step("registering its functions", error));
            }
            if !self.leave_out_refused {
                return Err(RegistrationError::Refused(left_out));
            }
            functions
                .retain(|function| !left_out.iter().any(|(interface, _)| interface == function.interface()));
            self.offer(&functions).await.map_err(step("registering its functions"))?;
        }
        tracing::debug!(agent = %agent.id, functions = functions.len(), "registered");
        Ok(Registered { agent: agent.id, left_out })
    }

    async fn offer(&self, functions: &[&Function]) -> Result<(), GraphqlError> {
        let offer = SetExtensionImplementations {
            instance_id: self.instance_id,
            extension: EXTENSION,
            implementations: functions,
            run_cleanup: true,
        };
        self.graphql.execute(&offer).await.map(drop)
    }

    /// The functions that the server refuses one by one, and why, after it has refused them together.
    async fn refused(
        &self,
        functions: &[&Function],
        error: &GraphqlError,
    ) -> Result<Vec<(String, String)>, RegistrationError> {
        let mut refused = Vec::new();
        if !matches!(error, GraphqlError::Errors { .. }) {
            return Ok(refused);
        }
        for function in functions {
            let offer = CreateImplementation {
                instance_id: self.instance_id,
                extension: EXTENSION,
                implementation: function,
            };
            match self.graphql.execute(&offer).await {
                Ok(_) => {}
                Err(error @ GraphqlError::Errors { .. }) => {
                    refused.push((function.interface().to_owned(), error.to_string()));
                }
                Err(error) => {
                    return Err(RegistrationError::Step("registering its functions one by one", error));
                }
            }
        }
        Ok(refused)
    }
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
