//! How many events may go out now: a bucket of them that fills at the server's pace.

use std::time::{Duration, Instant};

use rekuest_core::message::Capabilities;

use crate::settings::Pace;

/// The pace for a server that announces none, in events a second: it works 30 to 45 (protocol, section 4).
const CAUTIOUS: f64 = 30.0;

/// How far ahead of the pace events may be: after this, the answer to a heartbeat waits for so long at the server, which
/// wants it within 5 s.
const AHEAD: f64 = 2.0;

/// From an answer that the server has worked to its next HEARTBEAT (protocol, section 4), until one comes sooner.
const INTERVAL: Duration = Duration::from_secs(10);

/// When a heartbeat comes so much later than that, the server is behind.
const BEHIND: Duration = Duration::from_millis(1_500);

/// When it comes within this, the server keeps up.
const KEEPS_UP: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(super) struct Pacer {
    /// None: no pace.
    bucket: Option<Bucket>,
}

#[derive(Debug)]
struct Bucket {
    /// Events a second.
    rate: f64,
    /// Whether the rate follows the server.
    adapts: bool,
    tokens: f64,
    filled: Instant,
    /// When the last heartbeat was answered.
    answered: Option<Instant>,
    /// The shortest time from an answer to the next heartbeat: what it takes when nothing is in the way.
    interval: Duration,
    /// Whether events had to wait since then.
    held_back: bool,
}

impl Pacer {
    /// For a connection to a server with these capabilities.
    pub(super) fn new(pace: Pace, capabilities: Capabilities, now: Instant) -> Self {
        let (rate, adapts) = match pace {
            Pace::Unlimited => return Self { bucket: None },
            Pace::Announced if capabilities.unpaced => return Self { bucket: None },
            Pace::Announced => (CAUTIOUS, true),
            Pace::PerSecond(rate) => (f64::from(rate.get()), false),
        };
        let bucket = Bucket {
            rate,
            adapts,
            tokens: rate * AHEAD,
            filled: now,
            answered: None,
            interval: INTERVAL,
            held_back: false,
        };
        Self { bucket: Some(bucket) }
    }

    /// Whether so many events could not all go out now.
    pub(super) fn holds_back(&mut self, events: usize) -> bool {
        self.bucket.as_mut().is_some_and(|bucket| {
            bucket.fill(Instant::now());
            bucket.tokens < events as f64
        })
    }

    /// How many logs may wait, if there is a pace: they keep results waiting for no longer than this takes.
    pub(super) fn most_logs(&self) -> Option<usize> {
        let bucket = self.bucket.as_ref()?;
        // A number of events, far below what a float holds exactly.
        Some((bucket.rate * AHEAD * 2.0) as usize)
    }

    /// Lets one event through, or says when to ask again.
    pub(super) fn pass(&mut self, now: Instant) -> Result<(), Instant> {
        let Some(bucket) = &mut self.bucket else { return Ok(()) };
        bucket.fill(now);
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        bucket.held_back = true;
        Err(now + Duration::from_secs_f64((1.0 - bucket.tokens) / bucket.rate))
    }

    /// A heartbeat is answered.
    pub(super) fn answered(&mut self, now: Instant) {
        if let Some(bucket) = &mut self.bucket {
            bucket.answered = Some(now);
            bucket.held_back = false;
        }
    }

    /// A heartbeat has come: how late it is says how far behind the server was with what came before our last answer.
    pub(super) fn heartbeat(&mut self, now: Instant) {
        let Some(bucket) = self.bucket.as_mut().filter(|bucket| bucket.adapts) else { return };
        let Some(answered) = bucket.answered else { return };
        let took = now.saturating_duration_since(answered);
        bucket.interval = bucket.interval.min(took);
        let late = took - bucket.interval;
        if late > BEHIND {
            bucket.rate = (bucket.rate / 2.0).max(CAUTIOUS / 2.0);
            tracing::debug!(rate = bucket.rate, "the server is behind, so events are sent more slowly");
        } else if late < KEEPS_UP && bucket.held_back {
            // No more than what can be caught up with before the next heartbeat has to be answered: a quarter in ten
            // seconds, however often heartbeats come.
            bucket.rate *= 1.0 + 0.25 * (took.as_secs_f64() / INTERVAL.as_secs_f64()).min(1.0);
            tracing::debug!(rate = bucket.rate, "the server keeps up, so events are sent faster");
        }
    }
}

impl Bucket {
    fn fill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.tokens = (self.tokens + passed * self.rate).min(self.rate * AHEAD);
        self.filled = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(pacer: &mut Pacer, now: Instant) -> usize {
        std::iter::from_fn(|| pacer.pass(now).ok()).take(100_000).count()
    }

    fn cautious(now: Instant) -> Pacer {
        Pacer::new(Pace::Announced, Capabilities::default(), now)
    }

    #[test]
    fn a_server_that_announces_it_gets_everything_at_once() {
        let now = Instant::now();
        let capabilities = Capabilities { unpaced: true, ..Capabilities::default() };
        let mut pacer = Pacer::new(Pace::Announced, capabilities, now);
        assert_eq!(passes(&mut pacer, now), 100_000);
        let mut pacer = Pacer::new(Pace::Unlimited, Capabilities::default(), now);
        assert_eq!(passes(&mut pacer, now), 100_000);
    }

    #[test]
    fn another_one_is_never_more_than_two_seconds_behind() {
        let now = Instant::now();
        let mut pacer = cautious(now);
        assert_eq!(passes(&mut pacer, now), 60);
        let next = pacer.pass(now).expect_err("held back");
        assert!(next > now && next < now + Duration::from_millis(50));
        assert_eq!(passes(&mut pacer, now + Duration::from_secs(1)), 30);
        assert_eq!(passes(&mut pacer, now + Duration::from_secs(100)), 60);
    }

    #[test]
    fn the_pace_follows_how_late_heartbeats_are() {
        let mut now = Instant::now();
        let mut pacer = cautious(now);
        pacer.answered(now);
        passes(&mut pacer, now);
        now += INTERVAL + Duration::from_millis(100);
        pacer.heartbeat(now);
        assert_eq!(passes(&mut pacer, now), 75);
        pacer.answered(now);
        now += INTERVAL + Duration::from_secs(3);
        pacer.heartbeat(now);
        assert_eq!(passes(&mut pacer, now + INTERVAL), 37);
    }

    #[test]
    fn a_heartbeat_is_late_where_they_usually_come_sooner() {
        let mut now = Instant::now();
        let mut pacer = cautious(now);
        pacer.answered(now);
        passes(&mut pacer, now);
        now += Duration::from_secs(1);
        pacer.heartbeat(now);
        assert_eq!(passes(&mut pacer, now + INTERVAL), 61);
        pacer.answered(now);
        now += Duration::from_secs(3);
        pacer.heartbeat(now);
        assert_eq!(passes(&mut pacer, now + INTERVAL), 30);
    }

    #[test]
    fn a_pace_that_was_given_stays() {
        let mut now = Instant::now();
        let rate = std::num::NonZeroU32::new(10).expect("not zero");
        let mut pacer = Pacer::new(Pace::PerSecond(rate), Capabilities::default(), now);
        pacer.answered(now);
        assert_eq!(passes(&mut pacer, now), 20);
        now += INTERVAL * 3;
        pacer.heartbeat(now);
        assert_eq!(passes(&mut pacer, now), 20);
    }
}
