//! `#[register]`: reads a function once, checks it, and expands what it understood.

pub(crate) mod calling;
pub(crate) mod evaluation;
pub(crate) mod expansion;
pub(crate) mod options;
pub(crate) mod registration;
pub(crate) mod signature;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use crate::doc::Documentation;
use crate::errors::{Errors, to_compile_errors};
use evaluation::Evaluation;
use options::Options;
use registration::Registration;
use signature::FunctionItem;

/// The function, and what registers it; or the function, and all that is wrong with it.
pub(crate) fn register(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let options = Options::parse(arguments, &mut errors);
    let mut function: FunctionItem = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            errors.push(signature::not_a_function("register", "registers", item.clone(), error));
            let errors = to_compile_errors(&errors.into_found());
            return quote!(#item #errors);
        }
    };
    function.check(&mut errors);
    let parameters = function.take_parameters(&mut errors);
    let documentation = Documentation::read(&function.attributes, &mut errors);
    let facade = &options.facade;
    let core = syn::parse_quote!(#facade::__core);
    let evaluation = Evaluation::read(&function.signature.output, options.generator, &core, &mut errors);
    let registration =
        Registration::new(&function, options, parameters, documentation, evaluation, &mut errors);
    let found = errors.into_found();
    let mut tokens = function.to_token_stream();
    tokens.extend(match found.split_last() {
        None => expansion::expand(&registration),
        Some(_) if function.is_method() => to_compile_errors(&found),
        Some((last, mistakes)) => expansion::refuse(&registration, mistakes, last),
    });
    tokens
}
