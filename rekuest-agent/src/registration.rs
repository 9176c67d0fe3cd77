//! The start sequence: what an agent tells the server before it connects (protocol, section 2).
//!
//! Each step is idempotent. It runs at every start, and again when the server turns out to have lost its data.

use std::collections::HashMap;

use rekuest_client::graphql::operations::{
    CreateImplementation, EnsureAgent, RegisteredImplementation, SetExtensionImplementations,
};
use rekuest_client::{Graphql, GraphqlError};
use rekuest_core::Function;

use crate::AgentError;
use crate::composition::Extensions;
use crate::states::States;

/// Who registers what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Registration<'a> {
    pub(crate) graphql: &'a Graphql,
    pub(crate) extensions: &'a Extensions,
    pub(crate) states: &'a States,
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
    /// The ids of the implementations that it has, by the hashes of their actions.
    pub(crate) implementations: HashMap<String, String>,
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
    /// Registers the agent, its states and its functions.
    pub(crate) async fn run(&self) -> Result<Registered, RegistrationError> {
        let Self { graphql, name, instance_id, .. } = *self;
        let step = |step| move |source| RegistrationError::Step(step, source);
        self.states.register(graphql, instance_id).await.map_err(step("setting its states"))?;
        let names: Vec<&str> = self.extensions.iter().map(|(name, _)| name).collect();
        let agent = EnsureAgent { instance_id, name, extensions: &names };
        let agent = graphql.execute(&agent).await.map_err(step("introducing itself"))?;
        let mut left_out = Vec::new();
        let mut implementations = HashMap::new();
        // A test is taken only after what it tests.
        let mut extensions: Vec<_> = self.extensions.iter().collect();
        extensions.sort_by_key(|(_, registry)| registry.iter().map(Function::test_depth).max());
        for (extension, registry) in extensions {
            let offer = Offer { registration: self, extension, functions: registry.iter().collect() };
            let (taken, refused) = offer.make().await?;
            implementations.extend(taken.into_iter().map(|taken| (taken.action.hash, taken.id)));
            left_out.extend(refused);
        }
        if !left_out.is_empty() && !self.leave_out_refused {
            return Err(RegistrationError::Refused(left_out));
        }
        tracing::debug!(agent = %agent.id, extensions = ?names, "registered");
        Ok(Registered { agent: agent.id, left_out, implementations })
    }
}

/// What the server has taken of an offer.
type Taken = Vec<RegisteredImplementation>;

/// The functions of one extension.
struct Offer<'r> {
    registration: &'r Registration<'r>,
    extension: &'r str,
    functions: Vec<&'r Function>,
}

impl Offer<'_> {
    /// Offers them. Returns those that the server has taken, and those that it refuses, and why: the others are offered if
    /// these may be left out.
    async fn make(mut self) -> Result<(Taken, Vec<(String, String)>), RegistrationError> {
        let step = |source| RegistrationError::Step("registering its functions", source);
        let error = match self.send().await {
            Ok(taken) => return Ok((taken, Vec::new())),
            Err(error) => error,
        };
        // One bad definition fails the whole call, and the answer need not say which it was.
        let refused = self.refused(&error).await?;
        if refused.is_empty() {
            return Err(step(error));
        }
        if !self.registration.leave_out_refused {
            return Ok((Taken::new(), refused));
        }
        self.functions
            .retain(|function| !refused.iter().any(|(interface, _)| interface == function.interface()));
        Ok((self.send().await.map_err(step)?, refused))
    }

    async fn send(&self) -> Result<Taken, GraphqlError> {
        let offer = SetExtensionImplementations {
            instance_id: self.registration.instance_id,
            extension: self.extension,
            implementations: &self.functions,
            run_cleanup: true,
        };
        self.registration.graphql.execute(&offer).await
    }

    /// The functions that the server refuses one by one, and why, after it has refused them together.
    async fn refused(&self, error: &GraphqlError) -> Result<Vec<(String, String)>, RegistrationError> {
        let mut refused = Vec::new();
        if !matches!(error, GraphqlError::Errors { .. }) {
            return Ok(refused);
        }
        for function in &self.functions {
            let offer = CreateImplementation {
                instance_id: self.registration.instance_id,
                extension: self.extension,
                implementation: function,
            };
            match self.registration.graphql.execute(&offer).await {
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
pub(crate) fn check(extensions: &Extensions) -> Result<(), AgentError> {
    for (_, function) in extensions.functions() {
        // Written to nowhere: all that can fail is a default.
        serde_json::to_writer(std::io::sink(), function).map_err(|error| AgentError::Definition {
            interface: function.interface().to_owned(),
            reason: error.to_string(),
        })?;
    }
    Ok(())
}
