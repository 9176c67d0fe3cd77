//! Hooks: what runs at the start of an app, all along, and at its end.
//!
//! `#[startup]` functions make what the functions of the app share, `#[background]` functions run for as long as the app
//! does, `#[shutdown]` functions leave everything as it should be. They are constants, collected when the program is linked
//! like its functions.

mod generated;
mod order;
mod provision;

use std::fmt;
use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::Contexts;
use crate::implementation::{Execution, Location};
use crate::injected::{Need, Needed};

pub use generated::{
    AllInjected, HookOutput, Runs, Starts, UncheckedRuns, UncheckedStarts, give_context, give_state, given_by,
};
pub use order::{CircularHooks, Direction, in_order};
pub use provision::Provision;

/// Where a hook stands, and after which others it comes.
#[derive(Debug)]
pub struct About<H: 'static> {
    /// The name of its function.
    pub name: &'static str,
    /// Where that stands.
    pub location: Location,
    /// The hooks that it comes after.
    pub after: &'static [fn() -> &'static H],
    /// Where it runs.
    pub execution: Execution,
}

/// What `#[startup]` makes of a function: it runs before the app is registered, and gives contexts and states.
#[derive(Debug)]
pub struct Startup {
    /// Its name, place and order.
    pub about: About<Self>,
    /// How long it may take.
    pub timeout: Duration,
    /// What it gives.
    pub provides: fn() -> Vec<Needed>,
    /// Runs it, for the app instance of this id.
    pub run: fn(String) -> BoxFuture<'static, Result<Contexts, String>>,
}

/// What `#[background]` makes of a function: it runs for the life of the app.
#[derive(Debug)]
pub struct Background {
    /// Its name, place and order.
    pub about: About<Self>,
    /// What it needs.
    pub needs: &'static [Option<Need>],
    /// What follows when it fails.
    pub on_failure: OnFailure,
    /// Runs it.
    pub run: fn(Contexts) -> BoxFuture<'static, Result<(), String>>,
}

/// What `#[shutdown]` makes of a function: it runs at the end of the app.
#[derive(Debug)]
pub struct Shutdown {
    /// Its name, place and order.
    pub about: About<Self>,
    /// How long it may take.
    pub timeout: Duration,
    /// What it needs.
    pub needs: &'static [Option<Need>],
    /// Runs it.
    pub run: fn(Contexts) -> BoxFuture<'static, Result<(), String>>,
}

/// A function that is a hook, as a type: the struct that the attribute puts beside it, of the same name.
///
/// There is nothing to implement.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function that a hook can come after",
    label = "this is not the struct that the same attribute puts beside a function",
    note = "`after` names functions with the same attribute: a `#[startup]` function comes after other `#[startup]` functions"
)]
pub trait HookFunction<H> {
    /// The hook.
    const HOOK: H;
}

/// What stands in for a hook with mistakes, in a program that does not compile.
macro_rules! refused {
    ($($kind:ident { $($part:ident: $value:expr),+ })+) => {$(
        impl $kind {
            #[doc(hidden)]
            pub const REFUSED: Self = Self {
                about: About {
                    name: "",
                    location: Location { file: "", line: 0 },
                    after: &[],
                    execution: Execution::Async,
                },
                $($part: $value),+
            };
        }
    )+};
}

refused! {
    Startup { timeout: Duration::ZERO, provides: Vec::new, run: |_| Box::pin(std::future::pending()) }
    Background { needs: &[], on_failure: OnFailure::Restart, run: |_| Box::pin(std::future::pending()) }
    Shutdown { timeout: Duration::ZERO, needs: &[], run: |_| Box::pin(std::future::pending()) }
}

/// What follows when a background function fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnFailure {
    /// It is started again, after a while.
    Restart,
    /// The app ends, with an error.
    Stop,
}

/// A hook of an app.
#[derive(Debug, Clone, Copy)]
pub enum Hook {
    /// At the start.
    Startup(&'static Startup),
    /// All along.
    Background(&'static Background),
    /// At the end.
    Shutdown(&'static Shutdown),
}

/// What the macros submit at link time.
#[derive(Debug)]
pub struct RegisteredHook(pub Hook);

inventory::collect!(RegisteredHook);

/// The hooks of an app.
#[derive(Debug, Clone, Default)]
pub struct Hooks {
    /// Those at the start.
    pub startup: Vec<&'static Startup>,
    /// Those that run all along.
    pub background: Vec<&'static Background>,
    /// Those at the end.
    pub shutdown: Vec<&'static Shutdown>,
}

impl Hooks {
    /// No hooks.
    pub fn new() -> Self {
        Self::default()
    }

    /// All hooks that are linked into this program.
    pub fn linked() -> Self {
        let mut hooks = Self::new();
        hooks.add_linked();
        hooks
    }

    /// Adds all hooks that are linked into this program.
    pub fn add_linked(&mut self) {
        for hook in inventory::iter::<RegisteredHook> {
            self.add(hook.0);
        }
    }

    /// Adds a hook, unless it is there already.
    pub fn add(&mut self, hook: impl Into<Hook>) {
        match hook.into() {
            Hook::Startup(hook) => put(&mut self.startup, hook),
            Hook::Background(hook) => put(&mut self.background, hook),
            Hook::Shutdown(hook) => put(&mut self.shutdown, hook),
        }
    }
}

fn put<H: Hooked>(hooks: &mut Vec<&'static H>, hook: &'static H) {
    if !hooks.iter().any(|there| there.about().is(hook.about())) {
        hooks.push(hook);
    }
}

/// What all kinds of hooks have.
pub trait Hooked: Sized + 'static {
    /// Its name, place and order.
    fn about(&self) -> &About<Self>;
}

impl<H> About<H> {
    /// Whether it is the same hook. Constants have no address to know them by.
    fn is(&self, other: &Self) -> bool {
        self.name == other.name && self.location == other.location
    }
}

/// "`connect` (src/main.rs:12)".
impl<H> fmt::Display for About<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({})", self.name, self.location)
    }
}

macro_rules! hooked {
    ($($kind:ident)+) => {$(
        impl Hooked for $kind {
            fn about(&self) -> &About<Self> {
                &self.about
            }
        }

        impl From<&'static $kind> for Hook {
            fn from(hook: &'static $kind) -> Self {
                Self::$kind(hook)
            }
        }
    )+};
}

hooked!(Startup Background Shutdown);
