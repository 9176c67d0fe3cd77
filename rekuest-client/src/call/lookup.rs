//! Functions that are called by their name in the source: which action is meant.

use rekuest_core::CallError;
use rekuest_core::caller::CallTarget;

use super::call_error;
use crate::graphql::list;
use crate::graphql::operations::ActionMatching;
use crate::{Graphql, GraphqlError};

/// The action in the place of a function of which only the name, the arguments or the returns are known; none for a
/// target that can be sent as it is. It is asked for at every call: another app may offer the function by then.
pub(super) async fn looked_up(
    graphql: &Graphql,
    target: &CallTarget,
) -> Result<Option<CallTarget>, CallError> {
    let CallTarget::Function(function) = target else { return Ok(None) };
    if function.demand.hash.is_some() {
        return Ok(None);
    }
    let missing =
        || format!("for the function `{}` there is no action with {}", function.key, function.demand);
    match graphql.execute(&ActionMatching { matching: &function.demand }).await {
        Ok(Some(found)) => Ok(Some(CallTarget::Action(found.id))),
        Ok(None) => Err(CallError::NotFound(format!("{}: start an app that offers one", missing()))),
        // Servers know no other way to say that there is none.
        Err(GraphqlError::Errors { errors, .. }) => Err(CallError::NotFound(format!(
            "{}: start an app that offers one; the server says: {}",
            missing(),
            list(&errors)
        ))),
        Err(error) => Err(call_error(format!("the function `{}` cannot be looked for", function.key), error)),
    }
}
