//! Choosing the way to the server: the first that answers.

use std::time::Duration;

use tokio::time::timeout;
use url::Url;

use super::claim::{Alias, Config};
use super::wire::Wire;
use super::{INSTANCE, LoginError};
use crate::Endpoints;

/// How long a way may take to answer. There are others.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is asked where a way names nothing: every server of this kind answers it (protocol, section 1).
const HEALTH: &str = "ht";

/// A way that has answered.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) endpoints: Endpoints,
    alias: Alias,
}

/// The first way that answers, beginning with the one that did the last time.
pub(super) async fn choose(
    wire: &Wire,
    config: &Config,
    last: Option<&Chosen>,
) -> Result<Chosen, LoginError> {
    let Some(instance) = config.instances.get(INSTANCE) else {
        let known: Vec<String> = config.instances.keys().map(|key| format!("`{key}`")).collect();
        let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
        return Err(LoginError::NoService { key: INSTANCE, known });
    };
    let aliases = &instance.aliases;
    let last = last.map(|last| &last.alias).filter(|last| aliases.contains(last));
    let mut tried = Vec::new();
    for alias in last.into_iter().chain(aliases.iter().filter(|alias| Some(*alias) != last)) {
        match answers(wire, alias).await {
            Ok(()) => {
                return Ok(Chosen { endpoints: Endpoints::from_base(&base(alias))?, alias: alias.clone() });
            }
            Err(reason) => {
                tracing::debug!(url = base(alias), reason, "a way to the server does not answer");
                tried.push(format!("{} ({reason})", base(alias)));
            }
        }
    }
    let tried = if tried.is_empty() { "it names none".to_owned() } else { tried.join(", ") };
    Err(LoginError::NoWay { tried })
}

/// The base url of a server.
fn base(alias: &Alias) -> String {
    let scheme = if alias.ssl { "https" } else { "http" };
    let port = alias.port.map(|port| format!(":{port}")).unwrap_or_default();
    let path = alias.path.as_deref().map(|path| path.trim_matches('/')).filter(|path| !path.is_empty());
    let path = path.map(|path| format!("/{path}")).unwrap_or_default();
    format!("{scheme}://{}{port}{path}", alias.host)
}

/// Whether a server can be reached this way, else why not.
async fn answers(wire: &Wire, alias: &Alias) -> Result<(), String> {
    let challenge = alias.challenge.as_deref().unwrap_or(HEALTH).trim_start_matches('/');
    let url = Url::parse(&format!("{}/{challenge}", base(alias))).map_err(|error| error.to_string())?;
    let asked = timeout(PATIENCE, wire.send(&url, |client| client.get(url.clone()))).await;
    match asked {
        Err(_) => Err(format!("no answer within {PATIENCE:?}")),
        Ok(Err(error)) => Err(error.to_string()),
        Ok(Ok(answer)) if answer.status == 200 => Ok(()),
        Ok(Ok(answer)) => Err(format!("status {}", answer.status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: serde_json::Value) -> String {
        base(&serde_json::from_value(json).expect("an alias"))
    }

    #[test]
    fn ports_and_paths_may_be_missing() {
        assert_eq!(
            of(serde_json::json!({"host": "h", "ssl": true, "port": null, "path": null, "x": 1})),
            "https://h"
        );
        assert_eq!(
            of(serde_json::json!({"host": "h", "port": 8000, "path": "/rekuest/"})),
            "http://h:8000/rekuest"
        );
        assert_eq!(of(serde_json::json!({"host": "h", "path": ""})), "http://h");
    }
}
