//! What each `type` label of the vectors is in Rust: a registered function that takes it, and one that gives it.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use rekuest::{Call, Implementation, Memory, register};

use crate::json::Json;
use crate::peer::{Asker, now};
use crate::tagged::Tagged;
use crate::twins::{Side, Twin};
use crate::types::{
    BoolInt, Broken, Color, Count, Everything, FloatStr, Image, IntBool, IntFloat, IntId, IntStr, Level,
    Line, ListDict, Lists, Point, PydanticModel, Session, Zoned,
};

/// A label, and a type in Rust for it.
pub(crate) struct Label {
    /// The label. Several types may have the same.
    pub(crate) label: &'static str,
    /// What the type is called here.
    pub(crate) twin: &'static str,
    /// Takes the value as `x`, and returns how it is displayed.
    pub(crate) take: &'static Implementation,
    /// Takes a tagged value, and returns it.
    pub(crate) give: &'static Implementation,
    /// Whether the type can hold a value that a function returns.
    pub(crate) holds: fn(&Tagged) -> bool,
    /// Calls what takes the value; none for a value that the type cannot hold, or that it cannot leave out.
    pub(crate) send: fn(&Asker, Option<&Tagged>) -> Option<Sent>,
    /// Calls what gives the value, and displays it.
    pub(crate) receive: fn(&Asker) -> Result<String, String>,
}

/// A call that was made, or why not.
type Sent = Result<(), String>;

/// The value that is written in `tagged`.
fn given<T: Twin>(tagged: &str) -> T {
    let tagged = Json::parse(tagged).and_then(|json| Tagged::read(&json)).expect("a tagged value");
    T::held(&tagged, Side::Agent).expect("a value that the type can hold")
}

fn called<R: rekuest_core::FromReturns>(call: Call<'_, R>) -> Result<R, String> {
    now(call.into_future()).map_err(|error| error.to_string())
}

/// `name "label" [type];`, with `leaves [T]` for what a caller may leave out, and `port(…)` and `returns(…)` for what is
/// said about it.
macro_rules! labels {
    ($($twin:ident $label:literal [$($value:tt)+] $(leaves [$($inner:tt)+])? $(port($($port:tt)+))?
       $(returns($($returns:tt)+))?;)*) => {
        $(mod $twin {
            use super::*;

            #[register]
            fn take($(#[port($($port)+)])? x: $($value)+) -> String {
                x.told().to_string()
            }

            #[register$((returns($($returns)+)))?]
            fn give(tagged: String) -> $($value)+ {
                given(&tagged)
            }

            fn send(asker: &Asker, tagged: Option<&Tagged>) -> Option<Sent> {
                let x = labels!(@sent tagged, $([$($inner)+])?);
                Some(called(take::call(asker, x)).map(drop))
            }

            pub(super) const LABEL: Label = Label {
                label: $label,
                twin: stringify!($twin),
                take: &take::IMPLEMENTATION,
                give: &give::IMPLEMENTATION,
                holds: |tagged| <$($value)+ as Twin>::held(tagged, Side::Agent).is_some(),
                send,
                receive: |asker| called(give::call(asker, String::new())).map(|value| value.told().to_string()),
            };
        })*

        /// All of them.
        pub(crate) const LABELS: &[Label] = &[$($twin::LABEL),*];
    };
    (@sent $tagged:ident,) => { Twin::held($tagged?, Side::Caller)? };
    (@sent $tagged:ident, [$($inner:tt)+]) => {
        match $tagged {
            None => None::<$($inner)+>,
            Some(tagged) => <Option<$($inner)+> as Twin>::held(tagged, Side::Caller)?,
        }
    };
}

labels! {
    int "INT" [i128];
    int_default "INT default 5" [i128] leaves [i128] port(default = 5);
    int_optional "INT optional" [Option<i128>] leaves [i128];
    int_optional_default "INT optional default 5" [Option<i128>] leaves [i128] port(default = 5);
    int_bounded "Annotated INT (validators are not checked)" [i128] port(gt = 3) returns(gt = 3);
    int_annotated_default "Annotated INT withDefault(7), not nullable" [i128] leaves [i128] port(default = 7);
    float "FLOAT" [f64];
    float_default "FLOAT default 1.5" [f64] leaves [f64] port(default = 1.5);
    float_whole_default "FLOAT default 1 (becomes INT)" [f64] leaves [f64] port(default = 1.0);
    string "STRING" [String];
    string_default "STRING default" [String] leaves [String] port(default = "d");
    boolean "BOOL" [bool];
    boolean_default "BOOL default True" [bool] leaves [bool] port(default = true);
    date "DATE" [Zoned];
    date_naive "DATE" [NaiveDateTime];
    list "LIST of INT" [Vec<i128>];
    list_default "LIST of INT default [1, 2]" [Vec<i128>] leaves [Vec<i128>] port(default = vec![1, 2]);
    list_default_empty "LIST of INT default []" [Vec<i128>] leaves [Vec<i128>] port(default = vec![]);
    list_of_optional "LIST of optional INT" [Vec<Option<i128>>];
    list_of_list "LIST of LIST of STRING" [Vec<Vec<String>>];
    dict "DICT of INT" [BTreeMap<String, i128>];
    dict_default "DICT of INT default" [BTreeMap<String, i128>] leaves [BTreeMap<String, i128>]
        port(default = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
    dict_deep "DICT of LIST of DICT" [BTreeMap<String, Vec<BTreeMap<String, i128>>>];
    union_int_str "UNION int str" [IntStr];
    union_bool_int "UNION bool int" [BoolInt];
    union_int_bool "UNION int bool" [IntBool];
    union_int_float "UNION int float" [IntFloat];
    union_float_str "UNION float str" [FloatStr];
    union_list_dict "UNION LIST DICT" [ListDict];
    union_lists "UNION of LISTs" [Lists];
    union_optional "UNION optional" [Option<IntStr>] leaves [IntStr];
    union_default "UNION default 4" [IntStr] leaves [IntStr] port(default = IntStr::Int(4));
    union_everything "UNION structure memory model enum" [Everything];
    union_in_list "UNION nested in LIST" [Vec<IntStr>];
    choice "ENUM" [Color];
    choice_default "ENUM default" [Color] leaves [Color] port(default = Color::Green);
    choice_text "ENUM str" [Level];
    choice_text_default "ENUM str default (becomes STRING)" [Level] leaves [Level] port(default = Level::High);
    choice_int "ENUM int" [Count];
    choice_optional "ENUM optional" [Option<Color>] leaves [Color];
    structure "STRUCTURE" [Image];
    structure_int_id "STRUCTURE int id" [IntId];
    structure_optional "STRUCTURE optional" [Option<Image>] leaves [Image];
    structure_broken "STRUCTURE broken" [Broken];
    list_of_structure "LIST of STRUCTURE" [Vec<Image>];
    memory "MEMORY_STRUCTURE" [Memory<Session>];
    memory_optional "MEMORY_STRUCTURE optional" [Option<Memory<Session>>] leaves [Memory<Session>];
    list_of_memory "LIST of MEMORY_STRUCTURE" [Vec<Memory<Session>>];
    model "MODEL" [Point];
    model_default "MODEL default (dropped)" [Point] leaves [Point]
        port(default = Point { x: 1, y: 1.5, name: None });
    model_optional "MODEL optional" [Option<Point>] leaves [Point];
    model_nested "MODEL nested" [Line];
    model_pydantic "MODEL pydantic" [PydanticModel];
    list_of_model "LIST of MODEL" [Vec<Point>];
}
