//! What waits to be sent, and what was sent and is not confirmed yet, in order.
//!
//! Heartbeat answers overtake everything. A YIELD or a terminal event stays here until a HEARTBEAT confirms it: one that
//! arrives after an answer which was written behind the event on the same socket (protocol, section 4).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use rekuest_core::message::Capabilities;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::AssignationId;
use super::batch::Batch;
use super::pacer::Pacer;
use crate::settings::Pace;

/// What one kept event costs beside its text, about: counted, so that the bound is one on memory.
const OVERHEAD: usize = 96;

/// Texts of at least so many bytes are shared and not copied.
const LARGE: usize = 16 << 10;

/// How many logs may wait where there is no pace.
const LOGS: usize = 10_000;

/// How many bytes of PROGRESS and LOG may wait before they are merged and dropped, however few they are.
const PASSING_BYTES: usize = 8 << 20;

/// From how many waiting events on PROGRESS is merged, also where there is no pace.
const CROWDED: usize = 4_096;

/// One event.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) id: AssignationId,
    pub(super) kind: Kind,
    text: Text,
    /// When it happened.
    at: Instant,
}

/// What becomes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The end came before it was sent: nothing is.
    Superseded,
    /// Lost with the connection; merged with the next.
    Progress,
    /// Lost with the connection.
    Log,
    /// PAUSED, RESUMED, STEPPED: lost with the connection.
    Status,
    /// Kept until it is confirmed.
    Yield,
    /// Kept until it is confirmed: a terminal event.
    End,
    /// The same: an INTERRUPTED, which not all servers take.
    Interrupted,
}

impl Kind {
    fn is_kept(self) -> bool {
        matches!(self, Self::Yield | Self::End | Self::Interrupted)
    }
}

#[derive(Debug)]
enum Text {
    Small(String),
    Large(Utf8Bytes),
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        if text.len() < LARGE { Self::Small(text) } else { Self::Large(text.into()) }
    }
}

impl Text {
    fn len(&self) -> usize {
        match self {
            Self::Small(text) => text.capacity(),
            Self::Large(text) => text.len(),
        }
    }
}

impl Event {
    pub(super) fn new(id: AssignationId, kind: Kind, text: String, at: Instant) -> Self {
        Self { id, kind, text: text.into(), at }
    }

    fn cost(&self) -> usize {
        self.text.len() + OVERHEAD
    }

    fn large(&self) -> usize {
        if matches!(self.text, Text::Large(_)) { self.cost() } else { 0 }
    }
}

/// What there is to write.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Something,
    Nothing,
    /// Something, but not before this time.
    NotBefore(Instant),
}

/// Everything on its way to the server.
#[derive(Debug)]
pub(super) struct Outbox {
    waiting: VecDeque<Event>,
    /// The number of the first one that waits; each has its own.
    first_waiting: u64,
    /// The bytes of the kept ones that wait.
    waiting_bytes: usize,
    /// The bytes of the others.
    passing_bytes: usize,
    waiting_logs: usize,
    /// Kept events that were handed to this connection's socket.
    written: VecDeque<Event>,
    /// How many of them were written before the last answer to a heartbeat.
    answered: usize,
    written_bytes: usize,
    /// Those of them that are shared texts: few and large, with a bound of their own.
    written_large: usize,
    heartbeat_due: bool,
    connection: Option<Pacer>,
    /// The batch that was taken last is not known to be with the socket yet.
    in_flight: bool,
    /// A complaint about the bound was made on this connection.
    complained: bool,
}

