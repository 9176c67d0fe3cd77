//! The text that a definition's hash is made of (protocol, section 2).
//!
//! Keys in alphabetical order and in snake_case, every field, nulls included.

use super::DefinitionBuf;
use super::python::PythonJson;
use crate::port::{
    AssignWidgetBuf, ChoiceBuf, DescriptorBuf, EffectBuf, PortBuf, ReturnWidgetBuf, ValidatorBuf,
};

pub(super) fn preimage(definition: &DefinitionBuf) -> String {
    let mut out = PythonJson::default();
    out.object(|out| {
        out.field("args", |out| out.list(&definition.args, port));
        out.field("collections", |out| out.list(&definition.collections, string));
        out.field("description", |out| out.optional(&definition.description, string));
        out.field("is_test_for", |out| out.list(&definition.is_test_for, string));
        out.field("name", |out| out.string(&definition.name));
        out.field("returns", |out| out.list(&definition.returns, port));
        out.field("stateful", |out| out.bool(definition.stateful));
    });
    out.into_string()
}

fn string(out: &mut PythonJson, text: impl AsRef<str>) {
    out.string(text.as_ref());
}

fn strings(out: &mut PythonJson, texts: impl AsRef<[String]>) {
    out.list(texts.as_ref(), string);
}

fn bool(out: &mut PythonJson, value: &bool) {
    out.bool(*value);
}

fn float(out: &mut PythonJson, value: &f64) {
    out.float(*value);
}

fn int(out: &mut PythonJson, value: &i64) {
    out.int(*value);
}

fn ports(out: &mut PythonJson, ports: impl AsRef<[PortBuf]>) {
    out.list(ports.as_ref(), port);
}

fn choices(out: &mut PythonJson, choices: impl AsRef<[ChoiceBuf]>) {
    out.list(choices.as_ref(), choice);
}

fn port(out: &mut PythonJson, port: &PortBuf) {
    out.object(|out| {
        out.field("assign_widget", |out| out.optional(&port.assign_widget, assign_widget));
        out.field("children", |out| out.optional(&port.children, ports));
        out.field("choices", |out| out.optional(&port.choices, choices));
        out.field("default", |out| out.optional(&port.default, |out, default| out.json(default.get())));
        out.field("description", |out| out.optional(&port.description, string));
        out.field("descriptors", |out| {
            out.optional(&port.descriptors, |out, descriptors| out.list(descriptors, descriptor));
        });
        out.field("effects", |out| out.optional(&port.effects, |out, effects| out.list(effects, effect)));
        out.field("identifier", |out| out.optional(&port.identifier, string));
        out.field("key", |out| out.string(&port.key));
        out.field("kind", |out| out.string(port.kind.as_str()));
        out.field("label", |out| out.optional(&port.label, string));
        out.field("nullable", |out| out.bool(port.nullable));
        out.field("return_widget", |out| out.optional(&port.return_widget, return_widget));
        out.field("validators", |out| {
            out.optional(&port.validators, |out, validators| out.list(validators, validator));
        });
    });
}

fn choice(out: &mut PythonJson, choice: &ChoiceBuf) {
    out.object(|out| {
        out.field("description", |out| out.optional(&choice.description, string));
        out.field("image", |out| out.optional(&choice.image, string));
        out.field("label", |out| out.string(&choice.label));
        out.field("value", |out| out.json(choice.value.get()));
    });
}

fn descriptor(out: &mut PythonJson, descriptor: &DescriptorBuf) {
    out.object(|out| {
        out.field("key", |out| out.string(&descriptor.key));
        out.field("value", |out| out.json(descriptor.value.get()));
    });
}

fn effect(out: &mut PythonJson, effect: &EffectBuf) {
    out.object(|out| {
        out.field("dependencies", |out| out.optional(&effect.dependencies, strings));
        out.field("fade", |out| out.optional(&effect.fade, bool));
        out.field("function", |out| out.string(&effect.function));
        out.field("hook", |out| out.optional(&effect.hook, string));
        out.field("kind", |out| out.string(&effect.kind));
        out.field("message", |out| out.optional(&effect.message, string));
        out.field("ward", |out| out.optional(&effect.ward, string));
    });
}

fn validator(out: &mut PythonJson, validator: &ValidatorBuf) {
    out.object(|out| {
        out.field("dependencies", |out| out.optional(&validator.dependencies, strings));
        out.field("error_message", |out| out.optional(&validator.error_message, string));
        out.field("function", |out| out.string(&validator.function));
        out.field("label", |out| out.optional(&validator.label, string));
    });
}

fn assign_widget(out: &mut PythonJson, widget: &AssignWidgetBuf) {
    out.object(|out| {
        out.field("as_paragraph", |out| out.optional(&widget.as_paragraph, bool));
        out.field("choices", |out| out.optional(&widget.choices, choices));
        out.field("dependencies", |out| out.optional(&widget.dependencies, strings));
        out.field("fallback", |out| {
            out.optional(&widget.fallback, |out, fallback| assign_widget(out, fallback))
        });
        out.field("filters", |out| out.optional(&widget.filters, ports));
        out.field("hook", |out| out.optional(&widget.hook, string));
        out.field("kind", |out| out.string(&widget.kind));
        out.field("max", |out| out.optional(&widget.max, float));
        out.field("min", |out| out.optional(&widget.min, float));
        out.field("placeholder", |out| out.optional(&widget.placeholder, string));
        out.field("query", |out| out.optional(&widget.query, string));
        out.field("step", |out| out.optional(&widget.step, float));
        out.field("ward", |out| out.optional(&widget.ward, string));
    });
}

fn return_widget(out: &mut PythonJson, widget: &ReturnWidgetBuf) {
    out.object(|out| {
        out.field("choices", |out| out.optional(&widget.choices, choices));
        out.field("hook", |out| out.optional(&widget.hook, string));
        out.field("kind", |out| out.string(&widget.kind));
        out.field("max", |out| out.optional(&widget.max, int));
        out.field("min", |out| out.optional(&widget.min, int));
        out.field("placeholder", |out| out.optional(&widget.placeholder, string));
        out.field("query", |out| out.optional(&widget.query, string));
        out.field("step", |out| out.optional(&widget.step, int));
        out.field("ward", |out| out.optional(&widget.ward, string));
    });
}
