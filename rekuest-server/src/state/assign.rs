//! `assign`: from what a caller names to an ASSIGN in an agent's outbox.
//!
//! In two steps under the lock, so that neither validation nor writing the frame happens under it: first what is to
//! run is resolved, then, with the frame at hand, the assignation is made and its frame queued at once. So a CANCEL
//! can never overtake its ASSIGN.

use std::collections::BTreeMap;
use std::sync::Arc;

use rekuest_core::message::{Assign, ToAgent};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::assignations::{Assignation, AssignationView, Change, Entry, Instruct, InstructKind};
use super::catalogue::Implementation;
use super::events::NewEvent;
use super::registries::{Registry, Waiter};
use super::reservations::ReservationStrategy;
use super::{Inner, Refused, Store};
use crate::ids::Id;
use crate::time::Timestamp;

/// What a caller asks for.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) instance_id: String,
    pub(crate) target: Target,
    /// An object.
    pub(crate) args: Box<RawValue>,
    pub(crate) reference: Option<String>,
    pub(crate) parent: Option<String>,
    /// The caller's choice of implementations for dependencies, by key.
    pub(crate) dependencies: BTreeMap<String, String>,
    pub(crate) capture: bool,
    pub(crate) ephemeral: bool,
}

/// What is to run.
#[derive(Debug)]
pub(crate) enum Target {
    /// Any connected implementation of the action.
    Action(String),
    /// The same, by the action's hash.
    Hash(String),
    /// This one.
    Implementation(String),
    /// The one that this agent has under this interface.
    Interface { agent: String, interface: String },
    /// One of those that this reservation is of.
    Reservation(String),
}

impl Target {
    /// What a caller names, in the order in which it counts; none if it names nothing.
    pub(crate) fn of(
        action: Option<String>,
        implementation: Option<String>,
        hash: Option<String>,
        interface: Option<(String, String)>,
        reservation: Option<String>,
    ) -> Option<Self> {
        let interface = || interface.map(|(agent, interface)| Self::Interface { agent, interface });
        action
            .map(Self::Action)
            .or(implementation.map(Self::Implementation))
            .or(hash.map(Self::Hash))
            .or_else(interface)
            .or(reservation.map(Self::Reservation))
    }

    fn reservation(&self) -> Option<Id> {
        match self {
            Self::Reservation(id) => id.parse().ok(),
            _ => None,
        }
    }
}

/// What the first step finds.
struct Resolved {
    implementation: Arc<Implementation>,
    waiter: Arc<Waiter>,
    dependencies: BTreeMap<String, String>,
    parent: Option<Id>,
    root: Option<Id>,
}

impl Store {
    /// Makes an assignation.
    pub(crate) fn assign(
        &self,
        caller: &Arc<Registry>,
        request: Request,
    ) -> Result<AssignationView, Refused> {
        let resolved = self.resolve(caller, &request)?;
        let action = &resolved.implementation.action;
        action
            .validator
            .check(&request.args)
            .map_err(|mistakes| Refused::Arguments { action: action.definition.name.clone(), mistakes })?;
        let call = Arc::new(Assignation {
            id: self.ids.next(),
            reference: request.reference.unwrap_or_else(|| Uuid::new_v4().to_string()),
            args: request.args,
            action: Arc::clone(action),
            implementation: Arc::clone(&resolved.implementation),
            waiter: resolved.waiter,
            parent: resolved.parent,
            root: resolved.root,
            capture: request.capture,
            ephemeral: request.ephemeral,
            reservation: request.target.reservation(),
            dependencies: resolved.dependencies,
            created_at: Timestamp::now(),
        });
        let frame = frame(&call);
        self.begin(call, frame)
    }

    fn resolve(&self, caller: &Arc<Registry>, request: &Request) -> Result<Resolved, Refused> {
        let mut inner = self.lock();
        let implementation =
            Arc::clone(inner.find(caller, &request.target, self.settings.reservation_strategy)?);
        let dependencies = inner.resolve_dependencies(caller, &implementation, &request.dependencies)?;
        let (parent, root) = match &request.parent {
            None => (None, None),
            Some(id) => {
                let entry = id.parse().ok().and_then(|id: Id| inner.assignations.entries.get(&id));
                let parent = entry
                    .filter(|entry| caller.sees(&entry.call.waiter.registry))
                    .ok_or_else(|| Refused::not_found("parent assignation", id))?;
                (Some(parent.call.id), Some(parent.call.root.unwrap_or(parent.call.id)))
            }
        };
        let waiter = inner.registries.waiter(caller, &request.instance_id, &self.ids);
        Ok(Resolved { implementation, waiter, dependencies, parent, root })
    }

    /// Stores, queues and publishes a call. Its agent may have gone since it was resolved.
    fn begin(&self, call: Arc<Assignation>, frame: String) -> Result<AssignationView, Refused> {
        let mut inner = self.lock();
        let agent = inner.agents.get_mut(&call.implementation.agent).ok_or(Refused::AgentAway)?;
        if agent.connection.is_none() {
            return Err(Refused::AgentAway);
        }
        agent.outbox.push(frame)?;
        agent.open.insert(call.id);
        let mut entry = Entry::new(Arc::clone(&call));
        entry.instruct(Instruct {
            id: self.ids.next(),
            assignation: call.id,
            kind: InstructKind::Assign,
            created_at: call.created_at,
        });
        let view = entry.view();
        inner.assignations.entries.insert(call.id, entry);
        inner.registries.publish(&call.waiter, || Change::Created(Arc::new(view.clone())));
        if let Some(parent) = call.parent {
            self.record(&mut inner, parent, NewEvent::delegated_to(call.id));
        }
        Ok(view)
    }
}

impl Inner {
    /// The implementation that is to run; its agent is connected.
    fn find(
        &self,
        caller: &Registry,
        target: &Target,
        strategy: ReservationStrategy,
    ) -> Result<&Arc<Implementation>, Refused> {
        let one = match target {
            Target::Action(id) => return self.any_of(self.action(caller, id)?.id),
            Target::Hash(hash) => return self.any_of(self.action_of_hash(caller, hash)?.id),
            Target::Reservation(id) => return self.reserved(caller, id, strategy),
            Target::Implementation(id) => self.implementation(caller, id)?,
            Target::Interface { agent, interface } => self.implementation_at(caller, agent, interface)?,
        };
        if self.is_connected(one.agent) { Ok(one) } else { Err(Refused::AgentAway) }
    }

    /// An implementation of an action that is connected.
    fn any_of(&self, action: Id) -> Result<&Arc<Implementation>, Refused> {
        self.least_busy(self.catalogue.of_action(action)).ok_or(Refused::NoImplementation)
    }
}

/// The ASSIGN of a call.
fn frame(call: &Assignation) -> String {
    let caller = &call.waiter.registry.identity;
    let assign = Assign {
        interface: call.implementation.interface.clone(),
        extension: call.implementation.extension.clone(),
        assignation: call.id.to_string(),
        reference: Some(call.reference.clone()),
        args: call.args.clone(),
        user: Some(caller.user.clone()),
        org: Some(caller.organization.clone()),
        app: Some(caller.client.clone()),
        action: Some(call.action.hash.clone()),
        reservation: call.reservation.map(|reservation| reservation.to_string()),
        root: call.root.map(|root| root.to_string()),
        parent: call.parent.map(|parent| parent.to_string()),
        dependencies: call.dependencies.clone(),
        capture: call.capture,
        message: None,
    };
    ToAgent::Assign(Box::new(assign)).to_json(Uuid::new_v4())
}
