//! What the scalars of the schema are while documents are checked against it. Values that pass through are read by the
//! operations themselves.

use serde_json::Value;

pub(crate) type ActionHash = String;
pub(crate) type AnyDefault = Value;
pub(crate) type Args = Value;
pub(crate) type DateTime = String;
pub(crate) type Identifier = String;
pub(crate) type InstanceId = String;
pub(crate) type SearchQuery = String;
pub(crate) type ValidatorFunction = String;
pub(crate) type Arg = Value;
