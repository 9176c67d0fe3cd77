//! What an app is made of, and whether it fits together: looked at before anything runs.

mod dependencies;

use std::collections::HashMap;

use rekuest_core::hook::{Background, CircularHooks, Direction, Shutdown, Startup, in_order};
use rekuest_core::injected::{Need, NeedKind, Needed};
use rekuest_core::{Contexts, Function, Hooks, Registry};

/// The extension that all functions of a program are in, unless a library has one of its own.
pub(crate) const DEFAULT: &str = "default";

/// What does not fit together in an app.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompositionError {
    /// A function or hook takes something that nothing gives.
    #[error("{by} takes the {needed}, which nothing gives; {}", .needed.remedy())]
    Missing {
        /// The function or hook, and where it stands.
        by: String,
        /// What it takes.
        needed: Needed,
    },
    /// Two give the same: an app has one context and one state of each type.
    #[error("the {given} is given twice, by {first} and by {second}; an app has one of each type")]
    GivenTwice {
        /// What they give.
        given: Needed,
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// Two states have one name, which is all that the server knows them by.
    #[error(
        "two states are called `{name}`, and the server knows them by nothing else; \
         give one of them another name with `#[state(name = \"…\")]`"
    )]
    StatesOfOneName {
        /// The name.
        name: String,
    },
    /// A state cannot be sent.
    #[error("the state `{name}` cannot be sent: {reason}")]
    State {
        /// Its name.
        name: String,
        /// Why not.
        reason: String,
    },
    /// Some hooks come after each other.
    #[error(transparent)]
    CircularHooks(#[from] CircularHooks),
    /// Some functions depend on each other.
    #[error(
        "the functions {} depend on each other, so that none of them can be served before the others; \
         make one of these dependencies `optional(…)`",
        .functions.join(", ")
    )]
    CircularDependencies {
        /// Their interfaces, each before one that it depends on.
        functions: Vec<String>,
    },
    /// Two extensions have a function under one interface; an interface is unique in an app (protocol, section 2).
    #[error(
        "the extensions `{first}` and `{second}` both have a function under the interface `{interface}`, which is unique \
         in an app; give one of them another with #[register(interface = \"…\")]"
    )]
    InterfaceTwice {
        /// The interface.
        interface: String,
        /// The one extension.
        first: String,
        /// The other.
        second: String,
    },
    /// An extension has a name that it cannot have.
    #[error("`{name}` cannot be the name of an extension: {reason}")]
    Extension {
        /// The name.
        name: String,
        /// Why not.
        reason: &'static str,
    },
}

/// Who gives what no startup function gives.
fn giver(kind: NeedKind) -> &'static str {
    match kind {
        NeedKind::Context => "`App::context`",
        NeedKind::State => "`App::state`",
    }
}

impl CompositionError {
    /// Something was given twice to the app itself.
    pub fn given_twice(given: Needed) -> Self {
        let by = giver(given.kind());
        Self::GivenTwice { given, first: by.to_owned(), second: by.to_owned() }
    }
}

/// The functions of an app: those of the program, and those of libraries that have an extension of their own.
#[derive(Debug)]
pub(crate) struct Extensions(Vec<(String, Registry)>);

impl Extensions {
    pub(crate) fn new(functions: Registry) -> Self {
        Self(vec![(DEFAULT.to_owned(), functions)])
    }

    pub(crate) fn add(&mut self, name: String, functions: Registry) {
        self.0.push((name, functions));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Registry)> {
        self.0.iter().map(|(name, registry)| (name.as_str(), registry))
    }

    /// All functions, with their extensions.
    pub(crate) fn functions(&self) -> impl Iterator<Item = (&str, &Function)> {
        self.iter().flat_map(|(name, registry)| registry.iter().map(move |function| (name, function)))
    }

    /// Whether names and interfaces are unique.
    fn check(&self) -> Result<(), CompositionError> {
        for (index, (name, _)) in self.0.iter().enumerate() {
            let refused = |reason| Err(CompositionError::Extension { name: name.clone(), reason });
            if name.is_empty() || name.contains(char::is_whitespace) {
                return refused("it is one word");
            }
            if self.0[..index].iter().any(|(earlier, _)| earlier == name) {
                return refused("the app has an extension of this name already");
            }
        }
        let mut interfaces: HashMap<&str, &str> = HashMap::new();
        for (extension, function) in self.functions() {
            if let Some(first) = interfaces.insert(function.interface(), extension) {
                return Err(CompositionError::InterfaceTwice {
                    interface: function.interface().to_owned(),
                    first: first.to_owned(),
                    second: extension.to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// The hooks of an app in the order in which they run.
#[derive(Debug, Default)]
pub(crate) struct Ordered {
    pub(crate) startup: Vec<&'static Startup>,
    pub(crate) background: Vec<&'static Background>,
    pub(crate) shutdown: Vec<&'static Shutdown>,
}

/// What an app is made of, and fits together.
#[derive(Debug)]
pub(crate) struct Composition {
    pub(crate) extensions: Extensions,
    pub(crate) hooks: Ordered,
    /// What it has before its startup functions give the rest.
    pub(crate) given: Contexts,
}

impl Composition {
    /// Puts it together.
    pub(crate) fn new(
        extensions: Extensions,
        hooks: &Hooks,
        given: Contexts,
    ) -> Result<Self, CompositionError> {
        extensions.check()?;
        let hooks = Ordered {
            startup: in_order(&hooks.startup, Direction::ByName)?,
            background: in_order(&hooks.background, Direction::ByName)?,
            shutdown: in_order(&hooks.shutdown, Direction::Backwards)?,
        };
        let mut givers: HashMap<Needed, String> =
            given.given().map(|given| (given, giver(given.kind()).to_owned())).collect();
        for hook in &hooks.startup {
            for given in (hook.provides)() {
                let second = format!("the startup function {}", hook.about);
                if let Some(first) = givers.insert(given, second.clone()) {
                    return Err(CompositionError::GivenTwice { given, first, second });
                }
            }
        }
        let missing = |by: String, needed: Needed| match givers.contains_key(&needed) {
            true => Ok(()),
            false => Err(CompositionError::Missing { by, needed }),
        };
        for (_, function) in extensions.functions() {
            for needed in function.needs() {
                missing(
                    format!("the function `{}` ({})", function.interface(), function.location()),
                    needed,
                )?;
            }
        }
        let needs = |needs: &'static [Option<Need>]| needs.iter().flatten().map(Need::needed);
        for hook in &hooks.background {
            needs(hook.needs)
                .try_for_each(|needed| missing(format!("the background function {}", hook.about), needed))?;
        }
        for hook in &hooks.shutdown {
            needs(hook.needs)
                .try_for_each(|needed| missing(format!("the shutdown function {}", hook.about), needed))?;
        }
        dependencies::check(&extensions)?;
        Ok(Self { extensions, hooks, given })
    }
}
