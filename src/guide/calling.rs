//! Calling: typed, untyped, as a stream, with a handle, and without a runtime.
//!
//! # A function that is known
//!
//! What `#[register]` and `#[declare]` make of a function has a typed stub: the same path and the same types. Nothing happens
//! until the call is awaited.
//!
//! ```
//! use std::time::Duration;
//!
//! use rekuest::prelude::*;
//! use rekuest::testing;
//!
//! /// Moves the stage.
//! #[register]
//! async fn move_to(x: f64, #[port(default = 1.0)] speed: f64) -> f64 {
//!     x / speed
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = testing::server().await?;
//! let app = server.provide(App::new("microscope").function(&move_to::IMPLEMENTATION)).await?;
//! let client = server.client().await?;
//!
//! let seconds = move_to::call(&client, 4.0, 2.0).await?;
//! assert_eq!(seconds, 2.0);
//!
//! // How it is made is said before it is awaited. What has a default may be left out.
//! let call = move_to::call(&client, 4.0, None).timeout(Duration::from_secs(60));
//! assert_eq!(call.idle_timeout(Duration::from_secs(20)).await?, 4.0);
//! # app.shutdown().await?;
//! # server.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! | method | what it says |
//! |---|---|
//! | [`timeout`](crate::Call::timeout) | for how long the call may go on, from its start to its end |
//! | [`idle_timeout`](crate::Call::idle_timeout) | for how long its agent may tell nothing |
//! | [`on_disconnect`](crate::Call::on_disconnect) | what is done when the agent is away: it is waited for, unless said |
//! | [`reference`](crate::Call::reference) | the caller's own name for the call |
//! | [`parent`](crate::Call::parent), [`dependency`](crate::Call::dependency) | what it is a part of, and who serves its dependencies |
//! | [`capture`](crate::Call::capture), [`log`](crate::Call::log) | that everything it traces is wanted, or what it logs |
//! | [`cached`](crate::Call::cached), [`ephemeral`](crate::Call::ephemeral), [`step`](crate::Call::step), [`hook`](crate::Call::hook) | what servers of this generation know but do not do |
//!
//! A call that is given up is cancelled: by a limit, or because whoever waited for it was dropped.
//!
//! # A function that is found
//!
//! What is not known when the caller is compiled is found at run time. Its arguments are checked against its ports before
//! anything is sent, and what it returns is read as the type that is asked for.
//!
//! ```
//! use rekuest::prelude::*;
//! use rekuest::{args, testing};
//!
//! # /// Moves the stage.
//! # #[register]
//! # async fn move_to(x: f64) -> f64 {
//! #     x
//! # }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = testing::server().await?;
//! # let app = server.provide(App::new("microscope").function(&move_to::IMPLEMENTATION)).await?;
//! # let client = server.client().await?;
//! let action = client.find("microscope", "move_to").await?;
//! let position: f64 = action.call(args! { x: 4.0 }).await?;
//! assert_eq!(position, 4.0);
//!
//! let refused = action.call::<f64>(args! { x: "far" }).await;
//! assert!(matches!(refused, Err(CallError::Arguments(_))));
//! # app.shutdown().await?;
//! # server.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! # A generator
//!
//! The stub of a generator is called `stream`: its items come as they are made. None is left out and none comes twice, also
//! when the connection is cut meanwhile; what cannot be known any more ends the stream with
//! [`CallError::Lagged`](crate::CallError::Lagged). So does a stream that is not read while 16,384 events wait for it, or
//! 64 MiB. Dropping it cancels the call.
//!
//! ```
//! use futures_util::StreamExt as _;
//! use rekuest::prelude::*;
//! use rekuest::testing;
//!
//! /// Takes an image of each plane.
//! #[register]
//! fn scan(planes: u32) -> impl Iterator<Item = u32> {
//!     0..planes
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = testing::server().await?;
//! # let app = server.provide(App::new("microscope").function(&scan::IMPLEMENTATION)).await?;
//! # let client = server.client().await?;
//! let mut planes = scan::stream(&client, 3);
//! let mut seen = Vec::new();
//! while let Some(plane) = planes.next().await {
//!     seen.push(plane?);
//! }
//! assert_eq!(seen, [0, 1, 2]);
//! # app.shutdown().await?;
//! # server.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! # A handle
//!
//! [`start`](crate::Call::start) returns once the server has accepted the call, with a [`Running`](crate::Running): it tells
//! everything that happens, and can ask for the call to be cancelled, interrupted, paused, resumed, or to make a step. What the
//! server cannot do is an error, [`CallError::Unsupported`](crate::CallError::Unsupported), before anything is sent.
//!
//! ```
//! use rekuest::caller::CallEvent;
//! use rekuest::prelude::*;
//! use rekuest::testing;
//!
//! /// Waits for the end of the experiment.
//! #[register]
//! async fn watch(task: Task) -> u32 {
//!     task.progress(50, "watching");
//!     std::future::pending().await
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let server = testing::server().await?;
//! # let app = server.provide(App::new("microscope").function(&watch::IMPLEMENTATION)).await?;
//! # let client = server.client().await?;
//! let mut running = watch::call(&client).start().await?;
//! let ended = loop {
//!     match running.next().await {
//!         Ok(Some(CallEvent::Progress { percent: Some(50), .. })) => running.cancel().await?,
//!         Ok(Some(_)) => {}
//!         Ok(None) => panic!("it never ends by itself"),
//!         Err(error) => break error,
//!     }
//! };
//! assert!(matches!(ended, CallError::Cancelled));
//! # app.shutdown().await?;
//! # server.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! [`result`](crate::Running::result) waits for the end, for what was yielded last. A handle that is dropped cancels its call;
//! [`detach`](crate::Running::detach) leaves it to itself and returns its id. Calls on a [`Task`](crate::Task) have the same handle,
//! and end with the assignation that made them.
//!
//! A call that was left to itself, here or in another process of the same identity, is followed again by its id:
//! [`client.attach(&id)`](crate::Client::attach) begins with the last events that the server tells and goes on with everything
//! that happens. Dropping this handle ends nothing; [`typed`](crate::RunningCall::typed) has its returns read.
//! [`client.cancel(&id)`](crate::Client::cancel) cancels a call that nobody follows,
//! [`client.instruct`](crate::Client::instruct) interrupts, pauses and resumes one.
//!
//! # Without a runtime
//!
//! A program that is not async has a client with a runtime of its own, and waits for its calls: what is made with `.await`
//! elsewhere is made with `wait`, and what is followed is an iterator. [`blocking`](crate::blocking) lists both.
//!
//! ```no_run
//! use rekuest::blocking;
//! use rekuest::prelude::*;
//!
//! /// Moves the stage.
//! #[declare]
//! fn move_to(x: f64) -> f64;
//!
//! /// Takes an image of each plane.
//! #[declare]
//! fn scan(planes: u32) -> impl Iterator<Item = u32>;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = blocking::Client::from_env()?;
//!     let position = move_to::call(&client, 4.0).wait()?;
//!     println!("at {position}");
//!     for plane in scan::stream(&client, 3).wait() {
//!         println!("the plane {}", plane?);
//!     }
//!
//!     let mut running = move_to::call(&client, 0.0).blocking_start()?;
//!     while let Some(event) = running.next()? {
//!         println!("{event:?}");
//!     }
//!
//!     for value in client.state_named("microscope", "default", "Position").watch().wait() {
//!         println!("{}", value?);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # How the server is reached
//!
//! Requests and websockets go the same way: through the proxies that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, trusting the
//! authorities of the system. [`HttpOptions`](crate::HttpOptions) say otherwise, for clients and for apps: other timeouts, the
//! certificate of a laboratory's authority, or other connections than TCP.
//!
//! ```no_run
//! use rekuest::prelude::*;
//! use rekuest::HttpOptions;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let options = HttpOptions::default().root_certificates(&std::fs::read("laboratory.pem")?)?;
//! let client = Client::builder().url("https://rekuest.lab")?.token("token").http(options.clone()).build().await?;
//! let app = App::new("microscope").http(options).start().await?;
//!
//! // A server in this process, without the network. `testing::server` does the same.
//! let server = rekuest::server::Server::builder().start().await?;
//! let inside = HttpOptions::default().over(server.connector());
//! # Ok(())
//! # }
//! ```
//!
//! # From a terminal
//!
//! Every app has a command line, and the program `rekuest` has it without functions of its own.
//!
//! ```console
//! $ rekuest actions                                  # what can be called; `agents` lists the apps
//! $ rekuest show microscope/move_to                  # its ports, with widgets and docs
//! $ rekuest call microscope/move_to x=4 speed=2      # progress and logs as they come; Ctrl-C cancels it, again leaves
//! $ rekuest call microscope/move_to --json args.json --timeout 10 --output json
//! $ rekuest watch microscope/Position                # each value of a state; with the id of a call, its events
//! ```
//!
//! An action is `APP/INTERFACE`, an interface that one app alone offers, a name, a hash, or an id. With `--output json` a
//! function's returns are printed as an object by their keys, and a generator's as an array of them; with `--stream` each event
//! is a line of its own, as it comes.
//!
//! | exit code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | the called function failed |
//! | 2 | the command line, or the arguments of the call, are wrong |
//! | 3 | there is no server, or it cannot be reached |
//! | 4 | the server refused, or there is no such function, state or call |
//! | 5 | the call was cancelled |
//! | 6 | the call did not end in time |
