//! The routes: `POST /graphql`, the websockets `/graphql` and `/agi`, `GET /ht`; each also with a slash behind it.

use std::sync::Arc;

use async_graphql::Request;
use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::agi;
use crate::auth::Credentials;
use crate::connections::Open;
use crate::graphql::{Answer, Caller, Direct, ServerSchema};
use crate::state::Store;
use crate::state::registries::Registry;
use crate::websocket::{self, Subprotocol};

/// What a websocket's own buffer holds at least before writing to it waits for the peer, however small messages have to
/// be.
const SMALLEST_BUFFER: usize = 1024 * 1024;

/// How much is read from a websocket at once, in bytes. As much is cleared before each read, and frames are small: less than
/// the usual 128 KiB.
const READ_BUFFER: usize = 16 * 1024;

/// What every request needs.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) credentials: Arc<Credentials>,
    pub(crate) schema: ServerSchema,
    pub(crate) direct: Arc<Direct>,
    pub(crate) open: Open,
}

impl App {
    /// The registry behind a token; none if it is not accepted.
    pub(crate) fn registry_of(&self, token: &str) -> Option<Arc<Registry>> {
        self.credentials.identify(token).map(|identity| self.store.registry(&identity))
    }
}

/// Every route.
pub(crate) fn router(app: App) -> Router {
    let largest = DefaultBodyLimit::max(app.store.settings().largest_message);
    let mut router = Router::new();
    for slash in ["", "/"] {
        router = router
            .route(&format!("/graphql{slash}"), get(graphql_websocket).post(graphql))
            .route(&format!("/agi{slash}"), get(agents))
            .route(&format!("/ht{slash}"), get(StatusCode::OK));
    }
    router.layer(largest).with_state(app)
}

/// GraphQL over HTTP. Every GraphQL error, a wrong token included, is HTTP 200 with `errors` (protocol, section 2).
async fn graphql(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let caller = bearer.and_then(|token| app.registry_of(token));
    if let Some(caller) = &caller
        && let Ok(body) = serde_json::from_slice(&body)
        && let Some(Answer::Once(payload)) = app.direct.execute(caller, None, &body)
    {
        return ([(CONTENT_TYPE, "application/json")], payload).into_response();
    }
    let request: Request = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => {
            let reason = format!("expected a JSON object with `query` and `variables`: {error}");
            return (StatusCode::BAD_REQUEST, reason).into_response();
        }
    };
    let response = app.schema.execute(request.data(Caller(caller))).await;
    match serde_json::to_vec(&response) {
        Ok(json) => ([(CONTENT_TYPE, "application/json")], json).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

async fn graphql_websocket(State(app): State<App>, upgrade: Upgrade) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => sized(&app, upgrade).protocols(Subprotocol::NAMES),
        Err(rejection) => return rejection.into_response(),
    };
    let protocol = upgrade.selected_protocol().and_then(|name| Subprotocol::named(name.to_str().ok()?));
    let open = app.open.clone();
    upgrade.on_upgrade(move |socket| websocket::serve(app, open, socket, protocol))
}

async fn agents(State(app): State<App>, upgrade: Upgrade) -> Response {
    match upgrade {
        Ok(upgrade) => {
            let open = app.open.clone();
            sized(&app, upgrade).on_upgrade(move |socket| agi::serve(app, open, socket))
        }
        Err(rejection) => rejection.into_response(),
    }
}

/// Limits what is read. What is written was read before, in part at least, and may be twice as long with what is around
/// it.
fn sized(app: &App, upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    let largest = app.store.settings().largest_message;
    upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(largest)
        .max_frame_size(largest)
        .max_write_buffer_size(largest.saturating_mul(2).max(SMALLEST_BUFFER))
}
