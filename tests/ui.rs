//! What `#[register]` says about mistakes, word by word, and what it takes without a word.
//!
//! Each `tests/ui/NAME.rs` has one kind of mistake and `NAME.stderr` all that the compiler says about it. Where the
//! text is meant to change, `TRYBUILD=overwrite cargo test --test ui` writes it; review the difference.

use std::env;
use std::process::Command;

/// The compiler whose words are recorded: others put the same mistakes differently.
const RUSTC: &str = "rustc 1.95.";

fn is_recorded_compiler() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output();
    version.is_ok_and(|version| version.stdout.starts_with(RUSTC.as_bytes()))
}

#[test]
fn mistakes_are_told_and_the_rest_is_taken() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    if is_recorded_compiler() {
        cases.compile_fail("tests/ui/*.rs");
    }
}
