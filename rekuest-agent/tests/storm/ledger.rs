//! What the model server knows of its assignations, and which of the agent's events break a rule of protocol.md,
//! section 4.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use crate::functions::Behaviour;
use crate::stage::Stage;
use crate::tally;

/// The words of an agent that never got what it is asked about.
const LOST: &str = "the app was restarted, or lost this assignation, while it was away";

/// The words of an agent that was sent an ASSIGN while it was ending.
const ENDING: &str = "the app is shutting down";

/// The words of an agent that had to give up what was not confirmed.
const GIVEN_UP: &str = "the assignation has ended, and its result was delivered and is not kept any more";

/// The words of an agent that was cut after it had to give up some of what was returned.
const INCOMPLETE: &str = "the connection was cut after the function had returned more than is kept";

/// The words of an agent that found so while the function ran.
const EXPIRED: &str = "the server was away for longer than results are kept";

/// The assignations of one server, from one loss of its data to the next.
#[derive(Debug)]
pub(crate) struct Ledger {
    stage: Arc<Stage>,
    /// Whether the agent keeps less than it may have to say again.
    forgets: bool,
    assignations: HashMap<String, Assignation>,
    /// In the order in which they were assigned.
    order: Vec<String>,
    /// The ids that the server has spoken of although it never assigned them, and what the agent said of them.
    strangers: HashMap<String, Option<String>>,
}

#[derive(Debug)]
pub(crate) struct Assignation {
    pub(crate) serial: u64,
    pub(crate) behaviour: Behaviour,
    items: u64,
    parent: Option<String>,
    cancelled: bool,
    interrupted: bool,
    /// The ids of the YIELDs that were worked.
    seen: HashSet<String>,
    yields: u64,
    end: Option<String>,
}

/// A rule that was broken.
pub(crate) type Broken = String;

impl Ledger {
    pub(crate) fn new(stage: Arc<Stage>, forgets: bool) -> Self {
        Self { stage, forgets, assignations: HashMap::new(), order: Vec::new(), strangers: HashMap::new() }
    }

    pub(crate) fn assign(
        &mut self,
        id: &str,
        serial: u64,
        behaviour: Behaviour,
        items: u64,
        parent: Option<String>,
    ) {
        let assignation = Assignation {
            serial,
            behaviour,
            items,
            parent,
            cancelled: false,
            interrupted: false,
            seen: HashSet::new(),
            yields: 0,
            end: None,
        };
        self.assignations.insert(id.to_owned(), assignation);
        self.order.push(id.to_owned());
    }

    /// The id of some assignation.
    pub(crate) fn pick(&self, number: usize) -> Option<&str> {
        let index = number.checked_rem(self.order.len())?;
        Some(&self.order[index])
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Assignation> {
        self.assignations.get(id)
    }

    pub(crate) fn cancels(&mut self, id: &str) {
        match self.assignations.get_mut(id) {
            Some(assignation) => assignation.cancelled = true,
            None => {
                self.strangers.entry(id.to_owned()).or_default();
            }
        }
    }

    /// An assignation and its children are to end.
    pub(crate) fn interrupts(&mut self, id: &str) {
        if !self.assignations.contains_key(id) {
            self.strangers.entry(id.to_owned()).or_default();
        }
        let mut family = vec![id.to_owned()];
        while let Some(id) = family.pop() {
            let children = self.assignations.iter().filter(|(_, one)| one.parent.as_ref() == Some(&id));
            family.extend(children.map(|(id, _)| id.clone()));
            if let Some(assignation) = self.assignations.get_mut(&id) {
                assignation.interrupted = true;
            }
        }
    }

    /// The ids of those that have not ended.
    pub(crate) fn open(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str).filter(|id| self.assignations[*id].end.is_none())
    }

    /// What is wrong with what has not ended, as a sentence.
    pub(crate) fn describe_open(&self) -> String {
        let each = self.open().map(|id| {
            let one = &self.assignations[id];
            format!("{id} of {:?} ({:?}, {} yields)", one.behaviour, self.stage.ran(one.serial), one.yields)
        });
        each.collect::<Vec<_>>().join(", ")
    }

