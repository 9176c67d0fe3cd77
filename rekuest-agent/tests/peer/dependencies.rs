//! Functions that need others: whether an app can be as it is, and who serves whom without a server.

use std::sync::Arc;

use rekuest_agent::offline::{AssignOptions, Offline, OfflineEvent};
use rekuest_agent::{Agent, AgentError, CompositionError};
use rekuest_core::{CallError, Function, Registry, Task};
use rekuest_macros::{declare, register};
use serde_json::value::RawValue;

use crate::scripted::Peer;

/// Says what even is.
#[declare(name = "Even")]
fn is_even(n: u32) -> bool;

/// Says what odd is.
#[register(name = "Odd", dependencies = [is_even])]
async fn odd(task: Task, n: u32) -> Result<bool, CallError> {
    if n == 0 { Ok(false) } else { is_even::call(&task, n - 1).await }
}

/// Says what odd is.
#[declare(name = "Odd")]
fn is_odd(n: u32) -> bool;

/// Needs what needs it.
#[register(name = "Even", dependencies = [is_odd])]
async fn even(task: Task, n: u32) -> Result<bool, CallError> {
    if n == 0 { Ok(true) } else { is_odd::call(&task, n - 1).await }
}

/// Can do without.
#[register(name = "Even", dependencies = [optional(is_odd)])]
async fn even_alone(task: Task, n: u32) -> Result<bool, CallError> {
    if n == 0 { Ok(true) } else { is_odd::call(&task, n - 1).await }
}

/// Makes a number better.
#[declare]
fn filter(x: i64) -> i64;

/// Has the ports of what it needs.
#[register(dependencies = [filter])]
async fn denoise(task: Task, x: i64) -> Result<i64, CallError> {
    Ok(filter::call(&task, x).await? * 10)
}

/// What is needed.
#[register]
async fn stand_in(x: i64) -> i64 {
    x + 1
}

fn registry(functions: impl IntoIterator<Item = Function>) -> Registry {
    let mut registry = Registry::new();
    for function in functions {
        registry.add(function).expect("it has a name of its own");
    }
    registry
}

#[tokio::test]
async fn functions_that_need_each_other_are_an_error_at_the_start() {
    let peer = Peer::start().await;
    let build = |functions: Vec<Function>| {
        Agent::builder(registry(functions), Arc::new(peer.access().clone())).build().map(drop)
    };
    match build(vec![(&odd::IMPLEMENTATION).into(), (&even::IMPLEMENTATION).into()]) {
        Err(AgentError::Composition(error @ CompositionError::CircularDependencies { .. })) => {
            let error = error.to_string();
            assert!(error.contains("`odd`") && error.contains("`even`"), "{error}");
        }
        other => panic!("expected an error, got {other:?}"),
    }
    build(vec![(&odd::IMPLEMENTATION).into(), (&even_alone::IMPLEMENTATION).into()])
        .expect("one can do without the other");
}

#[tokio::test]
async fn a_function_that_is_like_what_it_needs_is_served_by_another_one() {
    let peer = Peer::start().await;
    let alone = registry([(&denoise::IMPLEMENTATION).into()]);
    Agent::builder(alone, Arc::new(peer.access().clone())).build().expect("it is served elsewhere");
    let both = registry([(&denoise::IMPLEMENTATION).into(), (&stand_in::IMPLEMENTATION).into()]);
    let agent = Offline::builder(both).start().await.expect("an agent");
    let args = RawValue::from_string(r#"{"x": 4}"#.to_owned()).expect("JSON");
    let mut call = agent.assign("denoise", args, AssignOptions::default());
    let mut returned = None;
    while let Some(event) = call.next_event().await {
        if let OfflineEvent::Yield(returns) = event {
            returned = Some(returns.get().to_owned());
        }
    }
    assert_eq!(returned.as_deref(), Some(r#"{"return0":50}"#));
}
