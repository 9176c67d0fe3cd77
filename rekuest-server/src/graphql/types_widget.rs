//! Widgets and effects, as they are shown.

use async_graphql::{Interface, Object, Result, SimpleObject};
use rekuest_core::port::{AssignWidgetBuf, ChoiceBuf, EffectBuf, ReturnWidgetBuf};

use super::enums::{AssignWidgetKind, EffectKind, ReturnWidgetKind, named};
use super::scalars::ValidatorFunction;
use super::types_port::Port;

/// One of several values.
#[derive(Debug, Clone, SimpleObject)]
pub(super) struct Choice {
    label: String,
    value: String,
    image: Option<String>,
    description: Option<String>,
}

impl From<&ChoiceBuf> for Choice {
    fn from(choice: &ChoiceBuf) -> Self {
        let json = choice.value.get();
        Self {
            label: choice.label.clone(),
            // A text here: other values are shown as their JSON.
            value: serde_json::from_str(json).unwrap_or_else(|_| json.to_owned()),
            image: choice.image.clone(),
            description: choice.description.clone(),
        }
    }
}

/// How forms ask for a value.
#[derive(Debug, Interface)]
#[graphql(field(name = "kind", ty = "AssignWidgetKind"), field(name = "follow_value", ty = "Option<String>"))]
pub(super) enum AssignWidget {
    Slider(SliderAssignWidget),
    Choice(ChoiceAssignWidget),
    Search(SearchAssignWidget),
    String(StringAssignWidget),
    StateChoice(StateChoiceAssignWidget),
    Custom(CustomAssignWidget),
}

/// Widgets of one kind each; besides their own fields they have `kind` and `followValue`, which no agent can set.
macro_rules! assign_widgets {
    ($($(#[$doc:meta])* $name:ident($kind:ident) { $($field:ident: $type:ty = $value:expr;)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub(super) struct $name(AssignWidgetBuf);

        #[Object]
        impl $name {
            async fn kind(&self) -> AssignWidgetKind {
                AssignWidgetKind::$kind
            }

            async fn follow_value(&self) -> Option<String> {
                None
            }

            $(async fn $field(&self) -> $type {
                let read: fn(&AssignWidgetBuf) -> $type = $value;
                read(&self.0)
            })*
        }
    )*};
}

assign_widgets! {
    /// A slider between two values.
    SliderAssignWidget(Slider) {
        min: Option<f64> = |widget| widget.min;
        max: Option<f64> = |widget| widget.max;
        step: Option<f64> = |widget| widget.step;
    }
    /// A choice of values.
    ChoiceAssignWidget(Choice) {
        choices: Option<Vec<Choice>> = |widget| widget.choices.as_ref().map(|all| all.iter().map(Choice::from).collect());
    }
    /// A search by a query.
    SearchAssignWidget(Search) {
        query: String = |widget| widget.query.clone().unwrap_or_default();
        ward: String = |widget| widget.ward.clone().unwrap_or_default();
        filters: Option<Vec<Port>> = |widget| widget.filters.as_ref().map(|all| all.iter().cloned().map(Port).collect());
        dependencies: Option<Vec<String>> = |widget| widget.dependencies.clone();
    }
    /// A line or several of text.
    StringAssignWidget(String) {
        placeholder: String = |widget| widget.placeholder.clone().unwrap_or_default();
        as_paragraph: bool = |widget| widget.as_paragraph.unwrap_or_default();
    }
    /// A choice out of a state.
    StateChoiceAssignWidget(StateChoice) {
        state_choices: String = |widget| widget.query.clone().unwrap_or_default();
    }
    /// A hook of the user interface.
    CustomAssignWidget(Custom) {
        hook: String = |widget| widget.hook.clone().unwrap_or_default();
        ward: String = |widget| widget.ward.clone().unwrap_or_default();
    }
}

impl TryFrom<&AssignWidgetBuf> for AssignWidget {
    type Error = async_graphql::Error;

    fn try_from(widget: &AssignWidgetBuf) -> Result<Self> {
        let owned = widget.clone();
        Ok(match named(&widget.kind)? {
            AssignWidgetKind::Slider => Self::Slider(SliderAssignWidget(owned)),
            AssignWidgetKind::Choice => Self::Choice(ChoiceAssignWidget(owned)),
            AssignWidgetKind::Search => Self::Search(SearchAssignWidget(owned)),
            AssignWidgetKind::String => Self::String(StringAssignWidget(owned)),
            AssignWidgetKind::StateChoice => Self::StateChoice(StateChoiceAssignWidget(owned)),
            AssignWidgetKind::Custom => Self::Custom(CustomAssignWidget(owned)),
        })
    }
}

/// How user interfaces show a value.
#[derive(Debug, Interface)]
#[graphql(field(name = "kind", ty = "&ReturnWidgetKind"))]
pub(super) enum ReturnWidget {
    Choice(ChoiceReturnWidget),
    Custom(CustomReturnWidget),
}

/// One of several values.
#[derive(Debug, SimpleObject)]
pub(super) struct ChoiceReturnWidget {
    kind: ReturnWidgetKind,
    choices: Option<Vec<Choice>>,
}

/// A hook of the user interface.
#[derive(Debug, SimpleObject)]
pub(super) struct CustomReturnWidget {
    kind: ReturnWidgetKind,
    hook: String,
    ward: String,
}

impl TryFrom<&ReturnWidgetBuf> for ReturnWidget {
    type Error = async_graphql::Error;

    fn try_from(widget: &ReturnWidgetBuf) -> Result<Self> {
        let kind = named(&widget.kind)?;
        Ok(match kind {
            ReturnWidgetKind::Choice => {
                let choices = widget.choices.as_ref().map(|all| all.iter().map(Choice::from).collect());
                Self::Choice(ChoiceReturnWidget { kind, choices })
            }
            ReturnWidgetKind::Custom => Self::Custom(CustomReturnWidget {
                kind,
                hook: widget.hook.clone().unwrap_or_default(),
                ward: widget.ward.clone().unwrap_or_default(),
            }),
        })
    }
}

/// What a user interface does to a port depending on values.
#[derive(Debug, Interface)]
#[graphql(
    field(name = "kind", ty = "&EffectKind"),
    field(name = "function", ty = "&ValidatorFunction"),
    field(name = "dependencies", ty = "&Vec<String>")
)]
pub(super) enum Effect {
    Message(MessageEffect),
    Hide(HideEffect),
    Custom(CustomEffect),
}

