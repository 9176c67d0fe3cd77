//! What is written down beside a registered function. It names only the vocabulary in `rekuest-core`.
//!
//! Idents of its own have a span of their own, so that they never meet those of the function. What a type has to be is
//! asked once, on the tokens of the user; everywhere else the type passes through `Checked`, which is never in the way.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, Lit, Type};

use super::registration::{Argument, Description, Registration};
use super::types;
use crate::arguments::literal;
use crate::errors::to_compile_errors;

/// The struct, its constants and its stub, and the entry in the registry.
pub(crate) fn expand(registration: &Registration) -> TokenStream {
    let Registration { ident, visibility, interface, .. } = registration;
    let core = core(registration);
    let structure = structure(registration);
    let definition = definition(registration, &core);
    let handler = handler(registration, &core);
    let call = call(registration, &core);
    let defaults = registration.arguments.iter().filter_map(default_function);
    // The line of the function, not that of the attribute.
    let location = quote_spanned! {ident.span()=>
        #core::Location { file: ::core::file!(), line: ::core::line!() }
    };
    quote! {
        #structure
        #[allow(dead_code, deprecated, reason = "not every program uses all that is made for a function")]
        impl #ident {
            #definition
            /// How this app runs it.
            #visibility const IMPLEMENTATION: #core::Implementation = #core::Implementation {
                interface: #interface,
                definition: Self::DEFINITION,
                handler: #handler,
                location: #location,
            };
            #call
            #(#defaults)*
        }
        #core::__private::inventory::submit! { #core::Registered(&#ident::IMPLEMENTATION) }
    }
}

/// What stands in for the expansion of a function with mistakes, so that who uses it is not told of them again. The
/// type of `call` is the first mistake, which makes every call of it right.
pub(crate) fn refuse(registration: &Registration, first: &syn::Error, others: &[syn::Error]) -> TokenStream {
    let Registration { ident, visibility, .. } = registration;
    let core = core(registration);
    let structure = structure(registration);
    let first = first.to_compile_error();
    let others = to_compile_errors(others);
    quote! {
        #others
        #structure
        #[allow(dead_code, non_upper_case_globals, reason = "stands in for what could not be made")]
        impl #ident {
            #visibility const DEFINITION: #core::Definition = #core::Definition::function("");
            #visibility const call: #first = ();
        }
    }
}

