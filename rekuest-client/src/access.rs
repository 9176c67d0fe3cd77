//! Access to a server: where it is, and the token it takes.
//!
//! Both may change while a program runs: tokens expire, a local server comes back on another port. So whoever connects
//! asks an [`AccessSource`] each time instead of keeping what it once got.

use std::error::Error;
use std::fmt;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_core::Token;

use crate::{Endpoints, LoginError};

/// Where a server is, and with which token it is spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Where it is.
    pub endpoints: Endpoints,
    /// The token; empty for a server that takes none.
    pub token: Token,
}

impl Access {
    /// Access to these endpoints with this token.
    pub fn new(endpoints: Endpoints, token: impl Into<Token>) -> Self {
        Self { endpoints, token: token.into() }
    }
}

/// Why access is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renew {
    /// To connect; what was given before may be given again.
    No,
    /// The last token was refused: fetch a new one, if there is a way to.
    TokenRefused,
}

/// Whoever knows how a server is reached. Asked at every connection, and again when a token was refused.
///
/// An [`Access`] is a source that never changes.
pub trait AccessSource: Send + Sync + fmt::Debug {
    /// How the server is reached now.
    ///
    /// # Errors
    /// When it is not known; the error's sentence says what to do.
    fn access(&self, renew: Renew) -> BoxFuture<'_, Result<Access, AccessError>>;

    /// Whether what was given last is about to be of no use, because its token expires say: then it is asked for anew
    /// before the next request. Asked before every request, so it has to be quick.
    fn is_stale(&self) -> bool {
        false
    }
}

impl AccessSource for Access {
    fn access(&self, _: Renew) -> BoxFuture<'_, Result<Access, AccessError>> {
        std::future::ready(Ok(self.clone())).boxed()
    }
}

impl Access {
    /// A source that asks a closure: for programs that get their tokens in a way of their own. It is told whether the last
    /// token was refused.
    ///
    /// ```
    /// # use rekuest_client::{Access, AccessError, Client, Endpoints, Renew};
    /// # use std::sync::Arc;
    /// # async fn fetch_token(_anew: bool) -> Result<String, std::io::Error> { Ok("token".to_owned()) }
    /// let source = Access::from_fn(|renew| async move {
    ///     let endpoints = Endpoints::from_base("https://example.org/rekuest")
    ///         .map_err(|error| AccessError::new("there is no server").with_source(error))?;
    ///     let token = fetch_token(renew == Renew::TokenRefused).await;
    ///     let token = token.map_err(|error| AccessError::new("there is no token").with_source(error))?;
    ///     Ok(Access::new(endpoints, token))
    /// });
    /// let builder = Client::builder().access(Arc::new(source));
    /// ```
    pub fn from_fn<F, R>(ask: F) -> AccessFn<F>
    where
        F: Fn(Renew) -> R + Send + Sync,
        R: Future<Output = Result<Self, AccessError>> + Send + 'static,
    {
        AccessFn(ask)
    }
}

/// A closure as a source of access; see [`Access::from_fn`].
pub struct AccessFn<F>(F);

impl<F, R> AccessSource for AccessFn<F>
where
    F: Fn(Renew) -> R + Send + Sync,
    R: Future<Output = Result<Access, AccessError>> + Send + 'static,
{
    fn access(&self, renew: Renew) -> BoxFuture<'_, Result<Access, AccessError>> {
        self.0(renew).boxed()
    }
}

/// Nothing that the closure holds.
impl<F> fmt::Debug for AccessFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessFn")
    }
}

/// It is not known how the server is reached.
#[derive(Debug)]
pub struct AccessError {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl AccessError {
    /// An error with this sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    /// The same error with what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Why a login to a deployment failed, if that is what happened.
    pub fn login(&self) -> Option<&LoginError> {
        self.source.as_deref()?.downcast_ref()
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl Error for AccessError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        // The message has the source's text; what caused the source is next.
        self.source.as_deref().and_then(Error::source)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn the_token_is_not_in_the_debug_output() {
        let endpoints = Endpoints::from_base("http://h").expect("a base url");
        let access = Access::new(endpoints, "s3cret");
        let source: Arc<dyn AccessSource> = Arc::new(access.clone());
        assert!(!format!("{access:?} {source:?}").contains("s3cret"));
    }

    #[test]
    fn a_fixed_access_returns_itself() {
        let endpoints = Endpoints::from_base("http://h").expect("a base url");
        let access = Access::new(endpoints, "t");
        let again = access.access(Renew::TokenRefused).now_or_never().expect("at once");
        assert_eq!(again.expect("access"), access);
    }
}
