//! Arguments: reading them inside an agent, writing them for a call.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;

use futures_util::FutureExt as _;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Contexts;
use crate::definition::DefinitionBuf;
use crate::injected::Need;
use crate::invocation::{Failure, Invocation};
use crate::json::JsonWriter;
use crate::port::{Annotations, Port};
use crate::value::{Expand, PortType, Shrink, ValueError};

/// Something a registered function can take: a value with a port, or something that the agent injects.
///
/// There is nothing to implement: every type that implements [`Expand`] is a parameter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a registered function",
    label = "this type has no port and is not injected",
    note = "types with a port: integers, floats, `bool`, `String`, dates by feature (`chrono`, `jiff`); `Option`, `Box`, `Arc`, `Vec`, arrays, `VecDeque`, sets and maps from `String` of these; for types of your own derive `Model`, `Choice`, `Union` or `Structure`, or take `Memory<T>` with `#[derive(Memorable)]` on `T`",
    note = "what the app shares is taken as `Ctx<T>`, what it shows as `State<T>`"
)]
pub trait Parameter: Sized + Send {
    /// The port, or none for what is injected.
    const PORT: Option<Port>;

    /// What the app has to have for it.
    const NEED: Option<Need> = None;

    /// Reads or fetches the parameter called `key`.
    fn take(
        invocation: &Invocation,
        arguments: &Arguments<'_>,
        key: &'static str,
    ) -> impl Future<Output = Result<Self, Failure>> + Send;
}

impl<T: Expand> Parameter for T {
    const PORT: Option<Port> = Some(<T as PortType>::PORT);

    async fn take(
        invocation: &Invocation,
        arguments: &Arguments<'_>,
        key: &'static str,
    ) -> Result<Self, Failure> {
        arguments.expand(key, invocation.contexts()).await.map_err(Failure::Arguments)
    }
}

/// A parameter or a field of type `T` under its key, with what is said about it.
#[derive(Debug)]
pub struct Member<T> {
    key: &'static str,
    default: Option<fn() -> T>,
    annotations: Option<&'static Annotations>,
}

impl<T> Member<T> {
    /// The member under `key`.
    pub const fn new(key: &'static str) -> Self {
        Self { key, default: None, annotations: None }
    }

    /// The same member with a default.
    #[must_use]
    pub const fn or(self, default: fn() -> T) -> Self {
        Self { default: Some(default), ..self }
    }

    /// The same member with bounds and choices that are enforced.
    #[must_use]
    pub const fn annotated(self, annotations: &'static Annotations) -> Self {
        Self { annotations: Some(annotations), ..self }
    }

    /// Its key.
    pub(crate) const fn key(&self) -> &'static str {
        self.key
    }

    /// Looks at what is given before it is read: the default where it is missing or null, else its bounds.
    fn look(&self, arguments: &Arguments<'_>) -> Result<Option<T>, ValueError> {
        let given = arguments.get(self.key);
        match (given, self.default, self.annotations) {
            (None, Some(default), _) => Ok(Some(default())),
            (Some(value), _, Some(annotations)) => {
                annotations.enforce(value).map_err(|error| error.at_key(self.key)).map(|()| None)
            }
            _ => Ok(None),
        }
    }
}

/// The arguments of one invocation: a JSON object, by key, not yet read. Also the returns at a caller.
///
/// An argument that is null counts as missing (protocol, section 5).
#[derive(Debug)]
pub struct Arguments<'a> {
    entries: Entries<'a>,
}

impl<'a> Arguments<'a> {
    /// Takes the object apart.
    ///
    /// # Errors
    /// When the JSON is not an object.
    pub fn parse(object: &'a RawValue) -> Result<Self, ValueError> {
        serde_json::from_str(object.get())
            .map(|entries| Self { entries })
            .map_err(|_| ValueError::expected_json("an object", object))
    }

