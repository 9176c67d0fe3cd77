//! Where a state is, by names; and its id, which is another one once the server has lost its data.

use std::fmt;

use super::StateError;
use crate::apps::{app_identifier, is_named, list};
use crate::graphql::operations::{AgentStates, FindStates};
use crate::{Graphql, GraphqlError};

/// The instance of an app unless it was started as another.
const INSTANCE: &str = "default";

/// A state by its names.
#[derive(Debug, Clone)]
pub(super) struct Place {
    app: String,
    instance: String,
    name: String,
}

/// Why there is no id.
#[derive(Debug)]
pub(super) enum NoState {
    /// There is no such state, and what there is instead.
    Unknown(String),
    /// It could not be looked for.
    Unasked(GraphqlError),
}

impl Place {
    pub(super) fn new(app: &str, instance: &str, name: &str) -> Self {
        Self { app: app.to_owned(), instance: instance.to_owned(), name: name.to_owned() }
    }

    /// The id of the state. Of several, that of an agent that is connected, and the one that is `known` already.
    pub(super) async fn find(&self, graphql: &Graphql, known: Option<&str>) -> Result<String, NoState> {
        let agents = graphql.execute(&FindStates {}).await.map_err(NoState::Unasked)?;
        let found = self.among(&agents, known);
        found.map(str::to_owned).ok_or_else(|| NoState::Unknown(self.missing(&agents)))
    }

    fn among<'a>(&self, agents: &'a [AgentStates], known: Option<&str>) -> Option<&'a str> {
        let here = agents.iter().filter(|agent| self.is_of(agent));
        let states = here.flat_map(|agent| agent.states.iter().map(move |state| (agent, state)));
        let named = states.filter(|(_, state)| state.interface == self.name);
        let found = named.min_by_key(|(agent, state)| (!agent.connected, known != Some(&state.id)));
        found.map(|(_, state)| state.id.as_str())
    }

    fn is_of(&self, agent: &AgentStates) -> bool {
        is_named(&agent.name, &self.app) && agent.instance_id == self.instance
    }

    /// Says what there is in place of what was looked for.
    fn missing(&self, agents: &[AgentStates]) -> String {
        let Self { app, instance, name } = self;
        let here = || agents.iter().filter(|agent| self.is_of(agent));
        if here().next().is_some() {
            let away = if here().any(|agent| agent.connected) { "" } else { ", which is not connected," };
            let states = here().flat_map(|agent| &agent.states).map(|state| state.interface.as_str());
            return match list(states) {
                Some(states) => format!("the app `{app}`{away} has no state `{name}`; it has: {states}"),
                None => format!("the app `{app}`{away} has no state `{name}`, nor any other"),
            };
        }
        let of_app = agents.iter().filter(|agent| is_named(&agent.name, app));
        if let Some(instances) = list(of_app.map(|agent| agent.instance_id.as_str())) {
            return format!("the app `{app}` has no instance `{instance}`; there are: {instances}");
        }
        let has = |agent: &&AgentStates| agent.states.iter().any(|state| state.interface == *name);
        if let Some(apps) = list(agents.iter().filter(has).map(|agent| app_identifier(&agent.name))) {
            return format!("there is no app `{app}`; there is a state `{name}` of: {apps}");
        }
        match list(agents.iter().map(|agent| app_identifier(&agent.name))) {
            Some(apps) => {
                format!("there is no app `{app}`, and none has a state `{name}`; there are: {apps}")
            }
            None => format!("there is no app `{app}`, nor any other"),
        }
    }
}

/// ``the state `Counter` of `other_app` ``.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app, instance, name } = self;
        write!(f, "the state `{name}` of `{app}`")?;
        if instance == INSTANCE { Ok(()) } else { write!(f, ", instance `{instance}`") }
    }
}

impl NoState {
    pub(super) fn of(self, place: &Place) -> StateError {
        match self {
            Self::Unknown(instead) => StateError::NotFound(instead),
            Self::Unasked(error) => StateError::of(error, place),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// An agent: its name, whether it is connected, its instance, and its states by name and id.
    type Agent<'a> = (&'a str, bool, &'a str, &'a [(&'a str, &'a str)]);

    fn agents(agents: &[Agent<'_>]) -> Vec<AgentStates> {
        let agents = agents.iter().map(|(name, connected, instance, states)| {
            let states = states.iter().map(|(name, id)| json!({"id": id, "interface": name}));
            json!({"id": "1", "name": name, "connected": connected, "instanceId": instance,
                "states": states.collect::<Vec<_>>()})
        });
        serde_json::from_value(agents.collect()).expect("agents")
    }

    #[test]
    fn of_several_a_connected_one_is_found_and_else_the_known_one() {
        let place = Place::new("a", "default", "S");
        let all = agents(&[
            ("b:1", true, "default", &[("S", "1")]),
            ("a:1", false, "default", &[("S", "2")]),
            ("a:1", true, "other", &[("S", "3")]),
            ("a:2", true, "default", &[("R", "4"), ("S", "5")]),
            ("a:3", true, "default", &[("S", "6")]),
        ]);
        assert_eq!(place.among(&all, None), Some("5"));
        assert_eq!(place.among(&all, Some("6")), Some("6"));
        assert_eq!(place.among(&all, Some("2")), Some("5"));
        assert_eq!(Place::new("a:1", "default", "S").among(&all, Some("7")), Some("2"));
        let away =
            agents(&[("a:1", false, "default", &[("S", "1")]), ("a:2", false, "default", &[("S", "2")])]);
        assert_eq!(place.among(&away, Some("2")), Some("2"));
    }

    #[test]
    fn what_is_missing_says_what_there_is() {
        let place = Place::new("a", "default", "S");
        for (all, expected) in [
            (
                agents(&[("a:1", true, "default", &[("R", "1"), ("Q", "2")])]),
                "the app `a` has no state `S`; it has: `Q`, `R`",
            ),
            (
                agents(&[("a:1", false, "default", &[])]),
                "the app `a`, which is not connected, has no state `S`, nor any other",
            ),
            (
                agents(&[("a:1", true, "two", &[("S", "1")])]),
                "the app `a` has no instance `default`; there are: `two`",
            ),
            (
                agents(&[("b:1", true, "default", &[("S", "1")]), ("c:1", true, "default", &[])]),
                "there is no app `a`; there is a state `S` of: `b`",
            ),
            (
                agents(&[("c:1", true, "default", &[])]),
                "there is no app `a`, and none has a state `S`; there are: `c`",
            ),
            (Vec::new(), "there is no app `a`, nor any other"),
        ] {
            assert_eq!(place.missing(&all), expected);
        }
    }

    #[test]
    fn an_instance_is_named_where_it_is_not_the_usual_one() {
        assert_eq!(Place::new("a", "default", "S").to_string(), "the state `S` of `a`");
        assert_eq!(Place::new("a", "two", "S").to_string(), "the state `S` of `a`, instance `two`");
    }
}
