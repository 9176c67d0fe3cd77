//! [`Annotations`]: what is said about a port beside its type, and the part of it that agents enforce.

use serde_json::value::RawValue;

use super::validator::Check;
use super::widget::AssignWidgetKind;
use super::{AssignWidget, Descriptor, Effect, PortKind, ReturnWidget, Rule, Scalar, Validator};
use crate::value::ValueError;

mod enforce;

/// What is said about a port where it is used: what `#[port(…)]` makes.
///
/// ```
/// use rekuest_core::port::{Annotations, Number, Port, Validator};
/// use rekuest_core::PortType;
///
/// const EXPOSURE: Port = f64::PORT
///     .keyed("exposure")
///     .annotated(&Annotations::new().validated(&[Validator::gt(Number::int(0))]));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Annotations {
    pub(super) label: Option<&'static str>,
    pub(super) description: Option<&'static str>,
    pub(super) widget: Option<AssignWidget>,
    pub(super) return_widget: Option<ReturnWidget>,
    pub(super) validators: &'static [Validator],
    pub(super) effects: &'static [Effect],
    pub(super) descriptors: &'static [Descriptor],
    pub(super) item: Option<&'static Annotations>,
}

impl Default for Annotations {
    fn default() -> Self {
        Self::new()
    }
}

impl Annotations {
    /// Nothing is said.
    pub const fn new() -> Self {
        Self {
            label: None,
            description: None,
            widget: None,
            return_widget: None,
            validators: &[],
            effects: &[],
            descriptors: &[],
            item: None,
        }
    }

    /// With the label that forms show.
    #[must_use]
    pub const fn labelled(self, label: &'static str) -> Self {
        Self { label: Some(label), ..self }
    }

    /// With a description.
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// With the widget that asks for the value.
    #[must_use]
    pub const fn asked_by(self, widget: AssignWidget) -> Self {
        Self { widget: Some(widget), ..self }
    }

    /// With the widget that shows the value.
    #[must_use]
    pub const fn shown_by(self, widget: ReturnWidget) -> Self {
        Self { return_widget: Some(widget), ..self }
    }

    /// With checks of the value.
    #[must_use]
    pub const fn validated(self, validators: &'static [Validator]) -> Self {
        Self { validators, ..self }
    }

    /// With what user interfaces do depending on values.
    #[must_use]
    pub const fn with_effects(self, effects: &'static [Effect]) -> Self {
        Self { effects, ..self }
    }

    /// With facts about the value.
    #[must_use]
    pub const fn with_descriptors(self, descriptors: &'static [Descriptor]) -> Self {
        Self { descriptors, ..self }
    }

    /// With what is said about the items of a LIST or DICT.
    #[must_use]
    pub const fn with_item(self, item: &'static Annotations) -> Self {
        Self { item: Some(item), ..self }
    }

    /// Fails to compile where something that is said makes no sense for a port of this kind.
    #[track_caller]
    pub(super) const fn assert_fit(&self, kind: PortKind) {
        let numeric = matches!(kind, PortKind::Int | PortKind::Float);
        let mut index = 0;
        while index < self.validators.len() {
            if let Check::Rule(rule) = self.validators[index].check {
                match rule {
                    Rule::Len { .. } => assert!(
                        matches!(kind, PortKind::String | PortKind::List),
                        "`len` bounds the length of a STRING or LIST, and this port is neither"
                    ),
                    _ => assert!(numeric, "`gt`, `ge`, `lt` and `le` bound a number, and this port is none"),
                }
            }
            index += 1;
        }
        if let Some(widget) = &self.widget {
            match widget.kind {
                AssignWidgetKind::Slider { .. } => {
                    assert!(numeric, "a slider asks for a number, and this port is none");
                }
                AssignWidgetKind::String { .. } => assert!(
                    matches!(kind, PortKind::String),
                    "a `string` widget asks for text, and this port is none"
                ),
                AssignWidgetKind::Choice(choices) => {
                    let mut index = 0;
                    while index < choices.len() {
                        assert!(
                            can_be(choices[index].value(), kind),
                            "a choice of the widget is of another kind than its port, so it could never be chosen"
                        );
                        index += 1;
                    }
                }
                _ => {}
            }
        }
    }

    /// Fails to compile where a widget, validator or effect depends on a port that is none of `keys`: generated code
    /// checks with it what stands in constants.
    #[doc(hidden)]
    #[track_caller]
    pub const fn assert_dependencies(&self, keys: &[&str]) {
        if let Some(widget) = &self.widget {
            assert_known(widget.dependencies(), keys);
        }
        let mut index = 0;
        while index < self.validators.len() {
            assert_known(self.validators[index].dependencies(), keys);
            index += 1;
        }
        let mut index = 0;
        while index < self.effects.len() {
            assert_known(self.effects[index].dependencies(), keys);
            index += 1;
        }
        if let Some(item) = self.item {
            item.assert_dependencies(keys);
        }
    }

    /// Checks a value against the bounds and choices that are said. Null passes.
    ///
    /// # Errors
    /// With what was expected and what came. What is no number where a number is bounded, and its like, passes: that is
    /// the matter of who reads the value.
    pub fn enforce(&self, value: &RawValue) -> Result<(), ValueError> {
        enforce::enforce(self, value)
    }
}

#[track_caller]
pub(super) const fn assert_known(dependencies: &[&str], keys: &[&str]) {
    let mut index = 0;
    while index < dependencies.len() {
        let mut known = false;
        let mut key = 0;
        while key < keys.len() {
            known |= equal(dependencies[index], keys[key]);
            key += 1;
        }
        assert!(known, "it depends on a port that is not there");
        index += 1;
    }
}

/// Whether a port of this kind can take the value. What lives elsewhere has an id, a text or a number.
const fn can_be(value: Scalar, kind: PortKind) -> bool {
    match kind {
        PortKind::String | PortKind::Enum => matches!(value, Scalar::String(_)),
        PortKind::Int => matches!(value, Scalar::Int(_)),
        PortKind::Float => matches!(value, Scalar::Int(_) | Scalar::Float(_)),
        PortKind::Bool => matches!(value, Scalar::Bool(_)),
        PortKind::Structure | PortKind::MemoryStructure | PortKind::Interface => {
            matches!(value, Scalar::String(_) | Scalar::Int(_))
        }
        // A point in time and a variant have several spellings, so a choice between values is none between texts.
        PortKind::Date | PortKind::Union | PortKind::List | PortKind::Dict | PortKind::Model => false,
    }
}

/// `==` of texts, which constants cannot have yet.
pub(crate) const fn equal(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}
