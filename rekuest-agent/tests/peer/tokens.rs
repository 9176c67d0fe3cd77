//! Tokens that are refused, and fetched anew.

use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use rekuest_agent::AgentError;
use rekuest_client::{Access, AccessError, AccessSource, Renew};

use crate::scripted::Peer;

/// Has tokens with numbers, and counts how often it was asked for another.
#[derive(Debug)]
struct Numbered {
    access: Access,
    renewed: Mutex<u32>,
}

impl Numbered {
    fn new(peer: &Peer) -> Arc<Self> {
        Arc::new(Self { access: peer.access().clone(), renewed: Mutex::new(0) })
    }

    fn renewed(&self) -> u32 {
        *self.renewed.lock().expect("unpoisoned")
    }
}

impl AccessSource for Numbered {
    fn access(&self, renew: Renew) -> BoxFuture<'_, Result<Access, AccessError>> {
        let mut renewed = self.renewed.lock().expect("unpoisoned");
        if renew == Renew::TokenRefused {
            *renewed += 1;
        }
        let access = Access::new(self.access.endpoints.clone(), format!("token {renewed}"));
        std::future::ready(Ok(access)).boxed()
    }
}

#[tokio::test]
async fn a_token_that_is_refused_before_init_is_fetched_anew_and_one_that_was_taken_is_not() {
    let mut peer = Peer::start().await;
    let source = Numbered::new(&peer);
    let _agent = peer.agent_of(Arc::<Numbered>::clone(&source), [], |builder| builder);
    for number in 0..3 {
        let mut socket = peer.socket().await;
        assert_eq!(socket.receive().await["token"], format!("token {number}"));
        socket.close(3003).await;
    }
    // Taken: another 3003 has another reason.
    for _ in 0..6 {
        let mut socket = peer.socket().await;
        assert_eq!(socket.receive().await["token"], "token 3");
        peer.accept(&mut socket, &[], &[]).await;
        socket.assert_silent().await;
        socket.close(3003).await;
    }
    assert_eq!(source.renewed(), 3);
}

#[tokio::test]
async fn a_token_that_is_refused_over_http_is_fetched_anew_before_the_connection() {
    let mut peer = Peer::start().await;
    peer.expire_token("token 0");
    let source = Numbered::new(&peer);
    let _agent = peer.agent_of(Arc::<Numbered>::clone(&source), [], |builder| builder);
    let mut socket = peer.socket().await;
    assert_eq!(socket.receive().await["token"], "token 1");
    peer.accept(&mut socket, &[], &[]).await;
    socket.assert_silent().await;
    assert_eq!(source.renewed(), 1);
}

#[tokio::test]
async fn a_token_that_is_refused_again_and_again_is_the_end() {
    let mut peer = Peer::start().await;
    let agent = peer.agent([]);
    for _ in 0..5 {
        let mut socket = peer.socket().await;
        assert_eq!(socket.receive().await["type"], "REGISTER");
        socket.close(3003).await;
    }
    let error = agent.ended().await.expect_err("an end");
    assert!(matches!(error, AgentError::TokenRefused { .. }), "{error}");
    assert!(!error.to_string().contains("token\""));
}
