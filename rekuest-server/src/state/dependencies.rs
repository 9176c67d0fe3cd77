//! What an implementation calls itself: resolved when it is assigned, and told to its agent in ASSIGN.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::catalogue::{Dependency, Implementation};
use super::registries::Registry;
use super::{Inner, Refused};
use crate::ids::Id;

impl Inner {
    /// The implementations for the dependencies of `implementation`, by key. What the caller `chose` is taken as it
    /// is; the rest is found by hash, by name, or by what it takes and returns.
    pub(super) fn resolve_dependencies(
        &self,
        caller: &Registry,
        implementation: &Implementation,
        chosen: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, Refused> {
        let mut resolved = BTreeMap::new();
        for (key, id) in chosen {
            let known = self.implementation(caller, id);
            let known = known.map_err(|_| Refused::Chosen { key: key.clone(), id: id.clone() })?;
            resolved.insert(key.clone(), known.id.to_string());
        }
        for dependency in &implementation.dependencies {
            if resolved.contains_key(&dependency.key) {
                continue;
            }
            if dependency.demand.is_vague() {
                let of = self.named(implementation);
                return Err(Refused::VagueDependency { key: dependency.key.clone(), of });
            }
            match self.chosen(caller, implementation, dependency) {
                Some(found) => {
                    resolved.insert(dependency.key.clone(), found.to_string());
                }
                None if dependency.optional => {}
                None => return Err(self.unserved(caller, implementation, dependency)),
            }
        }
        Ok(resolved)
    }

    /// The one that serves a dependency: of the same agent if it has one, since an instrument's functions belong together;
    /// else one whose agent has least to do.
    fn chosen(
        &self,
        caller: &Registry,
        implementation: &Implementation,
        dependency: &Dependency,
    ) -> Option<Id> {
        let serving = || self.serving(caller, implementation, dependency);
        let own = serving().filter(|one| one.agent == implementation.agent);
        self.least_busy(own).or_else(|| self.least_busy(serving())).map(|found| found.id)
    }

    /// The implementations that would serve a dependency of `implementation` while they are connected. It serves one
    /// itself only if that asks for it by its hash: else a function that depends on another one of the same shape would
    /// call itself for ever.
    fn serving<'i>(
        &'i self,
        caller: &Registry,
        implementation: &'i Implementation,
        dependency: &'i Dependency,
    ) -> impl Iterator<Item = &'i Arc<Implementation>> {
        let actions = self.catalogue.fitting(&caller.identity.organization, &dependency.demand);
        let all = actions.into_iter().flat_map(|action| self.catalogue.of_action(action.id));
        all.filter(|one| one.id != implementation.id || dependency.demand.hash.is_some())
    }

    /// An implementation for a sentence: `` `add` of `calculator:1` ``.
    fn named(&self, implementation: &Implementation) -> String {
        let agent = self.agents.get(&implementation.agent).map_or("an agent", |agent| &agent.about.name);
        format!("`{}` of `{agent}`", implementation.interface)
    }

    /// Says what is missing.
    fn unserved(
        &self,
        caller: &Registry,
        implementation: &Implementation,
        dependency: &Dependency,
    ) -> Refused {
        let offering = self.serving(caller, implementation, dependency);
        let away: BTreeSet<String> = offering
            .filter_map(|one| Some(format!("`{}`", self.agents.get(&one.agent)?.about.name)))
            .collect();
        let remedy = if away.is_empty() {
            "no app offers one: start an app that does".to_owned()
        } else {
            let away = Vec::from_iter(away).join(", ");
            format!("it is offered by {away}, not connected now: start it")
        };
        Refused::Dependency {
            key: dependency.key.clone(),
            of: self.named(implementation),
            asked: dependency.demand.to_string(),
            remedy,
        }
    }
}

impl super::Store {
    /// Whether a dependency of an implementation could be served now.
    pub(crate) fn is_resolvable(
        &self,
        caller: &Registry,
        implementation: &Implementation,
        dependency: &Dependency,
    ) -> bool {
        let inner = self.lock();
        !dependency.demand.is_vague() && inner.chosen(caller, implementation, dependency).is_some()
    }
}
