//! Which server an app talks to: one that is named by flags or environment, else that of the deployment that the environment
//! names, else this machine's local one.

use std::fmt;
use std::sync::Arc;

use rekuest_client::{Access, AccessSource, DeviceCode, Endpoints, Grant, HttpOptions, Login, Manifest};
use rekuest_core::Token;

use crate::app::AppError;
use crate::kept::{Kept, keeping};
use crate::local::{self, LocalAccess};

/// What was said about the server, before the environment is looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) url: Option<String>,
    pub(crate) token: Option<Token>,
    /// How a user is asked to let the app in to a deployment, if there is a user.
    pub(crate) ask: Option<Ask>,
}

/// What shows a user how to let the app in.
#[derive(Clone)]
pub(crate) struct Ask(pub(crate) Arc<dyn Fn(&DeviceCode) + Send + Sync>);

impl fmt::Debug for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ask")
    }
}

/// The server an app talks to.
#[derive(Debug)]
pub(crate) enum Target {
    /// One that was named.
    Named(Box<Access>),
    /// That of a deployment.
    Deployment(Arc<Login>),
    /// The local one of this user.
    Local,
}

impl Target {
    /// What flags or code say, else the environment, else the local server, for this version of this app.
    pub(crate) fn resolve(
        settings: &Settings,
        identifier: &str,
        version: &str,
        http: &HttpOptions,
    ) -> Result<Self, AppError> {
        let wrong = |error: &dyn std::fmt::Display| AppError::Settings(error.to_string());
        if let Some(url) = &settings.url {
            let endpoints = Endpoints::from_base(url).map_err(|error| wrong(&error))?;
            let given = settings.token.clone();
            let token =
                given.or_else(|| std::env::var("REKUEST_TOKEN").ok().map(Token::new)).ok_or_else(|| {
                    AppError::Settings(format!(
                        "the server {url} needs a token: give it with --token, or in REKUEST_TOKEN"
                    ))
                })?;
            return Ok(Self::Named(Box::new(Access { endpoints, token })));
        }
        let access = match &settings.token {
            Some(token) => Access::from_env_with_token(token),
            None => Access::from_env(),
        };
        if let Some(access) = access.map_err(|error| wrong(&error))? {
            return Ok(Self::Named(Box::new(access)));
        }
        if !Login::is_named() {
            return Ok(Self::Local);
        }
        let manifest = Manifest::new(identifier, version).map_err(|error| wrong(&error))?;
        let ask = settings.ask.clone().map(|Ask(ask)| Grant::device_code(move |code| ask(code)));
        let kept = Kept::of(identifier);
        let grant = ask.or_else(|| kept.as_ref()?.read().map(Grant::claim_token));
        match Login::from_env(manifest, grant).map_err(|error| wrong(&error))? {
            Some(login) => Ok(Self::Deployment(Arc::new(keeping(login.http(http.clone()), kept)))),
            None => Ok(Self::Local),
        }
    }

    /// How to reach it, for callers: a local server is looked for, not started.
    pub(crate) fn source(self, identifier: &str) -> Result<Arc<dyn AccessSource>, AppError> {
        match self {
            Self::Named(access) => Ok(Arc::new(*access)),
            Self::Deployment(login) => Ok(login),
            Self::Local => match local::find() {
                Some(_) => Ok(Arc::new(LocalAccess::new(identifier))),
                None => Err(AppError::Local(
                    "no server is running for this user: start an app, or `rekuest-server`, or name a server with --url".to_owned(),
                )),
            },
        }
    }
}
