//! Which events are sent to whom.

use rekuest_core::Task;
use rekuest_core::task::{self, capture};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::Interest;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Filter};

/// The crates of rekuest. What they trace is for who provides the app.
const OWN: [&str; 5] = ["rekuest", "rekuest_agent", "rekuest_client", "rekuest_core", "rekuest_server"];

/// What is sent: up to a level, and everything to those who capture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent {
    max_level: LevelFilter,
}

impl Sent {
    pub(super) fn up_to(max_level: LevelFilter) -> Self {
        Self { max_level }
    }

    /// Whether nothing is sent, ever.
    pub(super) fn is_off(self) -> bool {
        self.max_level == LevelFilter::OFF
    }

    /// The most verbose level that is sent to anybody now.
    fn level(self) -> LevelFilter {
        if capture::capturing() && !self.is_off() { LevelFilter::TRACE } else { self.max_level }
    }

    /// Whether such events are sent to anybody now.
    fn sends(self, metadata: &Metadata<'_>) -> bool {
        !metadata.is_span() && *metadata.level() <= self.level() && !own(metadata.target())
    }

    /// The task that such an event here is a log of.
    pub(super) fn task(self, metadata: &Metadata<'_>) -> Option<Task> {
        if !self.sends(metadata) {
            return None;
        }
        let task = task::current().ok()?;
        (*metadata.level() <= self.max_level || task.captures()).then_some(task)
    }
}

/// Whether this is the target of a crate of rekuest, as it is or followed by `::`.
fn own(target: &str) -> bool {
    let name = target.split_once("::").map_or(target, |(name, _)| name);
    OWN.contains(&name)
}

impl<S: Subscriber> Filter<S> for Sent {
    /// Never for what is sent to nobody, always for the rest: `tracing` remembers it, and does not ask again until who
    /// captures changes. Where the event happens is looked at when it is there, which costs less: a registry passes an
    /// event on even if no layer wants it, once its layers have to be asked each time.
    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        if self.sends(metadata) { Interest::always() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        self.sends(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level())
    }
}
