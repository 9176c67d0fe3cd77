//! What holds for all values: they survive the way there and back, and nothing that comes makes reading panic.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};
use indexmap::IndexMap;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned, civil};
use proptest::array::uniform2;
use proptest::collection::{btree_map, btree_set, hash_map, hash_set, vec, vec_deque};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use rekuest_core::schema::Validator;
use rekuest_core::{Expand, PortBuf, Shrink};

use crate::nested::{Place, Reading};
use crate::values::{expand, raw, shrink};

/// How many values each property is tried with.
const CASES: u32 = 128;

fn config() -> ProptestConfig {
    ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() }
}

/// Tries a property.
fn holds<S: Strategy>(strategy: S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    if let Err(failure) = TestRunner::new(config()).run(&strategy, property) {
        panic!("{failure}");
    }
}

fn there_and_back<T: Expand + Shrink + Clone + PartialEq + Debug>(value: T) -> Result<(), TestCaseError> {
    let json = shrink(value.clone()).map_err(TestCaseError::fail)?;
    prop_assert_eq!(expand::<T>(&json), Ok(value), "{}", json);
    Ok(())
}

/// Text of any characters.
fn text() -> impl Strategy<Value = String> + Clone {
    vec(any::<char>(), 0..6).prop_map(String::from_iter)
}

/// Values of a type survive, alone and inside of whatever can hold them.
fn survives<T>(values: impl Strategy<Value = T> + Clone)
where
    T: Expand + Shrink + Clone + PartialEq + Debug + Sync + 'static,
{
    let some = || proptest::option::of(values.clone());
    holds(values.clone(), there_and_back);
    holds(vec(some(), 0..4), there_and_back);
    holds(uniform2(vec(values.clone(), 0..3)), there_and_back::<[Vec<T>; 2]>);
    holds(hash_map(text(), uniform2(values.clone()), 0..4), there_and_back::<HashMap<String, [T; 2]>>);
    holds(
        btree_map(text(), vec_deque(some(), 0..3), 0..4).prop_map(Box::new),
        there_and_back::<Box<BTreeMap<String, VecDeque<Option<T>>>>>,
    );
    let index_map = vec((text(), values.clone().prop_map(Box::new)), 0..4).prop_map(IndexMap::from_iter);
    holds(
        proptest::option::of(vec(index_map.prop_map(Arc::new), 0..3)),
        there_and_back::<Option<Vec<Arc<IndexMap<String, Box<T>>>>>>,
    );
}

/// The same for sets.
fn survives_in_sets<T>(values: impl Strategy<Value = T> + Clone)
where
    T: Expand + Shrink + Clone + Ord + Hash + Debug + Sync + 'static,
{
    holds(btree_set(values.clone(), 0..5), there_and_back::<BTreeSet<T>>);
    holds(vec(hash_set(values.clone(), 0..5), 0..3), there_and_back::<Vec<HashSet<T>>>);
    survives(values);
}

#[test]
fn whole_numbers_of_every_width_survive() {
    fn width<T>()
    where
        T: Arbitrary + Expand + Shrink + Clone + Ord + Hash + Debug + Sync + 'static,
    {
        holds(any::<T>(), there_and_back);
        holds(btree_set(any::<T>(), 0..5), there_and_back::<BTreeSet<T>>);
    }
    width::<i8>();
    width::<i16>();
    width::<i32>();
    width::<isize>();
    width::<u8>();
    width::<u16>();
    width::<u32>();
    width::<u64>();
    width::<usize>();
    width::<i128>();
    width::<u128>();
    survives_in_sets(any::<i64>());
}

#[test]
fn text_and_truth_survive() {
    survives_in_sets(text());
    survives_in_sets(any::<bool>());
}

#[test]
fn floats_survive_to_the_bit_and_have_a_fraction_or_an_exponent() {
    survives(any::<f64>());
    survives(any::<f32>());
    let whole = any::<i64>().prop_map(|int| int as f64);
    holds(prop_oneof![any::<f64>(), whole], |float| {
        let json = shrink(float).map_err(TestCaseError::fail)?;
        prop_assert!(json.contains(['.', 'e']), "{}", json);
        prop_assert_eq!(expand::<f64>(&json).map(f64::to_bits), Ok(float.to_bits()));
        Ok(())
    });
    holds(any::<f32>(), |float| {
        let json = shrink(float).map_err(TestCaseError::fail)?;
        prop_assert!(json.contains(['.', 'e']), "{}", json);
        prop_assert_eq!(expand::<f32>(&json).map(f32::to_bits), Ok(float.to_bits()));
        Ok(())
    });
}

