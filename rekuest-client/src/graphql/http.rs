//! Posting a body to the server and getting its answer.

use std::error::Error;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
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
    let unreachable = |sent: bool, source: Box<dyn Error + Send + Sync>| GraphqlError::Unreachable {
        url: url.clone(),
        sent,
        source,
    };
    let client = transport.client(url).map_err(|error| unreachable(false, error.into()))?;
    let mut request = client.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body);
    if !access.token.is_empty() {
        request = request.header(AUTHORIZATION, bearer(access)?);
    }
    let not_connected = |error: reqwest::Error| {
        let sent = !(error.is_connect() || error.is_builder());
        unreachable(sent, error.without_url().into())
    };
    let response = request.send().await.map_err(not_connected)?;
    let status = response.status().as_u16();
    let body = response.bytes().await.map_err(|error| unreachable(true, error.without_url().into()))?;
    answer::data(url, status, &body, operation)
}

fn bearer(access: &Access) -> Result<HeaderValue, AccessError> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", access.token.expose())).map_err(|_| {
        AccessError::new("the token cannot be sent: it holds a line break or another control character")
    })?;
    value.set_sensitive(true);
    Ok(value)
}
