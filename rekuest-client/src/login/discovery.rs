//! Finding out where the parts of a deployment are.

use serde::Deserialize;
use url::Url;

use super::wire::Wire;
use super::{LoginError, shown};
use crate::graphql::excerpt;

/// What a deployment says of itself.
#[derive(Debug)]
pub(super) struct Fakts {
    /// Below which its endpoints are; ends with a slash.
    base_url: Url,
}

#[derive(Deserialize)]
struct WellKnown {
    base_url: String,
}

impl Fakts {
    /// An endpoint, named without a slash in front.
    pub(super) fn endpoint(&self, path: &str) -> Result<Url, LoginError> {
        let joined = self.base_url.join(path);
        joined.map_err(|_| LoginError::Url {
            what: "the deployment's base",
            given: format!("`{}`", self.base_url),
        })
    }

    /// Whether it is spoken to over TLS.
    pub(super) fn is_secure(&self) -> bool {
        self.base_url.scheme() == "https"
    }
}

/// Asks the deployment at `given` where its parts are.
pub(super) async fn discover(wire: &Wire, given: &str) -> Result<Fakts, LoginError> {
    let mut first = None;
    for url in candidates(given)? {
        match ask(wire, &url).await {
            Ok(fakts) => return Ok(fakts),
            // What went wrong first is what was meant.
            Err(error) => {
                tracing::debug!(%url, %error, "there is no deployment");
                first.get_or_insert(error);
            }
        }
    }
    Err(first.unwrap_or_else(|| not_a_url(given)))
}

/// Where it may be asked.
fn candidates(given: &str) -> Result<Vec<Url>, LoginError> {
    let given = given.trim().trim_end_matches('/');
    let urls = if given.contains("://") {
        vec![given.to_owned()]
    } else {
        vec![format!("https://{given}"), format!("http://{given}")]
    };
    let well_known = |url: String| {
        let url = Url::parse(&format!("{url}/.well-known/fakts")).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
        // Without a host, a url takes the first part of its path for one.
        let url = url.filter(|url| url.path().ends_with("/.well-known/fakts"));
        let url = url.filter(|url| url.username().is_empty() && url.password().is_none());
        url.ok_or_else(|| not_a_url(given))
    };
    urls.into_iter().map(well_known).collect()
}

fn not_a_url(given: &str) -> LoginError {
    LoginError::Url { what: "the deployment", given: format!("`{}`", shown(given)) }
}

async fn ask(wire: &Wire, url: &Url) -> Result<Fakts, LoginError> {
    let answer = wire.send(url, |client| client.get(url.clone())).await?;
    let nothing = |reason: String| LoginError::NoDeployment { url: url.to_string(), reason };
    if answer.status != 200 {
        return Err(nothing(format!("status {}: {}", answer.status, excerpt(&answer.body))));
    }
    let known: WellKnown =
        answer.read("discovery").map_err(|_| nothing(format!("it says: {}", excerpt(&answer.body))))?;
    let base = Url::parse(&format!("{}/", known.base_url.trim_end_matches('/'))).ok();
    let base = base.filter(|base| matches!(base.scheme(), "http" | "https"));
    let base_url = base
        .ok_or(LoginError::Url { what: "the deployment's base", given: format!("`{}`", known.base_url) })?;
    if url.scheme() == "https" && base_url.scheme() == "http" {
        tracing::warn!(%base_url, "the deployment is logged in to without encryption, although it was found with it");
    }
    Ok(Fakts { base_url })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(given: &str) -> Vec<String> {
        candidates(given).expect("urls").into_iter().map(String::from).collect()
    }

    #[test]
    fn without_a_scheme_https_is_tried_and_then_http() {
        assert_eq!(urls("h:8000/"), ["https://h:8000/.well-known/fakts", "http://h:8000/.well-known/fakts"]);
        assert_eq!(urls(" https://h/x "), ["https://h/x/.well-known/fakts"]);
    }

    #[test]
    fn what_is_no_url_is_refused_and_a_password_not_shown() {
        assert!(candidates("ftp://h").is_err() && candidates("").is_err());
        let error = candidates("https://me:s3cret@h").expect_err("a password");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    }
}