/// Seconds and nanoseconds since 1970, at least a day inside of the years 0 to 9999: some whole, some in microseconds.
fn moments() -> impl Strategy<Value = (i64, u32)> + Clone {
    let fraction =
        prop_oneof![Just(0), (0..1_000_000_u32).prop_map(|micros| micros * 1000), 0..1_000_000_000_u32];
    (-62_167_132_800..253_402_127_999_i64, fraction)
}

/// Seconds east of UTC, in whole minutes.
fn offsets() -> impl Strategy<Value = i32> + Clone {
    (-1439..=1439).prop_map(|minutes| minutes * 60)
}

#[test]
fn dates_of_chrono_survive() {
    let utc = moments()
        .prop_filter_map("a date", |(seconds, nanos)| DateTime::<Utc>::from_timestamp(seconds, nanos));
    survives_in_sets(utc.clone());
    survives_in_sets(utc.clone().prop_map(|date| date.naive_utc()));
    let zoned = (utc, offsets()).prop_filter_map("an offset", |(date, offset)| {
        Some(date.with_timezone(&FixedOffset::east_opt(offset)?))
    });
    survives_in_sets(zoned.clone());
    holds(zoned, |date| {
        let back = shrink(date).and_then(|json| expand::<DateTime<FixedOffset>>(&json));
        prop_assert_eq!(back.map(|date| *date.offset()), Ok(*date.offset()));
        Ok(())
    });
}

#[test]
fn dates_of_jiff_survive() {
    let utc = moments().prop_filter_map("a date", |(seconds, nanos)| {
        Timestamp::new(seconds, i32::try_from(nanos).ok()?).ok()
    });
    survives_in_sets(utc.clone());
    survives_in_sets(utc.clone().prop_map(|date| Offset::UTC.to_datetime(date)));
    let zoned = (utc, offsets()).prop_filter_map("an offset", |(date, offset)| {
        Some(date.to_zoned(TimeZone::fixed(Offset::from_seconds(offset).ok()?)))
    });
    survives_in_sets(zoned.clone());
    holds(zoned, |date| {
        let back = shrink(date.clone()).and_then(|json| expand::<Zoned>(&json));
        prop_assert_eq!(back.map(|date| date.offset()), Ok(date.offset()));
        Ok(())
    });
}

#[test]
fn both_libraries_write_the_same_moment_alike() {
    holds((moments(), offsets()), |((seconds, nanos), offset)| {
        let one = DateTime::<Utc>::from_timestamp(seconds, nanos);
        let one = one.zip(FixedOffset::east_opt(offset)).map(|(date, offset)| date.with_timezone(&offset));
        let two = Timestamp::new(seconds, nanos as i32).ok().zip(Offset::from_seconds(offset).ok());
        let two = two.map(|(date, offset)| date.to_zoned(TimeZone::fixed(offset)));
        prop_assert_eq!(one.map(shrink), two.map(shrink));
        Ok(())
    });
}

fn readings() -> impl Strategy<Value = Reading> + Clone {
    let place = (any::<i64>(), any::<f64>(), proptest::option::of(text()));
    let place = place.prop_map(|(x, y, label)| Place { x, y, label });
    prop_oneof![
        any::<i64>().prop_map(Reading::Count),
        text().prop_map(Reading::Name),
        vec(place, 0..3).prop_map(Reading::Places),
    ]
}

#[test]
fn unions_and_models_survive() {
    survives(readings());
}

