//! Values between JSON and Rust: what is taken, what is refused and with which words, what is written.

use std::collections::{BTreeMap, HashMap};

use futures_util::FutureExt as _;
use rekuest_core::{Arguments, Contexts, Expand, FromReturns, JsonWriter, Returns, Shrink};
use serde_json::value::RawValue;

pub(crate) fn raw(json: &str) -> Box<RawValue> {
    serde_json::from_str(json).expect("json")
}

pub(crate) fn expand<T: Expand>(json: &str) -> Result<T, String> {
    let args = raw(&format!("{{\"x\":{json}}}"));
    let arguments = Arguments::parse(&args).expect("an object");
    let expanded =
        arguments.expand("x", &Contexts::default()).now_or_never().expect("plain values are ready");
    expanded.map_err(|error| error.to_string())
}

pub(crate) fn shrink<T: Shrink>(value: T) -> Result<String, String> {
    let mut out = JsonWriter::new();
    let contexts = Contexts::default();
    let written = value.shrink(&mut out, &contexts).now_or_never().expect("plain values are ready");
    written.map(|()| out.into_string()).map_err(|error| error.to_string())
}

#[test]
fn ints_take_what_is_beyond_doubt() {
    for json in ["5", "5.0", "\"5\"", "\" +5 \"", "0.5e1"] {
        assert_eq!(expand::<i64>(json), Ok(5), "{json}");
    }
    assert_eq!(expand::<i64>("9007199254740993"), Ok(9_007_199_254_740_993));
    assert_eq!(expand::<i64>("-9223372036854775808"), Ok(i64::MIN));
}

#[test]
fn ints_are_decided_on_their_digits() {
    for (json, int) in [
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("90071992547409930e-1", 9_007_199_254_740_993),
        ("-0.005e3", -5),
        ("-0.0", 0),
        ("0e999999", 0),
        ("1e18", 1_000_000_000_000_000_000),
    ] {
        assert_eq!(expand::<i64>(json), Ok(int), "{json}");
    }
    for json in ["4.99999999999999999999", "1e-400", "5e-1", "-5e-1", "0.5", "1e999999999999"] {
        assert_eq!(expand::<i64>(json), Err(format!("x: expected INT, got {json}")), "{json}");
    }
}

#[test]
fn ints_refuse_the_rest_and_name_it() {
    assert_eq!(expand::<i64>("5.7"), Err("x: expected INT, got 5.7".to_owned()));
    assert_eq!(expand::<i64>("\"5_0\""), Err("x: expected INT, got \"5_0\"".to_owned()));
    assert_eq!(expand::<i64>("true"), Err("x: expected INT, got true".to_owned()));
    assert_eq!(expand::<i8>("128"), Err("x: expected INT from -128 to 127, got 128".to_owned()));
    assert_eq!(expand::<u32>("-1"), Err("x: expected INT from 0 to 4294967295, got -1".to_owned()));
    for json in ["1e400", "1e39", "1180591620717411303424e9", "\"nan\"", "\"inf\"", "[]", "{}", "\"\""] {
        assert!(expand::<i64>(json).is_err(), "{json}");
    }
}

#[test]
fn floats_take_every_number_and_refuse_what_is_none() {
    for json in ["5", "5.0", "\"5\"", "\"5e0\""] {
        assert_eq!(expand::<f64>(json), Ok(5.0), "{json}");
    }
    for json in ["\"inf\"", "\"nan\"", "1e400", "\"1e400\"", "true", "\"\""] {
        assert!(expand::<f64>(json).is_err(), "{json}");
    }
    assert_eq!(expand::<f32>("0.1"), Ok(0.1_f32));
    assert!(expand::<f32>("1e300").is_err());
}

#[test]
fn floats_always_have_a_fraction_or_an_exponent() {
    for (float, json) in
        [(5.0, "5.0"), (-0.0, "-0.0"), (1e16, "1e16"), (1e22, "1e22"), (100_000.0, "100000.0")]
    {
        assert_eq!(shrink(float).as_deref(), Ok(json));
    }
    assert_eq!(shrink(0.1_f32).as_deref(), Ok("0.1"));
    assert_eq!(shrink(f64::NAN), Err("expected a finite FLOAT, got NaN".to_owned()));
    assert_eq!(shrink(vec![1.0, f64::INFINITY]), Err("[1]: expected a finite FLOAT, got inf".to_owned()));
}

