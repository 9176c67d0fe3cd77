//! [`Definition`], the constant form.

use serde::ser::{Error as _, SerializeStruct as _};
use serde::{Serialize, Serializer};

use super::{ActionKind, DefinitionBuf};
use crate::port::{Annotations, Port, PortGroup};

/// A definition as a constant, as `#[register]` writes it.
#[derive(Debug, Clone, Copy)]
pub struct Definition(DefinitionParts);

/// What a definition says. The compiler evaluates one struct faster than a chain of calls, which shows in programs with
/// many functions.
#[derive(Debug, Clone, Copy)]
pub struct DefinitionParts {
    /// The name that people see.
    pub name: &'static str,
    /// What the function does.
    pub description: Option<&'static str>,
    /// Whether it yields once or many times.
    pub kind: ActionKind,
    /// The collections it belongs to.
    pub collections: &'static [&'static str],
    /// Whether two calls with the same arguments may differ.
    pub stateful: bool,
    /// The arguments. What is injected is not among them.
    pub args: &'static [Port],
    /// The returns, of a generator those of each item.
    pub returns: &'static [Port],
    /// What is said about the first returns.
    pub described_returns: &'static [Annotations],
    /// What it tests. On the wire they are named by their hashes.
    pub is_test_for: &'static [&'static Definition],
    /// Whether it has neither a summary nor a given name.
    pub is_dev: bool,
    /// The url of a logo.
    pub logo: Option<&'static str>,
    /// Ports that forms show together.
    pub port_groups: &'static [PortGroup],
    /// The interfaces it implements.
    pub interfaces: &'static [&'static str],
}

impl DefinitionParts {
    /// A FUNCTION of which nothing else is said.
    pub const NOTHING: Self = Self {
        name: "",
        description: None,
        kind: ActionKind::Function,
        collections: &[],
        stateful: false,
        args: &[],
        returns: &[],
        described_returns: &[],
        is_test_for: &[],
        is_dev: false,
        logo: None,
        port_groups: &[],
        interfaces: &[],
    };
}

impl Definition {
    /// The definition that these parts say. Fails to compile when more returns are described than there are, and where
    /// what is said makes no sense for its return.
    #[track_caller]
    pub const fn of(parts: DefinitionParts) -> Self {
        let described = parts.described_returns;
        assert!(
            described.len() <= parts.returns.len(),
            "the function has fewer returns than are described, by `# Returns` or by `returns(…)`"
        );
        let mut index = 0;
        while index < described.len() {
            // Fails where it makes no sense for the port.
            let _ = parts.returns[index].annotated(&described[index]);
            index += 1;
        }
        Self(parts)
    }

    /// The name.
    pub const fn name(&self) -> &'static str {
        self.0.name
    }

    /// The logo's url.
    pub const fn logo(&self) -> Option<&'static str> {
        self.0.logo
    }

    /// The ports of the arguments.
    pub fn args(&self) -> impl Iterator<Item = Port> {
        self.0.args.iter().copied()
    }

    /// The ports of the returns.
    pub fn returns(&self) -> impl Iterator<Item = Port> {
        let described = self.0.described_returns.iter().map(Some).chain(std::iter::repeat(None));
        self.0.returns.iter().zip(described).map(|(port, described)| match described {
            Some(annotations) => port.annotated(annotations),
            None => *port,
        })
    }

    /// How many tests stand between this definition and one that tests nothing: 0 for a plain function.
    pub(crate) fn test_depth(&self) -> usize {
        self.0.is_test_for.iter().map(|tested| tested.test_depth() + 1).max().unwrap_or(0)
    }

    /// The owned form.
    ///
    /// # Errors
    /// When a default has no JSON, such as a FLOAT that is not a number; the message names the port.
    pub fn to_buf(&self) -> Result<DefinitionBuf, serde_json::Error> {
        serde_json::from_str(&serde_json::to_string(self)?)
    }
}

/// Writes every field of the protocol, nulls included.
impl Serialize for Definition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tested = self.0.is_test_for.iter().map(|tested| Ok(tested.to_buf()?.hash()));
        let tested = tested.collect::<Result<Vec<String>, serde_json::Error>>().map_err(S::Error::custom)?;
        let mut definition = serializer.serialize_struct("Definition", 12)?;
        definition.serialize_field("name", self.0.name)?;
        definition.serialize_field("description", &self.0.description)?;
        definition.serialize_field("kind", &self.0.kind)?;
        definition.serialize_field("collections", self.0.collections)?;
        definition.serialize_field("stateful", &self.0.stateful)?;
        definition.serialize_field("portGroups", self.0.port_groups)?;
        definition.serialize_field("args", self.0.args)?;
        definition.serialize_field("returns", &self.returns().collect::<Vec<_>>())?;
        definition.serialize_field("isTestFor", &tested)?;
        definition.serialize_field("interfaces", self.0.interfaces)?;
        definition.serialize_field("isDev", &self.0.is_dev)?;
        definition.serialize_field("logo", &self.0.logo)?;
        definition.end()
    }
}
