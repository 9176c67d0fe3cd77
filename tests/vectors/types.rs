//! The types of Python that the vectors use, as types in Rust.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use rekuest::{Choice, Contexts, Memorable, Memory, Model, State, Structure, Union};

/// The color of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(identifier = "golden_defs.color", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Color {
    Red,
    Green,
}

/// A string enum.
#[derive(Choice)]
#[choice(identifier = "golden_defs.level", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Level {
    Low,
    High,
}

/// An int enum.
#[derive(Choice)]
#[choice(identifier = "golden_defs.count", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Count {
    One,
    Two,
}

#[derive(Debug, Clone, PartialEq, Structure)]
#[structure(identifier = "@mikro/image")]
pub(crate) struct Image(pub(crate) String);

/// Says how it was fetched.
#[derive(Structure)]
#[structure(identifier = "@test/intid", expand = IntId::fetch, shrink = IntId::store)]
pub(crate) struct IntId(pub(crate) String);

impl IntId {
    async fn fetch(id: String, _: &Contexts) -> Result<Self, String> {
        Ok(Self(format!("expanded:'{id}':ID")))
    }

    async fn store(self, _: &Contexts) -> Result<String, String> {
        Ok("7".to_owned())
    }
}

/// Can neither be fetched nor stored.
#[derive(Structure)]
#[structure(identifier = "@test/broken", custom)]
pub(crate) struct Broken;

impl rekuest::Structure for Broken {
    type Error = &'static str;

    async fn expand(_: String, _: &Contexts) -> Result<Self, Self::Error> {
        Err("broken")
    }

    async fn shrink(self, _: &Contexts) -> Result<String, Self::Error> {
        Err("broken")
    }
}

#[derive(Memorable)]
#[memorable(identifier = "golden_defs.session")]
pub(crate) struct Session(pub(crate) String);

/// A point in space.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Point {
    pub(crate) x: i128,
    #[port(default = 1.5)]
    pub(crate) y: f64,
    pub(crate) name: Option<String>,
}

/// Nested models.
#[derive(Model)]
pub(crate) struct Line {
    pub(crate) start: Point,
    pub(crate) end: Point,
    pub(crate) tags: Vec<String>,
    pub(crate) meta: BTreeMap<String, i128>,
}

/// A pydantic model.
#[derive(Model)]
pub(crate) struct PydanticModel {
    /// The a of it
    pub(crate) a: i128,
    /// The b of it
    #[port(default = "bee")]
    pub(crate) b: String,
    pub(crate) c: Option<f64>,
}

/// What the states of the vectors hold.
#[derive(Debug, Clone, PartialEq, State)]
pub(crate) struct Full {
    pub(crate) i: i128,
    pub(crate) f: f64,
    pub(crate) s: String,
    pub(crate) b: bool,
    pub(crate) d: NaiveDateTime,
    pub(crate) l: Vec<i128>,
    pub(crate) m: BTreeMap<String, f64>,
    pub(crate) o: Option<String>,
    pub(crate) p: Point,
    pub(crate) c: Color,
    pub(crate) img: Image,
}

/// Another state.
#[derive(Debug, Clone, PartialEq, State)]
pub(crate) struct CameraState {
    pub(crate) exposure: f64,
    pub(crate) running: bool,
}

#[derive(Union)]
pub(crate) enum IntStr {
    Int(i128),
    Str(String),
}

#[derive(Union)]
pub(crate) enum BoolInt {
    Bool(bool),
    Int(i128),
}

#[derive(Union)]
pub(crate) enum IntBool {
    Int(i128),
    Bool(bool),
}

#[derive(Union)]
pub(crate) enum IntFloat {
    Int(i128),
    Float(f64),
}

#[derive(Union)]
pub(crate) enum FloatStr {
    Float(f64),
    Str(String),
}

#[derive(Union)]
pub(crate) enum ListDict {
    List(Vec<i128>),
    Dict(BTreeMap<String, i128>),
}

#[derive(Union)]
pub(crate) enum Lists {
    Ints(Vec<i128>),
    Texts(Vec<String>),
}

#[derive(Union)]
pub(crate) enum Everything {
    Image(Image),
    Session(Memory<Session>),
    Point(Point),
    Color(Color),
    Date(NaiveDateTime),
}

/// A date of a type with a time zone.
pub(crate) type Zoned = DateTime<FixedOffset>;
