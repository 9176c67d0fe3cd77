//! What an agent sends to its server.

use serde_json::value::RawValue;

use super::envelope::{Envelope, MessageError};
use super::event::Event;
use super::level::LogLevel;
use super::to_agent::Frame;
use crate::Token;

/// A frame from an agent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FromAgent {
    /// The first frame of a socket: who this is.
    Register {
        /// The instance of the app.
        instance_id: String,
        /// The app's bearer token.
        token: Token,
    },
    /// The answer to a HEARTBEAT.
    HeartbeatAnswer,
    /// How far an assignation is.
    Progress {
        /// The assignation.
        assignation: String,
        /// In percent.
        progress: Option<i64>,
        /// What it is doing.
        message: Option<String>,
    },
    /// What an assignation logged.
    Log {
        /// The assignation.
        assignation: String,
        /// What was logged.
        message: String,
        /// How serious it is.
        level: LogLevel,
    },
    /// What an assignation returned: once for a function, once an item for a generator.
    Yield {
        /// The assignation.
        assignation: String,
        /// The returns by key, an object.
        returns: Option<Box<RawValue>>,
    },
    /// The assignation has ended well.
    Done {
        /// The assignation.
        assignation: String,
    },
    /// The arguments or returns did not fit the ports.
    Error {
        /// The assignation.
        assignation: String,
        /// What did not fit.
        error: String,
    },
    /// The function failed.
    Critical {
        /// The assignation.
        assignation: String,
        /// Why.
        error: String,
    },
    /// The assignation was cancelled.
    Cancelled {
        /// The assignation.
        assignation: String,
    },
    /// The assignation was interrupted.
    Interrupted {
        /// The assignation.
        assignation: String,
    },
    /// The assignation is paused.
    Paused {
        /// The assignation.
        assignation: String,
    },
    /// The assignation goes on.
    Resumed {
        /// The assignation.
        assignation: String,
    },
    /// The agent has made a step.
    Stepped,
}

impl FromAgent {
    /// Reads a frame, as strictly as the server does.
    ///
    /// # Errors
    /// When it is not an object, its type is not one that agents send, or a field is missing or of another type.
    pub fn parse(text: &str) -> Result<Self, MessageError> {
        let envelope = Envelope::parse(text)?;
        let kind = envelope.text("type").ok_or(MessageError::NoType)?;
        let assignation = |message| envelope.of(message).text("assignation");
        Ok(match kind.as_str() {
            "REGISTER" => {
                let fields = envelope.of("REGISTER");
                Self::Register {
                    instance_id: fields.text("instance_id")?,
                    token: Token::new(fields.text("token")?),
                }
            }
            "HEARTBEAT_ANSWER" => Self::HeartbeatAnswer,
            "PROGRESS" => {
                let fields = envelope.of("PROGRESS");
                Self::Progress {
                    assignation: fields.text("assignation")?,
                    progress: fields.optional("progress", "an integer")?,
                    message: fields.optional_text("message")?,
                }
            }
            "LOG" => {
                let fields = envelope.of("LOG");
                Self::Log {
                    assignation: fields.text("assignation")?,
                    message: fields.text("message")?,
                    level: fields
                        .optional("level", "DEBUG, INFO, WARN, ERROR or CRITICAL")?
                        .unwrap_or(LogLevel::Info),
                }
            }
            "YIELD" => {
                let fields = envelope.of("YIELD");
                let returns = match fields.optional::<Box<RawValue>>("returns", "an object")? {
                    Some(_) => Some(fields.object("returns")?),
                    None => None,
                };
                Self::Yield { assignation: fields.text("assignation")?, returns }
            }
            "DONE" => Self::Done { assignation: assignation("DONE")? },
            "ERROR" => {
                Self::Error { assignation: assignation("ERROR")?, error: envelope.of("ERROR").text("error")? }
            }
            "CRITICAL" => Self::Critical {
                assignation: assignation("CRITICAL")?,
                error: envelope.of("CRITICAL").text("error")?,
            },
            "CANCELLED" => Self::Cancelled { assignation: assignation("CANCELLED")? },
            "INTERRUPTED" => Self::Interrupted { assignation: assignation("INTERRUPTED")? },
            "PAUSED" => Self::Paused { assignation: assignation("PAUSED")? },
            "RESUMED" => Self::Resumed { assignation: assignation("RESUMED")? },
            "STEPPED" => Self::Stepped,
            _ => return Err(MessageError::UnknownType(kind)),
        })
    }

    /// The frame's text, with this id.
    pub fn to_json(&self, id: uuid::Uuid) -> String {
        match self {
            Self::Register { instance_id, token } => {
                let mut frame = Frame::new(id, Some("REGISTER"));
                frame.text("instance_id", instance_id);
                frame.text("token", token.expose());
                frame.finish()
            }
            Self::HeartbeatAnswer => Frame::new(id, Some("HEARTBEAT_ANSWER")).finish(),
            Self::Progress { assignation, progress, message } => {
                Event::Progress { progress: *progress, message: message.as_deref() }.to_json(id, assignation)
            }
            Self::Log { assignation, message, level } => {
                Event::Log { level: *level, message }.to_json(id, assignation)
            }
            Self::Yield { assignation, returns } => Event::Yield(returns.as_deref()).to_json(id, assignation),
            Self::Done { assignation } => Event::Done.to_json(id, assignation),
            Self::Error { assignation, error } => Event::Error(error).to_json(id, assignation),
            Self::Critical { assignation, error } => Event::Critical(error).to_json(id, assignation),
            Self::Cancelled { assignation } => Event::Cancelled.to_json(id, assignation),
            Self::Interrupted { assignation } => Event::Interrupted.to_json(id, assignation),
            Self::Paused { assignation } => Event::Paused.to_json(id, assignation),
            Self::Resumed { assignation } => Event::Resumed.to_json(id, assignation),
            Self::Stepped => Event::Stepped.to_json(id, ""),
        }
    }

    /// The type, as on the wire.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Register { .. } => "REGISTER",
            Self::HeartbeatAnswer => "HEARTBEAT_ANSWER",
            Self::Progress { .. } => "PROGRESS",
            Self::Log { .. } => "LOG",
            Self::Yield { .. } => "YIELD",
            Self::Done { .. } => "DONE",
            Self::Error { .. } => "ERROR",
            Self::Critical { .. } => "CRITICAL",
            Self::Cancelled { .. } => "CANCELLED",
            Self::Interrupted { .. } => "INTERRUPTED",
            Self::Paused { .. } => "PAUSED",
            Self::Resumed { .. } => "RESUMED",
            Self::Stepped => "STEPPED",
        }
    }

    /// The assignation it is about, if it is about one.
    pub fn assignation(&self) -> Option<&str> {
        match self {
            Self::Register { .. } | Self::HeartbeatAnswer | Self::Stepped => None,
            Self::Progress { assignation, .. }
            | Self::Log { assignation, .. }
            | Self::Yield { assignation, .. }
            | Self::Done { assignation }
            | Self::Error { assignation, .. }
            | Self::Critical { assignation, .. }
            | Self::Cancelled { assignation }
            | Self::Interrupted { assignation }
            | Self::Paused { assignation }
            | Self::Resumed { assignation } => Some(assignation),
        }
    }
}
