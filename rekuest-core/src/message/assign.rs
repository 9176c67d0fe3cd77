//! ASSIGN: one call to run. The one frame that comes often, and so the one that is read in one pass.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::envelope::{Envelope, MessageError};
use super::to_agent::Frame;

/// The extension of what names none.
const DEFAULT_EXTENSION: &str = "default";

/// ASSIGN: one call to run.
#[derive(Debug, Clone)]
pub struct Assign {
    /// The function's interface.
    pub interface: String,
    /// The group of functions it is in; `default` unless given.
    pub extension: String,
    /// The id of this call.
    pub assignation: String,
    /// The caller's own name for this call.
    pub reference: Option<String>,
    /// The arguments, an object.
    pub args: Box<RawValue>,
    /// The calling user.
    pub user: Option<String>,
    /// The calling user's organization.
    pub org: Option<String>,
    /// The calling client.
    pub app: Option<String>,
    /// The action's hash.
    pub action: Option<String>,
    /// The reservation that the call was made through.
    pub reservation: Option<String>,
    /// The assignation at the root of the tree of calls.
    pub root: Option<String>,
    /// The assignation that made this call.
    pub parent: Option<String>,
    /// The implementations that serve the function's dependencies, by key.
    pub dependencies: BTreeMap<String, String>,
    /// Whether what the function prints is asked for.
    pub capture: bool,
    /// A message of the caller.
    pub message: Option<String>,
}

/// The frame as it nearly always is. Whatever does not fit is read again, field by field, to say what is wrong.
#[derive(Deserialize)]
struct Usual<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    interface: String,
    #[serde(default)]
    extension: Option<String>,
    assignation: String,
    #[serde(default)]
    reference: Option<String>,
    #[serde(borrow)]
    args: &'a RawValue,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    org: Option<String>,
    #[serde(default)]
    app: Option<String>,
    #[serde(default)]
    action: Option<String>,
    #[serde(default)]
    reservation: Option<String>,
    #[serde(default)]
    root: Option<String>,
    #[serde(default)]
    parent: Option<String>,
    #[serde(default)]
    dependencies: Option<BTreeMap<String, String>>,
    #[serde(default)]
    capture: Option<bool>,
    #[serde(default)]
    message: Option<String>,
}

impl Assign {
    /// A call of `interface` with these arguments, an object, and nothing else said.
    pub fn new(interface: impl Into<String>, assignation: impl Into<String>, args: Box<RawValue>) -> Self {
        Self {
            interface: interface.into(),
            extension: DEFAULT_EXTENSION.to_owned(),
            assignation: assignation.into(),
            reference: None,
            args,
            user: None,
            org: None,
            app: None,
            action: None,
            reservation: None,
            root: None,
            parent: None,
            dependencies: BTreeMap::new(),
            capture: false,
            message: None,
        }
    }

    /// The call in a frame that is an ASSIGN as it usually is.
    pub(super) fn usual(text: &str) -> Option<Self> {
        let frame: Usual<'_> = serde_json::from_str(text).ok()?;
        (frame.kind == "ASSIGN" && frame.args.get().starts_with('{')).then(|| Self {
            interface: frame.interface,
            extension: frame.extension.unwrap_or_else(|| DEFAULT_EXTENSION.to_owned()),
            assignation: frame.assignation,
            reference: frame.reference,
            args: frame.args.to_owned(),
            user: frame.user,
            org: frame.org,
            app: frame.app,
            action: frame.action,
            reservation: frame.reservation,
            root: frame.root,
            parent: frame.parent,
            dependencies: frame.dependencies.unwrap_or_default(),
            capture: frame.capture.unwrap_or_default(),
            message: frame.message,
        })
    }

    /// Reads only what running needs strictly: that a caller left out who it is must not cost it its answer.
    pub(super) fn read(envelope: &Envelope<'_>) -> Result<Self, MessageError> {
        let fields = envelope.of("ASSIGN");
        Ok(Self {
            interface: fields.text("interface")?,
            extension: fields.optional_text("extension")?.unwrap_or_else(|| DEFAULT_EXTENSION.to_owned()),
            assignation: fields.text("assignation")?,
            reference: fields.optional_text("reference")?,
            args: fields.object("args")?,
            user: fields.optional_text("user")?,
            org: fields.optional_text("org")?,
            app: fields.optional_text("app")?,
            action: fields.optional_text("action")?,
            reservation: fields.optional_text("reservation")?,
            root: fields.optional_text("root")?,
            parent: fields.optional_text("parent")?,
            dependencies: fields.optional("dependencies", "an object of strings")?.unwrap_or_default(),
            capture: fields.optional::<Flag>("capture", "a boolean")?.is_some_and(|capture| capture.0),
            message: fields.optional_text("message")?,
        })
    }

    pub(super) fn write(&self, frame: &mut Frame) {
        frame.text("interface", &self.interface);
        frame.text("extension", &self.extension);
        frame.optional_text("reservation", self.reservation.as_deref());
        frame.text("assignation", &self.assignation);
        frame.optional_text("root", self.root.as_deref());
        frame.optional_text("parent", self.parent.as_deref());
        frame.json("dependencies", &self.dependencies);
        frame.json("capture", &self.capture);
        frame.optional_text("reference", self.reference.as_deref());
        frame.raw("args", self.args.get());
        frame.optional_text("message", self.message.as_deref());
        frame.optional_text("user", self.user.as_deref());
        frame.optional_text("org", self.org.as_deref());
        frame.optional_text("app", self.app.as_deref());
        frame.optional_text("action", self.action.as_deref());
    }
}

/// A boolean, also written as a string, as the Python client reads it.
struct Flag(bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        match value.get() {
            "true" | "\"true\"" => Ok(Self(true)),
            "false" | "\"false\"" => Ok(Self(false)),
            _ => Err(serde::de::Error::custom("not a boolean")),
        }
    }
}
