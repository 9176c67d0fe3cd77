//! Tokens, as a client of OAuth2 gets them: `client_credentials`.

use std::time::Duration;

use rekuest_core::Token;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use tokio::time::Instant;
use url::Url;
use url::form_urlencoded::Serializer;

use super::LoginError;
use super::claim::Auth;
use super::wire::{Wire, secret};

/// How long before its end a token counts as expired, unless that is more than half of its life.
const MARGIN: Duration = Duration::from_secs(60);

/// A token.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) token: Token,
    /// When it is about to expire, if it says when it expires.
    pub(super) stale_at: Option<Instant>,
}

#[derive(Deserialize)]
struct Response {
    #[serde(deserialize_with = "secret")]
    access_token: Token,
    #[serde(default)]
    expires_in: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Failure {
    error: Option<String>,
    error_description: Option<String>,
}

/// Gets a token.
pub(super) async fn token(wire: &Wire, auth: &Auth) -> Result<Issued, LoginError> {
    const STEP: &str = "request for a token";
    let url = Url::parse(&auth.token_url).map_err(|_| LoginError::Url {
        what: "the deployment's issuer of tokens",
        given: format!("`{}`", auth.token_url),
    })?;
    let form = Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("scope", &auth.scopes.join(" "))
        .finish();
    let asked = Instant::now();
    let answer = wire
        .send(&url, |client| {
            client
                .post(url.clone())
                .basic_auth(&auth.client_id, Some(auth.client_secret.expose()))
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form)
        })
        .await?
        .without(&auth.client_secret);
    let failure: Failure = serde_json::from_slice(&answer.body).unwrap_or_default();
    if let Some(error) = failure.error {
        let message = match failure.error_description {
            Some(description) => format!("{error}: {description}"),
            None => error.clone(),
        };
        return Err(match error.as_str() {
            "invalid_client" | "unauthorized_client" => LoginError::ClientRefused { message },
            _ => LoginError::Refused { step: STEP, message },
        });
    }
    if answer.status == 401 {
        return Err(LoginError::ClientRefused { message: "status 401".to_owned() });
    }
    let Response { access_token, expires_in } = answer.read(STEP)?;
    let life = expires_in.map(Duration::from_secs);
    let stale_at = life.and_then(|life| asked.checked_add(life - MARGIN.min(life / 2)));
    Ok(Issued { token: access_token, stale_at })
}
