//! From values of Python to values in Rust and back.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDateTime, Timelike as _};
use rekuest::{Choice, Contexts, Expand as _, Memory};

use crate::json::Json;
use crate::tagged::Tagged;
use crate::types::{
    BoolInt, Broken, Color, Count, Everything, FloatStr, Image, IntBool, IntFloat, IntId, IntStr, Level,
    Line, ListDict, Lists, Point, PydanticModel, Session, Zoned,
};

/// Where a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Agent,
    Caller,
}

/// A type in Rust that stands for one of Python.
pub(crate) trait Twin: Sized {
    /// The value of Python that this is.
    fn told(&self) -> Tagged;

    /// The value in Rust that this is; none where the type cannot hold it, so that a program that tries does not
    /// compile.
    fn held(tagged: &Tagged, side: Side) -> Option<Self>;

    /// The same for the variant of a union, which is never chosen for a value of another type.
    fn variant(tagged: &Tagged, side: Side) -> Option<Self> {
        Self::held(tagged, side)
    }
}

macro_rules! ints {
    ($($int:ty)*) => {$(
        impl Twin for $int {
            fn told(&self) -> Tagged {
                Tagged::Int(self.to_string())
            }

            fn held(tagged: &Tagged, _: Side) -> Option<Self> {
                if let Tagged::Int(digits) = tagged { digits.parse().ok() } else { None }
            }
        }
    )*};
}

ints!(i64 i128);

impl Twin for f64 {
    fn told(&self) -> Tagged {
        Tagged::Float(*self)
    }

    /// Also of a whole number: `5.0` is how one says `5` in Rust.
    fn held(tagged: &Tagged, side: Side) -> Option<Self> {
        if let Tagged::Int(digits) = tagged { digits.parse().ok() } else { Self::variant(tagged, side) }
    }

    fn variant(tagged: &Tagged, _: Side) -> Option<Self> {
        if let Tagged::Float(float) = tagged { Some(*float) } else { None }
    }
}

impl Twin for String {
    fn told(&self) -> Tagged {
        Tagged::Text(self.clone())
    }

    fn held(tagged: &Tagged, _: Side) -> Option<Self> {
        if let Tagged::Text(text) = tagged { Some(text.clone()) } else { None }
    }
}

impl Twin for bool {
    fn told(&self) -> Tagged {
        Tagged::Bool(*self)
    }

    fn held(tagged: &Tagged, _: Side) -> Option<Self> {
        if let Tagged::Bool(bool) = tagged { Some(*bool) } else { None }
    }
}

impl Twin for Zoned {
    fn told(&self) -> Tagged {
        let offset = self.format("%:z");
        let Tagged::Date(local) = self.naive_local().told() else { unreachable!("a date is told as one") };
        Tagged::Date(format!("{local}{offset}"))
    }

    fn held(tagged: &Tagged, _: Side) -> Option<Self> {
        if let Tagged::Date(date) = tagged { date.parse().ok() } else { None }
    }
}

impl Twin for NaiveDateTime {
    fn told(&self) -> Tagged {
        assert!((1..=9999).contains(&self.year()), "Python has no other years");
        let fraction = if self.nanosecond() == 0 { "" } else { "%.6f" };
        Tagged::Date(self.format(&format!("%Y-%m-%dT%H:%M:%S{fraction}")).to_string())
    }

    fn held(tagged: &Tagged, _: Side) -> Option<Self> {
        if let Tagged::Date(date) = tagged { date.parse().ok() } else { None }
    }
}

impl<T: Twin> Twin for Option<T> {
    fn told(&self) -> Tagged {
        self.as_ref().map_or(Tagged::Null, T::told)
    }

    fn held(tagged: &Tagged, side: Side) -> Option<Self> {
        if let Tagged::Null = tagged { Some(None) } else { T::held(tagged, side).map(Some) }
    }
}

impl<T: Twin> Twin for Vec<T> {
    fn told(&self) -> Tagged {
        Tagged::List(self.iter().map(T::told).collect())
    }

    fn held(tagged: &Tagged, side: Side) -> Option<Self> {
        let Tagged::List(items) = tagged else { return None };
        items.iter().map(|item| T::held(item, side)).collect()
    }
}

impl<T: Twin> Twin for BTreeMap<String, T> {
    fn told(&self) -> Tagged {
        Tagged::Dict(self.iter().map(|(key, value)| (key.clone(), value.told())).collect())
    }

