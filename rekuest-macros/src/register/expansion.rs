//! What is written down beside a registered function. It names only the vocabulary in `rekuest-core`.
//!
//! Idents of its own have a span of their own, so that they never meet those of the function. What a type has to be is
//! asked once, on the tokens of the user; everywhere else the type passes through `Checked`, which is never in the way.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Expr, Type};

use super::calling::{Sent, call, registered, stub_name};
use super::evaluation::Items;
use super::options::{Dependency, PortGroup};
use super::registration::{Argument, Description, Registration};
use crate::default::default_value;
use crate::errors::to_compile_errors;
use crate::injected::{is_of_the_app, with_port};
use crate::port::Effect;
use crate::types::{self, moved};

/// The struct, its constants and its stub, and the entry in the registry.
pub(crate) fn expand(registration: &Registration) -> TokenStream {
    let Registration { ident, visibility, interface, .. } = registration;
    let core = core(registration);
    let structure = structure(registration);
    let definition = definition(registration, &core);
    let handler = handler(registration, &core);
    let execution = execution(registration, &core);
    let concurrency =
        registration.concurrency.as_ref().map_or_else(|| optional(None), |most| at_most(most, &core));
    let group = optional(registration.group.as_ref().map(|group| group.to_token_stream()));
    let needs = needs(registration, &core);
    let ungrouped = registration.ungrouped;
    let dependencies = dependencies(registration, &core);
    let call = call(registration, &core, Sent::AsRegistered);
    let registered = registered(registration, &core);
    let key = ident.unraw().to_string();
    let defaults = registration.arguments.iter().filter_map(default_function);
    let annotations = registration.arguments.iter().filter_map(|argument| annotations(argument, &core));
    // The line of the function, not that of the attribute.
    let location = quote_spanned! {ident.span()=>
        #core::Location { file: ::core::file!(), line: ::core::line!() }
    };
    quote! {
        #structure
        #[allow(
            dead_code,
            deprecated,
            non_snake_case,
            non_upper_case_globals,
            clippy::too_many_arguments,
            reason = "the function itself is warned of where there is reason to"
        )]
        impl #ident {
            #definition
            /// How this app runs it.
            #visibility const IMPLEMENTATION: #core::Implementation = #core::Implementation {
                interface: #interface,
                definition: Self::DEFINITION,
                handler: #handler,
                execution: #execution,
                concurrency: #concurrency,
                group: #group,
                needs: #needs,
                ungrouped: #ungrouped,
                dependencies: #dependencies,
                location: #location,
            };
            #call
            #(#defaults)*
            #(#annotations)*
        }
        #registered
        impl #core::Callable for #ident {
            const DEPENDENCY: #core::Dependency =
                #core::Dependency::new(#key, #core::Demand::Definition(&#ident::DEFINITION));
        }
        #core::__private::inventory::submit! { #core::Registered(&#ident::IMPLEMENTATION) }
    }
}

/// What stands in for the expansion of a function with mistakes, so that who uses it is not told of them again. The
/// last mistake is the length of an array in the signature of `call`, with which the compiler finds fault only once,
/// however `call` is called.
pub(crate) fn refuse(registration: &Registration, mistakes: &[syn::Error], last: &syn::Error) -> TokenStream {
    let Registration { ident, visibility, .. } = registration;
    let core = core(registration);
    let structure = structure(registration);
    let mistakes = to_compile_errors(mistakes);
    let last = last.to_compile_error();
    let refused = format_ident!("__{}_refused", ident);
    let stub = stub_name(registration);
    quote! {
        #mistakes
        #structure
        #[allow(non_camel_case_types, reason = "stands in for what could not be made")]
        type #refused = [(); #last];
        #[allow(dead_code, non_upper_case_globals, reason = "stands in for what could not be made")]
        impl #ident {
            #visibility const DEFINITION: #core::Definition =
                #core::Definition::of(#core::__private::DefinitionParts::NOTHING);
            #visibility fn #stub(_: #refused) -> #refused { loop {} }
        }
        impl #core::RegisteredFunction for #ident {
            const IMPLEMENTATION: #core::Implementation = #core::__private::REFUSED;
            type Arguments = #refused;
            type Sent = ();
            type Returns = #refused;
            fn sent(_: #refused) {}
        }
        impl #core::Callable for #ident {
            const DEPENDENCY: #core::Dependency = #core::Dependency::new("", #core::Demand::Name(""));
        }
    }
}

