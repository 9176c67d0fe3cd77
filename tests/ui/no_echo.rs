use rekuest::prelude::*;

/// Add
#[register(magic)]
fn add(a: i64, #[port(default = 1)] b: i64) -> i64 {
    a + b
}

/// Test
#[register(is_test_for = [add])]
fn test_add() -> bool {
    add(1, 2) == 3
}

async fn calls(client: &rekuest::Client) {
    let _ = add::DEFINITION.name();
    let _ = add::call(client, 1, None).await;
}

fn main() {}
