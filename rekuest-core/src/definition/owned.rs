//! [`DefinitionBuf`], the owned form.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{ActionKind, hash};
use crate::port::{PortBuf, PortGroupBuf};

/// A definition, owned: what the server keeps, what calls are validated against, and what functions added by hand
/// have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DefinitionBuf {
    /// The name that people see.
    pub name: String,
    /// What the function does.
    #[serde(default)]
    pub description: Option<String>,
    /// Whether it yields once or many times.
    pub kind: ActionKind,
    /// The collections it belongs to.
    #[serde(default)]
    pub collections: Vec<String>,
    /// Whether it depends on state.
    #[serde(default)]
    pub stateful: bool,
    /// Ports that forms show together.
    #[serde(default)]
    pub port_groups: Vec<PortGroupBuf>,
    /// The arguments.
    #[serde(default)]
    pub args: Vec<PortBuf>,
    /// The returns.
    #[serde(default)]
    pub returns: Vec<PortBuf>,
    /// The hashes of the actions it tests.
    #[serde(default)]
    pub is_test_for: Vec<String>,
    /// The interfaces it implements.
    #[serde(default)]
    pub interfaces: Vec<String>,
    /// Whether it is under development.
    #[serde(default)]
    pub is_dev: bool,
    /// The url of a logo.
    #[serde(default)]
    pub logo: Option<String>,
}

impl DefinitionBuf {
    /// The text that is hashed (protocol, section 2): Python's `json.dumps` with sorted keys.
    pub fn hash_preimage(&self) -> String {
        hash::preimage(self)
    }

    /// The hash by which the same action is known on every server: sha256 of [`hash_preimage`](Self::hash_preimage),
    /// in 64 hexadecimal digits.
    pub fn hash(&self) -> String {
        Sha256::digest(self.hash_preimage()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
