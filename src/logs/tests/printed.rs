//! Taking standard output, in processes of their own: the other tests print too.

use std::io::Write as _;
use std::process::Command;

use rekuest_core::task::{Captured, PrintedOutput as _};

use super::super::printed::StandardOutput;
use super::stage::in_own_process;

/// Past what the test harness takes of `print!`.
fn print(text: &str) {
    write!(std::io::stdout(), "{text}").expect("standard output");
}

fn capture() -> Box<dyn Captured> {
    StandardOutput::new().capture().expect("standard output of its own")
}

fn stdout(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn what_is_printed_meanwhile_is_taken_and_nothing_else() {
    if let Some(output) =
        in_own_process(module_path!(), "what_is_printed_meanwhile_is_taken_and_nothing_else")
    {
        let printed = stdout(&output);
        assert!(printed.contains("before\n,after"), "{printed}");
        assert!(!printed.contains("hidden"), "{printed}");
        return;
    }
    print("before\n,");
    let captured = capture();
    print("hidden 1\nhidden 2");
    let status = Command::new("echo").arg(" by a child").status().expect("echo");
    assert!(status.success());
    std::thread::scope(|scope| {
        scope.spawn(|| print("hidden 3, ä"));
    });
    let text = captured.finish();
    print("after\n");
    // What a process prints without the end of a line stands behind what its child printed, as always.
    assert_eq!(text, "hidden 1\n by a child\nhidden 2hidden 3, ä");
}

#[test]
fn a_panic_gives_standard_output_back() {
    if let Some(output) = in_own_process(module_path!(), "a_panic_gives_standard_output_back") {
        let printed = stdout(&output);
        assert!(printed.contains("after") && !printed.contains("hidden"), "{printed}");
        return;
    }
    let panicked = std::panic::catch_unwind(|| {
        let _captured = capture();
        print("hidden");
        panic!("in between");
    });
    assert!(panicked.is_err());
    print("after\n");
    assert_eq!(capture().finish(), "");
}

#[test]
fn two_do_not_take_it_at_once() {
    if in_own_process(module_path!(), "two_do_not_take_it_at_once").is_some() {
        return;
    }
    let first = capture();
    let second = StandardOutput::new().capture().err();
    assert_eq!(second.as_deref(), Some("what is printed is captured already, for somebody else"));
    drop(first);
    assert_eq!(capture().finish(), "");
}

#[test]
fn very_much_is_cut_and_says_so() {
    if in_own_process(module_path!(), "very_much_is_cut_and_says_so").is_some() {
        return;
    }
    let captured = capture();
    print(&"a line\n".repeat(1 << 18));
    let text = captured.finish();
    assert!(text.len() < (1 << 20) + 100, "{}", text.len());
    assert!(text.ends_with("\n… (cut: 1835008 bytes were printed, at most 1 MiB is sent)\n"));
}
