//! STRUCTURE: things that live elsewhere and travel as their ids.

use std::error::Error;
use std::future::Future;

use serde_json::value::RawValue;

use super::{ValueError, unquoted};
use crate::Contexts;
use crate::json::JsonWriter;
use crate::returns::{Cause, with_sources};

/// A thing that lives elsewhere and travels as its id (protocol, section 5).
///
/// `#[derive(Structure)]` makes a value of any type that implements this. It implements this itself for a struct that is
/// just an id, and for one that names functions: `#[structure(identifier = "@mikro/image", expand = load, shrink = store)]`.
///
/// ```ignore
/// #[derive(Structure)]
/// #[structure(identifier = "@mikro/image", custom)]
/// struct Image { id: String, pixels: Vec<u16> }
///
/// impl rekuest::Structure for Image {
///     type Error = MikroError;
///
///     async fn expand(id: String, contexts: &Contexts) -> Result<Self, MikroError> {
///         let mikro: Arc<Mikro> = contexts.get().ok_or(MikroError::NotConnected)?;
///         mikro.load(&id).await
///     }
///
///     async fn shrink(self, _: &Contexts) -> Result<String, MikroError> {
///         Ok(self.id)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no structure: it is not said how its id becomes a value and back",
    label = "does not implement `Structure`",
    note = "implement `rekuest::Structure` for it, name two functions with `#[structure(expand = …, shrink = …)]`, or make it a struct of one field, its id"
)]
pub trait Structure: Sized + Send {
    /// Why a value cannot be fetched or stored.
    type Error: Into<Box<dyn Error + Send + Sync>> + Send;

    /// Fetches the value with this id.
    ///
    /// # Errors
    /// When there is none, or it cannot be reached. The caller gets an ERROR with the message and those of its sources.
    fn expand(id: String, contexts: &Contexts) -> impl Future<Output = Result<Self, Self::Error>> + Send;

    /// The id of the value, which is stored first if it has none yet.
    ///
    /// # Errors
    /// When it cannot be stored. The caller gets an ERROR with the message and those of its sources.
    fn shrink(self, contexts: &Contexts) -> impl Future<Output = Result<String, Self::Error>> + Send;
}

/// Reads a structure: what generated code calls.
///
/// # Errors
/// When the value is no id, or with the error of the structure itself.
pub async fn expand_structure<T: Structure>(
    identifier: &'static str,
    value: &RawValue,
    contexts: &Contexts,
) -> Result<T, ValueError> {
    let id = unquoted(value).filter(|id| !id.is_empty() && (value.get().starts_with('"') || is_whole(id)));
    let id =
        id.ok_or_else(|| ValueError::expected_json(format!("STRUCTURE {identifier} by its id"), value))?;
    T::expand(id, contexts).await.map_err(|error| failed(identifier, error))
}

/// Writes a structure: what generated code calls.
///
/// # Errors
/// With the error of the structure itself.
pub async fn shrink_structure<T: Structure>(
    identifier: &'static str,
    value: T,
    out: &mut JsonWriter,
    contexts: &Contexts,
) -> Result<(), ValueError> {
    let id = value.shrink(contexts).await.map_err(|error| failed(identifier, error))?;
    if id.is_empty() {
        return Err(ValueError::invalid(format!("STRUCTURE {identifier}: its id is empty")));
    }
    out.string(&id);
    Ok(())
}

fn is_whole(id: &str) -> bool {
    id.strip_prefix('-').unwrap_or(id).bytes().all(|byte| byte.is_ascii_digit())
}

fn failed(identifier: &str, error: impl Cause) -> ValueError {
    ValueError::invalid(format!("STRUCTURE {identifier}: {}", with_sources(&*error.into_error())))
}