    /// Works an event of the agent.
    pub(crate) fn event(&mut self, kind: &str, frame: &Value) -> Result<(), Broken> {
        let broken = |what: &str| Err(format!("{what}: {}", shortened(frame)));
        let (Some(frame_id), Some(id)) = (frame["id"].as_str(), frame["assignation"].as_str()) else {
            return broken("an event has an id and names an assignation");
        };
        let is_end = matches!(kind, "DONE" | "ERROR" | "CRITICAL" | "CANCELLED" | "INTERRUPTED");
        let Some(assignation) = self.assignations.get_mut(id) else {
            let Some(stranger) = self.strangers.get_mut(id) else {
                return broken("an event is about an assignation that the server knows");
            };
            if !matches!(kind, "CANCELLED" | "INTERRUPTED") {
                return broken("an id that never ran here is only CANCELLED");
            }
            return match stranger.replace(frame_id.to_owned()) {
                Some(before) if before != frame_id => broken("an id that never ran here is CANCELLED once"),
                _ => Ok(()),
            };
        };
        if let Some(end) = &assignation.end {
            return broken(&format!("nothing follows the terminal event, which was {end}"));
        }
        match kind {
            "YIELD" => match assignation.yields(frame_id, &frame["returns"], self.forgets) {
                Ok(()) => Ok(()),
                Err(what) => broken(&what),
            },
            _ if is_end => {
                let error = frame["error"].as_str().unwrap_or_default();
                if let Err(what) = assignation.may_end(kind, error, &self.stage, self.forgets) {
                    return broken(&what);
                }
                tally::end(kind);
                assignation.end = Some(kind.to_owned());
                Ok(())
            }
            "PROGRESS" if !frame["progress"].is_null() && !frame["progress"].is_i64() => {
                broken("progress is an integer or null")
            }
            "PROGRESS" | "LOG" | "PAUSED" | "RESUMED" => Ok(()),
            _ => broken("an agent sends no such event"),
        }
    }
}

impl Assignation {
    fn yields(&mut self, frame_id: &str, returns: &Value, forgets: bool) -> Result<(), Broken> {
        if !self.seen.insert(frame_id.to_owned()) {
            tally::count(&tally::REPEATED);
            return Ok(());
        }
        let number = returns["return0"].as_str().and_then(|text| text.split(':').next());
        let number: u64 = number
            .and_then(|number| number.parse().ok())
            .ok_or("a YIELD carries what the function returned")?;
        let expected = self.yields;
        self.yields = number + 1;
        match number {
            _ if number == expected => Ok(()),
            // Then it does not end with DONE.
            _ if number > expected && forgets => Ok(()),
            _ => Err(format!("YIELDs come in order: expected number {expected}")),
        }
    }

    fn may_end(&self, kind: &str, error: &str, stage: &Stage, forgets: bool) -> Result<(), Broken> {
        let ran = stage.ran(self.serial);
        match kind {
            "DONE" => {
                let wanted = if self.behaviour.is_generator() { self.items } else { 1 };
                if self.behaviour.own_end() != "DONE" || !ran.ended {
                    Err("DONE is said of what has ended well".to_owned())
                } else if self.yields == wanted {
                    Ok(())
                } else {
                    Err(format!("DONE follows all YIELDs: expected {wanted}, came {}", self.yields))
                }
            }
            "CRITICAL" if error == LOST => match ran.started {
                0 => Ok(()),
                _ => Err("nothing that ran is lost".to_owned()),
            },
            "CRITICAL" if error == ENDING => Ok(()),
            "CRITICAL"
                if forgets
                    && (error == GIVEN_UP || error.starts_with(INCOMPLETE) || error.starts_with(EXPIRED)) =>
            {
                Ok(())
            }
            "CRITICAL" | "ERROR" if self.behaviour.own_end() == kind => Ok(()),
            "CANCELLED" if self.cancelled || self.interrupted => {
                // What was interrupted does not wait for its cleanup; nor do blocking functions.
                let waits =
                    !self.interrupted && !self.behaviour.is_blocking() && self.behaviour != Behaviour::Parent;
                if waits && ran.alive > 0 {
                    return Err("CANCELLED is said once the function is gone".to_owned());
                }
                Ok(())
            }
            "INTERRUPTED" if self.interrupted => Ok(()),
            // The agent was asked to end, and time was up.
            "CANCELLED" if stage.is_ending() => Ok(()),
            _ => Err(format!("{:?} does not end like this", self.behaviour)),
        }
    }
}

fn shortened(frame: &Value) -> String {
    let mut text = frame.to_string();
    text.truncate(text.floor_char_boundary(400));
    text
}
