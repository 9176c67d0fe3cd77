//! The load generator: one agent's websocket, on blocking reads and writes of whole batches.
//!
//! It stands where the server stands: sends INIT, ASSIGN, CANCEL and heartbeats, counts what comes back, and keeps at
//! most one thread busy, so that a bare agent has a core of its own on a machine of two.

use std::io::{self, ErrorKind, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::assign::{self, Assign};
use crate::frames::{self, Frame, Frames, Kind};

/// How long an agent may be silent while something is expected of it.
const PATIENCE: Duration = Duration::from_secs(120);

/// After this long without anything to read, heartbeats and what could not be written yet are looked at.
const TICK: Duration = Duration::from_millis(20);

/// How long after each answer the next HEARTBEAT follows: what the protocol says.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// One agent under load.
pub(crate) struct Load {
    stream: TcpStream,
    frames: Frames,
    /// What is to be written, and how much of it was.
    outgoing: Vec<u8>,
    written: usize,
    next: u64,
    heartbeat: Duration,
    /// When the next heartbeat is due; not while one is unanswered.
    due: Option<Instant>,
    /// When REGISTER had been read.
    pub(crate) registered: Instant,
}

impl Load {
    /// Reads REGISTER, sends INIT.
    pub(crate) fn register(stream: TcpStream, read: &[u8]) -> io::Result<Self> {
        stream.set_read_timeout(Some(TICK))?;
        stream.set_write_timeout(Some(TICK))?;
        let mut load = Self {
            stream,
            frames: Frames::new(read),
            outgoing: Vec::new(),
            written: 0,
            next: assign::FIRST,
            heartbeat: HEARTBEAT,
            due: Some(Instant::now() + HEARTBEAT),
            registered: Instant::now(),
        };
        let mut registered = false;
        while !registered {
            load.receive(|kind, _| {
                registered |= kind == Kind::Register;
                Ok(())
            })?;
        }
        load.registered = Instant::now();
        let init = concat!(
            r#"{"id": "8a7cf3c2-0c55-4b9b-9c0d-6c1f3a9a7d10", "type": "INIT", "instance_id": "default", "#,
            r#""agent": "1", "inquiries": [], "capabilities": ["pause", "interrupt", "unpaced"]}"#
        );
        frames::text(init.as_bytes(), &mut load.outgoing);
        load.send()?;
        Ok(load)
    }

    /// Heartbeats follow each answer after this long from now on.
    pub(crate) fn beat_each(&mut self, heartbeat: Duration) {
        self.heartbeat = heartbeat;
        self.due = self.due.map(|_| Instant::now() + heartbeat);
    }

    /// One assignation; returns the time until its DONE was read, and its YIELD as it was sent, up to some length.
    pub(crate) fn call(&mut self, assign: &Assign) -> io::Result<(Duration, String)> {
        let (mut done, mut returned) = (false, String::new());
        let number = self.next;
        self.next += 1;
        assign.write(number, &mut self.outgoing);
        let started = Instant::now();
        self.send()?;
        while !done {
            self.receive(|kind, payload| {
                match kind {
                    Kind::Yield if frames::assignation(payload) == Some(number) => {
                        returned = String::from_utf8_lossy(&payload[..payload.len().min(400)]).into_owned();
                    }
                    Kind::Done => done |= frames::assignation(payload) == Some(number),
                    _ => {}
                }
                Ok(())
            })?;
        }
        Ok((started.elapsed(), returned))
    }

    /// This many assignations, so many outstanding at a time; returns the time until the last DONE was read.
    pub(crate) fn pipeline(&mut self, assign: &Assign, count: usize, window: usize) -> io::Result<Duration> {
        let (mut sent, mut done) = (0, 0);
        let mut credit = window;
        let started = Instant::now();
        while done < count {
            for _ in 0..credit.min(count - sent) {
                assign.write(self.next, &mut self.outgoing);
                self.next += 1;
                sent += 1;
            }
            // Not all of it may fit: an agent that writes before it reads on waits for this side to read.
            self.push()?;
            credit = 0;
            self.receive(|kind, _| {
                credit += usize::from(kind == Kind::Done);
                Ok(())
            })?;
            done += credit;
        }
        Ok(started.elapsed())
    }

    /// Starts this many assignations that go on, in portions; returns the first id once all have begun.
    pub(crate) fn begin(&mut self, assign: &Assign, count: usize, portion: usize) -> io::Result<u64> {
        let first = self.next;
        let mut begun = 0;
        while begun < count {
            let portion = portion.min(count - begun);
            for _ in 0..portion {
                assign.write(self.next, &mut self.outgoing);
                self.next += 1;
            }
            self.send()?;
            let mut missing = portion;
            while missing > 0 {
                self.receive(|kind, _| {
                    missing = missing.saturating_sub(usize::from(kind == Kind::Progress));
                    Ok(())
                })?;
            }
            begun += portion;
        }
        Ok(first)
    }

    /// Cancels assignations, in portions; returns how many of them ended exactly once.
    pub(crate) fn cancel(&mut self, first: u64, count: usize, portion: usize) -> io::Result<usize> {
        let mut ended = vec![0_u8; count];
        let mut cancelled = 0;
        while cancelled < count {
            let until = count.min(cancelled + portion);
            for number in cancelled..until {
                assign::cancel(first + number as u64, &mut self.outgoing);
            }
            self.send()?;
            let mut missing = until - cancelled;
            while missing > 0 {
                self.receive(|kind, payload| {
                    if matches!(kind, Kind::Cancelled | Kind::Done) {
                        missing = missing.saturating_sub(1);
                        let number = frames::assignation(payload).and_then(|id| id.checked_sub(first));
                        if let Some(ended) = number.and_then(|number| ended.get_mut(number as usize)) {
                            *ended = ended.saturating_add(1);
                        }
                    }
                    Ok(())
                })?;
            }
            cancelled = until;
        }
        Ok(ended.iter().filter(|ends| **ends == 1).count())
    }

    /// Nothing but heartbeats for a while.
    pub(crate) fn idle(&mut self, time: Duration) -> io::Result<()> {
        let until = Instant::now() + time;
        while Instant::now() < until {
            self.poll(&mut |_, _| Ok(()))?;
        }
        Ok(())
    }

    /// Reads until something came, and hands each event on. An ERROR or CRITICAL is the end.
    fn receive(&mut self, mut each: impl FnMut(Kind, &[u8]) -> io::Result<()>) -> io::Result<()> {
        let started = Instant::now();
        while !self.poll(&mut each)? {
            if started.elapsed() > PATIENCE {
                return Err(io::Error::other(format!("the agent was silent for {PATIENCE:?}")));
            }
        }
        Ok(())
    }

    /// Reads at most once; false if nothing came.
    fn poll(&mut self, each: &mut dyn FnMut(Kind, &[u8]) -> io::Result<()>) -> io::Result<bool> {
        if self.due.is_some_and(|due| due <= Instant::now()) {
            self.due = None;
            let heartbeat = br#"{"id": "0d4c8c8e-7a65-4a5b-8b6a-2f6a0d1c9e33", "type": "HEARTBEAT"}"#;
            frames::text(heartbeat, &mut self.outgoing);
        }
        self.push()?;
        match self.frames.fill(&mut self.stream) {
            Ok(0) => return Err(io::Error::other("the agent cut the connection")),
            Ok(_) => {}
            Err(error) if waits(&error) => return Ok(false),
            Err(error) => return Err(error),
        }
        while let Some(frame) = self.frames.next()? {
            match frame {
                Frame::Event { kind: Kind::HeartbeatAnswer, .. } => {
                    self.due = Some(Instant::now() + self.heartbeat);
                }
                Frame::Event { kind: Kind::Failed, payload } => {
                    let text = String::from_utf8_lossy(&payload[..payload.len().min(400)]).into_owned();
                    return Err(io::Error::other(format!("an assignation failed: {text}")));
                }
                Frame::Event { kind, payload } => each(kind, payload)?,
                Frame::Ping(payload) => frames::pong(payload, &mut self.outgoing),
                Frame::Closed(code) => {
                    return Err(io::Error::other(format!("the agent closed the connection with {code}")));
                }
                Frame::Ignored => {}
            }
        }
        Ok(true)
    }

    /// Writes everything.
    fn send(&mut self) -> io::Result<()> {
        let started = Instant::now();
        while !self.outgoing.is_empty() {
            self.push()?;
            if started.elapsed() > PATIENCE {
                return Err(io::Error::other(format!("the agent did not read for {PATIENCE:?}")));
            }
        }
        Ok(())
    }

    /// Writes what there is room for.
    fn push(&mut self) -> io::Result<()> {
        while self.written < self.outgoing.len() {
            match self.stream.write(&self.outgoing[self.written..]) {
                Ok(written) => self.written += written,
                Err(error) if waits(&error) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        self.outgoing.clear();
        self.written = 0;
        Ok(())
    }
}

/// Nothing to read, or no room to write, for now.
fn waits(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}
