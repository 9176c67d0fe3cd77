//! Ports: what can be said in `#[port(…)]`, and in `returns(…)` and `item(…)`.
//!
//! `#[port(…)]` stands in front of an argument of a function, a field of a model or a variant of a union, once each. See
//! [`super`] for `definition` and `call`.
//!
//! | | argument | field | variant | `item(…)` | `returns(…)` | enforced by the agent |
//! |---|---|---|---|---|---|---|
//! | [`default`](#default) | yes | yes | | | | it fills it in |
//! | [`label`, `description`](#label-description) | yes | yes | yes | yes | yes | |
//! | [`widget`](#slider-widget) | yes | yes | yes | yes | | the range of a `slider`, the values of a `choice` |
//! | [`return_widget`](#return_widget) | yes | yes | yes | yes | yes | no |
//! | [`gt`, `ge`, `lt`, `le`](#gt-ge-lt-le) | yes | yes | yes | yes | yes | yes, on the way in |
//! | [`len`](#len) | yes | yes | yes | yes | yes | yes, on the way in |
//! | [`validate`](#validate) | yes | yes | yes | yes | yes | no: JavaScript is for user interfaces |
//! | [`effect`](#effect) | yes | yes | yes | yes | yes | no |
//! | [`descriptors`](#descriptors) | yes | yes | yes | yes | yes | no |
//! | [`item`](#item) | yes | yes | yes | yes | yes | as what is in it |
//!
//! **What the agent enforces** it enforces before the function runs, on arguments and everything in them: bounds, lengths,
//! choices and the ranges of sliders. A value that does not keep them is an ERROR with its path. Null passes: whether it is
//! taken is the matter of the type. A number is looked at as it was sent, before an `f32` rounds it. Callers, the command line
//! and the embedded server check bounds and lengths before; what a widget offers is checked by the agent alone.
//!
//! **What it does not**: a `validate` with a function of your own and every effect are JavaScript, and only user interfaces
//! run it. Other callers may send what they like, so a function that relies on such a check has to make it again. Returns are
//! never checked.
//!
//! **Checked when compiling**: that a bound stands at a number and a length at a text or list, also behind an alias; that
//! bounds do not contradict each other; that literal defaults keep them; that functions are arrow functions with one
//! parameter for the value and one for each dependency; that dependencies are arguments of the function, or fields of the
//! model.
//!
//! # `default`
//!
//! What is taken where the value is missing or null: any expression of the type. It is evaluated for each call. A string
//! literal becomes a `String` by itself, and a literal the `Some` of an `Option`. The default also has to be a value that can be
//! written without waiting: it is part of the definition. A literal is checked against bounds and choices when compiling,
//! anything else when the definition is written, as the program starts. An argument with a default becomes nullable, a field
//! does not.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn greet(
//!     #[port(default = "world")] name: String,
//!     #[port(default = 2)] times: Option<u8>,
//!     #[port(default = vec![1.5, 2.0])] pauses: Vec<f64>,
//! ) -> String {
//!     format!("{name} {times:?} {pauses:?}")
//! }
//!
//! let args = &definition(&greet::DEFINITION)["args"];
//! assert_eq!(args[0]["default"], "world");
//! assert_eq!(args[0]["nullable"], true);
//! assert_eq!(args[2]["default"], json!([1.5, 2.0]));
//! assert_eq!(
//!     call(&greet::IMPLEMENTATION, json!({"times": null, "pauses": []})),
//!     Ok(vec![json!({"return0": "world Some(2) []"})])
//! );
//! ```
//!
//! # `label`, `description`
//!
//! What forms show in place of the key, and what the value is. The description may stand in the doc comment instead: in
//! `# Arguments` for an argument, in front of a field or variant.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[register]
//! fn expose(#[port(label = "Exposure", description = "in milliseconds")] ms: f64) {}
//!
//! let args = &definition(&expose::DEFINITION)["args"];
//! assert_eq!(args[0]["key"], "ms");
//! assert_eq!(args[0]["label"], "Exposure");
//! assert_eq!(args[0]["description"], "in milliseconds");
//! ```
//!
//! # `slider` widget
//!
//! `widget = slider(min = …, max = …, step = …)`: for a number. The agent refuses what is out of its range, and does not look
//! at the step. Checked when compiling: both ends are there, `min <= max`, `step > 0`, the default is on it.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn dim(#[port(default = 4, widget = slider(min = 0, max = 10, step = 2))] power: i64) {}
//!
//! let widget = &definition(&dim::DEFINITION)["args"][0]["assignWidget"];
//! assert_eq!(widget["kind"], "SLIDER");
//! assert_eq!((&widget["min"], &widget["max"], &widget["step"]), (&json!(0.0), &json!(10.0), &json!(2.0)));
//!
//! assert!(call(&dim::IMPLEMENTATION, json!({"power": 3})).is_ok());
//! assert_eq!(
//!     call(&dim::IMPLEMENTATION, json!({"power": 11})),
//!     Err("power: expected a number of at most 10, got 11".into())
//! );
//! ```
//!
//! # `choice` widget
//!
//! `widget = choice("a", "b")`: some values of a type that has more; for a type that has no more,
//! [`derive(Choice)`](super::derives#derivechoice). A value is a text, a number, `true` or `false`; `option("a", label = "…",
//! description = "…", image = "…")` says more about it. The agent refuses what is none of them. Checked when compiling: values
//! differ, they are of the type where that is written out, the default is one of them.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn scan(#[port(widget = choice("fast", option("slow", label = "Slow", description = "but exact")))] speed: String) {}
//!
//! let widget = &definition(&scan::DEFINITION)["args"][0]["assignWidget"];
//! assert_eq!(widget["kind"], "CHOICE");
//! assert_eq!(widget["choices"][0]["label"], "fast");
//! assert_eq!(widget["choices"][1], json!({
//!     "value": "slow", "label": "Slow", "description": "but exact", "image": null,
//! }));
//! assert_eq!(
//!     call(&scan::IMPLEMENTATION, json!({"speed": "Slow"})),
//!     Err(r#"speed: expected one of "fast", "slow", got "Slow""#.into())
//! );
//! ```
//!
//! # `search` widget
//!
//! `widget = search(query = "…", ward = "…", dependencies = ["…"], filters(key: Type))`: a list that is asked of a service, the
//! `ward`, while one types. `dependencies` are ports whose values the query uses, `filters` what else can be filtered by.
//!
//! The query is checked when compiling: it is GraphQL, one operation, a query; its first variable is `$search: String`, its
//! second `$values: [ID]`; its first field is called `options` and selects `value` and `label`. It is sent as it is written.
//! The agent does not ask the ward: any value of the type is taken.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn crop(
//!     project: String,
//!     #[port(widget = search(
//!         query = "query ($search: String, $values: [ID], $project: ID) {
//!             options: images(search: $search, ids: $values, project: $project) { value: id label: name }
//!         }",
//!         ward = "mikro",
//!         dependencies = ["project"],
//!         filters(channel: i64),
//!     ))]
//!     image: String,
//! ) {
//! }
//!
//! let widget = &definition(&crop::DEFINITION)["args"][1]["assignWidget"];
//! assert_eq!(widget["kind"], "SEARCH");
//! assert_eq!(widget["ward"], "mikro");
//! assert_eq!(widget["dependencies"], json!(["project"]));
//! assert_eq!(widget["filters"][0]["key"], "channel");
//! ```
//!
//! # `string` widget
//!
//! `widget = string(placeholder = "…", paragraph)`: for a text, with what is shown while nothing is typed, and several lines
//! if it is a `paragraph`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[register]
//! fn note(#[port(widget = string(placeholder = "what happened?", paragraph))] text: String) {}
//!
//! let widget = &definition(&note::DEFINITION)["args"][0]["assignWidget"];
//! assert_eq!(widget["kind"], "STRING");
//! assert_eq!(widget["placeholder"], "what happened?");
//! assert_eq!(widget["asParagraph"], true);
//! ```
//!
//! # `custom` widget
//!
//! `widget = custom(hook = "…", ward = "…")`: a widget that the user interface knows. For any type.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[register]
//! fn steer(#[port(widget = custom(hook = "joystick", ward = "lab"))] position: Vec<f64>) {}
//!
//! let widget = &definition(&steer::DEFINITION)["args"][0]["assignWidget"];
//! assert_eq!(widget["kind"], "CUSTOM");
//! assert_eq!(widget["hook"], "joystick");
//! ```
//!
//! # `return_widget`
//!
//! `return_widget = choice(…)` or `return_widget = custom(hook = "…", ward = "…")`: how a value is shown. It stands mostly in
//! [`returns(…)`](super::functions#returns).
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[register(returns(return_widget = choice(option(0, label = "closed"), option(1, label = "open"))))]
//! fn shutter() -> i64 {
//!     1
//! }
//!
//! let widget = &definition(&shutter::DEFINITION)["returns"][0]["returnWidget"];
//! assert_eq!(widget["kind"], "CHOICE");
//! assert_eq!(widget["choices"][1]["label"], "open");
//! ```
//!
//! # `gt`, `ge`, `lt`, `le`
//!
//! `gt = 0`: greater than. `ge`: greater or equal. `lt`: less than. `le`: less or equal. They bound numbers, by literals; a
//! bound that is a constant is written as a [shared validator](#shared-in-code). Whole numbers are compared exactly. User
//! interfaces get the same rule as JavaScript. `le` says "less than", as the Python client does.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn heat(#[port(gt = 0, le = 99.5)] celsius: f64) {}
//!
//! let validators = &definition(&heat::DEFINITION)["args"][0]["validators"];
//! assert_eq!(validators[0], json!({
//!     "function": "(x) => x > 0",
//!     "dependencies": null,
//!     "label": "Must be greater than 0",
//!     "errorMessage": "Must be greater than 0",
//! }));
//! assert_eq!(validators[1]["function"], "(x) => x <= 99.5");
//! assert_eq!(
//!     call(&heat::IMPLEMENTATION, json!({"celsius": 100})),
//!     Err("celsius: expected a number of at most 99.5, got 100".into())
//! );
//! ```
//!
//! # `len`
//!
//! `len(min = 1, max = 3)`, or one of them: the length of a text or list, both ends included. The length of a text counts
//! UTF-16 units, as JavaScript does: `"é"` is 1, `"😀"` is 2. The length of a set is that of the list that comes in, equal
//! items included.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn label(#[port(len(min = 1, max = 2))] text: String) {}
//!
//! let validators = &definition(&label::DEFINITION)["args"][0]["validators"];
//! assert_eq!(validators[0]["function"], "(x) => x.length >= 1 && x.length <= 2");
//! assert!(call(&label::IMPLEMENTATION, json!({"text": "😀"})).is_ok());
//! assert_eq!(
//!     call(&label::IMPLEMENTATION, json!({"text": "😀!"})),
//!     Err(r#"text: expected a length from 1 to 2, got "😀!""#.into())
//! );
//! ```
//!
//! # `validate`
//!
//! `validate(function = "(x) => …", message = "…", label = "…", dependencies = ["…"])`, as often as there is something to
//! check. The function is true for a valid value; it gets the value, then those of its dependencies. **The agent does not run
//! it.**
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn range(
//!     first: i64,
//!     #[port(validate(
//!         function = "(last, first) => last > first",
//!         message = "has to come after the first",
//!         dependencies = ["first"],
//!     ))]
//!     last: i64,
//! ) {
//! }
//!
//! let validators = &definition(&range::DEFINITION)["args"][1]["validators"];
//! assert_eq!(validators[0]["function"], "(last, first) => last > first");
//! assert_eq!(validators[0]["errorMessage"], "has to come after the first");
//! assert_eq!(validators[0]["dependencies"], json!(["first"]));
//! assert!(call(&range::IMPLEMENTATION, json!({"first": 5, "last": 1})).is_ok());
//! ```
//!
//! # `effect`
//!
//! What a form does where the function is true, as often as there is something to do:
//! * `effect(hide, function = "…")` hides the port,
//! * `effect(message, function = "…", message = "…")` shows a message,
//! * `effect(custom, function = "…", hook = "…", ward = "…")` does what the user interface knows.
//!
//! Each also takes `dependencies = ["…"]` and `fade`, for a transition. **Agents have no part in it**: a port that is hidden is
//! still an argument.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//!
//! #[register]
//! fn snap(
//!     #[port(default = true)] simple: bool,
//!     #[port(
//!         default = 10.0,
//!         effect(hide, function = "(e, simple) => simple", dependencies = ["simple"], fade),
//!         effect(message, function = "(e) => e > 1000", message = "this takes long"),
//!         effect(custom, function = "(e) => e == 0", hook = "hint", ward = "lab"),
//!     )]
//!     exposure: f64,
//! ) {
//! }
//!
//! let effects = &definition(&snap::DEFINITION)["args"][1]["effects"];
//! assert_eq!((effects[0]["kind"].as_str(), effects[0]["fade"].as_bool()), (Some("HIDE"), Some(true)));
//! assert_eq!(effects[1]["message"], "this takes long");
//! assert_eq!(effects[2]["hook"], "hint");
//! ```
//!
//! # `descriptors`
//!
//! Facts about the value, by key: `descriptors(unit = "mm", "pixel size" = 0.5)`. A fact is a text, a number, `true` or
//! `false`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn zoom(#[port(descriptors(unit = "mm", "pixel size" = 0.5))] width: f64) {}
//!
//! let descriptors = &definition(&zoom::DEFINITION)["args"][0]["descriptors"];
//! assert_eq!(*descriptors, json!([{"key": "unit", "value": "mm"}, {"key": "pixel size", "value": 0.5}]));
//! ```
//!
//! # `item`
//!
//! What is said about each item of a list, or each value of a map; again for a list in a list.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! #[register]
//! fn stack(#[port(len(max = 8), item(gt = 0, label = "Exposure"))] exposures: Vec<f64>) {}
//!
//! let item = &definition(&stack::DEFINITION)["args"][0]["children"][0];
//! assert_eq!(item["label"], "Exposure");
//! assert_eq!(item["validators"][0]["function"], "(x) => x > 0");
//! assert_eq!(
//!     call(&stack::IMPLEMENTATION, json!({"exposures": [1, 0]})),
//!     Err("exposures[1]: expected a number greater than 0, got 0".into())
//! );
//! ```
//!
//! # Shared in code
//!
//! Widgets, validators and effects may be constants, which several ports share: `widget = …`, `return_widget = …`, `validate =
//! …`, `effect = …` take any constant expression of the types in [`port`](mod@crate::port). Constants are checked where they
//! are made, by what they are made with, and what they depend on is checked at the arguments and returns that they are said
//! of.
//!
//! | constant | made by |
//! |---|---|
//! | [`AssignWidget`](crate::port::AssignWidget) | `slider`, `choice`, `string`, `paragraph`, `custom`; [`search!`](macro@crate::search) |
//! | [`ReturnWidget`](crate::port::ReturnWidget) | `choice`, `custom` |
//! | [`Validator`](crate::port::Validator) | `gt`, `ge`, `lt`, `le`, `len`, which are enforced, and `javascript`, which is not |
//! | [`Effect`](crate::port::Effect) | `hide`, `message`, `custom` |
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::port::{AssignWidget, Effect, Number, Validator};
//! use rekuest::prelude::*;
//! use serde_json::json;
//!
//! const MAX_POWER: i128 = 100;
//! const PERCENT: AssignWidget = AssignWidget::slider(0.0, 100.0).step(5.0);
//! const SAFE: Validator = Validator::le(Number::int(MAX_POWER)).with_message("too bright");
//! const WORD: Validator = Validator::javascript("(x) => /^\\w+$/.test(x)", &[]);
//! const EXPERT: Effect = Effect::hide("(x, simple) => simple", &["simple"]);
//!
//! #[register]
//! fn shine(
//!     simple: bool,
//!     #[port(widget = PERCENT, validate = SAFE, effect = EXPERT)] power: i64,
//!     #[port(validate = WORD)] name: String,
//! ) {
//! }
//!
//! let args = &definition(&shine::DEFINITION)["args"];
//! assert_eq!(args[1]["assignWidget"]["step"], 5.0);
//! assert_eq!(args[1]["validators"][0]["errorMessage"], "too bright");
//! assert_eq!(args[1]["effects"][0]["dependencies"], json!(["simple"]));
//! assert_eq!(args[2]["validators"][0]["function"], r"(x) => /^\w+$/.test(x)");
//! assert_eq!(
//!     call(&shine::IMPLEMENTATION, json!({"simple": true, "power": 101, "name": "a"})),
//!     Err("power: expected a number of at most 100, got 101".into())
//! );
//! ```
//!
//! # `search!` in code
//!
//! A search widget as a constant, its query checked as [above](#search-widget). It takes the query first, then `ward`, `dependencies`,
//! `filters(…)` and `crate`.
//!
//! ```
//! # #[allow(unused)] mod rows { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/reference/rows.rs")); }
//! # use rows::*;
//! use rekuest::port::AssignWidget;
//! use rekuest::prelude::*;
//! use rekuest::search;
//!
//! const IMAGES: AssignWidget = search!(
//!     "query ($search: String, $values: [ID]) {
//!         options: images(search: $search, ids: $values) { value: id label: name }
//!     }",
//!     ward = "mikro",
//! );
//!
//! #[register]
//! fn compare(#[port(widget = IMAGES)] one: String, #[port(widget = IMAGES)] other: String) {}
//!
//! let args = &definition(&compare::DEFINITION)["args"];
//! assert_eq!(args[0]["assignWidget"]["ward"], "mikro");
//! assert_eq!(args[0]["assignWidget"], args[1]["assignWidget"]);
//! ```
