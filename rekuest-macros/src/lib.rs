//! The attribute macros of rekuest. Use them through the crate `rekuest`.
//!
//! A macro reads its input once into a description, checks it, and expands the description: what expands never sees a
//! raw attribute. Mistakes are collected, so that all independent ones are reported at once.

mod arguments;
mod declare;
mod default;
mod derive;
mod doc;
mod errors;
#[cfg(test)]
mod golden;
mod hook;
mod injected;
mod naming;
mod port;
mod register;
mod types;

use proc_macro::TokenStream;

/// Registers a function: its signature, attributes and doc comment become its definition, and every program that it
/// is linked into provides it.
///
/// The function stays as it is. Beside it there is a struct of the same name, with the constant `DEFINITION` and the
/// function `call`, which calls whoever provides the function: `add::call(&client, 1, 2).await?`. The struct is a
/// `rekuest::RegisteredFunction`, for code that is given a function as a type: `testing::call::<add>((1, 2))`.
///
/// ```ignore
/// /// Add
/// ///
/// /// Adds two numbers.
/// ///
/// /// # Arguments
/// /// * `a` - the first number
/// /// * `b` - what is added to it
/// ///
/// /// # Returns
/// /// the sum
/// #[register]
/// fn add(a: i64, #[port(default = 3)] b: i64) -> i64 {
///     a + b
/// }
/// ```
///
/// # Functions
/// Free functions, `fn` and `async fn`, that are neither generic nor `unsafe`, `extern` or `const`. An `async fn` runs
/// on the runtime; a plain one may block and runs where it may. Arguments and returns are types with a port. `()` is
/// no return, a tuple is several; a `Result` fails with its error. An `impl Iterator<Item = T>` or
/// `impl Stream<Item = T> + Send` yields each item, and `stream` stands in place of `call`.
///
/// A parameter of the type `Task` is the assignation that the function runs for: progress, logs, calls of other functions,
/// who called, cancellation. `Ctx<T>` is a value that the app shares, `State<T>` a state of the app; a function that takes a
/// state is stateful. They are injected by the agent and no ports, so they are neither in the definition nor in `call`. They
/// are known by the names of their types, so these have to be their names in the signature.
///
/// The module `rekuest::reference` lists every type with its port, and has an example of each argument below.
///
/// # The doc comment
/// The first paragraph is the summary. With more text the summary is the name, without its final period, and the rest
/// the description; without, the name is made of the function's. The list in `# Arguments` describes the arguments,
/// `# Returns` the returns: plain text for one, a list for several. Other sections are for readers of the source.
///
/// # Arguments of `#[register]`
/// * `interface = "…"`: the name under which it is offered, unique in an app. The function's name unless given.
/// * `name = "…"`: the name that people see, in place of the doc comment.
/// * `description = "…"`: what it does, in place of the doc comment.
/// * `collections = ["…", …]`: the collections it belongs to.
/// * `interfaces = ["…", …]`: the interfaces it implements.
/// * `stateful`: two calls with the same arguments may differ.
/// * `generator`, `generator = stream`, `generator = iterator`: it yields each item of what it returns, for a type that
///   has a name. An `impl Iterator` or `impl Stream` needs no word.
/// * `concurrency = 1`: how many invocations of it run at once in an agent; more wait, in the order in which they came. A
///   number or a constant, 1 or more.
/// * `group = "…"`: the group of functions of which one runs at a time, in the order in which they were called.
/// * `ungrouped`: it stays out of the groups of the contexts and states that it takes.
/// * `dependencies = [other, optional(another), …]`: the functions that it calls: those with `#[declare]` or `#[register]`.
///   The server finds an implementation for each when the function is assigned, and refuses that if there is none, unless
///   the dependency is optional.
/// * `returns(…)`: what is said about a return, once for each by position; what `#[port]` takes, without `default` and
///   `widget`.
/// * `port_group(key = "…", ports = ["…", …], title = "…", description = "…", effect(…))`: arguments that forms show
///   together, as often as there are groups.
/// * `is_test_for = [path::to::function, …]`: the registered functions that it tests.
/// * `logo = "…"`: the url of a logo.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
///
/// # Arguments of `#[port]`
/// `#[port(…)]` stands in front of an argument.
/// * `default = value`: what is taken where the argument is missing or null: any expression of the argument's type.
///   String literals become a `String` by themselves, and literals the `Some` of an `Option`.
/// * `label = "…"`: what forms show in place of the name.
/// * `description = "…"`: what the argument is, unless the doc comment says it.
/// * `widget = …`: how forms ask for it: `slider(min = 0, max = 10, step = 2)`, `choice("a", option("b", label = "B"))`,
///   `search(query = "…", ward = "…")`, `string(placeholder = "…", paragraph)`, `custom(hook = "…", ward = "…")`, or a
///   constant.
/// * `return_widget = …`: how it is shown: `choice(…)`, `custom(…)`, or a constant.
/// * `gt = 3`, `ge`, `lt`, `le`: bounds of a number.
/// * `len(min = 1, max = 3)`: the length of a text, in UTF-16 units, or of a list.
/// * `validate(function = "(x) => …", message = "…", label = "…", dependencies = ["…"])`, or `validate = CONSTANT`: a
///   check in JavaScript.
/// * `effect(hide, function = "(x) => …")`, `effect(message, …)`, `effect(custom, …)`, or `effect = CONSTANT`: what forms
///   do depending on values.
/// * `descriptors(unit = "mm", …)`: facts about the value.
/// * `item(…)`: the same about each item of a list or mapping.
///
/// Bounds, lengths, choices and the ranges of sliders are enforced by the agent, before the function runs. JavaScript is
/// run by user interfaces alone.
#[proc_macro_attribute]
pub fn register(arguments: TokenStream, item: TokenStream) -> TokenStream {
    register::register(arguments.into(), item.into()).into()
}

