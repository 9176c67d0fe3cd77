//! Widgets: how forms ask for a value, and how user interfaces show one.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::Port;

/// A value that can stand in a constant: what is chosen, or a fact about a port.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Scalar {
    /// Text.
    String(&'static str),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Bool(bool),
}

impl Scalar {
    #[track_caller]
    pub(super) const fn assert_finite(self) {
        if let Self::Float(float) = self {
            assert!(float.is_finite(), "a number that is not finite has no JSON");
        }
    }
}

/// One choice of an ENUM or of a choice widget, as a constant. [`ChoiceBuf`](super::ChoiceBuf) is the owned form.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ChoiceEntry {
    pub(crate) value: Scalar,
    label: &'static str,
    image: Option<&'static str>,
    description: Option<&'static str>,
}

impl ChoiceEntry {
    /// The choice of `value`, shown as `label`.
    #[track_caller]
    pub const fn new(value: Scalar, label: &'static str) -> Self {
        value.assert_finite();
        Self { value, label, image: None, description: None }
    }

    /// The same choice with what it means.
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// The same choice with the url of an image.
    #[must_use]
    pub const fn with_image(self, image: &'static str) -> Self {
        Self { image: Some(image), ..self }
    }

    /// What a value has to be, for an error: `one of "RED", "GREEN"`.
    pub(crate) fn one_of(choices: &[Self]) -> String {
        let values: Vec<String> =
            choices.iter().filter_map(|choice| serde_json::to_string(&choice.value).ok()).collect();
        format!("one of {}", values.join(", "))
    }

    /// What is sent when it is chosen.
    pub const fn value(&self) -> Scalar {
        self.value
    }
}

/// How forms ask for a value, as a constant that arguments can share.
///
/// ```
/// use rekuest_core::port::AssignWidget;
///
/// const PERCENT: AssignWidget = AssignWidget::slider(0.0, 100.0).step(5.0);
/// ```
///
/// A search widget is made by `search!`, which checks its query.
#[derive(Debug, Clone, Copy)]
pub struct AssignWidget {
    pub(crate) kind: AssignWidgetKind,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum AssignWidgetKind {
    Slider {
        min: f64,
        max: f64,
        step: Option<f64>,
    },
    Search {
        query: &'static str,
        ward: &'static str,
        dependencies: &'static [&'static str],
        filters: &'static [Port],
    },
    Choice(&'static [ChoiceEntry]),
    String {
        placeholder: Option<&'static str>,
        paragraph: bool,
    },
    Custom {
        hook: &'static str,
        ward: &'static str,
    },
}

impl AssignWidget {
    /// A slider for a number. The agent refuses what is less than `min` or more than `max`.
    ///
    /// Fails to compile where `min` is more than `max`.
    #[track_caller]
    pub const fn slider(min: f64, max: f64) -> Self {
        assert!(min.is_finite() && max.is_finite(), "the ends of a slider have to be finite numbers");
        assert!(min <= max, "the `min` of a slider is more than its `max`");
        Self { kind: AssignWidgetKind::Slider { min, max, step: None } }
    }

    /// The same slider, moving by `step`.
    #[must_use]
    #[track_caller]
    pub const fn step(self, step: f64) -> Self {
        assert!(step > 0.0 && step.is_finite(), "the `step` of a slider has to be a number of more than 0");
        match self.kind {
            AssignWidgetKind::Slider { min, max, .. } => {
                Self { kind: AssignWidgetKind::Slider { min, max, step: Some(step) } }
            }
            _ => panic!("only a slider has a `step`"),
        }
    }

    /// What `search!` makes: `query` is not checked here.
    #[doc(hidden)]
    pub const fn search_unchecked(
        query: &'static str,
        ward: &'static str,
        dependencies: &'static [&'static str],
        filters: &'static [Port],
    ) -> Self {
        Self { kind: AssignWidgetKind::Search { query, ward, dependencies, filters } }
    }

    /// A choice between given values. The agent refuses what is none of them.
    #[track_caller]
    pub const fn choice(choices: &'static [ChoiceEntry]) -> Self {
        assert!(!choices.is_empty(), "a choice widget needs something to choose from");
        Self { kind: AssignWidgetKind::Choice(choices) }
    }

    /// One line of text.
    pub const fn string() -> Self {
        Self { kind: AssignWidgetKind::String { placeholder: None, paragraph: false } }
    }

    /// Several lines of text.
    pub const fn paragraph() -> Self {
        Self { kind: AssignWidgetKind::String { placeholder: None, paragraph: true } }
    }

