//! Posting a body to the server and getting its answer.

use reqwest::header::HeaderValue;
use serde_json::value::RawValue;
use tokio_tungstenite::tungstenite::Bytes;

use super::answer;
use super::error::GraphqlError;
use crate::transport::Transport;
use crate::{Access, AccessError};

/// Posts `body` and reads the data of the answer.
pub(super) async fn post(
    transport: &Transport,
    access: &Access,
    body: Bytes,
    operation: &'static str,
) -> Result<Box<RawValue>, GraphqlError> {
    let url = &access.endpoints.graphql;
    let authorization = if access.token.is_empty() { None } else { Some(bearer(access)?) };
    let (status, body) = transport.post(url, authorization, body).await.map_err(|error| {
        GraphqlError::Unreachable { url: url.clone(), sent: error.sent, source: error.source }
    })?;
    answer::data(url, status, &body, operation)
}

fn bearer(access: &Access) -> Result<HeaderValue, AccessError> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", access.token.expose())).map_err(|_| {
        AccessError::new("the token cannot be sent: it holds a line break or another control character")
    })?;
    value.set_sensitive(true);
    Ok(value)
}
