//! `#[declare]`: a function that is provided elsewhere, and called here.

mod options;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use crate::doc::Documentation;
use crate::errors::{Errors, to_compile_errors};
use crate::port::is_named;
use crate::register::calling::{self, Sent};
use crate::register::evaluation::Evaluation;
use crate::register::expansion::{argument_ports, return_ports, use_checked};
use crate::register::options::Options;
use crate::register::registration::Registration;
use crate::register::signature::{FunctionItem, is_braces, not_a_function};
use crate::types;
use options::{Demand, Said};

/// The struct of the function; or a stand-in, and all that is wrong with the function.
pub(crate) fn declare(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let said = Said::parse(arguments, &mut errors);
    let mut function: FunctionItem = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            errors.push(not_a_function("declare", "declares", item, error));
            return to_compile_errors(&errors.into_found());
        }
    };
    check(&mut function, &mut errors);
    let facade = &said.facade;
    let core = syn::parse_quote!(#facade::__core);
    let parameters = function.take_parameters(&mut errors);
    for parameter in parameters.iter().filter(|parameter| parameter.injected.is_some()) {
        errors.on(
            &parameter.ty,
            "this is given by the app that provides the function, and no caller sends it; leave it out",
        );
    }
    let documentation = Documentation::read(&function.attributes, &mut errors);
    let evaluation = Evaluation::read(&function.signature.output, None, &core, &mut errors);
    let options = Options::none(said.facade.clone());
    let registration =
        Registration::new(&function, options, parameters, documentation, evaluation, &mut errors);
    let found = errors.into_found();
    match found.split_last() {
        None => expand(&function, &registration, &said),
        Some((last, mistakes)) => refuse(&function, &registration, mistakes, last),
    }
}

/// Reports what a declared function cannot be.
fn check(function: &mut FunctionItem, errors: &mut Errors) {
    let signature = &mut function.signature;
    if let Some(token) = &signature.asyncness {
        errors.on(
            token,
            "a declared function is called by a message, whether its provider awaits or not; remove `async`",
        );
    }
    let unsafety = match &signature.safety {
        syn::Safety::Unsafe(token) => Some(token.span()),
        _ => None,
    };
    let qualifiers = [
        (signature.constness.as_ref().map(|token| token.span()), "const"),
        (unsafety, "unsafe"),
        (signature.abi.as_ref().map(|abi| abi.span()), "extern"),
    ];
    for (span, word) in qualifiers {
        if let Some(span) = span {
            errors.at(
                span,
                format!("a declared function is called by a message, so it cannot be `{word}`; remove it"),
            );
        }
    }
    if !signature.generics.params.is_empty() {
        errors.on(
            &signature.generics.params,
            "a declared function cannot be generic: its ports have to be known; name the types",
        );
    }
    if let Some(body) = function.body.clone().into_iter().next().filter(is_braces) {
        errors.on(body, "a declared function is provided elsewhere, so it has no body; end it with `;`");
    }
    if let Some(output) = types::of_output(&signature.output)
        && types::arguments_of(output, "Result").is_some()
    {
        errors.on(
            output,
            "a declared function says what it returns when it succeeds; that a call can fail is said by the call",
        );
    }
    for input in &mut signature.inputs {
        let syn::FnArg::Typed(parameter) = input else { continue };
        parameter.attrs.retain(|attribute| {
            let is_port = is_named(attribute, "port");
            if is_port {
                errors.on(
                    attribute,
                    "what is said about a port is said by whoever provides the function; remove `#[port]`",
                );
            }
            !is_port
        });
    }
}

fn structure(function: &FunctionItem, registration: &Registration) -> TokenStream {
    let Registration { ident, visibility, .. } = registration;
    let attributes = &function.attributes;
    quote! {
        #(#attributes)*
        #[allow(non_camel_case_types, reason = "it has the name of the function")]
        #visibility struct #ident {}
    }
}

fn expand(function: &FunctionItem, registration: &Registration, said: &Said) -> TokenStream {
    let Registration { ident, facade, .. } = registration;
    let core = quote!(#facade::__core);
    let structure = structure(function, registration);
    let call = calling::call(registration, &core, Sent::Here);
    let key = said.key.as_ref().map_or_else(|| ident.unraw().to_string(), syn::LitStr::value);
    let arguments = argument_ports(registration, &core);
    let (assertions, returns) = return_ports(registration, &core);
    let returns = returns.unwrap_or_else(|| quote!(&[]));
    let checked = use_checked(&core);
    let demand = match &said.demand {
        Some(Demand::Hash(hash)) => quote!(Hash(#hash)),
        Some(Demand::Name(name)) => quote!(Name(#name)),
        None => quote!(Ports { args: __ARGS, returns: __RETURNS }),
    };
    quote! {
        #structure
        #[allow(
            dead_code,
            non_snake_case,
            clippy::too_many_arguments,
            reason = "which calls of it there are is not known here"
        )]
        impl #ident {
            #call
        }
        impl #core::Callable for #ident {
            const DEPENDENCY: #core::Dependency = {
                #checked
                #assertions
                const __ARGS: &[#core::Port] = &[#(#arguments),*];
                const __RETURNS: &[#core::Port] = #returns;
                let _ = (__ARGS, __RETURNS);
                #core::Dependency::new(#key, #core::Demand::#demand)
            };
        }
    }
}

/// What stands in for a function with mistakes, so that who calls it is not told of them again.
fn refuse(
    function: &FunctionItem,
    registration: &Registration,
    mistakes: &[syn::Error],
    last: &syn::Error,
) -> TokenStream {
    let Registration { ident, visibility, facade, .. } = registration;
    let core = quote!(#facade::__core);
    let structure = structure(function, registration);
    let mistakes = to_compile_errors(mistakes);
    let last = last.to_compile_error();
    let refused = quote::format_ident!("__{}_refused", ident);
    let stub = calling::stub_name(registration);
    let stub = syn::Ident::new(&stub.to_string(), Span::call_site());
    quote! {
        #mistakes
        #structure
        #[allow(non_camel_case_types, reason = "stands in for what could not be made")]
        type #refused = [(); #last];
        #[allow(dead_code, reason = "stands in for what could not be made")]
        impl #ident {
            #visibility fn #stub(_: #refused) -> #refused { loop {} }
        }
        impl #core::Callable for #ident {
            const DEPENDENCY: #core::Dependency = #core::Dependency::new("", #core::Demand::Name(""));
        }
    }
}
