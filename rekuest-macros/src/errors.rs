//! The store of mistakes: all independent ones are reported at once, each once.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far.
///
/// Must be asked with [`into_found`](Self::into_found) in the end; one that is dropped unasked would have swallowed
/// mistakes, so it panics.
#[derive(Debug)]
pub(crate) struct Errors {
    /// None once they were asked for.
    found: Option<Vec<syn::Error>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: Some(Vec::new()) }
    }

    /// A mistake that is underlined from the first to the last of `tokens`.
    pub(crate) fn on(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// A mistake at `span`.
    pub(crate) fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        if let Some(found) = &mut self.found {
            found.push(error);
        }
    }

    /// All of them, in the order in which they were found.
    pub(crate) fn into_found(mut self) -> Vec<syn::Error> {
        // A syn::Error may itself be several.
        self.found.take().unwrap_or_default().into_iter().flatten().collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.found.is_none() || std::thread::panicking(),
            "mistakes were collected and never reported"
        );
    }
}

/// Items that make the compiler print these mistakes.
pub(crate) fn to_compile_errors(errors: &[syn::Error]) -> TokenStream {
    errors.iter().map(syn::Error::to_compile_error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_kept_in_order() {
        let mut errors = Errors::new();
        errors.at(Span::call_site(), "one");
        errors.at(Span::call_site(), "two");
        let found: Vec<String> = errors.into_found().iter().map(ToString::to_string).collect();
        assert_eq!(found, ["one", "two"]);
    }

    #[test]
    #[should_panic(expected = "never reported")]
    fn a_store_that_nobody_asked_panics() {
        let _errors = Errors::new();
    }
}
