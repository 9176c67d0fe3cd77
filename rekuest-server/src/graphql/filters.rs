//! What filters accept. Whatever is left out of one accepts all.

use async_graphql::ID;
use rekuest_core::DefinitionBuf;

use super::enums::DemandKind;
use super::inputs_demands::PortDemandInput;
use super::inputs_filters::{
    ActionFilter, AgentFilter, ImplementationActionFilter, ImplementationAgentFilter, ImplementationFilter,
    MemoryDrawerFilter, MemoryShelveFilter, StrFilterLookup,
};
use crate::ids::Id;
use crate::state::Store;
use crate::state::agents::AgentInfo;
use crate::state::catalogue::{Action, Implementation};
use crate::state::drawers::Drawer;
use crate::state::states::StateSchema;

/// Whether what is asked for, if it is, accepts something.
fn all<T>(wanted: Option<&T>, accepts: impl FnOnce(&T) -> bool) -> bool {
    wanted.is_none_or(accepts)
}

fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

fn is(wanted: &ID, id: Id) -> bool {
    wanted.as_str() == id.to_string()
}

fn is_listed(ids: &[ID], id: Id) -> bool {
    let id = id.to_string();
    ids.iter().any(|listed| listed.as_str() == id)
}

fn have_in_common(some: &[String], others: &[String]) -> bool {
    some.iter().any(|one| others.contains(one))
}

fn found_in(definition: &DefinitionBuf, search: &str) -> bool {
    contains(&definition.name, search)
        || definition.description.as_ref().is_some_and(|description| contains(description, search))
}

fn meets(definition: &DefinitionBuf, demands: &[PortDemandInput]) -> bool {
    demands.iter().map(PortDemandInput::demand).all(|(kind, demand)| match kind {
        DemandKind::Args => demand.fits(&definition.args),
        DemandKind::Returns => demand.fits(&definition.returns),
    })
}

impl StrFilterLookup {
    fn accepts(&self, text: &str) -> bool {
        let folded = text.to_lowercase();
        all(self.exact.as_ref(), |wanted| text == wanted)
            && all(self.i_exact.as_ref(), |wanted| folded == wanted.to_lowercase())
            && all(self.contains.as_ref(), |wanted| text.contains(wanted.as_str()))
            && all(self.i_contains.as_ref(), |wanted| folded.contains(&wanted.to_lowercase()))
            && all(self.in_list.as_ref(), |wanted| wanted.iter().any(|wanted| wanted == text))
            && all(self.starts_with.as_ref(), |wanted| text.starts_with(wanted.as_str()))
            && all(self.i_starts_with.as_ref(), |wanted| folded.starts_with(&wanted.to_lowercase()))
            && all(self.ends_with.as_ref(), |wanted| text.ends_with(wanted.as_str()))
            && all(self.i_ends_with.as_ref(), |wanted| folded.ends_with(&wanted.to_lowercase()))
    }
}

impl ActionFilter {
    pub(super) fn accepts(&self, action: &Action) -> bool {
        let definition = &action.definition;
        all(self.search.as_ref(), |search| found_in(definition, search))
            && all(self.name.as_ref(), |name| name.accepts(&definition.name))
            && all(self.ids.as_ref(), |ids| is_listed(ids, action.id))
            && all(self.demands.as_ref(), |demands| meets(definition, demands))
            && all(self.kind.as_ref(), |kind| definition.kind == (*kind).into())
            && all(self.in_collection.as_ref(), |collection| definition.collections.contains(collection))
    }
}

impl ImplementationActionFilter {
    fn accepts(&self, action: &Action) -> bool {
        let definition = &action.definition;
        all(self.search.as_ref(), |search| found_in(definition, search))
            && all(self.name.as_ref(), |name| *name == definition.name)
            && all(self.ids.as_ref(), |ids| is_listed(ids, action.id))
            && all(self.demands.as_ref(), |demands| meets(definition, demands))
            && all(self.kind.as_ref(), |kind| definition.kind == (*kind).into())
    }
}

