//! What the command line says of how an app is provided.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use rekuest_agent::Pace;

use crate::App;

#[derive(Debug, Clone, PartialEq, Default, Args)]
pub(super) struct RunArgs {
    /// At most so many calls at once, the others wait; unlimited unless given
    #[arg(long, value_name = "N")]
    concurrency: Option<NonZeroUsize>,
    /// Leave out functions that the server refuses, and go on
    #[arg(long)]
    leave_out_refused: bool,
    /// The largest message in MiB, in both directions; 65 unless given
    #[arg(long, value_name = "N")]
    max_message_mib: Option<NonZeroUsize>,
    /// How many events are sent a second, or `unlimited`; as the server announces unless given
    #[arg(long, value_name = "N", value_parser = pace)]
    events_per_second: Option<Pace>,
    /// How many seconds running calls may take to finish at the end; 30 unless given
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    drain: Option<Duration>,
    /// A file that is there while the functions can be called, else REKUEST_READY_FILE
    #[arg(long, value_name = "PATH")]
    ready_file: Option<PathBuf>,
}

fn pace(text: &str) -> Result<Pace, String> {
    match text.parse::<NonZeroU32>() {
        Ok(events) => Ok(Pace::PerSecond(events)),
        Err(_) if text == "unlimited" => Ok(Pace::Unlimited),
        Err(_) => Err(format!("expected a whole number from 1 on, or `unlimited`, got `{text}`")),
    }
}

/// A number of seconds, with a fraction or without.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| format!("expected a number of seconds, got `{text}`"))
}

impl RunArgs {
    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These flags, and where they say nothing, those: a command's own come before those in front of it.
    pub(super) fn or(self, those: Self) -> Self {
        Self {
            concurrency: self.concurrency.or(those.concurrency),
            leave_out_refused: self.leave_out_refused || those.leave_out_refused,
            max_message_mib: self.max_message_mib.or(those.max_message_mib),
            events_per_second: self.events_per_second.or(those.events_per_second),
            drain: self.drain.or(those.drain),
            ready_file: self.ready_file.or(those.ready_file),
        }
    }

    /// The app as the flags, and the environment, want it.
    pub(super) fn apply(self, mut app: App) -> App {
        let environment = || std::env::var_os("REKUEST_READY_FILE").filter(|path| !path.is_empty());
        if let Some(path) = self.ready_file.or_else(|| environment().map(PathBuf::from)) {
            app = app.ready_file(path);
        }
        if let Some(concurrency) = self.concurrency {
            app = app.concurrency(concurrency);
        }
        if let Some(mib) = self.max_message_mib {
            app = app.max_message(mib.get().saturating_mul(1 << 20));
        }
        if let Some(pace) = self.events_per_second {
            app = app.pace(pace);
        }
        if let Some(drain) = self.drain {
            app = app.drain(drain);
        }
        if self.leave_out_refused { app.leave_out_refused(true) } else { app }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_a_number_of_events_or_unlimited() {
        assert_eq!(pace("unlimited"), Ok(Pace::Unlimited));
        assert_eq!(pace("40"), Ok(Pace::PerSecond(NonZeroU32::new(40).expect("not zero"))));
        for wrong in ["0", "-1", "fast", ""] {
            let error = pace(wrong).expect_err(wrong);
            assert_eq!(error, format!("expected a whole number from 1 on, or `unlimited`, got `{wrong}`"));
        }
    }

    #[test]
    fn seconds_may_have_a_fraction_and_are_not_below_zero() {
        assert_eq!(seconds("0"), Ok(Duration::ZERO));
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1_500)));
        for wrong in ["-1", "NaN", "inf", "soon"] {
            assert_eq!(seconds(wrong), Err(format!("expected a number of seconds, got `{wrong}`")));
        }
    }
}
