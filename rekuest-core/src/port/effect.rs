//! Effects, descriptors and port groups: what user interfaces do with ports.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::Scalar;
use super::annotations::assert_known;
use super::validator::{assert_arrow, some};

/// What a user interface does to a port depending on values, as a constant. Agents have no part in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    kind: EffectKind,
    function: &'static str,
    dependencies: &'static [&'static str],
    fade: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum EffectKind {
    Hide,
    Message(&'static str),
    Custom { hook: &'static str, ward: &'static str },
}

impl Effect {
    /// Hides the port where `function` is true: an arrow function of the value and of the values of the ports that it
    /// depends on. Fails to compile for what is no arrow function, or takes another number of parameters.
    #[track_caller]
    pub const fn hide(function: &'static str, dependencies: &'static [&'static str]) -> Self {
        assert_arrow(function, dependencies.len());
        Self { kind: EffectKind::Hide, function, dependencies, fade: None }
    }

    /// Shows `message` at the port where `function` is true. The function is checked as for [`hide`](Self::hide).
    #[track_caller]
    pub const fn message(
        function: &'static str,
        dependencies: &'static [&'static str],
        message: &'static str,
    ) -> Self {
        assert_arrow(function, dependencies.len());
        Self { kind: EffectKind::Message(message), function, dependencies, fade: None }
    }

    /// What the user interface knows as `hook` of `ward`, where `function` is true. The function is checked as for
    /// [`hide`](Self::hide).
    #[track_caller]
    pub const fn custom(
        function: &'static str,
        dependencies: &'static [&'static str],
        hook: &'static str,
        ward: &'static str,
    ) -> Self {
        assert_arrow(function, dependencies.len());
        Self { kind: EffectKind::Custom { hook, ward }, function, dependencies, fade: None }
    }

    /// The same effect, with or without a transition.
    #[must_use]
    pub const fn fading(self, fade: bool) -> Self {
        Self { fade: Some(fade), ..self }
    }

    pub(crate) const fn dependencies(&self) -> &'static [&'static str] {
        self.dependencies
    }
}

/// Every field of the protocol, nulls included.
impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, message, hook, ward) = match self.kind {
            EffectKind::Hide => ("HIDE", None, None, None),
            EffectKind::Message(message) => ("MESSAGE", Some(message), None, None),
            EffectKind::Custom { hook, ward } => ("CUSTOM", None, Some(hook), Some(ward)),
        };
        let mut effect = serializer.serialize_struct("Effect", 7)?;
        effect.serialize_field("function", self.function)?;
        effect.serialize_field("dependencies", &some(self.dependencies))?;
        effect.serialize_field("message", &message)?;
        effect.serialize_field("kind", kind)?;
        effect.serialize_field("fade", &self.fade)?;
        effect.serialize_field("hook", &hook)?;
        effect.serialize_field("ward", &ward)?;
        effect.end()
    }
}

/// A fact about the values of a port: its unit, its axes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Descriptor {
    key: &'static str,
    value: Scalar,
}

impl Descriptor {
    /// The fact `value` about `key`.
    #[track_caller]
    pub const fn new(key: &'static str, value: Scalar) -> Self {
        value.assert_finite();
        Self { key, value }
    }
}

/// Ports that forms show together, as a constant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PortGroup {
    key: &'static str,
    title: Option<&'static str>,
    description: Option<&'static str>,
    effects: &'static [Effect],
    ports: &'static [&'static str],
}

impl PortGroup {
    /// The group `key` of these ports.
    pub const fn new(key: &'static str, ports: &'static [&'static str]) -> Self {
        Self { key, title: None, description: None, effects: &[], ports }
    }

    /// The same group with what is shown above it.
    #[must_use]
    pub const fn titled(self, title: &'static str) -> Self {
        Self { title: Some(title), ..self }
    }

    /// The same group with what it is.
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// Fails to compile where an effect depends on a port that is none of `keys`: generated code checks with it what
    /// stands in constants.
    #[doc(hidden)]
    #[track_caller]
    pub const fn assert_dependencies(&self, keys: &[&str]) {
        let mut index = 0;
        while index < self.effects.len() {
            assert_known(self.effects[index].dependencies, keys);
            index += 1;
        }
    }

    /// The same group with what user interfaces do to it.
    #[must_use]
    pub const fn with_effects(self, effects: &'static [Effect]) -> Self {
        Self { effects, ..self }
    }
}

/// Every field of the protocol, nulls included.
impl Serialize for PortGroup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut group = serializer.serialize_struct("PortGroup", 5)?;
        group.serialize_field("key", self.key)?;
        group.serialize_field("title", &self.title)?;
        group.serialize_field("description", &self.description)?;
        group.serialize_field("effects", self.effects)?;
        group.serialize_field("ports", self.ports)?;
        group.end()
    }
}