impl Outbox {
    pub(super) fn new() -> Self {
        Self {
            waiting: VecDeque::new(),
            first_waiting: 0,
            waiting_bytes: 0,
            passing_bytes: 0,
            waiting_logs: 0,
            written: VecDeque::new(),
            answered: 0,
            written_bytes: 0,
            written_large: 0,
            heartbeat_due: false,
            connection: None,
            in_flight: false,
            complained: false,
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.connection.is_some()
    }

    /// Adds an event; its number.
    pub(super) fn push(&mut self, event: Event) -> u64 {
        if event.kind.is_kept() {
            self.waiting_bytes += event.cost();
        } else {
            self.passing_bytes += event.cost();
        }
        if event.kind == Kind::Log {
            self.waiting_logs += 1;
        }
        self.waiting.push_back(event);
        self.first_waiting + self.waiting.len() as u64 - 1
    }

    /// Whether the newest PROGRESS is enough.
    pub(super) fn merges(&mut self) -> bool {
        let waiting = self.waiting.len();
        let holds_back = |pacer: &mut Pacer| pacer.holds_back(waiting + 1);
        waiting >= CROWDED
            || self.passing_bytes >= PASSING_BYTES
            || self.connection.as_mut().is_some_and(holds_back)
    }

    /// Says this in the place of the PROGRESS with this number, if it still waits; else the text comes back. So what
    /// waits does not grow with how often progress is made.
    pub(super) fn replace_progress(&mut self, number: u64, text: String) -> Result<(), String> {
        match self.waiting_progress(number) {
            Some(event) => {
                let former = event.cost();
                event.text = text.into();
                let cost = event.cost();
                self.passing_bytes = self.passing_bytes - former + cost;
                Ok(())
            }
            None => Err(text),
        }
    }

    /// The PROGRESS with this number is not sent any more, if it still waits.
    pub(super) fn supersede(&mut self, number: u64) {
        if let Some(event) = self.waiting_progress(number) {
            let former = event.cost();
            event.rewrite(Kind::Superseded, String::new());
            let cost = event.cost();
            self.passing_bytes = self.passing_bytes - former + cost;
        }
    }

    fn waiting_progress(&mut self, number: u64) -> Option<&mut Event> {
        let index = usize::try_from(number.checked_sub(self.first_waiting)?).ok()?;
        self.waiting.get_mut(index).filter(|event| event.kind == Kind::Progress)
    }

    pub(super) fn takes_logs(&self) -> bool {
        let paced = |pacer: &Pacer| pacer.most_logs().unwrap_or(LOGS);
        let most = self.connection.as_ref().map_or(0, paced).min(LOGS);
        self.waiting_logs < most && self.passing_bytes < PASSING_BYTES
    }

    /// Whether one more YIELD may be added.
    pub(super) fn has_room(&self, most_bytes: usize) -> bool {
        self.waiting.len() < CROWDED && self.waiting_bytes < most_bytes
    }

    /// How many events wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many events are kept, sent or not, and their bytes.
    pub(super) fn kept(&self) -> (usize, usize) {
        let waiting = self.waiting.iter().filter(|event| event.kind.is_kept()).count();
        (waiting + self.written.len(), self.waiting_bytes + self.written_bytes)
    }

    /// How many were sent and are not confirmed.
    pub(super) fn unconfirmed(&self) -> usize {
        self.written.len()
    }

    /// Whether nothing waits for a confirmation, or to be sent.
    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty() && self.waiting_bytes == 0
    }

    /// The assignations that events are kept of.
    pub(super) fn kept_ids(&self) -> impl Iterator<Item = &AssignationId> {
        self.written.iter().chain(&self.waiting).filter(|event| event.kind.is_kept()).map(|event| &event.id)
    }

    /// A heartbeat has come: it is answered next. What it confirms is returned.
    pub(super) fn heartbeat(&mut self, now: Instant) -> VecDeque<Event> {
        if let Some(pacer) = &mut self.connection {
            pacer.heartbeat(now);
            self.heartbeat_due = true;
        }
        let unconfirmed = self.written.split_off(self.answered.min(self.written.len()));
        self.answered = 0;
        let confirmed = std::mem::replace(&mut self.written, unconfirmed);
        self.written_bytes -= confirmed.iter().map(Event::cost).sum::<usize>();
        self.written_large -= confirmed.iter().map(Event::large).sum::<usize>();
        confirmed
    }

    /// Fills the batch with what is to be written next.
    pub(super) fn take(&mut self, batch: &mut Batch, answer: impl FnOnce() -> String, now: Instant) -> Taken {
        let Some(pacer) = &mut self.connection else { return Taken::Nothing };
        if std::mem::take(&mut self.heartbeat_due) {
            batch.push(&answer());
            pacer.answered(now);
            // What was handed to the socket before is behind this answer.
            self.answered = self.written.len();
        }
        let mut not_before = None;
        while !batch.is_full()
            && let Some(next) = self.waiting.front()
        {
            if next.kind != Kind::Superseded
                && let Err(time) = pacer.pass(now)
            {
                not_before = Some(time);
                break;
            }
            let Some(event) = self.waiting.pop_front() else { break };
            self.first_waiting += 1;
            if !event.kind.is_kept() {
                self.passing_bytes -= event.cost();
            }
            if event.kind == Kind::Superseded {
                continue;
            }
            match &event.text {
                Text::Small(text) => batch.push(text),
                Text::Large(text) => batch.push_large(text.clone()),
            }
            if event.kind == Kind::Log {
                self.waiting_logs -= 1;
            }
            if event.kind.is_kept() {
                self.waiting_bytes -= event.cost();
                self.written_bytes += event.cost();
                self.written_large += event.large();
                self.written.push_back(event);
            }
        }
        self.in_flight = !batch.is_empty();
        match not_before {
            _ if !batch.is_empty() => Taken::Something,
            Some(time) => Taken::NotBefore(time),
            None => Taken::Nothing,
        }
    }

