//! Derived values at work: read, written, described, and not a word of lints about any of it.
#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use rekuest_core::__private::BoxFuture;
use rekuest_core::value::{InDrawer, Shelf, Shelved};
use rekuest_core::{
    Choice as _, Contexts, Expand, JsonWriter, Memorable as _, Memory, Port, PortType, Shrink, ValueError,
};
use rekuest_macros::{Choice, Memorable, Model, Structure, Union};
use serde_json::value::RawValue;
use serde_json::{Value, json};

// What generated code finds under the name of the facade.
extern crate self as rekuest;
#[doc(hidden)]
pub use rekuest_core as __core;

/// The color of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
#[choice(identifier = "golden_defs.color", rename_all = "SCREAMING_SNAKE_CASE")]
enum Color {
    Red,
    Green,
}

#[derive(Debug, PartialEq, Eq, Choice)]
#[allow(dead_code, reason = "what is sent is told from what is said about it")]
enum Shade {
    /// Hardly any light.
    #[choice(value = "d", label = "Dark", image = "https://example.org/dark.png")]
    Dark,
    #[choice(description = "All of it.")]
    Light,
    r#Type,
}

/// A point in space.
///
/// In meters.
///
/// # Examples
/// Not for forms.
#[derive(Debug, Clone, PartialEq, Model)]
pub struct Point {
    /// The first coordinate.
    x: i64,
    #[port(default = 1.5, ge = -2, label = "Y")]
    y: f64,
    #[port(default = "origin")]
    name: String,
    r#type: Option<Color>,
}

#[derive(Debug, PartialEq, Model)]
#[model(identifier = "cloud")]
struct PointCloud {
    points: Vec<Point>,
    #[port(default = Self::CENTER)]
    center: Point,
    #[port(default = 3, description = "how far away")]
    distance: Option<u8>,
}

impl PointCloud {
    const CENTER: Point = Point { x: 0, y: 0.0, name: String::new(), r#type: Some(Color::Green) };
}

#[derive(Debug, PartialEq, Eq, Model)]
struct Empty {}

#[derive(Debug, PartialEq, Union)]
enum Shape {
    #[port(gt = 0)]
    Size(i64),
    /// Where it is.
    At(Point),
    Name(String),
}

#[derive(Debug, PartialEq, Model)]
struct Holder {
    shape: Option<Shape>,
}

#[derive(Debug, PartialEq, Eq, Structure)]
#[structure(identifier = "@mikro/image")]
struct ImageId(u32);

#[derive(Debug, PartialEq, Eq, Structure)]
#[structure(identifier = "@mikro/table")]
struct Table {
    id: String,
}

/// The app that knows images.
struct Service(u32);

#[derive(Debug, PartialEq, Eq, Structure)]
#[structure(identifier = "@mikro/stack", expand = load, shrink = Stack::store)]
struct Stack {
    images: u32,
    from: u32,
}

async fn load(id: String, contexts: &Contexts) -> Result<Stack, std::num::ParseIntError> {
    let from = contexts.get::<Service>().map_or(0, |service| service.0);
    std::future::ready(()).await;
    Ok(Stack { images: id.parse()?, from })
}

impl Stack {
    async fn store(self, _: &Contexts) -> Result<String, String> {
        std::future::ready(()).await;
        if self.images == 0 {
            Err("an empty stack is not kept".to_owned())
        } else {
            Ok(self.images.to_string())
        }
    }
}

#[derive(Debug, PartialEq, Eq, Structure)]
#[structure(identifier = "@mikro/plate", custom)]
enum Plate {
    Small,
    Large,
}

impl rekuest_core::Structure for Plate {
    type Error = &'static str;

    async fn expand(id: String, _: &Contexts) -> Result<Self, &'static str> {
        match id.as_str() {
            "small" => Ok(Self::Small),
            "large" => Ok(Self::Large),
            _ => Err("there are two plates"),
        }
    }

    async fn shrink(self, _: &Contexts) -> Result<String, &'static str> {
        Ok(if self == Self::Small { "small" } else { "large" }.to_owned())
    }
}

#[derive(Debug, PartialEq, Eq, Memorable)]
#[memorable(label = Heavy::name, description = described, size = Heavy::bytes)]
struct Heavy(u8);

