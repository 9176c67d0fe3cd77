//! Getting to the server: tokens, addresses, and answers that are not GraphQL's.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_client::graphql::operations::{Assign, Cancel, EnsureAgent};
use rekuest_client::{Access, AccessError, AccessSource, Client, Graphql, GraphqlError, Renew};
use rekuest_core::CallError;
use rekuest_core::caller::{CallOptions, CallTarget};
use serde_json::json;
use serde_json::value::to_raw_value;

use crate::calling::add;
use crate::peer::Peer;

/// Gives an old token until it is refused, then a new one.
#[derive(Debug)]
pub(crate) struct Renewing {
    old: Access,
    new: Access,
    renewed: AtomicUsize,
}

impl Renewing {
    pub(crate) fn new(peer: &Peer) -> Arc<Self> {
        Arc::new(Self { old: peer.access("old"), new: peer.access("new"), renewed: AtomicUsize::new(0) })
    }
}

impl AccessSource for Renewing {
    fn access(&self, renew: Renew) -> BoxFuture<'_, Result<Access, AccessError>> {
        if renew == Renew::TokenRefused {
            self.renewed.fetch_add(1, Ordering::SeqCst);
        }
        let renewed = self.renewed.load(Ordering::SeqCst) > 0;
        std::future::ready(Ok(if renewed { self.new.clone() } else { self.old.clone() })).boxed()
    }
}

#[tokio::test]
async fn a_closure_that_gives_access_is_told_of_a_refused_token() {
    let peer = Peer::start().await;
    peer.world().token = Some("new".to_owned());
    let (old, new) = (peer.access("old"), peer.access("new"));
    let source = Access::from_fn(move |renew| {
        let access = if renew == Renew::TokenRefused { new.clone() } else { old.clone() };
        async move { Ok(access) }
    });
    assert!(!format!("{source:?}").contains("old"));
    let graphql = Graphql::new(Arc::new(source));
    graphql.execute(&Cancel { assignation: "1" }).await.expect("cancelled");
    assert_eq!(peer.world().authorizations, ["Bearer old", "Bearer new"]);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_call_made() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    peer.world().token = Some("new".to_owned());
    peer.world().subscription_token = Some("new".to_owned());
    let source = Renewing::new(&peer);
    let client = Client::builder().access(Arc::clone(&source) as _).build().await.expect("a client");
    assert_eq!(add(&client).await.expect("a sum"), 3);
    assert_eq!(peer.world().assigned.len(), 1);
}

