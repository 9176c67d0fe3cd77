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

// One test for each kind: cases that only have to be refused are checked together in one run of cargo, and that is
// many times faster than one run each, which cases that are built and started need.

#[test]
fn mistakes_are_told() {
    if is_recorded_compiler() {
        trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
    }
}

#[test]
fn the_rest_is_taken() {
    trybuild::TestCases::new().pass("tests/ui/pass/*.rs");
}
