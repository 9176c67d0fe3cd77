//! [`Demand`], the constant form.

use super::owned::{DemandBuf, PortMatch, PortsDemand};
use crate::definition::Definition;
use crate::port::{Port, PortBuf};

/// What a function that is called has to be like, as a constant.
#[derive(Debug, Clone, Copy)]
pub enum Demand {
    /// The action with this hash: 64 hexadecimal digits.
    Hash(&'static str),
    /// An action with this name, the one that people see.
    Name(&'static str),
    /// The action with this definition.
    Definition(&'static Definition),
    /// An action that takes these arguments and returns these returns.
    Ports {
        /// The arguments, by key.
        args: &'static [Port],
        /// The returns.
        returns: &'static [Port],
    },
}

impl Demand {
    /// The owned form.
    ///
    /// # Errors
    /// When a default of the definition has no JSON; the message names the port.
    pub fn to_buf(&self) -> Result<DemandBuf, serde_json::Error> {
        Ok(match self {
            Self::Hash(hash) => DemandBuf { hash: Some((*hash).to_owned()), ..DemandBuf::default() },
            Self::Name(name) => DemandBuf { name: Some((*name).to_owned()), ..DemandBuf::default() },
            Self::Definition(definition) => {
                DemandBuf { hash: Some(definition.to_buf()?.hash()), ..DemandBuf::default() }
            }
            Self::Ports { args, returns } => DemandBuf {
                args: PortsDemand::exactly(&owned(args)?, PortMatch::taking),
                returns: PortsDemand::exactly(&owned(returns)?, PortMatch::giving),
                ..DemandBuf::default()
            },
        })
    }
}

fn owned(ports: &[Port]) -> Result<Vec<PortBuf>, serde_json::Error> {
    serde_json::from_str(&serde_json::to_string(ports)?)
}
