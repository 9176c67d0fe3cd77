//! How a registered function is called: the typed stub, and what code knows of it that is given it as a type.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Type;

use super::expansion::{ends, list, own, passing_types, use_checked};
use super::registration::{Argument, Registration};
use crate::types::{self, moved};

/// How the arguments of a call are put under their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// By what the function is to code that is given it as a type.
    AsRegistered,
    /// In the stub itself.
    Here,
}

/// The typed stub.
pub(crate) fn call(registration: &Registration, core: &TokenStream, sent: Sent) -> TokenStream {
    let Registration { visibility, ident: function, .. } = registration;
    let returned = returned_call(registration, core);
    let caller = own("caller");
    let declared = registration.ports().map(|argument| {
        let Argument { ident, ty, .. } = argument;
        match or_default(argument) {
            Some(option) => quote!(#ident: impl ::core::convert::Into<#option>),
            None => quote!(#ident: #ty),
        }
    });
    let given = registration.ports().map(|argument| {
        let ident = &argument.ident;
        match or_default(argument) {
            Some(_) => quote!(::core::convert::Into::into(#ident)),
            None => ident.to_token_stream(),
        }
    });
    let sent = match sent {
        Sent::AsRegistered => quote!(<Self as #core::RegisteredFunction>::sent((#(#given,)*))),
        Sent::Here => list(
            registration
                .ports()
                .map(|argument| &argument.key)
                .zip(given.collect::<Vec<_>>())
                .map(|(key, value)| quote!((#key, #value)))
                .collect::<Vec<_>>()
                .into_iter(),
        ),
    };
    let types = passing_types(registration.ports(), registration);
    let checked = use_checked(core);
    let stub = stub_name(registration);
    let called = quote! {
        __Checked::<#types>::call(
            #caller,
            {
                static __ACTION: #core::__private::ActionRef =
                    #core::__private::ActionRef::new(&<#function as #core::Callable>::DEPENDENCY);
                &__ACTION
            },
            #sent,
        )
    };
    let (doc, called) = match registration.generator {
        None => ("Calls whoever provides the function. Nothing happens until the call is awaited.", called),
        Some(_) => (
            "Calls whoever provides the function, and streams its items. Nothing happens until the stream is polled.",
            quote!(#core::Call::stream(#called)),
        ),
    };
    quote! {
        #[doc = #doc]
        // Compiled where it is called, and nowhere if it is not.
        #[inline]
        #visibility fn #stub<'c>(#caller: &'c dyn #core::Caller, #(#declared),*) -> #returned {
            #checked
            #called
        }
    }
}

/// What the struct of the function is to code that is given it as a type.
pub(super) fn registered(registration: &Registration, core: &TokenStream) -> TokenStream {
    let function = &registration.ident;
    let types: Vec<TokenStream> = registration
        .ports()
        .map(|argument| or_default(argument).unwrap_or_else(|| argument.ty.to_token_stream()))
        .collect();
    let values: Vec<Ident> = (0..types.len()).map(|index| own(&format!("value{index}"))).collect();
    let sent = list(types.iter().map(|ty| quote!(#core::__private::Keyed<#ty>)));
    let keys: Vec<&String> = registration.ports().map(|argument| &argument.key).collect();
    // Nothing is written out as such: `()` in the place of a body would be warned of.
    let keyed =
        (!keys.is_empty()).then(|| list(keys.iter().zip(&values).map(|(key, value)| quote!((#key, #value)))));
    let returned = returned(registration, core);
    // A type that is more private than the function is told of on the function's name.
    let associated = quote_spanned! {function.span()=>
        type Arguments = (#(#types,)*);
        type Sent = #sent;
        type Returns = #returned;
    };
    quote! {
        impl #core::RegisteredFunction for #function {
            const IMPLEMENTATION: #core::Implementation = #function::IMPLEMENTATION;
            #associated
            fn sent((#(#values,)*): Self::Arguments) -> Self::Sent {
                #keyed
            }
        }
    }
}

/// A function is called, a generator streamed.
pub(crate) fn stub_name(registration: &Registration) -> Ident {
    let name = if registration.generator.is_some() { "stream" } else { "call" };
    Ident::new(name, Span::call_site())
}

/// The `Option` that a caller may leave out, for an argument with a default.
fn or_default(argument: &Argument) -> Option<TokenStream> {
    argument.options.default.as_ref()?;
    let ty = types::option_of(&argument.ty).unwrap_or(&argument.ty);
    Some(quote!(::core::option::Option<#ty>))
}

/// The call that a caller gets, with what it returns.
fn returned_call(registration: &Registration, core: &TokenStream) -> TokenStream {
    let call = if registration.generator.is_some() { quote!(CallStream) } else { quote!(Call) };
    let returned = returned(registration, core);
    // The compiler looks at this type and at what is in it; where both have one place, it tells a mistake once.
    let (first, last) =
        types::of_output(&registration.output).map_or_else(|| (Span::call_site(), Span::call_site()), ends);
    let core = moved(core, first);
    let open = quote_spanned!(first=> #core::#call<'c,);
    let close = quote_spanned!(last=> >);
    quote!(#open #returned #close)
}

/// What a caller gets, as far as it is written.
fn returned(registration: &Registration, core: &TokenStream) -> TokenStream {
    let Some(output) = types::of_output(&registration.output) else { return quote!(()) };
    if types::arguments_of(output, "Result").is_some() {
        quote!(<#output as #core::__private::Fallible>::Success)
    } else if types::is_certain(output) || matches!(output, Type::Tuple(_)) {
        output.to_token_stream()
    } else {
        let (first, last) = ends(output);
        let core = moved(core, first);
        let open = quote_spanned!(first=> <);
        let close = quote_spanned!(last=> Returns);
        quote!(#open #output as #core::Output>::#close)
    }
}