    /// The batch that was taken last is with the socket.
    pub(super) fn landed(&mut self) {
        self.in_flight = false;
    }

    /// Whether everything was handed to the socket.
    pub(super) fn is_flushed(&self) -> bool {
        self.waiting.is_empty() && !self.in_flight && !self.heartbeat_due
    }

    /// Gives up waiting for confirmations beyond these bounds, of which large events have one more for themselves: the oldest events count as delivered. Returns the
    /// assignations whose YIELDs are among them.
    pub(super) fn keep_bound(
        &mut self,
        most_bytes: usize,
        most_large: usize,
        longest: Duration,
        now: Instant,
    ) -> Vec<AssignationId> {
        let mut gave_up = Vec::new();
        while let Some(oldest) = self.written.front()
            && (self.written_bytes - self.written_large > most_bytes
                || self.written_large > most_bytes.saturating_add(most_large)
                || now.saturating_duration_since(oldest.at) > longest)
            && let Some(oldest) = self.written.pop_front()
        {
            self.written_bytes -= oldest.cost();
            self.written_large -= oldest.large();
            self.answered = self.answered.saturating_sub(1);
            if oldest.kind == Kind::Yield {
                gave_up.push(oldest.id);
            }
        }
        gave_up
    }

    /// Whether something is to be said about the bound: once on a connection.
    pub(super) fn complains(&mut self) -> bool {
        !std::mem::replace(&mut self.complained, true)
    }

    /// The assignations with an event that has waited for a connection for longer than this.
    pub(super) fn expired(&self, longest: Duration, now: Instant) -> Vec<AssignationId> {
        if self.is_open() {
            return Vec::new();
        }
        let old = |event: &&Event| now.saturating_duration_since(event.at) > longest;
        self.waiting.iter().take_while(old).map(|event| AssignationId::clone(&event.id)).collect()
    }

    /// A connection is up, to a server with these capabilities.
    pub(super) fn open(&mut self, pace: Pace, capabilities: Capabilities, now: Instant) {
        self.connection = Some(Pacer::new(pace, capabilities, now));
        self.complained = false;
    }

    /// The connection is gone, and with it what was not to be kept. What is kept waits for the next, in its order.
    pub(super) fn close(&mut self) {
        self.connection = None;
        self.heartbeat_due = false;
        self.in_flight = false;
        self.answered = 0;
        let written = std::mem::take(&mut self.written);
        self.written_bytes = 0;
        self.written_large = 0;
        self.requeue(|waiting| {
            written.into_iter().chain(waiting).filter(|event| event.kind.is_kept()).collect()
        });
    }

    /// Keeps, of what waits, only what `wanted` lets through, which may change it.
    pub(super) fn retain(&mut self, mut wanted: impl FnMut(&mut Event) -> bool) {
        self.requeue(|mut waiting| {
            waiting.retain_mut(&mut wanted);
            waiting
        });
    }

    /// Everything that was written is confirmed.
    pub(super) fn delivered(&mut self) {
        self.written.clear();
        self.written_bytes = 0;
        self.written_large = 0;
        self.answered = 0;
    }

    /// Forgets everything: the server has it.
    pub(super) fn clear(&mut self) {
        self.delivered();
        self.requeue(|_| VecDeque::new());
    }

    /// Puts other events in the place of those that wait, under numbers of their own.
    fn requeue(&mut self, change: impl FnOnce(VecDeque<Event>) -> VecDeque<Event>) {
        self.first_waiting += self.waiting.len() as u64;
        self.waiting = change(std::mem::take(&mut self.waiting));
        let cost = |kept: bool| {
            let counted = self.waiting.iter().filter(|event| event.kind.is_kept() == kept);
            counted.map(Event::cost).sum()
        };
        (self.waiting_bytes, self.passing_bytes) = (cost(true), cost(false));
        self.waiting_logs = self.waiting.iter().filter(|event| event.kind == Kind::Log).count();
    }
}

impl Event {
    /// Says the same in other words.
    pub(super) fn rewrite(&mut self, kind: Kind, text: String) {
        self.kind = kind;
        self.text = text.into();
    }
}

#[cfg(test)]
mod tests;
