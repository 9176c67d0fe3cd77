//! What a crate of functions looks like: a program that names it, with `use stage_library as _;`, provides them.

use rekuest::prelude::*;

/// Moves the stage.
///
/// # Arguments
/// * `to` - where to, in micrometres
///
/// # Returns
/// where it is now, in micrometres
#[register]
pub fn move_stage(to: f64) -> f64 {
    to
}
