//! A client of one request per connection, and what the server answers over HTTP.

use std::net::SocketAddr;

use rekuest_core::Token;
use rekuest_server::{Builder, Identity, RunningServer, Server};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The token of the agent's app.
pub(crate) const AGENT: &str = "agent-token";
/// The token of the caller's app, in the same organization.
pub(crate) const CALLER: &str = "caller-token";
/// The token of somebody in another organization.
pub(crate) const STRANGER: &str = "stranger-token";

fn identity(client: &str, organization: &str) -> Identity {
    Identity { client: client.into(), user: "me".into(), organization: organization.into() }
}

pub(crate) fn builder() -> Builder {
    Server::builder()
        .token(Token::new(AGENT), identity("agent-app", "lab"))
        .token(Token::new(CALLER), identity("caller-app", "lab"))
        .token(Token::new(STRANGER), identity("stranger-app", "elsewhere"))
}

pub(crate) async fn start() -> RunningServer {
    builder().start().await.expect("the server starts")
}

/// Status and body of a response.
pub(crate) async fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: &str,
) -> (u16, String) {
    let mut socket = TcpStream::connect(address).await.expect("connects");
    let bearer = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n{bearer}Content-Length: {}\r\n\r\n",
        body.len()
    );
    socket.write_all(head.as_bytes()).await.expect("writes");
    socket.write_all(body.as_bytes()).await.expect("writes");
    let mut response = String::new();
    socket.read_to_string(&mut response).await.expect("reads");
    let (head, body) = response.split_once("\r\n\r\n").expect("a response");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, body.to_owned())
}

/// The GraphQL response to a document.
pub(crate) async fn post(server: &RunningServer, token: &str, query: &str, variables: Value) -> Value {
    let body = json!({"query": query, "variables": variables}).to_string();
    let (status, body) = request(server.address(), "POST", "/graphql", Some(token), &body).await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).expect("JSON")
}

/// The `data` of a response without errors.
pub(crate) async fn data(server: &RunningServer, token: &str, query: &str, variables: Value) -> Value {
    let mut response = post(server, token, query, variables).await;
    assert!(response.get("errors").is_none(), "{query}\n{response}");
    response["data"].take()
}

/// The message of the first error of a response.
pub(crate) async fn error(server: &RunningServer, token: &str, query: &str, variables: Value) -> String {
    let response = post(server, token, query, variables).await;
    assert!(response["data"].is_null(), "{response}");
    response["errors"][0]["message"].as_str().expect("an error").to_owned()
}

#[tokio::test]
async fn health_is_answered_with_and_without_a_slash() {
    let server = start().await;
    for path in ["/ht", "/ht/"] {
        assert_eq!(request(server.address(), "GET", path, None, "").await.0, 200);
    }
    server.shutdown().await;
}

#[tokio::test]
async fn a_wrong_token_is_an_error_in_a_good_response() {
    let server = start().await;
    for token in [Some("nope"), None] {
        let body = json!({"query": "{ actions { id } }"}).to_string();
        for path in ["/graphql", "/graphql/"] {
            let (status, body) = request(server.address(), "POST", path, token, &body).await;
            let response: Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!(status, 200);
            assert!(response["data"].is_null());
            let message = response["errors"][0]["message"].as_str().expect("a message");
            assert!(message.starts_with("User is not set in the request"), "{message}");
        }
    }
    server.shutdown().await;
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_bad_request() {
    let server = start().await;
    let (status, body) = request(server.address(), "POST", "/graphql", Some(CALLER), "nonsense").await;
    assert_eq!(status, 400);
    assert!(body.starts_with("expected a JSON object"), "{body}");
    server.shutdown().await;
}

#[tokio::test]
async fn a_token_derived_from_the_local_secret_is_accepted() {
    let server = Server::builder().local_secret("s3cret").start().await.expect("starts");
    let ensure = r#"mutation { ensureAgent(input: {instanceId: "default"}) { name registry { client { clientId } user { sub } organization { slug } } } }"#;
    let token = rekuest_core::local::token("s3cret", "my.app");
    let agent = data(&server, token.expose(), ensure, json!({})).await;
    assert_eq!(
        agent["ensureAgent"],
        json!({"name": "my.app", "registry": {"client": {"clientId": "my.app"}, "user": {"sub": "local"}, "organization": {"slug": "local"}}})
    );
    let forged = rekuest_core::local::token("other", "my.app");
    error(&server, forged.expose(), ensure, json!({})).await;
    server.shutdown().await;
}

#[tokio::test]
async fn an_address_that_others_can_reach_is_refused_unless_allowed() {
    let everywhere = "0.0.0.0:0".parse().expect("an address");
    let refused = Server::builder().bind(everywhere).start().await.expect_err("refused");
    assert!(refused.to_string().starts_with("expected a loopback address"), "{refused}");
    let server = Server::builder().bind(everywhere).allow_remote(true).start().await.expect("starts");
    assert!(server.url().starts_with("http://127.0.0.1:"), "{}", server.url());
    server.shutdown().await;
}

#[tokio::test]
async fn nobody_is_served_after_shutdown() {
    let server = start().await;
    let address = server.address();
    server.shutdown().await;
    assert!(TcpStream::connect(address).await.is_err());
}
