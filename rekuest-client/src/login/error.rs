//! Why a login fails.

use std::error::Error;
use std::time::Duration;

use crate::EndpointError;
use crate::graphql::with_sources;

/// Why there is no access to a deployment.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoginError {
    /// The url of the deployment, or one that it names, is none. Correct it.
    #[error("{what} cannot be asked: {given} is not a url such as `https://arkitekt.example.org`")]
    Url {
        /// What is to be asked.
        what: &'static str,
        /// The url.
        given: String,
    },
    /// A part of the deployment cannot be reached: wrong address, not running, TLS, timeout. Check the url, or wait.
    #[error("{url} cannot be reached: {}", with_sources(&**source))]
    Unreachable {
        /// What was asked.
        url: String,
        /// What went wrong.
        source: Box<dyn Error + Send + Sync>,
    },
    /// There is no deployment at the url. Check it.
    #[error("there is no Arkitekt deployment at {url}: {reason}")]
    NoDeployment {
        /// What was asked.
        url: String,
        /// Why not.
        reason: String,
    },
    /// The answer is not what this step of a login expects: a proxy, an error page, or another version. Check the url.
    #[error(
        "{url} answered the {step} with the status {status} and something else than expected; it says: {body}"
    )]
    Unexpected {
        /// What was asked.
        url: String,
        /// What was being done.
        step: &'static str,
        /// The status code.
        status: u16,
        /// The beginning of the answer, or what is missing in it.
        body: String,
    },
    /// The deployment refused a step. Its message says why; most often a token is wrong or was used already.
    #[error("the deployment refused the {step}: {message}")]
    Refused {
        /// What was being done.
        step: &'static str,
        /// What the deployment says.
        message: String,
    },
    /// The user did not let the app in.
    #[error("the user did not let this app in; begin again to ask once more")]
    Denied,
    /// Nobody has let the app in in time. Begin again, and open the url sooner.
    #[error("nobody let this app in within {0:?}; begin again, and open the url before then")]
    Expired(Duration),
    /// The deployment does not take the credentials of the app any more: another approval has replaced them, say. Log in
    /// anew, with a new token or device code.
    #[error("the deployment refused this app's credentials: {message}; log in anew")]
    ClientRefused {
        /// What the deployment says.
        message: String,
    },
    /// The deployment has no such service for this app. Ask whoever runs it.
    #[error("the deployment gives this app no `{key}`; it gives: {known}")]
    NoService {
        /// The key of what is missing.
        key: &'static str,
        /// The keys of what there is.
        known: String,
    },
    /// The deployment names ways to the server, but none of them answers from here. Check the network; each way is named with
    /// its reason.
    #[error("the server cannot be reached in any of the ways that the deployment names: {tried}")]
    NoWay {
        /// What was tried, each with what went wrong.
        tried: String,
    },
    /// A way to the server that answers cannot be used. Ask whoever runs the deployment.
    #[error("the deployment names a way to the server that cannot be used: {0}")]
    Endpoint(#[from] EndpointError),
    /// There is no token, although one was issued: a mistake of this program.
    #[error("no token was issued")]
    NoToken,
}

impl LoginError {
    /// Whether it would fail in the same way the next time: the deployment does not let the app in.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Url { .. }
                | Self::Refused { .. }
                | Self::Denied
                | Self::Expired(_)
                | Self::ClientRefused { .. }
                | Self::NoService { .. }
        )
    }
}
