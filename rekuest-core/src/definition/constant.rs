//! [`Definition`], the constant form.

use serde::ser::{Error as _, SerializeStruct as _};
use serde::{Serialize, Serializer};

use super::{ActionKind, Argument, DefinitionBuf};
use crate::port::{Annotations, Port, PortGroup};

/// A definition as a constant, as `#[register]` writes it.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    name: &'static str,
    description: Option<&'static str>,
    kind: ActionKind,
    collections: &'static [&'static str],
    stateful: bool,
    args: &'static [Argument],
    returns: &'static [Port],
    described_returns: &'static [Annotations],
    is_test_for: &'static [&'static Definition],
    is_dev: bool,
    logo: Option<&'static str>,
    port_groups: &'static [PortGroup],
    interfaces: &'static [&'static str],
}

/// What a definition says. The compiler evaluates one call with a struct faster than a chain of calls, which shows in
/// programs with many functions.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct DefinitionParts {
    pub name: &'static str,
    pub description: Option<&'static str>,
    pub kind: ActionKind,
    pub collections: &'static [&'static str],
    pub stateful: bool,
    pub args: &'static [Argument],
    pub returns: &'static [Port],
    pub described_returns: &'static [Annotations],
    pub is_test_for: &'static [&'static Definition],
    pub is_dev: bool,
    pub logo: Option<&'static str>,
    pub port_groups: &'static [PortGroup],
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
    /// The definition that these parts say: what generated code calls. Fails to compile when more returns are described
    /// than there are.
    #[doc(hidden)]
    #[track_caller]
    pub const fn of(parts: DefinitionParts) -> Self {
        let definition = Self {
            name: parts.name,
            description: parts.description,
            kind: parts.kind,
            collections: parts.collections,
            stateful: parts.stateful,
            args: parts.args,
            returns: parts.returns,
            described_returns: &[],
            is_test_for: parts.is_test_for,
            is_dev: parts.is_dev,
            logo: parts.logo,
            port_groups: parts.port_groups,
            interfaces: parts.interfaces,
        };
        if parts.described_returns.is_empty() {
            return definition;
        }
        definition.describing_returns(parts.described_returns)
    }

    /// The definition of a FUNCTION called `name`, without ports.
    pub const fn function(name: &'static str) -> Self {
        Self::of_kind(ActionKind::Function, name)
    }

    /// The definition of a GENERATOR called `name`, without ports. Its returns are those of each item.
    pub const fn generator(name: &'static str) -> Self {
        Self::of_kind(ActionKind::Generator, name)
    }

    const fn of_kind(kind: ActionKind, name: &'static str) -> Self {
        Self {
            name,
            description: None,
            kind,
            collections: &[],
            stateful: false,
            args: &[],
            returns: &[],
            described_returns: &[],
            port_groups: &[],
            interfaces: &[],
            is_test_for: &[],
            is_dev: false,
            logo: None,
        }
    }

    /// The same definition with a description.
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// The same definition with these arguments.
    #[must_use]
    pub const fn with_args(self, args: &'static [Argument]) -> Self {
        Self { args, ..self }
    }

    /// The same definition with these returns.
    #[must_use]
    pub const fn with_returns(self, returns: &'static [Port]) -> Self {
        Self { returns, ..self }
    }

    /// The same definition with what is said about its first returns. Fails to compile when more is said than there are
    /// returns.
    #[must_use]
    #[track_caller]
    pub const fn describing_returns(self, described: &'static [Annotations]) -> Self {
        assert!(
            described.len() <= self.returns.len(),
            "the function has fewer returns than are described, by `# Returns` or by `returns(…)`"
        );
        let mut index = 0;
        while index < described.len() {
            // Fails where it makes no sense for the port.
            let _ = self.returns[index].annotated(&described[index]);
            index += 1;
        }
        Self { described_returns: described, ..self }
    }

    /// The same definition with groups of ports that forms show together.
    #[must_use]
    pub const fn with_port_groups(self, port_groups: &'static [PortGroup]) -> Self {
        Self { port_groups, ..self }
    }

    /// The same definition, implementing these interfaces.
    #[must_use]
    pub const fn implementing(self, interfaces: &'static [&'static str]) -> Self {
        Self { interfaces, ..self }
    }

    /// The same definition in these collections.
    #[must_use]
    pub const fn in_collections(self, collections: &'static [&'static str]) -> Self {
        Self { collections, ..self }
    }

    /// The same definition as one that depends on state: two calls with the same arguments may differ.
    #[must_use]
    pub const fn stateful(self) -> Self {
        Self { stateful: true, ..self }
    }

    /// The same definition as a test of others. On the wire they are named by their hashes.
    #[must_use]
    pub const fn testing(self, is_test_for: &'static [&'static Definition]) -> Self {
        Self { is_test_for, ..self }
    }

    /// The same definition, marked as under development: it has neither a summary nor a given name.
    #[must_use]
    pub const fn in_development(self) -> Self {
        Self { is_dev: true, ..self }
    }

    /// The same definition with the url of a logo.
    #[must_use]
    pub const fn with_logo(self, logo: &'static str) -> Self {
        Self { logo: Some(logo), ..self }
    }

    /// The name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The logo's url.
    pub const fn logo(&self) -> Option<&'static str> {
        self.logo
    }

    /// The ports of the arguments.
    pub fn args(&self) -> impl Iterator<Item = Port> {
        self.args.iter().filter_map(Argument::port)
    }

    /// The ports of the returns.
    pub fn returns(&self) -> impl Iterator<Item = Port> {
        let described = self.described_returns.iter().map(Some).chain(std::iter::repeat(None));
        self.returns.iter().zip(described).map(|(port, described)| match described {
            Some(annotations) => port.annotated(annotations),
            None => *port,
        })
    }

    /// How many tests stand between this definition and one that tests nothing: 0 for a plain function.
    pub(crate) fn test_depth(&self) -> usize {
        self.is_test_for.iter().map(|tested| tested.test_depth() + 1).max().unwrap_or(0)
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
        let tested = self.is_test_for.iter().map(|tested| Ok(tested.to_buf()?.hash()));
        let tested = tested.collect::<Result<Vec<String>, serde_json::Error>>().map_err(S::Error::custom)?;
        let mut definition = serializer.serialize_struct("Definition", 12)?;
        definition.serialize_field("name", self.name)?;
        definition.serialize_field("description", &self.description)?;
        definition.serialize_field("kind", &self.kind)?;
        definition.serialize_field("collections", self.collections)?;
        definition.serialize_field("stateful", &self.stateful)?;
        definition.serialize_field("portGroups", self.port_groups)?;
        definition.serialize_field("args", &self.args().collect::<Vec<_>>())?;
        definition.serialize_field("returns", &self.returns().collect::<Vec<_>>())?;
        definition.serialize_field("isTestFor", &tested)?;
        definition.serialize_field("interfaces", self.interfaces)?;
        definition.serialize_field("isDev", &self.is_dev)?;
        definition.serialize_field("logo", &self.logo)?;
        definition.end()
    }
}
