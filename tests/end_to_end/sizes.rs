//! Values as large as they may be, and larger.

use rekuest::prelude::*;

use crate::in_process::{client, server, started};

#[tokio::test]
async fn a_large_value_arrives_and_a_larger_one_is_an_error_that_says_so() {
    let server = server(&["showcase", "caller"]).await;
    let app = started(App::new("showcase").linked(), &server).await;
    let caller = client(&server, "caller").await;
    let big = caller.find("showcase", "big").await.expect("the action");
    let text: String = big.call(args! { mib: 64 }).await.expect("it fits");
    assert_eq!(text.len(), 64 << 20);
    match big.call::<String>(args! { mib: 70 }).await {
        Err(CallError::Critical { message }) => {
            assert!(message.contains("70 MiB") && message.contains("65 MiB"), "{message}");
        }
        other => panic!("expected CRITICAL, got {:?}", other.map(|text| text.len())),
    }
    assert_eq!(app.handle().status().connections, 1);
    app.shutdown().await.expect("a clean end");
    server.shutdown().await;
}
