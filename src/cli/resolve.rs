//! Which action is meant by what stands on the command line.

use std::collections::BTreeSet;

use rekuest_client::{Action, Client, Implementation, app_identifier};
use rekuest_core::CallError;

use crate::App;

/// How many hexadecimal digits a hash has.
const DIGITS: usize = 64;

/// What a command line takes as an ACTION.
pub(super) const ACTION: &str = "An interface of this app, APP/INTERFACE, or an action's hash, id or name";

/// Finds the action that is meant: of this app if it has it, else `APP/INTERFACE`, a hash, an id, an interface that one app
/// alone offers, or a name that one action alone has.
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
    let mut places: Vec<&Implementation> = offered.iter().filter_map(Action::implementation).collect();
    // Several instances of one app are not several functions.
    places.sort_by_key(|place| app_identifier(&place.agent.name));
    places.dedup_by_key(|place| app_identifier(&place.agent.name));
    match places[..] {
        [] => named(client, app, given).await,
        [place] => client.find(app_identifier(&place.agent.name), given).await,
        ref several => Err(ambiguous(given, several.iter().map(|place| place_of(place)))),
    }
}

/// The action with this name, if it is one alone that can be called.
async fn named(client: &Client, app: &App, name: &str) -> Result<Action, CallError> {
    let mut found = client.actions().name(name).await?;
    found.retain(Action::is_connected);
    if found.len() > 1 {
        let places = found.iter().flat_map(Action::offered_by).filter(|place| place.agent.connected);
        return Err(ambiguous(name, places.map(place_of)));
    }
    match found.pop() {
        Some(action) => Ok(action),
        // What this app offers instead is the better help.
        None if has_functions(app) => client.find(app.identifier(), name).await,
        // Says who would offer it.
        None => client.find_by_name(name).await,
    }
}

fn ambiguous(given: &str, places: impl Iterator<Item = String>) -> CallError {
    let places: BTreeSet<String> = places.collect();
    let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
    CallError::NotFound(format!("`{given}` means several functions; say which: {}", places.join(", ")))
}

fn has_functions(app: &App) -> bool {
    app.functions().is_ok_and(|mut functions| functions.next().is_some())
}

/// `APP/INTERFACE` of what an app offers.
pub(super) fn provided_as(action: &Action) -> Option<String> {
    action.implementation().map(place_of)
}

fn place_of(implementation: &Implementation) -> String {
    format!("{}/{}", app_identifier(&implementation.agent.name), implementation.interface)
}
