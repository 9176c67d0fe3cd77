//! The events of one call, made one sequence: what the subscription tells and what is asked for.
//!
//! The subscription tells each event once, in order, but loses what happens while it is not active; a question brings
//! the last ten events (protocol, sections 2 and 3). Both are put together by event id. While events may be missing
//! (there is a *gap*), what is told is held back until an answer closes the gap, so that no YIELD is lost or comes out
//! of order. What cannot be closed is said. Nothing here waits or speaks to anyone.

use std::collections::VecDeque;

use rekuest_core::ActionKind;
use rekuest_core::caller::CallEvent;
use rekuest_core::message::LogLevel;
use serde_json::value::RawValue;

use crate::graphql::operations::{AssignationEvent, AssignationState, EventKind};

/// How many events an answer holds at most.
const ANSWERED: usize = 10;

/// How many ids of past events are kept to recognise them. An answer holds none that is older, unless more than the
/// difference to [`ANSWERED`] arrived while it was under way; such an answer is not used.
const REMEMBERED: usize = 64;

/// How many events are held back at most, while a gap is not closed; beyond it, what is lost is said.
const HELD: usize = 16_384;

/// How often an answer may say that the call is done without showing how, before that is lost.
const ENDLESS: u32 = 3;

/// What comes out.
#[derive(Debug)]
pub(crate) enum Step {
    /// Something happened.
    Event(CallEvent),
    /// It is over. Nothing comes after it.
    End(End),
}

/// How a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// DONE.
    Done,
    /// ERROR, and what the agent said.
    Error(String),
    /// CRITICAL, and what the agent said.
    Critical(String),
    /// CANCELLED.
    Cancelled,
    /// INTERUPTED.
    Interrupted,
    /// Events that matter are lost; the call itself may go on.
    Lagged,
}

/// The state of a question at the moment it was asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ticket {
    /// How many events had come out.
    passed: u64,
    /// How many were held back.
    held: usize,
    /// Whether the subscription was known to be active, and has been since.
    active: bool,
    session: u64,
}

/// Puts the events of one call together.
#[derive(Debug)]
pub(crate) struct Merge {
    /// The session of the last event that was told.
    session: u64,
    /// Whether events may be missing between what has passed and what is told next.
    gap: bool,
    /// What was told behind the gap.
    held: Vec<AssignationEvent>,
    /// The ids of what has passed, newest last.
    recent: VecDeque<Box<str>>,
    passed: u64,
    yields: u64,
    kind: Option<ActionKind>,
    /// Whether events were lost that do not matter unless the call ends without a YIELD.
    lossy: bool,
    endless: u32,
    /// Whether the gap is only a doubt at the end of a call: see [`doubts`](Self::doubts).
    doubtful: bool,
    /// Whether an answer was ahead of everything that was told, and nothing was told since.
    ahead: bool,
    /// Whether the call is older than this, and nothing is known of it yet: it begins with the last events that an answer
    /// holds, whatever was before.
    attaching: bool,
    /// Whether an answer was put off while nothing showed what is told meanwhile.
    put_off: bool,
    ended: bool,
    out: VecDeque<Step>,
}

impl Merge {
    /// A call that is started in this session, which is known to be active or not.
    pub(crate) fn new(session: u64, active: bool) -> Self {
        Self {
            session,
            gap: !active,
            held: Vec::new(),
            recent: VecDeque::new(),
            passed: 0,
            yields: 0,
            kind: None,
            lossy: false,
            endless: 0,
            doubtful: false,
            ahead: false,
            attaching: false,
            put_off: false,
            ended: false,
            out: VecDeque::new(),
        }
    }

    /// A call that was made before, and is followed from now on, in this session.
    pub(crate) fn attached(session: u64) -> Self {
        Self { attaching: true, ..Self::new(session, false) }
    }

    /// Whether nothing is known yet of a call that was made before.
    pub(crate) fn is_attaching(&self) -> bool {
        self.attaching
    }

    /// The next that comes out, if anything does.
    pub(crate) fn next(&mut self) -> Option<Step> {
        self.out.pop_front()
    }

    /// How many events have come out, or are about to.
    pub(crate) fn passed(&self) -> u64 {
        self.passed
    }

    /// Whether events may be missing.
    pub(crate) fn has_gap(&self) -> bool {
        self.gap
    }

