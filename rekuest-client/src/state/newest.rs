//! Which value of a state is the newest, of those that were told and those that were asked for.
//!
//! Both travel on connections of their own: what was told first may be newer than an answer that comes after it, and an
//! answer may be newer than what is told after it. The server's clock says which; where it goes astray, an answer counts
//! as the truth if nothing was told while it was asked for.

use crate::graphql::operations::StateValue;

/// The time of the newest value of one session of a watch.
#[derive(Debug, Default)]
pub(super) struct Newest {
    /// In UTC; none before anything came.
    updated_at: Option<String>,
}

impl Newest {
    /// Takes a value that was told; false if it is not newer than what is known.
    pub(super) fn told(&mut self, state: &StateValue) -> bool {
        self.take(state, false)
    }

    /// Takes a value that was asked for; `alone` if nothing was told meanwhile.
    pub(super) fn answered(&mut self, state: &StateValue, alone: bool) -> bool {
        self.take(state, alone)
    }

    fn take(&mut self, state: &StateValue, believed: bool) -> bool {
        let at = state.updated_at.as_deref().and_then(utc);
        let is_old = at.zip(self.updated_at.as_deref()).is_some_and(|(at, known)| at <= known);
        if is_old && !believed {
            return false;
        }
        self.updated_at = at.map(str::to_owned);
        true
    }
}

/// A point in time without its zone, which is UTC: such texts have the order of what they mean, `12:00:00` before
/// `12:00:00.000001`. Times of other zones cannot be told apart, so they are none.
fn utc(text: &str) -> Option<&str> {
    text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(time: &str) -> StateValue {
        serde_json::from_value(json!({"id": "1", "value": {}, "updatedAt": time})).expect("a state")
    }

    #[test]
    fn what_is_older_or_equal_is_dropped() {
        let mut newest = Newest::default();
        assert!(newest.told(&at("2025-11-23T12:00:00.000002+00:00")));
        assert!(!newest.answered(&at("2025-11-23T12:00:00+00:00"), false));
        assert!(!newest.told(&at("2025-11-23T12:00:00.000002+00:00")));
        assert!(newest.answered(&at("2025-11-23T12:00:00.1+00:00"), false));
        assert!(!newest.told(&at("2025-11-23T12:00:00.000003Z")));
        assert!(newest.told(&at("2025-11-23T12:00:01Z")));
    }

    #[test]
    fn an_answer_is_believed_if_nothing_was_told_meanwhile() {
        let mut newest = Newest::default();
        assert!(newest.told(&at("2025-11-23T12:00:01+00:00")));
        assert!(newest.answered(&at("2025-11-23T12:00:00+00:00"), true));
        assert!(newest.told(&at("2025-11-23T12:00:00.5+00:00")));
    }

    #[test]
    fn what_has_no_time_that_can_be_read_is_taken() {
        let mut newest = Newest::default();
        for time in ["2025-11-23T12:00:00+00:00", "yesterday", "2025-11-23T11:00:00+02:00"] {
            assert!(newest.told(&at(time)), "{time}");
        }
    }
}
