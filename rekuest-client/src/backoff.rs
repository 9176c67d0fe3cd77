//! How long to wait before the next attempt.

use std::time::Duration;

/// Exponential backoff with full jitter: each wait is random between nothing and a bound that doubles up to a cap.
///
/// Full jitter spreads the peers of a server that comes back, so that they do not all knock in the same moment.
#[derive(Debug, Clone)]
pub struct Backoff {
    first: Duration,
    cap: Duration,
    bound: Duration,
}

impl Backoff {
    /// Waits of at most `first`, then twice as much, up to `cap`.
    pub fn new(first: Duration, cap: Duration) -> Self {
        Self { first, cap, bound: first.min(cap) }
    }

    /// How long to wait before the next attempt.
    // Not an iterator: it never ends, and is asked between attempts.
    #[expect(
        clippy::should_implement_trait,
        reason = "the word of the field; an endless iterator helps nobody"
    )]
    pub fn next(&mut self) -> Duration {
        let bound = self.bound;
        self.bound = bound.saturating_mul(2).min(self.cap);
        bound.mul_f64(fastrand::f64())
    }

    /// Begins anew: an attempt succeeded.
    pub fn reset(&mut self) {
        self.bound = self.first.min(self.cap);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_stay_below_a_bound_that_doubles_up_to_the_cap() {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_millis(350));
        for bound in [100, 200, 350, 350] {
            assert!(backoff.next() <= Duration::from_millis(bound));
        }
        backoff.reset();
        assert!(backoff.next() <= Duration::from_millis(100));
    }

    #[test]
    fn waits_differ() {
        let mut backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(1));
        let first = backoff.next();
        assert!((0..100).any(|_| backoff.next() != first));
    }
}