    /// Whether something that was told waits for an answer.
    pub(crate) fn holds(&self) -> bool {
        !self.held.is_empty()
    }

    /// Whether an answer said that the call is done, without showing how.
    pub(crate) fn misses_end(&self) -> bool {
        !self.ended && self.endless > 0
    }

    /// Whether what was told last was told in session `session`.
    pub(crate) fn is_in(&self, session: Option<u64>) -> bool {
        session == Some(self.session)
    }

    /// The subscription is cut, or goes on in session `session`.
    pub(crate) fn enter(&mut self, session: Option<u64>) {
        if self.is_in(session) {
            return;
        }
        self.session = session.unwrap_or(0);
        self.gap = true;
        self.doubtful = false;
        // What was held came behind one gap and before another: an answer tells its place better.
        self.held.clear();
    }

    /// Session `session` has told that the call was made, so it has been active since, and nothing is missing.
    /// Whether anything comes out of that.
    pub(crate) fn began(&mut self, session: u64) -> bool {
        if self.gap && !self.doubtful && !self.ended && session == self.session {
            self.gap = false;
            for event in std::mem::take(&mut self.held) {
                self.told(session, event);
            }
        }
        !self.out.is_empty()
    }

    /// An event was told in session `session`.
    pub(crate) fn told(&mut self, session: u64, event: AssignationEvent) {
        if self.ended || self.knows(&event) {
            return;
        }
        if session != self.session {
            self.enter(Some(session));
        }
        if !self.gap && self.doubts(&event) {
            self.gap = true;
            self.doubtful = true;
        }
        if self.gap && self.held.len() >= HELD {
            self.end(End::Lagged);
        } else if self.gap {
            self.held.push(event);
        } else {
            self.pass(event);
        }
    }

    /// Whether the end of a call has to be confirmed. Servers drop events under load, without a word: a call that ends
    /// well with one YIELD has lost nothing that matters, every other one may have.
    fn doubts(&self, event: &AssignationEvent) -> bool {
        event.kind == EventKind::Done && self.yields != 1
    }

    /// The moment at which the server is asked. `active` is the session that is known to be active, if there is one.
    pub(crate) fn ask(&self, active: Option<u64>) -> Ticket {
        Ticket {
            passed: self.passed,
            held: self.held.len(),
            active: active == Some(self.session),
            session: self.session,
        }
    }

    /// The server has answered what was asked at `ticket`.
    pub(crate) fn answered(&mut self, ticket: Ticket, state: AssignationState) {
        let stale = self.passed - ticket.passed > (REMEMBERED - ANSWERED) as u64;
        let active = ticket.active && ticket.session == self.session;
        if self.ended || stale || (!active && !self.held.is_empty()) {
            return;
        }
        self.kind = state.action.map(|action| action.kind).or(self.kind);
        // More than ten: this server keeps them all.
        let complete = state.events.len() != ANSWERED;
        let answer: Vec<AssignationEvent> = state.events.into_iter().rev().collect();
        let is_settled = !self.gap && self.held.is_empty();
        if is_settled && !complete && !answer.iter().any(|event| self.knows(event)) {
            // A fast call is further than what was told of it so far. The rest is on its way, unless nothing comes
            // until the next answer.
            if !std::mem::replace(&mut self.ahead, true) || self.passed != ticket.passed {
                return;
            }
        }
        if self.attaching
            && !active
            && !complete
            && !state.is_done
            && !std::mem::replace(&mut self.put_off, true)
        {
            // Of a fast call, the next answer might not meet this one. By then something may have been told that does.
            return;
        }
        if self.attaching && !complete && !self.held.is_empty() && !self.meets(&answer) {
            // Which of both comes first is not known, unless something was told before the question: then the answer is
            // ahead, and the call begins with what is told, which is all the rest of it.
            if ticket.held == 0 {
                return;
            }
            self.take(Vec::new(), false);
        } else {
            self.take(answer, complete);
        }
        if active && !self.ended {
            self.gap = false;
            self.doubtful = false;
        }
        if state.is_done && !self.ended {
            self.endless += 1;
            if self.endless >= ENDLESS {
                self.end(End::Lagged);
            }
        }
    }

