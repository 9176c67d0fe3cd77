//! Heartbeats: whether an agent still works its frames (protocol, section 4).

use std::time::Duration;

use rekuest_core::message::ToAgent;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// Asks for a heartbeat, first after `interval` and then `interval` after each answer; ends when one is not answered
/// `within` its time. `answers` counts the answers; those that nobody asked for change nothing.
pub(crate) async fn beat(
    interval: Duration,
    within: Duration,
    lane: mpsc::Sender<String>,
    mut answers: watch::Receiver<u64>,
) {
    loop {
        sleep(interval).await;
        answers.mark_unchanged();
        let answered = async {
            // The lane is full when the socket has not taken the last one: then this waits with it.
            lane.send(ToAgent::Heartbeat.to_json(Uuid::new_v4())).await.is_ok()
                && answers.changed().await.is_ok()
        };
        if !timeout(within, answered).await.unwrap_or(false) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Duration = Duration::from_millis(20);
    const WITHIN: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn an_answer_in_time_is_followed_by_the_next_heartbeat() {
        let (lane, mut frames) = mpsc::channel(1);
        let (answered, answers) = watch::channel(0);
        let beating = tokio::spawn(beat(INTERVAL, WITHIN, lane, answers));
        for _ in 0..3 {
            assert!(frames.recv().await.expect("a heartbeat").contains("HEARTBEAT"));
            answered.send_modify(|count| *count += 1);
        }
        assert!(!beating.is_finished());
        beating.abort();
    }

    #[tokio::test]
    async fn an_answer_that_nobody_asked_for_does_not_count() {
        let (lane, mut frames) = mpsc::channel(1);
        let (answered, answers) = watch::channel(0);
        let start = tokio::time::Instant::now();
        let beating = tokio::spawn(beat(INTERVAL, WITHIN, lane, answers));
        answered.send_modify(|count| *count += 1);
        frames.recv().await.expect("a heartbeat");
        beating.await.expect("ends");
        assert!(start.elapsed() >= INTERVAL + WITHIN);
    }
}
