//! How an app shows that it may be one: a claim token.

use std::fmt;
use std::time::Duration;

use rekuest_core::Token;
use serde::Deserialize;
use serde_json::json;
use tokio::time::{Instant, sleep};
use url::Url;

use super::discovery::Fakts;
use super::wire::{Status, Wire, secret};
use super::{LoginError, Manifest};

/// How long a user has to let an app in.
const PATIENCE: Duration = Duration::from_secs(300);

/// How often it is asked whether the user has.
const INTERVAL: Duration = Duration::from_secs(1);

/// How an app gets in.
pub struct Grant(Kind);

enum Kind {
    Claimed(Token),
    Redeem(Token),
    DeviceCode { show: Box<dyn Fn(&DeviceCode) + Send + Sync>, patience: Duration, interval: Duration },
}

/// What a user has to do to let an app in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeviceCode {
    /// The url that the user opens.
    pub url: Url,
    /// The code in it, for those who type.
    pub code: String,
    /// How long there is time for it.
    pub expires_in: Duration,
}

impl Grant {
    /// With a claim token that the app was given before.
    pub fn claim_token(token: impl Into<Token>) -> Self {
        Self(Kind::Claimed(token.into()))
    }

    /// With a token that was made for an app to be let in by itself. It is used up by the first login.
    pub fn redeem_token(token: impl Into<Token>) -> Self {
        Self(Kind::Redeem(token.into()))
    }

    /// By a user who opens a url. `show` is called with it, and has to show it to the user. A new approval of the same app
    /// takes the place of its earlier one.
    pub fn device_code(show: impl Fn(&DeviceCode) + Send + Sync + 'static) -> Self {
        Self(Kind::DeviceCode { show: Box::new(show), patience: PATIENCE, interval: INTERVAL })
    }

    /// Another time than five minutes for the user to let the app in, and another than a second between two questions
    /// whether that has happened. Nothing for other grants.
    #[must_use]
    pub fn waiting(self, within: Duration, every: Duration) -> Self {
        Self(match self.0 {
            Kind::DeviceCode { show, .. } => Kind::DeviceCode { show, patience: within, interval: every },
            other => other,
        })
    }

    /// A claim token.
    pub(super) async fn claim_token_of(
        &self,
        wire: &Wire,
        fakts: &Fakts,
        manifest: &Manifest,
    ) -> Result<Token, LoginError> {
        match &self.0 {
            Kind::Claimed(token) => Ok(token.clone()),
            Kind::Redeem(token) => {
                let body = json!({"manifest": manifest, "token": token.expose()});
                let answer = wire.post(&fakts.endpoint("redeem/")?, body).await?.without(token);
                Ok(answer.granted::<Granted>("redeem token")?.token)
            }
            Kind::DeviceCode { show, patience, interval } => {
                let body = json!({"manifest": manifest, "expiration_time_seconds": patience.as_secs(), "redirect_uris": [],
                    "requested_client_kind": "development", "supported_layers": []});
                let answer = wire.post(&fakts.endpoint("start/")?, body).await?;
                let started: Started = answer.granted("request for a device code")?;
                let mut url = fakts.endpoint("configure/")?;
                url.query_pairs_mut()
                    .append_pair("device_code", &started.code)
                    .append_pair("grant", "device_code");
                show(&DeviceCode { url, code: started.code.clone(), expires_in: *patience });
                allowed(wire, &fakts.endpoint("challenge/")?, &started.code, *patience, *interval).await
            }
        }
    }
}

#[derive(Deserialize)]
struct Granted {
    #[serde(deserialize_with = "secret")]
    token: Token,
}

#[derive(Deserialize)]
struct Started {
    code: String,
}

/// Waits until the user has let the app in.
async fn allowed(
    wire: &Wire,
    url: &Url,
    code: &str,
    patience: Duration,
    interval: Duration,
) -> Result<Token, LoginError> {
    const STEP: &str = "device code";
    let deadline = Instant::now() + patience;
    loop {
        match wire.post(url, json!({"code": code})).await {
            Ok(answer) => {
                let status: Status = answer.read(STEP)?;
                match status.status.as_deref() {
                    Some("pending" | "waiting") => {}
                    Some("expired") => return Err(LoginError::Expired(patience)),
                    _ => return Ok(answer.granted::<Granted>(STEP)?.token),
                }
            }
            // The user is still at it: a moment without a network is no reason to begin again.
            Err(error) => tracing::debug!(%error, "it is not known whether the user has let the app in"),
        }
        if Instant::now() + interval > deadline {
            return Err(LoginError::Expired(patience));
        }
        sleep(interval).await;
    }
}

/// Which way it is, and no token.
impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::Claimed(_) => "Claimed([redacted])",
            Kind::Redeem(_) => "Redeem([redacted])",
            Kind::DeviceCode { .. } => "DeviceCode",
        })
    }
}
