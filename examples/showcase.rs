//! One function for each thing the SDK can do. Tests from outside rely on these interfaces: add, do not change.

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, Utc};
use futures_util::stream::{self, Stream, StreamExt as _};
use rekuest::port::{AssignWidget, Number, Validator};
use rekuest::prelude::*;
use rekuest::{NotHere, search};

/// Add
///
/// Adds two numbers
///
/// # Arguments
/// * `a` - first
/// * `b` - second
///
/// # Returns
/// the sum
#[register]
fn add_int(a: i64, #[port(default = 3)] b: i64) -> i64 {
    a + b
}

/// Adds two numbers, and nothing else: what benchmarks call.
#[register]
fn add(x: i64, y: i64) -> i64 {
    x + y
}

/// The same, on the runtime instead of the blocking pool.
#[register]
async fn aadd(x: i64, y: i64) -> i64 {
    x + y
}

/// Gives a text back.
#[register]
fn echo_str(s: String) -> String {
    s
}

/// Gives a truth value back.
#[register]
fn echo_bool(v: bool) -> bool {
    v
}

/// Gives a number with a fraction back.
#[register]
fn echo_float(v: f64) -> f64 {
    v
}

/// Gives a list back.
#[register]
fn echo_list(v: Vec<i64>) -> Vec<i64> {
    v
}

/// Gives a mapping back.
#[register]
fn echo_dict(v: HashMap<String, i64>) -> HashMap<String, i64> {
    v
}

/// Gives a number back, or nothing.
#[register]
fn echo_nullable(#[port(default = None)] v: Option<i64>) -> Option<i64> {
    v
}

/// Returns twice at once.
///
/// # Returns
/// * the number
/// * the number as text
#[register]
fn multi(a: i64) -> (i64, String) {
    (a, a.to_string())
}

/// Returns nothing.
#[register]
fn nothing(a: i64) {
    tracing::debug!(a, "nothing to return");
}

/// Fails with a message.
#[register]
fn fail(msg: String) -> Result<String, String> {
    Err(msg)
}

/// Panics with a message.
#[register]
fn panics(msg: String) -> String {
    panic!("{msg}")
}

/// Sleeps on the runtime.
#[register]
async fn sleeper(seconds: f64) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    tokio::time::sleep(Duration::try_from_secs_f64(seconds)?).await;
    Ok("slept".to_owned())
}

/// Sleeps on a thread.
#[register]
fn tsleeper(seconds: f64) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    thread::sleep(Duration::try_from_secs_f64(seconds)?);
    Ok("slept".to_owned())
}

/// Counts up to a number.
///
/// # Returns
/// one number after the other
#[register]
fn gen_count(n: i64) -> impl Iterator<Item = i64> {
    0..n
}

/// Counts up to a number, on the runtime.
#[register]
async fn agen_count(n: i64) -> impl Stream<Item = i64> + Send {
    stream::iter(0..n).then(|count| async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        count
    })
}

/// What both functions below share.
const STAGES: AssignWidget = search!(
    "query Stages($search: String, $values: [ID]) {
        options: stages(search: $search, ids: $values) { value: id label: name }
    }",
    ward = "lab",
    dependencies = ["room"],
    filters(building: String),
);
const POSITIVE: Validator = Validator::gt(Number::int(0));

/// Every widget
///
/// One argument for each way to ask for a value.
#[register(returns(return_widget = custom(hook = "gauge", ward = "lab"), descriptors(unit = "mm")))]
fn widgets(
    #[port(default = 4, widget = slider(min = 0, max = 10, step = 2))] power: i64,
    #[port(widget = choice("fast", option("slow", label = "Slow", description = "and exact")))] speed: String,
    #[port(widget = string(placeholder = "the name of a room"))] room: String,
    #[port(widget = string(paragraph))] notes: String,
    #[port(widget = custom(hook = "joystick", ward = "lab"))] position: Vec<f64>,
    #[port(widget = STAGES)] stage: String,
) -> f64 {
    tracing::debug!(power, speed, room, notes, stage, "set");
    position.iter().sum()
}

/// Every check
///
/// What is said by a bound or a length is checked by this app too, the rest by user interfaces alone.
#[register(returns(return_widget = choice(option(0, label = "none"), option(1, label = "one"))))]
fn validators(
    #[port(gt = 0, le = 100)] percent: i64,
    #[port(ge = -1.5, lt = 1.5)] offset: f64,
    #[port(len(min = 1, max = 8), item(gt = 0))] exposures: Vec<f64>,
    #[port(len(max = 16))] label: String,
    #[port(validate = POSITIVE)] repeats: u8,
    #[port(validate(
        function = "(last, percent) => last > percent",
        message = "has to be more than percent",
        label = "order",
        dependencies = ["percent"],
    ))]
    last: i64,
) -> i64 {
    tracing::debug!(percent, offset, ?exposures, label, repeats, last, "taken");
    i64::from(repeats > 1)
}

/// Every effect
///
/// What a form does while it is filled in; two of its fields are shown together.
#[register(
    interfaces = ["@lab/stage"],
    port_group(
        key = "advanced",
        title = "Advanced",
        description = "for those who know",
        ports = ["exposure", "gain"],
        effect(hide, function = "(group, simple) => simple", dependencies = ["simple"]),
    )
)]
fn effects(
    #[port(default = true)] simple: bool,
    #[port(default = 10.0, effect(message, function = "(e) => e > 1000", message = "this takes long"))]
    exposure: f64,
    #[port(default = 1, effect(hide, function = "(gain, simple) => simple", dependencies = ["simple"], fade))]
    gain: i64,
    #[port(default = "", effect(custom, function = "(note) => note == ''", hook = "hint", ward = "lab"))]
    note: String,
) -> String {
    format!("{simple} {exposure} {gain} {note}")
}