/// Declares a function that is provided elsewhere, to call it with its types and to depend on it.
///
/// ```ignore
/// /// Brings the image into focus.
/// #[declare]
/// fn autofocus(image: ImageId, range: f64) -> f64;
///
/// #[register(dependencies = [autofocus])]
/// async fn acquire(task: Task, stage: Ctx<Stage>) -> Result<ImageId, Box<dyn Error + Send + Sync>> {
///     let image = stage.snap()?;
///     let z = autofocus::call(&task, image, 5.0).await?;
///     stage.move_to(z)?;
///     Ok(stage.snap()?)
/// }
/// ```
///
/// What is made of it is a struct of its name, with `call`, or `stream` for a generator (`-> impl Stream<Item = T>`). Called
/// on the task of a function that names it in `dependencies`, it is run by the implementation that the server chose when that
/// function was assigned; called on a client, by any that is connected.
///
/// Which function is meant is said by its hash, by its name, or else by what it takes and returns: the same arguments under
/// the same keys in the same order, and the same returns. It takes what it is given and no defaults; an `Option` is sent as
/// null.
///
/// # Arguments
/// * `hash = "…"`: the hash of the action, 64 hexadecimal digits. The observed server finds dependencies by it alone.
/// * `name = "…"`: the name of the action, the one that people see.
/// * `key = "…"`: its name as a dependency. The name of the function unless given.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
#[proc_macro_attribute]
pub fn declare(arguments: TokenStream, item: TokenStream) -> TokenStream {
    declare::declare(arguments.into(), item.into()).into()
}

/// Runs a function when the app starts, before anybody can call it: it makes contexts and states.
///
/// ```ignore
/// #[startup]
/// fn connect() -> Result<(Stage, Position), StageError> {
///     let stage = Stage::open("/dev/ttyUSB0")?;
///     let position = Position { x: stage.x()?, y: stage.y()? };
///     Ok((stage, position))
/// }
/// ```
///
/// It is a plain `fn`, which may block, or an `async fn`. It takes nothing, or the id of the app's instance as a `String` or
/// `&str`. It returns what has `derive(Context)` or `derive(State)`, a tuple of these, nothing, or a `Result` of one of
/// these. When it fails, panics or takes too long, the app ends with an error that says so, and its shutdown functions run
/// for what was made before.
///
/// # Arguments
/// * `after = [path::to::function, …]`: the startup functions that it comes after. Others come in the order of their names.
/// * `timeout = 20`: how long it may take, in seconds; 20 unless given.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
#[proc_macro_attribute]
pub fn startup(arguments: TokenStream, item: TokenStream) -> TokenStream {
    hook::hook(hook::Kind::Startup, arguments.into(), item.into()).into()
}

