//! Calls that functions make in an agent without a connection: of the functions that it has itself.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Weak;
use std::time::Duration;

use futures_util::future::{BoxFuture, ready};
use rekuest_core::caller::{CallEvent, CallEvents, CallRequest, CallTarget, Instruction};
use rekuest_core::{CallError, DemandBuf, Function};
use tokio::time::{Instant, timeout_at};

use super::{AssignOptions, Offline, OfflineCall, OfflineEvent, Shared};
use crate::calls::Calling;

/// Calls the functions of the agent that it is in.
pub(super) struct Inward(Weak<Shared>);

impl Inward {
    pub(super) fn new(agent: Weak<Shared>) -> Self {
        Self(agent)
    }

    fn start(&self, request: CallRequest) -> Result<Box<dyn CallEvents>, CallError> {
        let agent = self.0.upgrade().map(Offline);
        let agent = agent.ok_or_else(|| CallError::Refused("the agent has ended".to_owned()))?;
        let CallRequest { target, args, options, .. } = request;
        let interface = agent.named(&target)?;
        let assign = AssignOptions {
            parent: options.parent,
            dependencies: options.dependencies,
            reference: options.reference.map(|reference| reference.to_string()),
            capture: options.capture,
            ..AssignOptions::default()
        };
        if !options.hooks.is_empty() {
            let instead = "call what they would run yourself";
            return Err(CallError::Unsupported { what: "hooks of a call", instead });
        }
        let call = agent.assign(interface, args, assign);
        let until = options.timeout.and_then(|limit| Some((Instant::now().checked_add(limit)?, limit)));
        Ok(Box::new(Told { call, until, idle: options.idle_timeout }))
    }
}

impl Offline {
    /// The interface of what is to be called. An implementation is named by its interface: there is no server that would
    /// give it an id.
    fn named(&self, target: &CallTarget) -> Result<String, CallError> {
        let of_hash = |hash: &str| DemandBuf { hash: Some(hash.to_owned()), ..DemandBuf::default() };
        let (what, demand) = match target {
            CallTarget::Implementation(interface) => {
                let known = self.function(interface).map(|function| function.interface().to_owned());
                return known.ok_or_else(|| not_found(&format!("the interface `{interface}`")));
            }
            CallTarget::ActionHash(hash) => (format!("the hash `{hash}`"), of_hash(hash)),
            CallTarget::Function(function) => {
                (format!("what `{}` is declared as", function.key), function.demand.clone())
            }
            other => return Err(not_found(&format!("{other:?}"))),
        };
        self.serving(&demand, None).ok_or_else(|| not_found(&what))
    }

    /// The interface of a function that is like this: the first by name, and another one than `depending`, unless it is
    /// that one that is asked for.
    fn serving(&self, demand: &DemandBuf, depending: Option<&str>) -> Option<String> {
        let depending = depending.filter(|_| demand.hash.is_none());
        let fits = |function: &&Function| {
            depending != Some(function.interface())
                && function.definition().is_ok_and(|definition| demand.fits(&definition.hash(), &definition))
        };
        self.0.workshop.all().filter(fits).map(|function| function.interface().to_owned()).min()
    }

    /// What serves the dependencies of a function, as a server would say it. One that nobody serves is left out: the
    /// function learns of it when it calls.
    pub(super) fn dependencies(
        &self,
        interface: &str,
        mut chosen: BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let dependencies = self.function(interface).map(Function::dependencies).unwrap_or_default();
        for dependency in dependencies {
            if !chosen.contains_key(dependency.key())
                && let Ok(demand) = dependency.demand().to_buf()
                && let Some(serving) = self.serving(&demand, Some(interface))
            {
                chosen.insert(dependency.key().to_owned(), serving);
            }
        }
        chosen
    }
}

fn not_found(what: &str) -> CallError {
    CallError::NotFound(format!(
        "this app has no function for {what}, and there is no server that knows others; add one"
    ))
}

impl Calling for Inward {
    fn call(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        Box::pin(ready(self.start(request)))
    }
}

impl fmt::Debug for Inward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Inward")
    }
}

/// What a call is told, as a caller is.
struct Told {
    call: OfflineCall,
    until: Option<(Instant, Duration)>,
    /// For how long it may tell nothing.
    idle: Option<Duration>,
}

impl Told {
    /// When the call is given up unless something is told before, and why.
    fn given_up(&self) -> Option<(Instant, CallError)> {
        let total = self.until.map(|(until, limit)| (until, CallError::Timeout(limit)));
        let idle = self.idle.and_then(|limit| {
            let until = Instant::now().checked_add(limit)?;
            Some((until, CallError::Idle(limit)))
        });
        total.into_iter().chain(idle).min_by_key(|(until, _)| *until)
    }

    async fn told(&mut self) -> Result<Option<OfflineEvent>, CallError> {
        let Some((until, error)) = self.given_up() else { return Ok(self.call.next_event().await) };
        match timeout_at(until, self.call.next_event()).await {
            Ok(event) => Ok(event),
            Err(_) => {
                self.call.cancel();
                Err(error)
            }
        }
    }
}

impl CallEvents for Told {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<CallEvent>, CallError>> {
        Box::pin(async move {
            loop {
                match self.told().await? {
                    None | Some(OfflineEvent::Done) => return Ok(None),
                    Some(OfflineEvent::Progress { percent, message }) => {
                        return Ok(Some(CallEvent::Progress { percent, message }));
                    }
                    Some(OfflineEvent::Log { level, message }) => {
                        return Ok(Some(CallEvent::Log { level, message }));
                    }
                    Some(OfflineEvent::Yield(returns)) => return Ok(Some(CallEvent::Yield(returns))),
                    Some(OfflineEvent::Error(message)) => return Err(CallError::Error { message }),
                    Some(OfflineEvent::Critical(message)) => return Err(CallError::Critical { message }),
                    Some(OfflineEvent::Cancelled) => return Err(CallError::Cancelled),
                    Some(OfflineEvent::Interrupted) => return Err(CallError::Interrupted),
                    Some(_) => {}
                }
            }
        })
    }

    fn assignation(&self) -> &str {
        self.call.id()
    }

    fn instruct(&self, instruction: Instruction) -> BoxFuture<'static, Result<(), CallError>> {
        let (agent, id) = (self.call.agent().clone(), self.call.id().to_owned());
        Box::pin(async move {
            agent.instruct(&id, instruction);
            Ok(())
        })
    }

    fn detach(self: Box<Self>) -> String {
        self.call.detach()
    }
}
