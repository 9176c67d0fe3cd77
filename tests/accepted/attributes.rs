//! Other attributes stay what they are.
#![deny(warnings)]
// The shortest condition that holds, and a signature with everything.
#![allow(clippy::non_minimal_cfg, clippy::type_complexity)]

use rekuest::prelude::*;

/// Old
#[register]
#[deprecated(note = "use new")]
fn old(a: i64) -> i64 {
    a
}

#[register]
#[cfg(any())]
fn never(a: Missing) {}

/// Sometimes
#[cfg(all())]
#[register]
fn sometimes() {}

/// Tracked
#[register]
#[track_caller]
#[cfg_attr(all(), doc = "", doc = "Knows who called it.")]
fn tracked() -> u32 {
    std::panic::Location::caller().line()
}

/// A type of the user's own, for an error.
#[derive(Debug)]
pub struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("broken")
    }
}

impl std::error::Error for Broken {}

type Outcome<T> = Result<T, Broken>;
type Pair = (i64, String);

/// By an alias
#[register]
fn by_an_alias(mut a: i64) -> Outcome<i64> {
    a += 1;
    Ok(a)
}

/// By another alias
///
/// # Returns
/// * `number` - the number
/// * the text
#[register]
async fn by_another_alias() -> Pair {
    (1, String::new())
}

/// Of every kind
#[register]
fn of_every_kind() -> Result<(Option<Vec<i64>>, f32, bool), Box<dyn std::error::Error + Send + Sync>> {
    Err("broken".into())
}

/// Fails with a text
#[register]
fn fails_with_a_text() -> Result<(), &'static str> {
    Err("broken")
}

async fn typed(client: &rekuest::Client) -> Result<(), rekuest::CallError> {
    let _: i64 = by_an_alias::call(client, 1).await?;
    let _: (i64, String) = by_another_alias::call(client).timeout(std::time::Duration::from_secs(1)).await?;
    let _: (Option<Vec<i64>>, f32, bool) = of_every_kind::call(client).await?;
    sometimes::call(client).await
}

#[test]
fn it_is_taken() {
    let _ = typed;
    assert!(fails_with_a_text().is_err());
    assert!(tracked() > 0);
    assert_eq!(tracked::IMPLEMENTATION.location.line, 28);
    assert_eq!(tracked::DEFINITION.name(), "Tracked");
    let pair = by_another_alias::DEFINITION.to_buf().expect("a definition");
    let labels: Vec<_> = pair.returns.iter().map(|port| port.label.as_deref().unwrap_or_default()).collect();
    assert_eq!(labels, ["number", "return1"]);
    assert_eq!(old::DEFINITION.name(), "Old");
}
