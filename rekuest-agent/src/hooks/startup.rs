//! The start: one startup function after the other makes what the app shares.

use std::sync::Arc;

use rekuest_core::Contexts;
use rekuest_core::hook::Startup;

use super::run_within;
use crate::composition::CompositionError;
use crate::error::AgentError;
use crate::states;
use crate::workshop::Workshop;

/// Runs the startup functions in their order, and adds what they give to `app`.
pub(crate) async fn start_up(
    workshop: &Arc<Workshop>,
    hooks: &[&'static Startup],
    instance_id: &str,
    app: &mut Contexts,
) -> Result<(), AgentError> {
    for hook in hooks {
        let failed =
            |reason| AgentError::Startup { name: hook.about.name, location: hook.about.location, reason };
        tracing::debug!(hook = hook.about.name, "starting up");
        let (run, instance_id) = (hook.run, instance_id.to_owned());
        let made = run_within(workshop, hook.about.execution, hook.timeout, move || run(instance_id));
        let given = made.await.map_err(failed)?;
        app.merge(given).map_err(|given| failed(format!("the app has the {given} already")))?;
    }
    match states::twice(&app.states()) {
        Some(name) => Err(CompositionError::StatesOfOneName { name: name.to_owned() }.into()),
        None => Ok(()),
    }
}
