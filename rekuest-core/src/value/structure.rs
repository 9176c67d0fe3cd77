//! STRUCTURE: things that live elsewhere and travel as their ids.

use std::error::Error;
use std::future::Future;

use crate::Contexts;

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