/// Runs a function for the life of the app, from when its startup functions have ended.
///
/// ```ignore
/// #[background]
/// async fn watch(stage: Ctx<Stage>, position: State<Position>) -> Result<(), StageError> {
///     loop {
///         let (x, y) = stage.moved().await?;
///         position.update(|position| (position.x, position.y) = (x, y));
///     }
/// }
/// ```
///
/// It takes contexts and states, and `Stop`, with which one that blocks notices the end of the app; an `async fn` is dropped
/// then, at its next `.await`. It returns nothing or a `Result<(), E>`. One that returns has ended. One that fails or panics
/// is logged and started again, after a while that grows up to a minute.
///
/// # Arguments
/// * `on_failure = stop`: the app ends when it fails, once running work is done.
/// * `after = [path::to::function, …]`: the background functions that it is started after.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
#[proc_macro_attribute]
pub fn background(arguments: TokenStream, item: TokenStream) -> TokenStream {
    hook::hook(hook::Kind::Background, arguments.into(), item.into()).into()
}

/// Runs a function when the app ends: after its last assignation and its background functions, however it ends.
///
/// ```ignore
/// #[shutdown]
/// fn park(stage: Ctx<Stage>) -> Result<(), StageError> {
///     stage.move_to(0.0, 0.0)
/// }
/// ```
///
/// It takes contexts and states; where a startup function failed, those that take what was not made are left out. It returns
/// nothing or a `Result<(), E>`; an error is logged, and the others run all the same.
///
/// # Arguments
/// * `after = [path::to::function, …]`: the shutdown functions that it comes after. Others come in the reverse order of their
///   names.
/// * `timeout = 10`: how long it may take, in seconds; 10 unless given. One that blocks is not waited for any longer.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
#[proc_macro_attribute]
pub fn shutdown(arguments: TokenStream, item: TokenStream) -> TokenStream {
    hook::hook(hook::Kind::Shutdown, arguments.into(), item.into()).into()
}

/// Makes a context of a type: an app shares one value of it with its functions, which take it as `Ctx<T>`.
///
/// ```ignore
/// #[derive(Context)]
/// #[context(group = "stage")]
/// struct Stage {
///     port: Mutex<SerialPort>,
/// }
///
/// #[register]
/// fn move_to(stage: Ctx<Stage>, x: f64) -> Result<(), SerialError> {
///     stage.port.lock()?.send(x)
/// }
/// ```
///
/// For any type that is `Send`, `Sync` and owns what it holds. The value is made by a `#[startup]` function, or given to
/// `App::context`.
///
/// # Arguments of `#[context]`
/// * `group = "…"`: the group that functions join which take it: of a group, one function runs at a time. Those that take
///   `ReadOnly<Ctx<T>>`, or say `ungrouped`, do not join it.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
#[proc_macro_derive(Context, attributes(context))]
pub fn derive_context(item: TokenStream) -> TokenStream {
    derive::derive::<derive::Context>(item.into()).into()
}

/// Makes a state of a struct with named fields: an app shows it, and its functions change it, as `State<T>`.
///
/// ```ignore
/// /// Where the stage stands.
/// #[derive(Clone, State)]
/// struct Position {
///     /// In micrometers.
///     x: f64,
///     y: f64,
///     #[port(default = "home")]
///     place: String,
/// }
///
/// #[register]
/// fn home(position: State<Position>) {
///     position.update(|position| (position.x, position.y) = (0.0, 0.0));
/// }
/// ```
///
/// The struct is `Clone`; its fields are of types with a port, as those of a model. The first value is made by a
/// `#[startup]` function, or given to `App::state`.
///
/// # Arguments of `#[state]`
/// * `name = "…"`: the name under which others find it; unique in an app. The name of the struct unless given.
/// * `group = "…"`: the group that functions join which take it: of a group, one function runs at a time. Those that take
///   `ReadOnly<State<T>>`, or say `ungrouped`, do not join it.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
///
/// # Arguments of `#[port]`
/// `#[port(…)]` stands in front of a field, and takes what it takes in front of a field of a model.
#[proc_macro_derive(State, attributes(state, port))]
pub fn derive_state(item: TokenStream) -> TokenStream {
    derive::derive::<derive::State>(item.into()).into()
}

