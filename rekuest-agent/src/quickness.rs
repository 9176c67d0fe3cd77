//! Which async functions are so quick that a task of their own costs more than they do.
//!
//! Such a function is begun by the [`starter`](crate::starter): most often it ends there, and no other task has to be
//! woken. One that has to wait goes on in a task of its own. A function has to prove itself first, and loses the trust
//! when it keeps its thread for long.

use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

/// How often in a row it has to be quick.
const PROOFS: i32 = 32;

/// How much more often once it has been slow.
const DOUBT: i32 = -2_000;

/// What is quick: it ends without waiting, within this.
const QUICK: Duration = Duration::from_micros(50);

/// What is slow.
const SLOW: Duration = Duration::from_millis(1);

/// What is known of one function.
#[derive(Debug, Default)]
pub(crate) struct Quickness(AtomicI32);

impl Quickness {
    /// Whether it may be begun by the starter.
    pub(crate) fn is_proven(&self) -> bool {
        self.0.load(Ordering::Relaxed) >= PROOFS
    }

    /// It was polled for the first time, for so long.
    pub(crate) fn polled(&self, ended: bool, kept: Duration) {
        let proofs = self.0.load(Ordering::Relaxed);
        let proofs = match kept {
            _ if kept > SLOW => DOUBT,
            _ if ended && kept < QUICK => PROOFS.min(proofs + 1),
            // In doubt it stays in doubt for as long as before.
            _ => proofs.min(0),
        };
        self.0.store(proofs, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_micros(3);

    fn proven() -> Quickness {
        let quickness = Quickness::default();
        (0..PROOFS).for_each(|_| quickness.polled(true, SHORT));
        quickness
    }

    #[test]
    fn a_function_has_to_prove_itself() {
        let quickness = Quickness::default();
        (1..PROOFS).for_each(|_| quickness.polled(true, SHORT));
        assert!(!quickness.is_proven());
        quickness.polled(true, SHORT);
        assert!(quickness.is_proven());
    }

    #[test]
    fn one_that_waits_or_takes_its_time_is_not_trusted_any_more() {
        let waits = proven();
        waits.polled(false, SHORT);
        assert!(!waits.is_proven());
        let computes = proven();
        computes.polled(true, QUICK * 2);
        assert!(!computes.is_proven());
    }

    #[test]
    fn one_that_was_slow_is_not_trusted_for_long() {
        let quickness = proven();
        quickness.polled(true, SLOW * 2);
        (0..1_000).for_each(|_| quickness.polled(true, SHORT));
        assert!(!quickness.is_proven());
        (0..2_000).for_each(|_| quickness.polled(true, SHORT));
        assert!(quickness.is_proven());
    }
}