/// What it needs of its app, one for each parameter that the app gives.
fn needs(registration: &Registration, core: &TokenStream) -> TokenStream {
    let of_the_app = registration.arguments.iter().filter(|argument| is_of_the_app(&argument.ty));
    // Where the app can have no such thing, the type is underlined.
    let needs = of_the_app.map(|Argument { ty, .. }| {
        let core = moved(core, ty.span());
        quote_spanned!(ty.span()=> <#ty as #core::Injected>::NEED)
    });
    quote!(&[#(#needs),*])
}

/// The functions that it calls.
fn dependencies(registration: &Registration, core: &TokenStream) -> TokenStream {
    if registration.dependencies.is_empty() {
        return quote!(&[]);
    }
    let dependencies = registration.dependencies.iter().map(|Dependency { function, optional }| {
        let optional = optional.then(|| quote!(.optional()));
        let core = moved(core, function.span());
        quote_spanned!(function.span()=> <#function as #core::Callable>::DEPENDENCY #optional)
    });
    let last = registration.dependencies.last().map_or_else(Span::call_site, |last| last.function.span());
    let core = moved(core, last);
    quote_spanned!(last=> #core::__private::distinct(&[#(#dependencies),*]))
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

/// `DEFINITION`: a struct of what is said, over ports that the types make.
fn definition(registration: &Registration, core: &TokenStream) -> TokenStream {
    let Registration { visibility, name, collections, interfaces, is_test_for, .. } = registration;
    let some = |value: TokenStream| quote!(::core::option::Option::Some(#value));
    let description = match &registration.description {
        Description::Given(text) => Some(text.to_token_stream()),
        Description::Missing => Some(quote!(#core::definition::NO_DESCRIPTION)),
        Description::Absent => None,
    };
    let description = description.map(some).map(|description| quote!(description: #description,));
    let kind = registration.generator.is_some().then(|| quote!(kind: #core::ActionKind::Generator,));
    let is_dev = registration.is_dev.then(|| quote!(is_dev: true,));
    let collections = (!collections.is_empty()).then(|| quote!(collections: &[#(#collections),*],));
    let interfaces = (!interfaces.is_empty()).then(|| quote!(interfaces: &[#(#interfaces),*],));
    let stateful = registration.stateful.then(|| quote!(stateful: true,));
    let tests = (!is_test_for.is_empty()).then(|| quote!(is_test_for: &[#(&<#is_test_for>::DEFINITION),*],));
    let logo = registration.logo.as_ref().map(|logo| some(logo.to_token_stream()));
    let logo = logo.map(|logo| quote!(logo: #logo,));
    let groups = port_groups(registration, core);
    let arguments = argument_ports(registration, core);
    let arguments = (!arguments.is_empty()).then(|| quote!(args: &[#(#arguments),*],));
    let (assertions, returns) = return_ports(registration, core);
    let returns = returns.map(|ports| quote!(returns: #ports,));
    let described = registration.returns.iter().map(|options| options.all_annotations(core));
    let described =
        (!registration.returns.is_empty()).then(|| quote!(described_returns: &[#(#described),*],));
    let checked = use_checked(core);
    let dependencies = shared_dependencies(registration, core);
    let injected = injected(registration, core);
    quote! {
        /// The documented signature.
        #visibility const DEFINITION: #core::Definition = {
            #checked
            #assertions
            #injected
            #dependencies
            #core::Definition::of(#core::__private::DefinitionParts {
                name: #name,
                #description #kind #is_dev #collections #interfaces #stateful #tests #logo #groups #arguments #returns
                #described
                ..#core::__private::DefinitionParts::NOTHING
            })
        };
    }
}

/// Brings into scope what types pass through.
pub(crate) fn use_checked(core: &TokenStream) -> TokenStream {
    quote!(use #core::__private::{Checked as __Checked, Unchecked as _};)
}

/// The ports of the arguments. The first use of each type, and the one that says when a type cannot be a parameter.
pub(crate) fn argument_ports(registration: &Registration, core: &TokenStream) -> Vec<TokenStream> {
    let owner = &registration.ident;
    let arguments = registration.ports().map(|argument| {
        let Argument { key, ty, label, description, options, .. } = argument;
        let port = quote_spanned!(ty.span()=> <#ty as #core::Parameter>::PORT);
        let label = optional(label.as_ref().map(|label| label.to_token_stream()));
        let description = optional(description.as_ref().map(|description| description.to_token_stream()));
        let default = optional(options.default.as_ref().map(|_| {
            let function = default_name(argument);
            quote!(|| __Checked::<#ty>::default_json(#owner::#function()))
        }));
        let parts = quote! {
            #core::__private::ArgumentParts {
                key: #key,
                label: #label,
                description: #description,
                default: #default,
            }
        };
        // Where the type has no port, it is underlined.
        let (first, last) = ends(ty);
        let placed = moved(core, first);
        let made = quote_spanned!(last=> (#port, #parts));
        let made = quote_spanned!(first=> #placed::__private::argument #made);
        if !options.is_annotated() {
            return made;
        }
        let annotations = annotations_name(argument);
        // Where it makes no sense for the type, what is said is underlined.
        let core = moved(core, options.span());
        quote_spanned! {options.span()=>
            #core::Port::annotated(#made, &#owner::#annotations)
        }
    });
    arguments.collect()
}

/// Fails to compile where what is taken for injected has a port.
fn injected(registration: &Registration, core: &TokenStream) -> TokenStream {
    // What is of the app is looked at where it is said what is needed.
    let of_the_assignation = registration.arguments.iter().filter(|argument| !is_of_the_app(&argument.ty));
    let injected = of_the_assignation.filter_map(|argument| Some((&argument.ty, argument.injected?)));
    let assertions = injected.map(|(ty, name)| {
        let (first, last) = ends(ty);
        let message = with_port(name);
        let placed = moved(core, first);
        let port = quote_spanned!(ty.span()=> <#ty as #core::Parameter>::PORT);
        let asked = quote_spanned!(last=> (#port, #message));
        quote_spanned!(first=> #placed::__private::injected #asked;)
    });
    assertions.collect()
}

/// `Some` or `None`, written out.
fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// How many invocations run at once. Where that is 0, it is underlined.
fn at_most(most: &Expr, core: &TokenStream) -> TokenStream {
    let core = moved(core, most.span());
    quote_spanned!(most.span()=> #core::__private::at_most(#most))
}

/// What has to hold for the parts of what is returned, said on these parts, and the ports of the returns, unless there are
/// none.
pub(crate) fn return_ports(
    registration: &Registration,
    core: &TokenStream,
) -> (TokenStream, Option<TokenStream>) {
    let Some(output) = types::of_output(&registration.output) else {
        return (TokenStream::new(), None);
    };
    let mut assertions = Vec::new();
    let checked = quote!(__Checked::<#output>::RETURNS);
    let (success, ports) = match types::arguments_of(output, "Result") {
        Some(arguments) => {
            let cause = part(output, arguments.get(1).copied(), "Cause", core);
            assertions.push(quote!(<#cause as #core::__private::Cause>::into_error));
            let success = arguments.first().copied();
            let ports = part(output, success, "Success", core);
            (success, quote!(<#ports as #core::Returns>::PORTS))
        }
        None if types::is_certain(output) => (None, quote!(<#output as #core::Returns>::PORTS)),
        // Whether it can be returned is said by the type of `call`.
        None => (Some(output), checked.clone()),
    };
    let ports = match success.map(types::ungroup) {
        Some(Type::Tuple(several)) => {
            assertions.extend(several.elems.iter().map(|each| can_shrink(each, core)));
            checked
        }
        _ => ports,
    };
    (quote!(#(let _ = #assertions;)*), Some(ports))
}

/// Fails where `ty` cannot be one of several returns.
fn can_shrink(ty: &Type, core: &TokenStream) -> TokenStream {
    let (first, last) = ends(ty);
    let open = quote_spanned!(first=> <);
    let shrink = quote_spanned!(last=> shrink);
    quote!(#open #ty as #core::Shrink>::#shrink)
}

/// One side of the `Result` that `output` is, underlined where it is written.
fn part(output: &Type, written: Option<&Type>, side: &str, core: &TokenStream) -> TokenStream {
    let (first, last) = ends(written.unwrap_or(output));
    let side = Ident::new(side, last);
    let open = quote_spanned!(first=> <);
    quote!(#open #output as #core::__private::Fallible>::#side)
}

/// The spans of the first and of the last token of a type. Who gives them to the ends of what is made of the type has
/// the whole of it underlined.
pub(super) fn ends(ty: &Type) -> (Span, Span) {
    let tokens: Vec<TokenTree> = ty.to_token_stream().into_iter().collect();
    let span = |token: Option<&TokenTree>| token.map_or_else(Span::call_site, TokenTree::span);
    (span(tokens.first()), span(tokens.last()))
}

/// The types that go in and come out: `((A, (B, ())), Output)`.
pub(super) fn passing_types<'a>(
    arguments: impl DoubleEndedIterator<Item = &'a Argument>,
    registration: &Registration,
) -> TokenStream {
    let list = list(arguments.map(|argument| argument.ty.to_token_stream()));
    let output =
        types::of_output(&registration.output).map_or_else(|| quote!(()), |output| output.to_token_stream());
    quote!((#list, #output))
}

/// `(a, (b, ()))`.
pub(crate) fn list(items: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    items.rev().fold(quote!(()), |rest, item| quote!((#item, #rest)))
}

/// Reads the arguments, calls the function, hands over what it returned.
fn handler(registration: &Registration, core: &TokenStream) -> TokenStream {
    let function = &registration.ident;
    let invocation = own("invocation");
    let values: Vec<Ident> =
        (0..registration.arguments.len()).map(|index| own(&format!("value{index}"))).collect();
    let keys = list(registration.arguments.iter().map(|argument| {
        let Argument { key, ty, .. } = argument;
        let default = argument.options.default.as_ref().map(|_| {
            let default = default_name(argument);
            quote!(.or(Self::#default))
        });
        let annotated = argument.options.is_annotated().then(|| {
            let annotations = annotations_name(argument);
            quote!(.annotated(&Self::#annotations))
        });
        quote!(#core::__private::Member::<#ty>::new(#key) #default #annotated)
    }));
    let types = passing_types(registration.arguments.iter(), registration);
    let parameters = list(values.iter().map(|value| value.to_token_stream()));
    let called = quote!(#function(#(#values),*));
    let (run, body) = running(registration, called);
    let checked = use_checked(core);
    // Where the function's future cannot be sent to another thread, its name is underlined.
    quote_spanned! {Span::mixed_site().located_at(function.span())=>
        |#invocation| {
            #checked
            __Checked::<#types>::#run(#invocation, #keys, |#parameters| #body)
        }
    }
}

/// What runs the function, and how it is called for that.
fn running(registration: &Registration, called: TokenStream) -> (TokenStream, TokenStream) {
    let Some(generator) = registration.generator else {
        return (if registration.is_async { quote!(spawn) } else { quote!(block) }, called);
    };
    let result = |items: TokenStream| match generator.is_result {
        true => items,
        false => quote! {
            ::core::result::Result::<_, ::core::convert::Infallible>::Ok(#items)
        },
    };
    match (generator.items, registration.is_async) {
        (Items::Iterator, false) => (quote!(iterate), result(called)),
        (Items::Stream, false) => {
            let items = result(called);
            (quote!(stream), quote!(::core::future::ready(#items)))
        }
        (items, true) => {
            let run = if items == Items::Stream { quote!(stream) } else { quote!(iterate_spawned) };
            if generator.is_result {
                return (run, called);
            }
            let awaited = result(quote!(#called.await));
            (run, quote!(async move { #awaited }))
        }
    }
}

/// Where the function runs: iterators may block as functions without `async` do.
fn execution(registration: &Registration, core: &TokenStream) -> TokenStream {
    let blocking = match registration.generator {
        Some(generator) => generator.items == Items::Iterator,
        None => !registration.is_async,
    };
    if blocking { quote!(#core::Execution::Blocking) } else { quote!(#core::Execution::Async) }
}

/// The groups of ports.
fn port_groups(registration: &Registration, core: &TokenStream) -> Option<TokenStream> {
    let groups = registration.port_groups.iter().map(|group| port_group(group, core));
    (!registration.port_groups.is_empty()).then(|| quote!(port_groups: &[#(#groups),*],))
}

fn port_group(group: &PortGroup, core: &TokenStream) -> TokenStream {
    let PortGroup { key, title, description, ports, effects } = group;
    let title = title.as_ref().map(|title| quote!(.titled(#title)));
    let description = description.as_ref().map(|description| quote!(.described(#description)));
    let effects: Vec<TokenStream> = effects.iter().map(|effect| effect.expand(core)).collect();
    let effects = (!effects.is_empty()).then(|| quote!(.with_effects(&[#(#effects),*])));
    quote!(#core::port::PortGroup::new(#key, &[#(#ports),*]) #title #description #effects)
}

/// The constant of what is said about an argument.
fn annotations(argument: &Argument, core: &TokenStream) -> Option<TokenStream> {
    let options = &argument.options;
    if !options.is_annotated() {
        return None;
    }
    let name = annotations_name(argument);
    let annotations = options.annotations(core);
    Some(quote! {
        #[doc(hidden)]
        const #name: #core::port::Annotations = #annotations;
    })
}

/// Fails to compile where a constant of the user depends on ports that are not there.
fn shared_dependencies(registration: &Registration, core: &TokenStream) -> TokenStream {
    let keys = registration.ports().map(|argument| &argument.key);
    let keys = quote!(&[#(#keys),*]);
    let arguments = registration.arguments.iter().map(|argument| &argument.options);
    let shared = arguments.chain(&registration.returns).filter(|options| options.has_constants());
    let groups =
        registration.port_groups.iter().filter(|group| group.effects.iter().any(Effect::is_constant));
    let groups = groups.map(|group| {
        let made = port_group(group, core);
        let core = moved(core, group.key.span());
        quote_spanned! {group.key.span()=>
            #core::port::PortGroup::assert_dependencies(&#made, #keys);
        }
    });
    shared
        .map(|options| {
            let annotations = options.annotations(core);
            let core = moved(core, options.span());
            quote_spanned! {options.span()=>
                #core::port::Annotations::assert_dependencies(&#annotations, #keys);
            }
        })
        .chain(groups)
        .collect()
}

fn annotations_name(argument: &Argument) -> Ident {
    format_ident!("__annotations_{}", argument.key)
}

/// The function that makes a default. Its body is what the user wrote, and nothing else is in scope there.
fn default_function(argument: &Argument) -> Option<TokenStream> {
    let default = argument.options.default.as_ref()?;
    let ty = &argument.ty;
    let name = default_name(argument);
    let value = default_value(default, ty);
    Some(quote! {
        #[doc(hidden)]
        fn #name() -> #ty { #value }
    })
}

fn default_name(argument: &Argument) -> Ident {
    format_ident!("__default_{}", argument.key)
}

/// A local name that cannot meet one of the function.
pub(crate) fn own(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}
