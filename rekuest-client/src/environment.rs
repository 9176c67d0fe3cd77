//! Access to a server from environment variables.
//!
//! | variable | what it names |
//! |---|---|
//! | `REKUEST_URL` | the base url of the server |
//! | `REKUEST_TOKEN` | the token |
//! | `REKUEST_HTTP`, `REKUEST_GQL_WS`, `REKUEST_WS` | GraphQL, its subscriptions and the agents' websocket, where they do not stand below one base url |
//! | `REKUEST_INSTANCE` | which instance of the app this is: `default` unless set |
//! | `FAKTS_URL` | an Arkitekt deployment that is [logged in](crate::Login) to, where nothing above names a server |
//! | `FAKTS_TOKEN`, `FAKTS_REDEEM_TOKEN` | the claim token for that, or a token that is redeemed for one |
//! | `ARKITEKT_NODE_ID` | the machine, by the name that the deployment has for it |
//!
//! A variable that is empty counts as not set.

use std::env;
use std::ffi::OsString;

use rekuest_core::Token;
use url::Url;

use crate::endpoints::{http_endpoint, websocket_endpoint};
use crate::{Access, EndpointError, Endpoints};

/// The instance of an app unless it is told another.
const INSTANCE: &str = "default";

/// What is wrong with the environment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvironmentError {
    /// Nothing says where the server is. Set the variable.
    #[error(
        "no server is named: set REKUEST_URL to its base url, such as `http://127.0.0.1:8000`, or FAKTS_URL to that of \
         an Arkitekt deployment"
    )]
    NoServer,
    /// A variable holds something that cannot be a url. Correct it.
    #[error("the environment variable {variable} is not usable: {source}")]
    Url {
        /// Its name.
        variable: &'static str,
        /// What is wrong with it.
        source: EndpointError,
    },
    /// A variable is needed that is not set. Set it.
    #[error("the environment variable {variable} is not set, but {because}")]
    Missing {
        /// Its name.
        variable: &'static str,
        /// Why it is needed.
        because: &'static str,
    },
    /// A variable is not text. Correct it.
    #[error("the environment variable {variable} is not valid Unicode")]
    NotUnicode {
        /// Its name.
        variable: &'static str,
    },
}

impl Access {
    /// The access that the environment names; none if it names no server and no token.
    ///
    /// # Errors
    /// When a variable is not usable, or one is missing beside those that are set; the error names it.
    pub fn from_env() -> Result<Option<Self>, EnvironmentError> {
        access(&|name| env::var_os(name))
    }

    /// The same with this token, whatever `REKUEST_TOKEN` says.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_env_with_token(token: &Token) -> Result<Option<Self>, EnvironmentError> {
        access(&|name| match name {
            "REKUEST_TOKEN" => Some(token.expose().into()),
            name => env::var_os(name),
        })
    }
}

/// The instance that the environment names, else `default`.
///
/// # Errors
/// When it is not text.
pub fn instance_from_env() -> Result<String, EnvironmentError> {
    instance(&|name| env::var_os(name))
}

pub(crate) fn instance(lookup: Lookup<'_>) -> Result<String, EnvironmentError> {
    Ok(variable(lookup, "REKUEST_INSTANCE")?.unwrap_or_else(|| INSTANCE.to_owned()))
}

pub(crate) type Lookup<'l> = &'l dyn Fn(&str) -> Option<OsString>;

pub(crate) fn access(lookup: Lookup<'_>) -> Result<Option<Access>, EnvironmentError> {
    let url = variable(lookup, "REKUEST_URL")?;
    let token = variable(lookup, "REKUEST_TOKEN")?;
    let http = endpoint(lookup, "REKUEST_HTTP", http_endpoint)?;
    let graphql_ws = endpoint(lookup, "REKUEST_GQL_WS", websocket_endpoint)?;
    let agi = endpoint(lookup, "REKUEST_WS", websocket_endpoint)?;
    let named_directly = [&http, &graphql_ws, &agi].into_iter().flatten().next();

    let base = match (&url, named_directly) {
        (Some(url), _) => Some(
            Endpoints::from_base(url)
                .map_err(|source| EnvironmentError::Url { variable: "REKUEST_URL", source })?,
        ),
        (None, Some(endpoint)) => beside(endpoint),
        (None, None) if token.is_none() => return Ok(None),
        (None, None) => {
            return Err(EnvironmentError::Missing {
                variable: "REKUEST_URL",
                because: "REKUEST_TOKEN is: the token needs a server",
            });
        }
    };
    if token.is_none() && named_directly.is_none() {
        return Err(EnvironmentError::Missing {
            variable: "REKUEST_TOKEN",
            because: "REKUEST_URL is: the server takes no one without a token",
        });
    }
    let missing = |variable| EnvironmentError::Missing {
        variable,
        because: "another endpoint is named directly, and this one cannot be told from it",
    };
    let pick = |named: Option<Url>, below: fn(&Endpoints) -> &Url, variable| {
        named.or_else(|| base.as_ref().map(|base| below(base).clone())).ok_or_else(|| missing(variable))
    };
    let endpoints = Endpoints {
        graphql: pick(http, |base| &base.graphql, "REKUEST_HTTP")?,
        graphql_ws: pick(graphql_ws, |base| &base.graphql_ws, "REKUEST_GQL_WS")?,
        agi: pick(agi, |base| &base.agi, "REKUEST_WS")?,
    };
    Ok(Some(Access { endpoints, token: Token::new(token.unwrap_or_default()) }))
}