impl Heavy {
    fn bytes(&self) -> usize {
        usize::from(self.0) * 1_000
    }

    fn name(&self) -> String {
        format!("heavy {}", self.0)
    }
}

fn described(heavy: &Heavy) -> String {
    format!("weighs {}", heavy.0)
}

#[derive(Memorable)]
#[memorable(identifier = "lab.light")]
enum Light {
    On,
}

/// Everything here is ready at once.
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits for something"),
    }
}

fn expand_with<T: Expand>(json: &str, contexts: &Contexts) -> Result<T, String> {
    let value = RawValue::from_string(json.to_owned()).expect("it is JSON");
    now(T::expand(&value, contexts)).map_err(|error| error.to_string())
}

fn expand<T: Expand>(json: &str) -> Result<T, String> {
    expand_with(json, &Contexts::default())
}

fn shrink_with<T: Shrink>(value: T, contexts: &Contexts) -> Result<String, ValueError> {
    let mut out = JsonWriter::new();
    now(value.shrink(&mut out, contexts))?;
    Ok(out.into_string())
}

fn shrink<T: Shrink>(value: T) -> Result<String, String> {
    shrink_with(value, &Contexts::default()).map_err(|error| error.to_string())
}

fn port<T: PortType>() -> Value {
    let port: Port = T::PORT;
    serde_json::to_value(port).expect("a port has JSON")
}

