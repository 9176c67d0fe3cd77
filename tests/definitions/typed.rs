//! Functions of derived types that say what functions in Python say, each named like its vector.

use std::collections::HashMap;

use rekuest::{Choice, Memorable, Memory, Model, Structure, Union, register};

/// The color of a thing.
#[derive(Choice)]
#[choice(identifier = "golden_defs.color", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Color {
    Red,
    Green,
}

/// A string enum.
#[derive(Choice)]
#[choice(identifier = "golden_defs.level", rename_all = "UPPERCASE")]
pub(crate) enum Level {
    Low,
    High,
}

#[derive(Choice)]
#[choice(identifier = "golden_defs.undocumented")]
pub(crate) enum Undocumented {
    A,
    B,
}

/// A class that model() turns into a dataclass.
#[derive(Model)]
pub(crate) struct AutoPoint {
    x: i64,
    #[port(default = 3)]
    y: i64,
}

/// A point in space.
#[derive(Model)]
pub(crate) struct Point {
    x: i64,
    #[port(default = 1.5)]
    y: f64,
    name: Option<String>,
}

/// A global structure.
#[derive(Structure)]
#[structure(identifier = "@mikro/image")]
pub(crate) struct Image(String);

/// Stays in memory.
#[derive(Memorable)]
#[memorable(identifier = "golden_defs.session")]
pub(crate) struct Session;

/// Has its own identifier.
#[derive(Memorable)]
#[memorable(identifier = "myapp/session")]
pub(crate) struct NamedSession;

#[derive(Memorable)]
#[memorable(identifier = "typing.any")]
pub(crate) struct Any;

#[derive(Memorable)]
#[memorable(identifier = "typing.literal")]
pub(crate) struct Literal;

#[derive(Memorable)]
#[memorable(identifier = "builtins.bytes")]
pub(crate) struct Bytes;

#[derive(Memorable)]
#[memorable(identifier = "builtins.tuple")]
pub(crate) struct Tuple;

#[derive(Memorable)]
#[memorable(identifier = "builtins.list")]
pub(crate) struct List;

#[derive(Memorable)]
#[memorable(identifier = "builtins.dict")]
pub(crate) struct Dict;

#[derive(Memorable)]
#[memorable(identifier = "datetime.date")]
pub(crate) struct Date;

#[derive(Memorable)]
#[memorable(identifier = "builtins.complex")]
pub(crate) struct Complex;

#[derive(Union)]
pub(crate) enum IntOrImage {
    Int(i64),
    Image(Image),
}

#[derive(Union)]
pub(crate) enum IntOrText {
    Int(i64),
    Text(String),
}

#[derive(Union)]
pub(crate) enum Taken {
    Image(Image),
    Session(Memory<Session>),
    Int(i64),
}

#[derive(Union)]
pub(crate) enum Given {
    Image(Image),
    Session(Memory<Session>),
}

/// Any
#[register]
pub(crate) fn any_arg(a: Memory<Any>) -> Memory<Any> {
    a
}

/// A model made by @model alone
#[register]
pub(crate) fn auto_model_arg(p: AutoPoint) -> AutoPoint {
    p
}

/// What 0.22.0 does with everything it does not know: a memory structure
#[register]
pub(crate) fn catch_all_memory_structures(
    a: Memory<Bytes>,
    b: Memory<Tuple>,
    c: Memory<List>,
    d: Memory<Dict>,
    e: Memory<Date>,
    f: Memory<Complex>,
    g: Memory<Tuple>,
) {
    let _ = (a, b, c, d, e, f, g);
}

/// Deeply nested
#[register]
pub(crate) fn deep(a: HashMap<String, Vec<HashMap<String, Vec<IntOrImage>>>>, b: Vec<Vec<Vec<Point>>>) {
    let _ = (a, b);
}

/// An enum
#[register]
pub(crate) fn enum_arg(c: Color) -> Color {
    c
}

/// An enum with a default
#[register]
pub(crate) fn enum_default(#[port(default = Color::Green)] c: Color, d: Option<Color>) {
    let _ = (c, d);
}

/// withDefault with the member
#[register]
pub(crate) fn enum_with_member_default(#[port(default = Color::Red)] c: Color) {
    let _ = c;
}

/// An int enum with a default: 0.22.0 turns this into an INT port
#[register]
pub(crate) fn int_enum_default(#[port(default = 2)] c: i64) {
    let _ = c;
}

/// A Literal
#[register]
pub(crate) fn literal_arg(a: Memory<Literal>) {
    let _ = a;
}

/// A memory structure
#[register]
pub(crate) fn memory_structure(s: Memory<Session>) -> Memory<Session> {
    s
}

/// A model
#[register]
pub(crate) fn model_arg(p: Point) -> Point {
    p
}

/// A memory structure with an identifier
#[register]
pub(crate) fn named_memory_structure(s: Memory<NamedSession>) -> Vec<Memory<NamedSession>> {
    vec![s]
}

/// Optional models (the default of a model is dropped)
#[register]
pub(crate) fn optional_model(
    p: Option<Point>,
    #[port(default = Point { x: 1, y: 1.5, name: None })] q: Point,
) -> Option<Point> {
    let _ = q;
    p
}

/// Nullable unions
#[register]
pub(crate) fn optional_unions(
    a: Option<IntOrText>,
    #[port(default = None)] b: Option<IntOrText>,
    #[port(default = IntOrText::Int(4))] c: IntOrText,
) -> Option<IntOrText> {
    let _ = (b, c);
    a
}

/// A str enum
#[register]
pub(crate) fn str_enum_arg(l: Level) -> Level {
    l
}

/// Structure
///
/// # Arguments
/// * `image` - The image
///
/// # Returns
/// The other image
#[register]
pub(crate) fn structure(image: Image) -> Image {
    image
}

/// Union of structures
#[register]
pub(crate) fn structure_union(x: Taken) -> Given {
    match x {
        Taken::Image(image) => Given::Image(image),
        Taken::Session(session) => Given::Session(session),
        Taken::Int(int) => Given::Image(Image(int.to_string())),
    }
}

/// An enum without docstring
#[register]
pub(crate) fn undocumented_enum(u: Undocumented) {
    let _ = u;
}