    /// The argument called `key`, unless it is missing or null.
    pub fn get(&self, key: &str) -> Option<&'a RawValue> {
        // As everywhere in JSON, the last of several counts.
        let (_, value) = self.entries.0.iter().rfind(|(entry, _)| entry == key)?;
        Some(*value).filter(|value| value.get() != "null")
    }

    /// Reads the argument called `key`; a missing one is null where the port takes null.
    ///
    /// # Errors
    /// When the value does not fit, or is missing; the error's path begins with `key`.
    pub async fn expand<T: Expand>(&self, key: &str, contexts: &Contexts) -> Result<T, ValueError> {
        let expanded = match self.get(key) {
            Some(value) => T::expand(value, contexts).await,
            None if T::PORT.is_nullable() => T::expand(RawValue::NULL, contexts).await,
            None => Err(ValueError::missing(T::PORT.kind().as_str())),
        };
        expanded.map_err(|error| error.at_key(key))
    }

    /// Reads the parameter called `key`: what generated code calls.
    ///
    /// # Errors
    /// When the argument does not fit or is missing.
    pub async fn take<T: Parameter>(&self, invocation: &Invocation, key: &'static str) -> Result<T, Failure> {
        T::take(invocation, self, key).await
    }

    /// Reads a parameter with all that is said about it: its default where it is missing or null, else its bounds first.
    ///
    /// # Errors
    /// When the argument does not fit, or is missing and has no default.
    pub(crate) async fn take_member<T: Parameter>(
        &self,
        invocation: &Invocation,
        member: Member<T>,
    ) -> Result<T, Failure> {
        match member.look(self).map_err(Failure::Arguments)? {
            Some(default) => Ok(default),
            None => self.take(invocation, member.key).await,
        }
    }

    /// Reads the field of a model with all that is said about it: its default where it is missing or null, else its
    /// bounds first.
    ///
    /// # Errors
    /// When the field does not fit, or is missing and has no default.
    pub async fn expand_member<T: Expand>(
        &self,
        member: Member<T>,
        contexts: &Contexts,
    ) -> Result<T, ValueError> {
        match member.look(self)? {
            Some(default) => Ok(default),
            None => self.expand(member.key, contexts).await,
        }
    }

    /// The same arguments, with the defaults of `definition` where one is missing or null.
    pub(crate) fn or_defaults(mut self, definition: &'a DefinitionBuf) -> Self {
        for port in &definition.args {
            if let (None, Some(default)) = (self.get(&port.key), &port.default) {
                self.entries.0.push((Cow::Borrowed(&port.key), default.raw()));
            }
        }
        self
    }
}

/// The members of a JSON object in order, their values borrowed and not yet read.
#[derive(Debug)]
pub(crate) struct Entries<'a>(pub(crate) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Borrows the key where it has no escapes.
        #[derive(serde::Deserialize)]
        struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((Key(key), value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// Writes the arguments of a call: an object, key by key.
#[derive(Debug)]
pub struct ArgumentsWriter<'c> {
    out: JsonWriter,
    contexts: &'c Contexts,
    empty: bool,
}

impl<'c> ArgumentsWriter<'c> {
    /// No arguments yet.
    pub fn new(contexts: &'c Contexts) -> Self {
        let mut out = JsonWriter::new();
        out.raw("{");
        Self { out, contexts, empty: true }
    }

    /// Adds the argument called `key`.
    ///
    /// # Errors
    /// When the value has no JSON; the error's path begins with `key`.
    pub async fn put<T: Shrink>(&mut self, key: &str, value: T) -> Result<(), ValueError> {
        if !std::mem::replace(&mut self.empty, false) {
            self.out.raw(",");
        }
        self.out.string(key);
        self.out.raw(":");
        value.shrink(&mut self.out, self.contexts).await.map_err(|error| error.at_key(key))
    }

    /// The object.
    ///
    /// # Errors
    /// When a `Shrink` wrote malformed JSON.
    pub fn finish(mut self) -> Result<Box<RawValue>, ValueError> {
        self.out.raw("}");
        self.out.into_raw()
    }
}

/// The JSON of a default, for its port.
///
/// # Errors
/// When the value has no JSON, or would have to be awaited.
#[doc(hidden)]
pub fn default_json<T: Shrink>(value: T) -> Result<Box<RawValue>, ValueError> {
    let mut out = JsonWriter::new();
    let contexts = Contexts::default();
    match value.shrink(&mut out, &contexts).now_or_never() {
        Some(written) => written.and_then(|()| out.into_raw()),
        None => Err(ValueError::invalid("a default cannot be a value that has to be awaited")),
    }
}
