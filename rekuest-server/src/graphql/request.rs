//! What is asked and what is answered, as they travel: in the body of a request, in a message of a websocket.

use std::borrow::Cow;

use async_graphql::Response;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What is asked.
#[derive(Debug, Deserialize)]
pub(crate) struct Body<'m> {
    /// The document.
    #[serde(borrow)]
    pub(crate) query: Cow<'m, str>,
    /// An object, if there are any.
    #[serde(borrow, default)]
    pub(crate) variables: Option<&'m RawValue>,
    /// Which operation of the document.
    #[serde(borrow, default, rename = "operationName")]
    pub(crate) operation_name: Option<Cow<'m, str>>,
}

/// What is answered.
pub(crate) fn payload(response: &Response) -> String {
    serde_json::to_string(response).unwrap_or_else(|error| {
        let message = serde_json::Value::from(format!("the answer cannot be written: {error}"));
        format!(r#"{{"data":null,"errors":[{{"message":{message}}}]}}"#)
    })
}
