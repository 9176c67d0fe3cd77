//! The app's shared values, found by their type.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::value::Shelf;

/// What an app shares with its functions and with the values that pass through them: at most one value of each type.
///
/// A structure's `expand` uses it to reach, say, the client of the service that keeps it.
///
/// ```
/// use rekuest_core::Contexts;
///
/// let mut contexts = Contexts::default();
/// contexts.insert(42_u8);
/// assert_eq!(contexts.get::<u8>().as_deref(), Some(&42));
/// assert!(contexts.get::<u16>().is_none());
/// ```
#[derive(Clone, Default)]
pub struct Contexts {
    values: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
    shelf: Option<Arc<dyn Shelf>>,
}

impl Contexts {
    /// Adds `value`; returns false, and keeps the former one, when there already is a value of this type.
    pub fn insert<T: Send + Sync + 'static>(&mut self, value: T) -> bool {
        match self.values.entry(TypeId::of::<T>()) {
            std::collections::hash_map::Entry::Occupied(_) => false,
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(Arc::new(value));
                true
            }
        }
    }

    /// The value of type `T`, if the app has one.
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let value = self.values.get(&TypeId::of::<T>())?;
        Arc::clone(value).downcast().ok()
    }

    /// The same values, with the shelf where memory structures are kept: that of an agent.
    #[must_use]
    pub fn with_shelf(self, shelf: Arc<dyn Shelf>) -> Self {
        Self { shelf: Some(shelf), ..self }
    }

    /// Where memory structures are kept; none outside of an agent.
    pub fn shelf(&self) -> Option<&dyn Shelf> {
        self.shelf.as_deref()
    }
}

impl fmt::Debug for Contexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contexts({} values)", self.values.len())
    }
}
