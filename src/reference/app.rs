//! What lives in an app: contexts, states, hooks, declared functions.
//!
//! The [`guide`](mod@crate::guide) has a chapter on each. Of every attribute: an unknown word, an empty text and a thing that is
//! said twice are compile errors.
//!
//! # `derive(Context)`, `Ctx<T>`
//!
//! For any type that is `Send`, `Sync` and owns what it holds. `#[context(group = "…")]` names the group of functions that take
//! it, of which one runs at a time. Checked when compiling: that what is in a [`Ctx<T>`](crate::Ctx) is a context. Checked when
//! the app starts: that there is one, and one only.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[derive(Context)]
//! #[context(group = "stage")]
//! struct Stage;
//!
//! #[register]
//! fn park(stage: Ctx<Stage>, fast: bool) {}
//!
//! assert_eq!(definition(&park::DEFINITION)["args"].as_array().unwrap().len(), 1);
//! assert!(Function::from(&park::IMPLEMENTATION).groups().contains("stage"));
//! ```
//!
//! # `derive(State)`, `State<T>`
//!
//! For structs with named fields that are `Clone`. `#[state(name = "…")]` is the name that others find it by, that of the
//! struct unless given; `#[state(group = "…")]` as for contexts. `#[port(…)]` in front of a field takes what it takes
//! [in front of a field of a model](super::ports). A function that takes a [`State<T>`](struct@crate::State) is stateful. Checked when
//! the app starts: that there is one, that no two have one name, and that it has JSON.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::StateType as _;
//! use rekuest::prelude::*;
//!
//! #[derive(Clone, State)]
//! #[state(name = "Lamp")]
//! struct LampState {
//!     /// In percent.
//!     #[port(ge = 0, le = 100)]
//!     brightness: f64,
//! }
//!
//! #[register]
//! fn dim(lamp: State<LampState>) {
//!     lamp.update(|lamp| lamp.brightness /= 2.0);
//! }
//!
//! let ports = serde_json::to_value(LampState::PORTS).unwrap();
//! assert_eq!((LampState::NAME, &ports[0]["key"]), ("Lamp", &"brightness".into()));
//! assert_eq!(ports[0]["description"], "In percent.");
//! assert_eq!(definition(&dim::DEFINITION)["stateful"], true);
//! ```
//!
//! # `ReadOnly<…>`
//!
//! [`ReadOnly<Ctx<T>>`](crate::ReadOnly) and `ReadOnly<State<T>>`: the function only looks, and does not join the group of `T`.
//!
//! # `#[startup]`
//!
//! In front of a `fn` or `async fn` that takes nothing, or one `String` or `&str`, the id of the app's instance; and that
//! returns contexts and states, one, a tuple or none, or a `Result`. `timeout = 20` is in seconds, with a fraction if need be;
//! `after = [path, …]` names other startup functions.
//!
//! ```
//! use rekuest::prelude::*;
//!
//! #[derive(Context)]
//! struct Stage(String);
//!
//! #[startup(timeout = 2.5)]
//! fn connect(instance: &str) -> Result<Stage, String> {
//!     Ok(Stage(format!("/dev/{instance}")))
//! }
//!
//! assert_eq!(connect::HOOK.timeout.as_millis(), 2_500);
//! assert_eq!(connect("left").unwrap().0, "/dev/left");
//! ```
//!
//! # `#[background]`
//!
//! In front of a `fn` or `async fn` that takes contexts, states and [`Stop`](crate::Stop), and returns nothing or a
//! `Result<(), E>`. `on_failure = stop` ends the app when it fails; unless given it is `restart`. `after = [path, …]` names other
//! background functions.
//!
//! # `#[shutdown]`
//!
//! In front of a `fn` or `async fn` that takes contexts and states, and returns nothing or a `Result<(), E>`. `timeout = 10` and
//! `after = [path, …]` as for `#[startup]`; without `after` they run in the reverse order of their names.
//!
//! # `#[declare]`
//!
//! In front of a signature without a body. `hash = "…"` or `name = "…"` says which action is meant; without, one that takes the
//! same arguments and returns the same. `key = "…"` is its name as a dependency, that of the function unless given. Checked when
//! compiling: that all types have a port, and that the hash is one.
//!
//! ```
//! use rekuest::Callable as _;
//! use rekuest::prelude::*;
//!
//! /// How sharp an image is.
//! #[declare]
//! fn sharpness(pixels: Vec<f64>) -> f64;
//!
//! #[register(dependencies = [optional(sharpness)])]
//! fn focus() {}
//!
//! assert_eq!(sharpness::DEPENDENCY.key(), "sharpness");
//! assert!(focus::IMPLEMENTATION.dependencies[0].is_optional());
//! # async fn stub(client: Client) -> Result<(), CallError> {
//! let sharp: f64 = sharpness::call(&client, vec![0.5]).await?;
//! # Ok(())
//! # }
//! ```
