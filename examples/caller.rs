//! Calls functions of other apps. Start `cargo run --example showcase` first, then this.
//!
//! A function that is linked, or declared by a shared library, is called through its own path and checked by the
//! compiler; any other is found when the program runs.

#![allow(clippy::print_stdout, reason = "printing is what this program is for")]

use std::time::Duration;

use rekuest::prelude::*;

/// Adds two numbers, and nothing else: what benchmarks call.
#[register]
fn add(x: i64, y: i64) -> i64 {
    x + y
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = App::new("caller").client().await?;

    // Typed: by the definition, which the showcase shares.
    let sum = add::call(&client, 1, 2).timeout(Duration::from_secs(5)).await?;
    println!("add says {sum}");

    // Untyped: by app and interface. Arguments are checked against its ports before they travel.
    let action = client.find("showcase", "echo_list").await?;
    let list: Vec<i64> = action.call(args! { v: [1, 2, 3] }).await?;
    println!("{} says {list:?}", action.name());

    let wrong = action.call::<Vec<i64>>(args! { v: ["one", "two"] }).await;
    println!("a mistake says: {}", wrong.err().map(|error| error.to_string()).unwrap_or_default());
    Ok(())
}
