//! Functions: what can be said in `#[register(…)]` and in the doc comment.
//!
//! See [`super`] for `definition` and `call`, and [`Task`](#task) for what functions take beside their arguments. Every argument stands at most once, except `returns` and `port_group`. Checked
//! when compiling: that the words are known, texts are not empty, and the ports that are named are there.
//!
//! # The doc comment
//!
//! The first paragraph is the summary. With more text, the summary is the name, without its last period, and the rest is the
//! description; without, it is the description, and the name is made of the function's. The list in `# Arguments` (or
//! `# Parameters`) describes arguments and `# Returns` returns: plain text for one, a list for several. Other sections, such
//! as `# Errors`, are for readers of the source. Checked when compiling: that what is described is there, and is not described
//! twice.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! /// Move stage
//! ///
//! /// Moves the stage and waits until it stands still.
//! ///
//! /// # Arguments
//! /// * `x` - where to, in micrometers
//! ///
//! /// # Returns
//! /// where it stands
//! ///
//! /// # Errors
//! /// When something is in the way.
//! #[register]
//! fn move_stage(x: f64) -> Result<f64, String> {
//!     Ok(x)
//! }
//!
//! /// Moves back.
//! #[register]
//! fn move_back() {}
//!
//! let documented = definition(&move_stage::DEFINITION);
//! assert_eq!(documented["name"], "Move stage");
//! assert_eq!(documented["description"], "Moves the stage and waits until it stands still.");
//! assert_eq!(documented["args"][0]["description"], "where to, in micrometers");
//! assert_eq!(documented["returns"][0]["description"], "where it stands");
//!
//! assert_eq!(definition(&move_back::DEFINITION)["name"], "Move Back");
//! assert_eq!(definition(&move_back::DEFINITION)["description"], "Moves back.");
//! ```
//!
//! # `name`, `description`
//!
//! In place of the doc comment. A name without a description leaves the description empty. With neither a doc comment nor a
//! name, a function counts as under development.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register(name = "Park", description = "Moves the stage out of the way.")]
//! fn park_stage() {}
//!
//! #[register]
//! fn undocumented() {}
//!
//! assert_eq!(definition(&park_stage::DEFINITION)["name"], "Park");
//! assert_eq!(definition(&park_stage::DEFINITION)["description"], "Moves the stage out of the way.");
//! assert_eq!(definition(&park_stage::DEFINITION)["isDev"], false);
//! assert_eq!(definition(&undocumented::DEFINITION)["isDev"], true);
//! ```
//!
//! # `interface`
//!
//! The name under which an app offers the function, unique in the app: one word. The name of the function unless given. It
//! is no part of the definition, so two apps may offer one action under two names.
//!
//! ```
//! use rekuest::prelude::*;
//!
//! #[register(interface = "stage.park")]
//! fn park() {}
//!
//! assert_eq!(park::IMPLEMENTATION.interface, "stage.park");
//! ```
//!
//! # `collections`, `interfaces`, `logo`, `stateful`
//!
//! `collections` are what the function is listed in; `interfaces` what it implements, by their identifiers; `logo` is the url of an
//! image. `stateful` says that two calls with the same arguments may differ: `stateful`, or `stateful = true`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register(
//!     collections = ["microscopy"],
//!     interfaces = ["@lab/stage"],
//!     logo = "https://example.org/stage.png",
//!     stateful,
//! )]
//! fn position() -> f64 {
//!     0.0
//! }
//!
//! let documented = definition(&position::DEFINITION);
//! assert_eq!(documented["collections"], json!(["microscopy"]));
//! assert_eq!(documented["interfaces"], json!(["@lab/stage"]));
//! assert_eq!(documented["logo"], "https://example.org/stage.png");
//! assert_eq!(documented["stateful"], true);
//! ```
//!
//! # `is_test_for`
//!
//! The registered functions that it tests, by their paths. They become the hashes of their definitions. A path to something
//! that is not registered is a compile error.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[register]
//! fn double(v: i64) -> i64 {
//!     2 * v
//! }
//!
//! #[register(is_test_for = [double])]
//! fn two_is_doubled() -> bool {
//!     double(2) == 4
//! }
//!
//! let hash = double::DEFINITION.to_buf().unwrap().hash();
//! assert_eq!(definition(&two_is_doubled::DEFINITION)["isTestFor"][0], hash.as_str());
//! ```
//!
//! # `generator`
//!
//! The function yields many times, although its type does not say so: see
//! [generators of a named type](super::returns#generators-of-a-named-type).
//!
//! # `Task`
//!
//! A parameter of the type [`Task`](crate::Task) is the assignation that the function runs for: it tells progress, logs,
//! knows who called and whether it is still wanted. It is no port: it is not in the definition, and nobody sends it.
//! Functions of all kinds take it, at any place, under any name. What is injected is known by the name of its type, so a
//! type of your own that is called `Task` goes by another name in a parameter. Checked when compiling: that what is called
//! so has no port, that nothing else has none, and that nothing is said about its port. Code further away finds it with
//! [`task::current()`](crate::task::current).
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use rekuest::task::Cancelled;
//! use serde_json::json;
//!
//! #[register]
//! fn scan(task: Task, planes: u32) -> Result<String, Cancelled> {
//!     for plane in 0..planes {
//!         task.check()?;
//!         task.progress(plane * 100 / planes, format_args!("plane {plane}"));
//!     }
//!     Ok(format!("{planes} planes for {}", task.interface()))
//! }
//!
//! assert_eq!(definition(&scan::DEFINITION)["args"].as_array().unwrap().len(), 1);
//! assert_eq!(definition(&scan::DEFINITION)["args"][0]["key"], "planes");
//! let yielded = call(&scan::IMPLEMENTATION, json!({"planes": 2})).unwrap();
//! assert_eq!(yielded[0]["return0"], "2 planes for scan");
//! # async fn stub(client: Client) -> Result<(), rekuest::CallError> {
//! // A caller sends the ports.
//! let scanned = scan::call(&client, 2).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # `concurrency`
//!
//! At most so many invocations of the function run at once, in one agent; more wait, in the order in which they came: a
//! number or a constant `usize`, 1 or more. As many as there are unless given. It is no part of the definition.
//!
//! ```
//! use rekuest::prelude::*;
//!
//! const CAMERAS: usize = 2;
//!
//! #[register(concurrency = CAMERAS)]
//! fn snap() {}
//!
//! assert_eq!(snap::IMPLEMENTATION.concurrency.map(usize::from), Some(2));
//! ```
//!
//! # `group`
//!
//! The functions of one group share something of which there is one, an instrument say: one invocation of them runs at a
//! time, in one agent, in the order in which they were called. The name is one word. It may stand beside `concurrency`, and
//! is no part of the definition.
//!
//! ```
//! use rekuest::prelude::*;
//!
//! #[register(group = "stage")]
//! fn go_home() {}
//!
//! #[register(group = "stage")]
//! async fn go_to(x: f64) {}
//!
//! assert_eq!(go_home::IMPLEMENTATION.group, go_to::IMPLEMENTATION.group);
//! ```
//!
//! # `ungrouped`
//!
//! The function stays out of the groups of the [contexts](super::app#derivecontext-ctxt) and
//! [states](super::app#derivestate-statet) that it takes: `ungrouped`, or `ungrouped = true`. Its own `group` stays.
//!
//! # `dependencies`
//!
//! The functions that it calls: paths of functions with [`#[declare]`](super::app#declare) or `#[register]`, those that it can
//! do without as `optional(path)`. The server finds an implementation for each when the function is assigned. Checked when
//! compiling: that they are such functions, and that no two have one name. Checked when the app starts: that no functions of
//! it depend on each other.
//!
//! ```
//! use rekuest::prelude::*;
//!
//! #[register]
//! fn snap() -> f64 {
//!     0.5
//! }
//!
//! #[register(dependencies = [snap])]
//! async fn snap_twice(task: Task) -> Result<f64, CallError> {
//!     Ok(snap::call(&task).await? + snap::call(&task).await?)
//! }
//!
//! assert_eq!(snap_twice::IMPLEMENTATION.dependencies[0].key(), "snap");
//! ```
//!
//! # `returns(…)`
//!
//! What is said about the returns, one `returns(…)` for each, by position. It takes what `#[port(…)]` takes, without
//! `default` and `widget`: see [`ports`](super::ports). What `# Returns` describes is not described here again. Agents do
//! not enforce any of it.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[register(
//!     returns(label = "Mean", descriptors(unit = "counts")),
//!     returns(label = "Quality", return_widget = custom(hook = "gauge", ward = "lab")),
//! )]
//! fn measure() -> (f64, i64) {
//!     (0.5, 3)
//! }
//!
//! let returns = &definition(&measure::DEFINITION)["returns"];
//! assert_eq!(returns[0]["label"], "Mean");
//! assert_eq!(returns[0]["descriptors"][0]["value"], "counts");
//! assert_eq!(returns[1]["returnWidget"]["hook"], "gauge");
//! ```
//!
//! # `port_group(…)`
//!
//! Arguments that forms show together: `key` and `ports` have to be given, `title`, `description` and `effect(…)` may be.
//! Several groups are several `port_group(…)`. Checked when compiling: that the ports are arguments, and that keys differ. The
//! function of an [effect](super::ports#effect) gets the group first, then its dependencies.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register(port_group(
//!     key = "advanced",
//!     title = "Advanced",
//!     description = "For those who know.",
//!     ports = ["exposure", "gain"],
//!     effect(hide, function = "(group, simple) => simple", dependencies = ["simple"]),
//! ))]
//! fn snap(#[port(default = true)] simple: bool, exposure: f64, gain: i64) {}
//!
//! let group = &definition(&snap::DEFINITION)["portGroups"][0];
//! assert_eq!(group["title"], "Advanced");
//! assert_eq!(group["ports"], json!(["exposure", "gain"]));
//! assert_eq!(group["effects"][0]["kind"], "HIDE");
//! ```
//!
//! # `crate`
//!
//! Where `rekuest` is found, for a crate that knows it by another name, or through another crate.
//!
//! ```
//! mod sdk {
//!     pub use rekuest::*;
//! }
//!
//! #[sdk::register(crate = sdk)]
//! fn ping() {}
//!
//! assert_eq!(ping::IMPLEMENTATION.interface, "ping");
//! ```
