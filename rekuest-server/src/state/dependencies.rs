//! What an implementation calls itself: resolved when it is assigned, and told to its agent in ASSIGN.

use std::collections::BTreeMap;

use super::catalogue::{Dependency, Implementation};
use super::registries::Registry;
use super::{Inner, Refused};

impl Inner {
    /// The implementations for the dependencies of `implementation`, by key. What the caller `chose` is taken as it
    /// is; the rest is found by hash, or by what it takes and returns.
    pub(super) fn resolve_dependencies(
        &self,
        caller: &Registry,
        implementation: &Implementation,
        chosen: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, Refused> {
        let mut resolved = BTreeMap::new();
        for (key, id) in chosen {
            resolved.insert(key.clone(), self.implementation(caller, id)?.id.to_string());
        }
        for dependency in &implementation.dependencies {
            let key = &dependency.demand.key;
            if resolved.contains_key(key) {
                continue;
            }
            if dependency.demand.is_vague() {
                return Err(Refused::VagueDependency(key.clone()));
            }
            match self.serving(caller, dependency) {
                Some(found) => {
                    resolved.insert(key.clone(), found.id.to_string());
                }
                None if dependency.optional => {}
                None => return Err(Refused::Dependency(key.clone())),
            }
        }
        Ok(resolved)
    }

    /// A connected implementation that serves a dependency.
    fn serving(&self, caller: &Registry, dependency: &Dependency) -> Option<&Implementation> {
        let fits = |implementation: &&Implementation| {
            let action = &implementation.action;
            caller.sees(&implementation.registry)
                && self.is_connected(implementation.agent)
                && dependency.demand.fits(&action.hash, &action.definition)
        };
        let mut all = self.catalogue.implementations.values().map(|implementation| &**implementation);
        all.find(fits)
    }

    /// Whether a dependency could be served now.
    pub(super) fn is_resolvable(&self, caller: &Registry, dependency: &Dependency) -> bool {
        self.serving(caller, dependency).is_some()
    }
}

impl super::Store {
    /// Whether a dependency could be served now.
    pub(crate) fn is_resolvable(&self, caller: &Registry, dependency: &Dependency) -> bool {
        self.lock().is_resolvable(caller, dependency)
    }
}
