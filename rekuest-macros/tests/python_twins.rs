//! Functions of derived types that say the same as a Python function have its hash: the definitions agree to the letter.

use std::collections::HashMap;

use rekuest_core::{Definition, DefinitionBuf, Memory};
use rekuest_macros::{Choice, Memorable, Model, Structure, Union, register};

// What generated code finds under the name of the facade.
extern crate self as rekuest;
#[doc(hidden)]
pub use rekuest_core as __core;

/// The color of a thing.
#[derive(Choice)]
#[choice(identifier = "golden_defs.color", rename_all = "UPPERCASE")]
enum Color {
    Red,
    Green,
}

/// A string enum.
#[derive(Choice)]
#[choice(identifier = "golden_defs.level")]
enum Level {
    #[choice(value = "LOW")]
    Low,
    #[choice(value = "HIGH")]
    High,
}

/// A point in space.
#[derive(Model)]
struct Point {
    x: i64,
    #[port(default = 1.5)]
    y: f64,
    name: Option<String>,
}

/// A class that model() turns into a dataclass.
#[derive(Model)]
struct AutoPoint {
    x: i64,
    #[port(default = 3)]
    y: i64,
}

/// What lives elsewhere is described where it is used.
#[derive(Structure)]
#[structure(identifier = "@mikro/image")]
struct Image(String);

#[derive(Memorable)]
#[memorable(identifier = "golden_defs.session")]
struct Session;

#[derive(Union)]
enum Any {
    Image(Image),
    Session(Memory<Session>),
    Number(i64),
}

#[derive(Union)]
enum Kept {
    Image(Image),
    Session(Memory<Session>),
}

#[derive(Union)]
enum NumberOrImage {
    Number(i64),
    Image(Image),
}

/// An enum
#[register]
fn enum_arg(c: Color) -> Color {
    c
}

/// A str enum
#[register]
fn str_enum_arg(l: Level) -> Level {
    l
}

/// A model
#[register]
fn model_arg(p: Point) -> Point {
    p
}

/// A model made by @model alone
#[register]
fn auto_model_arg(p: AutoPoint) -> AutoPoint {
    p
}

/// Structure
///
/// # Arguments
/// * `image` - The image
///
/// # Returns
/// The other image
#[register]
fn structure(image: Image) -> Image {
    image
}

/// A memory structure
#[register]
fn memory_structure(s: Memory<Session>) -> Memory<Session> {
    s
}

/// Union of structures
#[register]
fn structure_union(x: Any) -> Kept {
    match x {
        Any::Image(image) => Kept::Image(image),
        Any::Session(session) => Kept::Session(session),
        Any::Number(number) => Kept::Image(Image(number.to_string())),
    }
}

/// Deeply nested
#[register]
fn deep(a: HashMap<String, Vec<HashMap<String, Vec<NumberOrImage>>>>, b: Vec<Vec<Vec<Point>>>) {
    let _ = (a, b);
}

fn hash(definition: Definition) -> String {
    let json = serde_json::to_string(&definition).expect("a definition has JSON");
    let definition: DefinitionBuf = serde_json::from_str(&json).expect("it can be read again");
    definition.hash()
}

#[test]
fn what_says_the_same_has_one_hash() {
    for (definition, expected) in [
        (enum_arg::DEFINITION, "bf52d4060681582b16c3974be6bd25aafd1ec1706fbfe7b3d413f2331ea10e3c"),
        (str_enum_arg::DEFINITION, "fb65c11b17f8e5c8c0ce4457149f07b69c536ef02dcf0ca9d0e3633938dfb3d8"),
        (model_arg::DEFINITION, "47c85a56d86fd26edc05e973576729874fccda57de30d05ecf923dba80e6a0bc"),
        (auto_model_arg::DEFINITION, "c41c65bd11cce913157ba1bf69bd7fbdc470192673e9def213fd342c47b99a23"),
        (structure::DEFINITION, "1776cde3afc5c6998cb59301bda259a8f3c458aff8bca256f2b9549e80915376"),
        (memory_structure::DEFINITION, "cd9eaa746cbd907290bc86c3405ed942d4ed4ac58d84f400d33817d4e844c511"),
        (structure_union::DEFINITION, "5be3c50d2f5bd38726810f8dc4d79060859fc5723bdd1a9939fb4334bf4716d4"),
        (deep::DEFINITION, "08cfc44d44f7b8b97eb8afafd9f2bcbcb232a5c9d55f02a565389880aca8f249"),
    ] {
        assert_eq!(hash(definition), expected, "{}", definition.name());
    }
}