/// Gives a point in time back.
#[register]
fn echo_date(v: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    v
}

/// A point in the plane.
#[derive(Debug, Clone, Model)]
struct Point {
    x: i64,
    y: f64,
    #[port(default = "origin")]
    label: String,
}

/// Gives a point back.
#[register]
fn echo_model(v: Point) -> Point {
    v
}

/// The color of a thing.
#[derive(Debug, Clone, Copy, Choice)]
#[choice(rename_all = "UPPERCASE")]
enum Color {
    Red,
    Green,
}

/// Gives a color back.
#[register]
fn echo_enum(v: Color) -> Color {
    v
}

/// The name of a color, green unless given.
#[register]
fn echo_enum_default(#[port(default = Color::Green)] v: Color) -> String {
    v.value().to_owned()
}

/// A number or a text.
#[derive(Debug, Clone, Union)]
enum NumberOrText {
    Number(i64),
    Text(String),
}

/// Gives a number or a text back.
#[register]
fn echo_union(v: NumberOrText) -> NumberOrText {
    v
}

/// An image, which lives on the mikro server and travels as its id.
#[derive(Debug, Clone, Structure)]
#[structure(identifier = "@mikro/image")]
struct Image {
    id: i64,
}

/// The image after this one.
#[register]
fn echo_structure(image: Image) -> Image {
    Image { id: image.id + 1 }
}

/// Something too heavy to travel.
#[derive(Debug, Memorable)]
struct Heavy {
    weight: i64,
}

/// Makes something that stays in the memory of this app.
#[register]
fn mem_make(v: i64) -> Memory<Heavy> {
    Memory::new(Heavy { weight: v })
}

/// Looks at what stayed in the memory of this app.
#[register]
fn mem_read(h: Memory<Heavy>) -> Result<i64, NotHere> {
    Ok(h.get()?.weight)
}

/// How much of n steps was done when this one begins, in percent.
fn percent(step: i64, n: i64) -> u32 {
    u32::try_from(step.saturating_mul(100) / n).unwrap_or_default()
}

/// Tells how far it is, and logs, at each of n steps.
#[register]
fn prog_log(task: Task, n: i64) -> i64 {
    for step in 0..n {
        task.progress(percent(step, n), format_args!("step {step}"));
        task.log(LogLevel::Info, format_args!("log {step}"));
    }
    n
}

/// Prints, and traces at two levels.
#[register]
#[allow(clippy::print_stdout, reason = "printing is what this function is for")]
fn printing(a: i64) -> i64 {
    println!("printed {a}");
    tracing::info!("informed {a}");
    tracing::debug!("debugged {a}");
    a
}

/// Can be paused at each of n steps, which take a moment.
#[register]
async fn breaks(task: Task, n: i64) -> i64 {
    for step in 0..n {
        task.breakpoint().await;
        task.progress(percent(step, n), format_args!("step {step}"));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    n
}

/// Is busy on a thread, and leaves it when it is cancelled.
#[register]
fn spin(task: Task, seconds: f64) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let lasts = Duration::try_from_secs_f64(seconds)?;
    let begun = Instant::now();
    while begun.elapsed() < lasts {
        task.check()?;
        thread::sleep(Duration::from_millis(5));
    }
    Ok("done".to_owned())
}

/// A text of so many MiB.
#[register]
fn big(mib: i64) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let mib = usize::try_from(mib)?;
    Ok("x".repeat(mib << 20))
}

/// Sleeps while nothing else of its group runs.
#[register(group = "showcase")]
async fn grouped(seconds: f64) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    tokio::time::sleep(Duration::try_from_secs_f64(seconds)?).await;
    Ok("done".to_owned())
}

/// How much was counted.
#[derive(Debug, Clone, State)]
struct Counter {
    count: i64,
    #[port(default = "boot")]
    label: String,
}

/// What time it is here.
#[derive(Debug, Clone, State)]
struct Clock {
    time: DateTime<Utc>,
}

/// What was noted, by whoever it was.
#[derive(Debug, Default, Context)]
struct Notebook {
    notes: Mutex<Vec<String>>,
}

/// What there is at the start.
#[startup]
fn begin() -> (Counter, Clock, Notebook) {
    let counter = Counter { count: 0, label: "boot".to_owned() };
    (counter, Clock { time: Utc::now() }, Notebook::default())
}

/// Tells the time each second.
#[background]
async fn tick(clock: State<Clock>) {
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    loop {
        seconds.tick().await;
        clock.update(|clock| clock.time = Utc::now());
    }
}

/// Counts on.
#[register]
async fn inc(counter: State<Counter>, #[port(default = 1)] by: i64) -> i64 {
    counter.update(|counter| {
        counter.count += by;
        counter.count
    })
}

/// Notes a text, and says how many notes there are.
#[register]
fn note(notebook: Ctx<Notebook>, text: String) -> Result<usize, String> {
    let mut notes = notebook.notes.lock().map_err(|error| error.to_string())?;
    notes.push(text);
    Ok(notes.len())
}

/// What was noted.
#[register]
fn notes(notebook: Ctx<Notebook>) -> Result<Vec<String>, String> {
    notebook.notes.lock().map(|notes| notes.clone()).map_err(|error| error.to_string())
}

/// Adds ten, by calling another function.
#[register]
async fn nested(task: Task, a: i64) -> Result<i64, CallError> {
    add_int::call(&task, a, 10).await
}

#[tokio::main]
async fn main() -> Exit {
    rekuest::run().await
}
