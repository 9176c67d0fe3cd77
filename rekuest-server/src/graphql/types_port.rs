//! Ports, as they are shown.

use async_graphql::{Object, Result, SimpleObject};
use rekuest_core::PortBuf;
use rekuest_core::demand::{self, PortsDemand};
use rekuest_core::port::{PortGroupBuf, ValidatorBuf};

use super::enums::{PortKind, named};
use super::scalars::{AnyDefault, Arg, Identifier, ValidatorFunction};
use super::types_widget::{AssignWidget, Choice, Effect, ReturnWidget, effects};

/// An argument or a return, or a part of one.
#[derive(Debug)]
pub(super) struct Port(pub(super) PortBuf);

/// The ports of one side of an action.
pub(super) fn ports(all: &[PortBuf]) -> Vec<Port> {
    all.iter().cloned().map(Port).collect()
}

#[Object]
impl Port {
    async fn key(&self) -> &str {
        &self.0.key
    }

    async fn label(&self) -> Option<&str> {
        self.0.label.as_deref()
    }

    async fn kind(&self) -> Result<PortKind> {
        named(self.0.kind.as_str())
    }

    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    async fn identifier(&self) -> Option<Identifier> {
        self.0.identifier.clone().map(Identifier)
    }

    async fn nullable(&self) -> bool {
        self.0.nullable
    }

    async fn effects(&self) -> Result<Option<Vec<Effect>>> {
        effects(self.0.effects.as_ref())
    }

    async fn default(&self) -> Option<AnyDefault> {
        self.0.default.as_ref().map(Into::into)
    }

    async fn children(&self) -> Option<Vec<Port>> {
        self.0.children.as_deref().map(ports)
    }

    async fn choices(&self) -> Option<Vec<Choice>> {
        self.0.choices.as_ref().map(|choices| choices.iter().map(Choice::from).collect())
    }

    async fn assign_widget(&self) -> Result<Option<AssignWidget>> {
        self.0.assign_widget.as_ref().map(AssignWidget::try_from).transpose()
    }

    async fn return_widget(&self) -> Result<Option<ReturnWidget>> {
        self.0.return_widget.as_ref().map(ReturnWidget::try_from).transpose()
    }

    async fn validators(&self) -> Option<Vec<Validator>> {
        self.0.validators.as_ref().map(|all| all.iter().map(Validator::from).collect())
    }

    async fn descriptors(&self) -> Option<Vec<Descriptor>> {
        let descriptors = self.0.descriptors.as_ref()?;
        let shown = |one: &rekuest_core::port::DescriptorBuf| Descriptor {
            key: one.key.clone(),
            value: (&one.value).into(),
        };
        Some(descriptors.iter().map(shown).collect())
    }
}

/// A check that user interfaces run.
#[derive(Debug, SimpleObject)]
pub(super) struct Validator {
    function: ValidatorFunction,
    dependencies: Option<Vec<String>>,
    label: Option<String>,
    error_message: Option<String>,
}

impl From<&ValidatorBuf> for Validator {
    fn from(validator: &ValidatorBuf) -> Self {
        Self {
            function: ValidatorFunction(validator.function.clone()),
            dependencies: validator.dependencies.clone(),
            label: validator.label.clone(),
            error_message: validator.error_message.clone(),
        }
    }
}

/// A fact about a value.
#[derive(Debug, SimpleObject)]
pub(super) struct Descriptor {
    key: String,
    value: Arg,
}

/// Ports that forms show together.
#[derive(Debug)]
pub(super) struct PortGroup(pub(super) PortGroupBuf);

#[Object]
impl PortGroup {
    async fn key(&self) -> &str {
        &self.0.key
    }

    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    async fn effects(&self) -> Result<Option<Vec<Effect>>> {
        effects(self.0.effects.as_ref())
    }

    async fn ports(&self) -> Vec<String> {
        self.0.ports.clone().unwrap_or_default()
    }
}

/// What a port has to be like.
#[derive(Debug)]
pub(super) struct PortMatch(demand::PortMatch);

/// What the ports of one side have to be like; none if that does not matter.
pub(super) fn matches(demand: &PortsDemand) -> Option<Vec<PortMatch>> {
    let matches = &demand.matches;
    (!matches.is_empty()).then(|| matches.iter().cloned().map(PortMatch).collect())
}

#[Object]
impl PortMatch {
    async fn at(&self) -> Option<usize> {
        self.0.at
    }

    async fn key(&self) -> Option<&str> {
        self.0.key.as_deref()
    }

    async fn kind(&self) -> Result<Option<PortKind>> {
        self.0.kind.map(|kind| named(kind.as_str())).transpose()
    }

    async fn identifier(&self) -> Option<&str> {
        self.0.identifier.as_deref()
    }

    async fn nullable(&self) -> Option<bool> {
        self.0.nullable
    }

    async fn children(&self) -> Option<Vec<PortMatch>> {
        let children = &self.0.children;
        (!children.is_empty()).then(|| children.iter().cloned().map(PortMatch).collect())
    }
}
