//! What `#[register]` and the derives take without a word, as users write it, whatever lints they have.
//!
//! Each module is a user's file. What they refuse stands in `tests/ui`.

// Users' lints are each module's own; these are written as parts of programs, and some as parts of libraries.
#![allow(unreachable_pub)]

mod attributes;
mod defaults;
mod derives;
mod documentation;
mod facade;
mod injected;
mod names;
pub mod visibility;
