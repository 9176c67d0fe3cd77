//! Defaults of every kind, and how a caller leaves them out.
#![deny(warnings)]

use std::collections::HashMap;

use rekuest::prelude::*;
use rekuest::{Call, Caller};

const LIMIT: i64 = 7;

fn names() -> Vec<String> {
    vec!["a".to_owned()]
}

/// Literals that a macro hands on, in the groups that it puts around them.
macro_rules! handed_on {
    ($bound:expr, $default:literal) => {
        /// Below
        #[register]
        fn below(#[port(gt = $bound, default = $default)] value: Option<i64>) -> Option<i64> {
            value
        }
    };
}
handed_on!(-3, -2);

/// Scale
#[register]
#[allow(clippy::too_many_arguments)]
fn scale(
    first: i64,
    #[port(default = -3)] literal: i64,
    #[port(default = LIMIT * 2)] constant: i64,
    #[port(default = "text")] text: String,
    #[port(default = names())] names: Vec<String>,
    #[port(default = HashMap::<String, i64>::from([("a".to_owned(), 1)]))] map: HashMap<String, i64>,
    #[port(default = 5)] some: Option<i64>,
    #[port(default = "five")] some_text: Option<String>,
    #[port(default = None)] none: Option<bool>,
    #[port(default = {
        let half = 0.5;
        half + 1.0
    })]
    block: f64,
) -> f64 {
    let _ = (first, literal, constant, text, names, map, some, some_text, none);
    block
}

fn calls(client: &dyn Caller) -> [Call<'_, f64>; 2] {
    [
        scale::call(client, 1, None, None, None, None, None, None, None, None, None),
        scale::call(
            client,
            1,
            2,
            3,
            "x".to_owned(),
            Some(Vec::new()),
            HashMap::new(),
            4,
            "y".to_owned(),
            true,
            1.0,
        ),
    ]
}

#[test]
fn it_is_taken() {
    let _ = calls;
    let definition = scale::DEFINITION.to_buf().expect("a definition");
    let defaults: Vec<&str> =
        definition.args.iter().map(|port| port.default.as_ref().map_or("null", |json| json.get())).collect();
    assert_eq!(
        defaults,
        ["null", "-3", "14", "\"text\"", "[\"a\"]", "{\"a\":1}", "5", "\"five\"", "null", "1.5"]
    );
}
