//! The end: one shutdown function after the other leaves things as they should be.

use std::sync::Arc;

use rekuest_core::Contexts;
use rekuest_core::hook::Shutdown;
use rekuest_core::injected::Need;

use super::run_within;
use crate::workshop::Workshop;

/// Runs the shutdown functions in their order, each within its time. One that fails is logged, and the others run all the
/// same. One that takes what was not made, because a startup function failed, is left out.
pub(crate) async fn shut_down(workshop: &Arc<Workshop>, hooks: &[&'static Shutdown], app: &Contexts) {
    for hook in hooks {
        let about = &hook.about;
        let missing = hook
            .needs
            .iter()
            .flatten()
            .map(Need::needed)
            .find(|need| !app.given().any(|given| given == *need));
        if let Some(missing) = missing {
            tracing::info!(hook = about.name, "a shutdown function is left out: the {missing} was not made");
            continue;
        }
        tracing::debug!(hook = about.name, "shutting down");
        let (run, app) = (hook.run, app.clone());
        if let Err(reason) = run_within(workshop, about.execution, hook.timeout, move || run(app)).await {
            tracing::error!(hook = about.name, location = %about.location, "a shutdown function failed: {reason}");
        }
    }
}
