//! MEMORY_STRUCTURE: values that stay in the memory of an agent and travel as the ids of their drawers.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde_json::value::RawValue;

use super::{Expand, PortType, Shrink, ValueError};
use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::Port;

/// A type whose values can stay in the memory of an agent: `#[derive(Memorable)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be kept in the memory of an agent",
    label = "does not implement `Memorable`",
    note = "write `#[derive(Memorable)]` on `{Self}`"
)]
pub trait Memorable: Send + Sync + 'static {
    /// The identifier of the MEMORY_STRUCTURE.
    const IDENTIFIER: &'static str;

    /// What the drawer of this value is called, for people.
    fn label(&self) -> Option<String> {
        None
    }

    /// What the drawer of this value holds, for people.
    fn description(&self) -> Option<String> {
        None
    }

    /// How much memory this value takes, in bytes, about: what the budget of a shelf is reckoned with. What it owns on the
    /// heap is not known unless it is said here.
    fn size(&self) -> usize {
        size_of_val(self)
    }
}

/// A value in the memory of an agent, or a reference to one.
///
/// A function returns [`Memory::new(value)`](Self::new): the value is shelved, and what travels is the id of its drawer.
/// A function that takes a `Memory<T>` gets the value that is shelved here: [`get`](Self::get) returns it without a copy.
/// A caller elsewhere gets the same type, and can do nothing with it but pass it on.
///
/// Drawers are gone when their agent starts again (protocol, section 2).
pub struct Memory<T> {
    value: Option<Arc<T>>,
    drawer: Option<String>,
}

impl<T: Memorable> Memory<T> {
    /// A value that gets a drawer when it is returned.
    pub fn new(value: impl Into<Arc<T>>) -> Self {
        Self { value: Some(value.into()), drawer: None }
    }

    /// The value, if it is in the memory of this process.
    ///
    /// # Errors
    /// When it is in the memory of an agent elsewhere. Not inside of a function that was called with it.
    pub fn get(&self) -> Result<Arc<T>, NotHere> {
        self.value.clone().ok_or_else(|| NotHere { drawer: self.drawer.clone().unwrap_or_default() })
    }

    /// The id of its drawer; none before it was returned.
    pub fn drawer(&self) -> Option<&str> {
        self.drawer.as_deref()
    }
}

impl<T> Clone for Memory<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), drawer: self.drawer.clone() }
    }
}

impl<T> fmt::Debug for Memory<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").field("drawer", &self.drawer).finish_non_exhaustive()
    }
}

/// A value that is in the memory of an agent elsewhere: pass it to a function of that agent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the value in drawer {drawer} is in the memory of another process; pass it to a function of its agent"
)]
pub struct NotHere {
    /// The drawer.
    pub drawer: String,
}

/// A value on its way to a drawer.
pub struct Shelved {
    /// The identifier of the MEMORY_STRUCTURE.
    pub identifier: &'static str,
    /// What the drawer is called.
    pub label: Option<String>,
    /// What the drawer holds.
    pub description: Option<String>,
    /// How much memory the value takes, in bytes, about.
    pub size: usize,
    /// The value.
    pub value: Arc<dyn Any + Send + Sync>,
}

impl fmt::Debug for Shelved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelved").field("identifier", &self.identifier).finish_non_exhaustive()
    }
}

/// A value that is in a drawer.
#[derive(Clone)]
pub struct InDrawer {
    /// The identifier of the MEMORY_STRUCTURE that it was shelved as.
    pub identifier: &'static str,
    /// The value.
    pub value: Arc<dyn Any + Send + Sync>,
}

impl fmt::Debug for InDrawer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InDrawer").field("identifier", &self.identifier).finish_non_exhaustive()
    }
}

/// Where an agent keeps memory structures, by the ids of their drawers.
pub trait Shelf: Send + Sync {
    /// Puts a value into a new drawer, and returns the drawer's id.
    ///
    /// # Errors
    /// With a sentence, when the server does not give it a drawer.
    fn put(&self, shelved: Shelved) -> BoxFuture<'_, Result<String, String>>;

    /// Takes back what was [put](Shelf::put) into these drawers, because nobody was told of them.
    fn take_back(&self, drawers: Vec<String>);

    /// The value in a drawer.
    ///
    /// # Errors
    /// With a sentence, when there is no such drawer here.
    fn get(&self, drawer: &str) -> Result<InDrawer, String>;
}

impl<T: Memorable> PortType for Memory<T> {
    const PORT: Port = Port::memory_structure(T::IDENTIFIER);
}

impl<T: Memorable> Expand for Memory<T> {
    async fn expand(value: &RawValue, contexts: &Contexts) -> Result<Self, ValueError> {
        let expected = || format!("MEMORY_STRUCTURE {} by the id of its drawer", T::IDENTIFIER);
        let drawer: String = serde_json::from_str(value.get())
            .ok()
            .filter(|drawer: &String| !drawer.is_empty())
            .ok_or_else(|| ValueError::expected_json(expected(), value))?;
        let found = match contexts.shelf().map(|shelf| shelf.get(&drawer)) {
            Some(Ok(found)) => found,
            // The value is elsewhere: there is no shelf outside of an agent, and others have their own.
            Some(Err(why)) if !contexts.passes_drawers() => return Err(ValueError::invalid(why)),
            _ => return Ok(Self { value: None, drawer: Some(drawer) }),
        };
        match found.value.downcast() {
            Ok(value) => Ok(Self { value: Some(value), drawer: Some(drawer) }),
            Err(_) => Err(ValueError::invalid(format!(
                "the drawer {drawer} holds a {}, expected a {}",
                found.identifier,
                T::IDENTIFIER
            ))),
        }
    }
}

impl<T: Memorable> Shrink for Memory<T> {
    async fn shrink(self, out: &mut JsonWriter, contexts: &Contexts) -> Result<(), ValueError> {
        match (self.drawer, self.value, contexts.shelf()) {
            (Some(drawer), _, _) => {
                out.string(&drawer);
                Ok(())
            }
            (None, Some(value), Some(shelf)) => {
                let (label, description, size) = (value.label(), value.description(), value.size());
                let shelved =
                    Shelved { identifier: T::IDENTIFIER, label, description, size, value: value.clone() };
                let drawer = shelf.put(shelved).await.map_err(ValueError::invalid)?;
                out.new_drawer(drawer, value);
                Ok(())
            }
            _ => Err(ValueError::invalid(format!(
                "a new {} can only be returned by a function of an agent, which keeps it; a caller passes on what \
                 a function returned",
                T::IDENTIFIER
            ))),
        }
    }
}
