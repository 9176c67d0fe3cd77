//! What the code that the derive macros generate calls, beside the public vocabulary.
//!
//! Each function stands here for types that are values, and in traits called `Unchecked…` for those that are not. As the
//! compiler prefers what does not stand in a trait, the other ones are reached only in a program that does not compile,
//! where they keep one mistake from being reported several times.

mod choice;
mod identifier;
mod model;
mod structure;
mod used;
mod variant;

use crate::value::ValueError;

pub use choice::expand_choice;
pub use identifier::{identifier_bytes, identifier_len, identifier_str};
pub use model::{Fields, Members, UncheckedMembers};
pub use structure::{Elsewhere, StructureCause, StructureId, UncheckedElsewhere, awaited};
pub use used::Used;
pub use variant::{UncheckedVariant, Variant};

async fn no_value<T>() -> Result<T, ValueError> {
    Err(ValueError::invalid("a type in it has no port"))
}
