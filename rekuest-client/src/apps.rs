//! How apps are called, and lists of what there is for errors.

use std::collections::BTreeSet;

/// How many names an error lists.
const LISTED: usize = 10;

/// Whether an agent belongs to the app called `app`. Agents are called `identifier:version`; there is no other app
/// identifier on this wire (protocol, section 2).
pub(crate) fn is_named(agent: &str, app: &str) -> bool {
    agent == app || app_identifier(agent) == app
}

/// The identifier of the app that an agent of this name belongs to: the name up to the colon (protocol, section 2).
pub fn app_identifier(agent: &str) -> &str {
    agent.split_once(':').map_or(agent, |(identifier, _)| identifier)
}

/// The names, sorted, each once; none if there are none.
pub(crate) fn list<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: BTreeSet<&str> = names.collect();
    let listed: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 => None,
        count if count > LISTED => Some(format!("{} and {} more", listed.join(", "), count - LISTED)),
        _ => Some(listed.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_its_name_up_to_the_colon_or_the_whole_name() {
        assert!(is_named("app:1.0", "app") && is_named("app:1.0", "app:1.0") && is_named("app", "app"));
        assert!(!is_named("app:1.0", "ap") && !is_named("app:1.0", "app:2.0") && !is_named("app:1.0", "1.0"));
    }
}