/// One JSON value, of any kind, size and depth.
fn json() -> impl Strategy<Value = String> {
    let number = "-?(0|[1-9][0-9]{0,60})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,5})?";
    let key = prop_oneof![
        Just("use"),
        Just("value"),
        Just("x"),
        Just("y"),
        Just("label"),
        Just("\\ud83d"),
        Just("")
    ];
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|truth| truth.to_string()),
        number,
        "[ \t\n]?[1-9]{1,3}",
        number.prop_map(|number| format!("\"{number}\"")),
        r#""[+-]?[ 0-9.eE]{0,12}""#,
        r#""[0-9]{4}-?[0-9W]{2,3}-?[0-9]{1,2}[T tZ]?([0-9]{2}:?[0-9]{2}(:?[0-9]{2}([.,][0-9]{0,12})?)?)?(Z|[+-][0-9:]{1,8})?""#,
        r#""(\\u[dD][89a-fA-F][0-9a-f]{2}|\\u0000|\\n|\\"|\\\\|ü|😀|a){0,5}""#,
        any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
    ];
    leaf.prop_recursive(6, 48, 5, move |inner| {
        let entry = (key.clone(), inner.clone()).prop_map(|(key, value)| format!("\"{key}\":{value}"));
        prop_oneof![
            vec(inner, 0..5).prop_map(|items| format!("[{}]", items.join(","))),
            vec(entry, 0..5).prop_map(|entries| format!("{{{}}}", entries.join(","))),
        ]
    })
}

/// Reads a value as every type: what they make of it is told by other tests, here nothing may panic.
fn read_as_everything(json: &str) {
    fn read<T: Expand + 'static>(json: &str) {
        let _ = expand::<T>(json);
        let _ = expand::<Option<Vec<T>>>(json);
        let _ = expand::<HashMap<String, [Box<T>; 2]>>(json);
    }
    read::<i8>(json);
    read::<i64>(json);
    read::<u64>(json);
    read::<i128>(json);
    read::<u128>(json);
    read::<f32>(json);
    read::<f64>(json);
    read::<bool>(json);
    read::<String>(json);
    read::<DateTime<Utc>>(json);
    read::<DateTime<FixedOffset>>(json);
    read::<DateTime<chrono::Local>>(json);
    read::<NaiveDateTime>(json);
    read::<Timestamp>(json);
    read::<Zoned>(json);
    read::<civil::DateTime>(json);
    read::<Reading>(json);
    read::<Vec<BTreeMap<String, VecDeque<Reading>>>>(json);
    read::<IndexMap<String, BTreeSet<i64>>>(json);
}

#[test]
fn nothing_that_comes_makes_reading_panic() {
    let runs = ProptestConfig { cases: 1000, ..config() };
    let run = TestRunner::new(runs).run(&json(), |json| {
        read_as_everything(&json);
        Ok(())
    });
    assert_eq!(run, Ok(()));
}

#[test]
fn dates_at_the_edges_of_time_do_not_panic() {
    for date in ["0000-01-01", "0000-W01-1", "9999-12-31", "9999-W52-7", "0000-12-31", "1582-10-15"] {
        for time in ["", "T00:00:00", "T23:59:60", "T23:59:59.999999999", "T99:99:99"] {
            for offset in ["", "Z", "+23:59", "-23:59", "+24:00", "+99:99", "-2559"] {
                read_as_everything(&format!("\"{date}{time}{offset}\""));
            }
        }
    }
}

#[test]
fn depth_and_size_do_not_make_reading_panic() {
    let deep = 10_000;
    for json in [
        "[".repeat(deep) + &"]".repeat(deep),
        r#"{"x":"#.repeat(deep) + "1" + &"}".repeat(deep),
        r#"{"use":2,"value":"#.repeat(deep) + "1" + &"}".repeat(deep),
        "9".repeat(deep),
        format!("-0.{}e-99999", "1".repeat(deep)),
        format!("\"{}\"", "0".repeat(deep)),
        format!("\"2025-11-23T12:00:00.{}Z\"", "0".repeat(deep)),
    ] {
        read_as_everything(&json);
    }
}

#[test]
fn nothing_that_comes_makes_validation_panic() {
    let port = |port: rekuest_core::Port| {
        let json = serde_json::to_string(&port).expect("a port");
        serde_json::from_str::<PortBuf>(&json).expect("its JSON")
    };
    use rekuest_core::PortType as _;
    let ports = [port(Reading::PORT.keyed("x")), port(<Vec<[i64; 2]>>::PORT.keyed("y"))];
    let validator = Validator::new(&ports).expect("a schema");
    holds(json(), |json| {
        let object = format!("{{\"x\":{json},\"y\":{json}}}");
        let _ = validator.check(&raw(&object));
        let _ = validator.check(&raw(&json));
        Ok(())
    });
    let deep = r#"{"x":"#.repeat(10_000) + "1" + &"}".repeat(10_000);
    assert!(validator.check(&raw(&deep)).is_err());
}
