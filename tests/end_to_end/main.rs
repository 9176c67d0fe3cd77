//! Everything together: agent, client and server, in one process and across processes.

mod administration;
mod command_line;
mod control;
mod cuts;
mod deployments;
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

// What the client is tested against: a deployment that lets apps in as a test tells it.
#[path = "../../rekuest-client/tests/client/deployment.rs"]
#[allow(dead_code, reason = "the client's own tests need more of it")]
mod deployment;
// The functions of the showcase, and those of a library crate, linked into this program.
#[path = "../../examples/showcase.rs"]
#[allow(dead_code, reason = "the main function of an example is not run here")]
mod showcase;
use stage_library as _;
