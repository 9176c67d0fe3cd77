//! Logging in to an Arkitekt deployment (protocol, section 7): from its url to access that renews itself.
//!
//! The deployment says where its parts are (`discovery`), an app shows that it may be one (`grant`), gets what it needs to
//! know as a client of OAuth2 (`claim`), gets tokens with that (`oauth`), and takes the first way to the server that answers
//! (`alias`). [`Login`] does it in that order, when access is first asked for, and again as far as it is needed.

mod alias;
mod claim;
mod discovery;
mod error;
mod grant;
mod manifest;
mod oauth;
mod wire;

pub use error::LoginError;
pub use grant::{DeviceCode, Grant};
pub use manifest::{Manifest, ManifestError};

use std::env;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_core::Token;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::environment::{Lookup, variable};
use crate::transport::Transport;
use crate::{Access, AccessError, AccessSource, EnvironmentError, HttpOptions, Renew};
use alias::Chosen;
use claim::Config;
use discovery::Fakts;
use oauth::Issued;
use wire::Wire;

/// The key of the instance that this is about, in what a deployment tells an app.
const INSTANCE: &str = "rekuest";

/// A login to an Arkitekt deployment: a source of access whose tokens are renewed when they are refused or about to expire.
///
/// ```no_run
/// # use std::sync::Arc;
/// # use rekuest_client::{Client, Grant, Login, Manifest};
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let manifest = Manifest::new("my-app", "0.1.0")?;
/// let grant = Grant::device_code(|code| println!("open {} to let this app in", code.url));
/// let login = Login::to("arkitekt.example.org", manifest, grant);
/// let client = Client::builder().access(Arc::new(login)).build().await?;
/// # Ok(())
/// # }
/// ```
pub struct Login {
    url: String,
    manifest: Manifest,
    grant: Grant,
    wire: Wire,
    on_claim_token: Option<Keep>,
    session: Mutex<Session>,
    /// When the token is about to expire; none while there is none, or it does not say.
    stale_at: RwLock<Option<Instant>>,
}

/// What is done with a claim token.
type Keep = Box<dyn Fn(&Token) + Send + Sync>;

/// How far a login has come.
#[derive(Debug, Default)]
struct Session {
    fakts: Option<Fakts>,
    /// One that may not be taken any more.
    kept: Option<Token>,
    claim_token: Option<Token>,
    config: Option<Arc<Config>>,
    issued: Option<Issued>,
    chosen: Option<Chosen>,
}

impl Login {
    /// A login to the deployment at `url`: `https://arkitekt.example.org`. Without a scheme, `https` is tried and then `http`.
    /// Nothing is sent before access is asked for.
    pub fn to(url: impl Into<String>, manifest: Manifest, grant: Grant) -> Self {
        Self {
            url: url.into(),
            manifest,
            grant,
            wire: Wire::new(Transport::new(HttpOptions::default())),
            on_claim_token: None,
            session: Mutex::default(),
            stale_at: RwLock::default(),
        }
    }

    /// The login that the environment names: `FAKTS_URL` with `FAKTS_TOKEN` or `FAKTS_REDEEM_TOKEN`; with `otherwise` if it
    /// has neither token. None if it names no deployment.
    ///
    /// # Errors
    /// When a variable is not text, or there is a url and no way to log in.
    pub fn from_env(manifest: Manifest, otherwise: Option<Grant>) -> Result<Option<Self>, EnvironmentError> {
        from_variables(&|name| env::var_os(name), manifest, otherwise)
    }

    /// Other timeouts of requests than usual, or more authorities that are trusted.
    #[must_use]
    pub fn http(mut self, options: HttpOptions) -> Self {
        self.wire = Wire::new(Transport::new(options));
        self
    }

    /// Called with the claim token when the app was let in: who keeps it, where only this user can read it, logs in with it
    /// the next time.
    #[must_use]
    pub fn on_claim_token(mut self, keep: impl Fn(&Token) + Send + Sync + 'static) -> Self {
        self.on_claim_token = Some(Box::new(keep));
        self
    }

    /// Logs in with this claim token, which an earlier login has given to [`on_claim_token`](Self::on_claim_token), as long as
    /// the deployment takes it; else as it would without.
    #[must_use]
    pub fn kept_claim_token(mut self, token: impl Into<Token>) -> Self {
        self.session.get_mut().kept = Some(token.into());
        self
    }

    /// Whether the environment names a deployment, in `FAKTS_URL`.
    pub fn is_named() -> bool {
        matches!(variable(&|name| env::var_os(name), "FAKTS_URL"), Ok(Some(_)) | Err(_))
    }

    /// The url of the deployment, for people.
    pub fn url(&self) -> &str {
        shown(&self.url)
    }

    /// Logs in as far as it is needed, and says how the server is reached.
    ///
    /// # Errors
    /// See [`LoginError`].
    pub async fn log_in(&self, renew: Renew) -> Result<Access, LoginError> {
        let mut session = self.session.lock().await;
        let config = self.config(&mut session).await?;
        if renew == Renew::TokenRefused || session.issued.is_none() || self.is_stale() {
            let issued = self.issue(&mut session, &config).await?;
            *self.stale_at.write().unwrap_or_else(PoisonError::into_inner) = issued.stale_at;
            session.issued = Some(issued);
        }
        // What was claimed may be another by now.
        let config = self.config(&mut session).await?;
        let chosen = alias::choose(&self.wire, &config, session.chosen.as_ref()).await?;
        let access = session.issued.as_ref().map(|issued| {
            let endpoints = chosen.endpoints.clone();
            Access::new(endpoints, issued.token.clone())
        });
        session.chosen = Some(chosen);
        access.ok_or(LoginError::NoToken)
    }

