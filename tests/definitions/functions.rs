//! Functions that say what functions in Python say, each named like its vector.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use futures_util::Stream;
use rekuest::{Ctx, State, register};

/// Add two numbers
#[register]
pub(crate) fn add(x: i64, y: i64) -> i64 {
    x + y
}

/// All scalars
///
/// One argument of every scalar kind.
#[register]
pub(crate) fn all_scalars(i: i64, f: f64, s: String, b: bool, d: DateTime<Utc>) {
    let _ = (i, f, s, b, d);
}

/// An async function
#[register]
pub(crate) async fn async_function(n: i64) -> i64 {
    n
}

/// An async generator with a plain hint
#[register]
pub(crate) fn async_generator_plain_hint(n: i64) -> impl Stream<Item = i64> + Send {
    futures_util::stream::iter(0..n)
}

/// A bool default on an int
#[register]
pub(crate) fn bool_default_for_int(#[port(default = true)] x: bool) {
    let _ = x;
}

/// Only the name matters
#[register]
#[allow(non_snake_case, reason = "the name of the twin")]
pub(crate) fn camelCaseName(x: i64) -> i64 {
    x
}

#[register(description = "Given description")]
pub(crate) fn description_no_docs(x: i64) -> i64 {
    x
}

/// Short
///
/// Long description.
#[register(description = "Given description")]
pub(crate) fn description_only(x: i64) -> i64 {
    x
}

/// Dicts
#[register]
pub(crate) fn dicts(
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
    interfaces = ["@arkitekt/thing"],
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
pub(crate) fn explicit_returns(x: i64) -> (i64, String) {
    (x, String::new())
}

/// return_annotations without effects
#[register]
pub(crate) fn explicit_returns_no_effects(x: i64) -> i64 {
    x
}

/// Float formatting in the hash preimage (python repr)
#[register]
#[allow(clippy::too_many_arguments, reason = "as many as the twin has")]
pub(crate) fn float_extremes(
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
pub(crate) fn google_docs(x: i64, #[port(default = "a")] y: String) -> (i64, String) {
    (x, y)
}

/// An int default on a float: 0.22.0 looks at the default before the float hint
#[register]
pub(crate) fn int_default_for_float(#[port(default = 1)] x: i64) {
    let _ = x;
}

/// Ints larger than 64 bit
#[register]
pub(crate) fn int_big(
    #[port(default = 9_223_372_036_854_775_808)] a: u64,
    #[port(default = -1_180_591_620_717_411_303_424)] b: i128,
) {
    let _ = (a, b);
}

/// Lists
#[register]
pub(crate) fn lists(a: Vec<i64>, b: Vec<String>, c: Vec<Vec<f64>>) -> Vec<i64> {
    let _ = (b, c);
    a
}

/// Optionals inside containers
#[register]
pub(crate) fn nested_optionals(
    a: Vec<Option<i64>>,
    b: HashMap<String, Option<String>>,
    c: Option<Vec<Option<i64>>>,
) {
    let _ = (a, b, c);
}

#[register]
pub(crate) fn no_docs(x: i64) -> i64 {
    x
}

/// No return annotation
#[register]
pub(crate) fn no_return_annotation(x: i64) {
    let _ = x;
}

/// None return
#[register]
pub(crate) fn none_return(x: i64) -> Result<(), String> {
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
pub(crate) fn numpy_docs(x: i64, #[port(default = "a")] y: String) -> std::io::Result<(i64, String)> {
    Ok((x, y))
}

/// omitfirst
#[register]
pub(crate) fn omit_first(x: i64) -> i64 {
    x
}

/// Nullable with a default
#[register]
pub(crate) fn optional_with_default(#[port(default = 5)] x: Option<i64>) {
    let _ = x;
}

/// Nullable by type and default
#[register]
pub(crate) fn optional_with_none(x: Option<i64>, #[port(default = None)] y: Option<String>) {
    let _ = (x, y);
}

/// Positional only and keyword only
#[register]
pub(crate) fn positional_and_keyword_only(a: i64, b: i64, c: i64) {
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
pub(crate) fn rest_docs(x: i64, #[port(default = "a", label = "y", description = "The y")] y: String) -> i64 {
    let _ = y;
    x
}

/// Scalar defaults
///
/// Every default makes the port nullable.
#[register]
pub(crate) fn scalar_defaults(
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
pub(crate) fn short_with_args(x: i64) -> i64 {
    x
}

/// A generator
#[register]
pub(crate) fn sync_generator(n: i64) -> impl Iterator<Item = i64> + Send {
    0..n
}

/// A generator of tuples
#[register]
pub(crate) fn sync_generator_tuple(n: i64) -> impl Iterator<Item = (i64, String)> + Send {
    (0..n).map(|item| (item, item.to_string()))
}

/// Star args
#[register]
pub(crate) fn star_args(args: i64, kwargs: String) {
    let _ = (args, kwargs);
}

#[doc = "Größe 漢字 😀\n\nBeschreibung mit “Anführungszeichen”, \\backslash,   tab und \x7f."]
///
/// # Arguments
/// * `x` - Ümläut
#[register]
pub(crate) fn unicode_docs(#[port(default = "ü\u{7}\x7f\"\\/ \u{2028} 😀")] x: String) -> String {
    x
}

/// Effects and validators for a port that is not there are silently dropped
#[register]
pub(crate) fn unknown_effect_key(x: i64) {
    let _ = x;
}

/// State and context parameters are not ports
#[register]
pub(crate) fn with_locals(x: i64, camera: State<CameraState>, hardware: Ctx<HardwareContext>) -> f64 {
    let _ = (x, &hardware.port);
    camera.read().exposure
}

/// A state.
#[derive(Clone, rekuest::State)]
pub(crate) struct CameraState {
    exposure: f64,
    running: bool,
}

/// A context.
#[derive(rekuest::Context)]
pub(crate) struct HardwareContext {
    port: String,
}
