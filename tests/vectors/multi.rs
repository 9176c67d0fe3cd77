//! Several returns, and none; several arguments, and those that are missing or too many.

use std::collections::BTreeMap;

use rekuest::{Contexts, register};
use rekuest_core::{JsonWriter, Returns};

use crate::json::Json;
use crate::peer::{now, run};
use crate::tagged::Tagged;
use crate::twins::Twin;
use crate::types::Image;

/// What a function sends that returns this.
fn returned(returns: impl Returns) -> Option<String> {
    let mut out = JsonWriter::new();
    now(returns.shrink_returns(&mut out, &Contexts::default())).expect("returns that have JSON");
    Some(Json::parse(out.as_str()).expect("JSON").to_string())
}

/// What is sent for an expression in Python that a function with these returns evaluates to; none for one that does not
/// compile in Rust.
fn shrunk(returns: &str, python: &str) -> Option<String> {
    match (returns, python) {
        ("None", "None" | "()") => returned(()),
        ("Optional[int]", "None") => returned(None::<i64>),
        ("Optional[int]", "(None,)") => returned((None::<i64>,)),
        ("Optional[int]", "5") => returned(Some(5_i64)),
        ("Optional[int]", "(5,)") => returned((Some(5_i64),)),
        ("tuple[int, str]", "(1, 'a')") => returned((1_i64, "a".to_owned())),
        ("list[int]", "[1, 2]") => returned(vec![1_i64, 2]),
        ("list[int]", "([1, 2],)") => returned((vec![1_i64, 2],)),
        ("tuple[str, dict[str, Image]]", "('a', {'p': Image('6')})") => {
            returned(("a".to_owned(), BTreeMap::from([("p".to_owned(), Image("6".to_owned()))])))
        }
        // Of another type, or of another number of returns.
        ("None", "5" | "(None,)" | "False")
        | ("Optional[int]", "[5]" | "(5, 6)")
        | ("tuple[int, str]", "[1, 'a']" | "(1,)" | "(1, 'a', 2)" | "None" | "1" | "('a', 1)")
        | ("list[int]", "(1, 2)") => None,
        other => panic!("{other:?} is not known"),
    }
}

/// `(a: int, b: str = 'd', c: Optional[int] = None, d: list[int] = [1])`
#[register]
fn several(
    a: i64,
    #[port(default = "d")] b: String,
    #[port(default = None)] c: Option<i64>,
    #[port(default = vec![1])] d: Vec<i64>,
) -> Vec<String> {
    [a.told(), b.told(), c.told(), d.told()].iter().map(ToString::to_string).collect()
}

/// The arguments that the function gets, in their order; none where they are refused.
fn expanded(args: &Json) -> Option<Vec<String>> {
    let returns = Json::of(&run(&several::IMPLEMENTATION, args.raw()).ok()?);
    let values = returns.get("return0").expect("the values").items().to_vec();
    Some(values.iter().map(|value| value.text().expect("a displayed value").to_owned()).collect())
}

#[test]
fn several_returns_and_arguments_are_those_of_python() {
    for vector in crate::file("multi").items() {
        let text = |key: &str| vector.get(key).and_then(Json::text).unwrap_or_default();
        let ok = vector.get("ok");
        match text("op") {
            "shrink_outputs" => {
                let (returns, python) = (text("returns"), text("python"));
                let ours = shrunk(returns, python);
                if (returns, python) == ("Optional[int]", "None") {
                    // A None that may be returned is returned: Python refuses it, and takes it inside of a tuple.
                    assert!(ok.is_none());
                    assert_eq!(ours.as_deref(), Some("{\"return0\":null}"));
                } else {
                    assert_eq!(ours, ok.map(ToString::to_string), "{returns}: {python}");
                }
            }
            "expand_inputs" => {
                assert_eq!(
                    text("signature"),
                    "(a: int, b: str = 'd', c: Optional[int] = None, d: list[int] = [1])"
                );
                let args = vector.get("args").expect("arguments");
                let python = ok.map(|ok| {
                    let displayed =
                        |(_, value): &(String, Json)| Tagged::read(value).expect("a tag").to_string();
                    ok.members().iter().map(displayed).collect::<Vec<_>>()
                });
                assert_eq!(expanded(args), python, "{args}");
            }
            // Reads nothing and passes the JSON on: a function in Rust has types.
            "expand_inputs skip_expanding" => {}
            other => panic!("{other:?} is not known"),
        }
    }
}
