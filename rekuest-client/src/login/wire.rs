//! What is sent to a deployment, and its answers: JSON where it goes well, JSON with a status where it does not, and
//! whatever a proxy puts in its place.

use rekuest_core::Token;
use reqwest::header::CONTENT_TYPE;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use url::Url;

use super::LoginError;
use crate::graphql::excerpt;
use crate::transport::Transport;

/// Asks the parts of a deployment.
pub(super) struct Wire {
    transport: Transport,
}

/// An answer, before it is read.
pub(super) struct Answer {
    pub(super) url: Url,
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
}

/// How far a step has come, in every answer of fakts. Failures are told with HTTP 200, under `error` or `message`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Status {
    pub(super) status: Option<String>,
    error: Option<String>,
    message: Option<String>,
}

impl Status {
    /// What the deployment says of a failure.
    pub(super) fn into_message(self) -> String {
        self.error.or(self.message).unwrap_or_else(|| "it does not say why".to_owned())
    }
}

impl Wire {
    pub(super) fn new(transport: Transport) -> Self {
        Self { transport }
    }

    /// Sends a request that `make` makes.
    pub(super) async fn send(
        &self,
        url: &Url,
        make: impl FnOnce(&reqwest::Client) -> reqwest::RequestBuilder,
    ) -> Result<Answer, LoginError> {
        let unreachable = |error: reqwest::Error| LoginError::Unreachable {
            url: url.to_string(),
            source: error.without_url().into(),
        };
        let client = self.transport.client(url).map_err(unreachable)?;
        let response = make(client).send().await.map_err(unreachable)?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(unreachable)?.to_vec();
        Ok(Answer { url: url.clone(), status, body })
    }

    /// Posts JSON.
    pub(super) async fn post(&self, url: &Url, body: serde_json::Value) -> Result<Answer, LoginError> {
        let body = body.to_string();
        self.send(url, |client| client.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body))
            .await
    }
}

impl Answer {
    /// Reads it as what this step expects.
    pub(super) fn read<T: DeserializeOwned>(&self, step: &'static str) -> Result<T, LoginError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            let reason = error.to_string();
            let what = match serde_json::from_slice::<IgnoredAny>(&self.body) {
                Err(_) => excerpt(&self.body),
                // JSON of another shape may hold secrets, and so may what serde says of a value.
                Ok(_) if reason.starts_with("missing field") => reason,
                Ok(_) => format!("JSON of another shape, at line {} column {}", error.line(), error.column()),
            };
            LoginError::Unexpected { url: self.url.to_string(), step, status: self.status, body: what }
        })
    }

    /// The same without a secret that was sent: error pages repeat what they got.
    pub(super) fn without(mut self, secret: &Token) -> Self {
        let body = String::from_utf8_lossy(&self.body);
        if !secret.is_empty() && body.contains(secret.expose()) {
            self.body = body.replace(secret.expose(), "[redacted]").into_bytes();
        }
        self
    }

    /// Reads it, if it says that the step was granted.
    pub(super) fn granted<T: DeserializeOwned>(&self, step: &'static str) -> Result<T, LoginError> {
        let status: Status = self.read(step)?;
        match status.status.as_deref() {
            Some("granted") => self.read(step),
            Some("denied") => Err(LoginError::Denied),
            _ => Err(LoginError::Refused { step, message: status.into_message() }),
        }
    }
}

/// Reads a text that must not be printed.
pub(super) fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Token, D::Error> {
    String::deserialize(deserializer).map(Token::new)
}
