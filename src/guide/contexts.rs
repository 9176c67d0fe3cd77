//! Contexts: values that the functions of an app share.
//!
//! A stage is moved over one serial port. Every function that moves it needs that port, and no caller sends it. It is a
//! *context*: `#[derive(Context)]` on a type of your own, and [`Ctx<T>`](crate::Ctx) as a parameter, which is no port.
//!
//! ```
//! use std::sync::Mutex;
//!
//! use rekuest::prelude::*;
//! use rekuest::testing::TestApp;
//!
//! /// The stage of the microscope.
//! #[derive(Context)]
//! struct Stage {
//!     /// What was sent over its port.
//!     sent: Mutex<Vec<String>>,
//! }
//!
//! /// Moves the stage.
//! #[register]
//! fn move_to(stage: Ctx<Stage>, x: f64, y: f64) -> Result<(), String> {
//!     let mut sent = stage.sent.lock().map_err(|error| error.to_string())?;
//!     sent.push(format!("G0 X{x} Y{y}"));
//!     Ok(())
//! }
//!
//! /// How many commands the stage was sent.
//! #[register]
//! fn commands(stage: Ctx<Stage>) -> Result<usize, String> {
//!     Ok(stage.sent.lock().map_err(|error| error.to_string())?.len())
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let app = TestApp::new()
//!     .function(&move_to::IMPLEMENTATION)
//!     .function(&commands::IMPLEMENTATION)
//!     .context(Stage { sent: Mutex::default() })
//!     .start()
//!     .await?;
//! app.call::<move_to>((1.0, 2.0)).await?;
//! assert_eq!(app.call::<commands>(()).await?.value, 1);
//! # Ok(())
//! # }
//! ```
//!
//! A `Ctx<T>` is a reference that is cheap to clone: `stage.sent` reads through it. What changes inside of the value is its
//! own to guard, with a lock, an atomic or a channel; functions run at the same time unless they are told not to, see
//! [groups](#groups).
//!
//! # Where it comes from
//!
//! The app has one value of each type. It is given to [`App::context`](crate::App::context), as above, or made when the app
//! starts by a `#[startup]` function that returns it, see [`hooks`](super::hooks). Whether everything is there that functions
//! take is looked at before anything runs:
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::testing::TestApp;
//!
//! #[derive(Context)]
//! struct Lamp;
//!
//! /// Switches the lamp on.
//! #[register]
//! fn light(lamp: Ctx<Lamp>) {}
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let missing = TestApp::new().function(&light::IMPLEMENTATION).start().await.expect_err("there is no lamp");
//! let missing = missing.to_string();
//! assert!(missing.starts_with("the function `light` (") && missing.contains("takes the context `"));
//! assert!(missing.ends_with("return it from a `#[startup]` function, or give it to `App::context`"));
//! # }
//! ```
//!
//! A type of another crate goes into a struct of your own: `struct Port(Box<dyn SerialPort>);`. The plain function can be
//! called with a value of its own, in a test say: `move_to(Stage { … }.into(), 1.0, 2.0)`.
//!
//! # Groups
//!
//! Two functions that move the stage at the same time would fight for it. With a group, functions that take the context run
//! one after the other, in the order in which they were called; others run beside them:
//!
//! ```
//! use rekuest::prelude::*;
//!
//! #[derive(Context)]
//! #[context(group = "stage")]
//! struct Stage;
//!
//! /// Moves the stage: alone.
//! #[register]
//! fn move_to(stage: Ctx<Stage>, x: f64) {}
//!
//! /// Only looks: beside the others.
//! #[register]
//! fn where_is_it(stage: ReadOnly<Ctx<Stage>>) {}
//!
//! /// Stops the stage, now.
//! #[register(ungrouped)]
//! fn emergency_stop(stage: Ctx<Stage>) {}
//!
//! # let groups = |function: Function| function.groups().into_iter().map(str::to_owned).collect::<Vec<_>>();
//! assert_eq!(groups(Function::from(&move_to::IMPLEMENTATION)), ["stage"]);
//! assert!(groups(Function::from(&where_is_it::IMPLEMENTATION)).is_empty());
//! assert!(groups(Function::from(&emergency_stop::IMPLEMENTATION)).is_empty());
//! ```
//!
//! [`ReadOnly`](crate::ReadOnly) says that a function only looks; `ungrouped` that it stays out of the groups of all that it
//! takes. A function can be in several groups: its own (`#[register(group = "…")]`) and those of what it takes. A function
//! that is called by one that holds a group does not wait for it: its caller waits for it already.
