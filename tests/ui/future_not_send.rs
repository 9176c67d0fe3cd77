use rekuest::prelude::*;

use std::rc::Rc;

/// Wait
#[register]
async fn wait() -> i64 {
    let shared = Rc::new(1);
    std::future::ready(()).await;
    *shared
}

fn main() {}
