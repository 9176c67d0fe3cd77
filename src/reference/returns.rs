//! Returns: what a function may evaluate to, once or many times.
//!
//! See [`super`] for `definition` and `call`. A return is sent as it is: bounds and choices that are said about it are for
//! those who show it, and nobody checks them.
//!
//! # Nothing, `()`
//!
//! No return. The caller gets DONE.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn home() {}
//!
//! assert_eq!(definition(&home::DEFINITION)["returns"], json!([]));
//! assert_eq!(call(&home::IMPLEMENTATION, json!({})), Ok(vec![json!({})]));
//! ```
//!
//! # One type
//!
//! Any type with a port that can be written: one return, under the key `return0`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn double(v: i64) -> i64 {
//!     2 * v
//! }
//!
//! assert_eq!(definition(&double::DEFINITION)["returns"][0]["key"], "return0");
//! assert_eq!(definition(&double::DEFINITION)["returns"][0]["kind"], "INT");
//! assert_eq!(call(&double::IMPLEMENTATION, json!({"v": 2})), Ok(vec![json!({"return0": 4})]));
//! ```
//!
//! # Tuples
//!
//! Several returns, up to eight. A tuple is not a value: it is no argument, no item and no field.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn divide(a: u64, b: u64) -> (u64, f64) {
//!     (a / b, a as f64 / b as f64)
//! }
//!
//! assert_eq!(definition(&divide::DEFINITION)["returns"][1]["key"], "return1");
//! assert_eq!(definition(&divide::DEFINITION)["returns"][1]["kind"], "FLOAT");
//! assert_eq!(
//!     call(&divide::IMPLEMENTATION, json!({"a": 4, "b": 2})),
//!     Ok(vec![json!({"return0": 2, "return1": 2.0})])
//! );
//! assert_eq!(
//!     call(&divide::IMPLEMENTATION, json!({"a": 1, "b": 0})),
//!     Err("the function panicked: attempt to divide by zero".into())
//! );
//! ```
//!
//! # `Result`
//!
//! The returns are those of `Ok`. An `Err` is a CRITICAL with the message of the error and of its sources. The error is any
//! `Error + Send + Sync`, a `Box` of one, a `String` or a `&'static str`. An alias such as `io::Result` is fine.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn parse(text: String) -> Result<i64, std::num::ParseIntError> {
//!     text.parse()
//! }
//!
//! assert_eq!(definition(&parse::DEFINITION)["returns"][0]["kind"], "INT");
//! assert_eq!(call(&parse::IMPLEMENTATION, json!({"text": "5"})), Ok(vec![json!({"return0": 5})]));
//! assert_eq!(call(&parse::IMPLEMENTATION, json!({"text": "x"})), Err("invalid digit found in string".into()));
//! ```
//!
//! # Iterators
//!
//! `impl Iterator<Item = T>`: a GENERATOR, which yields each item. It runs where it may block, is at most one item ahead of
//! what is sent, and is dropped when nobody waits any more. The ports are those of an item, which may be a tuple. Whoever
//! links the function gets `squares::stream(&client, 2)` in place of `squares::call(…)`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn squares(n: i64) -> impl Iterator<Item = (i64, i64)> {
//!     (1..=n).map(|v| (v, v * v))
//! }
//!
//! assert_eq!(definition(&squares::DEFINITION)["kind"], "GENERATOR");
//! assert_eq!(definition(&squares::DEFINITION)["returns"][1]["kind"], "INT");
//! assert_eq!(
//!     call(&squares::IMPLEMENTATION, json!({"n": 2})),
//!     Ok(vec![json!({"return0": 1, "return1": 1}), json!({"return0": 2, "return1": 4})])
//! );
//! ```
//!
//! # Streams
//!
//! `impl Stream<Item = T> + Send`: a GENERATOR that runs on the runtime. The function may be `async` or not.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use futures_util::stream::{self, Stream};
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! async fn count(n: i64) -> impl Stream<Item = i64> + Send {
//!     stream::iter(0..n)
//! }
//!
//! assert_eq!(definition(&count::DEFINITION)["kind"], "GENERATOR");
//! assert_eq!(
//!     call(&count::IMPLEMENTATION, json!({"n": 2})),
//!     Ok(vec![json!({"return0": 0}), json!({"return0": 1})])
//! );
//! ```
//!
//! # Generators that fail
//!
//! A `Result` around the generator: it could not begin. A `Result` as the item: it ends with the first `Err`, and what was
//! yielded before has been sent.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn lines(path: String) -> Result<impl Iterator<Item = Result<String, String>>, String> {
//!     match path.as_str() {
//!         "notes" => Ok([Ok("one".to_owned()), Err("the disk is gone".to_owned())].into_iter()),
//!         other => Err(format!("there is no {other}")),
//!     }
//! }
//!
//! assert_eq!(definition(&lines::DEFINITION)["returns"][0]["kind"], "STRING");
//! assert_eq!(call(&lines::IMPLEMENTATION, json!({"path": "x"})), Err("there is no x".into()));
//! assert_eq!(call(&lines::IMPLEMENTATION, json!({"path": "notes"})), Err("the disk is gone".into()));
//! ```
//!
//! # Generators of a named type
//!
//! A type that has a name says nothing of being a generator, so `#[register(generator)]` does. `generator = stream` and
//! `generator = iterator` say where the items come from; without, a type whose name ends with `Stream`, or a `Pin` or `Box` of one, is a stream, and all
//! else is whatever `IntoIterator` takes. A `Vec` with `generator` yields item by item, one without is one LIST.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use std::pin::Pin;
//!
//! use futures_util::stream::{self, Stream};
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! type Items<T> = Pin<Box<dyn Stream<Item = T> + Send>>;
//!
//! #[register(generator = stream)]
//! fn streamed(n: i64) -> Items<i64> {
//!     Box::pin(stream::iter(0..n))
//! }
//!
//! #[register(generator)]
//! fn listed(n: i64) -> Vec<i64> {
//!     (0..n).collect()
//! }
//!
//! assert_eq!(definition(&streamed::DEFINITION)["kind"], "GENERATOR");
//! assert_eq!(definition(&listed::DEFINITION)["returns"][0]["kind"], "INT");
//! for implementation in [&streamed::IMPLEMENTATION, &listed::IMPLEMENTATION] {
//!     assert_eq!(
//!         call(implementation, json!({"n": 2})),
//!         Ok(vec![json!({"return0": 0}), json!({"return0": 1})])
//!     );
//! }
//! ```