#[test]
fn bools_take_their_spellings_only() {
    for json in ["true", "1", "\"true\""] {
        assert_eq!(expand::<bool>(json), Ok(true), "{json}");
    }
    for json in ["false", "0", "\"false\""] {
        assert_eq!(expand::<bool>(json), Ok(false), "{json}");
    }
    for json in ["2", "\"no\"", "[]", "0.0"] {
        assert!(expand::<bool>(json).is_err(), "{json}");
    }
}

#[test]
fn strings_are_texts_and_survive_the_way_there_and_back() {
    assert_eq!(expand::<String>("\"h\\u00fc\\ud83d\\ude00\""), Ok("hü😀".to_owned()));
    assert_eq!(expand::<String>("5"), Err("x: expected STRING, got 5".to_owned()));
    assert!(expand::<String>("\"\\ud83d\"").is_err(), "a lone surrogate is no text");
    for text in ["", "a\"b\\c/d", "\u{0}\u{1f}\n\r\t\u{7f}", "ü😀\u{2028}"] {
        let json = shrink(text.to_owned()).expect("a text");
        assert_eq!(expand::<String>(&json).as_deref(), Ok(text), "{json}");
    }
}

#[test]
fn null_is_none_and_nothing_else() {
    assert_eq!(expand::<Option<i64>>("null"), Ok(None));
    assert_eq!(expand::<Option<i64>>("5"), Ok(Some(5)));
    assert_eq!(expand::<i64>("null"), Err("x: missing, expected INT".to_owned()));
    assert_eq!(expand::<Vec<i64>>("[null]"), Err("x[0]: expected INT, got null".to_owned()));
    assert_eq!(expand::<Vec<Option<i64>>>("[null, 1]"), Ok(vec![None, Some(1)]));
}

#[test]
fn errors_have_the_path_to_the_mistake() {
    type Nested = HashMap<String, Vec<BTreeMap<String, f64>>>;
    let error = expand::<Nested>(r#"{"a": [{}, {"label": "x"}]}"#);
    assert_eq!(error, Err("x.a[1].label: expected FLOAT, got \"x\"".to_owned()));
    let error = expand::<Nested>(r#"{"a b": {}}"#);
    assert_eq!(error, Err("x[\"a b\"]: expected LIST, got {}".to_owned()));
}

#[test]
fn containers_survive_the_way_there_and_back() {
    let dict = BTreeMap::from([("a".to_owned(), vec![Some(1), None]), ("ü".to_owned(), vec![])]);
    let json = shrink(dict.clone()).expect("a dict");
    assert_eq!(json, r#"{"a":[1,null],"ü":[]}"#);
    assert_eq!(expand(&json), Ok(dict));
}

#[test]
fn the_last_of_several_entries_counts() {
    let args = raw(r#"{"x": 1, "x": 2}"#);
    let arguments = Arguments::parse(&args).expect("an object");
    assert_eq!(arguments.get("x").map(RawValue::get), Some("2"));
    assert_eq!(
        expand::<BTreeMap<String, i64>>(r#"{"a": 1, "a": 2}"#),
        Ok(BTreeMap::from([("a".to_owned(), 2)]))
    );
}

fn returned<R: Returns>(returns: R) -> String {
    let mut out = JsonWriter::new();
    let contexts = Contexts::default();
    returns.shrink_returns(&mut out, &contexts).now_or_never().expect("ready").expect("returns");
    out.into_string()
}

#[test]
fn returns_are_numbered() {
    assert_eq!(returned(()), "{}");
    assert_eq!(returned(5_i64), r#"{"return0":5}"#);
    assert_eq!(returned((5_i64, "a".to_owned())), r#"{"return0":5,"return1":"a"}"#);
    let keys: Vec<&str> = <(i64, String) as Returns>::PORTS.iter().map(|port| port.key()).collect();
    assert_eq!(keys, ["return0", "return1"]);

    let json = raw(r#"{"return0": 5, "return1": "a"}"#);
    let arguments = Arguments::parse(&json).expect("an object");
    let contexts = Contexts::default();
    let both = <(i64, String)>::expand_returns(&arguments, &contexts).now_or_never().expect("ready");
    assert_eq!(both, Ok((5, "a".to_owned())));
}
