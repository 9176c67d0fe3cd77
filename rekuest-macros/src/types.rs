//! Types that are refused for how they are written, with what to write in their place. All others are left to the
//! compiler, which knows whether they have a port.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

use crate::errors::Errors;
use crate::injected::injected;

/// Where a type stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Argument,
    Return,
    /// In a model or a union.
    Member,
}

/// Reports what is wrong with `ty`, wherever in it that is.
pub(crate) fn check(ty: &Type, place: Place, errors: &mut Errors) {
    match ty {
        Type::Group(group) => check(&group.elem, place, errors),
        Type::Paren(paren) => check(&paren.elem, place, errors),
        Type::Array(array) => check(&array.elem, place, errors),
        Type::Slice(slice) => check(&slice.elem, place, errors),
        Type::Tuple(tuple) => tuple.elems.iter().for_each(|element| check(element, place, errors)),
        Type::Reference(reference) => {
            let owned = owned(&reference.elem);
            errors.on(
                ty,
                match place {
                    Place::Argument if injected(&reference.elem).is_some() => format!(
                        "the agent gives each call a `{owned}` of its own, which is cheap to clone, so it is no \
                         reference; use `{owned}`"
                    ),
                    Place::Argument => format!(
                        "an argument is read from a message and belongs to the function, so it cannot be a \
                         reference; use `{owned}`"
                    ),
                    Place::Return => format!(
                        "a return is sent after the function has ended, so it cannot be a reference; use `{owned}`"
                    ),
                    Place::Member => format!(
                        "what is read from a message belongs to whoever gets it, so it cannot be a reference; use \
                         `{owned}`"
                    ),
                },
            );
        }
        // The compiler refuses it there by itself.
        Type::ImplTrait(_) if place == Place::Member => {}
        Type::ImplTrait(opaque) => errors.on(ty, opaque_type(&opaque.bounds, place)),
        Type::Never(_) if place == Place::Return => {
            errors
                .on(ty, "a function that never returns cannot be registered: its caller would wait for ever");
        }
        Type::Path(path) => {
            for segment in &path.path.segments {
                let PathArguments::AngleBracketed(arguments) = &segment.arguments else { continue };
                for argument in &arguments.args {
                    match argument {
                        GenericArgument::Type(inner) if segment.ident == "Option" && option_of(inner).is_some() => {
                            errors.on(
                                ty,
                                "null on the wire could mean either `Option`, so an `Option<Option<…>>` has no port; \
                                 use one `Option`",
                            );
                            // What is in both of them still counts.
                            option_of(inner).into_iter().for_each(|innermost| check(innermost, place, errors));
                        }
                        GenericArgument::Type(inner) => check(inner, place, errors),
                        // One with a name has to be declared, and that is a mistake already.
                        GenericArgument::Lifetime(lifetime) if lifetime.ident == "_" && place != Place::Member => errors.on(
                            lifetime,
                            "values come from messages and belong to whoever gets them, so their types cannot borrow; \
                             use a type that owns its value",
                        ),
                        _ => {}
                    }
                }
            }
        }
        _ => {}
    }
}

/// What is said about an `impl Trait`.
fn opaque_type<'b>(bounds: impl IntoIterator<Item = &'b TypeParamBound>, place: Place) -> String {
    let traits: Vec<String> = bounds
        .into_iter()
        .filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) => bound.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        })
        .collect();
    let is = |name: &str| traits.iter().any(|found| found == name);
    if place == Place::Argument {
        return "the port of an argument is made of its type, so it cannot be an `impl Trait`; name the type"
            .to_owned();
    }
    if is("Iterator") || is("IntoIterator") || is("Stream") {
        return "the ports of a generator are made of its items, so their type has to be named: \
                `impl Stream<Item = T> + Send` or `impl Iterator<Item = T>`"
            .to_owned();
    }
    if is("Future") {
        return "a registered function that awaits is an `async fn`; write `async fn` and return the output"
            .to_owned();
    }
    "the port of a return is made of its type, so it cannot be an `impl Trait`; name the type".to_owned()
}