    /// More was told than could be kept: everything up to here has come out or is lost.
    pub(crate) fn overflow(&mut self) {
        if !self.ended {
            self.end(End::Lagged);
        }
    }

    /// The server cannot be asked. If the gap is only a doubt, what was told counts.
    pub(crate) fn unanswered(&mut self) {
        if self.doubtful {
            self.gap = false;
            self.doubtful = false;
            for event in std::mem::take(&mut self.held) {
                self.pass(event);
            }
        }
    }

    /// Takes an answer, oldest first, together with what is held.
    fn take(&mut self, answer: Vec<AssignationEvent>, complete: bool) {
        let mut held = std::mem::take(&mut self.held);
        // The answer may begin inside of what is held, when much was told since the question.
        let begins = answer.first().and_then(|first| held.iter().position(|event| event.id == first.id));
        let mut sequence: Vec<AssignationEvent> = held.drain(..begins.unwrap_or(0)).collect();
        sequence.extend(answer);
        for event in held {
            if !sequence.iter().any(|known| known.id == event.id) {
                sequence.push(event);
            }
        }
        let last_known = sequence.iter().rposition(|event| self.knows(event));
        match std::mem::take(&mut self.attaching) {
            // What was before is no loss, unless it is all that a function returns.
            true => self.lossy = !complete && self.kind == Some(ActionKind::Function),
            false if !complete && last_known.is_none() => self.lose(),
            false => {}
        }
        for (position, event) in sequence.into_iter().enumerate() {
            let missed = last_known.is_some_and(|last| position < last);
            if self.ended || self.knows(&event) {
                continue;
            }
            if missed && !event.kind.is_terminal() {
                self.missed(event);
            } else {
                self.pass(event);
            }
        }
    }

    /// An event whose place in the sequence has passed.
    fn missed(&mut self, event: AssignationEvent) {
        if event.kind != EventKind::Yield {
            return;
        }
        // The only YIELD of a function has no order to keep.
        if self.kind == Some(ActionKind::Function) && self.yields == 0 {
            self.pass(event);
        } else {
            self.lose();
        }
    }

    /// Events are lost for good.
    fn lose(&mut self) {
        if self.kind == Some(ActionKind::Function) {
            self.lossy = true;
        } else {
            self.end(End::Lagged);
        }
    }

    /// Whether something that is held is in the answer too.
    fn meets(&self, answer: &[AssignationEvent]) -> bool {
        self.held.iter().any(|held| answer.iter().any(|event| event.id == held.id))
    }

    fn knows(&self, event: &AssignationEvent) -> bool {
        self.recent.iter().rev().any(|id| **id == *event.id)
    }

    /// Lets an event out.
    fn pass(&mut self, event: AssignationEvent) {
        if self.ended {
            return;
        }
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(event.id.into_boxed_str());
        self.passed += 1;
        self.ahead = false;
        let message = event.message;
        let said = |message: Option<String>| message.unwrap_or_else(|| "the agent gave no reason".to_owned());
        match event.kind {
            EventKind::Progress => {
                self.emit(CallEvent::Progress { percent: event.progress, message });
            }
            EventKind::Log => {
                let level = event.level.unwrap_or(LogLevel::Info);
                self.emit(CallEvent::Log { level, message: message.unwrap_or_default() });
            }
            EventKind::Yield => {
                self.yields += 1;
                self.emit(CallEvent::Yield(event.returns.unwrap_or_else(no_returns)));
            }
            EventKind::Disconnected => self.emit(CallEvent::Disconnected),
            EventKind::Done if self.lossy && self.yields == 0 => self.end(End::Lagged),
            EventKind::Done => self.end(End::Done),
            EventKind::Error => self.end(End::Error(said(message))),
            EventKind::Critical => self.end(End::Critical(said(message))),
            EventKind::Cancelled => self.end(End::Cancelled),
            EventKind::Interupted => self.end(End::Interrupted),
            _ => {}
        }
    }

    fn emit(&mut self, event: CallEvent) {
        self.out.push_back(Step::Event(event));
    }

    fn end(&mut self, end: End) {
        self.ended = true;
        self.held = Vec::new();
        self.out.push_back(Step::End(end));
    }
}

/// What a YIELD without returns stands for: an empty object.
fn no_returns() -> Box<RawValue> {
    RawValue::from_string("{}".to_owned()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

#[cfg(test)]
mod tests;