/// A search widget as a constant that arguments can share, its query checked when compiling.
///
/// ```ignore
/// const IMAGES: AssignWidget = search!(
///     "query ($search: String, $values: [ID]) { options: images(search: $search, ids: $values) { value: id label: name } }",
///     ward = "mikro",
/// );
///
/// #[register]
/// fn crop(#[port(widget = IMAGES)] image: String) {}
/// ```
///
/// The document has one operation, a query. Its first variable is `$search: String`, its second `$values: [ID]`; its first
/// field is called `options` and selects `value` and `label`. Fragments may stand beside it.
///
/// # Arguments
/// * `ward = "…"`: the ward that is asked.
/// * `dependencies = ["…", …]`: the ports whose values the query uses.
/// * `filters(key: Type, …)`: what else can be filtered by.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
#[proc_macro]
pub fn search(tokens: TokenStream) -> TokenStream {
    port::search(tokens.into()).into()
}

/// Makes an ENUM of an enum whose variants hold nothing.
///
/// ```ignore
/// /// The color of a thing.
/// #[derive(Choice)]
/// #[choice(rename_all = "SCREAMING_SNAKE_CASE")]
/// enum Color {
///     Red,
///     /// Like grass.
///     #[choice(label = "Grass green")]
///     Green,
/// }
/// ```
///
/// A choice is sent as its value, a text. The doc comment of the enum describes the port, that of a variant the choice;
/// a variant without one is described like the enum. Implements `rekuest::Choice`, which lists the choices.
///
/// # Arguments of `#[choice]` on the enum
/// * `identifier = "…"`: the name under which the enum is known. The path of the module and the name of the enum unless
///   given, with dots and in lower case: `showcase.color`.
/// * `rename_all = "…"`: how the names of variants become values: `"SCREAMING_SNAKE_CASE"`, `"snake_case"`,
///   `"kebab-case"`, `"camelCase"`, `"PascalCase"`, `"lowercase"`, `"UPPERCASE"` or `"SCREAMING-KEBAB-CASE"`. As they are
///   unless given.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
///
/// # Arguments of `#[choice]` on a variant
/// * `value = "…"`: what is sent, in place of the name.
/// * `label = "…"`: what forms show in place of the value.
/// * `description = "…"`: what it means, in place of the doc comment.
/// * `image = "…"`: the url of an image.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn derive_choice(item: TokenStream) -> TokenStream {
    derive::derive::<derive::Choice>(item.into()).into()
}

/// Makes a MODEL of a struct with named fields.
///
/// ```ignore
/// /// A point in space.
/// #[derive(Model)]
/// struct Point {
///     /// The first coordinate.
///     x: i64,
///     #[port(default = 1.5, ge = 0)]
///     y: f64,
///     name: Option<String>,
/// }
/// ```
///
/// A model is sent as an object of its fields, each under its name. The doc comment of the struct describes the port,
/// that of a field the field. Fields are of types with a port, other models too; a model cannot hold itself, because its
/// port would have no end.
///
/// Reading ignores what is no field. A field that is missing or null is its default, else null where it is an `Option`,
/// else a mistake.
///
/// # Arguments of `#[model]`
/// * `identifier = "…"`: the name under which the model is known. The name of the struct in snake_case unless given.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
///
/// # Arguments of `#[port]`
/// `#[port(…)]` stands in front of a field, and takes what it takes in front of an argument of a function; see
/// [`register`](macro@register). A `description` stands in place of the doc comment. What depends on other ports names
/// other fields of the model.
#[proc_macro_derive(Model, attributes(model, port))]
pub fn derive_model(item: TokenStream) -> TokenStream {
    derive::derive::<derive::Model>(item.into()).into()
}

