//! Looking without changing.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::{Context, Ctx, Injected, Missing, Need, State, StateType};
use crate::Contexts;
use crate::invocation::Invocation;

/// A context or a state that a function only looks at: `ReadOnly<Ctx<T>>`, `ReadOnly<State<T>>`.
///
/// Where `T` names a group, functions that take it are in that group and run one at a time; those that take it like this
/// are not, and run beside them.
#[derive(Clone)]
pub struct ReadOnly<P>(P);

impl<P> ReadOnly<P> {
    /// For calling the plain function, in a test say.
    pub fn new(of: P) -> Self {
        Self(of)
    }
}

impl<T: StateType> ReadOnly<State<T>> {
    /// What the state is now. What changes later changes another value.
    pub fn read(&self) -> Arc<T> {
        self.0.read()
    }

    pub(super) fn within(self, _: &Invocation) -> Self {
        self
    }
}

impl<T: Context> ReadOnly<Ctx<T>> {
    pub(super) fn within(self, _: &Invocation) -> Self {
        self
    }
}

impl<T> Deref for ReadOnly<Ctx<T>> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<P: fmt::Debug> fmt::Debug for ReadOnly<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReadOnly").field(&self.0).finish()
    }
}

impl<P: Injected> Injected for ReadOnly<P> {
    const NEED: Option<Need> = match P::NEED {
        Some(need) => Some(need.read_only()),
        None => None,
    };

    fn find(app: &Contexts) -> Result<Self, Missing> {
        P::find(app).map(Self)
    }
}
