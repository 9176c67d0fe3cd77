//! The value behind a state: who changes it does so alone, who reads it never waits for that.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, ThreadId};

use futures_util::future::{BoxFuture, ready};
use serde_json::value::RawValue;

use super::StateType;
use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::Port;
use crate::value::ValueError;

/// Whoever sends the changes of a state: an agent. A state that has none is seen by nobody.
pub trait Publisher: Send + Sync + 'static {
    /// The state is another one now. It returns at once.
    fn changed(&self);

    /// Waits until the server has this version or a later one, two seconds at most; whether it has.
    fn published(&self, version: u64) -> BoxFuture<'static, bool>;
}

/// A state, whatever its type.
pub trait AnyState: Send + Sync + 'static {
    /// The name under which the app has it.
    fn name(&self) -> &'static str;

    /// Its fields.
    fn ports(&self) -> &'static [Port];

    /// The number of its newest value: it grows with every change.
    fn version(&self) -> u64;

    /// Its newest value, an object, and the number of it.
    ///
    /// # Errors
    /// When a field has no JSON; the error's path names it.
    fn written<'a>(
        &'a self,
        contexts: &'a Contexts,
    ) -> BoxFuture<'a, (u64, Result<Box<RawValue>, ValueError>)>;

    /// Names who is to send its changes; the first one stays.
    fn publish_by(&self, publisher: Arc<dyn Publisher>);

    /// Waits until the server has this version, two seconds at most; whether it has.
    fn published(&self, version: u64) -> BoxFuture<'static, bool>;
}

/// The value of a state.
pub(crate) struct Cell<T> {
    current: Mutex<Current<T>>,
    /// Held by who changes it.
    changing: Mutex<()>,
    changing_thread: Mutex<Option<ThreadId>>,
    publisher: OnceLock<Arc<dyn Publisher>>,
}

struct Current<T> {
    value: Arc<T>,
    version: u64,
}

impl<T: StateType> Cell<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            current: Mutex::new(Current { value: Arc::new(value), version: 0 }),
            changing: Mutex::new(()),
            changing_thread: Mutex::new(None),
            publisher: OnceLock::new(),
        }
    }

    pub(super) fn read(&self) -> Arc<T> {
        Arc::clone(&lock(&self.current).value)
    }

    pub(super) fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> (R, u64) {
        let changed: Result<_, std::convert::Infallible> = self.try_update(|value| Ok(change(value)));
        match changed {
            Ok(changed) => changed,
            Err(never) => match never {},
        }
    }

    /// What `change` returned, and the number of the value that it made.
    pub(super) fn try_update<R, E>(
        &self,
        change: impl FnOnce(&mut T) -> Result<R, E>,
    ) -> Result<(R, u64), E> {
        let changing = self.change();
        // A copy, so that others can read, and a panic changes nothing.
        let mut value = T::clone(&self.read());
        let returned = change(&mut value)?;
        let version = {
            let mut current = lock(&self.current);
            current.value = Arc::new(value);
            current.version += 1;
            current.version
        };
        drop(changing);
        self.tell();
        Ok((returned, version))
    }

    /// Counts as changed, whether it has or not; the number of its value.
    pub(super) fn touch(&self) -> u64 {
        let version = {
            let mut current = lock(&self.current);
            current.version += 1;
            current.version
        };
        self.tell();
        version
    }

    fn tell(&self) {
        if let Some(publisher) = self.publisher.get() {
            publisher.changed();
        }
    }

    /// Waits for the turn to change it.
    fn change(&self) -> Changing<'_, T> {
        let this = thread::current().id();
        assert!(
            *lock(&self.changing_thread) != Some(this),
            "the state `{}` is updated inside of its own update, which would wait for itself; do both in one",
            T::NAME
        );
        let held = lock(&self.changing);
        *lock(&self.changing_thread) = Some(this);
        Changing { cell: self, _held: held }
    }
}

/// While this lives, nobody else changes the state.
struct Changing<'c, T> {
    cell: &'c Cell<T>,
    _held: MutexGuard<'c, ()>,
}

impl<T> Drop for Changing<'_, T> {
    fn drop(&mut self) {
        *lock(&self.cell.changing_thread) = None;
    }
}

impl<T: StateType> AnyState for Cell<T> {
    fn name(&self) -> &'static str {
        T::NAME
    }

    fn ports(&self) -> &'static [Port] {
        T::PORTS
    }

    fn version(&self) -> u64 {
        lock(&self.current).version
    }

    fn written<'a>(
        &'a self,
        contexts: &'a Contexts,
    ) -> BoxFuture<'a, (u64, Result<Box<RawValue>, ValueError>)> {
        let (value, version) = {
            let current = lock(&self.current);
            (Arc::clone(&current.value), current.version)
        };
        let value = T::clone(&value);
        Box::pin(async move {
            let mut out = JsonWriter::new();
            let written = value.shrink_state(&mut out, contexts).await;
            (version, written.and_then(|()| out.into_raw()))
        })
    }

    fn publish_by(&self, publisher: Arc<dyn Publisher>) {
        // One agent has it; another one that is given the same value leaves it to the first.
        let _ = self.publisher.set(publisher);
    }

    fn published(&self, version: u64) -> BoxFuture<'static, bool> {
        match self.publisher.get() {
            Some(publisher) => publisher.published(version),
            // Nobody is to be told.
            None => Box::pin(ready(true)),
        }
    }
}

impl<T> fmt::Debug for Cell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cell")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What they guard is replaced as a whole: a panic in between changes nothing.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
