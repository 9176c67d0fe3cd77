//! Differences in what is read: arguments in an agent, returns at a caller.

use super::input::{any, float, in_utc, int, is_whole, missing, read, text, variant, zoned};
use super::{Exception, Ours};
use crate::json::Json;

const EXPANDS: &[&str] = &["actor_expand", "postman_expand"];

/// The labels of which every number is an INT.
const INTS: &[&str] = &[
    "INT",
    "INT default 5",
    "INT optional",
    "INT optional default 5",
    "Annotated INT (validators are not checked)",
    "Annotated INT withDefault(7), not nullable",
    "LIST of INT",
    "LIST of INT default [1, 2]",
    "LIST of INT default []",
    "LIST of optional INT",
    "DICT of INT",
    "DICT of INT default",
    "DICT of LIST of DICT",
];

const FLOATS: &[&str] = &["FLOAT", "FLOAT default 1.5", "FLOAT default 1 (becomes INT)", "UNION int float"];

const UNIONS: &[&str] = &[
    "UNION int str",
    "UNION optional",
    "UNION default 4",
    "UNION bool int",
    "UNION int bool",
    "UNION int float",
    "UNION float str",
    "UNION LIST DICT",
    "UNION of LISTs",
    "UNION structure memory model enum",
];

const ENUMS: &[&str] =
    &["ENUM", "ENUM default", "ENUM str", "ENUM str default (becomes STRING)", "ENUM int", "ENUM optional"];

const MODELS: &[&str] = &[
    "MODEL",
    "MODEL default (dropped)",
    "MODEL optional",
    "MODEL nested",
    "MODEL pydantic",
    "LIST of MODEL",
];

