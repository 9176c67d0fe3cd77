//! How a connection ended, and what follows from it: the table of close codes of protocol.md, section 4.

use std::fmt;
use std::time::Duration;

/// Where a connection was when it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Not open yet, or REGISTER was not yet answered with INIT.
    Registering,
    /// The server has accepted the agent.
    Ready,
}

/// How a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The server closed it with this code.
    Closed(u16),
    /// It could not be opened, was cut, or fell silent; and why.
    Lost(String),
    /// BOUNCE: the server asked to close and come back after this time.
    Bounced(Duration),
    /// INIT named another agent than was registered: the server has lost its data.
    Forgotten,
    /// The agent was asked to end, and has said goodbye.
    Stopped,
}

/// What follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// Come back with backoff.
    Reconnect,
    /// Come back after this time; with backoff if that was done just before.
    ReconnectAfter(Duration),
    /// Registered: open the connection.
    Connect,
    /// Register anew, with backoff, then come back.
    Register,
    /// The token may be wrong: fetch a new one, register anew; stop after a few.
    RenewToken,
    /// Our frames were unreadable: come back; stop after a few.
    Unreadable,
    /// Stop: another connection holds this agent.
    Displaced,
    /// Stop: blocked.
    Blocked,
    /// Stop: as asked.
    Stop,
}

impl Ended {
    pub(crate) fn next(&self, phase: Phase) -> Next {
        match (self, phase) {
            (Self::Closed(3002), _) => Next::Unreadable,
            (Self::Closed(3003), Phase::Registering) => Next::RenewToken,
            (Self::Closed(4003), _) => Next::Blocked,
            (Self::Closed(4004 | 4005), _) => Next::Displaced,
            (Self::Closed(_) | Self::Lost(_), _) => Next::Reconnect,
            (Self::Bounced(wait), _) => Next::ReconnectAfter(*wait),
            (Self::Forgotten, _) => Next::Register,
            (Self::Stopped, _) => Next::Stop,
        }
    }
}

impl Next {
    /// Whether the server still knows the agent as it was registered.
    pub(crate) fn keeps_registration(&self) -> bool {
        matches!(self, Self::Reconnect | Self::ReconnectAfter(_) | Self::Unreadable)
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(3001) => {
                f.write_str("the server closed it: a heartbeat was not answered in time (3001)")
            }
            Self::Closed(3002) => f.write_str("the server closed it: a frame was not JSON (3002)"),
            Self::Closed(3003) => f.write_str("the server closed it: token or frame refused (3003)"),
            Self::Closed(1000) => f.write_str("the server closed it (1000)"),
            Self::Closed(1001) => f.write_str("the server is going away (1001)"),
            Self::Closed(code) => write!(f, "the server closed it ({code})"),
            Self::Lost(reason) => f.write_str(reason),
            Self::Bounced(_) => f.write_str("the server asked to come back (BOUNCE)"),
            Self::Forgotten => f.write_str("the server does not know this agent any more"),
            Self::Stopped => f.write_str("the agent was asked to end"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_close_code_table() {
        let next = |code, phase| Ended::Closed(code).next(phase);
        for phase in [Phase::Registering, Phase::Ready] {
            assert_eq!(next(3001, phase), Next::Reconnect);
            assert_eq!(next(3002, phase), Next::Unreadable);
            assert_eq!(next(4003, phase), Next::Blocked);
            assert_eq!(next(4004, phase), Next::Displaced);
            assert_eq!(next(4005, phase), Next::Displaced);
            for code in [1000, 1001, 1006, 1011, 1012] {
                assert_eq!(next(code, phase), Next::Reconnect, "{code}");
            }
        }
        assert_eq!(next(3003, Phase::Registering), Next::RenewToken);
        assert_eq!(next(3003, Phase::Ready), Next::Reconnect);
    }
}
