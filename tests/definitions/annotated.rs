//! Functions with widgets, validators and effects that say what functions in Python say, each named like its vector.

use std::collections::HashMap;

use rekuest::register;

/// Descriptors in annotations are ignored by 0.22.0
#[register]
pub(crate) fn annotated_descriptor(a: i64) {
    let _ = a;
}

/// Effects
#[register]
pub(crate) fn annotated_effects(
    #[port(description = "a switch")] a: bool,
    #[port(effect(hide, function = "(b, a) => a", dependencies = ["a"]))] b: i64,
    #[port(effect(message, function = "(c) => c > 3", message = "big"))] c: i64,
    #[port(effect(custom, function = "(d) => true", hook = "h", ward = "w", fade))] d: i64,
) {
    let _ = (a, b, c, d);
}

/// Annotations on children
#[register]
pub(crate) fn annotated_nested(
    #[port(item(gt = 3))] a: Vec<i64>,
    #[port(item(widget = choice("q")))] b: HashMap<String, String>,
) {
    let _ = (a, b);
}

/// Optionals around and inside of Annotated
#[register(returns(gt = 1))]
pub(crate) fn annotated_optional(
    #[port(gt = 3)] a: Option<i64>,
    #[port(gt = 3, default = None)] b: Option<i64>,
    #[port(widget = slider(min = 1, max = 2))] c: Option<i64>,
) -> Option<i64> {
    let _ = (b, c);
    a
}

/// Return widgets in annotations are dropped by 0.22.0
#[register]
pub(crate) fn annotated_return_widget(a: String) -> String {
    a
}

/// Validators, one of them with a dependency
#[register]
pub(crate) fn annotated_validator(
    #[port(validate(function = "(v) => v.length > 0", message = "must not be empty"))] name: String,
    #[port(validate(
        function = "(v, name) => v > name.length",
        message = "too small",
        dependencies = ["name"]
    ))]
    other: i64,
) {
    let _ = (name, other);
}

/// Every assign widget
#[register]
pub(crate) fn annotated_widgets(
    #[port(widget = slider(min = 0, max = 10, step = 2))] a: i64,
    #[port(widget = string())] b: String,
    #[port(widget = string(paragraph))] c: String,
    #[port(widget = choice("a", "b", "3"))] d: String,
    #[port(widget = choice(option("v", label = "V", description = "the v", image = "https://x/y.png")))]
    e: String,
    #[port(widget = custom(hook = "h", ward = "w"))] f: String,
    #[port(widget = search(
        query = "query s($search: String, $values: [ID]){options: xs(search: $search, ids: $values){value: id label: name}}",
        ward = "w",
        dependencies = ["a"]
    ))]
    g: String,
) {
    let _ = (a, b, c, d, e, f, g);
}
