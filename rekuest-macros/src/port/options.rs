//! The arguments of one `#[port(…)]`.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Expr, LitStr, Type};

use super::descriptor::{self, Descriptor};
use super::effect::{self, Effect};
use super::fit;
use super::validator::{self, Validator};
use super::widget::{self, AssignWidget, ReturnWidget};
use crate::arguments::{self, Argument, Key, Value};
use crate::errors::Errors;

/// Where a port stands, which decides what can be said about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A parameter of a function.
    Argument,
    /// A field of a model.
    Field,
    /// A variant of a union.
    Variant,
    /// A return of a function.
    Return,
    /// The item of a list or mapping.
    Item,
}

const DEFAULT: Key = Key::new("default", "default = value");
const WIDGET: Key = Key::called("widget", "widget = slider(min = 0, max = 10)");
const EVERYWHERE: [Key; 12] = [
    Key::new("label", "label = \"…\""),
    Key::new("description", "description = \"…\""),
    Key::called("return_widget", "return_widget = custom(hook = \"…\", ward = \"…\")"),
    Key::either("validate", "validate(function = \"(x) => …\", message = \"…\")"),
    Key::new("gt", "gt = 3"),
    Key::new("ge", "ge = 3"),
    Key::new("lt", "lt = 3"),
    Key::new("le", "le = 3"),
    Key::list("len", "len(min = 1, max = 3)"),
    Key::either("effect", "effect(hide, function = \"(x) => …\")"),
    Key::list("descriptors", "descriptors(unit = \"mm\")"),
    Key::list("item", "item(gt = 3)"),
];

impl Place {
    fn keys(self) -> Vec<Key> {
        let mut keys = Vec::new();
        if matches!(self, Self::Argument | Self::Field) {
            keys.push(DEFAULT);
        }
        keys.extend(EVERYWHERE);
        // Returns are shown, and nobody is asked for them.
        if self != Self::Return {
            keys.insert(keys.len() - EVERYWHERE.len() + 2, WIDGET);
        }
        keys
    }
}

/// What is said about one port.
#[derive(Debug, Default)]
pub(crate) struct PortOptions {
    pub(crate) default: Option<Expr>,
    pub(crate) label: Option<LitStr>,
    pub(crate) description: Option<LitStr>,
    pub(super) widget: Option<AssignWidget>,
    pub(super) return_widget: Option<ReturnWidget>,
    pub(super) validators: Vec<Validator>,
    pub(super) effects: Vec<Effect>,
    pub(super) descriptors: Vec<Descriptor>,
    pub(super) item: Option<Box<PortOptions>>,
    /// Where it was said, for mistakes that only the compiler sees.
    pub(super) span: Option<Span>,
}

impl PortOptions {
    /// Takes the `#[port]` out of the attributes of something of type `ty`.
    pub(crate) fn take(
        attributes: &mut Vec<Attribute>,
        place: Place,
        ty: &Type,
        errors: &mut Errors,
    ) -> Self {
        let mut options = Self::default();
        let mut ports = attributes.extract_if(.., |attribute| is_named(attribute, "port"));
        if let Some(port) = ports.next()
            && let Some(tokens) =
                arguments::of_attribute(&port, "#[port(label = \"…\", description = \"…\", …)]", errors)
        {
            if tokens.is_empty() {
                let keys: Vec<String> = place.keys().iter().map(|key| format!("`{}`", key.name)).collect();
                errors.on(&port, format!("this `#[port]` says nothing; it takes {}", keys.join(", ")));
            }
            options = Self::parse(tokens, place, Some(ty), errors);
        }
        for again in ports {
            errors.on(&again, "there is a `#[port]` here already; put everything into one of them");
        }
        options
    }

    /// Reads what stands between the parentheses. The type is none where it is known to the compiler alone.
    pub(crate) fn parse(tokens: TokenStream, place: Place, ty: Option<&Type>, errors: &mut Errors) -> Self {
        let mut options =
            Self { span: tokens.clone().into_iter().next().map(|first| first.span()), ..Self::default() };
        for argument in arguments::parse(tokens, &place.keys(), errors) {
            options.read(argument, ty, errors);
        }
        fit::check(&options, ty, errors);
        options
    }

    fn read(&mut self, argument: Argument, ty: Option<&Type>, errors: &mut Errors) {
        match argument.key.to_string().as_str() {
            "default" => self.default = argument.expression(errors),
            "label" => self.label = argument.string(errors),
            "description" => self.description = argument.string(errors),
            "widget" => self.widget = widget::assign_widget(argument, errors),
            "return_widget" => self.return_widget = widget::return_widget(argument, errors),
            "validate" => self.validators.extend(validator::validate(argument, errors)),
            "len" => self.validators.extend(validator::len(argument, errors)),
            "effect" => self.effects.extend(effect::effect(argument, errors)),
            "descriptors" => self.descriptors = descriptor::parse(argument, errors),
            "item" => {
                if let (_, Value::List(tokens)) = argument.value() {
                    let ty = ty.map(fit::Known::of).and_then(|known| known.item());
                    self.item = Some(Box::new(Self::parse(tokens.stream(), Place::Item, ty, errors)));
                }
            }
            // The four bounds that are left.
            _ => self.validators.extend(validator::bound(argument, errors)),
        }
    }

    /// The ports that something said here depends on.
    pub(crate) fn dependencies(&self) -> impl Iterator<Item = &LitStr> {
        let mut dependencies: Vec<&LitStr> = Vec::new();
        dependencies.extend(self.widget.iter().flat_map(AssignWidget::dependencies));
        dependencies.extend(self.validators.iter().flat_map(Validator::dependencies));
        dependencies.extend(self.effects.iter().flat_map(Effect::dependencies));
        if let Some(item) = &self.item {
            dependencies.extend(item.dependencies());
        }
        dependencies.into_iter()
    }
}

/// Whether an attribute is called `name`, also by a path: `#[rekuest::register]`.
pub(crate) fn is_named(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == name)
}
