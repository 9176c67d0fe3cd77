//! The two operations that every call needs, without the engine: `assign`, and the subscription to what happens to calls.
//!
//! Executing a document in general costs tens of microseconds, each time and for each event: it is parsed, validated,
//! resolved field by field, and made a tree before it is text. Here a document is looked at once. If it is one of these
//! two and asks for nothing but plain fields, a *plan* is kept, and from then on what it asks for is written at once.
//! Everything else is executed by the engine, and so is each request that a plan does not understand: what is wrong
//! with it is said by the engine alone. Both ways answer with the same bytes, but for spaces and escapes in values, which travel as
//! agents write them; a test compares them.

mod assign;
mod changes;
mod selection;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, OperationDefinition, OperationType};

use super::request::Body;
use super::subscription::Lagged;
use crate::state::Store;
use crate::state::registries::Registry;

use assign::Assign;
use changes::Changes;

pub(crate) use changes::Payloads;

/// How many documents are remembered, and of which length at most: a client has few. Past that all are forgotten.
const DOCUMENTS: usize = 256;
const LONGEST: usize = 8 * 1024;

/// What a request is, if it needs no engine.
pub(crate) enum Answer {
    /// It is done; the response as JSON.
    Once(String),
    /// Its responses as JSON, as they come.
    Stream(Payloads),
}

/// How a document is executed.
enum Plan {
    Assign(Assign),
    Changes(Changes),
}

/// A plan, and the name of its operation.
struct Named {
    name: Option<String>,
    plan: Plan,
}

/// The plans of the documents that were seen.
pub(crate) struct Direct {
    store: Arc<Store>,
    known: RwLock<HashMap<Box<str>, Option<Arc<Named>>>>,
}

impl Direct {
    pub(crate) fn new(store: Arc<Store>) -> Self {
        Self { store, known: RwLock::default() }
    }

    /// Executes a request; none if that takes the engine.
    pub(crate) fn execute(
        &self,
        caller: &Arc<Registry>,
        lagged: Option<&Lagged>,
        body: &Body<'_>,
    ) -> Option<Answer> {
        let named = self.plan(&body.query)?;
        if body.operation_name.is_some() && body.operation_name.as_deref() != named.name.as_deref() {
            return None;
        }
        match (&named.plan, lagged) {
            (Plan::Assign(assign), _) => {
                assign.execute(&self.store, caller, body.variables?).map(Answer::Once)
            }
            (Plan::Changes(changes), Some(lagged)) => {
                changes.subscribe(&self.store, caller, body.variables, lagged).map(Answer::Stream)
            }
            (Plan::Changes(_), None) => None,
        }
    }

    fn plan(&self, document: &str) -> Option<Arc<Named>> {
        if document.len() > LONGEST {
            return None;
        }
        // A lock whose holder panicked guards plans that are whole all the same.
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(document) {
            return known.clone();
        }
        let made = make(document).map(Arc::new);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= DOCUMENTS {
            known.clear();
        }
        known.insert(document.into(), made.clone());
        made
    }
}

/// The plan of a document; none if it takes the engine.
fn make(document: &str) -> Option<Named> {
    let document = parse_query(document).ok()?;
    if !document.fragments.is_empty() {
        return None;
    }
    let (name, operation) = match document.operations {
        DocumentOperations::Single(operation) => (None, operation.node),
        DocumentOperations::Multiple(several) => {
            let mut several = several.into_iter();
            let (name, operation) = several.next().filter(|_| several.len() == 0)?;
            (Some(name.to_string()), operation.node)
        }
    };
    let plan = plan(&operation)?;
    Some(Named { name, plan })
}

fn plan(operation: &OperationDefinition) -> Option<Plan> {
    if !operation.directives.is_empty() {
        return None;
    }
    match operation.ty {
        OperationType::Mutation => Assign::plan(operation).map(Plan::Assign),
        OperationType::Subscription => Changes::plan(operation).map(Plan::Changes),
        OperationType::Query => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_sends_with_every_call_needs_no_engine() {
        for document in [
            include_str!("../../../../rekuest-client/graphql/assign.graphql"),
            include_str!("../../../../rekuest-client/graphql/assignations.graphql"),
        ] {
            assert!(make(document).is_some(), "{document}");
        }
    }

    #[test]
    fn what_is_not_plain_takes_the_engine() {
        for document in [
            "nonsense",
            "{ agents { id } }",
            "mutation($i: AssignInput!) { assign(input: $i) { id isDone } }",
            "mutation($i: AssignInput!) { assign(input: $i) { id id } }",
            "mutation($i: AssignInput!) { assign(input: $i) { id { id } } }",
            "mutation($i: AssignInput!) { assign(input: $i) }",
            "mutation($i: AssignInput) { assign(input: $i) { id } }",
            "mutation($i: AssignInput!, $j: ID) { assign(input: $i) { id } }",
            "mutation($i: AssignInput! = {}) { assign(input: $i) { id } }",
            "mutation($i: AssignInput!) { assign(input: $j) { id } }",
            "mutation($i: AssignInput!) @x { assign(input: $i) { id } }",
            "mutation($i: AssignInput!) { assign(input: $i) @x { id } }",
            "mutation($i: AssignInput!) { assign(input: $i) { ...F } } fragment F on Assignation { id }",
            "mutation($i: AssignInput!) { assign(input: $i) { ... { id } } }",
            "mutation($i: AssignInput!) { assign(input: $i) { id } ack(input: {}) { id } }",
            "mutation A($i: AssignInput!) { assign(input: $i) { id } } mutation B { ack { id } }",
            "subscription { assignations(instanceId: \"default\") { create { id } } }",
            "subscription($i: InstanceId!) { assignations(instanceId: $i) { event { id name } } }",
            "subscription($i: InstanceId!) { assignations(instanceId: $i) { event { assignation { isDone } } } }",
            "subscription($i: InstanceId!) { assignations(instanceId: $i) { event { assignation } } }",
            "subscription($i: InstanceId!) { assignationEvents(instanceId: $i) { id } }",
        ] {
            assert!(make(document).is_none(), "{document}");
        }
    }
}
