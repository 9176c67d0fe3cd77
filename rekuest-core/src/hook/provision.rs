//! What a startup function gives to its app: contexts and states.

use crate::Contexts;
use crate::injected::Needed;
use crate::returns::{Cause, with_sources};

/// What a `#[startup]` function returns: a context, a state, a tuple of them, nothing, or a `Result` of one of these.
///
/// There is nothing to implement: `derive(Context)` and `derive(State)` do it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given to an app",
    label = "neither a context nor a state",
    note = "a `#[startup]` function returns what has `#[derive(Context)]` or `#[derive(State)]`, a tuple of these, `()`, or a `Result` of one of them; a type of another crate goes into a struct of your own"
)]
pub trait Provision: Sized {
    /// Names what is given.
    fn list(into: &mut Vec<Needed>);

    /// Gives it.
    ///
    /// # Errors
    /// With a sentence, when it could not be made.
    fn give(self, app: &mut Contexts) -> Result<(), String>;
}

impl<P: Provision, E: Cause> Provision for Result<P, E> {
    fn list(into: &mut Vec<Needed>) {
        P::list(into);
    }

    fn give(self, app: &mut Contexts) -> Result<(), String> {
        self.map_err(|error| with_sources(&*error.into_error()))?.give(app)
    }
}

macro_rules! several {
    ($(($($type:ident)*))*) => {$(
        impl<$($type: Provision),*> Provision for ($($type,)*) {
            fn list(into: &mut Vec<Needed>) {
                let _ = &into;
                $($type::list(into);)*
            }

            #[allow(non_snake_case, reason = "each value has the name of its type")]
            fn give(self, app: &mut Contexts) -> Result<(), String> {
                let _ = &app;
                let ($($type,)*) = self;
                $($type.give(app)?;)*
                Ok(())
            }
        }
    )*};
}

several! {
    () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
}

/// What is said of a startup function that gives the same twice.
pub(super) fn taken(what: Needed) -> String {
    format!("it gives the {what} twice; an app has one of each type")
}
