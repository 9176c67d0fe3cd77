//! Ports as they come in, with the defaults of the interface: what is left out is filled in here, and the hash is
//! made of the result (protocol, section 2).

use async_graphql::InputObject;
use rekuest_core::PortBuf;
use rekuest_core::port::{
    AssignWidgetBuf, ChoiceBuf, DescriptorBuf, EffectBuf, ReturnWidgetBuf, ValidatorBuf,
};

use super::enums::{AssignWidgetKind, EffectKind, PortKind, ReturnWidgetKind, name_of};
use super::scalars::{AnyDefault, Arg, SearchQuery, ValidatorFunction};

#[derive(Debug, InputObject)]
pub(super) struct PortInput {
    #[graphql(default)]
    validators: Option<Vec<ValidatorInput>>,
    key: String,
    #[graphql(default)]
    label: Option<String>,
    kind: PortKind,
    #[graphql(default)]
    description: Option<String>,
    #[graphql(default)]
    identifier: Option<String>,
    #[graphql(default = false)]
    nullable: bool,
    #[graphql(default)]
    effects: Option<Vec<EffectInput>>,
    #[graphql(default)]
    default: Option<AnyDefault>,
    #[graphql(default)]
    children: Option<Vec<PortInput>>,
    #[graphql(default)]
    choices: Option<Vec<ChoiceInput>>,
    #[graphql(default)]
    assign_widget: Option<AssignWidgetInput>,
    #[graphql(default)]
    return_widget: Option<ReturnWidgetInput>,
    #[graphql(default)]
    descriptors: Option<Vec<DescriptorInput>>,
}

#[derive(Debug, InputObject)]
pub(super) struct ChoiceInput {
    value: AnyDefault,
    label: String,
    #[graphql(default)]
    image: Option<String>,
    #[graphql(default)]
    description: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct DescriptorInput {
    key: String,
    value: Arg,
}

#[derive(Debug, InputObject)]
pub(super) struct ValidatorInput {
    function: ValidatorFunction,
    #[graphql(default_with = "Some(Vec::new())")]
    dependencies: Option<Vec<String>>,
    #[graphql(default)]
    label: Option<String>,
    #[graphql(default)]
    error_message: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct EffectInput {
    function: ValidatorFunction,
    #[graphql(default_with = "Some(Vec::new())")]
    dependencies: Option<Vec<String>>,
    #[graphql(default)]
    message: Option<String>,
    kind: EffectKind,
    #[graphql(default_with = "Some(true)")]
    fade: Option<bool>,
    #[graphql(default)]
    hook: Option<String>,
    #[graphql(default)]
    ward: Option<String>,
}

#[derive(Debug, InputObject)]
pub(super) struct AssignWidgetInput {
    #[graphql(default)]
    as_paragraph: Option<bool>,
    kind: AssignWidgetKind,
    #[graphql(default)]
    query: Option<SearchQuery>,
    #[graphql(default)]
    choices: Option<Vec<ChoiceInput>>,
    #[graphql(default)]
    min: Option<f64>,
    #[graphql(default)]
    max: Option<f64>,
    #[graphql(default)]
    step: Option<f64>,
    #[graphql(default)]
    placeholder: Option<String>,
    #[graphql(default)]
    hook: Option<String>,
    #[graphql(default)]
    ward: Option<String>,
    #[graphql(default)]
    fallback: Option<Box<AssignWidgetInput>>,
    #[graphql(default)]
    filters: Option<Vec<PortInput>>,
    #[graphql(default_with = "Some(Vec::new())")]
    dependencies: Option<Vec<String>>,
}

#[derive(Debug, InputObject)]
pub(super) struct ReturnWidgetInput {
    kind: ReturnWidgetKind,
    #[graphql(default)]
    query: Option<SearchQuery>,
    #[graphql(default)]
    choices: Option<Vec<ChoiceInput>>,
    #[graphql(default)]
    min: Option<i64>,
    #[graphql(default)]
    max: Option<i64>,
    #[graphql(default)]
    step: Option<i64>,
    #[graphql(default)]
    placeholder: Option<String>,
    #[graphql(default)]
    hook: Option<String>,
    #[graphql(default)]
    ward: Option<String>,
}

/// The owned forms of a list that may be null.
pub(super) fn each<I, O: From<I>>(items: Option<Vec<I>>) -> Option<Vec<O>> {
    items.map(|items| items.into_iter().map(O::from).collect())
}

impl From<PortInput> for PortBuf {
    fn from(port: PortInput) -> Self {
        Self {
            key: port.key,
            label: port.label,
            kind: port.kind.into(),
            description: port.description,
            identifier: port.identifier,
            nullable: port.nullable,
            effects: each(port.effects),
            default: port.default.map(Into::into),
            children: each(port.children),
            choices: each(port.choices),
            assign_widget: port.assign_widget.map(Into::into),
            return_widget: port.return_widget.map(Into::into),
            validators: each(port.validators),
            descriptors: each(port.descriptors),
        }
    }
}

impl From<ChoiceInput> for ChoiceBuf {
    fn from(choice: ChoiceInput) -> Self {
        Self {
            value: choice.value.into(),
            label: choice.label,
            image: choice.image,
            description: choice.description,
        }
    }
}

impl From<DescriptorInput> for DescriptorBuf {
    fn from(descriptor: DescriptorInput) -> Self {
        Self { key: descriptor.key, value: descriptor.value.into() }
    }
}

impl From<ValidatorInput> for ValidatorBuf {
    fn from(validator: ValidatorInput) -> Self {
        Self {
            function: validator.function.0,
            dependencies: validator.dependencies,
            label: validator.label,
            error_message: validator.error_message,
        }
    }
}

impl From<EffectInput> for EffectBuf {
    fn from(effect: EffectInput) -> Self {
        Self {
            kind: name_of(effect.kind).to_owned(),
            function: effect.function.0,
            dependencies: effect.dependencies,
            message: effect.message,
            fade: effect.fade,
            hook: effect.hook,
            ward: effect.ward,
        }
    }
}

impl From<AssignWidgetInput> for AssignWidgetBuf {
    fn from(widget: AssignWidgetInput) -> Self {
        Self {
            kind: name_of(widget.kind).to_owned(),
            as_paragraph: widget.as_paragraph,
            query: widget.query.map(|query| query.0),
            choices: each(widget.choices),
            min: widget.min,
            max: widget.max,
            step: widget.step,
            placeholder: widget.placeholder,
            hook: widget.hook,
            ward: widget.ward,
            fallback: widget.fallback.map(|fallback| Box::new((*fallback).into())),
            filters: each(widget.filters),
            dependencies: widget.dependencies,
        }
    }
}

impl From<ReturnWidgetInput> for ReturnWidgetBuf {
    fn from(widget: ReturnWidgetInput) -> Self {
        Self {
            kind: name_of(widget.kind).to_owned(),
            query: widget.query.map(|query| query.0),
            choices: each(widget.choices),
            min: widget.min,
            max: widget.max,
            step: widget.step,
            placeholder: widget.placeholder,
            hook: widget.hook,
            ward: widget.ward,
        }
    }
}
