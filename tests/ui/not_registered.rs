use rekuest::RegisteredFunction;
use rekuest::prelude::*;

fn given<F: RegisteredFunction>() {}

fn given_with<F: RegisteredFunction>(_: F::Arguments) {}

struct Add;

/// Refused
#[register(magic)]
fn refused(a: i64) -> i64 {
    a
}

/// Taken
#[register]
fn taken(a: i64, #[port(default = 1)] b: i64, task: Task) -> i64 {
    let _ = task;
    a + b
}

fn main() {
    given::<Add>();
    // The mistake is told where it is.
    given_with::<refused>((1,));
    given_with::<taken>((1, Some(2)));
    given_with::<taken>((1, 2));
}
