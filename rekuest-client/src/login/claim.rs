//! What a deployment tells an app that it has let in: its credentials, and where the services are.

use std::collections::BTreeMap;

use rekuest_core::Token;
use serde::Deserialize;
use serde_json::json;

use super::LoginError;
use super::discovery::Fakts;
use super::wire::{Wire, secret};

/// What a deployment tells an app. What is unknown in it is ignored.
#[derive(Debug, Deserialize)]
pub(super) struct Config {
    pub(super) auth: Auth,
    #[serde(default)]
    pub(super) instances: BTreeMap<String, Instance>,
}

/// The app as a client of OAuth2.
#[derive(Debug, Deserialize)]
pub(super) struct Auth {
    pub(super) client_id: String,
    #[serde(deserialize_with = "secret")]
    pub(super) client_secret: Token,
    #[serde(default)]
    pub(super) scopes: Vec<String>,
    pub(super) token_url: String,
}

/// A service.
#[derive(Debug, Deserialize)]
pub(super) struct Instance {
    #[serde(default)]
    pub(super) aliases: Vec<Alias>,
}

/// A way to a service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Alias {
    #[serde(default)]
    pub(super) ssl: bool,
    pub(super) host: String,
    #[serde(default)]
    pub(super) port: Option<u16>,
    #[serde(default)]
    pub(super) path: Option<String>,
    /// What is asked there to see whether it can be reached.
    #[serde(default)]
    pub(super) challenge: Option<String>,
}

#[derive(Deserialize)]
struct Claimed {
    config: Config,
}

/// Gets what the deployment tells the app with this claim token.
pub(super) async fn claim(wire: &Wire, fakts: &Fakts, token: &Token) -> Result<Config, LoginError> {
    let body = json!({"token": token.expose(), "secure": fakts.is_secure()});
    let answer = wire.post(&fakts.endpoint("claim/")?, body).await?.without(token);
    Ok(answer.granted::<Claimed>("claim token")?.config)
}
