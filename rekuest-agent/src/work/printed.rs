//! What functions print, for callers who ask for it. Standard output belongs to the whole process, so such an assignation
//! runs alone.

use std::sync::Arc;

use rekuest_core::message::LogLevel;
use rekuest_core::task::{Captured, PrintedOutput};
use rekuest_core::{Host as _, Task};
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::Work;

/// Standard output, and whose turn it is.
#[derive(Debug)]
pub(crate) struct Printed {
    output: Arc<dyn PrintedOutput>,
    turn: RwLock<()>,
}

/// The turn of one assignation, with what it prints if its caller asked for it.
pub(super) enum Turn<'a> {
    /// There is nobody who takes what is printed.
    Any,
    Shared(#[expect(dead_code, reason = "held")] RwLockReadGuard<'a, ()>),
    Alone(RwLockWriteGuard<'a, ()>, Option<Box<dyn Captured>>),
}

impl Printed {
    pub(crate) fn new(output: Arc<dyn PrintedOutput>) -> Self {
        Self { output, turn: RwLock::new(()) }
    }
}

impl Work {
    /// Whether what it prints is to be taken.
    pub(crate) fn takes_printed(&self) -> Option<&Printed> {
        self.workshop.printed.as_ref().filter(|_| self.assign.capture)
    }

    fn is_queued(&self) {
        self.progress(Some(0), Some("Queued".to_owned()));
    }

    /// Waits for its turn.
    pub(super) async fn turn(&self, task: &Task) -> Turn<'_> {
        let Some(printed) = &self.workshop.printed else { return Turn::Any };
        // Who called it waits for it, and has its turn.
        if self.parent().is_some_and(|parent| self.workshop.table.is_open(parent)) {
            return Turn::Any;
        }
        if self.takes_printed().is_none() {
            if let Ok(shared) = printed.turn.try_read() {
                return Turn::Shared(shared);
            }
            self.is_queued();
            return Turn::Shared(printed.turn.read().await);
        }
        let alone = match printed.turn.try_write() {
            Ok(alone) => alone,
            Err(_) => {
                self.is_queued();
                printed.turn.write().await
            }
        };
        let captured = printed.output.capture().map_err(|reason| {
            task.log(LogLevel::Warn, format_args!("what the function prints cannot be sent: {reason}"));
        });
        Turn::Alone(alone, captured.ok())
    }
}

impl Turn<'_> {
    /// Sends what was printed. It may block for a moment, as the thread may where it is taken.
    pub(super) fn finish(self, task: &Task) {
        if let Self::Alone(_alone, Some(captured)) = self {
            for line in captured.finish().lines() {
                task.log(LogLevel::Info, line);
            }
        }
    }
}
