//! What many registered functions cost: to compile, and when their program starts.
//!
//! `cargo bench --bench functions` writes three crates into the target folder and compiles them with the same cargo: one
//! of 200 functions as they are, the same with `#[register]`, and a program of 1,000 registered functions, which is run.
//! Numbers are the best of several runs, with what they varied by.

// What a benchmark says goes to the terminal.
#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

/// How many functions are compiled with and without the macro.
const COMPILED: usize = 200;

/// How many functions the program has.
const STARTED: usize = 1_000;

/// How often everything is measured.
const ROUNDS: usize = 5;

fn main() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("functions");
    write_crates(project, &folder);
    println!(
        "{COMPILED} functions, compiled with and without `#[register]` (best of {ROUNDS}, and the worst)"
    );
    for (profile, arguments) in
        [("check", &["check"][..]), ("dev", &["build"][..]), ("release", &["build", "--release"][..])]
    {
        let plain = compile(&folder, "plain", arguments);
        let registered = compile(&folder, "registered", arguments);
        let each = registered.0.saturating_sub(plain.0).as_secs_f64() * 1e3 / COMPILED as f64;
        println!(
            "{profile:8} plain {:.2?}..{:.2?}, registered {:.2?}..{:.2?}: {each:.2} ms a function",
            plain.0, plain.1, registered.0, registered.1
        );
    }
    println!("a program of {STARTED} registered functions, and one of none");
    for program in ["started", "empty"] {
        run(&folder, &["build", "--release", "--package", program]);
        for _ in 0..3 {
            let started = Instant::now();
            let output = Command::new(folder.join("target/release").join(program)).output();
            let took = started.elapsed();
            let printed = output.expect("the program runs").stdout;
            println!("{program:8} {took:.2?} in all: {}", String::from_utf8_lossy(&printed).trim());
        }
    }
}

/// The time that compiling a crate alone takes: the best and the worst.
fn compile(folder: &Path, name: &str, arguments: &[&str]) -> (Duration, Duration) {
    let source = folder.join(name).join("src/lib.rs");
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--package", name]).collect();
    // What it depends on is compiled once, and not measured.
    run(folder, &arguments);
    let times = (0..ROUNDS).map(|_| {
        let text = fs::read_to_string(&source).expect("the source is there");
        fs::write(&source, text).expect("the source can be written");
        let started = Instant::now();
        run(folder, &arguments);
        started.elapsed()
    });
    let times: Vec<Duration> = times.collect();
    (times.iter().copied().min().unwrap_or_default(), times.iter().copied().max().unwrap_or_default())
}

fn run(folder: &Path, arguments: &[&str]) {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(folder).args(arguments).env("CARGO_TARGET_DIR", folder.join("target"));
    // Each measurement compiles all of the crate.
    command.env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS");
    let output = command.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn write_crates(project: &Path, folder: &Path) {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    };
    write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"rekuest\", \"plain\", \"registered\", \"started\", \"empty\"]\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n",
    );
    fs::copy(project.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");
    let package = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\n")
    };
    let crates = project.display();
    write(
        "rekuest/Cargo.toml",
        &format!(
            "{}rekuest-core = {{ path = \"{crates}/rekuest-core\" }}\nrekuest-macros = {{ path = \"{crates}/rekuest-macros\" }}\n",
            package("rekuest")
        ),
    );
    write(
        "rekuest/src/lib.rs",
        "pub use rekuest_core as __core;\npub use rekuest_core::Registry;\npub use rekuest_macros::register;\n",
    );
    let uses = "rekuest = { path = \"../rekuest\" }\n";
    for (name, registered) in [("plain", false), ("registered", true)] {
        write(&format!("{name}/Cargo.toml"), &(package(name) + uses));
        write(&format!("{name}/src/lib.rs"), &functions(COMPILED, registered));
    }
    for (name, count) in [("started", STARTED), ("empty", 0)] {
        write(&format!("{name}/Cargo.toml"), &(package(name) + uses + "serde_json = \"1\"\n"));
        write(&format!("{name}/src/main.rs"), &(functions(count, true) + MAIN));
    }
}

/// Functions as people write them: documented, with a default, some fallible, some async.
fn functions(count: usize, registered: bool) -> String {
    let mut source =
        if registered && count > 0 { "use rekuest::register;\n".to_owned() } else { String::new() };
    let (register, port) = if registered { ("#[register]\n", "#[port(default = 3)] ") } else { ("", "") };
    for index in 0..count {
        let function = match index % 4 {
            0 => format!("pub fn add_{index}(a: i64, {port}b: i64) -> i64 {{\n    a + b\n}}"),
            1 => format!(
                "pub async fn name_{index}(name: String, times: u8) -> String {{\n    name.repeat(times.into())\n}}"
            ),
            2 => format!(
                "pub fn scale_{index}(values: Vec<f64>, by: f64) -> Result<Vec<f64>, String> {{\n    \
                 Ok(values.into_iter().map(|value| value * by).collect())\n}}"
            ),
            _ => format!(
                "pub fn both_{index}(a: Option<i64>, flag: bool) -> (i64, bool) {{\n    (a.unwrap_or(1), flag)\n}}"
            ),
        };
        // Writing to a String cannot fail.
        let _ = write!(
            source,
            "/// Number {index}\n///\n/// Does what its number says.\n///\n/// # Returns\n/// what comes out of it\n{register}{function}\n\n"
        );
    }
    source
}

/// Says how long the steps before registering take.
const MAIN: &str = r#"
fn main() {
    let started = std::time::Instant::now();
    let registry = rekuest::Registry::linked().expect("no interface is given twice");
    let collected = started.elapsed();
    let mut bytes = 0;
    for function in registry.iter() {
        bytes += serde_json::to_string(function).expect("it has JSON").len();
    }
    let serialised = started.elapsed() - collected;
    println!("{} functions collected in {collected:.1?}, written as {bytes} bytes of JSON in {serialised:.1?}", registry.len());
}
"#;