    fn held(tagged: &Tagged, side: Side) -> Option<Self> {
        let Tagged::Dict(entries) = tagged else { return None };
        entries.iter().map(|(key, value)| Some((key.clone(), T::held(value, side)?))).collect()
    }
}

macro_rules! choices {
    ($($choice:ident)*) => {$(
        impl Twin for $choice {
            fn told(&self) -> Tagged {
                Tagged::Enum(format!("{}.{}", stringify!($choice), self.value()))
            }

            fn held(tagged: &Tagged, _: Side) -> Option<Self> {
                let Tagged::Enum(member) = tagged else { return None };
                Self::from_value(member.strip_prefix(concat!(stringify!($choice), "."))?)
            }
        }
    )*};
}

choices!(Color Level Count);

macro_rules! models {
    ($($model:ident { $($field:ident),* })*) => {$(
        impl Twin for $model {
            fn told(&self) -> Tagged {
                let fields = BTreeMap::from([$((stringify!($field).to_owned(), self.$field.told())),*]);
                Tagged::Model { class: stringify!($model).to_owned(), fields }
            }

            fn held(tagged: &Tagged, side: Side) -> Option<Self> {
                match tagged {
                    Tagged::Model { class, fields } if class == stringify!($model) => {
                        Some(Self { $($field: Twin::held(fields.get(stringify!($field))?, side)?),* })
                    }
                    _ => None,
                }
            }
        }
    )*};
}

models! {
    Point { x, y, name }
    Line { start, end, tags, meta }
    PydanticModel { a, b, c }
}

macro_rules! unions {
    ($($union:ident { $($variant:ident),* })*) => {$(
        impl Twin for $union {
            fn told(&self) -> Tagged {
                match self {
                    $(Self::$variant(value) => value.told()),*
                }
            }

            fn held(tagged: &Tagged, side: Side) -> Option<Self> {
                None $(.or_else(|| Twin::variant(tagged, side).map(Self::$variant)))*
            }
        }
    )*};
}

unions! {
    IntStr { Int, Str }
    BoolInt { Bool, Int }
    IntBool { Int, Bool }
    IntFloat { Int, Float }
    FloatStr { Float, Str }
    ListDict { List, Dict }
    Lists { Ints, Texts }
    Everything { Image, Session, Point, Color, Date }
}

impl Twin for Image {
    fn told(&self) -> Tagged {
        Tagged::Structure { class: "Image".to_owned(), id: Box::new(self.0.told()) }
    }

    fn held(tagged: &Tagged, _: Side) -> Option<Self> {
        match tagged {
            Tagged::Structure { class, id } if class == "Image" => match &**id {
                Tagged::Text(id) | Tagged::Int(id) => Some(Self(id.clone())),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Twin for IntId {
    fn told(&self) -> Tagged {
        Tagged::Text(self.0.clone())
    }

    fn held(tagged: &Tagged, _: Side) -> Option<Self> {
        let Tagged::Object(shown) = tagged else { return None };
        shown.contains("IntId").then(|| Self(String::new()))
    }
}

impl Twin for Broken {
    fn told(&self) -> Tagged {
        Tagged::Object("<__main__.Broken>".to_owned())
    }

    fn held(tagged: &Tagged, _: Side) -> Option<Self> {
        let Tagged::Object(shown) = tagged else { return None };
        shown.contains("Broken").then_some(Self)
    }
}

impl Twin for Memory<Session> {
    fn told(&self) -> Tagged {
        match (self.get(), self.drawer()) {
            (Ok(session), _) => Tagged::Object(format!("Session('{}')", session.0)),
            (Err(_), drawer) => Tagged::Text(drawer.unwrap_or_default().to_owned()),
        }
    }

    fn held(tagged: &Tagged, side: Side) -> Option<Self> {
        match tagged {
            Tagged::Object(shown) => {
                let name = shown.strip_prefix("Session('")?.strip_suffix("')")?;
                Some(Self::new(Session(name.to_owned())))
            }
            // A caller has what a call returned: the id of a drawer.
            Tagged::Text(drawer) if side == Side::Caller => {
                let contexts = Contexts::default();
                let drawer = Json::Text(drawer.clone()).raw();
                crate::peer::now(Self::expand(&drawer, &contexts)).ok()
            }
            _ => None,
        }
    }
}
