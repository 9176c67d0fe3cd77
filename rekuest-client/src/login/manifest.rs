//! What an app says of itself to a deployment.

use serde::Serialize;

/// The service that every app of this crate needs.
const SERVICE: &str = "live.arkitekt.rekuest";

/// The most characters of an identifier.
const LONGEST: usize = 255;

/// What an app says of itself to a deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    identifier: String,
    version: String,
    scopes: Vec<String>,
    requirements: Vec<Requirement>,
    logo: Option<String>,
    description: Option<String>,
    node_id: Option<String>,
    public_sources: [(); 0],
}

/// A service that an app needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Requirement {
    key: String,
    service: String,
    optional: bool,
    description: Option<String>,
}

/// What is wrong with a manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The identifier of the app cannot be one. Choose another.
    #[error("`{given}` cannot be the identifier of an app: {reason}")]
    Identifier {
        /// What was given.
        given: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl Manifest {
    /// An app that needs rekuest.
    ///
    /// # Errors
    /// When the identifier is empty, has a slash, or has 256 characters or more.
    pub fn new(identifier: impl Into<String>, version: impl Into<String>) -> Result<Self, ManifestError> {
        let identifier = identifier.into();
        let reason = match identifier.chars().count() {
            0 => Some("it is empty"),
            _ if identifier.contains('/') => Some("it has a slash"),
            length if length > LONGEST => Some("it has more than 255 characters"),
            _ => None,
        };
        if let Some(reason) = reason {
            return Err(ManifestError::Identifier { given: identifier, reason });
        }
        let manifest = Self {
            identifier,
            version: version.into(),
            scopes: Vec::new(),
            requirements: Vec::new(),
            logo: None,
            description: None,
            node_id: None,
            public_sources: [],
        };
        Ok(manifest.requires(super::INSTANCE, SERVICE))
    }

    /// Asks for a scope. Can be said again for more.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Needs another service, and the name under which the app knows it.
    #[must_use]
    pub fn requires(mut self, key: impl Into<String>, service: impl Into<String>) -> Self {
        let (key, service) = (key.into(), service.into());
        self.requirements.push(Requirement { key, service, optional: false, description: None });
        self
    }

    /// A picture of the app, by its url.
    #[must_use]
    pub fn logo(mut self, url: impl Into<String>) -> Self {
        self.logo = Some(url.into());
        self
    }

    /// What the app does.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The machine that the app runs on, by the name that the deployment has for it.
    #[must_use]
    pub fn node_id(mut self, id: impl Into<String>) -> Self {
        self.node_id = Some(id.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_no_slash_and_fewer_than_256_characters() {
        assert!(Manifest::new("a".repeat(255), "1").is_ok());
        for bad in ["", "a/b", &"a".repeat(256)] {
            assert!(Manifest::new(bad, "1").is_err(), "{bad}");
        }
    }

    #[test]
    fn every_app_requires_rekuest() {
        let manifest = Manifest::new("app", "1").expect("a manifest").scope("read");
        let json = serde_json::to_value(manifest).expect("json");
        assert_eq!(json["requirements"][0]["service"], "live.arkitekt.rekuest");
        assert_eq!((&json["scopes"][0], &json["public_sources"]), (&"read".into(), &serde_json::json!([])));
    }
}
