//! The reference: every type that can pass between apps, and everything that can be said about functions and ports.
//!
//! Each row is a section with examples, and the examples are tests of this crate.
//!
//! # Types
//!
//! | type | port | read besides the strict form | written |
//! |---|---|---|---|
//! | [`i8` to `i128`, `u8` to `u128`, `isize`, `usize`](types#integers) | INT | `5.0`, `"5"` | `5` |
//! | [`f32`, `f64`](types#floats) | FLOAT | `5`, `"5.0"` | `5.0` |
//! | [`String`](types#string) | STRING | | `"text"` |
//! | [`bool`](types#bool) | BOOL | `1`, `0`, `"true"`, `"false"` | `true` |
//! | [`chrono`'s `DateTime`, `NaiveDateTime`](types#dates-of-chrono) | DATE | `Z`, no offset, a date alone, a space for `T` | `"2025-11-23T12:00:00+00:00"` |
//! | [`jiff`'s `Timestamp`, `Zoned`, `civil::DateTime`](types#dates-of-jiff) | DATE | the same | the same |
//! | [`Option<T>`](types#option) | that of `T`, nullable | what `T` reads; missing is null | what `T` writes, or `null` |
//! | [`Box<T>`, `Arc<T>`](types#box-and-arc) | that of `T` | what `T` reads | what `T` writes |
//! | [`Vec<T>`, `VecDeque<T>`, `HashSet<T>`, `BTreeSet<T>`](types#lists) | LIST | a set: equal items | `[…]` |
//! | [`[T; N]`](types#arrays) | LIST of a fixed length | | `[…]` |
//! | [`HashMap<String, T>`, `BTreeMap<String, T>`](types#maps) | DICT | | `{…}` |
//! | [`IndexMap<String, T>`](types#indexmap) | DICT | | `{…}`, in its order |
//! | [`derive(Choice)`](derives#derivechoice) | ENUM | | the value of the variant, a text |
//! | [`derive(Model)`](derives#derivemodel) | MODEL | unknown keys, null for a default | `{"field": …}` |
//! | [`derive(Union)`](derives#deriveunion) | UNION | a value that says no variant | `{"use": 0, "value": …}` |
//! | [`derive(Structure)`](derives#derivestructure) | STRUCTURE | a whole number | the id, a text |
//! | [`Memory<T>`, `derive(Memorable)`](derives#derivememorable-and-memoryt) | MEMORY_STRUCTURE | | the id of the drawer, a text |
//!
//! As a parameter, there are besides, and none of them is a port:
//!
//! | type | what it is |
//! |---|---|
//! | [`Task`](functions#task) | the assignation that the function runs for |
//! | [`Ctx<T>`](app#derivecontext-ctxt) | a value that the app shares |
//! | [`State<T>`](app#derivestate-statet) | a state of the app |
//! | [`ReadOnly<…>`](app#readonly) | one of these two, only to look at |
//!
//! As what a function evaluates to, there are besides:
//!
//! | type | what it is |
//! |---|---|
//! | [`()`](returns#nothing-) | no return |
//! | [a type with a port](returns#one-type) | one return |
//! | [a tuple of up to eight](returns#tuples) | several returns |
//! | [`Result<_, E>`](returns#result) | the returns of `Ok`, or a failure |
//! | [`impl Iterator<Item = _>`](returns#iterators) | a GENERATOR |
//! | [`impl Stream<Item = _> + Send`](returns#streams) | a GENERATOR |
//! | [`Result`s around and inside of these](returns#generators-that-fail) | a GENERATOR that can fail |
//! | [a named type, with `#[register(generator)]`](returns#generators-of-a-named-type) | a GENERATOR |
//!
//! # Attributes
//!
//! | attribute | stands in front of | what can be said |
//! |---|---|---|
//! | [the doc comment](functions#the-doc-comment) | a function | name, description, arguments and returns in words |
//! | [`#[register(…)]`](functions) | a function | [`name`, `description`](functions#name-description), [`interface`](functions#interface), [`collections`, `interfaces`, `logo`, `stateful`](functions#collections-interfaces-logo-stateful), [`is_test_for`](functions#is_test_for), [`generator`](functions#generator), [`Task`](functions#task), [`concurrency`](functions#concurrency), [`group`](functions#group), [`ungrouped`](functions#ungrouped), [`dependencies`](functions#dependencies), [`returns(…)`](functions#returns), [`port_group(…)`](functions#port_group), [`crate`](functions#crate) |
//! | [`#[port(…)]`](ports) | an argument, a field, a variant | [`default`](ports#default), [`label`, `description`](ports#label-description), `widget`, [`return_widget`](ports#return_widget), [`gt`, `ge`, `lt`, `le`](ports#gt-ge-lt-le), [`len(…)`](ports#len), [`validate(…)`](ports#validate), [`effect(…)`](ports#effect), [`descriptors(…)`](ports#descriptors), [`item(…)`](ports#item) |
//! | `widget = …` | | [`slider`](ports#slider-widget), [`choice`](ports#choice-widget), [`search`](ports#search-widget), [`string`](ports#string-widget), [`custom`](ports#custom-widget), [a constant](ports#shared-in-code), such as of [`search!`](ports#search-in-code) |
//! | [`#[choice(…)]`](derives#derivechoice) | an enum with `derive(Choice)`, its variants | `identifier`, `rename_all`; `value`, `label`, `description`, `image` |
//! | [`#[model(…)]`](derives#derivemodel) | a struct with `derive(Model)` | `identifier` |
//! | [`#[union(…)]`](derives#deriveunion) | an enum with `derive(Union)` | `crate` |
//! | [`#[structure(…)]`](derives#derivestructure) | a type with `derive(Structure)` | `identifier`, `expand`, `shrink`, `custom` |
//! | [`#[memorable(…)]`](derives#derivememorable-and-memoryt) | a type with `derive(Memorable)` | `identifier`, `label`, `description`, `size` |
//! | [`#[context(…)]`](app#derivecontext-ctxt) | a type with `derive(Context)` | `group` |
//! | [`#[state(…)]`](app#derivestate-statet) | a struct with `derive(State)` | `name`, `group` |
//! | [`#[startup(…)]`](app#startup) | a function | `after`, `timeout` |
//! | [`#[background(…)]`](app#background) | a function | `after`, `on_failure` |
//! | [`#[shutdown(…)]`](app#shutdown) | a function | `after`, `timeout` |
//! | [`#[declare(…)]`](app#declare) | the signature of a function | `hash`, `name`, `key` |
//!
//! # What is checked, and by whom
//!
//! | | when compiling | by the agent, on the way in | by user interfaces |
//! |---|---|---|---|
//! | types of arguments and returns | have a port | arguments fit it | |
//! | [`gt`, `ge`, `lt`, `le`](ports#gt-ge-lt-le), [`len`](ports#len), [choices](ports#choice-widget), [ranges of sliders](ports#slider-widget) | fit the type, the default and each other | yes | yes |
//! | [`validate(…)`](ports#validate) and [`effect(…)`](ports#effect) with JavaScript | an arrow function with the right number of parameters | **no** | yes |
//! | [queries](ports#search-widget) | the rules of search widgets | no | yes |
//! | what is said about returns | as for arguments | **no** | as they like |
//!
//! # How the examples read
//!
//! They call a few functions that are not part of this crate: `port::<T>()` is the port of a type, as JSON, and
//! `definition(&f::DEFINITION)` that of a function's definition; `read("…")` reads a value as an agent does, and
//! `write(value)` writes it, as does `try_write(value)` where it may fail; `call(&f::IMPLEMENTATION, json!({…}))` runs a
//! function as an agent does, and gives what it yields, or the message of why it failed. `call_in(&agent, …)` does so in
//! an agent of which the memory stays.

pub mod app;
pub mod derives;
pub mod functions;
pub mod ports;
pub mod returns;
pub mod types;
