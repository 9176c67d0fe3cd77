//! Calls that a running function makes: they are parts of its assignation, and end with it.

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Either, ready, select};

use super::Task;
use crate::Contexts;
use crate::caller::{
    CallError, CallEvent, CallEvents, CallRequest, CallTarget, CalledFunction, Caller, Instruction,
};

impl Task {
    /// Whether this assignation was given an implementation for the dependency called `key`.
    pub fn is_given(&self, key: &str) -> bool {
        self.dependencies().contains_key(key)
    }

    /// What runs a call: the implementation that the server has chosen for a dependency, else what is asked for.
    fn resolved(&self, target: CallTarget) -> Result<CallTarget, CallError> {
        let CallTarget::Function(function) = &target else { return Ok(target) };
        if let Some(implementation) = self.dependencies().get(function.key) {
            return Ok(CallTarget::Implementation(implementation.clone()));
        }
        let declared = self.0.dependencies().iter().find(|dependency| dependency.key() == function.key);
        match declared.map(crate::Dependency::is_optional) {
            // Not a dependency: found when it is called.
            None if function.demand.hash.is_some() => Ok(target),
            optional => Err(self.not_given(function, optional)),
        }
    }

    fn not_given(&self, function: &CalledFunction, optional: Option<bool>) -> CallError {
        let reason = match optional {
            None => format!(
                "`{}` does not name it; write `#[register(dependencies = [{}])]`",
                self.interface(),
                function.key
            ),
            Some(true) => {
                "it is optional, and nobody provided it when this was called; ask `Task::is_given` first"
                    .to_owned()
            }
            Some(false) => "the server did not tell one when it assigned this".to_owned(),
        };
        CallError::NotGiven { key: function.key.to_owned(), reason }
    }
}

/// Calls on the task are parts of its assignation: the server shows them below it, and they are cancelled when it ends.
///
/// A function that is among the caller's dependencies is run by the implementation that the server chose for it.
impl Caller for Task {
    fn start(&self, request: CallRequest) -> BoxFuture<'_, Result<Box<dyn CallEvents>, CallError>> {
        Box::pin(async move {
            let CallRequest { target, args, mut options } = request;
            let target = self.resolved(target)?;
            options.parent.get_or_insert_with(|| self.id().to_owned());
            let starting = self.0.call(CallRequest { target, args, options });
            match select(starting, self.0.over()).await {
                Either::Left((started, _)) => {
                    let events = started?;
                    let assignation = events.assignation().to_owned();
                    let part = Part { events: Some(events), assignation, task: self.clone() };
                    Ok(Box::new(part) as Box<dyn CallEvents>)
                }
                // What was about to be started is given up.
                Either::Right(_) => Err(CallError::Cancelled),
            }
        })
    }

    fn contexts(&self) -> &Contexts {
        self.0.contexts_of_calls()
    }
}

/// A call that is given up when the assignation that made it is over.
struct Part {
    /// None once it was given up.
    events: Option<Box<dyn CallEvents>>,
    assignation: String,
    task: Task,
}

impl CallEvents for Part {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<CallEvent>, CallError>> {
        async move {
            let Some(events) = &mut self.events else { return Err(CallError::Cancelled) };
            let told = match select(events.next(), self.task.0.over()).await {
                Either::Left((told, _)) => Some(told),
                Either::Right(_) => None,
            };
            told.unwrap_or_else(|| {
                // Dropped, it is cancelled.
                self.events = None;
                Err(CallError::Cancelled)
            })
        }
        .boxed()
    }

    fn assignation(&self) -> &str {
        &self.assignation
    }

    fn instruct(&self, instruction: Instruction) -> BoxFuture<'static, Result<(), CallError>> {
        match &self.events {
            Some(events) => events.instruct(instruction),
            None => Box::pin(ready(Err(CallError::Cancelled))),
        }
    }

    fn detach(self: Box<Self>) -> String {
        match self.events {
            Some(events) => events.detach(),
            None => self.assignation,
        }
    }
}
