//! Functions that share something.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::prelude::*;
use crate::testing::{Event, TestApp, TestError};
use crate::{AppError, NotHere};

#[derive(Memorable)]
#[memorable(identifier = "@test/image")]
struct Image(Vec<u8>);

#[register]
fn snap(size: usize) -> Memory<Image> {
    Memory::new(Image(vec![1; size]))
}

#[register]
fn brightness(image: Memory<Image>) -> Result<u64, NotHere> {
    Ok(image.get()?.0.iter().map(|pixel| u64::from(*pixel)).sum())
}

/// A length, which travels as a number of ticks.
#[derive(Debug, PartialEq, Structure)]
#[structure(identifier = "@test/length", custom)]
struct Length(u32);

/// How many ticks a length has: what the app shares.
struct Ticks(u32);

impl Structure for Length {
    type Error = String;

    async fn expand(id: String, contexts: &Contexts) -> Result<Self, String> {
        let Ticks(ticks) = *contexts.get().ok_or("there are no ticks")?;
        id.parse::<u32>().map(|given| Self(given / ticks)).map_err(|error| error.to_string())
    }

    async fn shrink(self, contexts: &Contexts) -> Result<String, String> {
        let Ticks(ticks) = *contexts.get().ok_or("there are no ticks")?;
        Ok((self.0 * ticks).to_string())
    }
}

#[register]
fn double(length: Length) -> Length {
    Length(2 * length.0)
}

#[tokio::test]
async fn what_stays_in_memory_is_passed_on() {
    let app = TestApp::new().function(&snap::IMPLEMENTATION).function(&brightness::IMPLEMENTATION);
    let app = app.start().await.expect("an app");
    let image = app.call::<snap>((3,)).await.expect("an image");
    assert_eq!(image.yields(), [r#"{"return0":"1"}"#]);
    assert_eq!(image.value.get().expect("it is here").0, [1, 1, 1]);
    assert_eq!(app.call::<brightness>((image.value.clone(),)).await.expect("a sum").value, 3);
    let own = Memory::new(Image(vec![2, 3]));
    assert_eq!(app.call::<brightness>((own,)).await.expect("a sum").value, 5);

    app.collect(&image.value);
    let gone = app.call::<brightness>((image.value,)).await.expect_err("it is gone");
    assert!(matches!(&gone, TestError::Error { message, .. } if message.contains("no drawer 1")), "{gone}");
}

#[tokio::test]
async fn values_are_read_and_written_with_what_the_app_shares() {
    let app =
        TestApp::new().function(&double::IMPLEMENTATION).context(Ticks(10)).start().await.expect("an app");
    let doubled = app.call::<double>((Length(4),)).await.expect("a length");
    assert_eq!(doubled.yields(), [r#"{"return0":"80"}"#]);
    assert_eq!(doubled.value, Length(8));
    assert_eq!(app.context::<Ticks>().map(|ticks| ticks.0), Some(10));

    let without = crate::testing::call::<double>((Length(4),)).await.expect_err("no ticks");
    assert!(without.to_string().contains("there are no ticks"), "{without}");
}

/// Notes its name and argument, one at a time.
fn noted(order: &Arc<Mutex<Vec<String>>>, name: &'static str) -> Function {
    let order = Arc::clone(order);
    Function::blocking(name, ["x"], move |x: i64| {
        order.lock().expect("a list").push(format!("{name}{x}"));
        thread::sleep(Duration::from_millis(2));
        order.lock().expect("a list").push("end".to_owned());
    })
}

#[tokio::test]
async fn a_group_runs_one_after_the_other_in_order() {
    let order = Arc::default();
    let app = TestApp::new();
    let app = app.function(noted(&order, "a").group("stage")).function(noted(&order, "b").group("stage"));
    let app = app.start().await.expect("an app");
    let mut calls = Vec::new();
    for x in 0..6 {
        let name = if x % 2 == 0 { "a" } else { "b" };
        calls.push(app.assign::<()>(name, args! { x: x }).start().await.expect("it starts"));
    }
    for call in calls {
        call.outcome().await.expect("it ends");
    }
    let order = order.lock().expect("a list").join(" ");
    assert_eq!(order, "a0 end b1 end a2 end b3 end a4 end b5 end");
}

#[tokio::test]
async fn the_limit_of_the_app_holds() {
    let order = Arc::default();
    let app = TestApp::new().function(noted(&order, "a")).function(noted(&order, "b"));
    let app = app.concurrency(NonZeroUsize::MIN).start().await.expect("an app");
    let first = app.assign::<()>("a", args! { x: 1 }).start().await.expect("it starts");
    let mut second = app.assign::<()>("b", args! { x: 2 }).start().await.expect("it starts");
    assert!(matches!(second.next_event().await, Some(Event::Queued)));
    first.outcome().await.expect("it ends");
    second.outcome().await.expect("it ends");
    assert_eq!(*order.lock().expect("a list"), ["a1", "end", "b2", "end"]);
}

#[tokio::test]
async fn an_app_is_tested_as_it_is_provided() {
    let app =
        App::new("ruler").function(&double::IMPLEMENTATION).context(Ticks(2)).url("http://nowhere.invalid");
    let app = TestApp::from(app).start().await.expect("an app");
    assert_eq!(app.call::<double>((Length(1),)).await.expect("a length").value, Length(2));
}

#[tokio::test]
async fn functions_that_cannot_be_registered_together_are_an_error_at_the_start() {
    let twice = TestApp::new().function(&double::IMPLEMENTATION).function(&double::IMPLEMENTATION);
    let error = twice.start().await.expect_err("one interface");
    assert!(matches!(error, TestError::App(AppError::Registry(_))), "{error:?}");
}
