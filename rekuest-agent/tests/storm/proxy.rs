//! What is between the agent and the model server: it cuts after exactly so many bytes, stalls, delivers in pieces.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use crate::place::Tracker;
use crate::plan::Cut;
use crate::tally;

/// How much goes through at once where nothing else is said.
pub(crate) const WHOLE: usize = 16 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    ToAgent,
    ToServer,
}

/// One connection through the proxy.
#[derive(Debug)]
pub(crate) struct Link {
    to_agent: Side,
    to_server: Side,
    is_cut: AtomicBool,
    cut: Notify,
    resets: AtomicBool,
    loses_arrived: AtomicBool,
}

#[derive(Debug)]
struct Side {
    state: Mutex<SideState>,
    changed: Notify,
}

#[derive(Debug)]
struct SideState {
    passed: u64,
    cut_at: Option<u64>,
    stalled: Option<Instant>,
    pieces: usize,
    tracker: Tracker,
}

impl Side {
    fn new(pieces: usize) -> Self {
        let state = SideState { passed: 0, cut_at: None, stalled: None, pieces, tracker: Tracker::default() };
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    fn lock(&self) -> MutexGuard<'_, SideState> {
        self.state.lock().expect("unpoisoned")
    }
}

impl Link {
    pub(crate) fn new(pieces: usize) -> Self {
        Self {
            to_agent: Side::new(pieces),
            to_server: Side::new(pieces),
            is_cut: AtomicBool::new(false),
            cut: Notify::new(),
            resets: AtomicBool::new(false),
            loses_arrived: AtomicBool::new(false),
        }
    }

    fn side(&self, direction: Direction) -> &Side {
        match direction {
            Direction::ToAgent => &self.to_agent,
            Direction::ToServer => &self.to_server,
        }
    }

    /// Cuts after so many more bytes.
    pub(crate) fn cuts(&self, cut: Cut) {
        self.resets.store(cut.resets, Ordering::SeqCst);
        self.loses_arrived.store(cut.loses_arrived, Ordering::SeqCst);
        let side = self.side(cut.direction);
        let mut state = side.lock();
        state.cut_at = Some(state.passed + cut.after);
        drop(state);
        side.changed.notify_one();
    }

    pub(crate) fn stalls(&self, direction: Direction, time: Duration) {
        let side = self.side(direction);
        side.lock().stalled = Some(Instant::now() + time);
        side.changed.notify_one();
    }

    pub(crate) fn pieces(&self, most: usize) {
        for side in [&self.to_agent, &self.to_server] {
            side.lock().pieces = most;
            side.changed.notify_one();
        }
    }

    /// Nothing happens to it any more.
    pub(crate) fn calm(&self) {
        for side in [&self.to_agent, &self.to_server] {
            let mut state = side.lock();
            state.cut_at = None;
            state.stalled = None;
            state.pieces = WHOLE;
            drop(state);
            side.changed.notify_one();
        }
    }

    /// Cuts now.
    pub(crate) fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        self.cut.notify_one();
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::SeqCst)
    }

    /// Whether what has arrived at the server is lost.
    pub(crate) fn has_lost_arrived(&self) -> bool {
        self.is_cut() && self.loses_arrived.load(Ordering::SeqCst)
    }

    pub(crate) fn loses_arrived(&self) {
        self.loses_arrived.store(true, Ordering::SeqCst);
    }

    /// How many bytes have gone through.
    pub(crate) fn passed(&self, direction: Direction) -> u64 {
        self.side(direction).lock().passed
    }

    /// Carries bytes until the connection is closed or cut.
    pub(crate) async fn carry(&self, mut agent: TcpStream, server: DuplexStream) {
        // What is not delivered at once is not delivered byte by byte.
        let _ = agent.set_nodelay(true);
        let (from_agent, to_agent) = agent.split();
        let (from_server, to_server) = tokio::io::split(server);
        let both = async {
            tokio::join!(
                self.pump(Direction::ToServer, from_agent, to_server),
                self.pump(Direction::ToAgent, from_server, to_agent)
            )
        };
        tokio::select! {
            _ = both => {}
            () = self.cut.notified() => {}
        }
        if self.is_cut() && self.resets.load(Ordering::SeqCst) {
            let _ = agent.set_zero_linger();
        }
    }

    async fn pump(
        &self,
        direction: Direction,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
    ) {
        let side = self.side(direction);
        let mut buffer = vec![0; WHOLE];
        loop {
            let changed = side.changed.notified();
            let (stalled, most) = {
                let state = side.lock();
                let left = state.cut_at.map_or(u64::MAX, |at| at.saturating_sub(state.passed));
                (state.stalled, usize::try_from(left).unwrap_or(usize::MAX).min(state.pieces).min(WHOLE))
            };
            if most == 0 {
                tally::cut(direction, side.lock().tracker.place());
                return self.cut();
            }
            if let Some(until) = stalled.filter(|until| *until > Instant::now()) {
                tokio::select! {
                    () = sleep_until(until) => {}
                    () = changed => {}
                }
                continue;
            }
            let read = tokio::select! {
                read = from.read(&mut buffer[..most]) => read,
                () = changed => continue,
            };
            match read {
                Ok(0) => {
                    let _ = to.shutdown().await;
                    return;
                }
                Ok(count) => {
                    if to.write_all(&buffer[..count]).await.is_err() {
                        return;
                    }
                    let mut state = side.lock();
                    state.passed += count as u64;
                    state.tracker.pass(&buffer[..count]);
                }
                Err(_) => return self.cut(),
            }
            if most < WHOLE {
                // Whoever reads gets to see the piece.
                tokio::task::yield_now().await;
            }
        }
    }
}
