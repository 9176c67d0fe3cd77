//! Where a server is: the three urls that everything else is reached through.
//!
//! The first thing on the path of an assignation: before anything travels, it has to be known where to.

use std::fmt;

use url::{Host, Url};

/// The urls of one server (protocol, section 1).
///
/// ```
/// let endpoints = rekuest_client::Endpoints::from_base("https://example.org/rekuest")?;
/// assert_eq!(endpoints.graphql.as_str(), "https://example.org/rekuest/graphql");
/// assert_eq!(endpoints.agi.as_str(), "wss://example.org/rekuest/agi");
/// # Ok::<(), rekuest_client::EndpointError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// GraphQL over HTTP: `http` or `https`.
    pub graphql: Url,
    /// GraphQL subscriptions: `ws` or `wss`.
    pub graphql_ws: Url,
    /// The agents' websocket: `ws` or `wss`.
    pub agi: Url,
}

/// A url that cannot be a server's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// It is not a url. Write it in full, with `http://` or `https://`.
    #[error("`{given}` is not a url: {reason}; expected {expected}")]
    Malformed {
        /// What was given.
        given: String,
        /// What is wrong with it.
        reason: String,
        /// What was expected.
        expected: Expected,
    },
    /// It has another scheme than what is spoken there. Change the scheme.
    #[error("the scheme of `{given}` is `{scheme}`; expected {expected}")]
    Scheme {
        /// What was given.
        given: String,
        /// Its scheme.
        scheme: String,
        /// What was expected.
        expected: Expected,
    },
    /// It names a user or a password: tokens are given by themselves, never inside of a url.
    #[error("the url of `{host}` holds a user or a password; give the token by itself")]
    Credentials {
        /// The host it names.
        host: String,
    },
}

/// What a url was expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// `http://` or `https://`.
    Http,
    /// `ws://` or `wss://`.
    Websocket,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "a url such as `http://127.0.0.1:8000` or `https://example.org/rekuest`",
            Self::Websocket => "a url such as `ws://127.0.0.1:8000/agi` or `wss://example.org/agi`",
        })
    }
}

impl Endpoints {
    /// The endpoints below a base url: `{base}/graphql` and `{base}/agi`. `ws` stands for `http` and `wss` for
    /// `https`; a slash at the end, a query and a fragment make no difference.
    ///
    /// # Errors
    /// When `base` is not a url with one of these schemes.
    pub fn from_base(base: &str) -> Result<Self, EndpointError> {
        let mut http = read(base, Expected::Http)?;
        let scheme = match http.scheme() {
            "http" | "ws" => "http",
            "https" | "wss" => "https",
            _ => return Err(wrong_scheme(base, &http, Expected::Http)),
        };
        http = rescheme(http, scheme, base)?;
        let path = http.path().trim_end_matches('/').to_owned();
        let mut graphql = http;
        graphql.set_path(&format!("{path}/graphql"));
        let graphql_ws = websocket(&graphql, base)?;
        let mut agi = graphql_ws.clone();
        agi.set_path(&format!("{path}/agi"));
        Ok(Self { graphql, graphql_ws, agi })
    }
}

/// One endpoint of GraphQL over HTTP, as it was given.
pub(crate) fn http_endpoint(given: &str) -> Result<Url, EndpointError> {
    let url = read(given, Expected::Http)?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(wrong_scheme(given, &url, Expected::Http)),
    }
}

/// One websocket endpoint, as it was given; `http` stands for `ws` and `https` for `wss`.
pub(crate) fn websocket_endpoint(given: &str) -> Result<Url, EndpointError> {
    let url = read(given, Expected::Websocket)?;
    match url.scheme() {
        "ws" | "wss" => Ok(url),
        "http" | "https" => websocket(&url, given),
        _ => Err(wrong_scheme(given, &url, Expected::Websocket)),
    }
}

/// Whether a url is of this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The same place over a websocket.
fn websocket(http: &Url, given: &str) -> Result<Url, EndpointError> {
    let scheme = if http.scheme() == "https" { "wss" } else { "ws" };
    rescheme(http.clone(), scheme, given)
}

fn read(given: &str, expected: Expected) -> Result<Url, EndpointError> {
    let mut url = Url::parse(given.trim()).map_err(|error| EndpointError::Malformed {
        given: given.to_owned(),
        reason: error.to_string(),
        expected,
    })?;
    let Some(host) = url.host_str() else { return Err(wrong_scheme(given, &url, expected)) };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(EndpointError::Credentials { host: host.to_owned() });
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

fn rescheme(mut url: Url, scheme: &str, given: &str) -> Result<Url, EndpointError> {
    match url.set_scheme(scheme) {
        Ok(()) => Ok(url),
        Err(()) => Err(wrong_scheme(given, &url, Expected::Http)),
    }
}

fn wrong_scheme(given: &str, url: &Url, expected: Expected) -> EndpointError {
    EndpointError::Scheme { given: given.to_owned(), scheme: url.scheme().to_owned(), expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(base: &str) -> [String; 3] {
        let endpoints = Endpoints::from_base(base).expect("a base url");
        [endpoints.graphql, endpoints.graphql_ws, endpoints.agi].map(String::from)
    }

    #[test]
    fn http_makes_ws_and_https_makes_wss() {
        let plain = ["http://h:8/graphql", "ws://h:8/graphql", "ws://h:8/agi"];
        assert_eq!(base("http://h:8"), plain);
        assert_eq!(base("ws://h:8/"), plain);
        assert_eq!(base("https://h")[1..], ["wss://h/graphql", "wss://h/agi"]);
    }

    #[test]
    fn a_path_stays_before_the_endpoints() {
        let expected = ["http://h/a/b/graphql", "ws://h/a/b/graphql", "ws://h/a/b/agi"];
        assert_eq!(base("http://h/a/b"), expected);
        assert_eq!(base(" http://h/a/b/?x=1#y "), expected);
    }

    #[test]
    fn another_scheme_is_refused_by_its_name() {
        for (given, scheme) in [("ftp://h", "ftp"), ("localhost:8000", "localhost"), ("mailto:x", "mailto")] {
            let error = Endpoints::from_base(given).expect_err("not a server");
            assert!(error.to_string().contains(&format!("`{scheme}`")), "{error}");
            assert!(error.to_string().contains("http://127.0.0.1:8000"), "{error}");
        }
    }

    #[test]
    fn what_is_no_url_is_refused_and_shown() {
        let error = Endpoints::from_base("no url").expect_err("not a url");
        assert!(error.to_string().starts_with("`no url` is not a url"), "{error}");
    }

    #[test]
    fn a_password_in_a_url_is_refused_and_not_shown() {
        let error = Endpoints::from_base("http://me:s3cret@h").expect_err("credentials");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
    }

    #[test]
    fn single_endpoints_keep_their_path() {
        assert_eq!(websocket_endpoint("http://h/x").map(String::from).as_deref(), Ok("ws://h/x"));
        assert_eq!(http_endpoint("https://h/x").map(String::from).as_deref(), Ok("https://h/x"));
        assert!(http_endpoint("ws://h/x").is_err());
    }
}
