//! Which server an app talks to: one that is named by flags or environment, else this machine's local one.

use std::sync::Arc;

use rekuest_client::{Access, AccessSource, Endpoints};
use rekuest_core::Token;

use crate::app::AppError;
use crate::local::{self, LocalAccess};

/// What was said about the server, before the environment is looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) url: Option<String>,
    pub(crate) token: Option<Token>,
}

/// The server an app talks to.
#[derive(Debug)]
pub(crate) enum Target {
    /// One that was named.
    Named(Box<Access>),
    /// The local one of this user.
    Local,
}

impl Target {
    /// What flags or code say, else the environment, else the local server.
    pub(crate) fn resolve(settings: &Settings) -> Result<Self, AppError> {
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
        match access.map_err(|error| wrong(&error))? {
            Some(access) => Ok(Self::Named(Box::new(access))),
            None => Ok(Self::Local),
        }
    }

    /// How to reach it, for callers: a local server is looked for, not started.
    pub(crate) fn source(self, identifier: &str) -> Result<Arc<dyn AccessSource>, AppError> {
        match self {
            Self::Named(access) => Ok(Arc::new(*access)),
            Self::Local => match local::find() {
                Some(_) => Ok(Arc::new(LocalAccess::new(identifier))),
                None => Err(AppError::Local(
                    "no server is running for this user: start an app, or `rekuest-server`, or name a server with --url".to_owned(),
                )),
            },
        }
    }
}
