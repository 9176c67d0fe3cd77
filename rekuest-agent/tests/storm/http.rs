//! The start sequence at the model server, over HTTP.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use serde_json::{Value, json};

use crate::server::Server;

pub(crate) fn router(server: Arc<Server>) -> Router {
    Router::new().route("/graphql", post(graphql)).with_state(server)
}

async fn graphql(State(server): State<Arc<Server>>, body: String) -> String {
    let request: Value = serde_json::from_str(&body).expect("a GraphQL request");
    let query = request["query"].as_str().expect("a query");
    let data = if query.contains("setAgentStates") {
        json!({"setAgentStates": []})
    } else if query.contains("ensureAgent") {
        json!({"ensureAgent": {"id": server.agent()}})
    } else if query.contains("setExtensionImplementations") {
        let mut state = server.lock();
        // At first it would be the end.
        if state.registrations > 0 && state.refusals > 0 {
            state.refusals -= 1;
            return json!({"data": null, "errors": [{"message": "not now"}]}).to_string();
        }
        state.registrations += 1;
        json!({"setExtensionImplementations": []})
    } else if query.contains("createImplementation") {
        return json!({"data": null, "errors": [{"message": "not now"}]}).to_string();
    } else {
        server.breaks(format!("an agent does not ask for this: {query}"));
        Value::Null
    };
    json!({"data": data}).to_string()
}