/// Shows a message.
#[derive(Debug, SimpleObject)]
pub(super) struct MessageEffect {
    kind: EffectKind,
    function: ValidatorFunction,
    dependencies: Vec<String>,
    message: String,
}

/// Hides the port.
#[derive(Debug, SimpleObject)]
pub(super) struct HideEffect {
    kind: EffectKind,
    function: ValidatorFunction,
    dependencies: Vec<String>,
    fade: bool,
}

/// Runs a hook of the user interface.
#[derive(Debug, SimpleObject)]
pub(super) struct CustomEffect {
    kind: EffectKind,
    function: ValidatorFunction,
    dependencies: Vec<String>,
    hook: String,
    ward: String,
}

impl TryFrom<&EffectBuf> for Effect {
    type Error = async_graphql::Error;

    fn try_from(effect: &EffectBuf) -> Result<Self> {
        let kind = named(&effect.kind)?;
        let function = ValidatorFunction(effect.function.clone());
        let dependencies = effect.dependencies.clone().unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Ok(match kind {
            EffectKind::Message => {
                Self::Message(MessageEffect { kind, function, dependencies, message: text(&effect.message) })
            }
            EffectKind::Hide => {
                Self::Hide(HideEffect { kind, function, dependencies, fade: effect.fade.unwrap_or(true) })
            }
            EffectKind::Custom => {
                let (hook, ward) = (text(&effect.hook), text(&effect.ward));
                Self::Custom(CustomEffect { kind, function, dependencies, hook, ward })
            }
        })
    }
}

/// The effects of a list that may be null.
pub(super) fn effects(all: Option<&Vec<EffectBuf>>) -> Result<Option<Vec<Effect>>> {
    all.map(|all| all.iter().map(Effect::try_from).collect()).transpose()
}
