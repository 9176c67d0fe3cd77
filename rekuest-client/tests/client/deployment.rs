//! A deployment that lets apps in as a test tells it, on a port of the system's choice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use rekuest_client::{Grant, Login, Manifest};
use serde_json::{Value, json};

/// Everything here that must not be printed.
pub(crate) const SECRETS: [&str; 4] = ["claim-s3cret", "redeem-s3cret", "client-s3cret", "access-s3cret"];

#[derive(Clone)]
pub(crate) struct Deployment {
    pub(crate) base: String,
    world: Arc<Mutex<World>>,
}

/// What the deployment is told to do, and what was asked of it.
#[derive(Default)]
pub(crate) struct World {
    /// What is said instead of what would be, by endpoint; the last one again and again.
    pub(crate) answers: BTreeMap<&'static str, Vec<(u16, String)>>,
    /// What was asked, in order: endpoint and body.
    pub(crate) asked: Vec<(String, String)>,
    /// The values of the header `Authorization` of those who asked for tokens.
    pub(crate) authorizations: Vec<String>,
    /// The aliases of the server.
    pub(crate) aliases: Vec<Value>,
    /// How long tokens live, in seconds.
    pub(crate) expires_in: u64,
    tokens: usize,
}

impl World {
    pub(crate) fn count(&self, endpoint: &str) -> usize {
        self.asked.iter().filter(|(asked, _)| asked == endpoint).count()
    }

    /// The last body that an endpoint got.
    pub(crate) fn body(&self, endpoint: &str) -> Value {
        let asked = self.asked.iter().rev().find(|(asked, _)| asked == endpoint).expect("it was asked");
        serde_json::from_str(&asked.1).expect("JSON")
    }
}

impl Deployment {
    /// A deployment of a server that is reached at this base url.
    pub(crate) async fn of(server: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (host, port) = server.trim_start_matches("http://").split_once(':').expect("a port");
        let alias = json!({"ssl": false, "host": host, "port": port.parse::<u16>().expect("a port"),
            "path": null, "challenge": "ht", "unknown": 1});
        let world = World { aliases: vec![alias], expires_in: 864_000, ..World::default() };
        let deployment = Self { base: format!("http://{address}"), world: Arc::new(Mutex::new(world)) };
        let routes = Router::new()
            .route("/.well-known/fakts", get(well_known))
            .route("/lok/f/{step}/", post(step))
            .route("/token/", post(token))
            .with_state(deployment.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        deployment
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().expect("the world")
    }

    /// Says this at an endpoint from now on.
    pub(crate) fn says(&self, endpoint: &'static str, status: u16, body: impl ToString) {
        self.world().answers.insert(endpoint, vec![(status, body.to_string())]);
    }

    /// Says these one after the other.
    pub(crate) fn says_in_turn(&self, endpoint: &'static str, bodies: &[Value]) {
        let bodies = bodies.iter().map(|body| (200, body.to_string())).collect();
        self.world().answers.insert(endpoint, bodies);
    }

    pub(crate) fn login(&self, grant: Grant) -> Login {
        let manifest = Manifest::new("app", "1.0").expect("a manifest").scope("read");
        Login::to(&self.base, manifest, grant.waiting(Duration::from_secs(5), Duration::from_millis(5)))
    }

    fn answer(&self, endpoint: &str, body: String, usual: impl FnOnce(&mut World) -> Value) -> Response {
        let mut world = self.world();
        world.asked.push((endpoint.to_owned(), body));
        if let Some(answers) = world.answers.get_mut(endpoint) {
            let (status, body) = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
            return (StatusCode::from_u16(status).expect("a status"), body).into_response();
        }
        usual(&mut world).to_string().into_response()
    }
}

async fn well_known(State(deployment): State<Deployment>) -> Response {
    let base = format!("{}/lok/f/", deployment.base);
    deployment.answer("fakts", String::new(), |_| {
        json!({"name": "Test", "version": "1", "description": null, "base_url": base, "claim": "x", "ca_crt": null})
    })
}

async fn step(State(deployment): State<Deployment>, Path(step): Path<String>, body: String) -> Response {
    let base = deployment.base.clone();
    deployment.answer(&step.clone(), body, |world| match step.as_str() {
        "start" => json!({"status": "granted", "code": "c0de&"}),
        "claim" => json!({"status": "granted", "config": {
            "self": {"deployment_name": "test"},
            "auth": {"client_id": "id", "client_secret": "client-s3cret", "scopes": ["read", "write"],
                "token_url": format!("{base}/token/"), "unknown": null},
            "instances": {"rekuest": {"service": "live.arkitekt.rekuest", "identifier": "r", "aliases": world.aliases},
                "other": {"service": "o", "identifier": "o", "aliases": []}}}}),
        _ => json!({"status": "granted", "token": "claim-s3cret"}),
    })
}

async fn token(State(deployment): State<Deployment>, headers: HeaderMap, body: String) -> Response {
    let authorization = headers["authorization"].to_str().expect("text").to_owned();
    deployment.world().authorizations.push(authorization);
    deployment.answer("token", body, |world| {
        world.tokens += 1;
        let access_token = format!("access-s3cret-{}", world.tokens);
        json!({"token_type": "Bearer", "access_token": access_token, "expires_in": world.expires_in})
    })
}
