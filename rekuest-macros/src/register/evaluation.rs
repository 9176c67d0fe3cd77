//! What a function evaluates to: its returns once, or a generator of them.

use syn::{
    AngleBracketedGenericArguments, GenericArgument, Path, PathArguments, ReturnType, Type, TypeParamBound,
    parse_quote,
};

use super::options::Asked;
use crate::errors::Errors;
use crate::types::{self, Place};

/// Several returns are a tuple of at most so many.
const MOST_RETURNS: usize = 8;

/// What comes out of a function.
#[derive(Debug)]
pub(crate) struct Evaluation {
    /// What one YIELD is made of: what the function evaluates to, or an item of what it generates.
    pub(crate) output: ReturnType,
    /// How it yields many times.
    pub(crate) generator: Option<Generator>,
}

/// A function that yields many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Generator {
    pub(crate) items: Items,
    /// Whether the function gives a `Result` of it.
    pub(crate) is_result: bool,
}

/// Where the items come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Items {
    /// A stream, on the runtime.
    Stream,
    /// An iterator, where it may block.
    Iterator,
}

impl Evaluation {
    /// Reads what a function says that it evaluates to. `core` is where generated code finds the vocabulary.
    pub(crate) fn read(output: &ReturnType, asked: Option<Asked>, core: &Path, errors: &mut Errors) -> Self {
        let once = Self { output: output.clone(), generator: None };
        let success = types::of_output(output).and_then(types::success_of);
        let evaluation = match (success, asked) {
            (Some(success), asked) if is_opaque(success) => match opaque_item(success) {
                Some((items, item)) => {
                    if let Some(Asked { items: Some(other), span }) = asked
                        && other != items
                    {
                        errors.at(
                            span,
                            format!(
                                "the function returns {}, and this asks for {}",
                                words(items),
                                words(other)
                            ),
                        );
                    }
                    once.many(items, item)
                }
                None => once,
            },
            (Some(success), Some(asked)) => {
                let items = asked.items.unwrap_or_else(|| guess(success));
                if is_one(success) {
                    errors.at(
                        asked.span,
                        format!(
                            "a generator returns a stream or an iterator of its items, and this returns `{}`",
                            types::text(success)
                        ),
                    );
                    return once;
                }
                let named = match types::of_output(output) {
                    // By the trait, as the `Result` may be an alias.
                    Some(result) if types::arguments_of(result, "Result").is_some() => {
                        parse_quote!(<#result as #core::__private::Fallible>::Success)
                    }
                    _ => success.clone(),
                };
                let item = match items {
                    Items::Stream => parse_quote!(<#named as #core::__private::Stream>::Item),
                    Items::Iterator => parse_quote!(<#named as ::core::iter::IntoIterator>::Item),
                };
                once.many(items, item)
            }
            (None, Some(asked)) => {
                errors.at(
                    asked.span,
                    "a generator returns a stream or an iterator of its items, and this returns nothing",
                );
                once
            }
            (_, None) => once,
        };
        evaluation.check(errors);
        evaluation
    }

    fn many(self, items: Items, item: Type) -> Self {
        let is_result = types::of_output(&self.output)
            .is_some_and(|output| types::arguments_of(output, "Result").is_some());
        Self { output: parse_quote!(-> #item), generator: Some(Generator { items, is_result }) }
    }

    /// Reports returns that no function can have.
    fn check(&self, errors: &mut Errors) {
        let Some(output) = types::of_output(&self.output) else { return };
        // The error of a `Result` is not sent as a value, so it may be what it likes.
        let success = types::success_of(output).unwrap_or(output);
        if self.generator.is_some() && is_opaque(success) {
            errors.on(
                success,
                "the port of an item is made of its type, so it cannot be an `impl Trait`; name the type",
            );
            return;
        }
        types::check(success, Place::Return, errors);
        if let Type::Tuple(tuple) = types::ungroup(success)
            && tuple.elems.len() > MOST_RETURNS
        {
            errors.on(
                tuple,
                format!(
                    "a function can have at most {MOST_RETURNS} returns, these are {}",
                    tuple.elems.len()
                ),
            );
        }
    }
}

fn words(items: Items) -> &'static str {
    match items {
        Items::Stream => "a stream",
        Items::Iterator => "an iterator",
    }
}

fn is_opaque(ty: &Type) -> bool {
    matches!(types::ungroup(ty), Type::ImplTrait(_))
}

/// Whether it can be seen that `ty` is one value, and nothing that has items.
fn is_one(ty: &Type) -> bool {
    types::is_one_of(ty, &["String"]) || types::is_scalar(ty)
}

/// The item of an `impl Stream<Item = T>` or `impl Iterator<Item = T>`.
fn opaque_item(ty: &Type) -> Option<(Items, Type)> {
    let Type::ImplTrait(opaque) = types::ungroup(ty) else { return None };
    opaque.bounds.iter().find_map(bound_item)
}

fn bound_item(bound: &TypeParamBound) -> Option<(Items, Type)> {
    let TypeParamBound::Trait(bound) = bound else { return None };
    let last = bound.path.segments.last()?;
    let items = match last.ident.to_string().as_str() {
        "Stream" => Items::Stream,
        "Iterator" | "IntoIterator" | "DoubleEndedIterator" | "ExactSizeIterator" => Items::Iterator,
        _ => return None,
    };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    Some((items, item_of(arguments)?))
}

fn item_of(arguments: &AngleBracketedGenericArguments) -> Option<Type> {
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(item) if item.ident == "Item" => Some(item.ty.clone()),
        _ => None,
    })
}

/// Where the items of a named type come from: a stream if it, or what it points to, is called so.
fn guess(ty: &Type) -> Items {
    let is_stream =
        |path: &Path| path.segments.last().is_some_and(|last| last.ident.to_string().ends_with("Stream"));
    match types::ungroup(ty) {
        Type::Path(path) if is_stream(&path.path) => Items::Stream,
        Type::TraitObject(object) => {
            let mut traits = object.bounds.iter().filter_map(|bound| match bound {
                TypeParamBound::Trait(bound) => Some(&bound.path),
                _ => None,
            });
            if traits.any(is_stream) { Items::Stream } else { Items::Iterator }
        }
        ty => match ["Pin", "Box"].iter().find_map(|pointer| types::arguments_of(ty, pointer)).as_deref() {
            Some([inner, ..]) => guess(inner),
            _ => Items::Iterator,
        },
    }
}
