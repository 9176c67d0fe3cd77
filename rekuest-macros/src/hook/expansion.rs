//! What is written down beside a hook. It names only the vocabulary in `rekuest-core`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Type, parse_quote};

use super::{HookFunction, Kind};
use crate::errors::to_compile_errors;
use crate::register::expansion::{list, own};
use crate::types::{self, moved};

/// The struct of the hook, its constant, and the entry in the registry.
pub(super) fn expand(hook: &HookFunction) -> TokenStream {
    let HookFunction { kind, function, options, .. } = hook;
    let core = core(hook);
    let ident = &function.signature.ident;
    let visibility = &function.visibility;
    let structure = structure(hook);
    let hooked = format_ident!("{}", kind.hook());
    let about = about(hook, &core);
    let timeout = options.timeout;
    let timeout = quote!(timeout: ::core::time::Duration::from_millis(#timeout),);
    let parts = match kind {
        Kind::Startup => {
            let (provides, run) = (provides(hook, &core), run_startup(hook, &core));
            quote!(#timeout provides: #provides, run: #run,)
        }
        Kind::Background => {
            let (needs, run) = (needs(hook, &core), run(hook, &core));
            let on_failure = if options.stops { quote!(Stop) } else { quote!(Restart) };
            quote!(needs: #needs, on_failure: #core::hook::OnFailure::#on_failure, run: #run,)
        }
        Kind::Shutdown => {
            let (needs, run) = (needs(hook, &core), run(hook, &core));
            quote!(#timeout needs: #needs, run: #run,)
        }
    };
    quote! {
        #structure
        impl #core::hook::HookFunction<#core::hook::#hooked> for #ident {
            const HOOK: #core::hook::#hooked = #core::hook::#hooked { #about #parts };
        }
        #[allow(dead_code, reason = "it is for apps that name their hooks")]
        impl #ident {
            /// The hook, for `App::hook`.
            #visibility const HOOK: #core::hook::#hooked =
                <Self as #core::hook::HookFunction<#core::hook::#hooked>>::HOOK;
        }
        #core::__private::inventory::submit! {
            #core::hook::RegisteredHook(#core::Hook::#hooked(&#ident::HOOK))
        }
    }
}

/// What stands in for a hook with mistakes, so that who names it is not told of them again.
pub(super) fn refuse(hook: &HookFunction, mistakes: &[syn::Error]) -> TokenStream {
    let core = core(hook);
    let structure = structure(hook);
    let ident = &hook.function.signature.ident;
    let visibility = &hook.function.visibility;
    let hooked = format_ident!("{}", hook.kind.hook());
    let mistakes = to_compile_errors(mistakes);
    quote! {
        #mistakes
        #structure
        impl #core::hook::HookFunction<#core::hook::#hooked> for #ident {
            const HOOK: #core::hook::#hooked = #core::hook::#hooked::REFUSED;
        }
        #[allow(dead_code, reason = "stands in for what could not be made")]
        impl #ident {
            #visibility const HOOK: #core::hook::#hooked = #core::hook::#hooked::REFUSED;
        }
    }
}

/// Where the vocabulary is found.
fn core(hook: &HookFunction) -> TokenStream {
    let facade = &hook.options.facade;
    quote!(#facade::__core)
}

fn structure(hook: &HookFunction) -> TokenStream {
    let ident = &hook.function.signature.ident;
    let visibility = &hook.function.visibility;
    let doc = format!(
        "The {} function `{}`, for `after` and for `App::hook`.",
        hook.kind.attribute(),
        ident.unraw()
    );
    quote! {
        #[doc = #doc]
        #[allow(non_camel_case_types, reason = "a hook and its struct have one name")]
        #visibility struct #ident {}
    }
}

/// Its name, its place, its order.
fn about(hook: &HookFunction, core: &TokenStream) -> TokenStream {
    let HookFunction { kind, function, options, .. } = hook;
    let ident = &function.signature.ident;
    let name = ident.unraw().to_string();
    let hooked = format_ident!("{}", kind.hook());
    let after = options.after.iter().map(|earlier| {
        let core = moved(core, earlier.span());
        quote_spanned! {earlier.span()=>
            || const { &<#earlier as #core::hook::HookFunction<#core::hook::#hooked>>::HOOK }
        }
    });
    let execution = if function.signature.asyncness.is_some() { quote!(Async) } else { quote!(Blocking) };
    // The line of the function, not that of the attribute.
    let location = quote_spanned! {ident.span()=>
        #core::Location { file: ::core::file!(), line: ::core::line!() }
    };
    quote! {
        about: #core::hook::About {
            name: #name,
            location: #location,
            after: &[#(#after),*],
            execution: #core::Execution::#execution,
        },
    }
}

/// What it evaluates to.
fn output(hook: &HookFunction) -> Type {
    types::of_output(&hook.function.signature.output).cloned().unwrap_or_else(|| parse_quote!(()))
}

/// What it gives. Where it can give no such thing, the type is underlined.
fn provides(hook: &HookFunction, core: &TokenStream) -> TokenStream {
    let output = output(hook);
    let core = moved(core, output.span());
    quote_spanned!(output.span()=> #core::hook::given_by::<#output>)
}

/// Runs a startup function.
fn run_startup(hook: &HookFunction, core: &TokenStream) -> TokenStream {
    let ident = &hook.function.signature.ident;
    let output = output(hook);
    let instance = own("instance");
    let given = hook.takes.first().map(|ty| match types::ungroup(ty) {
        Type::Reference(_) => quote!(&#instance),
        _ => instance.to_token_stream(),
    });
    let (start, called) = match hook.function.signature.asyncness {
        Some(_) => (quote!(spawn), quote!(async move { let _ = &#instance; #ident(#given).await })),
        None => (quote!(block), quote!({ let _ = &#instance; #ident(#given) })),
    };
    let given = own("given");
    quote! {
        |#given| {
            use #core::hook::{Starts as __Starts, UncheckedStarts as _};
            __Starts::<#output>::#start(#given, |#instance| #called)
        }
    }
}

/// What it needs of its app. Where the app can have no such thing, the type is underlined.
fn needs(hook: &HookFunction, core: &TokenStream) -> TokenStream {
    let needs = hook.takes.iter().map(|ty| {
        let core = moved(core, ty.span());
        quote_spanned!(ty.span()=> <#ty as #core::Injected>::NEED)
    });
    quote!(&[#(#needs),*])
}

/// Runs a background or shutdown function. Where it evaluates to what no hook does, that is underlined.
fn run(hook: &HookFunction, core: &TokenStream) -> TokenStream {
    let ident = &hook.function.signature.ident;
    let app = own("app");
    let output = output(hook);
    let asked = {
        let core = moved(core, output.span());
        quote_spanned!(output.span()=> <#output as #core::hook::HookOutput>::ended)
    };
    let values: Vec<Ident> = (0..hook.takes.len()).map(|index| own(&format!("value{index}"))).collect();
    let types = list(hook.takes.iter().map(|ty| ty.to_token_stream()));
    let parameters = list(values.iter().map(|value| value.to_token_stream()));
    let run = if hook.function.signature.asyncness.is_some() { quote!(spawn) } else { quote!(block) };
    quote! {
        |#app| {
            use #core::hook::{Runs as __Runs, UncheckedRuns as _};
            let _ = #asked;
            __Runs::<(#types, #output)>::#run(#app, |#parameters| #ident(#(#values),*))
        }
    }
}