/// Makes a UNION of an enum whose variants hold one value each.
///
/// ```ignore
/// #[derive(Union)]
/// enum Target {
///     /// By its number.
///     Number(i64),
///     /// By its name.
///     Name(String),
/// }
/// ```
///
/// What is sent says the variant by its index: `{"use": 1, "value": "left"}`. A value that is not of this form goes to
/// the first variant that takes it. The doc comment of a variant describes it, that of the enum the union. What variants
/// hold is of types with a port, which cannot be `Option`s: use an `Option` of the union.
///
/// # Arguments of `#[union]`
/// * `crate = path`: where `rekuest` is found, if not under its own name.
///
/// # Arguments of `#[port]`
/// `#[port(…)]` stands in front of a variant, and takes what it takes in front of an argument of a function except a
/// default; see [`register`](macro@register).
#[proc_macro_derive(Union, attributes(union, port))]
pub fn derive_union(item: TokenStream) -> TokenStream {
    derive::derive::<derive::Union>(item.into()).into()
}

/// Makes a STRUCTURE of a type: a thing that lives elsewhere and travels as its id.
///
/// ```ignore
/// /// Just an id: nothing is fetched.
/// #[derive(Structure)]
/// #[structure(identifier = "@mikro/image")]
/// struct ImageId(String);
///
/// /// Fetched when it comes in, stored when it goes out.
/// #[derive(Structure)]
/// #[structure(identifier = "@mikro/image", expand = load, shrink = store)]
/// struct Image {
///     pixels: Vec<u16>,
/// }
///
/// async fn load(id: String, contexts: &Contexts) -> Result<Image, MikroError> {
///     contexts.get::<Mikro>().ok_or(MikroError::NotConnected)?.load(&id).await
/// }
///
/// async fn store(image: Image, contexts: &Contexts) -> Result<String, MikroError> {
///     contexts.get::<Mikro>().ok_or(MikroError::NotConnected)?.store(image).await
/// }
/// ```
///
/// There are three ways to say how an id becomes a value and back:
/// * a struct of exactly one field is its id; the field is of a type with `FromStr` and `Display`;
/// * `expand` and `shrink` name two async functions as above. What they fail with is an error, a `String` or a
///   `&'static str`;
/// * with `custom` the type implements `rekuest::Structure` by hand.
///
/// # Arguments of `#[structure]`
/// * `identifier = "@package/key"`: the name under which such things are known. It has to be given.
/// * `expand = path`, `shrink = path`: the functions that fetch and store a value.
/// * `custom`: the type implements `rekuest::Structure` by hand.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
#[proc_macro_derive(Structure, attributes(structure))]
pub fn derive_structure(item: TokenStream) -> TokenStream {
    derive::derive::<derive::Structure>(item.into()).into()
}

/// Lets the values of a type stay in the memory of an agent: `rekuest::Memory<T>` is a MEMORY_STRUCTURE.
///
/// ```ignore
/// #[derive(Memorable)]
/// #[memorable(label = Volume::title)]
/// struct Volume {
///     pixels: Vec<u16>,
/// }
///
/// impl Volume {
///     fn title(&self) -> String {
///         format!("{} pixels", self.pixels.len())
///     }
/// }
///
/// #[register]
/// fn acquire() -> Memory<Volume> {
///     Memory::new(Volume { pixels: vec![0; 1_000_000] })
/// }
///
/// #[register]
/// fn brightest(volume: Memory<Volume>) -> Option<u16> {
///     volume.get().ok()?.pixels.iter().max().copied()
/// }
/// ```
///
/// For structs and enums that are `Send`, `Sync` and own what they hold.
///
/// # Arguments of `#[memorable]`
/// * `identifier = "…"`: the name under which the type is known. The path of the module and the name of the type unless
///   given, with dots and in lower case: `microscope.volume`.
/// * `label = path`: a `fn(&T) -> String` that names a value, for people.
/// * `description = path`: a `fn(&T) -> String` that says what a value is, for people.
/// * `size = path`: a `fn(&T) -> usize` that says how much memory a value takes, in bytes: what the budget of the shelf is
///   reckoned with. What the value owns on the heap is not known unless it is said.
/// * `crate = path`: where `rekuest` is found, if not under its own name.
#[proc_macro_derive(Memorable, attributes(memorable))]
pub fn derive_memorable(item: TokenStream) -> TokenStream {
    derive::derive::<derive::Memorable>(item.into()).into()
}
