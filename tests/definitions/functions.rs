//! Functions that say what functions in Python say, each named like its vector.

use std::collections::{BTreeMap, HashMap};

use rekuest::{Implementation, register};

/// What is the same word by word, by the name of its vector.
pub(crate) const TWINS: &[(&str, &Implementation)] = &[
    ("add", &add::IMPLEMENTATION),
    ("annotated_descriptor", &annotated_descriptor::IMPLEMENTATION),
    ("annotated_return_widget", &annotated_return_widget::IMPLEMENTATION),
    ("async_function", &async_function::IMPLEMENTATION),
    ("bool_default_for_int", &bool_default_for_int::IMPLEMENTATION),
    ("camelCaseName", &camelCaseName::IMPLEMENTATION),
    ("description_no_docs", &description_no_docs::IMPLEMENTATION),
    ("description_only", &description_only::IMPLEMENTATION),
    ("dicts", &dicts::IMPLEMENTATION),
    ("explicit_returns", &explicit_returns::IMPLEMENTATION),
    ("explicit_returns_no_effects", &explicit_returns_no_effects::IMPLEMENTATION),
    ("float_extremes", &float_extremes::IMPLEMENTATION),
    ("google_docs", &google_docs::IMPLEMENTATION),
    ("int_default_for_float", &int_default_for_float::IMPLEMENTATION),
    ("lists", &lists::IMPLEMENTATION),
    ("nested_optionals", &nested_optionals::IMPLEMENTATION),
    ("no_docs", &no_docs::IMPLEMENTATION),
    ("no_return_annotation", &no_return_annotation::IMPLEMENTATION),
    ("none_return", &none_return::IMPLEMENTATION),
    ("numpy_docs", &numpy_docs::IMPLEMENTATION),
    ("omit_first", &omit_first::IMPLEMENTATION),
    ("optional_with_default", &optional_with_default::IMPLEMENTATION),
    ("optional_with_none", &optional_with_none::IMPLEMENTATION),
    ("positional_and_keyword_only", &positional_and_keyword_only::IMPLEMENTATION),
    ("rest_docs", &rest_docs::IMPLEMENTATION),
    ("scalar_defaults", &scalar_defaults::IMPLEMENTATION),
    ("short_with_args", &short_with_args::IMPLEMENTATION),
    ("star_args", &star_args::IMPLEMENTATION),
    ("unicode_docs", &unicode_docs::IMPLEMENTATION),
    ("unknown_effect_key", &unknown_effect_key::IMPLEMENTATION),
    ("with_locals", &with_locals::IMPLEMENTATION),
];

/// Add two numbers
#[register]
pub(crate) fn add(x: i64, y: i64) -> i64 {
    x + y
}

/// All scalars
///
/// One argument of every scalar kind.
#[register]
pub(crate) fn all_scalars(i: i64, f: f64, s: String, b: bool) {
    let _ = (i, f, s, b);
}

/// Descriptors in annotations are ignored by 0.22.0
#[register]
fn annotated_descriptor(a: i64) {
    let _ = a;
}

/// Return widgets in annotations are dropped by 0.22.0
#[register]
fn annotated_return_widget(a: String) -> String {
    a
}

/// An async function
#[register]
async fn async_function(n: i64) -> i64 {
    n
}

/// A bool default on an int
#[register]
fn bool_default_for_int(#[port(default = true)] x: bool) {
    let _ = x;
}

/// Only the name matters
#[register]
#[allow(non_snake_case, reason = "the name of the twin")]
fn camelCaseName(x: i64) -> i64 {
    x
}

#[register(description = "Given description")]
fn description_no_docs(x: i64) -> i64 {
    x
}

/// Short
///
/// Long description.
#[register(description = "Given description")]
fn description_only(x: i64) -> i64 {
    x
}

/// Dicts
#[register]
fn dicts(
    a: HashMap<String, i64>,
    b: BTreeMap<String, Vec<f64>>,
    c: HashMap<String, BTreeMap<String, bool>>,
) -> HashMap<String, i64> {
    let _ = (b, c);
    a
}

/// Everything
///
/// Every scalar option at once.
#[register(
    collections = ["io", "math"],
    is_test_for = [add],
    stateful,
    logo = "https://example.org/logo.png",
    name = "A name",
    description = "A description"
)]
pub(crate) fn everything(x: i64) -> i64 {
    x
}

/// return_annotations with effects given
#[register]
fn explicit_returns(x: i64) -> (i64, String) {
    (x, String::new())
}

/// return_annotations without effects
#[register]
fn explicit_returns_no_effects(x: i64) -> i64 {
    x
}

