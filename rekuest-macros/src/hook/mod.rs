//! `#[startup]`, `#[background]`, `#[shutdown]`: what runs beside the functions of an app.

mod expansion;
mod options;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{FnArg, Safety, Type};

use crate::errors::{Errors, to_compile_errors};
use crate::port::is_named;
use crate::register::signature::{FunctionItem, is_braces, not_a_function};
use crate::types;
use options::Options;

/// Which hook it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Startup,
    Background,
    Shutdown,
}

impl Kind {
    /// The name of the attribute.
    fn attribute(self) -> &'static str {
        match self {
            Self::Startup => "startup",
            Self::Background => "background",
            Self::Shutdown => "shutdown",
        }
    }

    /// The name of what it makes of a function.
    fn hook(self) -> &'static str {
        match self {
            Self::Startup => "Startup",
            Self::Background => "Background",
            Self::Shutdown => "Shutdown",
        }
    }
}

/// A function that is a hook.
#[derive(Debug)]
struct HookFunction {
    kind: Kind,
    function: FunctionItem,
    options: Options,
    /// The types of its parameters.
    takes: Vec<Type>,
}

/// The function, and what makes a hook of it; or the function, and all that is wrong with it.
pub(crate) fn hook(kind: Kind, arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let options = Options::parse(kind, arguments, &mut errors);
    let mut function: FunctionItem = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let does = "makes hooks of";
            errors.push(not_a_function(kind.attribute(), does, item.clone(), error));
            let errors = to_compile_errors(&errors.into_found());
            return quote!(#item #errors);
        }
    };
    check(kind, &mut function, &mut errors);
    let takes = parameters(kind, &function, &mut errors);
    let hook = HookFunction { kind, function, options, takes };
    let found = errors.into_found();
    let mut tokens = hook.function.to_token_stream();
    tokens.extend(match found.is_empty() {
        true => expansion::expand(&hook),
        false if hook.function.is_method() => to_compile_errors(&found),
        false => expansion::refuse(&hook, &found),
    });
    tokens
}

/// Reports what a hook cannot be.
fn check(kind: Kind, function: &mut FunctionItem, errors: &mut Errors) {
    let name = kind.attribute();
    let signature = &function.signature;
    if let Some(token) = &signature.constness {
        errors.on(token, format!("a {name} function is run by the app, so it cannot be `const`; remove it"));
    }
    if let Safety::Unsafe(token) = &signature.safety {
        errors.on(
            token,
            format!("a {name} function is run by the app, which cannot keep the contract of `unsafe`"),
        );
    }
    if let Some(abi) = &signature.abi {
        errors.on(
            abi,
            format!("a {name} function is run by the app, so it cannot be `extern`; remove the ABI"),
        );
    }
    let generics = &signature.generics;
    if !generics.params.is_empty() {
        errors.on(
            &generics.params,
            format!("a {name} function is run by the app as it is, so it cannot be generic; name the types"),
        );
    }
    if function.body.clone().into_iter().next().is_none_or(|first| !is_braces(&first)) {
        errors.on(&signature.ident, format!("a {name} function needs a body"));
    }
    function.attributes.retain(|attribute| {
        let others = ["startup", "background", "shutdown", "register", "declare"];
        let other = others.iter().find(|other| is_named(attribute, other));
        if let Some(other) = other {
            errors.on(
                attribute,
                format!("this function is a {name} function already, so it cannot have `#[{other}]` too"),
            );
        }
        other.is_none()
    });
    if let Some(output) = types::of_output(&signature.output)
        && let Type::ImplTrait(_) = types::ungroup(output)
    {
        errors.on(
            output,
            format!("what a {name} function returns is known by its type, so it has to be named"),
        );
    }
}

/// The types of the parameters, as far as a hook can have them.
fn parameters(kind: Kind, function: &FunctionItem, errors: &mut Errors) -> Vec<Type> {
    let mut takes = Vec::new();
    for input in &function.signature.inputs {
        match input {
            FnArg::Receiver(receiver) => {
                let name = kind.attribute();
                errors.on(
                    receiver,
                    format!("a {name} function runs without an object, so it cannot take `self`; use a free function"),
                );
            }
            FnArg::Typed(parameter) => takes.push((*parameter.ty).clone()),
        }
    }
    if kind == Kind::Startup {
        if let Some(wrong) = takes.iter().find(|ty| !is_text(ty)).or(takes.get(1)) {
            errors.on(
                wrong,
                "a startup function makes what others take, so there is nothing for it to take but the id of the app's \
                 instance, as a `String` or `&str`",
            );
        }
    } else {
        for ty in &takes {
            types::check(ty, types::Place::Argument, errors);
        }
    }
    takes
}

fn is_text(ty: &Type) -> bool {
    match types::ungroup(ty) {
        Type::Reference(reference) => {
            reference.mutability.is_none() && types::is_one_of(&reference.elem, &["str"])
        }
        owned => types::is_one_of(owned, &["String"]),
    }
}
