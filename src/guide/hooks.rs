//! Hooks: what runs at the start of an app, all along, and at its end.
//!
//! Somebody has to open the port of the stage before the first call, look after it meanwhile, and park it at the end. These
//! are functions too, with an attribute each. Like functions with `#[register]` they stay callable, and a program that is run
//! with [`rekuest::run`](crate::run) has all that are linked into it.
//!
//! ```standalone_crate
//! use std::sync::atomic::{AtomicBool, Ordering};
//!
//! use rekuest::prelude::*;
//! use rekuest::testing::TestApp;
//!
//! #[derive(Context)]
//! struct Stage {
//!     parked: AtomicBool,
//! }
//!
//! /// Where the stage stands.
//! #[derive(Clone, State)]
//! struct Position {
//!     x: f64,
//! }
//!
//! #[startup]
//! fn connect() -> Result<(Stage, Position), String> {
//!     Ok((Stage { parked: AtomicBool::new(false) }, Position { x: 10.0 }))
//! }
//!
//! #[background]
//! async fn drift(position: State<Position>) {
//!     loop {
//!         position.update(|position| position.x += 0.1);
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//!
//! #[shutdown]
//! fn park(stage: Ctx<Stage>) {
//!     stage.parked.store(true, Ordering::SeqCst);
//! }
//!
//! /// Where the stage stands.
//! #[register]
//! fn where_is_it(position: ReadOnly<State<Position>>) -> f64 {
//!     position.read().x
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let app = TestApp::new().linked().start().await?;
//! assert!(app.call::<where_is_it>(()).await?.value >= 10.0);
//!
//! let stage = app.context::<Stage>().expect("it was made");
//! app.shutdown().await?;
//! assert!(stage.parked.load(Ordering::SeqCst));
//! # Ok(())
//! # }
//! ```
//!
//! # `#[startup]`
//!
//! Runs before the app is registered, so that nobody can call it yet. It takes nothing, or the id of the app's instance as a
//! `String` or `&str`. It returns [contexts](super::contexts) and [states](super::states): one, a tuple of them, or a `Result`.
//! Two that give the same type are an error before anything runs, and so is something that is needed and not given. One that
//! fails, panics, or takes longer than `timeout = …` seconds (20 unless given) ends the app with an error that names it.
//!
//! # `#[background]`
//!
//! Runs from when the startup functions have ended until the app ends, with the contexts and states that it takes. An `async`
//! one is dropped at its next `.await`; a blocking one takes a [`Stop`](crate::Stop), and is waited for:
//!
//! ```
//! use std::time::Duration;
//!
//! use rekuest::prelude::*;
//!
//! #[background]
//! fn poll(stop: Stop) {
//!     while !stop.wait(Duration::from_secs(1)) {
//!         // Ask the instrument how it is.
//!     }
//! }
//! ```
//!
//! When it fails or panics, that is logged, and it is started again after a while that grows up to a minute. With
//! `#[background(on_failure = stop)]` the app ends instead, once running work is done, with an error that names it.
//!
//! # `#[shutdown]`
//!
//! Runs when the app ends, after its last assignation and its background functions, also when it ends with an error, and
//! when a startup function failed, for what was made before; not when its future or its [`RunningApp`](crate::RunningApp) is
//! dropped, which leaves no time for anything. It may take `timeout = …` seconds, 10 unless given. What it changes in a state
//! is still told.
//!
//! # Order
//!
//! Hooks of one kind run in the order of their names, shutdown functions in the reverse order. `after = [other, …]` says what
//! one comes after: paths of functions with the same attribute. Hooks that come after each other are an error at the start.
//!
//! # Without linking
//!
//! An app in code names its hooks like its functions: `App::new("microscope").hook(&connect::HOOK)`.