/// Float formatting in the hash preimage (python repr)
#[register]
#[allow(clippy::too_many_arguments, reason = "as many as the twin has")]
fn float_extremes(
    #[port(default = 0.1)] a: f64,
    #[port(default = 1e-7)] b: f64,
    #[port(default = 1e16)] c: f64,
    #[port(default = 1e22)] d: f64,
    #[port(default = 5e-324)] e: f64,
    #[port(default = f64::MAX)] f: f64,
    #[port(default = 123_456_789.125)] g: f64,
    #[port(default = -0.0)] h: f64,
    #[port(default = 100_000.0)] i: f64,
) {
    let _ = (a, b, c, d, e, f, g, h, i);
}

/// Google docs.
///
/// The long description
/// over two lines.
///
/// And a second paragraph.
///
/// # Arguments
/// * `x` - The x
///   continued here
/// * `y` - The y. Defaults to "a".
///
/// # Returns
/// the first
/// str: the second
///
/// # Errors
/// never
#[register]
fn google_docs(x: i64, #[port(default = "a")] y: String) -> (i64, String) {
    (x, y)
}

/// An int default on a float: 0.22.0 looks at the default before the float hint
#[register]
fn int_default_for_float(#[port(default = 1)] x: i64) {
    let _ = x;
}

/// Lists
#[register]
fn lists(a: Vec<i64>, b: Vec<String>, c: Vec<Vec<f64>>) -> Vec<i64> {
    let _ = (b, c);
    a
}

/// Optionals inside containers
#[register]
fn nested_optionals(a: Vec<Option<i64>>, b: HashMap<String, Option<String>>, c: Option<Vec<Option<i64>>>) {
    let _ = (a, b, c);
}

#[register]
fn no_docs(x: i64) -> i64 {
    x
}

/// No return annotation
#[register]
fn no_return_annotation(x: i64) {
    let _ = x;
}

/// None return
#[register]
fn none_return(x: i64) -> Result<(), String> {
    u8::try_from(x).map(drop).map_err(|error| error.to_string())
}

/**
Numpy docs

The long description.

Parameters
----------
* `x`: The x
* `y`: The y

Returns
-------
* `first` - the first
* `second` - the second
*/
#[register]
fn numpy_docs(x: i64, #[port(default = "a")] y: String) -> std::io::Result<(i64, String)> {
    Ok((x, y))
}

/// omitfirst
#[register]
fn omit_first(x: i64) -> i64 {
    x
}

/// Nullable with a default
#[register]
fn optional_with_default(#[port(default = 5)] x: Option<i64>) {
    let _ = x;
}

/// Nullable by type and default
#[register]
fn optional_with_none(x: Option<i64>, #[port(default = None)] y: Option<String>) {
    let _ = (x, y);
}

/// Positional only and keyword only
#[register]
fn positional_and_keyword_only(a: i64, b: i64, c: i64) {
    let _ = (a, b, c);
}

/// Rest docs.
///
/// The long description.
///
/// # Parameters
/// * `x` - The x
///
/// # Returns
/// the result
#[register]
fn rest_docs(x: i64, #[port(default = "a", label = "y", description = "The y")] y: String) -> i64 {
    let _ = y;
    x
}

/// Scalar defaults
///
/// Every default makes the port nullable.
#[register]
fn scalar_defaults(
    #[port(default = 5)] i: i64,
    #[port(default = 0)] zero: i64,
    #[port(default = 1.5)] f: f64,
    #[port(default = "hello")] s: String,
    #[port(default = String::new())] empty: String,
    #[port(default = true)] b: bool,
    #[port(default = false)] nb: bool,
) {
    let _ = (i, zero, f, s, empty, b, nb);
}

/// Only short and args
///
/// # Arguments
/// * `x` - The x
#[register]
fn short_with_args(x: i64) -> i64 {
    x
}

/// Star args
#[register]
fn star_args(args: i64, kwargs: String) {
    let _ = (args, kwargs);
}

#[doc = "Größe 漢字 😀\n\nBeschreibung mit “Anführungszeichen”, \\backslash,   tab und \x7f."]
///
/// # Arguments
/// * `x` - Ümläut
#[register]
fn unicode_docs(#[port(default = "ü\u{7}\x7f\"\\/ \u{2028} 😀")] x: String) -> String {
    x
}

/// Effects and validators for a port that is not there are silently dropped
#[register]
fn unknown_effect_key(x: i64) {
    let _ = x;
}

/// State and context parameters are not ports
#[register]
fn with_locals(x: i64) -> f64 {
    f64::from(u8::try_from(x).unwrap_or_default())
}