/// Where the vocabulary is found.
fn core(registration: &Registration) -> TokenStream {
    let facade = &registration.facade;
    quote!(#facade::__core)
}

fn structure(registration: &Registration) -> TokenStream {
    let Registration { ident, visibility, name, .. } = registration;
    let doc =
        format!("The registered function \"{name}\": its definition, and how to call whoever provides it.");
    quote! {
        #[doc = #doc]
        #[allow(non_camel_case_types, reason = "a registered function and its struct have one name")]
        #visibility struct #ident {}
    }
}

/// `DEFINITION`: const builders, over ports that the types make.
fn definition(registration: &Registration, core: &TokenStream) -> TokenStream {
    let Registration { visibility, name, collections, is_test_for, .. } = registration;
    let description = match &registration.description {
        Description::Given(text) => quote!(.described(#text)),
        Description::Missing => quote!(.described(#core::definition::NO_DESCRIPTION)),
        Description::Absent => TokenStream::new(),
    };
    let is_dev = registration.is_dev.then(|| quote!(.in_development()));
    let collections = (!collections.is_empty()).then(|| quote!(.in_collections(&[#(#collections),*])));
    let stateful = registration.stateful.then(|| quote!(.stateful()));
    let tests = (!is_test_for.is_empty()).then(|| quote!(.testing(&[#(&<#is_test_for>::DEFINITION),*])));
    let logo = registration.logo.as_ref().map(|logo| quote!(.with_logo(#logo)));

    let (declared_args, args) = arguments(registration, core);
    let (declared_returns, returns) = returns(registration, core);
    quote! {
        /// The documented signature.
        #visibility const DEFINITION: #core::Definition = {
            #declared_args
            #declared_returns
            #core::Definition::function(#name)
                #description #is_dev #collections #stateful #tests #logo #args #returns
        };
    }
}

/// The ports of the arguments: the constants that make them, and the builder that takes them. The first use of each
/// type, and the one that says when a type cannot be a parameter.
fn arguments(registration: &Registration, core: &TokenStream) -> (TokenStream, TokenStream) {
    if registration.arguments.is_empty() {
        return (TokenStream::new(), TokenStream::new());
    }
    let owner = &registration.ident;
    let arguments = registration.arguments.iter().map(|argument| {
        let Argument { key, ty, label, description, .. } = argument;
        let port = quote_spanned!(ty.span()=> <#ty as #core::Parameter>::PORT);
        let label = label.as_ref().map(|label| quote!(.labelled(#label)));
        let description = description.as_ref().map(|description| quote!(.described(#description)));
        let default = argument.default.as_ref().map(|_| {
            let function = default_name(argument);
            quote!(.with_default(|| __Checked::<#ty>::default_json(#owner::#function())))
        });
        quote!(#core::__private::Argument::new(#port, #key) #label #description #default)
    });
    let with_defaults = registration.arguments.iter().any(|argument| argument.default.is_some());
    let checked = with_defaults.then(|| {
        quote! {
            use #core::__private::{Checked as __Checked, Unchecked as _};
        }
    });
    let declared = quote! {
        #checked
        const __ARGUMENTS: &[#core::__private::Argument] = &[#(#arguments),*];
        const __ARGS: &[#core::Port] =
            &#core::__private::collect_ports::<{ #core::__private::count_ports(__ARGUMENTS) }>(__ARGUMENTS);
    };
    (declared, quote!(.with_args(__ARGS)))
}

/// The ports of the returns, likewise.
fn returns(registration: &Registration, core: &TokenStream) -> (TokenStream, TokenStream) {
    let Some(output) = types::of_output(&registration.output) else {
        return (TokenStream::new(), TokenStream::new());
    };
    let assertions = assert_output(output, core);
    let ports = quote!(#core::__private::Checked::<#output>::RETURNS);
    let mut declared = quote! {
        #assertions
        use #core::__private::Unchecked as _;
    };
    if registration.returns.is_empty() {
        return (declared, quote!(.with_returns(#ports)));
    }
    let described = registration.returns.iter().map(|documented| {
        let (label, description) = (&documented.label, &documented.description);
        quote!((#label, #description))
    });
    declared.extend(quote! {
        const __RETURNS: &[#core::Port] =
            &#core::__private::describe_returns::<{ #ports.len() }>(#ports, &[#(#described),*]);
    });
    (declared, quote!(.with_returns(__RETURNS)))
}

/// Says when a part of what is returned cannot be: as precisely as it is written. A type that is neither a `Result`
/// nor a tuple is checked by [`returned`] alone.
fn assert_output(output: &Type, core: &TokenStream) -> TokenStream {
    let mut assertions = Vec::new();
    let success = match types::arguments_of(output, "Result") {
        Some(arguments) => {
            let success = arguments.first().copied();
            let cause = arguments.get(1).map_or_else(|| output.span(), |cause| cause.span());
            assertions.push(quote_spanned! {cause=>
                <<#output as #core::__private::Fallible>::Cause as #core::__private::Cause>::into_error
            });
            if !matches!(success.map(types::ungroup), Some(Type::Tuple(_))) {
                let success = success.map_or_else(|| output.span(), |success| success.span());
                assertions.push(quote_spanned! {success=>
                    <<#output as #core::__private::Fallible>::Success as #core::Returns>::PORTS
                });
            }
            success
        }
        None => Some(output),
    };
    if let Some(Type::Tuple(tuple)) = success.map(types::ungroup) {
        assertions.extend(
            tuple
                .elems
                .iter()
                .map(|element| quote_spanned!(element.span()=> <#element as #core::Shrink>::shrink)),
        );
    }
    quote!(#(const _: () = { let _ = #assertions; };)*)
}

/// The call that a caller gets.
fn returned(registration: &Registration, core: &TokenStream) -> TokenStream {
    let Some(output) = types::of_output(&registration.output) else { return quote!(#core::Call<'c, ()>) };
    if types::arguments_of(output, "Result").is_some() {
        quote!(#core::Call<'c, <#output as #core::__private::Fallible>::Success>)
    } else if let Type::Tuple(_) = output {
        quote!(#core::Call<'c, #output>)
    } else {
        quote_spanned!(output.span()=> #core::Call<'c, <#output as #core::Output>::Returns>)
    }
}

/// Reads the arguments, calls the function, hands over what it returned.
fn handler(registration: &Registration, core: &TokenStream) -> TokenStream {
    let function = &registration.ident;
    let invocation = own("invocation");
    let arguments = own("arguments");
    let values: Vec<Ident> =
        (0..registration.arguments.len()).map(|index| own(&format!("value{index}"))).collect();
    let take = registration.arguments.iter().zip(&values).map(|(argument, value)| {
        let Argument { key, ty, .. } = argument;
        let taken = match &argument.default {
            Some(_) => {
                let default = default_name(argument);
                quote!(take_or(&#invocation, &#arguments, #key, Self::#default))
            }
            None => quote!(take(&#invocation, &#arguments, #key)),
        };
        quote!(let #value = __Checked::<#ty>::#taken.await?;)
    });
    let parse = (!values.is_empty()).then(|| quote!(let #arguments = #invocation.arguments()?;));
    let output =
        types::of_output(&registration.output).map_or_else(|| quote!(()), |output| output.to_token_stream());
    let run = if registration.is_async {
        quote!(#function(#(#values),*).await)
    } else {
        quote!(#invocation.block(move || #function(#(#values),*)).await?)
    };
    quote! {
        |#invocation| {
            use #core::__private::{Checked as __Checked, Unchecked as _};
            ::std::boxed::Box::pin(async move {
                #parse
                #(#take)*
                __Checked::<#output>::finish(&#invocation, #run).await
            })
        }
    }
}

/// The typed stub.
fn call(registration: &Registration, core: &TokenStream) -> TokenStream {
    let Registration { visibility, ident: function, .. } = registration;
    let returned = returned(registration, core);
    let (caller, writer) = (own("caller"), own("writer"));
    let declared = registration.arguments.iter().map(|argument| {
        let Argument { ident, ty, default, .. } = argument;
        match default {
            Some(_) => {
                let ty = types::option_of(ty).unwrap_or(ty);
                quote!(#ident: impl ::core::convert::Into<::core::option::Option<#ty>>)
            }
            None => quote!(#ident: #ty),
        }
    });
    let converted =
        registration.arguments.iter().filter(|argument| argument.default.is_some()).map(|argument| {
            let Argument { ident, ty, .. } = argument;
            let ty = types::option_of(ty).unwrap_or(ty);
            quote!(let #ident: ::core::option::Option<#ty> = ::core::convert::Into::into(#ident);)
        });
    let put = registration.arguments.iter().map(|argument| {
        let Argument { ident, key, ty, default, .. } = argument;
        match default {
            Some(_) => {
                let ty = types::option_of(ty).unwrap_or(ty);
                quote!(__Checked::<#ty>::put_or_default(&mut #writer, #key, #ident).await?;)
            }
            None => quote!(__Checked::<#ty>::put(&mut #writer, #key, #ident).await?;),
        }
    });
    let mutable = (!registration.arguments.is_empty()).then(|| quote!(mut));
    quote! {
        /// Calls whoever provides the function. Nothing happens until the call is awaited.
        #visibility fn call<'c>(#caller: &'c dyn #core::Caller, #(#declared),*) -> #returned {
            use #core::__private::{Checked as __Checked, Unchecked as _};
            static __ACTION: #core::__private::ActionRef =
                #core::__private::ActionRef::new(&#function::DEFINITION);
            #(#converted)*
            #core::Call::of(#caller, &__ACTION, async move {
                let #mutable #writer = #core::ArgumentsWriter::new(#caller.contexts());
                #(#put)*
                #writer.finish()
            })
        }
    }
}

/// The function that makes a default. Its body is what the user wrote, and nothing else is in scope there.
fn default_function(argument: &Argument) -> Option<TokenStream> {
    let default = argument.default.as_ref()?;
    let ty = &argument.ty;
    let name = default_name(argument);
    let value = default_value(default, ty);
    Some(quote! {
        #[doc(hidden)]
        fn #name() -> #ty { #value }
    })
}

/// The default, with the conversions that nobody should have to write.
fn default_value(default: &Expr, ty: &Type) -> TokenStream {
    let written = literal(default);
    let is_literal =
        written.is_some() || matches!(default, Expr::Unary(unary) if literal(&unary.expr).is_some());
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

fn default_name(argument: &Argument) -> Ident {
    format_ident!("__default_{}", argument.key)
}

/// A local name that cannot meet one of the function.
fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}
