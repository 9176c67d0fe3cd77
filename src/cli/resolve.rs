//! Which action is meant by what stands on the command line.

use rekuest_client::{Action, Client};
use rekuest_core::CallError;

use crate::App;

/// How many hexadecimal digits a hash has.
const DIGITS: usize = 64;

/// What a command line takes as an ACTION.
pub(super) const ACTION: &str = "An interface of this app, APP/INTERFACE, or an action's hash, id or name";

/// Finds the action that is meant: of this app if it has it, else `APP/INTERFACE`, a hash, an id, an interface that one app
/// alone offers, or a name.
pub(super) async fn action(
    client: &Client,
    app: &App,
    given: &str,
    of: Option<&str>,
) -> Result<Action, CallError> {
    if let Some(of) = of {
        return client.find(of, given).await;
    }
    let own =
        app.functions().is_ok_and(|mut functions| functions.any(|function| function.interface() == given));
    if own {
        return client.find(app.identifier(), given).await;
    }
    if let Some((of, interface)) = given.split_once('/') {
        return client.find(of, interface).await;
    }
    if given.len() == DIGITS && given.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return client.find_by_hash(given).await;
    }
    if !given.is_empty() && given.bytes().all(|digit| digit.is_ascii_digit()) {
        return client.action(given).await;
    }
    let offered = client.implementations().interface(given).connected().await?;
    match <[Action; 1]>::try_from(offered) {
        Ok([action]) => Ok(action),
        Err(offered) if offered.is_empty() => match client.find_by_name(given).await {
            // What this app offers instead is the better help.
            Err(CallError::NotFound(_)) if has_functions(app) => client.find(app.identifier(), given).await,
            found => found,
        },
        Err(offered) => {
            let apps: Vec<String> =
                offered.iter().filter_map(provided_as).map(|one| format!("`{one}`")).collect();
            Err(CallError::NotFound(format!(
                "`{given}` is offered by several apps; say which: {}",
                apps.join(", ")
            )))
        }
    }
}

fn has_functions(app: &App) -> bool {
    app.functions().is_ok_and(|mut functions| functions.next().is_some())
}

/// `APP/INTERFACE` of what an app offers.
pub(super) fn provided_as(action: &Action) -> Option<String> {
    let implementation = action.implementation()?;
    Some(format!("{}/{}", identifier(&implementation.agent.name), implementation.interface))
}

/// The identifier in an agent's name, `identifier:version`.
pub(super) fn identifier(agent: &str) -> &str {
    agent.split_once(':').map_or(agent, |(identifier, _)| identifier)
}