    /// The same text widget, showing `placeholder` while nothing is typed.
    #[must_use]
    #[track_caller]
    pub const fn placeholder(self, placeholder: &'static str) -> Self {
        match self.kind {
            AssignWidgetKind::String { paragraph, .. } => {
                Self { kind: AssignWidgetKind::String { placeholder: Some(placeholder), paragraph } }
            }
            _ => panic!("only a text widget has a `placeholder`"),
        }
    }

    /// A widget that the user interface knows as `hook` of `ward`.
    pub const fn custom(hook: &'static str, ward: &'static str) -> Self {
        Self { kind: AssignWidgetKind::Custom { hook, ward } }
    }

    /// The ports whose values it uses.
    pub(crate) const fn dependencies(&self) -> &'static [&'static str] {
        match self.kind {
            AssignWidgetKind::Search { dependencies, .. } => dependencies,
            _ => &[],
        }
    }
}

/// Every field of the protocol, nulls included.
impl Serialize for AssignWidget {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind;
        let mut paragraph = None::<bool>;
        let (mut query, mut ward, mut hook) = (None::<&str>, None::<&str>, None::<&str>);
        let mut choices = None::<&[ChoiceEntry]>;
        let mut range = (None::<f64>, None::<f64>, None::<f64>);
        let mut text = None::<&str>;
        let (mut filtered, mut depends) = (None::<&[Port]>, None::<&[&str]>);
        match self.kind {
            AssignWidgetKind::Slider { min, max, step } => {
                kind = "SLIDER";
                range = (Some(min), Some(max), step);
            }
            AssignWidgetKind::Search { query: asked, ward: of, dependencies, filters } => {
                kind = "SEARCH";
                (query, ward) = (Some(asked), Some(of));
                filtered = (!filters.is_empty()).then_some(filters);
                depends = (!dependencies.is_empty()).then_some(dependencies);
            }
            AssignWidgetKind::Choice(between) => {
                kind = "CHOICE";
                choices = Some(between);
            }
            AssignWidgetKind::String { placeholder, paragraph: several } => {
                kind = "STRING";
                paragraph = Some(several);
                text = placeholder;
            }
            AssignWidgetKind::Custom { hook: called, ward: of } => {
                kind = "CUSTOM";
                (hook, ward) = (Some(called), Some(of));
            }
        }
        let mut widget = serializer.serialize_struct("AssignWidget", 14)?;
        widget.serialize_field("kind", kind)?;
        widget.serialize_field("asParagraph", &paragraph)?;
        widget.serialize_field("query", &query)?;
        widget.serialize_field("choices", &choices)?;
        widget.serialize_field("min", &range.0)?;
        widget.serialize_field("max", &range.1)?;
        widget.serialize_field("step", &range.2)?;
        widget.serialize_field("placeholder", &text)?;
        widget.serialize_field("hook", &hook)?;
        widget.serialize_field("ward", &ward)?;
        widget.serialize_field("fallback", &None::<()>)?;
        widget.serialize_field("filters", &filtered)?;
        widget.serialize_field("dependencies", &depends)?;
        widget.end()
    }
}

/// How user interfaces show a value, as a constant that ports can share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReturnWidget {
    kind: ReturnWidgetKind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum ReturnWidgetKind {
    Choice(&'static [ChoiceEntry]),
    Custom { hook: &'static str, ward: &'static str },
}

impl ReturnWidget {
    /// Shows the choice that the value stands for.
    #[track_caller]
    pub const fn choice(choices: &'static [ChoiceEntry]) -> Self {
        assert!(!choices.is_empty(), "a choice widget needs something to choose from");
        Self { kind: ReturnWidgetKind::Choice(choices) }
    }

    /// A widget that the user interface knows as `hook` of `ward`.
    pub const fn custom(hook: &'static str, ward: &'static str) -> Self {
        Self { kind: ReturnWidgetKind::Custom { hook, ward } }
    }
}

/// Every field of the protocol, nulls included.
impl Serialize for ReturnWidget {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, choices, hook, ward) = match self.kind {
            ReturnWidgetKind::Choice(choices) => ("CHOICE", Some(choices), None, None),
            ReturnWidgetKind::Custom { hook, ward } => ("CUSTOM", None, Some(hook), Some(ward)),
        };
        let mut widget = serializer.serialize_struct("ReturnWidget", 9)?;
        widget.serialize_field("kind", kind)?;
        widget.serialize_field("query", &None::<()>)?;
        widget.serialize_field("choices", &choices)?;
        widget.serialize_field("min", &None::<()>)?;
        widget.serialize_field("max", &None::<()>)?;
        widget.serialize_field("step", &None::<()>)?;
        widget.serialize_field("placeholder", &None::<()>)?;
        widget.serialize_field("hook", &hook)?;
        widget.serialize_field("ward", &ward)?;
        widget.end()
    }
}
