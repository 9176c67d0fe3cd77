//! `actions` and `agents`: what there is on a server.

use rekuest_client::graphql::operations::ListedAgent;
use rekuest_client::{Action, Client, app_identifier};
use rekuest_core::CallError;
use serde_json::{Value, json};

use super::output::{Output, brief, list};
use super::resolve::provided_as;
use crate::Exit;

#[derive(Debug, clap::Args)]
pub(super) struct ActionsArgs {
    /// Only those with this in their names, interfaces or descriptions
    pattern: Option<String>,
    /// Only those of this app
    #[arg(long)]
    app: Option<String>,
    /// Also those that cannot be called now
    #[arg(long)]
    all: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct AgentsArgs {
    /// Only those that are connected
    #[arg(long)]
    connected: bool,
}

/// Lists what can be called.
pub(super) async fn actions(client: &Client, args: ActionsArgs, output: Output) -> Result<Exit, CallError> {
    let mut search = client.implementations();
    if let Some(app) = args.app {
        search = search.app(app);
    }
    if !args.all {
        search = search.connected();
    }
    let pattern = args.pattern.map(|pattern| pattern.to_lowercase());
    let mut found = search.await?;
    found.retain(|action| pattern.as_deref().is_none_or(|pattern| is_like(action, pattern)));
    found.sort_by_key(provided_as);
    let rows = found.iter().map(|action| (row(action), described(action))).collect();
    list(
        output,
        &["CALL", "NAME", "KIND", "DESCRIPTION"],
        rows,
        "there are none; `--all` lists those of apps that are away",
    );
    Ok(Exit::SUCCESS)
}

fn is_like(action: &Action, pattern: &str) -> bool {
    let texts =
        [provided_as(action), Some(action.name().to_owned()), action.description().map(str::to_owned)];
    texts.into_iter().flatten().any(|text| text.to_lowercase().contains(pattern))
}

fn row(action: &Action) -> Vec<String> {
    let away = if action.is_connected() { "" } else { " (away)" };
    vec![
        provided_as(action).unwrap_or_default() + away,
        action.name().to_owned(),
        action.kind().to_string(),
        action.description().map(brief).unwrap_or_default(),
    ]
}

/// An action for scripts.
pub(super) fn described(action: &Action) -> Value {
    let implementation = action.implementation();
    json!({
        "call": provided_as(action),
        "id": action.id(),
        "hash": action.hash(),
        "name": action.name(),
        "description": action.description(),
        "kind": action.kind(),
        "connected": action.is_connected(),
        "implementation": implementation.map(|one| &one.id),
        "interface": implementation.map(|one| &one.interface),
        "agent": implementation.map(|one| &one.agent.name),
        "instance": implementation.map(|one| &one.agent.instance_id),
        "args": action.args(),
        "returns": action.returns(),
    })
}

/// Lists the apps.
pub(super) async fn agents(client: &Client, args: &AgentsArgs, output: Output) -> Result<Exit, CallError> {
    let search = client.agents();
    let search = if args.connected { search.connected() } else { search };
    let mut found = search.await?;
    found.sort_by(|one, other| (&one.name, &one.instance_id).cmp(&(&other.name, &other.instance_id)));
    let rows = found.iter().map(|agent| (agent_row(agent), described_agent(agent))).collect();
    let head = &["APP", "INSTANCE", "VERSION", "CONNECTED", "FUNCTIONS", "STATES"];
    list(output, head, rows, "no app has registered yet");
    Ok(Exit::SUCCESS)
}

fn agent_row(agent: &ListedAgent) -> Vec<String> {
    let app = app_identifier(&agent.name);
    let version = agent.name.strip_prefix(app).and_then(|rest| rest.strip_prefix(':')).unwrap_or_default();
    let states: Vec<&str> = agent.states.iter().map(|state| state.interface.as_str()).collect();
    vec![
        app.to_owned(),
        agent.instance_id.clone(),
        version.to_owned(),
        if agent.connected { "yes" } else { "no" }.to_owned(),
        agent.implementations.len().to_string(),
        states.join(", "),
    ]
}

fn described_agent(agent: &ListedAgent) -> Value {
    json!({
        "id": agent.id,
        "name": agent.name,
        "app": app_identifier(&agent.name),
        "instance": agent.instance_id,
        "connected": agent.connected,
        "lastSeen": agent.last_seen,
        "interfaces": agent.implementations.iter().map(|one| &one.interface).collect::<Vec<_>>(),
        "states": agent.states.iter().map(|state| &state.interface).collect::<Vec<_>>(),
    })
}
