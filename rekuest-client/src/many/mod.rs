//! Several calls at once: [`join`] for a few that are written down, [`map`] for one per input.
//!
//! Both take whatever `.await` makes a call of: `add::call(&client, 1, 2)`, `action.call(args! { … })`, an `async` block that
//! does both. Dropping them cancels what runs, as dropping a single call does.

mod join;
mod map;

pub use join::{Join, join};
pub use map::{Map, MapProgress, Mapped, map};