impl ImplementationAgentFilter {
    fn accepts(&self, agent: &AgentInfo) -> bool {
        all(self.client_id.as_ref(), |client| *client == agent.registry.identity.client)
            && all(self.instance_id.as_ref(), |instance| *instance == agent.instance_id)
            && all(self.ids.as_ref(), |ids| is_listed(ids, agent.id))
            && all(self.extensions.as_ref(), |extensions| have_in_common(extensions, &agent.extensions))
    }
}

impl ImplementationFilter {
    pub(super) fn accepts(&self, store: &Store, implementation: &Implementation) -> bool {
        let of_agent = |wanted: &ImplementationAgentFilter| {
            store.agent_by_id(implementation.agent).is_some_and(|agent| wanted.accepts(&agent.about))
        };
        all(self.interface.as_ref(), |interface| interface.accepts(&implementation.interface))
            && all(self.ids.as_ref(), |ids| is_listed(ids, implementation.id))
            && all(self.action_hash.as_ref(), |hash| hash.0 == implementation.action.hash)
            && all(self.action.as_ref(), |action| action.accepts(&implementation.action))
            && all(self.extension.as_ref(), |extension| *extension == implementation.extension)
            && all(self.search.as_ref(), |search| {
                contains(&implementation.interface, search)
                    || found_in(&implementation.action.definition, search)
            })
            && all(self.agent.as_ref(), of_agent)
    }
}

impl AgentFilter {
    pub(super) fn accepts(&self, store: &Store, agent: &AgentInfo) -> bool {
        let implements = |fits: &dyn Fn(&Action) -> bool| {
            store.implementations_at(agent.id).iter().any(|implementation| fits(&implementation.action))
        };
        let has = |fits: &dyn Fn(&StateSchema) -> bool| {
            store.states_at(agent.id).iter().any(|state| fits(&state.schema))
        };
        all(self.client_id.as_ref(), |client| *client == agent.registry.identity.client)
            && all(self.instance_id.as_ref(), |instance| *instance == agent.instance_id)
            && all(self.ids.as_ref(), |ids| is_listed(ids, agent.id))
            && all(self.extensions.as_ref(), |extensions| have_in_common(extensions, &agent.extensions))
            // Nothing can be pinned here.
            && all(self.pinned.as_ref(), |pinned| !pinned)
            && all(self.search.as_ref(), |search| contains(&agent.name, search))
            && all(self.has_implementations.as_ref(), |hashes| implements(&|action| hashes.contains(&action.hash)))
            && all(self.has_states.as_ref(), |hashes| has(&|schema| hashes.contains(&schema.hash)))
            && all(self.state_demands.as_ref(), |demands| {
                demands.iter().map(|demand| demand.demand()).all(|demand| has(&|schema| demand.fits(schema)))
            })
            && all(self.action_demands.as_ref(), |demands| {
                demands.iter().map(|demand| demand.demand()).all(|demand| {
                    implements(&|action| demand.fits(&action.hash, &action.definition))
                })
            })
    }
}

impl MemoryShelveFilter {
    pub(super) fn accepts(&self, agent: &AgentInfo) -> bool {
        all(self.agent.as_ref(), |wanted| is(wanted, agent.id))
            && all(self.ids.as_ref(), |ids| is_listed(ids, agent.shelve))
    }
}

impl MemoryDrawerFilter {
    pub(super) fn accepts(&self, store: &Store, drawer: &Drawer) -> bool {
        let is_on =
            |shelve: &ID| store.agent_by_id(drawer.agent).is_some_and(|agent| is(shelve, agent.about.shelve));
        let implements = |implementation: &ID| {
            store.implementations_at(drawer.agent).iter().any(|one| is(implementation, one.id))
        };
        all(self.shelve.as_ref(), is_on)
            && all(self.agent.as_ref(), |agent| is(agent, drawer.agent))
            && all(self.implementation.as_ref(), implements)
            && all(self.identifier.as_ref(), |identifier| *identifier == drawer.identifier)
            && all(self.ids.as_ref(), |ids| is_listed(ids, drawer.id))
            && all(self.search.as_ref(), |search| {
                drawer.label.as_ref().is_some_and(|label| contains(label, search))
            })
    }
}
