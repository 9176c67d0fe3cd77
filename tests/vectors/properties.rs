//! What holds for every value of a type that is nested every way: it survives the way out and back in, and no JSON
//! makes reading it panic.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDateTime, Utc};
use proptest::collection::{btree_map, hash_map, vec};
use proptest::option;
use proptest::prelude::*;
use rekuest::{Choice, Contexts, Expand, Model, Shrink, Structure, Union};
use rekuest_core::JsonWriter;

use crate::json::Json;
use crate::peer::now;

#[derive(Debug, Clone, PartialEq, Eq, Choice)]
enum Size {
    Small,
    #[choice(value = "as large as \"it\" gets")]
    Large,
}

#[derive(Debug, Clone, PartialEq, Eq, Structure)]
#[structure(identifier = "@test/stack")]
struct Stack(u64);

#[derive(Debug, Clone, PartialEq, Model)]
struct Leaf {
    #[port(default = 3)]
    count: i64,
    weight: f64,
    r#type: Option<String>,
    size: Size,
}

#[derive(Debug, Clone, PartialEq, Union)]
enum Part {
    Nothing(bool),
    Leaf(Leaf),
    Sized(Size),
    Kept(Stack),
    Named(HashMap<String, Box<Leaf>>),
    Listed(Vec<Option<Inner>>),
}

#[derive(Debug, Clone, PartialEq, Union)]
enum Inner {
    Text(String),
    When(DateTime<Utc>),
    Wide(i128),
}

/// Everything in everything.
#[derive(Debug, Clone, PartialEq, Model)]
struct Tree {
    parts: Vec<Part>,
    first: Option<Box<Part>>,
    groups: BTreeMap<String, Vec<Option<Part>>>,
    when: NaiveDateTime,
    bytes: [u8; 3],
    #[port(default = None)]
    leaf: Option<Leaf>,
}

fn size() -> impl Strategy<Value = Size> {
    prop_oneof![Just(Size::Small), Just(Size::Large)]
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let weight = prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL;
    (any::<i64>(), weight, option::of(any::<String>()), size())
        .prop_map(|(count, weight, r#type, size)| Leaf { count, weight, r#type, size })
}

/// A moment in one of the years that travel.
fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    (-62_000_000_000_i64..253_000_000_000, 0..1_000_000_000_u32)
        .prop_map(|(seconds, nanoseconds)| DateTime::from_timestamp(seconds, nanoseconds).expect("in range"))
}

fn inner() -> impl Strategy<Value = Inner> {
    prop_oneof![
        any::<String>().prop_map(Inner::Text),
        moment().prop_map(Inner::When),
        any::<i128>().prop_map(Inner::Wide),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        any::<bool>().prop_map(Part::Nothing),
        leaf().prop_map(Part::Leaf),
        size().prop_map(Part::Sized),
        any::<u64>().prop_map(|id| Part::Kept(Stack(id))),
        hash_map(any::<String>(), leaf().prop_map(Box::new), 0..3).prop_map(Part::Named),
        vec(option::of(inner()), 0..3).prop_map(Part::Listed),
    ]
}

fn tree() -> impl Strategy<Value = Tree> {
    (
        vec(part(), 0..4),
        option::of(part().prop_map(Box::new)),
        btree_map(any::<String>(), vec(option::of(part()), 0..3), 0..3),
        moment(),
        any::<[u8; 3]>(),
        option::of(leaf()),
    )
        .prop_map(|(parts, first, groups, when, bytes, leaf)| {
            let when = when.naive_utc();
            Tree { parts, first, groups, when, bytes, leaf }
        })
}

/// Any JSON, with the keys and texts that mean something to the types above among others.
fn json() -> impl Strategy<Value = Json> {
    let word = || {
        prop_oneof![
            prop::sample::select(vec![
                "use",
                "value",
                "parts",
                "first",
                "groups",
                "when",
                "bytes",
                "leaf",
                "count",
                "weight",
                "type",
                "size",
                "Small",
                "0",
                "1e5",
                "2024-01-02T03:04:05Z",
                "2024-W01-2",
                "-1",
                "",
            ])
            .prop_map(str::to_owned),
            any::<String>(),
        ]
    };
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        (-9..9_i64).prop_map(|int| Json::Int(int.to_string())),
        any::<i128>().prop_map(|int| Json::Int(int.to_string())),
        (prop::num::f64::NORMAL | prop::num::f64::INFINITE).prop_map(Json::Float),
        word().prop_map(Json::Text),
    ];
    scalar.prop_recursive(5, 48, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Json::List),
            vec((word(), inner), 0..6).prop_map(Json::Object),
        ]
    })
}

/// A tree with something else in one of its fields.
fn nearly() -> impl Strategy<Value = Json> {
    (tree(), any::<prop::sample::Index>(), json()).prop_map(|(tree, index, other)| {
        let Some(Json::Object(mut members)) = shrunk(tree).as_deref().and_then(Json::parse) else {
            unreachable!("a model is an object")
        };
        let place = index.index(members.len());
        members[place].1 = other;
        Json::Object(members)
    })
}

fn shrunk<T: Shrink>(value: T) -> Option<String> {
    let (mut out, contexts) = (JsonWriter::new(), Contexts::default());
    now(value.shrink(&mut out, &contexts)).ok()?;
    Some(out.into_string())
}

fn expanded<T: Expand>(json: &str) -> Result<T, String> {
    let json = Json::parse(json).ok_or("no JSON")?;
    now(T::expand(&json.raw(), &Contexts::default())).map_err(|error| error.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_value_survives_the_way_out_and_back_in(tree in tree()) {
        let json = shrunk(tree.clone()).expect("a tree has JSON");
        prop_assert_eq!(expanded(&json), Ok(tree));
    }

    #[test]
    fn no_json_makes_reading_panic(json in json()) {
        let raw = json.to_string();
        let _ = expanded::<Tree>(&raw);
        let _ = expanded::<Part>(&raw);
        let _ = expanded::<Option<Vec<Inner>>>(&raw);
    }

    #[test]
    fn json_that_is_nearly_right_is_read_or_refused_with_its_place(json in nearly()) {
        if let Err(error) = expanded::<Tree>(&json.to_string()) {
            let named = ["parts", "first", "groups", "when", "bytes", "leaf"];
            prop_assert!(named.iter().any(|field| error.starts_with(field)), "{}", error);
        }
    }
}
