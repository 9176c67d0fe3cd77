//! What an input is like, and what we read from it.

use crate::Case;
use crate::json::Json;
use crate::tagged::Tagged;
use crate::twins::Twin as _;

/// The kind of a value, and the kinds of what is in it.
pub(super) enum Kind {
    Int,
    Float,
    Text,
    Bool,
    Date,
    /// The only structure in unions.
    Image,
    Memory,
    Point,
    Line,
    PydanticModel,
    /// The name of the enum, and of its members.
    Choice(&'static str, &'static [&'static str]),
    List(&'static Kind),
    Dict(&'static Kind),
    Optional(&'static Kind),
    Union(&'static [Kind]),
}

const COLOR: Kind = Kind::Choice("Color", &["RED", "GREEN"]);
const LEVEL: Kind = Kind::Choice("Level", &["LOW", "HIGH"]);
const COUNT: Kind = Kind::Choice("Count", &["ONE", "TWO"]);

/// The kinds of the labels that exceptions read.
fn kind(label: &str) -> Kind {
    use Kind::{
        Bool, Date, Dict, Float, Image, Int, Line, List, Memory, Optional, Point, PydanticModel, Text, Union,
    };
    match label {
        "INT" | "INT default 5" | "Annotated INT (validators are not checked)" => Int,
        "Annotated INT withDefault(7), not nullable" => Int,
        "INT optional" | "INT optional default 5" => Optional(&Int),
        "FLOAT" | "FLOAT default 1.5" | "FLOAT default 1 (becomes INT)" => Float,
        "LIST of INT" | "LIST of INT default [1, 2]" | "LIST of INT default []" => List(&Int),
        "LIST of optional INT" => List(&Optional(&Int)),
        "DICT of INT" | "DICT of INT default" => Dict(&Int),
        "DICT of LIST of DICT" => Dict(&List(&Dict(&Int))),
        "UNION int str" | "UNION optional" | "UNION default 4" => Union(&[Int, Text]),
        "UNION nested in LIST" => List(&Union(&[Int, Text])),
        "UNION bool int" => Union(&[Bool, Int]),
        "UNION int bool" => Union(&[Int, Bool]),
        "UNION int float" => Union(&[Int, Float]),
        "UNION float str" => Union(&[Float, Text]),
        "UNION LIST DICT" => Union(&[List(&Int), Dict(&Int)]),
        "UNION of LISTs" => Union(&[List(&Int), List(&Text)]),
        "UNION structure memory model enum" => Union(&[Image, Memory, Point, COLOR, Date]),
        "ENUM" | "ENUM default" => COLOR,
        "ENUM optional" => Optional(&COLOR),
        "ENUM str" | "ENUM str default (becomes STRING)" => LEVEL,
        "ENUM int" => COUNT,
        "MODEL" | "MODEL default (dropped)" => Point,
        "MODEL optional" => Optional(&Point),
        "MODEL nested" => Line,
        "MODEL pydantic" => PydanticModel,
        "LIST of MODEL" => List(&Point),
        other => panic!("the kind of {other} is not known"),
    }
}

/// What we read, displayed; none for what we refuse, and for nothing.
pub(super) fn read(case: &Case) -> Option<String> {
    kind(case.label.label).read(case.json.as_ref()?)
}

impl Kind {
    fn read(&self, json: &Json) -> Option<String> {
        match (self, json) {
            (Self::Optional(_), Json::Null) => Some("null".to_owned()),
            (Self::Optional(kind), json) => kind.read(json),
            (Self::Int, json) => int(json).map(|int| format!("int {int}")),
            (Self::Float, json) => float(json).map(|float| format!("float {float:?}")),
            (Self::Text, json) => json.text().map(|text| format!("str {text:?}")),
            (Self::Bool, json) => match json.to_string().as_str() {
                "true" | "1" | "\"true\"" => Some("bool true".to_owned()),
                "false" | "0" | "\"false\"" => Some("bool false".to_owned()),
                _ => None,
            },
            (Self::Image, Json::Int(id) | Json::Text(id)) if !id.is_empty() => {
                Some(format!("structure Image str {id:?}"))
            }
            (Self::Memory | Self::Date, Json::Text(text)) if !text.is_empty() => {
                Some(format!("str {text:?}"))
            }
            (Self::Choice(class, members), Json::Text(member)) if members.contains(&member.as_str()) => {
                Some(format!("enum {class}.{member}"))
            }
            (Self::Point, json) => point(json),
            (Self::Line, json) => line(json),
            (Self::PydanticModel, json) => pydantic_model(json),
            (Self::List(kind), Json::List(items)) => {
                let items: Option<Vec<String>> = items.iter().map(|item| kind.read(item)).collect();
                Some(format!("list [{}]", items?.join(", ")))
            }
            (Self::Dict(kind), Json::Object(members)) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_by(|(one, _), (other, _)| one.cmp(other));
                let entry = |(key, value): &(String, Json)| Some(format!("{key:?}: {}", kind.read(value)?));
                let members: Option<Vec<String>> = members.into_iter().map(entry).collect();
                Some(format!("dict {{{}}}", members?.join(", ")))
            }
            (Self::Union(variants), json) => match json.get("use") {
                Some(Json::Int(index) | Json::Text(index)) => {
                    variants.get(index.parse::<usize>().ok()?)?.read(json.get("value")?)
                }
                Some(_) => None,
                None => variants.iter().find_map(|variant| variant.read(json)),
            },
            _ => None,
        }
    }
}

/// An INT, a whole float, or a text of one of them.
pub(super) fn int(json: &Json) -> Option<i128> {
    let digits = match json {
        Json::Int(digits) => Some(digits.as_str()),
        _ => json.text().map(str::trim),
    };
    let plain = digits.and_then(|digits| digits.parse().ok());
    plain.or_else(|| float(json).filter(|float| is_whole(*float)).map(|float| float as i128))
}

/// Whether a float means an integer.
pub(super) fn is_whole(float: f64) -> bool {
    float.fract() == 0.0 && float.abs() < 8.5e37
}

/// A number, or a text of one.
pub(super) fn float(json: &Json) -> Option<f64> {
    let float: f64 = match json {
        Json::Float(float) => *float,
        Json::Int(text) | Json::Text(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    float.is_finite().then_some(float)
}

fn point(json: &Json) -> Option<String> {
    let x = int(json.get("x")?)?;
    let y = or(json.get("y"), &Kind::Float, "float 1.5")?;
    let name = or(json.get("name"), &Kind::Text, "null")?;
    Some(format!("model Point {{\"name\": {name}, \"x\": int {x}, \"y\": {y}}}"))
}

fn line(json: &Json) -> Option<String> {
    let (start, end) = (point(json.get("start")?)?, point(json.get("end")?)?);
    let meta = Kind::Dict(&Kind::Int).read(json.get("meta")?)?;
    let tags = Kind::List(&Kind::Text).read(json.get("tags")?)?;
    Some(format!("model Line {{\"end\": {end}, \"meta\": {meta}, \"start\": {start}, \"tags\": {tags}}}"))
}

fn pydantic_model(json: &Json) -> Option<String> {
    let a = int(json.get("a")?)?;
    let b = or(json.get("b"), &Kind::Text, "str \"bee\"")?;
    let c = or(json.get("c"), &Kind::Float, "null")?;
    Some(format!("model PydanticModel {{\"a\": int {a}, \"b\": {b}, \"c\": {c}}}"))
}

/// A field that may be missing or null.
fn or(json: Option<&Json>, kind: &Kind, default: &str) -> Option<String> {
    match json {
        None | Some(Json::Null) => Some(default.to_owned()),
        Some(json) => kind.read(json),
    }
}

/// Whether nothing came, or null.
pub(super) fn missing(case: &Case) -> bool {
    matches!(case.json, None | Some(Json::Null))
}

/// Whether the value is like this, or something in it; for a union, the value of its variant.
pub(super) fn any(case: &Case, is: fn(&Json) -> bool) -> bool {
    fn within(json: &Json, is: fn(&Json) -> bool) -> bool {
        let held = json.get("use").and(json.get("value"));
        match (held, json) {
            (Some(held), _) => within(held, is),
            (None, Json::List(items)) => items.iter().any(|item| within(item, is)),
            (None, Json::Object(members)) => members.iter().any(|(_, value)| within(value, is)),
            (None, scalar) => is(scalar),
        }
    }
    case.json.as_ref().is_some_and(|json| within(json, is))
}

/// The text that came.
pub(super) fn text(case: &Case) -> Option<&str> {
    case.json.as_ref()?.text()
}

/// The variant that a value for a union says.
pub(super) fn variant(case: &Case) -> Option<&Json> {
    case.json.as_ref()?.get("use")
}

/// Whether a displayed date has an offset.
pub(super) fn zoned(date: &str) -> bool {
    date.split_once('T').is_some_and(|(_, time)| time.contains(['+', '-']))
}

/// A displayed date with an offset, in UTC and without it.
pub(super) fn in_utc(date: &str) -> Option<String> {
    let date: crate::types::Zoned = date.strip_prefix("datetime ")?.parse().ok()?;
    Some(date.naive_utc().told().to_string())
}

/// Whether a value of Python is infinite or no number, or something in it.
pub(super) fn not_finite(value: &Tagged) -> bool {
    match value {
        Tagged::Float(float) => !float.is_finite(),
        Tagged::List(items) => items.iter().any(not_finite),
        Tagged::Model { fields: entries, .. } | Tagged::Dict(entries) => entries.values().any(not_finite),
        _ => false,
    }
}
