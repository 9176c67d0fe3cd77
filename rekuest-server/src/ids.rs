//! Ids: numbers that are never used again, not even by the next start of the server.
//!
//! Agents and callers outlive this server, whose memory ends with its process. Were ids counted from 1 at each start, an
//! agent that comes back could answer for an assignation of somebody else. So counting begins at the microseconds
//! since 1970 at which the server started; no server hands out a million ids a second over its whole life.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// The id of anything the server knows. A string on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(u64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// Hands out ids, each greater than the one before.
#[derive(Debug)]
pub(crate) struct IdSource(AtomicU64);

impl IdSource {
    /// Counts from now.
    pub(crate) fn starting_now() -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(AtomicU64::new(u64::try_from(since_1970.as_micros()).unwrap_or_default()))
    }

    /// The next id.
    pub(crate) fn next(&self) -> Id {
        Id(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_start_never_repeats_ids() {
        let first = IdSource::starting_now();
        let last = (0..100).map(|_| first.next()).last().expect("ids");
        std::thread::sleep(std::time::Duration::from_millis(2));
        assert!(IdSource::starting_now().next() > last);
    }

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = IdSource::starting_now().next();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("x".parse::<Id>().is_err());
    }
}