    /// What the deployment tells this app; asked for once.
    async fn config(&self, session: &mut Session) -> Result<Arc<Config>, LoginError> {
        if let Some(config) = &session.config {
            return Ok(Arc::clone(config));
        }
        let fakts = match &session.fakts {
            Some(fakts) => fakts,
            None => session.fakts.insert(discovery::discover(&self.wire, &self.url).await?),
        };
        if let Some(token) = session.kept.clone() {
            match claim::claim(&self.wire, fakts, &token).await {
                Ok(config) => {
                    session.claim_token = session.kept.take();
                    return Ok(Arc::clone(session.config.insert(Arc::new(config))));
                }
                Err(error) if error.is_final() => {
                    tracing::info!(%error, "the claim token of an earlier login is not taken any more");
                    session.kept = None;
                }
                Err(error) => return Err(error),
            }
        }
        let claim_token = match &session.claim_token {
            Some(token) => token,
            None => {
                let token = self.grant.claim_token_of(&self.wire, fakts, &self.manifest).await?;
                if let Some(keep) = &self.on_claim_token {
                    keep(&token);
                }
                session.claim_token.insert(token)
            }
        };
        let config = Arc::new(claim::claim(&self.wire, fakts, claim_token).await?);
        session.config = Some(Arc::clone(&config));
        Ok(config)
    }

    /// A new token. Where the deployment does not take the app's credentials any more, they are claimed anew, once.
    async fn issue(&self, session: &mut Session, config: &Arc<Config>) -> Result<Issued, LoginError> {
        match oauth::token(&self.wire, &config.auth).await {
            Err(LoginError::ClientRefused { message }) if session.issued.is_some() => {
                tracing::info!(message, "the app's credentials are refused; they are claimed anew");
                session.config = None;
                let config = self.config(session).await?;
                oauth::token(&self.wire, &config.auth).await
            }
            issued => issued,
        }
    }
}

impl AccessSource for Login {
    fn access(&self, renew: Renew) -> BoxFuture<'_, Result<Access, AccessError>> {
        async move {
            let failed = |error| {
                let message = format!("the login to the deployment at {} failed", self.url());
                AccessError::new(message).with_source(error)
            };
            self.log_in(renew).await.map_err(failed)
        }
        .boxed()
    }

    fn is_stale(&self) -> bool {
        let stale_at = *self.stale_at.read().unwrap_or_else(PoisonError::into_inner);
        stale_at.is_some_and(|stale_at| Instant::now() >= stale_at)
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("url", &self.url())
            .field("manifest", &self.manifest)
            .field("grant", &self.grant)
            .finish_non_exhaustive()
    }
}

/// The url of a deployment, for people. Whoever writes a password into it does not want to see it again.
fn shown(url: &str) -> &str {
    if url.contains('@') { "a url with a user or a password" } else { url }
}

pub(crate) fn from_variables(
    lookup: Lookup<'_>,
    mut manifest: Manifest,
    otherwise: Option<Grant>,
) -> Result<Option<Login>, EnvironmentError> {
    let Some(url) = variable(lookup, "FAKTS_URL")? else { return Ok(None) };
    let claim_token = variable(lookup, "FAKTS_TOKEN")?.map(Grant::claim_token);
    let redeem_token = variable(lookup, "FAKTS_REDEEM_TOKEN")?.map(Grant::redeem_token);
    let grant = claim_token.or(redeem_token).or(otherwise).ok_or(EnvironmentError::Missing {
        variable: "FAKTS_TOKEN",
        because: "FAKTS_URL is, and neither is FAKTS_REDEEM_TOKEN: the deployment lets no app in without one",
    })?;
    if let Some(node) = variable(lookup, "ARKITEKT_NODE_ID")? {
        manifest = manifest.node_id(node);
    }
    Ok(Some(Login::to(url, manifest, grant)))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    fn read(variables: &[(&str, &str)], otherwise: Option<Grant>) -> Result<Option<Login>, EnvironmentError> {
        let lookup = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        };
        from_variables(&lookup, Manifest::new("app", "1").expect("a manifest"), otherwise)
    }

    #[test]
    fn the_environment_names_a_deployment_and_a_token() {
        assert!(read(&[("FAKTS_TOKEN", "t")], None).expect("usable").is_none());
        let error = read(&[("FAKTS_URL", "h")], None).expect_err("no token");
        assert!(
            error.to_string().contains("FAKTS_TOKEN") && error.to_string().contains("FAKTS_REDEEM_TOKEN")
        );
        let shown = |variables: &[(&str, &str)]| format!("{:?}", read(variables, None).expect("usable"));
        let both = shown(&[("FAKTS_URL", "h"), ("FAKTS_TOKEN", "s3cret"), ("FAKTS_REDEEM_TOKEN", "s3cret")]);
        assert!(both.contains("Claimed") && !both.contains("s3cret"), "{both}");
        let redeem =
            shown(&[("FAKTS_URL", "h"), ("FAKTS_REDEEM_TOKEN", "s3cret"), ("ARKITEKT_NODE_ID", "node")]);
        assert!(
            redeem.contains("Redeem") && redeem.contains("node") && !redeem.contains("s3cret"),
            "{redeem}"
        );
        let device = read(&[("FAKTS_URL", "h")], Some(Grant::device_code(|_| {}))).expect("usable");
        assert!(format!("{device:?}").contains("DeviceCode"));
    }
}
