//! `run`: provide the functions, and say how to call them.

use rekuest_agent::Signals;
use rekuest_core::{DefinitionBuf, PortBuf};

use super::print;
use super::values::kind;
use crate::{App, Exit};

/// `repeated` are the flags that a call has to repeat.
pub(super) async fn provide(app: App, repeated: &str) -> Exit {
    let identifier = app.identifier().to_owned();
    let functions = match app.functions() {
        Ok(functions) => functions
            .map(|function| (function.interface().to_owned(), function.definition()))
            .collect::<Vec<_>>(),
        Err(error) => return Exit::failed(error.to_string()),
    };
    if functions.is_empty() {
        tracing::warn!(
            "this program has no function with #[register]; functions of a library are linked with `use the_library as _;`"
        );
    }
    let mut signals = match Signals::receive() {
        Ok(signals) => signals,
        Err(error) => return Exit::failed(format!("signals cannot be received: {error}")),
    };
    // It may be a user who is waited for.
    let app = tokio::select! {
        app = app.start() => app,
        _ = signals.next() => return Exit::SUCCESS,
    };
    let app = match app {
        Ok(app) => app,
        Err(error) => return error.into(),
    };
    let signals = tokio::spawn(signals.shut_down(app.handle()));
    let handle = app.handle();
    let url = app.url().to_owned();
    match (app.is_host(), app.host()) {
        (true, _) => print::result(format_args!(
            "{identifier} hosts the local server of this user at {url}, and ends it when it ends \
             (`rekuest-server` keeps one in a process of its own)"
        )),
        (false, Some(host)) => print::result(format_args!(
            "{identifier} uses the local server at {url}, hosted by {host}: if that ends, {identifier} waits for the next one"
        )),
        (false, None) => print::result(format_args!("{identifier} connects to {url}")),
    }
    let repeated = repeated.to_owned();
    let announce = tokio::spawn(async move {
        if !handle.ready().await {
            return;
        }
        let plural = if functions.len() == 1 { "function" } else { "functions" };
        print::result(format_args!("{identifier} provides {} {plural}:", functions.len()));
        for (interface, definition) in &functions {
            if let Ok(definition) = definition {
                print::result(format_args!("  {}", signature(interface, definition)));
            }
        }
        if let Some((interface, Ok(definition))) = functions.first() {
            print::result(format_args!(
                "call one from another terminal: {} {repeated}call {}",
                command(),
                example(interface, definition)
            ));
        }
    });
    let ended = app.join().await;
    signals.abort();
    announce.abort();
    match ended {
        Ok(()) => Exit::SUCCESS,
        Err(error) => error.into(),
    }
}

/// `add(a: INT, b: INT = 3) -> INT`.
fn signature(interface: &str, definition: &DefinitionBuf) -> String {
    let args: Vec<String> = definition.args.iter().map(argument).collect();
    let returns: Vec<String> = definition.returns.iter().map(kind).collect();
    let returns = match &returns[..] {
        [] => String::new(),
        [one] => format!(" -> {one}"),
        several => format!(" -> ({})", several.join(", ")),
    };
    format!("{interface}({}){returns}", args.join(", "))
}

fn argument(port: &PortBuf) -> String {
    match &port.default {
        Some(default) => format!("{}: {} = {}", port.key, kind(port), default.get()),
        None if port.nullable => format!("{}: {} or null", port.key, kind(port)),
        None => format!("{}: {}", port.key, kind(port)),
    }
}

/// The arguments of a call, with a value for each that has to be given.
fn example(interface: &str, definition: &DefinitionBuf) -> String {
    let required = definition.args.iter().filter(|port| !port.nullable && port.default.is_none());
    let values = required.map(|port| format!(" {}={}", port.key, super::values::example(port)));
    values.fold(interface.to_owned(), |line, value| line + &value)
}

/// How this program was started.
fn command() -> String {
    let program = std::env::args().next().unwrap_or_else(super::program);
    let by_cargo = std::env::var_os("CARGO").is_some();
    let path = std::path::Path::new(&program);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = path.parent().and_then(std::path::Path::file_name);
    match folder {
        Some(folder) if by_cargo && folder == "examples" => format!("cargo run --example {name} --"),
        _ if by_cargo => format!("cargo run --bin {name} --"),
        _ => program,
    }
}
