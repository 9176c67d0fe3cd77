//! What holds other values, and whole numbers of every width.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::sync::Arc;

use indexmap::IndexMap;
use rekuest_core::{Expand, PortBuf, PortType, Shrink};

use crate::values::{expand, shrink};

/// The port as peers see it.
fn port<T: PortType>() -> PortBuf {
    let json = serde_json::to_string(&T::PORT.keyed("x")).expect("a port");
    serde_json::from_str(&json).expect("its JSON")
}

fn there_and_back<T: Expand + Shrink>(json: &str) {
    let back = expand::<T>(json).and_then(shrink);
    assert_eq!(back.as_deref(), Ok(json), "{}", std::any::type_name::<T>());
}

#[test]
fn box_and_arc_are_what_they_hold() {
    assert_eq!(port::<Box<Vec<i64>>>(), port::<Vec<i64>>());
    assert_eq!(port::<Arc<Option<String>>>(), port::<Option<String>>());
    there_and_back::<Box<Vec<i64>>>("[1,2]");
    there_and_back::<Arc<Vec<Box<f64>>>>("[1.5,2.0]");
    assert_eq!(expand::<Box<i64>>("\"x\""), Err("x: expected INT, got \"x\"".to_owned()));
    assert_eq!(expand::<Arc<Option<i64>>>("null"), Ok(Arc::new(None)));
}

#[test]
fn an_arc_that_is_shared_is_written_and_stays() {
    let shared = Arc::new(vec![1_i64, 2]);
    assert_eq!(shrink(Arc::clone(&shared)).as_deref(), Ok("[1,2]"));
    assert_eq!(*shared, [1, 2]);
}

#[test]
fn every_list_has_the_port_of_a_list() {
    for list in [port::<VecDeque<i64>>(), port::<HashSet<i64>>(), port::<BTreeSet<i64>>()] {
        assert_eq!(list, port::<Vec<i64>>());
    }
    there_and_back::<VecDeque<String>>(r#"["a","b"]"#);
    there_and_back::<BTreeSet<i64>>("[1,2,3]");
    there_and_back::<HashSet<bool>>("[true]");
    assert_eq!(expand::<BTreeSet<u8>>("[3, 1, 3]"), Ok(BTreeSet::from([1, 3])));
    assert_eq!(
        expand::<HashSet<u8>>("[1, 300]"),
        Err("x[1]: expected INT from 0 to 255, got 300".to_owned())
    );
}

#[test]
fn an_array_has_exactly_its_length() {
    let array = port::<[i64; 3]>();
    let validators = array.validators.clone().unwrap_or_default();
    assert_eq!(validators.len(), 1);
    assert_eq!(validators[0].function, "(x) => x.length >= 3 && x.length <= 3");
    assert_eq!(PortBuf { validators: Some(Vec::new()), ..array }, port::<Vec<i64>>());
    there_and_back::<[i64; 3]>("[1,2,3]");
    there_and_back::<[[f32; 1]; 2]>("[[1.0],[2.5]]");
    there_and_back::<[String; 0]>("[]");
    let wrong = |expected: &str, got: &str| Some(format!("x: expected a LIST of {expected}, got {got}"));
    assert_eq!(expand::<[i64; 3]>("[1, 2]").err(), wrong("3 items", "2 items"));
    assert_eq!(expand::<[i64; 1]>("[]").err(), wrong("1 item", "0 items"));
    assert_eq!(expand::<[i64; 0]>("[1]").err(), wrong("0 items", "1 item"));
    assert_eq!(expand::<[i64; 1]>("{}"), Err("x: expected LIST, got {}".to_owned()));
}

#[test]
fn an_index_map_keeps_the_order_of_its_keys() {
    assert_eq!(port::<IndexMap<String, i64>>(), port::<std::collections::HashMap<String, i64>>());
    there_and_back::<IndexMap<String, Vec<bool>>>(r#"{"z":[true],"a":[],"m":[false]}"#);
    assert_eq!(
        expand::<IndexMap<String, i64>>(r#"{"a": "x"}"#),
        Err("x.a: expected INT, got \"x\"".to_owned())
    );
}

#[test]
fn whole_numbers_keep_all_their_digits() {
    for json in ["0", "18446744073709551615"] {
        there_and_back::<u64>(json);
    }
    for json in ["-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"] {
        there_and_back::<i128>(json);
        assert_eq!(expand::<i128>(&format!("\"{json}\"")).and_then(shrink).as_deref(), Ok(json));
    }
    let most = "340282366920938463463374607431768211455";
    there_and_back::<u128>(most);
    assert_eq!(expand::<u128>(&format!("\" +{most} \"")), Ok(u128::MAX));
}

#[test]
fn whole_numbers_out_of_range_say_their_range() {
    let range = |json: &str| Err(format!("x: expected INT from 0 to 18446744073709551615, got {json}"));
    for json in ["18446744073709551616", "-1", "1e20", "340282366920938463463374607431768211456"] {
        assert_eq!(expand::<u64>(json), range(json));
    }
    assert_eq!(
        expand::<u128>("340282366920938463463374607431768211456"),
        Err(format!("x: expected INT from 0 to {}, got 340282366920938463463374607431768211456", u128::MAX))
    );
}

#[test]
fn a_set_is_written_the_same_each_time() {
    let set = || (0..50).map(|item| format!("item {item:02}")).collect::<HashSet<String>>();
    let written = shrink(set()).expect("it has JSON");
    assert!(written.starts_with(r#"["item 00","item 01","item 02""#), "{written}");
    assert_eq!(shrink(set()), Ok(written));
}
