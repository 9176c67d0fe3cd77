//! Everything together: agent, client and server, in one process and across processes.

mod administration;
mod command_line;
mod control;
mod cuts;
mod handles;
mod in_process;
mod kinds;
mod living;
mod processes;
mod python;
mod relay;
mod reports;
mod restart;
mod signals;
mod sizes;
mod spawned;

// The functions of the showcase, and those of a library crate, linked into this program.
#[path = "../../examples/showcase.rs"]
#[allow(dead_code, reason = "the main function of an example is not run here")]
mod showcase;
use stage_library as _;
