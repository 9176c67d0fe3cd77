//! States: what an app shows of itself.
//!
//! Where the stage stands is no return of any one call: people look at it, and other apps act on it. It is a *state*:
//! `#[derive(State)]` on a struct whose fields are ports, and [`State<T>`](struct@crate::State) as a parameter.
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::testing::TestApp;
//!
//! /// Where the stage stands.
//! #[derive(Clone, State)]
//! struct Position {
//!     /// In micrometers.
//!     x: f64,
//!     #[port(default = "home")]
//!     place: String,
//! }
//!
//! /// Moves the stage.
//! #[register]
//! fn move_by(position: State<Position>, dx: f64) -> f64 {
//!     position.update(|position| {
//!         position.x += dx;
//!         position.place = "somewhere".to_owned();
//!         position.x
//!     })
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let home = Position { x: 0.0, place: "home".to_owned() };
//! let app = TestApp::new().function(&move_by::IMPLEMENTATION).state(home).start().await?;
//! assert_eq!(app.call::<move_by>((2.5,)).await?.value, 2.5);
//!
//! let position = app.state::<Position>().expect("the app has it");
//! assert_eq!((position.read().x, position.read().place.as_str()), (2.5, "somewhere"));
//! # Ok(())
//! # }
//! ```
//!
//! # Changing it
//!
//! [`update`](crate::State::update) has the value for itself: updates happen one after the other, and none is lost, however
//! many functions run. Inside, do what is quick; what takes long is done before. [`try_update`](crate::State::try_update) can
//! fail, and then nothing has changed, as when the closure panics. [`read`](crate::State::read) gives what the state is now,
//! without waiting for anybody; what it gives does not change any more.
//!
//! Every change goes to the server as a patch (RFC 6902), in order. Changes that come while a patch is on its way go together
//! in the next. What a function has changed is at the server before its YIELD is sent: a caller that has the return sees the
//! state that belongs to it. A server that does not take it within two seconds is not waited for any longer; the patch is sent
//! again until it has it, and no function fails because of that. When the connection is lost and comes back, the server is
//! brought up to date.
//!
//! [`publish`](crate::State::publish) is for a value that changes inside without an update, in an atomic say, and for waiting
//! until the server has it.
//!
//! # Watching it
//!
//! ```
//! use futures_util::StreamExt as _;
//! use rekuest::prelude::*;
//! use rekuest::testing;
//!
//! /// Where the stage stands.
//! #[derive(Debug, Clone, PartialEq, State)]
//! struct Position {
//!     x: f64,
//! }
//!
//! /// Moves the stage.
//! #[register]
//! async fn move_by(position: State<Position>, dx: f64) {
//!     position.update(|position| position.x += dx);
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = testing::server().await?;
//! let app = App::new("microscope").function(&move_by::IMPLEMENTATION).state(Position { x: 0.0 });
//! let app = server.provide(app).await?;
//! let client = server.client().await?;
//!
//! // As it is now.
//! let position: Position = client.state("microscope", "default").await?;
//! assert_eq!(position, Position { x: 0.0 });
//!
//! // As it is now, and then whenever it changes.
//! let mut positions = client.state::<Position>("microscope", "default").watch();
//! assert_eq!(positions.next().await.transpose()?, Some(Position { x: 0.0 }));
//! move_by::call(&client, 1.5).await?;
//! assert_eq!(positions.next().await.transpose()?, Some(Position { x: 1.5 }));
//! # app.shutdown().await?;
//! # server.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! Whoever watches has every value in the end, and not every one on the way: one that is slow is given the newest. A watch
//! goes on when the connection is lost, when the app starts again, and when the server does.
//!
//! # Names, groups
//!
//! Others find a state by its name, that of the struct unless `#[state(name = "…")]` says another; an app has one state of
//! each name. With `#[state(group = "…")]`, functions that take it run one at a time, as with [contexts](super::contexts#groups):
//! for a state that has to agree with an instrument. `ReadOnly<State<T>>` only reads.
//!
//! Numbers beyond 64 bits lose digits on their way in a patch; a state is no place for them.
