//! What a server sends to an agent.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::assign::Assign;
use super::capabilities::Capabilities;
use super::envelope::{Envelope, MessageError};
use crate::json::JsonWriter;

/// A frame to an agent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ToAgent {
    /// The agent is registered.
    Init(Init),
    /// A call to run.
    Assign(Box<Assign>),
    /// Stop an assignation.
    Cancel {
        /// The assignation.
        assignation: String,
    },
    /// Stop an assignation without waiting for its cleanup.
    Interrupt {
        /// The assignation.
        assignation: String,
    },
    /// Halt an assignation at its next breakpoint.
    Pause {
        /// The assignation.
        assignation: String,
    },
    /// Let a paused assignation go on.
    Resume {
        /// The assignation.
        assignation: String,
    },
    /// Let a paused assignation go on to its next breakpoint.
    Step {
        /// The assignation.
        assignation: String,
    },
    /// Drop values from memory.
    Collect {
        /// The ids of their drawers.
        drawers: Vec<String>,
    },
    /// Answer, to show that the agent lives.
    Heartbeat,
    /// Close and come back.
    Bounce {
        /// After how many seconds; at once if none.
        duration: Option<f64>,
    },
    /// Close and stay away.
    Kick {
        /// Why.
        reason: Option<String>,
    },
    /// A frame that the agent sent was not understood. The server closes with 3003 next.
    ProtocolError {
        /// What the server says of it.
        error: String,
    },
    /// A type that this version does not know.
    Unknown {
        /// Its name.
        kind: String,
    },
}

/// INIT: the answer to REGISTER.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Init {
    /// The instance that was registered. Later servers leave it out.
    pub instance_id: Option<String>,
    /// The agent's id.
    pub agent: String,
    /// The assignations of this agent that the server holds open, in no order.
    pub inquiries: Vec<String>,
    /// What the server takes beyond the observed one of this generation.
    pub capabilities: Capabilities,
}

#[derive(Serialize, Deserialize)]
struct Inquiry {
    assignation: String,
}

impl ToAgent {
    /// Reads a frame.
    ///
    /// # Errors
    /// When it is not an object, has no type, or a field that the agent needs is missing or of another type. A type
    /// that is not known is no error but [`ToAgent::Unknown`].
    pub fn parse(text: &str) -> Result<Self, MessageError> {
        if let Some(assign) = Assign::usual(text) {
            return Ok(Self::Assign(Box::new(assign)));
        }
        let envelope = Envelope::parse(text)?;
        let Some(kind) = envelope.text("type") else {
            return match envelope.of("protocol error").optional::<Box<RawValue>>("error", "a text")? {
                Some(error) => Ok(Self::ProtocolError { error: plain(&error) }),
                None => Err(MessageError::NoType),
            };
        };
        let assignation = |message| envelope.of(message).text("assignation");
        Ok(match kind.as_str() {
            "ASSIGN" => Self::Assign(Box::new(Assign::read(&envelope)?)),
            "INIT" => Self::Init(Init::read(&envelope)?),
            "HEARTBEAT" => Self::Heartbeat,
            "CANCEL" => Self::Cancel { assignation: assignation("CANCEL")? },
            "INTERRUPT" => Self::Interrupt { assignation: assignation("INTERRUPT")? },
            "PAUSE" => Self::Pause { assignation: assignation("PAUSE")? },
            "RESUME" => Self::Resume { assignation: assignation("RESUME")? },
            "STEP" => Self::Step { assignation: assignation("STEP")? },
            "COLLECT" => {
                Self::Collect { drawers: envelope.of("COLLECT").required("drawers", "a list of strings")? }
            }
            "BOUNCE" => {
                Self::Bounce { duration: envelope.of("BOUNCE").optional("duration", "a number of seconds")? }
            }
            "KICK" => Self::Kick { reason: envelope.of("KICK").optional_text("reason")? },
            "PROTOCOL_ERROR" => {
                let error: Option<Box<RawValue>> =
                    envelope.of("PROTOCOL_ERROR").optional("error", "a text")?;
                Self::ProtocolError { error: error.map(|error| plain(&error)).unwrap_or_default() }
            }
            _ => Self::Unknown { kind },
        })
    }

