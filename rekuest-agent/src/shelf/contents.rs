//! What is on the shelf, how much of it, and what has to go when something new comes.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use rekuest_core::value::{InDrawer, Shelved};

use super::{Drawer, Value};

/// How many drawers are remembered that had to go, to say why they are not there.
const REMEMBERED: usize = 1_024;

/// A value on the shelf.
pub(super) struct Kept {
    identifier: &'static str,
    label: Option<String>,
    description: Option<String>,
    bytes: usize,
    since: Instant,
    /// When it was last put or read, counted in such events.
    used: u64,
    value: Value,
}

impl Kept {
    pub(super) fn new(shelved: Shelved) -> Self {
        let Shelved { identifier, label, description, size, value } = shelved;
        Self { identifier, label, description, bytes: size, since: Instant::now(), used: 0, value }
    }

    /// Whether a function that runs has it.
    fn is_in_use(&self) -> bool {
        Arc::strong_count(&self.value) > 1
    }
}

#[derive(Default)]
pub(super) struct Contents {
    values: HashMap<String, Kept>,
    /// What they take together.
    bytes: usize,
    /// How often everything was forgotten: a drawer that the server gave before is none after it.
    generation: u64,
    /// How often something was put or read.
    used: u64,
    /// Those that made room for others.
    evicted: VecDeque<String>,
}

impl Contents {
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Takes everything out.
    pub(super) fn clear(&mut self) -> Vec<Value> {
        self.generation += 1;
        self.bytes = 0;
        self.evicted.clear();
        std::mem::take(&mut self.values).into_values().map(|kept| kept.value).collect()
    }

    pub(super) fn remove(&mut self, drawer: &str) -> Option<Value> {
        let kept = self.values.remove(drawer)?;
        self.bytes -= kept.bytes;
        Some(kept.value)
    }

    /// Puts a value into a drawer. Where it exceeds the budget, those that were not used for longest go; not those that are
    /// in use. Gives the value back, and how much is in use, if that does not suffice.
    pub(super) fn put(
        &mut self,
        drawer: String,
        kept: Kept,
        budget: Option<usize>,
    ) -> Result<Vec<(String, Value)>, (Value, usize)> {
        let evicted = match budget {
            Some(budget) => match self.in_the_way(kept.bytes, budget) {
                Some(ids) => ids,
                None => return Err((kept.value, self.bytes)),
            },
            None => Vec::new(),
        };
        let evicted: Vec<(String, Value)> =
            evicted.into_iter().filter_map(|id| self.remove(&id).map(|value| (id, value))).collect();
        for (id, _) in &evicted {
            if self.evicted.len() == REMEMBERED {
                self.evicted.pop_front();
            }
            self.evicted.push_back(id.clone());
        }
        self.used += 1;
        self.bytes += kept.bytes;
        self.values.insert(drawer, Kept { used: self.used, ..kept });
        Ok(evicted)
    }

    /// What has to go so that so much fits in; none if it cannot.
    fn in_the_way(&self, bytes: usize, budget: usize) -> Option<Vec<String>> {
        let mut unused: Vec<(&String, &Kept)> =
            self.values.iter().filter(|(_, kept)| !kept.is_in_use()).collect();
        unused.sort_by_key(|(_, kept)| kept.used);
        let mut unused = unused.into_iter();
        let mut left = self.bytes;
        let mut ids = Vec::new();
        while left.saturating_add(bytes) > budget {
            let (id, kept) = unused.next()?;
            left -= kept.bytes;
            ids.push(id.clone());
        }
        Some(ids)
    }

    /// The value in a drawer.
    pub(super) fn get(&mut self, drawer: &str) -> Result<InDrawer, String> {
        self.used += 1;
        if let Some(kept) = self.values.get_mut(drawer) {
            kept.used = self.used;
            return Ok(InDrawer { identifier: kept.identifier, value: Arc::clone(&kept.value) });
        }
        Err(if self.evicted.iter().any(|evicted| evicted == drawer) {
            format!("the value in the drawer {drawer} has made room for newer ones; make it anew")
        } else {
            format!(
                "there is no drawer {drawer} in this agent; drawers are gone after a restart, and when they are collected"
            )
        })
    }

    /// What there is, oldest first.
    pub(super) fn list(&self) -> Vec<Drawer> {
        let mut kept: Vec<(&String, &Kept)> = self.values.iter().collect();
        kept.sort_by_key(|(_, kept)| kept.since);
        let drawer = |(id, kept): (&String, &Kept)| Drawer {
            id: id.clone(),
            identifier: kept.identifier,
            label: kept.label.clone(),
            description: kept.description.clone(),
            bytes: kept.bytes,
            age: kept.since.elapsed(),
        };
        kept.into_iter().map(drawer).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(bytes: usize) -> Kept {
        let shelved = Shelved {
            identifier: "lab.image",
            label: None,
            description: None,
            size: bytes,
            value: Arc::new(bytes),
        };
        Kept::new(shelved)
    }

    fn ids(evicted: &[(String, Value)]) -> Vec<&str> {
        evicted.iter().map(|(id, _)| id.as_str()).collect()
    }

    #[test]
    fn without_a_budget_everything_stays() {
        let mut contents = Contents::default();
        for id in 0..100 {
            assert!(
                contents.put(id.to_string(), kept(1 << 30), None).is_ok_and(|evicted| evicted.is_empty())
            );
        }
        assert_eq!(contents.len(), 100);
    }

    #[test]
    fn what_was_not_used_for_longest_makes_room() {
        let mut contents = Contents::default();
        for id in ["1", "2", "3"] {
            assert!(contents.put(id.to_owned(), kept(30), Some(100)).is_ok());
        }
        drop(contents.get("1").expect("it is there"));
        let evicted = contents.put("4".to_owned(), kept(50), Some(100)).expect("room is made");
        assert_eq!(ids(&evicted), ["2", "3"]);
        let gone = contents.get("2").expect_err("it is gone");
        assert!(gone.contains("made room"), "{gone}");
        assert!(contents.get("5").expect_err("it never was").contains("there is no drawer 5"));
        assert_eq!(contents.list().iter().map(|drawer| drawer.bytes).sum::<usize>(), 80);
    }

    #[test]
    fn what_is_in_use_stays() {
        let mut contents = Contents::default();
        assert!(contents.put("1".to_owned(), kept(60), Some(100)).is_ok());
        let in_use = contents.get("1").expect("it is there");
        let (_, kept_bytes) = contents.put("2".to_owned(), kept(60), Some(100)).expect_err("no room");
        assert_eq!(kept_bytes, 60);
        drop(in_use);
        assert_eq!(ids(&contents.put("2".to_owned(), kept(60), Some(100)).expect("room")), ["1"]);
    }
}