/// The endpoints beside one that stands where they usually do: below a base url under its usual name.
fn beside(endpoint: &Url) -> Option<Endpoints> {
    let path = endpoint.path().trim_end_matches('/');
    let base_path = path.strip_suffix("/graphql").or_else(|| path.strip_suffix("/agi"))?;
    let mut base = endpoint.clone();
    base.set_path(base_path);
    Endpoints::from_base(base.as_str()).ok()
}

fn endpoint(
    lookup: Lookup<'_>,
    name: &'static str,
    read: fn(&str) -> Result<Url, EndpointError>,
) -> Result<Option<Url>, EnvironmentError> {
    let given = variable(lookup, name)?;
    given
        .map(|given| read(&given).map_err(|source| EnvironmentError::Url { variable: name, source }))
        .transpose()
}

/// A variable without the white space around it; none if it is not set or empty.
pub(crate) fn variable(lookup: Lookup<'_>, name: &'static str) -> Result<Option<String>, EnvironmentError> {
    let Some(value) = lookup(name) else { return Ok(None) };
    let value = value.into_string().map_err(|_| EnvironmentError::NotUnicode { variable: name })?;
    let value = value.trim();
    Ok((!value.is_empty()).then(|| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Option<Access>, EnvironmentError> {
        access(&|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    fn urls(variables: &[(&str, &str)]) -> [String; 3] {
        let endpoints = read(variables).expect("usable").expect("set").endpoints;
        [endpoints.graphql, endpoints.graphql_ws, endpoints.agi].map(String::from)
    }

    #[test]
    fn nothing_set_is_no_access() {
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&[("REKUEST_URL", " "), ("REKUEST_TOKEN", "")]), Ok(None));
    }

    #[test]
    fn a_base_url_and_a_token_are_enough() {
        let access = read(&[("REKUEST_URL", "http://h"), ("REKUEST_TOKEN", "t\n")]).expect("usable");
        let access = access.expect("set");
        assert_eq!(access.token.expose(), "t");
        assert_eq!(access.endpoints.agi.as_str(), "ws://h/agi");
    }

    #[test]
    fn a_url_without_a_token_names_the_token_and_the_other_way_round() {
        let error = read(&[("REKUEST_URL", "http://h")]).expect_err("no token");
        assert!(error.to_string().contains("REKUEST_TOKEN is not set"), "{error}");
        let error = read(&[("REKUEST_TOKEN", "s3cret")]).expect_err("no url");
        assert!(error.to_string().contains("REKUEST_URL is not set"), "{error}");
        assert!(!error.to_string().contains("s3cret"));
    }

    #[test]
    fn endpoints_named_directly_need_neither_url_nor_token() {
        let all =
            [("REKUEST_HTTP", "http://a/x"), ("REKUEST_GQL_WS", "ws://b/y"), ("REKUEST_WS", "wss://c/z")];
        assert_eq!(urls(&all), ["http://a/x", "ws://b/y", "wss://c/z"]);
        assert!(read(&all).expect("usable").expect("set").token.is_empty());
    }

    #[test]
    fn one_endpoint_tells_the_others_where_it_stands_as_usual() {
        assert_eq!(
            urls(&[("REKUEST_WS", "ws://h:1/p/agi")]),
            ["http://h:1/p/graphql", "ws://h:1/p/graphql", "ws://h:1/p/agi"]
        );
        let error = read(&[("REKUEST_HTTP", "http://h/elsewhere")]).expect_err("unusual");
        assert!(error.to_string().contains("REKUEST_GQL_WS"), "{error}");
    }

    #[test]
    fn an_endpoint_replaces_the_one_below_the_base_url() {
        let urls = urls(&[("REKUEST_URL", "http://h"), ("REKUEST_WS", "ws://agents/agi")]);
        assert_eq!(urls, ["http://h/graphql", "ws://h/graphql", "ws://agents/agi"]);
    }

    #[test]
    fn a_bad_url_names_its_variable() {
        let error = read(&[("REKUEST_URL", "ftp://h"), ("REKUEST_TOKEN", "t")]).expect_err("bad");
        assert!(error.to_string().contains("REKUEST_URL"), "{error}");
        let error = read(&[("REKUEST_GQL_WS", "nonsense")]).expect_err("bad");
        assert!(error.to_string().contains("REKUEST_GQL_WS"), "{error}");
    }
}
