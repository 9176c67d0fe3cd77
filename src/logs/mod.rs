//! What functions trace, sent to who called: a layer for `tracing` subscribers.
//!
//! A `tracing` event inside an assignation, also far from the function's parameters and in work started with
//! [`Task::spawn`](rekuest_core::Task::spawn), becomes a LOG of it: the event's message, then its other fields as
//! `key=value`. What is around it, spans and their fields, is not repeated: the agent wraps each assignation in a span
//! `assignation` (target `rekuest::assignation`) with the fields `id`, `interface`, `reference` and `caller`, for the
//! other layers of the subscriber, and the caller knows them.
//!
//! | event | LOG |
//! |---|---|
//! | `error!` | ERROR |
//! | `warn!` | WARN |
//! | `info!` | INFO |
//! | `debug!`, `trace!` | DEBUG |
//!
//! INFO and what is more serious is sent, unless [`tracing_layer_up_to`] says otherwise. A call with `capture: true` is
//! sent what its function traced whatever the level, and no other call is. Never sent are events outside of
//! assignations, those of rekuest itself (`rekuest`, `rekuest_agent`, …), and those traced while another event's fields
//! are formatted. A message is cut at 64 KiB, and says so.
//!
//! What is below the level costs nothing, while nobody captures: the values of its fields are not even computed. Events
//! of other assignations, and outside of them, are not formatted. The layer brings a filter of its own, which takes no
//! event from the other layers of the subscriber and gives them none. The other way round, a filter that is a layer by itself holds for the whole
//! subscriber, and so do the features `max_level_…` of `tracing`: what they leave out is not sent either, captured or
//! not. `fmt::layer().with_filter(filter)` is a filter for that layer alone.

mod filter;
#[cfg(feature = "capture-output")]
pub(crate) mod printed;
mod send;
#[cfg(test)]
mod tests;
mod text;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

use filter::Sent;
use send::Sender;

/// The most that is sent unless the program says otherwise.
pub(crate) const DEFAULT_LEVEL: LevelFilter = LevelFilter::INFO;

/// The layer that sends what functions trace to who called, for a program with a `tracing` subscriber of its own.
/// [`run`](crate::run) installs one with this layer if the program has none. A subscriber takes it once.
///
/// ```
/// use tracing_subscriber::prelude::*;
///
/// tracing_subscriber::registry()
///     .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr))
///     .with(rekuest::tracing_layer())
///     .init();
/// ```
///
/// An event inside an assignation becomes a LOG of it: its message, then its other fields as `key=value`. INFO and what
/// is more serious is sent, and to a call with `capture: true` everything. Events outside of assignations and those of
/// rekuest itself are not sent; what is below the level costs nothing, and other layers are not changed: a filter for one
/// of them is `fmt::layer().with_filter(filter)`, while one for the whole subscriber holds for this layer too. A message
/// is cut at 64 KiB, and says so.
///
/// The agent wraps each assignation in a span `assignation` (target `rekuest::assignation`), with the fields `id`,
/// `interface`, `reference` and `caller`, for the other layers.
pub fn tracing_layer<S>() -> impl Layer<S> + Send + Sync
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    tracing_layer_up_to(DEFAULT_LEVEL)
}

/// [`tracing_layer`], with another level than INFO as the most verbose one that is sent to callers who do not capture.
/// `LevelFilter::OFF` sends nothing to anybody, captured or not.
///
/// ```
/// use tracing::level_filters::LevelFilter;
/// use tracing_subscriber::prelude::*;
///
/// tracing_subscriber::registry().with(rekuest::tracing_layer_up_to(LevelFilter::DEBUG)).init();
/// ```
pub fn tracing_layer_up_to<S>(max_level: LevelFilter) -> impl Layer<S> + Send + Sync
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let sent = Sent::up_to(max_level);
    Sender::new(sent).with_filter(sent)
}
