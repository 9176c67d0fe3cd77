//! Dependencies: functions that call functions.
//!
//! # Functions of this program
//!
//! Inside of a function, its [`Task`](crate::Task) is what others are called on. Such a call is a part of the assignation: the
//! server shows it below it, and it is cancelled when the assignation ends.
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::testing::TestApp;
//!
//! /// Adds two numbers.
//! #[register]
//! fn add(a: i64, b: i64) -> i64 {
//!     a + b
//! }
//!
//! /// Adds three numbers, by adding twice.
//! #[register]
//! async fn add_three(task: Task, a: i64, b: i64, c: i64) -> Result<i64, CallError> {
//!     let sum = add::call(&task, a, b).await?;
//!     add::call(&task, sum, c).await
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let app =
//!     TestApp::new().function(&add::IMPLEMENTATION).function(&add_three::IMPLEMENTATION).start().await?;
//! assert_eq!(app.call::<add_three>((1, 2, 3)).await?.value, 6);
//! # Ok(())
//! # }
//! ```
//!
//! What the app provides itself is run by itself, and not by another app that provides the same: two microscopes with one
//! program do not move each other's stages.
//!
//! A blocking function calls with [`wait`](crate::Call::wait): `add::call(&task, a, b).wait()?`. What a function calls in its
//! own app takes no place of its own where its caller holds one: a group, the app's `concurrency`, a thread.
//!
//! # Functions of others
//!
//! A microscope finds its focus with an app for image analysis. What that app provides is *declared*: the signature, and no
//! body. A function that needs it says so, and the server finds an implementation when the function is assigned.
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::testing::TestApp;
//!
//! /// How sharp an image is.
//! #[declare]
//! fn sharpness(pixels: Vec<f64>) -> f64;
//!
//! /// Tells somebody.
//! #[declare(name = "Notify")]
//! fn notify(text: String);
//!
//! /// Looks for the sharpest plane.
//! #[register(dependencies = [sharpness, optional(notify)])]
//! async fn autofocus(task: Task, planes: u32) -> Result<u32, CallError> {
//!     let mut best = (0, f64::MIN);
//!     for plane in 0..planes {
//!         let image = vec![f64::from(plane), 1.0];
//!         let sharp = sharpness::call(&task, image).await?;
//!         if sharp > best.1 {
//!             best = (plane, sharp);
//!         }
//!     }
//!     if task.is_given("notify") {
//!         notify::call(&task, format!("the focus is at {}", best.0)).await?;
//!     }
//!     Ok(best.0)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // In a test, any function of the app that is like it serves it.
//! let stand_in = Function::blocking("sharpest_is_two", ["pixels"], |pixels: Vec<f64>| -(pixels[0] - 2.0).abs());
//! let app = TestApp::new().function(&autofocus::IMPLEMENTATION).function(stand_in).start().await?;
//! assert_eq!(app.call::<autofocus>((5,)).await?.value, 2);
//! # Ok(())
//! # }
//! ```
//!
//! What is meant is said by `hash = "…"`, by `name = "…"`, or by the ports: the same arguments under the same keys, and the
//! same returns. The observed server finds dependencies by their hash alone; `inspect` of an app prints the hashes of its
//! functions. The embedded one finds them in each way.
//!
//! `sharpness::call(&client, …)` calls whoever provides it, without an assignation around it.
//!
//! # When there is none
//!
//! An assignation of a function with a dependency that nobody serves is refused, and its caller is told which:
//! [`CallError::Refused`](crate::CallError::Refused). An `optional(…)` one may be missing on the embedded server;
//! the observed one refuses there as well. [`Task::is_given`](crate::Task::is_given) says whether it is there, and a call of it
//! all the same fails with [`CallError::NotGiven`](crate::CallError::NotGiven), which ends the
//! function with CRITICAL if it leaves by `?`. So does a call of a declared function that is not among `dependencies`.
//!
//! A caller can choose itself who serves a dependency: `autofocus::call(&client, 5).dependency("sharpness", implementation_id)`.
//!
//! Functions of one app that need each other could never be served, and are an error at the start; make one of their
//! dependencies `optional(…)`.