#[tokio::test]
async fn a_token_that_only_the_subscription_refuses_is_renewed() {
    let peer = Peer::start().await;
    peer.world().subscription_token = Some("new".to_owned());
    let source = Renewing::new(&peer);
    let client = Peer::impatient(Arc::clone(&source) as _).await;
    let agent = async {
        let id = peer.assigned().await;
        peer.subscribed().await;
        peer.returns(&id, json!({"return0": 3}));
    };
    let (sum, ()) = tokio::join!(add(&client), agent);
    assert_eq!(sum.expect("a sum"), 3);
    assert_eq!(source.renewed.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_token_that_expires_while_a_call_goes_on_is_renewed_and_nothing_is_lost() {
    let peer = Peer::start().await;
    let source = Renewing::new(&peer);
    let client = Peer::impatient(Arc::clone(&source) as _).await;
    let call = client.start(crate::calling::request(&json!({}))).await.expect("started");
    let id = call.assignation().to_owned();
    peer.world().token = Some("new".to_owned());
    peer.world().subscription_token = Some("new".to_owned());
    peer.cut();
    peer.keep(&id, "YIELD", json!({"returns": {"return0": 3}}));
    peer.keep(&id, "DONE", json!({}));
    assert_eq!(call.returns().await.expect("returns").get(), r#"{"return0":3}"#);
    assert_eq!(source.renewed.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn operations_that_are_refused_together_renew_the_token_once() {
    let peer = Peer::start().await;
    peer.world().token = Some("new".to_owned());
    let source = Renewing::new(&peer);
    let graphql = Graphql::new(Arc::clone(&source) as _);
    let cancels = (0..20).map(|_| graphql.execute(&Cancel { assignation: "1" }));
    for cancelled in futures_util::future::join_all(cancels).await {
        cancelled.expect("cancelled");
    }
    assert_eq!(source.renewed.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_refused() {
    let peer = Peer::start().await;
    peer.world().token = Some("another".to_owned());
    let error = add(&peer.client().await).await.expect_err("refused");
    assert!(matches!(&error, CallError::Refused(_)), "{error:?}");
    assert!(error.to_string().contains("User is not set in the request"), "{error}");
}

#[tokio::test]
async fn html_instead_of_json_is_shown() {
    let peer = Peer::start().await;
    let graphql = Graphql::new(Arc::new(peer.access("token")));
    for (status, body) in [(404, "<h1>Not Found</h1>"), (500, "<h1>Oh no</h1>"), (200, "<h1>Welcome</h1>")] {
        peer.world().fault = Some((status, body));
        let error = graphql.execute(&Cancel { assignation: "1" }).await.expect_err("html");
        assert!(error.to_string().contains(body), "{error}");
        assert!(error.to_string().contains(&peer.base), "{error}");
        match error {
            GraphqlError::Http { status: got, .. } => assert_eq!(got, status),
            GraphqlError::NotJson { .. } => assert_eq!(status, 200),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_may_be_repeated_is_repeated_while_the_server_is_away_and_the_rest_is_not() {
    let peer = Peer::start().await;
    let graphql = Graphql::new(Arc::new(peer.access("token")));
    peer.world().fault = Some((503, "busy"));
    let (cancelled, ()) = tokio::join!(graphql.execute(&Cancel { assignation: "1" }), async {
        peer.posted("cancel", 2).await;
        peer.world().fault = None;
    });
    cancelled.expect("cancelled");

    peer.world().fault = Some((503, "busy"));
    let args = to_raw_value(&json!({})).expect("json");
    let target = CallTarget::Action("1".to_owned());
    let assign = Assign {
        instance_id: "default",
        target: &target,
        args: &args,
        reference: uuid::Uuid::new_v4(),
        options: &CallOptions::default(),
    };
    let error = graphql.execute(&assign).await.expect_err("busy");
    assert!(error.is_transient() && error.may_have_executed(), "{error:?}");
    assert_eq!(peer.world().count("assign"), 1);
}

#[tokio::test]
async fn a_refused_connection_says_where_and_that_nothing_was_sent() {
    // Bound and dropped: nobody listens there.
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", free.local_addr().expect("an address"));
    drop(free);
    let endpoints = rekuest_client::Endpoints::from_base(&base).expect("a base url");
    let graphql = Graphql::new(Arc::new(Access::new(endpoints, "s3cret")));
    let ensure = EnsureAgent { instance_id: "default", name: "app:1", extensions: &["default"] };
    let error = graphql.execute(&ensure).await.expect_err("nobody");
    assert!(matches!(error, GraphqlError::Unreachable { sent: false, .. }), "{error:?}");
    assert!(error.to_string().contains(&base) && error.to_string().contains("refused"), "{error}");
    assert!(!format!("{error:?} {graphql:?}").contains("s3cret"));
}

#[tokio::test]
async fn what_was_not_sent_is_repeated_even_if_it_must_not_be_done_twice() {
    /// Names a port where nobody listens, then the server.
    #[derive(Debug)]
    struct Late(AtomicUsize, Access, Access);

    impl AccessSource for Late {
        fn access(&self, _: Renew) -> BoxFuture<'_, Result<Access, AccessError>> {
            let first = self.0.fetch_add(1, Ordering::SeqCst) == 0;
            std::future::ready(Ok(if first { self.1.clone() } else { self.2.clone() })).boxed()
        }
    }

    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", free.local_addr().expect("an address"));
    drop(free);
    let nobody = Access::new(rekuest_client::Endpoints::from_base(&base).expect("a base url"), "t");
    let peer = Peer::start().await;
    let graphql = Graphql::new(Arc::new(Late(AtomicUsize::new(0), nobody, peer.access("t"))));
    let args = to_raw_value(&json!({})).expect("json");
    let target = CallTarget::Action("1".to_owned());
    let reference = uuid::Uuid::new_v4();
    let options = CallOptions::default();
    let assign =
        Assign { instance_id: "default", target: &target, args: &args, reference, options: &options };
    graphql.execute(&assign).await.expect("assigned");
    assert_eq!(peer.world().count("assign"), 1);
}

#[tokio::test]
async fn a_server_that_moved_is_found_again() {
    /// Names the server that is there now.
    #[derive(Debug)]
    struct Moving(std::sync::Mutex<Access>);

    impl AccessSource for Moving {
        fn access(&self, _: Renew) -> BoxFuture<'_, Result<Access, AccessError>> {
            std::future::ready(Ok(self.0.lock().expect("the address").clone())).boxed()
        }
    }

    let first = Peer::start().await;
    let second = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    let source = Arc::new(Moving(std::sync::Mutex::new(first.access("token"))));
    let client = Client::builder().access(Arc::clone(&source) as _).build().await.expect("a client");
    client.graphql().execute(&Cancel { assignation: "1" }).await.expect("cancelled");

    *source.0.lock().expect("the address") = second.access("token");
    first.world().fault = Some((503, "gone"));
    client.graphql().execute(&Cancel { assignation: "1" }).await.expect("cancelled");
    assert_eq!(second.world().cancelled, ["1"]);
    assert_eq!(add(&client).await.expect("a sum"), 3);
    assert_eq!(second.world().assigned.len(), 1);
}

#[tokio::test]
async fn no_debug_output_of_a_client_shows_the_token() {
    let peer = Peer::scripted(|peer, id| peer.returns(id, json!({"return0": 3}))).await;
    let access = Arc::new(peer.access("s3cret"));
    let builder = Client::builder().token("s3cret").access(access);
    let built = format!("{builder:?}");
    let client = builder.build().await.expect("a client");
    let call = client.start(crate::calling::request(&json!({}))).await.expect("started");
    let shown = format!("{built} {client:?} {call:?} {:?}", client.graphql());
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn a_client_needs_a_server() {
    let error = Client::builder().build().await.expect_err("no server");
    assert!(error.to_string().contains("`url`"), "{error}");
}
