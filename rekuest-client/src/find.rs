//! Finding what can be called: by app and interface, by name, by what it takes and returns, by hash, by id.

use rekuest_core::{CallError, Callable, DemandBuf};

use crate::action::Implementation;
use crate::apps::{app_identifier, is_named, list};
use crate::call::call_error;
use crate::graphql::operations::{
    ActionByHash, ActionById, ActionDescription, ActionFitting, AgentOffer, FindAgents, FindImplementations,
    ImplementationAt, ImplementationDescription, MyImplementationAt,
};
use crate::{Action, Client, GraphqlError};

impl Client {
    /// Finds what the app called `app` offers under `interface`. The app is named by its identifier; with its version,
    /// as in `other_app:1.0`, only that version is found. Of several instances, a connected one is taken.
    ///
    /// The action that is found calls this app alone.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when there is none or none is connected; it says what there is instead.
    pub async fn find(&self, app: &str, interface: &str) -> Result<Action, CallError> {
        let offered = self.offered(interface).await?;
        let connected =
            offered.iter().find(|found| is_named(&found.agent.name, app) && found.agent.connected);
        match connected {
            Some(found) => Ok(self.implemented(found.clone())),
            // What there is instead helps, but is not worth another error.
            None => {
                let agents = self.graphql().execute(&FindAgents {}).await;
                let agents = agents.unwrap_or_else(|error| {
                    tracing::debug!(%error, "the agents cannot be listed");
                    Vec::new()
                });
                Err(CallError::NotFound(not_found(app, interface, &offered, &agents)))
            }
        }
    }

    /// Finds every instance of the app called `app` that offers `interface`, connected ones first. One that is not
    /// connected cannot be called before it is.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses. None to be found is no error.
    pub async fn find_all(&self, app: &str, interface: &str) -> Result<Vec<Action>, CallError> {
        let mut offered = self.offered(interface).await?;
        offered.retain(|found| is_named(&found.agent.name, app));
        offered.sort_by_key(|found| !found.agent.connected);
        Ok(offered.into_iter().map(|found| self.implemented(found)).collect())
    }

    /// Finds the action with this name, the one that people see. Calls of it are run by any connected app that implements
    /// it. Of several actions with the name, one is taken that a connected app implements: the one defined first.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when there is none or no app that offers it is connected; it says who would.
    pub async fn find_by_name(&self, name: &str) -> Result<Action, CallError> {
        let named = self.actions().name(name).await?;
        if let Some(found) = named.iter().find(|action| action.is_connected()) {
            return Ok(found.clone());
        }
        let offered = named.iter().flat_map(|action| action.offered_by());
        Err(CallError::NotFound(match list(offered.map(|one| app_identifier(&one.agent.name))) {
            _ if named.is_empty() => format!("there is no action with the name `{name}`"),
            None => format!("no app offers the action `{name}` any more: start one that does"),
            Some(apps) => {
                format!(
                    "the action `{name}` is offered by {apps}, not connected now: start it, and call again"
                )
            }
        }))
    }

    /// Finds an action that is like this: of several, one that a connected app implements, where the server takes care of
    /// that. Calls of it are run by any connected app that implements it.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when the server knows no such action.
    pub async fn find_matching(&self, demand: &DemandBuf) -> Result<Action, CallError> {
        let found = self.graphql().execute(&ActionFitting { matching: demand }).await;
        self.known(found, || demand.to_string())
    }

    /// Finds the action that a function of this program would call, one with `#[declare]` or `#[register]`: what it says
    /// of itself, and who offers it.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when the server knows no such action, [`CallError::Definition`] when a default of the
    /// function has no JSON.
    pub async fn find_function<F: Callable>(&self) -> Result<Action, CallError> {
        let demand = F::DEPENDENCY.demand().to_buf();
        self.find_matching(&demand.map_err(|error| CallError::Definition(error.to_string()))?).await
    }

    /// What the agent with this id offers under `interface`; in this extension, if one is given.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when it offers no such thing.
    pub async fn implementation_at(
        &self,
        agent: &str,
        interface: &str,
        extension: Option<&str>,
    ) -> Result<Action, CallError> {
        let found = self.graphql().execute(&ImplementationAt { agent, interface, extension }).await;
        self.offered_there(found, || format!("`{interface}` at the agent `{agent}`"))
    }

    /// What the instance `instance_id` of the app that this client belongs to offers under `interface`.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when it offers no such thing.
    pub async fn my_implementation_at(
        &self,
        instance_id: &str,
        interface: &str,
    ) -> Result<Action, CallError> {
        let found = self.graphql().execute(&MyImplementationAt { instance_id, interface }).await;
        self.offered_there(found, || format!("`{interface}` at the instance `{instance_id}` of this app"))
    }

    /// Finds the action with this hash. Calls of it are run by any connected app that implements it.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when the server knows no such action.
    pub async fn find_by_hash(&self, hash: &str) -> Result<Action, CallError> {
        let found = self.graphql().execute(&ActionByHash { hash }).await;
        self.known(found, || format!("the hash `{hash}`"))
    }

    /// Finds the action with this id. Calls of it are run by any connected app that implements it.
    ///
    /// # Errors
    /// [`CallError::NotFound`] when the server knows no such action.
    pub async fn action(&self, id: &str) -> Result<Action, CallError> {
        let found = self.graphql().execute(&ActionById { id }).await;
        self.known(found, || format!("the id `{id}`"))
    }

    async fn offered(&self, interface: &str) -> Result<Vec<ImplementationDescription>, CallError> {
        let offered = self.graphql().execute(&FindImplementations { interface }).await;
        offered.map_err(|error| call_error(format!("`{interface}` cannot be looked for"), error))
    }

