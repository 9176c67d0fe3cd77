//! Types of your own: each derive macro with its attributes.
//!
//! None of these types is generic or borrows: a port is a constant, and values come from messages. All of the derives take
//! `crate = path::to::rekuest` for a crate that knows rekuest by another name. What is wrong is a compile error on the
//! word that is wrong, and independent mistakes are told together. See [`super`] for `port`, `read` and `write`.
//!
//! # `derive(Choice)`
//!
//! An enum whose variants hold nothing: an ENUM. A choice is sent as its value, a text.
//!
//! | `#[choice(…)]` on | argument | what it does |
//! |---|---|---|
//! | the enum | `identifier = "…"` | the name under which it is known; else the path of its module and its name, with dots, in lower case |
//! | | `rename_all = "…"` | how names become values: `"SCREAMING_SNAKE_CASE"`, `"snake_case"`, `"kebab-case"`, `"camelCase"`, `"PascalCase"`, `"lowercase"`, `"UPPERCASE"`, `"SCREAMING-KEBAB-CASE"`; else as they are |
//! | a variant | `value = "…"` | what is sent |
//! | | `label = "…"` | what forms show; else the value |
//! | | `description = "…"` | what it means; else its doc comment, else that of the enum |
//! | | `image = "…"` | the url of an image |
//!
//! Read is a value and nothing else, not a label, not an index, not another case. Checked when compiling: that values
//! differ, that there are variants, that they hold nothing, that the identifier is one word.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! /// The color of a thing.
//! #[derive(Debug, PartialEq, Choice)]
//! #[choice(identifier = "paint.color", rename_all = "SCREAMING_SNAKE_CASE")]
//! enum Color {
//!     DarkRed,
//!     /// Like grass.
//!     #[choice(value = "G", label = "Green", image = "https://example.org/grass.png")]
//!     Green,
//! }
//!
//! assert_eq!(port::<Color>()["kind"], "ENUM");
//! assert_eq!(port::<Color>()["identifier"], "paint.color");
//! assert_eq!(port::<Color>()["description"], "The color of a thing.");
//! assert_eq!(port::<Color>()["choices"][0], json!({
//!     "value": "DARK_RED", "label": "DARK_RED", "description": "The color of a thing.", "image": null,
//! }));
//! assert_eq!(port::<Color>()["choices"][1], json!({
//!     "value": "G", "label": "Green", "description": "Like grass.", "image": "https://example.org/grass.png",
//! }));
//!
//! assert_eq!(read(r#""DARK_RED""#), Ok(Color::DarkRed));
//! assert_eq!(read::<Color>(r#""Green""#), Err(r#"expected one of "DARK_RED", "G", got "Green""#.into()));
//! assert_eq!(write(Color::Green), r#""G""#);
//! ```
//!
//! The trait [`Choice`](trait@crate::Choice) says the same in code.
//!
//! ```
//! use rekuest::prelude::*;
//!
//! #[derive(Debug, PartialEq, Choice)]
//! enum Speed {
//!     Slow,
//!     Fast,
//! }
//!
//! assert_eq!(Speed::Fast.value(), "Fast");
//! assert_eq!(Speed::from_value("Slow"), Some(Speed::Slow));
//! assert!(Speed::IDENTIFIER.ends_with(".speed"));
//! ```
//!
//! # `derive(Model)`
//!
//! A struct with named fields: a MODEL, sent as an object of its fields.
//!
//! | attribute on | argument | what it does |
//! |---|---|---|
//! | the struct, `#[model(…)]` | `identifier = "…"` | the name under which it is known; else the name of the struct in snake_case |
//! | a field, `#[port(…)]` | as for arguments | all that can be said about a port: see [`ports`](super::ports) |
//!
//! The doc comment of the struct describes the port, that of a field the field, each up to its first heading. What a widget,
//! validator or effect depends on are other fields.
//!
//! A field that is missing or null is its default, else `None` for an `Option`, else a mistake. Keys that are no field are
//! ignored. Bounds and choices of fields are enforced as those of arguments are. A field with a default does not become
//! nullable in the port, unlike an argument; the agent takes null all the same.
//!
//! Checked when compiling: that each field can be read and written, that a model does not hold itself, that defaults and
//! dependencies fit. Two models that hold each other have no end either; there the compiler speaks of a cycle when it
//! evaluates `PORT`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! /// A point in space.
//! #[derive(Debug, PartialEq, Model)]
//! struct Point {
//!     /// The first coordinate.
//!     x: i64,
//!     #[port(default = 1.5, ge = 0)]
//!     y: f64,
//!     name: Option<String>,
//! }
//!
//! assert_eq!(port::<Point>()["kind"], "MODEL");
//! assert_eq!(port::<Point>()["identifier"], "point");
//! assert_eq!(port::<Point>()["description"], "A point in space.");
//! assert_eq!(port::<Point>()["children"][0]["key"], "x");
//! assert_eq!(port::<Point>()["children"][0]["description"], "The first coordinate.");
//! assert_eq!(port::<Point>()["children"][1]["default"], 1.5);
//! assert_eq!(port::<Point>()["children"][1]["nullable"], false);
//!
//! assert_eq!(read(r#"{"x": 1, "y": null, "color": "red"}"#), Ok(Point { x: 1, y: 1.5, name: None }));
//! assert_eq!(read::<Point>(r#"{"y": 2}"#), Err("x: missing, expected INT".into()));
//! assert_eq!(read::<Point>(r#"{"x": 1, "y": -1}"#), Err("y: expected a number of at least 0, got -1".into()));
//! assert_eq!(read::<Vec<Point>>(r#"[{"x": "?"}]"#), Err(r#"[0].x: expected INT, got "?""#.into()));
//! assert_eq!(read::<Point>("5"), Err("expected MODEL point, got 5".into()));
//! assert_eq!(write(Point { x: 1, y: 2.0, name: None }), r#"{"x":1,"y":2.0,"name":null}"#);
//! ```
//!
//! # `derive(Union)`
//!
//! An enum whose variants hold one value each: a UNION. What is sent says the variant by its index.
//!
//! | attribute on | argument | what it does |
//! |---|---|---|
//! | a variant, `#[port(…)]` | as for arguments, without `default` | all that can be said about a port: see [`ports`](super::ports) |
//!
//! The doc comments describe the union and its variants. A value that says its variant, `{"use": 1, "value": …}`, is of this
//! variant or refused. Any other value goes to the first variant that takes it, so put the stricter one first: an `i64`
//! takes `"5"`, a `String` takes it too.
//!
//! Checked when compiling: that each variant holds exactly one value, which can be read and written and is no `Option`; use
//! an `Option` of the union.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! /// What to move to.
//! #[derive(Debug, PartialEq, Union)]
//! enum Target {
//!     /// By its number.
//!     #[port(ge = 0)]
//!     Number(i64),
//!     Name(String),
//! }
//!
//! assert_eq!(port::<Target>()["kind"], "UNION");
//! assert_eq!(port::<Target>()["children"][0]["key"], "0");
//! assert_eq!(port::<Target>()["children"][0]["description"], "By its number.");
//! assert_eq!(port::<Target>()["children"][1]["kind"], "STRING");
//!
//! assert_eq!(read(r#"{"use": 1, "value": "5"}"#), Ok(Target::Name("5".into())));
//! assert_eq!(read(r#""5""#), Ok(Target::Number(5)));
//! assert_eq!(read(r#""left""#), Ok(Target::Name("left".into())));
//! assert_eq!(
//!     read::<Target>(r#"{"use": 0, "value": -1}"#),
//!     Err("value: expected a number of at least 0, got -1".into())
//! );
//! assert_eq!(
//!     read::<Target>(r#"{"use": 2, "value": 5}"#),
//!     Err("use: expected the index of a variant, from 0 to 1, got 2".into())
//! );
//! assert!(read::<Target>("true").is_err());
//! assert_eq!(write(Target::Name("left".into())), r#"{"use":1,"value":"left"}"#);
//! ```
//!
//! # `derive(Structure)`
//!
//! A thing that lives elsewhere: a STRUCTURE, sent as its id, a text. Read is a text that is not empty, or a whole number.
//!
//! | `#[structure(…)]` | what it does |
//! |---|---|
//! | `identifier = "@package/key"` | the name under which such things are known; it has to be given, and the server has to know it |
//! | `expand = path`, `shrink = path` | the functions that fetch and store a value |
//! | `custom` | [`Structure`](trait@crate::Structure) is implemented by hand |
//!
//! Checked when compiling: the form of the identifier, and that one of three ways is taken.
//!
//! A struct of one field **is its id**. The field is of a type with `FromStr` and `Display`: `String`, a number, a `Uuid`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[derive(Debug, PartialEq, Structure)]
//! #[structure(identifier = "@mikro/image")]
//! struct ImageId(u64);
//!
//! assert_eq!(port::<ImageId>()["kind"], "STRUCTURE");
//! assert_eq!(port::<ImageId>()["identifier"], "@mikro/image");
//! assert_eq!(read(r#""17""#), Ok(ImageId(17)));
//! assert_eq!(read("17"), Ok(ImageId(17)));
//! assert_eq!(write(ImageId(17)), r#""17""#);
//! assert_eq!(
//!     read::<ImageId>(r#""x""#),
//!     Err("STRUCTURE @mikro/image: invalid digit found in string".into())
//! );
//! ```
//!
//! **Two functions** fetch and store any type. They are async, may fail with an error, a `String` or a `&'static str`, and
//! reach what the app shares in its [`Contexts`](crate::Contexts).
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[derive(Debug, PartialEq, Structure)]
//! #[structure(identifier = "@mikro/image", expand = load, shrink = store)]
//! struct Image {
//!     pixels: Vec<u8>,
//! }
//!
//! async fn load(id: String, contexts: &Contexts) -> Result<Image, String> {
//!     match id.as_str() {
//!         "17" => Ok(Image { pixels: vec![1, 2] }),
//!         other => Err(format!("there is no image {other}")),
//!     }
//! }
//!
//! async fn store(image: Image, contexts: &Contexts) -> Result<String, String> {
//!     Ok(format!("{}", 15 + image.pixels.len()))
//! }
//!
//! assert_eq!(port::<Image>()["identifier"], "@mikro/image");
//! assert_eq!(read(r#""17""#), Ok(Image { pixels: vec![1, 2] }));
//! assert_eq!(read::<Image>(r#""18""#), Err("STRUCTURE @mikro/image: there is no image 18".into()));
//! assert_eq!(write(Image { pixels: vec![1, 2] }), r#""17""#);
//! ```
//!
//! With **`custom`** the trait is implemented by hand.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[derive(Structure)]
//! #[structure(identifier = "@mikro/image", custom)]
//! struct Image {
//!     id: String,
//! }
//!
//! impl rekuest::Structure for Image {
//!     type Error = std::convert::Infallible;
//!
//!     async fn expand(id: String, _: &Contexts) -> Result<Self, Self::Error> {
//!         Ok(Self { id })
//!     }
//!
//!     async fn shrink(self, _: &Contexts) -> Result<String, Self::Error> {
//!         Ok(self.id)
//!     }
//! }
//!
//! assert_eq!(port::<Image>()["kind"], "STRUCTURE");
//! assert_eq!(write(Image { id: "17".into() }), r#""17""#);
//! ```
//!
//! # `derive(Memorable)` and `Memory<T>`
//!
//! A value that stays in the memory of the agent: a MEMORY_STRUCTURE, sent as the id of its drawer, a text. The port belongs
//! to [`Memory<T>`](crate::Memory), not to `T`.
//!
//! | `#[memorable(…)]` | what it does |
//! |---|---|
//! | `identifier = "…"` | the name under which the type is known; else the path of its module and its name, with dots, in lower case |
//! | `label = path` | a `fn(&T) -> String` that names a value, for people |
//! | `description = path` | a `fn(&T) -> String` that says what a value is, for people |
//! | `size = path` | a `fn(&T) -> usize` that says how much memory a value takes, in bytes; without it, what it owns on the heap does not count |
//!
//! A function of the same agent gets the value without a copy. A function elsewhere gets a reference: it can pass it on, and
//! [`get`](crate::Memory::get) says that the value is not here. Drawers are gone when their agent starts again.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use std::sync::Arc;
//!
//! use rekuest::prelude::*;
//! use rekuest::NotHere;
//! use serde_json::json;
//!
//! #[derive(Memorable)]
//! #[memorable(identifier = "microscope.volume", label = Volume::title)]
//! struct Volume {
//!     voxels: Vec<u16>,
//! }
//!
//! impl Volume {
//!     fn title(&self) -> String {
//!         format!("{} voxels", self.voxels.len())
//!     }
//! }
//!
//! #[register]
//! fn acquire() -> Memory<Volume> {
//!     Memory::new(Volume { voxels: vec![1, 7, 3] })
//! }
//!
//! #[register]
//! fn brightest(volume: Memory<Volume>) -> Result<u16, NotHere> {
//!     Ok(volume.get()?.voxels.iter().copied().max().unwrap_or_default())
//! }
//!
//! assert_eq!(port::<Memory<Volume>>()["kind"], "MEMORY_STRUCTURE");
//! assert_eq!(port::<Memory<Volume>>()["identifier"], "microscope.volume");
//!
//! let agent = Arc::new(Process::default());
//! let drawer = call_in(&agent, &acquire::IMPLEMENTATION, json!({})).unwrap()[0]["return0"].clone();
//! assert_eq!(drawer, "1");
//! let yielded = call_in(&agent, &brightest::IMPLEMENTATION, json!({"volume": drawer}));
//! assert_eq!(yielded, Ok(vec![json!({"return0": 7})]));
//!
//! let refused = call_in(&agent, &brightest::IMPLEMENTATION, json!({"volume": "2"})).unwrap_err();
//! assert!(refused.starts_with("volume: there is no drawer 2 in this agent"));
//!
//! let elsewhere: Memory<Volume> = read(r#""1""#).unwrap();
//! assert!(elsewhere.get().is_err());
//! assert_eq!(elsewhere.drawer(), Some("1"));
//! ```
