//! Who may talk to the server: tokens, and the identities behind them.

use std::collections::HashMap;
use std::fmt;

use rekuest_core::{Token, local};

/// Who a token belongs to. Agents and callers of one identity are told apart by their `instanceId` alone
/// (protocol, section 1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The OAuth client: one app. It is `app` in ASSIGN.
    pub client: String,
    /// The user.
    pub user: String,
    /// The organization. Actions, agents and assignations are seen by those of the same one.
    pub organization: String,
}

/// What a user and an organization are called behind a token that was derived from the local secret.
const LOCAL: &str = "local";

/// The tokens that the server accepts.
#[derive(Default)]
pub(crate) struct Credentials {
    tokens: HashMap<String, Identity>,
    local_secret: Option<String>,
}

impl Credentials {
    pub(crate) fn accept(&mut self, token: &Token, identity: Identity) {
        self.tokens.insert(token.expose().to_owned(), identity);
    }

    pub(crate) fn accept_derived_from(&mut self, secret: String) {
        self.local_secret = Some(secret);
    }

    /// Whose token this is; none if it is not accepted.
    pub(crate) fn identify(&self, token: &str) -> Option<Identity> {
        if let Some(identity) = self.tokens.get(token) {
            return Some(identity.clone());
        }
        let client = local::identifier(self.local_secret.as_deref()?, token)?;
        (!client.is_empty()).then(|| Identity {
            client,
            user: LOCAL.to_owned(),
            organization: LOCAL.to_owned(),
        })
    }
}

/// Tells how many there are, not which.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("tokens", &self.tokens.len())
            .field("local_secret", &self.local_secret.as_ref().map(|_| "[redacted]"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> Identity {
        Identity { client: "c".to_owned(), user: "u".to_owned(), organization: "o".to_owned() }
    }

    #[test]
    fn known_and_derived_tokens_are_recognised_and_others_are_not() {
        let mut credentials = Credentials::default();
        credentials.accept(&Token::new("tok"), identity());
        credentials.accept_derived_from("s3cret".to_owned());
        assert_eq!(credentials.identify("tok"), Some(identity()));
        let derived = local::token("s3cret", "my.app");
        let of_app = credentials.identify(derived.expose()).expect("a derived token");
        assert_eq!((of_app.client.as_str(), of_app.user.as_str()), ("my.app", "local"));
        assert_eq!(credentials.identify(local::token("other", "my.app").expose()), None);
        assert_eq!(credentials.identify(local::token("s3cret", "").expose()), None);
        assert_eq!(credentials.identify("nope"), None);
    }

    #[test]
    fn debug_shows_no_secrets() {
        let mut credentials = Credentials::default();
        credentials.accept(&Token::new("tok-1"), identity());
        credentials.accept_derived_from("s3cret".to_owned());
        let shown = format!("{credentials:?}");
        assert!(!shown.contains("tok-1") && !shown.contains("s3cret"), "{shown}");
    }
}
