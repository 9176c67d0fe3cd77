//! The functions of a program.

use std::collections::BTreeMap;

use crate::function::{Function, FunctionError};
use crate::implementation::Implementation;

/// What `#[register]` submits at link time. A library crate that the program never names is not linked, and neither
/// are its functions: `use the_library as _;` links it.
#[derive(Debug)]
pub struct Registered(pub &'static Implementation);

inventory::collect!(Registered);

/// The functions that an agent serves, by interface.
#[derive(Debug, Default)]
pub struct Registry {
    functions: BTreeMap<String, Function>,
}

/// Why a function cannot be registered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// Two functions have one interface. Give one of them another: `#[register(interface = "…")]`.
    #[error(
        "two functions are registered under the interface `{interface}`: {first} and {second}; \
         give one of them another with #[register(interface = \"…\")]"
    )]
    Duplicate {
        /// The interface that both have.
        interface: String,
        /// Where the one stands.
        first: String,
        /// Where the other stands.
        second: String,
    },
    /// A function added by hand is described wrongly.
    #[error("the function `{interface}`, added at {location}, cannot be registered: {error}")]
    Function {
        /// Its interface.
        interface: String,
        /// Where it was made.
        location: String,
        /// What is wrong.
        error: FunctionError,
    },
}

impl Registry {
    /// An empty registry.
    pub fn new() -> Self {
        Self::default()
    }

    /// All functions with `#[register]` that are linked into this program.
    ///
    /// # Errors
    /// When two of them have the same interface.
    pub fn linked() -> Result<Self, RegistryError> {
        let mut registry = Self::new();
        registry.add_linked()?;
        Ok(registry)
    }

    /// Adds all functions with `#[register]` that are linked into this program.
    ///
    /// # Errors
    /// When an interface is taken.
    pub fn add_linked(&mut self) -> Result<(), RegistryError> {
        let mut linked: Vec<&Implementation> =
            inventory::iter::<Registered>.into_iter().map(|entry| entry.0).collect();
        // The order of linking is not defined; an error about two of them should be the same each time.
        linked.sort_by_key(|implementation| (implementation.location.file, implementation.location.line));
        for implementation in linked {
            self.add(Function::from(implementation))?;
        }
        Ok(())
    }

    /// Adds a function.
    ///
    /// # Errors
    /// When its interface is taken, or when it was described wrongly.
    pub fn add(&mut self, function: Function) -> Result<(), RegistryError> {
        if let Some(error) = function.error() {
            return Err(RegistryError::Function {
                interface: function.interface().to_owned(),
                location: function.location().to_string(),
                error: error.clone(),
            });
        }
        if let Some(first) = self.functions.get(function.interface()) {
            return Err(RegistryError::Duplicate {
                interface: function.interface().to_owned(),
                first: first.location().to_string(),
                second: function.location().to_string(),
            });
        }
        self.functions.insert(function.interface().to_owned(), function);
        Ok(())
    }

    /// The function under this interface.
    pub fn get(&self, interface: &str) -> Option<&Function> {
        self.functions.get(interface)
    }

    /// All functions in the order in which they are to be registered: by interface, tests of others last, since an
    /// action has to exist before its test (protocol, section 2).
    pub fn iter(&self) -> impl Iterator<Item = &Function> {
        let mut functions: Vec<&Function> = self.functions.values().collect();
        functions.sort_by_key(|function| function.test_depth());
        functions.into_iter()
    }

    /// How many functions there are.
    pub fn len(&self) -> usize {
        self.functions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.functions.is_empty()
    }
}
