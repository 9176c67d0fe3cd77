//! What the table knows of one assignation.

use std::sync::Arc;

use super::warning;
use crate::work::Work;

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) phase: Phase,
    /// The assignation that made this call. Kept after the end too: what it called in turn may still run.
    parent: Option<Box<str>>,
    /// The server does not hold this assignation open any more: what it still sends would be an error there.
    pub(super) forgotten: bool,
    /// Events of it could not be kept any longer, so its result is not complete.
    pub(super) lost: bool,
    /// YIELDs of it that were sent are not kept any more, so that they cannot be sent again.
    pub(super) incomplete: bool,
    /// The number of its newest PROGRESS in the outbox.
    pub(super) progress: Option<u64>,
    /// How many logs were dropped since the last one that was not.
    pub(super) dropped_logs: u64,
}

#[derive(Debug)]
pub(super) enum Phase {
    /// Waits for others to end.
    Queued(Arc<Work>),
    Running(Arc<Work>),
    /// Its terminal event has passed the gate.
    Ended,
}

impl Entry {
    pub(super) fn new(phase: Phase) -> Self {
        let parent = match &phase {
            Phase::Queued(work) | Phase::Running(work) => work.parent().map(Box::from),
            Phase::Ended => None,
        };
        Self {
            phase,
            parent,
            forgotten: false,
            lost: false,
            incomplete: false,
            progress: None,
            dropped_logs: 0,
        }
    }

    /// The assignation that made this call.
    pub(super) fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    /// Whether it has not ended.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.phase, Phase::Ended)
    }

    /// Whether it is this one, and has not ended.
    pub(super) fn is_of(&self, work: &Work) -> bool {
        match &self.phase {
            Phase::Queued(own) | Phase::Running(own) => std::ptr::eq(&raw const **own, work),
            Phase::Ended => false,
        }
    }

    /// Whether it has not ended, and the server listens.
    pub(super) fn is_heard(&self) -> bool {
        self.is_open() && !self.forgotten
    }

    /// What its caller is told of logs that are missing.
    pub(super) fn note_of_dropped_logs(&mut self, id: &str) -> Option<String> {
        let dropped = std::mem::take(&mut self.dropped_logs);
        let note = || {
            format!("{dropped} logs were dropped here, because the server was away or took them too slowly")
        };
        (dropped > 0).then(|| warning(id, &note()))
    }
}
