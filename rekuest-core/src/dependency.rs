//! Dependencies: functions that a function calls, which its app may not provide itself.
//!
//! They are sent with the function; when it is assigned, the server finds an implementation for each, and tells the agent
//! which (protocol, section 2).

use serde::ser::{Error as _, SerializeStruct as _};
use serde::{Serialize, Serializer};

use crate::demand::Demand;
use crate::port::equal;

/// A function that another one calls, as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Dependency {
    key: &'static str,
    demand: Demand,
    optional: bool,
}

/// A function that can be called by its name in the source: what `#[register]` and `#[declare]` make of one.
///
/// There is nothing to implement.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function that can be depended on",
    label = "this is not the struct that `#[declare]` or `#[register]` puts beside a function",
    note = "name a function that has `#[declare]` or `#[register]`: `dependencies = [other, optional(another)]`"
)]
pub trait Callable {
    /// The function as a dependency of others, under its name.
    const DEPENDENCY: Dependency;
}

impl Dependency {
    /// The function called `key`, which is like this.
    pub const fn new(key: &'static str, demand: Demand) -> Self {
        Self { key, demand, optional: false }
    }

    /// The same as one that the function that depends on it can do without.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// The name under which its implementation is told.
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// What it has to be like.
    pub const fn demand(&self) -> Demand {
        self.demand
    }

    /// Whether the function that depends on it can do without.
    pub const fn is_optional(&self) -> bool {
        self.optional
    }
}

/// Fails to compile where two dependencies have one name: their implementations could not be told apart.
#[doc(hidden)]
#[track_caller]
pub const fn distinct(dependencies: &'static [Dependency]) -> &'static [Dependency] {
    let mut index = 0;
    while index < dependencies.len() {
        let mut earlier = 0;
        while earlier < index {
            assert!(
                !equal(dependencies[index].key, dependencies[earlier].key),
                "two dependencies have the same name, so their implementations could not be told apart; give one of \
                 them another with `#[declare(key = \"…\")]`"
            );
            earlier += 1;
        }
        index += 1;
    }
    dependencies
}

/// Writes the `ActionDependencyInput` that a server is sent, nulls included (protocol, section 2).
impl Serialize for Dependency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let demand = self.demand.to_buf().map_err(S::Error::custom)?;
        let mut fields = serializer.serialize_struct("ActionDependencyInput", 11)?;
        fields.serialize_field("key", self.key)?;
        demand.serialize_into(&mut fields)?;
        fields.serialize_field("optional", &self.optional)?;
        fields.serialize_field("allowInactive", &true)?;
        fields.end()
    }
}
