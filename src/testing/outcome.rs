//! What a call has come to, and all that was said on the way.

use rekuest_core::message::LogLevel;
use serde_json::value::RawValue;

use super::Event;

/// What a call that ended well has returned, and what it said before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Outcome<V> {
    /// What it returned; of a generator the last item, or with [`stream`](super::stream) the list of all.
    pub value: V,
    /// What happened.
    pub recording: Recording,
}

/// What happened to a call, in order.
#[derive(Debug, Clone, Default)]
pub struct Recording(Vec<Event>);

impl<V> Outcome<V> {
    pub(super) fn new(value: V, recording: Recording) -> Self {
        Self { value, recording }
    }

    /// See [`Recording::progress`].
    pub fn progress(&self) -> Vec<(i64, &str)> {
        self.recording.progress()
    }

    /// See [`Recording::logs`].
    pub fn logs(&self) -> Vec<(LogLevel, &str)> {
        self.recording.logs()
    }

    /// See [`Recording::yields`].
    pub fn yields(&self) -> Vec<&str> {
        self.recording.yields()
    }
}

impl Recording {
    /// How far the function said that it is, in percent, and what it was doing. Where it left out the one, the one before
    /// holds; where it left out the other, it is empty.
    ///
    /// As in production: when a function says more at once than can be told, only the newest is.
    pub fn progress(&self) -> Vec<(i64, &str)> {
        let mut percent = 0;
        let said = self.0.iter().filter_map(|event| match event {
            Event::Progress { percent, message } => Some((*percent, message.as_deref().unwrap_or_default())),
            _ => None,
        });
        said.map(|(said, message)| {
            percent = said.unwrap_or(percent);
            (percent, message)
        })
        .collect()
    }

    /// What the function logged: [`Task::log`](crate::Task::log), and what it traced where the test has a subscriber that
    /// sends that.
    pub fn logs(&self) -> Vec<(LogLevel, &str)> {
        let logs = self.0.iter().filter_map(|event| match event {
            Event::Log { level, message } => Some((*level, message.as_str())),
            _ => None,
        });
        logs.collect()
    }

    /// What the function returned, as it travels: one JSON object for a function, one an item for a generator.
    ///
    /// ```
    /// # use rekuest::{prelude::*, testing};
    /// /// Divides.
    /// #[register]
    /// fn divide(a: i64, b: i64) -> (i64, i64) {
    ///     (a / b, a % b)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let divided = testing::call::<divide>((7, 2)).await?;
    /// assert_eq!(divided.yields(), [r#"{"return0":3,"return1":1}"#]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn yields(&self) -> Vec<&str> {
        self.raw_yields().into_iter().map(RawValue::get).collect()
    }

    /// Everything that happened.
    pub fn events(&self) -> &[Event] {
        &self.0
    }

    pub(super) fn raw_yields(&self) -> Vec<&RawValue> {
        let yields = self.0.iter().filter_map(|event| match event {
            Event::Yield(returns) => Some(&**returns),
            _ => None,
        });
        yields.collect()
    }

    pub(super) fn push(&mut self, event: Event) {
        self.0.push(event);
    }
}
