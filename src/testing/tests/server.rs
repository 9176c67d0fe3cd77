//! The embedded server of a test.
#![cfg(feature = "server")]

use crate::prelude::*;
use crate::testing;

#[register]
fn triple(x: i64) -> i64 {
    3 * x
}

#[tokio::test]
async fn apps_on_one_server_call_each_other() {
    let server = testing::server().await.expect("a server");
    let app = server.provide(App::new("triple").function(&triple::IMPLEMENTATION)).await.expect("an app");
    let other = server.provide(App::new("other").function(Function::blocking("one", [], || 1))).await;
    let other = other.expect("another app");
    let client = server.client().await.expect("a client");
    assert_eq!(triple::call(&client, 2).await.expect("six"), 6);
    let one: i64 = client.find("other", "one").await.expect("it").call(args! {}).await.expect("one");
    assert_eq!(one, 1);
    assert_eq!(triple::call(&other.client().await.expect("a client"), 5).await.expect("fifteen"), 15);
    app.shutdown().await.expect("a clean end");
    other.shutdown().await.expect("a clean end");
    server.shutdown().await;
}

#[tokio::test]
async fn tests_have_servers_of_their_own() {
    let (one, another) = tokio::try_join!(testing::server(), testing::server()).expect("servers");
    assert_ne!(one.url(), another.url());
    let app = one.provide(App::new("triple").function(&triple::IMPLEMENTATION)).await.expect("an app");
    let client = another.client().await.expect("a client");
    assert!(client.find("triple", "triple").await.is_err());
    let stranger =
        App::new("stranger").url(one.url()).token(another.token()).client().await.expect("a client");
    assert!(stranger.find("triple", "triple").await.is_err());
    assert!(!format!("{one:?}").contains("secret"));
    drop(app);
}
