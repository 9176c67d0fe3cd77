//! Websocket frames as a server sees them, by hand: written unmasked, read without unmasking more than is looked at.
//!
//! A websocket library costs more for each frame than a fast agent does, and the load generator must not be what is
//! measured. Only what agents send is understood: text in one piece, pings, close.

use std::io::{self, Read};

/// How much is asked of the socket at once.
const READ: usize = 1 << 20;

/// As much of a frame is unmasked before its type is looked for. Agents say the type long before a large value.
const HEAD: usize = 4096;

const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// What an agent says with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Register,
    HeartbeatAnswer,
    Progress,
    Yield,
    Done,
    Cancelled,
    /// ERROR or CRITICAL.
    Failed,
    /// LOG, and whatever else does not count.
    Other,
}

/// One frame.
pub(crate) enum Frame<'b> {
    Event { kind: Kind, payload: &'b [u8] },
    Ping(&'b [u8]),
    Closed(u16),
    Ignored,
}

/// Frames as they are cut out of what was read.
pub(crate) struct Frames {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Where the type stood in the frame before: it mostly stands there again.
    hint: usize,
}

impl Frames {
    /// With what was read behind the handshake.
    pub(crate) fn new(read: &[u8]) -> Self {
        let mut buffer = vec![0; READ.max(read.len())];
        buffer[..read.len()].copy_from_slice(read);
        Self { buffer, start: 0, end: read.len(), hint: 0 }
    }

    /// Reads once.
    pub(crate) fn fill(&mut self, stream: &mut impl Read) -> io::Result<usize> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = stream.read(&mut self.buffer[self.end..])?;
        self.end += read;
        Ok(read)
    }

    /// The next frame that is there as a whole.
    pub(crate) fn next(&mut self) -> io::Result<Option<Frame<'_>>> {
        let read = &mut self.buffer[self.start..self.end];
        let Some((opcode, head, length)) = header(read) else { return Ok(None) };
        if read.len() < head + length {
            return Ok(None);
        }
        self.start += head + length;
        let key = [read[head - 4], read[head - 3], read[head - 2], read[head - 1]];
        let payload = &mut read[head..head + length];
        let (looked_at, rest) = payload.split_at_mut(length.min(HEAD));
        unmask(looked_at, key);
        Ok(Some(match opcode {
            TEXT => {
                if kind(looked_at, &mut self.hint).is_none() {
                    unmask(rest, key);
                }
                let payload = &*payload;
                let kind = kind(payload, &mut self.hint).ok_or_else(|| {
                    let text = String::from_utf8_lossy(&payload[..length.min(HEAD)]).into_owned();
                    io::Error::other(format!("the agent sent a frame without a type: {text}"))
                })?;
                Frame::Event { kind, payload }
            }
            CLOSE => match payload {
                [high, low, ..] => Frame::Closed(u16::from_be_bytes([*high, *low])),
                _ => Frame::Closed(1005),
            },
            PING => Frame::Ping(payload),
            _ => Frame::Ignored,
        }))
    }
}

/// Opcode, length of the header with its mask, and length of the payload.
fn header(read: &[u8]) -> Option<(u8, usize, usize)> {
    let [first, second, rest @ ..] = read else { return None };
    let (extended, length) = match second & 0x7f {
        126 => (2, usize::from(u16::from_be_bytes(*rest.first_chunk()?))),
        127 => (8, usize::try_from(u64::from_be_bytes(*rest.first_chunk()?)).ok()?),
        length => (0, usize::from(length)),
    };
    let head = 2 + extended + 4;
    assert!(second & 0x80 != 0, "a client masks its frames");
    (read.len() >= head).then_some((first & 0x0f, head, length))
}

fn unmask(payload: &mut [u8], key: [u8; 4]) {
    let wide = u64::from_ne_bytes([key[0], key[1], key[2], key[3], key[0], key[1], key[2], key[3]]);
    let (words, tail) = payload.as_chunks_mut::<8>();
    for word in words {
        *word = (u64::from_ne_bytes(*word) ^ wide).to_ne_bytes();
    }
    for (byte, key) in tail.iter_mut().zip(key.into_iter().cycle()) {
        *byte ^= key;
    }
}

/// What the frame's `type` says.
fn kind(payload: &[u8], hint: &mut usize) -> Option<Kind> {
    Some(match text_of(payload, b"\"type\"", hint)? {
        b"REGISTER" => Kind::Register,
        b"HEARTBEAT_ANSWER" => Kind::HeartbeatAnswer,
        b"PROGRESS" => Kind::Progress,
        b"YIELD" => Kind::Yield,
        b"DONE" => Kind::Done,
        b"CANCELLED" => Kind::Cancelled,
        b"ERROR" | b"CRITICAL" => Kind::Failed,
        _ => Kind::Other,
    })
}

/// The assignation that a frame is about.
pub(crate) fn assignation(payload: &[u8]) -> Option<u64> {
    let text = text_of(&payload[..payload.len().min(HEAD)], b"\"assignation\"", &mut 0)?;
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The text behind a key. Inside of a text its quotes would be escaped, so whatever is found is a key or a whole text;
/// a text is not followed by a colon.
fn text_of<'p>(payload: &'p [u8], key: &[u8], hint: &mut usize) -> Option<&'p [u8]> {
    if let Some(text) = payload.get(*hint..).and_then(|rest| value(rest.strip_prefix(key)?)) {
        return Some(text);
    }
    let mut searched = payload.windows(key.len()).enumerate().filter(|(_, window)| *window == key);
    searched.find_map(|(at, _)| {
        let text = value(&payload[at + key.len()..])?;
        *hint = at;
        Some(text)
    })
}

fn value(rest: &[u8]) -> Option<&[u8]> {
    let text = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start().strip_prefix(b"\"")?;
    Some(&text[..text.iter().position(|byte| *byte == b'"')?])
}

/// Appends a text frame.
pub(crate) fn text(payload: &[u8], out: &mut Vec<u8>) {
    write(TEXT, payload, out);
}

/// Appends the answer to a ping.
pub(crate) fn pong(payload: &[u8], out: &mut Vec<u8>) {
    write(PONG, payload, out);
}

fn write(opcode: u8, payload: &[u8], out: &mut Vec<u8>) {
    out.push(0x80 | opcode);
    match payload.len() {
        length @ 0..126 => out.push(length as u8),
        length @ 126..=0xffff => {
            out.push(126);
            out.extend_from_slice(&(length as u16).to_be_bytes());
        }
        length => {
            out.push(127);
            out.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(payload);
}
