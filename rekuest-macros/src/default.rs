//! Defaults: any expression of the type that they stand for.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Lit, Type};

use crate::arguments::{inner, literal};
use crate::types;

/// The default, with the conversions that nobody should have to write.
pub(crate) fn default_value(default: &Expr, ty: &Type) -> TokenStream {
    let written = literal(default);
    let is_literal =
        written.is_some() || matches!(inner(default), Expr::Unary(unary) if literal(&unary.expr).is_some());
    if let (true, Some(inner)) = (is_literal, types::option_of(ty)) {
        let value = default_value(default, inner);
        return quote_spanned!(default.span()=> ::core::option::Option::Some(#value));
    }
    match written {
        Some(Lit::Str(_)) if !types::is_never_text(ty) => {
            quote_spanned!(default.span()=> ::core::convert::Into::into(#default))
        }
        _ => default.to_token_stream(),
    }
}