pub(super) const EXCEPTIONS: &[Exception] = &[
    Exception {
        rule: "an INT is made of any float",
        why: "5.0 is beyond doubt and taken; what 5.7 loses may matter, and a float beyond 2^126 means no integer",
        directions: EXPANDS,
        labels: &[INTS],
        input: |case| any(case, |json| matches!(json, Json::Float(float) if !is_whole(*float))),
        ours: Ours::Refused,
    },
    Exception {
        rule: "a caller refuses an INT that comes as 5.0, and who reads \"1e3\" refuses that",
        why: "it is beyond doubt",
        directions: EXPANDS,
        labels: &[INTS],
        input: |case| case.python.is_none() && any(case, |json| float(json).is_some_and(is_whole)),
        ours: Ours::Is(read),
    },
    Exception {
        rule: "a number is read from a text with underscores",
        why: "only Python writes numbers so",
        directions: EXPANDS,
        labels: &[INTS, FLOATS],
        input: |case| any(case, |json| json.text().is_some_and(|text| text.contains('_'))),
        ours: Ours::Refused,
    },
    Exception {
        rule: "a number is read from a BOOL",
        why: "they are two types",
        directions: EXPANDS,
        labels: &[INTS, FLOATS],
        input: |case| any(case, |json| matches!(json, Json::Bool(_))),
        ours: Ours::Refused,
    },
    Exception {
        rule: "a FLOAT takes \"inf\" and \"nan\"",
        why: "they could not be sent on: JSON has no text for them",
        directions: EXPANDS,
        labels: &[FLOATS],
        input: |case| any(case, |json| matches!(infinite(json), Some(true))),
        ours: Ours::Refused,
    },
    Exception {
        rule: "a caller refuses a FLOAT that comes as 5",
        why: "it is beyond doubt, and agents take it too",
        directions: &["postman_expand"],
        labels: &[FLOATS, &["UNION float str"]],
        input: |case| any(case, |json| matches!(json, Json::Int(_))),
        ours: Ours::Is(read),
    },
    Exception {
        rule: "a STRING is made of anything, in the words of Python",
        why: "`True` and `[1, 'a']` are of no use to whoever wants a text, and the mistake stays hidden",
        directions: EXPANDS,
        labels: &[&["STRING", "STRING default", "LIST of LIST of STRING"]],
        input: |case| match case.json.as_ref() {
            Some(Json::List(_)) if case.label.twin == "list_of_list" => {
                any(case, |json| json.text().is_none())
            }
            _ => !missing(case) && text(case).is_none(),
        },
        ours: Ours::Refused,
    },
    Exception {
        rule: "what is in a UNION or a MODEL is read as loosely as alone",
        why: "the same as alone: a STRING is no number, an INT has no fraction, an id is not empty",
        directions: EXPANDS,
        labels: &[UNIONS, MODELS, &["UNION nested in LIST"]],
        input: |case| !missing(case) && read(case).is_none(),
        ours: Ours::Refused,
    },
    Exception {
        rule: "a BOOL is true for everything that is not empty or zero",
        why: "`\"no\"` and `[0]` are mistakes; true, false, 0, 1, \"true\" and \"false\" are beyond doubt",
        directions: EXPANDS,
        labels: &[&["BOOL", "BOOL default True"]],
        input: |case| match &case.json {
            None | Some(Json::Null | Json::Bool(_)) => false,
            Some(Json::Int(digits)) => !["0", "1"].contains(&digits.as_str()),
            Some(Json::Text(text)) => !["true", "false"].contains(&text.as_str()),
            Some(_) => true,
        },
        ours: Ours::Refused,
    },
    Exception {
        rule: "a BOOL is true for \"false\"",
        why: "it says the opposite",
        directions: EXPANDS,
        labels: &[&["BOOL", "BOOL default True"]],
        input: |case| text(case) == Some("false"),
        ours: Ours::Is(|_| Some("bool false".to_owned())),
    },
    Exception {
        rule: "a DATE without an offset stays without one",
        why: "a type with a time zone needs one: UTC (protocol, section 5); the other type for this label keeps it",
        directions: EXPANDS,
        labels: &[&["DATE"]],
        input: |case| case.label.twin == "date" && case.python.as_deref().is_some_and(|date| !zoned(date)),
        ours: Ours::Is(|case| Some(format!("{}+00:00", case.python.as_deref()?))),
    },
    Exception {
        rule: "a DATE with an offset keeps it",
        why: "a type without a time zone holds none, and means UTC; the other type for this label keeps it",
        directions: EXPANDS,
        labels: &[&["DATE", "UNION structure memory model enum"]],
        input: |case| case.label.twin != "date" && case.python.as_deref().is_some_and(zoned),
        ours: Ours::Is(|case| in_utc(case.python.as_deref()?)),
    },
    Exception {
        rule: "a LIST that is empty by default is null",
        why: "defaults are not lost",
        directions: &["actor_expand"],
        labels: &[&["LIST of INT default []"]],
        input: missing,
        ours: Ours::Is(|_| Some("list []".to_owned())),
    },
    Exception {
        rule: "the default of a UNION cannot be read",
        why: "it is written like any value of the union",
        directions: &["actor_expand"],
        labels: &[&["UNION default 4"]],
        input: missing,
        ours: Ours::Is(|_| Some("int 4".to_owned())),
    },
    Exception {
        rule: "the default of a MODEL is lost",
        why: "defaults are not lost",
        directions: &["actor_expand"],
        labels: &[&["MODEL default (dropped)"]],
        input: missing,
        ours: Ours::Is(|_| Some("model Point {\"name\": null, \"x\": int 1, \"y\": float 1.5}".to_owned())),
    },
    Exception {
        rule: "a FLOAT with a whole default is an INT",
        why: "the type says FLOAT",
        directions: &["actor_expand"],
        labels: &[&["FLOAT default 1 (becomes INT)"]],
        input: |_| true,
        ours: Ours::Is(|case| if missing(case) { Some("float 1.0".to_owned()) } else { read(case) }),
    },
    Exception {
        rule: "an ENUM of texts with a default is a STRING, and takes everything",
        why: "the type says ENUM",
        directions: &["actor_expand"],
        labels: &[&["ENUM str default (becomes STRING)"]],
        input: |_| true,
        ours: Ours::Is(|case| match &case.json {
            None | Some(Json::Null) => Some("enum Level.HIGH".to_owned()),
            Some(_) => read(case),
        }),
    },
    Exception {
        rule: "an ENUM of integers takes the integer and a BOOL",
        why: "an ENUM is the variant's name (protocol, section 5)",
        directions: &["actor_expand"],
        labels: &[&["ENUM int"]],
        input: |case| text(case).is_none(),
        ours: Ours::Refused,
    },
    Exception {
        rule: "a caller cannot read an ENUM",
        why: "it is as clear as inside of an agent",
        directions: &["postman_expand"],
        labels: &[ENUMS],
        input: |case| read(case).is_some(),
        ours: Ours::Is(read),
    },
    Exception {
        rule: "a caller cannot read a MODEL",
        why: "it is as clear as inside of an agent",
        directions: &["postman_expand"],
        labels: &[MODELS],
        input: |case| read(case).is_some(),
        ours: Ours::Is(read),
    },
    Exception {
        rule: "a caller cannot read a MODEL or an ENUM inside of a UNION",
        why: "it is as clear as inside of an agent",
        directions: &["postman_expand"],
        labels: &[&["UNION structure memory model enum"]],
        input: |case| matches!(variant(case), Some(Json::Int(variant)) if variant == "2" || variant == "3"),
        ours: Ours::Is(read),
    },
    Exception {
        rule: "a field of a MODEL has to be there, even if it may be null",
        why: "a missing field is null where the port takes null (protocol, section 5)",
        directions: &["actor_expand"],
        labels: &[MODELS],
        input: |case| case.python.is_none() && read(case).is_some(),
        ours: Ours::Is(read),
    },
    Exception {
        rule: "an agent does not check validators",
        why: "bounds are checked where the function runs; arbitrary JavaScript is for user interfaces",
        directions: &["actor_expand"],
        labels: &[&["Annotated INT (validators are not checked)"]],
        input: |case| case.json.as_ref().and_then(int).is_some_and(|int| int <= 3),
        ours: Ours::Refused,
    },
    Exception {
        rule: "the variant of a UNION may be negative, counted from the end, or a BOOL",
        why: "`use` is the index of a child (protocol, section 5)",
        directions: EXPANDS,
        labels: &[UNIONS],
        input: says_no_variant,
        ours: Ours::Refused,
    },
    Exception {
        rule: "a value for a UNION has to say its variant, and at a caller not as a text",
        why: "a value that says none goes to the first variant that takes it; \"1\" is beyond doubt, and agents take it",
        directions: EXPANDS,
        labels: &[UNIONS],
        input: |case| {
            let at_caller = case.direction == "postman_expand";
            let is_plain = variant(case).is_none_or(|variant| at_caller && variant.text().is_some());
            case.python.is_none() && !missing(case) && is_plain && read(case).is_some()
        },
        ours: Ours::Is(read),
    },
    Exception {
        rule: "a value for a UNION in a LIST has to say its variant",
        why: "a value that does not goes to the first variant that takes it",
        directions: EXPANDS,
        labels: &[&["UNION nested in LIST"]],
        input: |case| case.python.is_none() && !missing(case) && read(case).is_some(),
        ours: Ours::Is(read),
    },
    Exception {
        rule: "the id of a STRUCTURE may be empty or a BOOL",
        why: "an id is a text or an integer, and names something",
        directions: EXPANDS,
        labels: &[&["STRUCTURE", "STRUCTURE int id", "STRUCTURE optional", "LIST of STRUCTURE"]],
        input: |case| any(case, |json| json.text() == Some("") || matches!(json, Json::Bool(_))),
        ours: Ours::Refused,
    },
    Exception {
        rule: "the id of a drawer may be empty",
        why: "no drawer has that id",
        directions: &["postman_expand"],
        labels: &[&["MEMORY_STRUCTURE", "MEMORY_STRUCTURE optional", "LIST of MEMORY_STRUCTURE"]],
        input: |case| any(case, |json| json.text() == Some("")),
        ours: Ours::Refused,
    },
];

/// Whether a text is an infinite number or none, or a number too large.
fn infinite(json: &Json) -> Option<bool> {
    match json {
        Json::Float(float) => Some(!float.is_finite()),
        Json::Text(text) => text.trim().parse().ok().map(|float: f64| !float.is_finite()),
        _ => None,
    }
}

/// Whether `use` is there and no index.
fn says_no_variant(case: &crate::Case) -> bool {
    match variant(case) {
        Some(Json::Int(index) | Json::Text(index)) => index.parse::<usize>().is_err(),
        Some(_) => true,
        None => false,
    }
}