    /// The frame's text, with this id.
    pub fn to_json(&self, id: uuid::Uuid) -> String {
        let mut frame = Frame::new(id, self.kind());
        match self {
            Self::Init(init) => {
                frame.optional_text("instance_id", init.instance_id.as_deref());
                frame.text("agent", &init.agent);
                let inquiries =
                    init.inquiries.iter().map(|assignation| Inquiry { assignation: assignation.clone() });
                frame.json("inquiries", &inquiries.collect::<Vec<_>>());
                // Who has nothing to announce sends the frame as it always was.
                if init.capabilities != Capabilities::NONE {
                    frame.json("capabilities", &init.capabilities);
                }
            }
            Self::Assign(assign) => assign.write(&mut frame),
            Self::Cancel { assignation }
            | Self::Interrupt { assignation }
            | Self::Pause { assignation }
            | Self::Resume { assignation }
            | Self::Step { assignation } => frame.text("assignation", assignation),
            Self::Collect { drawers } => frame.json("drawers", drawers),
            Self::Bounce { duration } => frame.json("duration", duration),
            Self::Kick { reason } => frame.optional_text("reason", reason.as_deref()),
            Self::ProtocolError { error } => frame.text("error", error),
            Self::Heartbeat | Self::Unknown { .. } => {}
        }
        frame.finish()
    }

    /// The type; none for the protocol error, which this generation sends without one.
    fn kind(&self) -> Option<&str> {
        Some(match self {
            Self::Init(_) => "INIT",
            Self::Assign(_) => "ASSIGN",
            Self::Cancel { .. } => "CANCEL",
            Self::Interrupt { .. } => "INTERRUPT",
            Self::Pause { .. } => "PAUSE",
            Self::Resume { .. } => "RESUME",
            Self::Step { .. } => "STEP",
            Self::Collect { .. } => "COLLECT",
            Self::Heartbeat => "HEARTBEAT",
            Self::Bounce { .. } => "BOUNCE",
            Self::Kick { .. } => "KICK",
            Self::ProtocolError { .. } => return None,
            Self::Unknown { kind } => kind,
        })
    }
}

/// The text of a JSON string, or any other JSON as it is.
fn plain(value: &RawValue) -> String {
    serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().to_owned())
}

impl Init {
    fn read(envelope: &Envelope<'_>) -> Result<Self, MessageError> {
        let fields = envelope.of("INIT");
        let inquiries: Option<Vec<Inquiry>> = fields.optional("inquiries", "a list of {assignation}")?;
        Ok(Self {
            instance_id: fields.optional_text("instance_id")?,
            agent: fields.text("agent")?,
            inquiries: inquiries.into_iter().flatten().map(|inquiry| inquiry.assignation).collect(),
            capabilities: fields.optional("capabilities", "a list of words")?.unwrap_or_default(),
        })
    }
}

/// What most frames fit in, in bytes.
const USUAL_FRAME: usize = 160;

/// Writes a frame, field by field.
pub(super) struct Frame {
    out: JsonWriter,
}

impl Frame {
    pub(super) fn new(id: uuid::Uuid, kind: Option<&str>) -> Self {
        let mut out = JsonWriter::with_capacity(USUAL_FRAME);
        out.raw("{\"id\":\"");
        out.raw(id.as_hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()));
        out.raw("\"");
        let mut frame = Self { out };
        if let Some(kind) = kind {
            frame.text("type", kind);
        }
        frame
    }

    fn key(&mut self, name: &str) {
        self.out.raw(",\"");
        self.out.raw(name);
        self.out.raw("\":");
    }

    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.key(name);
        self.out.string(text);
    }

    pub(super) fn optional_text(&mut self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => self.text(name, text),
            None => self.raw(name, "null"),
        }
    }

    /// Something whose JSON cannot fail: lists, maps and scalars of plain data.
    pub(super) fn json(&mut self, name: &str, value: &impl Serialize) {
        self.raw(name, &serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()));
    }

    pub(super) fn number(&mut self, name: &str, number: i64) {
        self.key(name);
        self.out.number(number);
    }

    pub(super) fn raw(&mut self, name: &str, json: &str) {
        self.key(name);
        self.out.raw(json);
    }

    pub(super) fn finish(mut self) -> String {
        self.out.raw("}");
        self.out.into_string()
    }
}
