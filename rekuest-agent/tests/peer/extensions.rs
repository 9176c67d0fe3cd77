//! Extensions: functions of libraries beside those of the program.

use rekuest_agent::{Agent, AgentError, CompositionError};
use rekuest_core::{Function, Registry};
use serde_json::json;

use crate::scripted::Peer;

fn registry(functions: impl IntoIterator<Item = Function>) -> Registry {
    let mut registry = Registry::new();
    for function in functions {
        registry.add(function).expect("a function");
    }
    registry
}

fn answers(interface: &str, answer: i64) -> Function {
    Function::blocking(interface, [], move || answer)
}

#[tokio::test]
async fn functions_are_run_in_the_extension_that_they_are_in() {
    let mut peer = Peer::start().await;
    let _agent = peer.agent_with([answers("own", 1)], |builder| {
        builder.extension("stage", registry([answers("home", 2)]))
    });
    let mut socket = peer.connection(&[]).await;
    assert_eq!(peer.registrations(), 2, "one for each extension");
    let assign = |id: &str, interface: &str, extension: &str| json!({"type": "ASSIGN", "interface": interface, "extension": extension, "assignation": id, "args": {}});
    socket.send(assign("1", "home", "stage")).await;
    assert_eq!(socket.receive_type("YIELD").await["returns"], json!({"return0": 2}));
    assert_eq!(socket.receive().await["type"], "DONE");
    socket.send(assign("2", "own", "default")).await;
    assert_eq!(socket.receive_type("YIELD").await["returns"], json!({"return0": 1}));
    assert_eq!(socket.receive().await["type"], "DONE");
    for (id, interface, extension, said) in [
        (
            "3",
            "home",
            "default",
            "this app has no function `home` in the extension `default`, but in `stage`",
        ),
        ("4", "home", "lamp", "this app has no function `home` in the extension `lamp`, but in `stage`"),
        ("5", "light", "lamp", "this app has no function `light` in an extension `lamp`"),
    ] {
        socket.send(assign(id, interface, extension)).await;
        let critical = socket.receive().await;
        assert_eq!((&critical["type"], &critical["error"]), (&json!("CRITICAL"), &json!(said)));
    }
}

#[tokio::test]
async fn what_cannot_be_told_apart_is_an_error_at_the_start() {
    let peer = Peer::start().await;
    let build = |extensions: &[(&str, &str)]| {
        let builder =
            Agent::builder(registry([answers("own", 1)]), std::sync::Arc::new(peer.access().clone()));
        let builder = extensions.iter().fold(builder, |builder, (name, interface)| {
            builder.extension(*name, registry([answers(interface, 2)]))
        });
        match builder.build() {
            Err(AgentError::Composition(error)) => error,
            other => panic!("expected an error, got {other:?}"),
        }
    };
    let twice = build(&[("stage", "home"), ("lamp", "home")]);
    assert!(matches!(twice, CompositionError::InterfaceTwice { .. }));
    assert!(
        twice
            .to_string()
            .starts_with("the extensions `stage` and `lamp` both have a function under the interface `home`")
    );
    assert_eq!(
        build(&[("default", "home")]).to_string(),
        "`default` cannot be the name of an extension: the app has an extension of this name already"
    );
    assert_eq!(
        build(&[("two words", "home")]).to_string(),
        "`two words` cannot be the name of an extension: it is one word"
    );
}