    pub(crate) fn implemented(&self, found: ImplementationDescription) -> Action {
        let ImplementationDescription { id, interface, extension, agent, action } = found;
        let implementation = Implementation { id, interface, extension, agent };
        Action::new(self.clone(), action, Some(implementation))
    }

    fn offered_there(
        &self,
        found: Result<Option<ImplementationDescription>, GraphqlError>,
        what: impl Fn() -> String,
    ) -> Result<Action, CallError> {
        match found {
            Ok(Some(found)) => Ok(self.implemented(found)),
            Ok(None) => Err(CallError::NotFound(format!("there is no {}", what()))),
            // Servers know no other way to say that there is none.
            Err(GraphqlError::Errors { errors, .. }) => {
                Err(CallError::NotFound(format!("there is no {}: {}", what(), crate::graphql::list(&errors))))
            }
            Err(error) => Err(call_error(format!("{} cannot be looked for", what()), error)),
        }
    }

    fn known(
        &self,
        found: Result<Option<ActionDescription>, GraphqlError>,
        what: impl Fn() -> String,
    ) -> Result<Action, CallError> {
        match found {
            Ok(Some(description)) => Ok(Action::new(self.clone(), description, None)),
            Ok(None) => Err(CallError::NotFound(format!("the server knows no action with {}", what()))),
            // The observed server knows no other way to say that there is none.
            Err(error @ GraphqlError::Errors { .. }) => Err(CallError::NotFound(format!(
                "the server knows no action with {}: {}",
                what(),
                call_error("", error)
            ))),
            Err(error) => Err(call_error(format!("the action with {} cannot be looked for", what()), error)),
        }
    }
}

/// Says what there is in place of what was looked for.
fn not_found(
    app: &str,
    interface: &str,
    offered: &[ImplementationDescription],
    agents: &[AgentOffer],
) -> String {
    if offered.iter().any(|found| is_named(&found.agent.name, app)) {
        return format!(
            "the app `{app}` offers `{interface}`, but it is not connected: start it, and call again"
        );
    }
    let of_app = || agents.iter().filter(|agent| is_named(&agent.name, app));
    if of_app().next().is_some() {
        let interfaces =
            of_app().flat_map(|agent| &agent.implementations).map(|offer| offer.interface.as_str());
        let away = if of_app().any(|agent| agent.connected) { "" } else { ", which is not connected," };
        return match list(interfaces) {
            Some(interfaces) => {
                format!("the app `{app}`{away} offers no `{interface}`; it offers: {interfaces}")
            }
            None => format!("the app `{app}`{away} offers no `{interface}`, nor anything else"),
        };
    }
    if let Some(apps) = list(offered.iter().map(|found| app_identifier(&found.agent.name))) {
        return format!("there is no app `{app}`; `{interface}` is offered by: {apps}");
    }
    match list(agents.iter().map(|agent| app_identifier(&agent.name))) {
        Some(apps) => format!("there is no app `{app}`, and none offers `{interface}`; there are: {apps}"),
        None => format!("there is no app `{app}`, and none offers `{interface}`"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn offered(agents: &[(&str, bool)]) -> Vec<ImplementationDescription> {
        let action = json!({"id": "1", "hash": "h", "name": "N", "kind": "FUNCTION"});
        let agents = agents.iter().map(|(name, connected)| {
            json!({"id": "1", "interface": "add", "action": action,
                "agent": {"id": "1", "name": name, "connected": connected, "instanceId": "default"}})
        });
        serde_json::from_value(agents.collect()).expect("implementations")
    }

    fn agents(agents: &[(&str, bool, &[&str])]) -> Vec<AgentOffer> {
        let agents = agents.iter().map(|(name, connected, interfaces)| {
            let offers: Vec<_> = interfaces.iter().map(|name| json!({"interface": name})).collect();
            json!({"id": "1", "name": name, "connected": connected, "instanceId": "default",
                "implementations": offers})
        });
        serde_json::from_value(agents.collect()).expect("agents")
    }

    #[test]
    fn an_app_that_is_not_connected_is_said_to_be() {
        let message = not_found("a", "add", &offered(&[("a:1", false)]), &[]);
        assert!(message.contains("not connected"), "{message}");
    }

    #[test]
    fn the_other_interfaces_of_the_app_are_listed() {
        let known = agents(&[("a:1", true, &["sub", "mul"]), ("b:1", true, &["div"])]);
        let message = not_found("a", "add", &offered(&[("c:1", true)]), &known);
        assert_eq!(message, "the app `a` offers no `add`; it offers: `mul`, `sub`");
        let message = not_found("a", "add", &[], &agents(&[("a:1", false, &["sub"])]));
        assert!(message.contains("not connected"), "{message}");
    }

    #[test]
    fn the_other_apps_with_the_interface_are_listed() {
        let message = not_found("a", "add", &offered(&[("b:1", true), ("b:2", false), ("c", true)]), &[]);
        assert_eq!(message, "there is no app `a`; `add` is offered by: `b`, `c`");
    }

    #[test]
    fn else_the_apps_are_listed_but_not_without_end() {
        let names: Vec<String> = (10..32).map(|number| format!("app{number}")).collect();
        let known: Vec<(&str, bool, &[&str])> =
            names.iter().map(|name| (name.as_str(), true, &[] as &[&str])).collect();
        let message = not_found("a", "add", &[], &agents(&known));
        assert!(message.contains("`app19` and 12 more"), "{message}");
    }
}
