//! `show`: one action, with its ports and docs.

use rekuest_client::{Action, Client};
use rekuest_core::{CallError, PortBuf};

use super::list::described;
use super::output::{Output, table};
use super::resolve::{self, provided_as};
use super::{print, values};
use crate::{App, Exit};

#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    #[arg(help = resolve::ACTION)]
    action: String,
    /// The app that provides it
    #[arg(long)]
    app: Option<String>,
}

/// Shows what an action takes and returns.
pub(super) async fn show(
    client: &Client,
    app: &App,
    args: ShowArgs,
    output: Output,
) -> Result<Exit, CallError> {
    let action = resolve::action(client, app, &args.action, args.app.as_deref()).await?;
    match output {
        Output::Json => print::result(format_args!("{:#}", described(&action))),
        Output::Text => print::result(page(&action)),
    }
    Ok(Exit::SUCCESS)
}

fn page(action: &Action) -> String {
    let mut page = vec![format!("{} ({}, {})", action.name(), action.kind(), provided_by(action))];
    if let Some(description) = action.description() {
        page.push(format!("\n{description}"));
    }
    page.push(ports("Arguments", action.args()));
    page.push(ports("Returns", action.returns()));
    page.push(format!("\nhash {}", action.hash()));
    page.join("\n")
}

fn provided_by(action: &Action) -> String {
    let away = if action.is_connected() { "" } else { ", which is away" };
    match provided_as(action) {
        Some(provided) => format!("{provided}{away}"),
        None => {
            let offered = action.offered_by().iter().filter(|one| one.agent.connected).count();
            format!("offered by {offered} connected apps")
        }
    }
}

fn ports(title: &str, ports: &[PortBuf]) -> String {
    if ports.is_empty() {
        return format!("\n{title}: none");
    }
    let rows = ports.iter().map(|port| {
        let default = port.default.as_ref().map(|default| default.get().to_owned());
        let default = default.or_else(|| port.nullable.then(|| "null".to_owned()));
        vec![
            port.key.clone(),
            values::kind(port),
            default.unwrap_or_default(),
            widget(port),
            port.description.clone().unwrap_or_default(),
        ]
    });
    format!("\n{title}\n{}", table(&["KEY", "KIND", "DEFAULT", "WIDGET", "DESCRIPTION"], rows))
}

/// How forms ask for it.
fn widget(port: &PortBuf) -> String {
    let choices = |values: Vec<&str>| format!("one of {}", values.join(", "));
    let Some(widget) = &port.assign_widget else {
        return match port.choices() {
            [] => String::new(),
            several => choices(several.iter().map(|choice| choice.value.get()).collect()),
        };
    };
    match (widget.kind.as_str(), widget.min, widget.max) {
        ("SLIDER", Some(min), Some(max)) => format!("{min} to {max}"),
        ("CHOICE", ..) => choices(widget.choices.iter().flatten().map(|choice| choice.value.get()).collect()),
        (other, ..) => other.to_lowercase(),
    }
}
