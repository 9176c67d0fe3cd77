//! Where in a websocket's bytes a cut falls.

/// A place between two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Handshake,
    /// Between two frames.
    Between,
    Header,
    Payload,
}

/// Follows the bytes of one direction.
#[derive(Debug)]
pub(crate) enum Tracker {
    /// So many bytes of the empty line that ends it have passed.
    Handshake(usize),
    /// The header so far.
    Header(Vec<u8>),
    /// So many bytes are left of a payload.
    Payload(u64),
}

impl Default for Tracker {
    fn default() -> Self {
        Self::Handshake(0)
    }
}

impl Tracker {
    pub(crate) fn place(&self) -> Place {
        match self {
            Self::Handshake(_) => Place::Handshake,
            Self::Header(header) if header.is_empty() => Place::Between,
            Self::Header(_) => Place::Header,
            Self::Payload(_) => Place::Payload,
        }
    }

    pub(crate) fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.pass_one(byte);
        }
    }

    fn pass_one(&mut self, byte: u8) {
        const END: &[u8] = b"\r\n\r\n";
        match self {
            Self::Handshake(matched) => {
                *matched = match byte {
                    _ if byte == END[*matched] => *matched + 1,
                    b'\r' => 1,
                    _ => 0,
                };
                if *matched == END.len() {
                    *self = Self::Header(Vec::new());
                }
            }
            Self::Header(header) => {
                header.push(byte);
                if let Some(payload) = payload(header) {
                    *self = if payload == 0 { Self::Header(Vec::new()) } else { Self::Payload(payload) };
                }
            }
            Self::Payload(left) => {
                *left -= 1;
                if *left == 0 {
                    *self = Self::Header(Vec::new());
                }
            }
        }
    }
}

/// How long the payload is, once the header is complete.
fn payload(header: &[u8]) -> Option<u64> {
    let second = *header.get(1)?;
    let extended = match second & 0x7f {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    if header.len() < 2 + extended + mask {
        return None;
    }
    let length = header[2..2 + extended].iter().fold(0, |length, byte| length << 8 | u64::from(*byte));
    Some(if extended == 0 { u64::from(second & 0x7f) } else { length })
}