/// The type that owns what a reference to `ty` points to.
fn owned(ty: &Type) -> String {
    match ungroup(ty) {
        Type::Path(path) if path.path.is_ident("str") => "String".to_owned(),
        Type::Slice(slice) => format!("Vec<{}>", owned(&slice.elem)),
        Type::Reference(reference) => owned(&reference.elem),
        other => text(other),
    }
}

/// What an `Option` may hold, if `ty` is written as one.
pub(crate) fn option_of(ty: &Type) -> Option<&Type> {
    match arguments_of(ty, "Option")?.as_slice() {
        [inner] => Some(inner),
        _ => None,
    }
}

/// The type arguments of `ty` if it is written as a `name<…>`, by whatever path.
pub(crate) fn arguments_of<'t>(ty: &'t Type, name: &str) -> Option<Vec<&'t Type>> {
    let Type::Path(path) = ungroup(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => Some(
            arguments
                .args
                .iter()
                .filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                })
                .collect(),
        ),
        _ => None,
    }
}

/// Types of the standard library that nobody gives a second meaning.
const SCALARS: [&str; 16] = [
    "bool", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32",
    "f64", "char",
];
const CONTAINERS: [&str; 6] = ["Vec", "VecDeque", "HashMap", "BTreeMap", "HashSet", "BTreeSet"];

/// Whether `ty` is written as a number or truth value.
pub(crate) fn is_scalar(ty: &Type) -> bool {
    is_one_of(ty, &SCALARS)
}

/// Whether `ty` is written as one of `names`, by whatever path.
pub(crate) fn is_one_of(ty: &Type, names: &[&str]) -> bool {
    match ungroup(ty) {
        Type::Path(path) => {
            path.path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
        }
        _ => false,
    }
}

/// Whether it can be seen from `ty` alone that it is neither a `Result` nor several returns: it is no alias.
pub(crate) fn is_certain(ty: &Type) -> bool {
    is_one_of(ty, &SCALARS) || is_one_of(ty, &CONTAINERS) || is_one_of(ty, &["String", "Option"])
}

/// Whether a string literal as it is could never be meant for `ty`, so that the compiler's own message about the
/// mismatch is the best one.
pub(crate) fn is_never_text(ty: &Type) -> bool {
    is_one_of(ty, &SCALARS) || is_one_of(ty, &CONTAINERS)
}

/// `ty` without what macros and parentheses put around it.
pub(crate) fn ungroup(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungroup(&group.elem),
        Type::Paren(paren) => ungroup(&paren.elem),
        other => other,
    }
}

/// The type of a function that says `output`; none for `()`.
pub(crate) fn of_output(output: &ReturnType) -> Option<&Type> {
    match output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => match ungroup(ty) {
            Type::Tuple(tuple) if tuple.elems.is_empty() => None,
            ty => Some(ty),
        },
    }
}

/// What a function returns when it succeeds, as far as that is written: the first argument of a `Result`, or all.
pub(crate) fn success_of(output: &Type) -> Option<&Type> {
    match arguments_of(output, "Result") {
        Some(arguments) => arguments.first().copied(),
        None => Some(output),
    }
}

/// How many returns `output` is, or none where only the compiler knows.
pub(crate) fn count_returns(output: &ReturnType) -> Option<usize> {
    let Some(output) = of_output(output) else { return Some(0) };
    match ungroup(success_of(output)?) {
        Type::Tuple(tuple) => Some(tuple.elems.len()),
        // Any other path could be an alias of a tuple.
        ty => is_certain(ty).then_some(1),
    }
}

/// The types of the returns, as far as they are written out.
pub(crate) fn returns(output: &ReturnType) -> Vec<&Type> {
    match of_output(output).and_then(success_of).map(ungroup) {
        Some(Type::Tuple(tuple)) => tuple.elems.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    }
}

/// A type as people write it.
pub(crate) fn text(ty: &Type) -> String {
    let spaced = ty.to_token_stream().to_string();
    let mut text = spaced.replace(" :: ", "::");
    for (from, to) in [(" <", "<"), ("< ", "<"), (" >", ">"), (" ,", ","), ("& ", "&")] {
        text = text.replace(from, to);
    }
    text
}

/// The same tokens at another place.
pub(crate) fn moved(tokens: &TokenStream, span: Span) -> TokenStream {
    tokens
        .clone()
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}
