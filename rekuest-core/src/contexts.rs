//! The app's shared values and states, found by their type.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::sync::Arc;

use crate::injected::{AnyState, Cell, Needed, State, StateType};
use crate::value::Shelf;

/// What an app shares with its functions and with the values that pass through them: at most one value of each type, and
/// its states.
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
    values: HashMap<TypeId, Value>,
    states: HashMap<TypeId, SharedState>,
    shelf: Option<Arc<dyn Shelf>>,
    /// A drawer that is not on the shelf is one of another agent.
    passes_drawers: bool,
}

#[derive(Clone)]
struct Value {
    what: Needed,
    value: Arc<dyn Any + Send + Sync>,
}

#[derive(Clone)]
struct SharedState {
    what: Needed,
    cell: Arc<dyn Any + Send + Sync>,
    state: Arc<dyn AnyState>,
}

impl Contexts {
    /// Adds `value`; returns false, and keeps the former one, when there already is a value of this type.
    pub fn insert<T: Send + Sync + 'static>(&mut self, value: T) -> bool {
        self.insert_shared(Arc::new(value))
    }

    /// Adds a value that is shared already; returns false, and keeps the former one, when there already is a value of this
    /// type.
    pub fn insert_shared<T: Send + Sync + 'static>(&mut self, value: Arc<T>) -> bool {
        put(&mut self.values, TypeId::of::<T>(), Value { what: Needed::context::<T>(), value })
    }

    /// Adds a state; returns false, and keeps the former one, when there already is a state of this type.
    pub fn insert_state<T: StateType>(&mut self, value: T) -> bool {
        let cell = Arc::new(Cell::new(value));
        let state =
            SharedState { what: Needed::state::<T>(), state: Arc::clone(&cell) as Arc<dyn AnyState>, cell };
        put(&mut self.states, TypeId::of::<T>(), state)
    }

    /// The value of type `T`, if the app has one.
    pub fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let found = self.values.get(&TypeId::of::<T>())?;
        Arc::clone(&found.value).downcast().ok()
    }

    /// The state of type `T`, if the app has one.
    pub fn state<T: StateType>(&self) -> Option<State<T>> {
        let found = self.states.get(&TypeId::of::<T>())?;
        Arc::clone(&found.cell).downcast().ok().map(State::of)
    }

    /// All states, by their names.
    pub fn states(&self) -> Vec<Arc<dyn AnyState>> {
        let mut states: Vec<_> = self.states.values().map(|shared| Arc::clone(&shared.state)).collect();
        states.sort_by_key(|state| state.name());
        states
    }

    /// What there is.
    pub fn given(&self) -> impl Iterator<Item = Needed> {
        let values = self.values.values().map(|value| value.what);
        values.chain(self.states.values().map(|state| state.what))
    }

    /// Takes in what `others` has too.
    ///
    /// # Errors
    /// When there is one of the same type already, which stays.
    pub fn merge(&mut self, others: Self) -> Result<(), Needed> {
        for (id, value) in others.values {
            let what = value.what;
            if !put(&mut self.values, id, value) {
                return Err(what);
            }
        }
        for (id, state) in others.states {
            let what = state.what;
            if !put(&mut self.states, id, state) {
                return Err(what);
            }
        }
        Ok(())
    }

    /// The same values, with the shelf where memory structures are kept: that of an agent.
    #[must_use]
    pub fn with_shelf(self, shelf: Arc<dyn Shelf>) -> Self {
        Self { shelf: Some(shelf), ..self }
    }

    /// The same for calling others: a drawer that is not on the shelf is one of another agent, and passed on.
    #[must_use]
    pub fn passing_drawers(self) -> Self {
        Self { passes_drawers: true, ..self }
    }

    /// Where memory structures are kept; none outside of an agent.
    pub fn shelf(&self) -> Option<&dyn Shelf> {
        self.shelf.as_deref()
    }

    /// Whether a drawer that is not on the shelf is one of another agent.
    pub(crate) fn passes_drawers(&self) -> bool {
        self.passes_drawers
    }
}

fn put<T>(into: &mut HashMap<TypeId, T>, id: TypeId, value: T) -> bool {
    match into.entry(id) {
        Entry::Occupied(_) => false,
        Entry::Vacant(entry) => {
            entry.insert(value);
            true
        }
    }
}

impl fmt::Debug for Contexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.given().map(|what| what.to_string())).finish()
    }
}
