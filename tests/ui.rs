//! What `#[register]` and the derives say about mistakes, word by word. What they take stands in `tests/accepted`.
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
fn mistakes_are_told() {
    if is_recorded_compiler() {
        // Only what is refused: then all cases are checked in one run of cargo, which is many times faster than one each.
        trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
    }
}
