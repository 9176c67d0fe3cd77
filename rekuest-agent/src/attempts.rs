//! What went wrong in a row, and how long to wait before what follows.

use std::time::Duration;

use rekuest_client::Backoff;

use crate::connection::Next;
use crate::error::AgentError;

/// How often a token may be refused, or our frames be unreadable, in a row.
const ATTEMPTS: u32 = 5;

/// After how long a connection has shown that it holds, also without a heartbeat.
const HOLDS: Duration = Duration::from_secs(5);

/// The failures since a connection last proved itself.
#[derive(Debug)]
pub(crate) struct Attempts {
    delays: (Duration, Duration),
    backoff: Backoff,
    /// How often the token was refused.
    refused: u32,
    /// The start sequence failed because of the token, last time.
    token_refused: bool,
    /// The start sequence has succeeded once.
    registered: bool,
    unreadable: u32,
    /// The server has asked to come back, and that was done when it said.
    bounced: bool,
    /// The last complaint: said again only when it changes.
    complaint: String,
}

impl Attempts {
    /// None so far; with the first delay and the longest.
    pub(crate) fn new(delays: (Duration, Duration)) -> Self {
        Self {
            delays,
            backoff: Backoff::new(delays.0, delays.1),
            refused: 0,
            token_refused: false,
            registered: false,
            unreadable: 0,
            bounced: false,
            complaint: String::new(),
        }
    }

    /// The connection has shown that it holds: the next loss starts from the beginning.
    pub(crate) fn proven(&mut self) {
        *self = Self { registered: self.registered, ..Self::new(self.delays) };
    }

    /// A connection on which the server accepted the agent has ended after this time.
    pub(crate) fn accepted(&mut self, lasted: Duration) {
        self.refused = 0;
        self.complaint.clear();
        if lasted >= HOLDS {
            self.proven();
        }
    }

    /// The start sequence has succeeded.
    pub(crate) fn has_registered(&mut self) {
        self.registered = true;
    }

    /// Whether the start sequence has succeeded before: what the server took once it will take again.
    pub(crate) fn registered_before(&self) -> bool {
        self.registered
    }

    /// The start sequence has failed because of the token.
    pub(crate) fn token_was_refused(&mut self) {
        self.token_refused = true;
    }

    /// Whether the token is to be fetched anew.
    pub(crate) fn needs_token(&self) -> bool {
        self.refused > 0
    }

    /// What follows from a start sequence that did not succeed.
    pub(crate) fn registering(&mut self) -> Next {
        if std::mem::take(&mut self.token_refused) { Next::RenewToken } else { Next::Reconnect }
    }

    /// Says what is wrong, once in a row.
    pub(crate) fn complain(&mut self, complaint: &str) {
        if self.complaint != complaint {
            tracing::warn!("{complaint}; trying again");
            complaint.clone_into(&mut self.complaint);
        }
    }

    /// How long to wait before what follows; none if nothing does.
    pub(crate) fn delay(&mut self, next: Next, instance_id: &str) -> Result<Option<Duration>, AgentError> {
        match next {
            Next::Stop => return Ok(None),
            Next::Connect => return Ok(Some(Duration::ZERO)),
            Next::Reconnect | Next::Register => {}
            Next::ReconnectAfter(wait) => {
                let again = std::mem::replace(&mut self.bounced, true);
                // At once if asked for, but not again and again.
                return Ok(Some(if again { wait.max(self.backoff.next()) } else { wait }));
            }
            Next::RenewToken => {
                self.refused += 1;
                if self.refused >= ATTEMPTS {
                    return Err(AgentError::TokenRefused { attempts: self.refused });
                }
            }
            Next::Unreadable => {
                self.unreadable += 1;
                if self.unreadable >= ATTEMPTS {
                    return Err(AgentError::Unreadable { attempts: self.unreadable });
                }
            }
            Next::Displaced => return Err(AgentError::Displaced { instance_id: instance_id.to_owned() }),
            Next::Blocked => return Err(AgentError::Blocked),
        }
        Ok(Some(self.backoff.next()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So long that a random part of it is not nothing.
    const HOURS: Duration = Duration::from_secs(100 * 60 * 60);

    fn attempts() -> Attempts {
        Attempts::new((HOURS, HOURS))
    }

    fn delay(attempts: &mut Attempts, next: Next) -> Duration {
        attempts.delay(next, "default").expect("no end").expect("a delay")
    }

    #[test]
    fn every_reconnect_waits() {
        let mut attempts = attempts();
        for next in [Next::Reconnect, Next::Register, Next::RenewToken, Next::Unreadable] {
            assert!(delay(&mut attempts, next) > Duration::ZERO);
        }
        assert_eq!(delay(&mut attempts, Next::Connect), Duration::ZERO);
    }

    #[test]
    fn a_bounce_is_followed_at_its_word_once_and_then_with_backoff() {
        let mut attempts = attempts();
        assert_eq!(delay(&mut attempts, Next::ReconnectAfter(Duration::ZERO)), Duration::ZERO);
        assert!(delay(&mut attempts, Next::ReconnectAfter(Duration::ZERO)) > Duration::ZERO);
        assert!(delay(&mut attempts, Next::ReconnectAfter(HOURS * 2)) == HOURS * 2);
        attempts.proven();
        assert_eq!(delay(&mut attempts, Next::ReconnectAfter(Duration::ZERO)), Duration::ZERO);
    }

    #[test]
    fn a_refused_token_is_fetched_anew_until_it_is_taken_or_time_is_up() {
        let mut attempts = attempts();
        for _ in 1..ATTEMPTS {
            delay(&mut attempts, Next::RenewToken);
            assert!(attempts.needs_token());
        }
        attempts.accepted(Duration::ZERO);
        assert!(!attempts.needs_token());
        for _ in 1..ATTEMPTS {
            delay(&mut attempts, Next::RenewToken);
        }
        let error = attempts.delay(Next::RenewToken, "default").expect_err("the end");
        assert!(matches!(error, AgentError::TokenRefused { attempts: ATTEMPTS }));
    }

    #[test]
    fn what_the_server_means_to_be_the_end_is() {
        let mut attempts = attempts();
        assert!(attempts.delay(Next::Stop, "default").expect("no error").is_none());
        assert!(matches!(attempts.delay(Next::Blocked, "default"), Err(AgentError::Blocked)));
        let error = attempts.delay(Next::Displaced, "second").expect_err("the end");
        assert!(error.to_string().contains("`second`"));
    }
}
