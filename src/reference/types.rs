//! Types of the standard library and of others: what port they have, what is read, what is written.
//!
//! Reading is lenient where the meaning is beyond doubt, and refuses the rest with the path, what was expected and what
//! came. Writing is always the strict form. See [`super`] for `port`, `read`, `write` and `try_write`.
//!
//! A type without a port is refused when compiling: references and everything else that borrows, `char`, `Rc`, paths,
//! durations, maps whose keys are no `String`, tuples as arguments, an `Option` of an `Option`. For types of your own see
//! [`derives`](super::derives).
//!
//! # Integers
//!
//! `i8`, `i16`, `i32`, `i64`, `i128`, `isize`, `u8`, `u16`, `u32`, `u64`, `u128`, `usize`: an INT.
//!
//! Read are whole numbers, also as an integral float or as text. What the type cannot hold is refused with its range,
//! never wrapped. Neither a fraction nor a truth value is an INT.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! assert_eq!(port::<i64>()["kind"], "INT");
//! assert_eq!(write(-5_i64), "-5");
//!
//! for json in ["5", "5.0", "0.5e1", r#""5""#, r#"" +5 ""#] {
//!     assert_eq!(read(json), Ok(5_i64));
//! }
//! assert_eq!(read::<i64>("5.7"), Err("expected INT, got 5.7".into()));
//! assert_eq!(read::<i64>("true"), Err("expected INT, got true".into()));
//! assert_eq!(read::<i64>(r#""5_0""#), Err(r#"expected INT, got "5_0""#.into()));
//!
//! assert_eq!(read::<i8>("128"), Err("expected INT from -128 to 127, got 128".into()));
//! assert_eq!(read::<u32>("-1"), Err("expected INT from 0 to 4294967295, got -1".into()));
//! ```
//!
//! All widths have the same port, so a caller does not see the range: say it with `ge` and `le` where it matters, and the
//! form shows it. Integers of 64 bits travel exactly between apps. What is beyond 64 bits is written and read here with all
//! its digits, but servers read numbers as GraphQL does, so it may be refused or rounded on the way: send it as a text where
//! it has to arrive. Who reads JSON into floats, such as user interfaces in JavaScript, rounds what is beyond 2^53.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! assert_eq!(read("18446744073709551615"), Ok(u64::MAX));
//! assert_eq!(write(u128::MAX), "340282366920938463463374607431768211455");
//! assert_eq!(read("-170141183460469231731687303715884105728"), Ok(i128::MIN));
//! assert_eq!(port::<u8>(), port::<i128>());
//! ```
//!
//! # Floats
//!
//! `f32`, `f64`: a FLOAT.
//!
//! Read is any number, also as text. Written is always a fraction or an exponent, because Python callers refuse `5`. Not a
//! number and the infinities have no JSON and are refused both ways. An `f32` rounds what it reads to the nearest it can
//! hold, and writes no more digits than it has.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! assert_eq!(port::<f64>()["kind"], "FLOAT");
//! assert_eq!(port::<f32>()["kind"], "FLOAT");
//!
//! for json in ["5", "5.0", r#""5e0""#] {
//!     assert_eq!(read(json), Ok(5.0_f64));
//! }
//! assert_eq!(read::<f64>(r#""nan""#), Err(r#"expected FLOAT, got "nan""#.into()));
//! assert_eq!(read::<f64>("1e400"), Err("expected a finite FLOAT, got 1e400".into()));
//! assert!(read::<f32>("1e300").is_err());
//!
//! assert_eq!(write(5.0), "5.0");
//! assert_eq!(write(1e22), "1e22");
//! assert_eq!(write(0.1_f32), "0.1");
//! assert_eq!(try_write(f64::NAN), Err("expected a finite FLOAT, got NaN".into()));
//! ```
//!
//! # `String`
//!
//! A STRING. Only text is read: a number is not turned into text.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! assert_eq!(port::<String>()["kind"], "STRING");
//! assert_eq!(read(r#""caf\u00e9""#), Ok("café".to_owned()));
//! assert_eq!(read::<String>("5"), Err("expected STRING, got 5".into()));
//! assert_eq!(write("say \"hi\"".to_owned()), r#""say \"hi\"""#);
//! ```
//!
//! # `bool`
//!
//! A BOOL. Read are `true` and `false`, also as text in lower case or as `1` and `0`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! assert_eq!(port::<bool>()["kind"], "BOOL");
//! for (json, truth) in [("true", true), (r#""true""#, true), ("1", true), ("0", false), (r#""false""#, false)] {
//!     assert_eq!(read(json), Ok(truth));
//! }
//! assert_eq!(read::<bool>(r#""yes""#), Err(r#"expected BOOL, got "yes""#.into()));
//! assert_eq!(write(true), "true");
//! ```
//!
//! # Dates of chrono
//!
//! `DateTime<Utc>`, `DateTime<FixedOffset>`, `DateTime<Local>`, `NaiveDateTime`: a DATE. With the feature `chrono`, which
//! is on by default.
//!
//! Read is ISO 8601: `T` or a space before the time, with or without seconds and their fraction, `Z` or an offset or
//! neither, a date alone, with or without separators. Who says no offset means UTC; a `NaiveDateTime` takes it as it is,
//! and turns a text with an offset into UTC. Written is the offset, `+00:00` and not `Z`; a `NaiveDateTime` has none. An
//! offset is written in whole minutes, and the name of a time zone does not travel: the moment stays the same.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! # #[cfg(feature = "chrono")] {
//! use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, Utc};
//!
//! assert_eq!(port::<DateTime<Utc>>()["kind"], "DATE");
//! assert_eq!(port::<DateTime<Local>>()["kind"], "DATE");
//!
//! let through_utc = |json| write(read::<DateTime<Utc>>(json).unwrap());
//! for json in [r#""2025-11-23T12:00:00Z""#, r#""2025-11-23 14:00+02:00""#, r#""2025-11-23T12:00:00""#] {
//!     assert_eq!(through_utc(json), r#""2025-11-23T12:00:00+00:00""#);
//! }
//! assert_eq!(through_utc(r#""2025-11-23""#), r#""2025-11-23T00:00:00+00:00""#);
//! assert_eq!(through_utc(r#""20251123T120000.5""#), r#""2025-11-23T12:00:00.500000+00:00""#);
//!
//! let json = r#""2025-11-23T12:00:00+02:00""#;
//! assert_eq!(write(read::<DateTime<FixedOffset>>(json).unwrap()), json);
//! assert_eq!(write(read::<NaiveDateTime>(json).unwrap()), r#""2025-11-23T10:00:00""#);
//!
//! let refused = read::<DateTime<Utc>>(r#""tomorrow""#).unwrap_err();
//! assert_eq!(refused, r#"expected DATE (ISO 8601, such as 2025-11-23T12:00:00+00:00), got "tomorrow""#);
//! # }
//! ```
//!
//! # Dates of jiff
//!
//! `Timestamp`, `Zoned`, `civil::DateTime`: a DATE, with the feature `jiff`. What is read and written is the same as for
//! [chrono](#dates-of-chrono); `civil::DateTime` is the one without a time zone.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! # #[cfg(feature = "jiff")] {
//! use jiff::civil::DateTime;
//! use jiff::{Timestamp, Zoned};
//!
//! assert_eq!(port::<Timestamp>()["kind"], "DATE");
//!
//! let json = r#""2025-11-23T12:00:00+02:00""#;
//! assert_eq!(write(read::<Timestamp>(json).unwrap()), r#""2025-11-23T10:00:00+00:00""#);
//! assert_eq!(write(read::<Zoned>(json).unwrap()), json);
//! assert_eq!(write(read::<DateTime>(json).unwrap()), r#""2025-11-23T10:00:00""#);
//! # }
//! ```
//!
//! # `Option`
//!
//! The port of what it holds, which also takes null. Null, and an argument, return or field that is missing, is `None`. An
//! `Option` of an `Option` is refused when compiling: null could mean either.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! assert_eq!(port::<Option<i64>>()["kind"], "INT");
//! assert_eq!(port::<Option<i64>>()["nullable"], true);
//! assert_eq!(port::<i64>()["nullable"], false);
//!
//! assert_eq!(read("null"), Ok(None::<i64>));
//! assert_eq!(read("5"), Ok(Some(5_i64)));
//! assert_eq!(write(None::<i64>), "null");
//! ```
//!
//! # `Box` and `Arc`
//!
//! What they hold, in every way. An `Arc` that is shared is cloned to be written.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use std::sync::Arc;
//!
//! assert_eq!(port::<Box<i64>>(), port::<i64>());
//! assert_eq!(read("[5]"), Ok(Arc::new(vec![5_i64])));
//! assert_eq!(write(Box::new(5_i64)), "5");
//! ```
//!
//! # Lists
//!
//! `Vec`, `VecDeque`, `HashSet`, `BTreeSet`: a LIST of their item, which may be of any type with a port. Only an array is
//! read. Of equal items sets keep one; what a `HashSet` writes has no order.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use std::collections::{BTreeSet, HashSet, VecDeque};
//!
//! assert_eq!(port::<Vec<f64>>()["kind"], "LIST");
//! assert_eq!(port::<Vec<f64>>()["children"][0]["key"], "...");
//! assert_eq!(port::<Vec<f64>>()["children"][0]["kind"], "FLOAT");
//!
//! assert_eq!(read("[1, 2]"), Ok(vec![1_i64, 2]));
//! assert_eq!(read("[1, 2]"), Ok(VecDeque::from([1_i64, 2])));
//! assert_eq!(read("[2, 1, 2]"), Ok(BTreeSet::from([1_i64, 2])));
//! assert_eq!(read("[2, 1, 2]"), Ok(HashSet::from([1_i64, 2])));
//! assert_eq!(write(BTreeSet::from([2_i64, 1])), "[1,2]");
//!
//! assert_eq!(read::<Vec<i64>>("1"), Err("expected LIST, got 1".into()));
//! assert_eq!(read::<Vec<Vec<i64>>>("[[], [1, true]]"), Err("[1][1]: expected INT, got true".into()));
//! ```
//!
//! # Arrays
//!
//! `[T; N]`: a LIST of exactly `N` items. The port says it with a validator; another length is refused.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! assert_eq!(port::<[f64; 3]>()["kind"], "LIST");
//! assert_eq!(port::<[f64; 3]>()["validators"][0]["function"], "(x) => x.length >= 3 && x.length <= 3");
//!
//! assert_eq!(read("[1, 2, 3]"), Ok([1.0, 2.0, 3.0]));
//! assert_eq!(read::<[f64; 3]>("[1, 2]"), Err("expected a LIST of 3 items, got 2 items".into()));
//! assert_eq!(write([1.0, 2.0]), "[1.0,2.0]");
//! ```
//!
//! # Maps
//!
//! `HashMap<String, T>`, `BTreeMap<String, T>`: a DICT of their value. The keys are `String`s. Only an object is read; of
//! a key that comes twice the last one counts. What a `HashMap` writes has no order.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use std::collections::{BTreeMap, HashMap};
//!
//! assert_eq!(port::<HashMap<String, i64>>()["kind"], "DICT");
//! assert_eq!(port::<HashMap<String, i64>>()["children"][0]["kind"], "INT");
//!
//! assert_eq!(read(r#"{"a": 1, "a": 2}"#), Ok(HashMap::from([("a".to_owned(), 2_i64)])));
//! assert_eq!(write(BTreeMap::from([("b".to_owned(), 2_i64), ("a".to_owned(), 1)])), r#"{"a":1,"b":2}"#);
//!
//! let refused = read::<BTreeMap<String, Vec<i64>>>(r#"{"a": [], "b c": [0, "x"]}"#).unwrap_err();
//! assert_eq!(refused, r#"["b c"][1]: expected INT, got "x""#);
//! ```
//!
//! # `IndexMap`
//!
//! `indexmap::IndexMap<String, T>`: a DICT as well, which keeps the order of its keys. With the feature `indexmap`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! # #[cfg(feature = "indexmap")] {
//! use indexmap::IndexMap;
//!
//! assert_eq!(port::<IndexMap<String, i64>>()["kind"], "DICT");
//! let json = r#"{"z":1,"a":2}"#;
//! assert_eq!(write(read::<IndexMap<String, i64>>(json).unwrap()), json);
//! # }
//! ```
