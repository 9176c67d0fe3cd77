//! The function under the attribute: taken apart, and checked for what a registered function can be.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt as _, quote};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, FnArg, Pat, PatType, Safety, Signature, Type, Visibility};

use crate::errors::Errors;
use crate::injected::injected;
use crate::port::{self, PortOptions, is_named};
use crate::types::{self, Place};

/// The function as it was written. Its body is not looked at.
#[derive(Debug)]
pub(crate) struct FunctionItem {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    pub(crate) body: TokenStream,
}

impl Parse for FunctionItem {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: input.parse()?,
        })
    }
}

impl ToTokens for FunctionItem {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(quote! {
            #[allow(clippy::needless_pass_by_value, reason = "an app gives all that a function takes by value")]
        });
        tokens.append_all(&self.attributes);
        self.visibility.to_tokens(tokens);
        self.signature.to_tokens(tokens);
        self.body.to_tokens(tokens);
    }
}

/// One parameter that stands the checks.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) ident: Ident,
    /// Its name, which is the key of its port.
    pub(crate) key: String,
    pub(crate) ty: Type,
    /// The name of what the agent injects, in place of a port.
    pub(crate) injected: Option<&'static str>,
    pub(crate) options: PortOptions,
}

impl FunctionItem {
    /// Takes the `#[port]`s out of the function, and with them its parameters.
    pub(crate) fn take_parameters(&mut self, errors: &mut Errors) -> Vec<Parameter> {
        self.attributes.retain(|attribute| {
            if is_named(attribute, "port") {
                errors.on(attribute, "`#[port]` describes an argument; put it in front of that argument");
            } else if is_named(attribute, "register") {
                errors.on(
                    attribute,
                    "this function has a `#[register]` already; put everything into one of them",
                );
            } else {
                return true;
            }
            false
        });
        let mut parameters = Vec::new();
        for input in &mut self.signature.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    // What it says is of no use without the parameter.
                    receiver.attrs.retain(|attribute| !is_named(attribute, "port"));
                    errors.on(
                        &*receiver,
                        "a registered function runs without an object, so it cannot take `self`; register a free function",
                    );
                }
                FnArg::Typed(parameter) => parameters.extend(take_parameter(parameter, errors)),
            }
        }
        if let Some(variadic) = &self.signature.variadic {
            errors.on(
                variadic,
                "the arguments of a registered function are named, so they cannot be variadic; use a `Vec`",
            );
        }
        parameters
    }

    /// Whether it takes `self`, so that it stands where there can be no types beside it.
    pub(crate) fn is_method(&self) -> bool {
        self.signature.receiver().is_some()
    }

    /// Reports what a registered function cannot be.
    pub(crate) fn check(&self, errors: &mut Errors) {
        let signature = &self.signature;
        if let Some(token) = &signature.constness {
            errors.on(
                token,
                "a registered function cannot be `const`: it runs when it is called; remove `const`",
            );
        }
        if let Safety::Unsafe(token) = &signature.safety {
            errors.on(
                token,
                "a registered function cannot be `unsafe`: whoever calls it by a message cannot keep its contract",
            );
        }
        if let Some(abi) = &signature.abi {
            errors
                .on(abi, "a registered function cannot be `extern`: it is called by rekuest; remove the ABI");
        }
        let generics = &signature.generics;
        if !generics.params.is_empty() {
            errors.on(
                &generics.params,
                "a registered function cannot be generic: its ports have to be known when it is registered; name the types",
            );
        }
        if let Some(clause) = &generics.where_clause {
            errors.on(
                clause,
                "a registered function cannot have a `where` clause: there is nothing generic in it",
            );
        }
        if self.body.clone().into_iter().next().is_none_or(|first| !is_braces(&first)) {
            errors.on(&signature.ident, "a registered function needs a body");
        }
    }
}

fn take_parameter(parameter: &mut PatType, errors: &mut Errors) -> Option<Parameter> {
    let injected = injected(&parameter.ty);
    if let Some(name) = injected {
        refuse_port(parameter, name, errors);
    }
    let options = PortOptions::take(&mut parameter.attrs, port::Place::Argument, &parameter.ty, errors);
    for attribute in &parameter.attrs {
        if is_named(attribute, "cfg") || is_named(attribute, "cfg_attr") {
            errors
                .on(attribute, "whether there is an argument cannot depend on `cfg`; put it on the function");
        }
    }
    types::check(&parameter.ty, Place::Argument, errors);
    match &*parameter.pat {
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => Some(Parameter {
            ident: pattern.ident.clone(),
            key: pattern.ident.unraw().to_string(),
            ty: (*parameter.ty).clone(),
            injected,
            options,
        }),
        // What has no key needs no name.
        Pat::Wild(wild) if injected.is_some() => Some(Parameter {
            ident: Ident::new("_ignored", wild.underscore_token.span),
            key: "_".to_owned(),
            ty: (*parameter.ty).clone(),
            injected,
            options,
        }),
        other => {
            errors.on(
                other,
                "the name of an argument is the key of its port, so it has to be a plain name; take the value apart \
                 inside of the function",
            );
            None
        }
    }
}

/// Reports what is said about the port of a parameter that has none.
fn refuse_port(parameter: &mut PatType, name: &str, errors: &mut Errors) {
    parameter.attrs.retain(|attribute| {
        let is_port = is_named(attribute, "port");
        if is_port {
            errors.on(
                attribute,
                format!(
                    "a `{name}` is injected by the agent: it is no port and has no default; remove `#[port]`"
                ),
            );
        }
        !is_port
    });
}

pub(crate) fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace)
}

/// Why `item` is no function. `attribute` stands in front of it, and does this with functions.
pub(crate) fn not_a_function(
    attribute: &str,
    does: &str,
    item: TokenStream,
    error: syn::Error,
) -> syn::Error {
    const KINDS: [(&str, &str); 11] = [
        ("struct", "a struct"),
        ("enum", "an enum"),
        ("union", "a union"),
        ("trait", "a trait"),
        ("impl", "an `impl` block"),
        ("mod", "a module"),
        ("use", "a `use`"),
        ("type", "a type"),
        ("static", "a static"),
        ("const", "a constant"),
        ("let", "a variable"),
    ];
    let mut kind: Option<(Span, &str)> = None;
    for token in item {
        match &token {
            TokenTree::Ident(word) if word == "fn" => return error,
            TokenTree::Ident(word) if kind.is_none() => {
                kind =
                    KINDS.iter().find(|(keyword, _)| word == keyword).map(|(_, kind)| (word.span(), *kind));
            }
            // Whatever follows the name of a function is not a keyword of ours.
            TokenTree::Punct(punct) if matches!(punct.as_char(), '=' | ';') => break,
            _ => {}
        }
    }
    match kind {
        Some((span, kind)) => {
            syn::Error::new(span, format!("`#[{attribute}]` {does} functions, and this is {kind}"))
        }
        None => error,
    }
}