#[test]
fn a_choice_is_its_value() {
    assert_eq!(shrink(Color::Green), Ok("\"GREEN\"".to_owned()));
    assert_eq!(expand("\"RED\""), Ok(Color::Red));
    assert_eq!(expand::<Color>("\"Red\""), Err("expected one of \"RED\", \"GREEN\", got \"Red\"".to_owned()));
    assert_eq!(shrink(Shade::Dark), Ok("\"d\"".to_owned()));
    assert_eq!(expand("\"Type\""), Ok(Shade::r#Type));
}

#[test]
fn a_choice_is_described_by_its_docs() {
    let port = port::<Color>();
    assert_eq!(port["kind"], "ENUM");
    assert_eq!(port["identifier"], "golden_defs.color");
    assert_eq!(port["description"], "The color of a thing.");
    let choice = |value: &str, label: &str, description: Value, image: Value| json!({"value": value, "label": label, "description": description, "image": image});
    let of_all = json!("The color of a thing.");
    assert_eq!(
        port["choices"],
        json!([
            choice("RED", "RED", of_all.clone(), Value::Null),
            choice("GREEN", "GREEN", of_all, Value::Null)
        ])
    );
    let port = self::port::<Shade>();
    assert_eq!(port["identifier"], "values.shade");
    assert_eq!(port["description"], Value::Null);
    assert_eq!(
        port["choices"],
        json!([
            choice("d", "Dark", json!("Hardly any light."), json!("https://example.org/dark.png")),
            choice("Light", "Light", json!("All of it."), Value::Null),
            choice("Type", "Type", Value::Null, Value::Null)
        ])
    );
    assert_eq!(Shade::IDENTIFIER, "values.shade");
}

#[test]
fn a_model_is_an_object_of_its_fields() {
    let point = Point { x: 1, y: 2.0, name: "a".to_owned(), r#type: None };
    assert_eq!(shrink(point.clone()), Ok(r#"{"x":1,"y":2.0,"name":"a","type":null}"#.to_owned()));
    assert_eq!(expand(r#"{"type": null, "name": "a", "y": 2, "x": 1, "more": []}"#), Ok(point));
    assert_eq!(shrink(Empty {}), Ok("{}".to_owned()));
    assert_eq!(expand("{}"), Ok(Empty {}));
}

#[test]
fn a_field_that_is_missing_or_null_is_its_default() {
    let point = Point { x: 1, y: 1.5, name: "origin".to_owned(), r#type: None };
    assert_eq!(expand(r#"{"x": 1}"#), Ok(point.clone()));
    assert_eq!(expand(r#"{"x": 1, "y": null, "name": null}"#), Ok(point));
    let cloud = PointCloud { points: Vec::new(), center: PointCloud::CENTER, distance: Some(3) };
    assert_eq!(expand(r#"{"points": []}"#), Ok(cloud));
}

#[test]
fn a_field_that_does_not_fit_is_named() {
    let failure = |json| expand::<PointCloud>(json).err();
    assert_eq!(failure("[]").as_deref(), Some("expected MODEL cloud, got []"));
    assert_eq!(failure("{}").as_deref(), Some("points: missing, expected LIST"));
    assert_eq!(failure(r#"{"points": [{}]}"#).as_deref(), Some("points[0].x: missing, expected INT"));
    assert_eq!(
        failure(r#"{"points": [{"x": 1, "type": "BLUE"}]}"#).as_deref(),
        Some(r#"points[0].type: expected one of "RED", "GREEN", got "BLUE""#)
    );
    let bounded = failure(r#"{"points": [{"x": 1, "y": -3}]}"#).unwrap_or_default();
    assert!(bounded.starts_with("points[0].y: ") && bounded.ends_with("got -3"), "{bounded}");
    let point = Point { x: 1, y: f64::NAN, name: String::new(), r#type: None };
    assert_eq!(shrink(point), Err("y: expected a finite FLOAT, got NaN".to_owned()));
}

#[test]
fn a_model_is_described_by_its_docs() {
    let port = port::<Point>();
    assert_eq!((&port["kind"], &port["identifier"]), (&json!("MODEL"), &json!("point")));
    assert_eq!(port["description"], "A point in space.\n\nIn meters.");
    let children = &port["children"];
    let keys: Vec<&Value> = (0..4).map(|index| &children[index]["key"]).collect();
    assert_eq!(keys, ["x", "y", "name", "type"]);
    assert_eq!(children[0]["description"], "The first coordinate.");
    assert_eq!(children[0]["label"], Value::Null);
    assert_eq!((&children[1]["default"], &children[1]["nullable"]), (&json!(1.5), &json!(false)));
    assert_eq!(children[1]["label"], "Y");
    assert_eq!(children[1]["validators"].as_array().map(Vec::len), Some(1));
    assert_eq!((&children[3]["kind"], &children[3]["nullable"]), (&json!("ENUM"), &json!(true)));
    let port = self::port::<PointCloud>();
    assert_eq!(port["identifier"], "cloud");
    assert_eq!(port["children"][1]["default"], json!({"x": 0, "y": 0.0, "name": "", "type": "GREEN"}));
    assert_eq!(
        (&port["children"][2]["default"], &port["children"][2]["nullable"]),
        (&json!(3), &json!(true))
    );
    assert_eq!(port["children"][2]["description"], "how far away");
}

#[test]
fn a_union_is_the_index_of_its_variant_and_a_value() {
    assert_eq!(shrink(Shape::Size(3)), Ok(r#"{"use":0,"value":3}"#.to_owned()));
    assert_eq!(expand(r#"{"use": 2, "value": "3"}"#), Ok(Shape::Name("3".to_owned())));
    assert_eq!(expand("5"), Ok(Shape::Size(5)));
    assert_eq!(expand("\"dot\""), Ok(Shape::Name("dot".to_owned())));
    assert!(matches!(expand(r#"{"x": 1}"#), Ok(Shape::At(Point { x: 1, .. }))));
    let holder = Holder { shape: Some(Shape::Size(1)) };
    assert_eq!(shrink(holder), Ok(r#"{"shape":{"use":0,"value":1}}"#.to_owned()));
    assert_eq!(expand("{}"), Ok(Holder { shape: None }));
}

#[test]
fn a_value_for_no_variant_is_told_so() {
    let failure = |json| expand::<Holder>(json).err().unwrap_or_default();
    assert_eq!(
        failure(r#"{"shape": {"use": 3, "value": 1}}"#),
        "shape.use: expected the index of a variant, from 0 to 2, got 3"
    );
    assert_eq!(failure(r#"{"shape": {"use": 1, "value": {}}}"#), "shape.value.x: missing, expected INT");
    assert!(failure(r#"{"shape": {"use": 0, "value": 0}}"#).starts_with("shape.value: "));
    assert!(failure(r#"{"shape": true}"#).starts_with("shape: expected UNION as "));
    let point = Point { x: 1, y: f64::NAN, name: String::new(), r#type: None };
    assert_eq!(shrink(Shape::At(point)), Err("value.y: expected a finite FLOAT, got NaN".to_owned()));
}

#[test]
fn a_union_has_its_variants_as_children() {
    let port = port::<Shape>();
    assert_eq!(
        (&port["kind"], &port["identifier"], &port["key"]),
        (&json!("UNION"), &Value::Null, &json!(""))
    );
    let children = &port["children"];
    assert_eq!((&children[0]["key"], &children[0]["kind"]), (&json!("0"), &json!("INT")));
    assert_eq!(children[0]["validators"].as_array().map(Vec::len), Some(1));
    assert_eq!((&children[1]["key"], &children[1]["description"]), (&json!("1"), &json!("Where it is.")));
    assert_eq!((&children[2]["key"], &children[2]["kind"]), (&json!("2"), &json!("STRING")));
}

#[test]
fn a_structure_is_its_id() {
    assert_eq!(shrink(ImageId(3)), Ok("\"3\"".to_owned()));
    assert_eq!(expand("\"3\""), Ok(ImageId(3)));
    assert_eq!(expand("\"abc\""), Ok(Table { id: "abc".to_owned() }));
    assert_eq!(shrink(Table { id: "abc".to_owned() }), Ok("\"abc\"".to_owned()));
    assert_eq!(
        expand::<ImageId>("\"x\""),
        Err("STRUCTURE @mikro/image: invalid digit found in string".to_owned())
    );
    let port = port::<ImageId>();
    assert_eq!((&port["kind"], &port["identifier"]), (&json!("STRUCTURE"), &json!("@mikro/image")));
}

#[test]
fn a_structure_is_fetched_and_stored_by_functions() {
    let mut contexts = Contexts::default();
    contexts.insert(Service(7));
    assert_eq!(expand_with("\"3\"", &contexts), Ok(Stack { images: 3, from: 7 }));
    assert_eq!(shrink(Stack { images: 3, from: 0 }), Ok("\"3\"".to_owned()));
    assert_eq!(
        expand::<Stack>("\"x\""),
        Err("STRUCTURE @mikro/stack: invalid digit found in string".to_owned())
    );
    assert_eq!(
        shrink(Stack { images: 0, from: 0 }),
        Err("STRUCTURE @mikro/stack: an empty stack is not kept".to_owned())
    );
}

#[test]
fn a_structure_is_fetched_and_stored_by_hand() {
    assert_eq!(expand("\"large\""), Ok(Plate::Large));
    assert_eq!(shrink(Plate::Small), Ok("\"small\"".to_owned()));
    assert_eq!(expand::<Plate>("\"x\""), Err("STRUCTURE @mikro/plate: there are two plates".to_owned()));
}

/// Keeps one value.
#[derive(Default)]
struct OneDrawer(Mutex<Option<Shelved>>);

impl Shelf for OneDrawer {
    fn put(&self, shelved: Shelved) -> BoxFuture<'_, Result<String, String>> {
        *self.0.lock().expect("nobody panicked here") = Some(shelved);
        Box::pin(std::future::ready(Ok("1".to_owned())))
    }

    fn take_back(&self, _: Vec<String>) {
        *self.0.lock().expect("nobody panicked here") = None;
    }

    fn get(&self, drawer: &str) -> Result<InDrawer, String> {
        let kept = self.0.lock().expect("nobody panicked here");
        let found =
            kept.as_ref().map(|kept| InDrawer { identifier: kept.identifier, value: kept.value.clone() });
        found.ok_or_else(|| format!("there is no drawer {drawer}"))
    }
}

#[test]
fn what_is_memorable_is_kept_under_its_label() {
    let shelf = Arc::new(OneDrawer::default());
    let contexts = Contexts::default().with_shelf(shelf.clone());
    assert_eq!(shrink_with(Memory::new(Heavy(3)), &contexts), Ok("\"1\"".to_owned()));
    let shelved = shelf.0.lock().expect("nobody panicked here").take().expect("it was shelved");
    assert_eq!(shelved.identifier, "values.heavy");
    assert_eq!(shelved.label.as_deref(), Some("heavy 3"));
    assert_eq!(shelved.description.as_deref(), Some("weighs 3"));
    assert_eq!(shelved.size, 3_000);
    assert_eq!(port::<Memory<Light>>()["identifier"], "lab.light");
    assert_eq!(Light::On.label(), None);
}
