//! Reading an answer: `{"data", "errors"}`, or whatever came in its place.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use url::Url;

use super::error::{ErrorMessage, GraphqlError, list};

/// How much of an unexpected answer an error repeats, in characters.
const SHOWN: usize = 200;

/// A GraphQL answer. Both members may be missing or null.
#[derive(Deserialize)]
pub(crate) struct Answer<'a> {
    #[serde(borrow, default)]
    pub(crate) data: Option<&'a RawValue>,
    #[serde(default)]
    pub(crate) errors: Option<Vec<ErrorMessage>>,
}

/// The data of an answer, or the clearest error that can be made of what came.
///
/// A body that is a GraphQL answer counts as one whatever its status is; every other one is an error that shows its
/// beginning.
pub(super) fn data(
    url: &Url,
    status: u16,
    body: &[u8],
    operation: &'static str,
) -> Result<Box<RawValue>, GraphqlError> {
    // Serde would also read the members from a list.
    let is_object = body.trim_ascii_start().starts_with(b"{");
    let answer: Option<Answer<'_>> = if is_object { serde_json::from_slice(body).ok() } else { None };
    let Some(answer) = answer.filter(|answer| answer.data.is_some() || answer.errors.is_some()) else {
        let (url, body) = (url.clone(), excerpt(body));
        return Err(match status {
            401 => GraphqlError::Refused { message: format!("status 401: {body}") },
            200..=299 => GraphqlError::NotJson { url, body },
            _ => GraphqlError::Http { url, status, body },
        });
    };
    settled(answer, operation)
}

/// The data of an answer, or the error in its place.
pub(crate) fn settled(answer: Answer<'_>, operation: &'static str) -> Result<Box<RawValue>, GraphqlError> {
    match (answer.data, answer.errors.unwrap_or_default()) {
        (_, errors) if errors.iter().any(ErrorMessage::is_refused_token) => {
            Err(GraphqlError::Refused { message: list(&errors) })
        }
        (Some(data), errors) if errors.is_empty() => Ok(data.to_owned()),
        (None, errors) if errors.is_empty() => {
            Err(GraphqlError::Shape { operation, reason: "there is neither data nor an error".to_owned() })
        }
        (_, errors) => Err(GraphqlError::Errors { operation, errors }),
    }
}

/// The one field that an operation asks for, read.
pub(crate) fn field<T: DeserializeOwned>(
    data: &RawValue,
    operation: &'static str,
    field: &'static str,
) -> Result<T, GraphqlError> {
    let shape = |reason: String| GraphqlError::Shape { operation, reason };
    let fields: HashMap<Cow<'_, str>, &RawValue> =
        serde_json::from_str(data.get()).map_err(|error| shape(format!("`data`: {error}")))?;
    let value = fields.get(field).ok_or_else(|| shape(format!("the field `{field}` is missing")))?;
    serde_json::from_str(value.get()).map_err(|error| shape(format!("`{field}`: {error}")))
}

/// The beginning of an answer in one line, for an error.
pub(crate) fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.is_empty() => "nothing".to_owned(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<Box<RawValue>, GraphqlError> {
        let url = Url::parse("http://h/graphql").expect("a url");
        data(&url, status, body.as_bytes(), "Ask")
    }

    #[test]
    fn data_without_errors_is_data() {
        assert_eq!(read(200, r#"{"data": {"x": 1}, "errors": []}"#).expect("data").get(), r#"{"x": 1}"#);
        assert_eq!(read(200, r#"{"data": {"x": 1}}"#).expect("data").get(), r#"{"x": 1}"#);
    }

    #[test]
    fn errors_have_their_path_whatever_the_status_is() {
        let body =
            r#"{"data": null, "errors": [{"message": "no", "path": ["a", 0, "b"]}, {"message": "why"}]}"#;
        for status in [200, 400] {
            let error = read(status, body).expect_err("errors");
            assert_eq!(error.to_string(), "Ask failed: no (at a.0.b); why");
        }
    }

    #[test]
    fn a_refused_token_is_recognised() {
        for message in ["User is not set in the request context", "Signature: Token has expired."] {
            let body = format!(r#"{{"data": null, "errors": [{{"message": "{message}"}}]}}"#);
            assert!(matches!(read(200, &body), Err(GraphqlError::Refused { .. })), "{message}");
        }
        assert!(matches!(read(401, "no"), Err(GraphqlError::Refused { .. })));
    }

    #[test]
    fn html_is_shown_in_one_short_line() {
        let error = read(404, "<html>\n  <h1>Not Found</h1>\n</html>").expect_err("html");
        assert!(error.to_string().contains("status 404"), "{error}");
        assert!(error.to_string().ends_with("<html> <h1>Not Found</h1> </html>"), "{error}");
        let error = read(200, &"x".repeat(1000)).expect_err("not json");
        assert!(matches!(&error, GraphqlError::NotJson { body, .. } if body.chars().count() == SHOWN + 1));
        assert!(matches!(read(200, "[1]"), Err(GraphqlError::NotJson { .. })));
    }

    #[test]
    fn neither_data_nor_errors_is_no_answer() {
        assert!(matches!(read(200, "{}"), Err(GraphqlError::NotJson { .. })));
        assert!(matches!(read(200, r#"{"data": null, "errors": []}"#), Err(GraphqlError::Shape { .. })));
    }

    #[test]
    fn a_field_that_does_not_fit_says_why() {
        let data = RawValue::from_string(r#"{"x": "text"}"#.to_owned()).expect("json");
        let error = field::<u8>(&data, "Ask", "x").expect_err("not a number");
        assert!(error.to_string().contains("`x`: invalid type: string"), "{error}");
        let error = field::<u8>(&data, "Ask", "y").expect_err("missing");
        assert!(error.to_string().contains("the field `y` is missing"), "{error}");
    }
}
