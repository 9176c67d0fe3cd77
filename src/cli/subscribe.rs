//! What a program without a subscriber of its own logs, and where to.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

use crate::logs;

/// The variable for what is sent to callers.
const VARIABLE: &str = "REKUEST_LOG_TO_CALLERS";

/// A level of the command line or the environment.
pub(super) fn level(text: &str) -> Result<LevelFilter, String> {
    match text {
        "off" => Ok(LevelFilter::OFF),
        "error" => Ok(LevelFilter::ERROR),
        "warn" => Ok(LevelFilter::WARN),
        "info" => Ok(LevelFilter::INFO),
        "debug" => Ok(LevelFilter::DEBUG),
        "trace" => Ok(LevelFilter::TRACE),
        _ => Err(format!("expected off, error, warn, info, debug or trace, got `{text}`")),
    }
}

/// The level up to which events are sent to callers: the flag's, else the environment's.
pub(super) fn to_callers(flag: Option<LevelFilter>) -> Result<LevelFilter, String> {
    let variable = || std::env::var(VARIABLE).ok().filter(|text| !text.is_empty());
    match flag.map(Ok).or_else(|| variable().map(|text| level(&text))) {
        None => Ok(logs::DEFAULT_LEVEL),
        Some(level) => level.map_err(|error| format!("{VARIABLE}: {error}")),
    }
}

/// Installs a subscriber, unless the program has one: lines on standard error, of what `RUST_LOG` says, else of `level`,
/// and logs to callers.
pub(super) fn subscribe(level: &str, to_callers: LevelFilter) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let lines = fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(colours);
    let subscriber = tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .with(logs::tracing_layer_up_to(to_callers));
    // An error says that there is one.
    let _ = subscriber.try_init();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_named_as_the_macros() {
        assert_eq!(level("debug"), Ok(LevelFilter::DEBUG));
        assert_eq!(to_callers(Some(LevelFilter::OFF)), Ok(LevelFilter::OFF));
        let error = level("loud").expect_err("no level");
        assert_eq!(error, "expected off, error, warn, info, debug or trace, got `loud`");
    }
}
