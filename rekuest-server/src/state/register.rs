//! Registering implementations: what an agent offers becomes part of the catalogue, all of it or nothing.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rekuest_core::demand::DemandBuf;
use rekuest_core::schema::Validator;
use rekuest_core::{DefinitionBuf, PortBuf, PortKind};
use serde_json::value::RawValue;

use super::agents::Agent;
use super::catalogue::{Action, ActionEntry, Catalogue, Dependency, Implementation};
use super::registries::Registry;
use super::{Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// One implementation that an agent offers.
#[derive(Debug)]
pub(crate) struct Offer {
    /// The action's hash unless given.
    pub(crate) interface: Option<String>,
    pub(crate) definition: DefinitionBuf,
    pub(crate) dependencies: Vec<OfferedDependency>,
    pub(crate) params: Option<Box<RawValue>>,
}

/// What it calls.
#[derive(Debug)]
pub(crate) struct OfferedDependency {
    pub(crate) key: String,
    pub(crate) demand: DemandBuf,
    pub(crate) optional: bool,
}

/// An offer that was checked and hashed.
struct Checked {
    interface: String,
    action: Arc<Action>,
    dependencies: Vec<Dependency>,
    params: Box<RawValue>,
}

impl Store {
    /// Registers what an agent offers in an extension (protocol, section 2). With `cleanup`, what it offered in this
    /// extension before and does not offer now is dropped. An interface is unique per agent: one that is offered in
    /// another extension moves here.
    pub(crate) fn register(
        &self,
        registry: &Arc<Registry>,
        instance_id: &str,
        extension: &str,
        offers: Vec<Offer>,
        cleanup: bool,
    ) -> Result<Vec<Arc<Implementation>>, Refused> {
        let mut checked = Vec::with_capacity(offers.len());
        let mut interfaces = HashSet::new();
        for offer in offers {
            let offer = self.check(registry, offer)?;
            if !interfaces.insert(offer.interface.clone()) {
                let reason = "it is offered twice; an interface is unique in an agent".to_owned();
                return Err(Refused::Definition { interface: offer.interface, reason });
            }
            checked.push(offer);
        }

        let mut inner = self.lock();
        let inner = &mut *inner;
        let catalogue = &mut inner.catalogue;
        let id = inner.agents_by_instance.get(&(registry.id, instance_id.to_owned()));
        let agent = id
            .and_then(|id| inner.agents.get_mut(id))
            .filter(|agent| agent.ensured)
            .ok_or_else(|| Refused::NoAgent { instance_id: instance_id.to_owned() })?;
        check_tests(catalogue, registry, &checked)?;
        let registered =
            checked.into_iter().map(|offer| self.add(catalogue, agent, extension, offer)).collect();
        if cleanup {
            let gone: Vec<(String, Id)> = agent
                .implementations
                .iter()
                .filter(|(interface, _)| !interfaces.contains(*interface))
                .filter(|(_, id)| {
                    catalogue.implementations.get(id).is_none_or(|known| known.extension == extension)
                })
                .map(|(interface, id)| (interface.clone(), *id))
                .collect();
            for (interface, id) in gone {
                agent.implementations.remove(&interface);
                catalogue.drop_implementation(id);
            }
        }
        self.review_reservations(inner);
        Ok(registered)
    }

    /// Checks one offer, and finds or makes its action. Outside the lock: hashing and making a validator take their
    /// time.
    fn check(&self, registry: &Registry, offer: Offer) -> Result<Checked, Refused> {
        let hash = offer.definition.hash();
        let interface = offer.interface.unwrap_or_else(|| hash.clone());
        let refused = |reason| Refused::Definition { interface: interface.clone(), reason };
        let structures = self.settings.structures.as_ref();
        check_ports("args", &offer.definition.args, structures).map_err(refused)?;
        check_ports("returns", &offer.definition.returns, structures).map_err(refused)?;
        let organization = &registry.identity.organization;
        let known = {
            let inner = self.lock();
            inner.catalogue.action_by_hash(organization, &hash).map(|entry| Arc::clone(&entry.action))
        };
        let action = match known {
            Some(action) if action.definition == offer.definition => action,
            known => Arc::new(Action {
                // The kind and other fields that are not hashed may differ; the newest definition is shown.
                id: known.as_ref().map_or_else(|| self.ids.next(), |known| known.id),
                validator: Validator::new(&offer.definition.args)
                    .map_err(|error| refused(error.to_string()))?,
                hash,
                definition: offer.definition,
                organization: organization.clone(),
                defined_at: known.map_or_else(Timestamp::now, |known| known.defined_at),
            }),
        };
        let dependencies = offer.dependencies.into_iter().map(|offered| Dependency {
            id: self.ids.next(),
            key: offered.key,
            demand: offered.demand,
            optional: offered.optional,
        });
        Ok(Checked {
            dependencies: dependencies.collect(),
            interface,
            action,
            params: offer.params.unwrap_or_else(empty_object),
        })
    }

    /// Adds a checked offer, in the place of what the agent had under its interface.
    fn add(
        &self,
        catalogue: &mut Catalogue,
        agent: &mut Agent,
        extension: &str,
        offer: Checked,
    ) -> Arc<Implementation> {
        let action = catalogue.offer(offer.action);
        let known = agent.implementations.get(&offer.interface).copied();
        let before = known.and_then(|id| catalogue.implementations.get(&id)).map(Arc::clone);
        if let Some(before) = &before {
            catalogue.drop_implementation(before.id);
        }
        let implementation = Arc::new(Implementation {
            id: known.unwrap_or_else(|| self.ids.next()),
            interface: offer.interface,
            extension: extension.to_owned(),
            agent: agent.about.id,
            registry: Arc::clone(&agent.about.registry),
            action,
            params: offer.params,
            dependencies: offer.dependencies,
            created_at: before.map_or_else(Timestamp::now, |before| before.created_at),
        });
        agent.implementations.insert(implementation.interface.clone(), implementation.id);
        if let Some(entry) = catalogue.actions.get_mut(&implementation.action.id) {
            entry.implementations.insert(implementation.id);
        }
        catalogue.implementations.insert(implementation.id, Arc::clone(&implementation));
        implementation
    }
}

impl Catalogue {
    /// Takes an action in. Its id is that of the action with this hash, should another agent have registered the same
    /// at the same time.
    fn offer(&mut self, action: Arc<Action>) -> Arc<Action> {
        let place = (action.organization.clone(), action.hash.clone());
        let id = *self.by_hash.entry(place).or_insert(action.id);
        match self.actions.get_mut(&id) {
            Some(entry) if id == action.id => {
                entry.action = Arc::clone(&action);
                action
            }
            Some(entry) => Arc::clone(&entry.action),
            None => {
                let entry = ActionEntry { action: Arc::clone(&action), implementations: Default::default() };
                self.actions.insert(id, entry);
                action
            }
        }
    }
}

/// An action named in `isTestFor` has to exist before its test, or come before it in the same call.
fn check_tests(catalogue: &Catalogue, registry: &Registry, offers: &[Checked]) -> Result<(), Refused> {
    let organization = &registry.identity.organization;
    for (position, offer) in offers.iter().enumerate() {
        for tested in &offer.action.definition.is_test_for {
            let comes_before = offers[..position].iter().any(|earlier| earlier.action.hash == *tested);
            if !comes_before && catalogue.action_by_hash(organization, tested).is_none() {
                return Err(Refused::Definition {
                    interface: offer.interface.clone(),
                    reason: format!(
                        "it is a test for the action with the hash {tested}, which does not exist: register that one first"
                    ),
                });
            }
        }
    }
    Ok(())
}

/// Checks ports and all that is below them. `structures` are the identifiers that are known, if not all are.
fn check_ports(of: &str, ports: &[PortBuf], structures: Option<&BTreeSet<String>>) -> Result<(), String> {
    let mut keys = HashSet::new();
    for port in ports {
        let place = format!("{of}.{}", port.key);
        if !keys.insert(&port.key) {
            return Err(format!("{place}: there are two ports with this key, expected each once"));
        }
        if port.kind == PortKind::Structure {
            check_structure(port.identifier.as_deref(), structures)
                .map_err(|reason| format!("{place}: {reason}"))?;
        }
        check_ports(&place, port.children(), structures)?;
    }
    Ok(())
}

/// Checks the identifier of a STRUCTURE.
fn check_structure(identifier: Option<&str>, known: Option<&BTreeSet<String>>) -> Result<(), String> {
    let Some(identifier) = identifier.filter(|identifier| identifier.contains('/')) else {
        let got = identifier.unwrap_or("none");
        return Err(format!(
            "expected the identifier of a STRUCTURE to be of the form `@package/key`, got `{got}`"
        ));
    };
    match known {
        Some(known) if !known.contains(identifier) => {
            let known = known.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ");
            Err(format!(
                "expected the identifier of a STRUCTURE that this server knows ({known}), got `{identifier}`"
            ))
        }
        _ => Ok(()),
    }
}

fn empty_object() -> Box<RawValue> {
    RawValue::from_string("{}".to_owned()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ports(json: serde_json::Value) -> Vec<PortBuf> {
        serde_json::from_value(json).expect("ports")
    }

    #[test]
    fn a_structure_without_a_slash_is_refused_wherever_it_is() {
        let good = serde_json::json!([{"key": "a", "kind": "STRUCTURE", "identifier": "@mikro/image"}]);
        assert_eq!(check_ports("args", &ports(good), None), Ok(()));
        let bad = serde_json::json!([{"key": "a", "kind": "LIST", "children": [
            {"key": "...", "kind": "STRUCTURE", "identifier": "image"}]}]);
        let reason = check_ports("args", &ports(bad), None).expect_err("refused");
        assert!(reason.starts_with("args.a....: expected") && reason.ends_with("got `image`"), "{reason}");
    }

    #[test]
    fn two_ports_of_one_key_are_refused() {
        let twice = serde_json::json!([{"key": "a", "kind": "INT"}, {"key": "a", "kind": "INT"}]);
        assert!(check_ports("args", &ports(twice), None).is_err());
    }
}
