//! The arguments of an attribute: `key`, `key = value`, …, with a closed set of keys.
//!
//! Every argument is read for itself, so that a mistake in one does not hide the others.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Path, Token};

use crate::errors::Errors;

/// One argument.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) key: Ident,
    /// None for a bare `key`.
    pub(crate) value: Option<Expr>,
}

/// What an argument takes, for messages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// How it is written: `name = "…"`.
    pub(crate) form: &'static str,
}

/// Reads the arguments of an attribute that knows these `keys`. What is wrong is reported and left out.
pub(crate) fn parse(tokens: TokenStream, keys: &[Key], errors: &mut Errors) -> Vec<Argument> {
    let mut arguments: Vec<Argument> = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match argument(input, keys) {
                Ok(argument) => accept(argument, keys, &mut arguments, errors),
                Err(error) => {
                    errors.push(error);
                    skip_argument(input);
                }
            }
            if !input.is_empty()
                && let Err(error) = input.parse::<Token![,]>()
            {
                errors.at(error.span(), "expected `,` between two arguments");
                skip_argument(input);
                let _ = input.parse::<Token![,]>();
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        errors.push(error);
    }
    arguments
}

/// Reads up to the next comma. A known key with a wrong value is told how it is written.
fn argument(input: ParseStream<'_>, keys: &[Key]) -> syn::Result<Argument> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error(format!("expected the name of an argument, one of: {}", names(keys))));
    }
    let key = Ident::parse_any(input)?;
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(Argument { key, value: None });
    }
    let form = keys.iter().find(|known| key == known.name).map(|known| known.form);
    let Some(form) = form else {
        // The key is wrong already; what follows it is not looked at.
        skip_argument(input);
        return Ok(Argument { key, value: None });
    };
    if !input.peek(Token![=]) {
        return Err(input.error(format!("expected `{form}`")));
    }
    let equals: Token![=] = input.parse()?;
    if input.is_empty() || input.peek(Token![,]) {
        return Err(syn::Error::new_spanned(equals, format!("expected a value: `{form}`")));
    }
    Ok(Argument { key, value: Some(input.parse()?) })
}

fn accept(argument: Argument, keys: &[Key], arguments: &mut Vec<Argument>, errors: &mut Errors) {
    let name = argument.key.to_string();
    if !keys.iter().any(|known| known.name == name) {
        let meant =
            closest(&name, keys).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        errors
            .on(&argument.key, format!("unknown argument `{name}`, expected one of: {}{meant}", names(keys)));
    } else if arguments.iter().any(|earlier| earlier.key == argument.key) {
        errors.on(&argument.key, format!("`{name}` is given twice; keep one of them"));
    } else {
        arguments.push(argument);
    }
}

/// Goes on to the next comma, which it leaves.
fn skip_argument(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}

fn names(keys: &[Key]) -> String {
    keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ")
}

/// The key that was probably meant: at most two letters away, and less than half of it.
fn closest<'k>(name: &str, keys: &'k [Key]) -> Option<&'k str> {
    let near = keys.iter().map(|key| (distance(name, key.name), key.name)).min()?;
    (near.0 <= 2 && near.0 * 2 < near.1.len()).then_some(near.1)
}

/// How many letters have to be inserted, removed or replaced.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], index + 1);
        for column in 0..to.len() {
            let replaced = diagonal + usize::from(to[column] != letter);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

impl Argument {
    /// The value as a string literal that is not empty.
    pub(crate) fn string(self, errors: &mut Errors) -> Option<LitStr> {
        let Some(value) = &self.value else {
            errors.on(&self.key, format!("expected a value: `{} = \"…\"`", self.key));
            return None;
        };
        let text = string_literal(value, &format!("`{}` takes a string literal", self.key), errors)?;
        if text.value().trim().is_empty() {
            errors.on(&text, format!("`{}` is empty; leave it out, or write what it is", self.key));
            return None;
        }
        Some(text)
    }

    /// The value as a list of string literals.
    pub(crate) fn strings(self, errors: &mut Errors) -> Vec<LitStr> {
        let message = format!("`{}` takes a list of string literals: `{0} = [\"…\", …]`", self.key);
        let elements = self.elements(&message, errors);
        elements.iter().filter_map(|element| string_literal(element, &message, errors)).collect()
    }

    /// The value as a list of paths of functions.
    pub(crate) fn paths(self, errors: &mut Errors) -> Vec<Path> {
        let message =
            format!("`{}` takes a list of registered functions: `{0} = [path::to::function, …]`", self.key);
        let elements = self.elements(&message, errors);
        elements.into_iter().filter_map(|element| plain_path(element, &message, errors)).collect()
    }

    /// The value as one path.
    pub(crate) fn path(self, errors: &mut Errors) -> Option<Path> {
        let message = format!("`{}` takes a path: `{0} = path::to::it`", self.key);
        match self.value {
            Some(value) => plain_path(value, &message, errors),
            None => {
                errors.on(&self.key, message);
                None
            }
        }
    }

    /// True for a bare key, else the value as `true` or `false`.
    pub(crate) fn flag(self, errors: &mut Errors) -> bool {
        match &self.value {
            None => true,
            Some(value) => match literal(value) {
                Some(Lit::Bool(flag)) => flag.value,
                _ => {
                    errors.on(value, format!("`{}` takes no value, or `true` or `false`", self.key));
                    false
                }
            },
        }
    }

    /// The value as any expression.
    pub(crate) fn expression(self, errors: &mut Errors) -> Option<Expr> {
        if self.value.is_none() {
            errors.on(&self.key, format!("expected a value: `{} = …`", self.key));
        }
        self.value
    }

    fn elements(self, message: &str, errors: &mut Errors) -> Vec<Expr> {
        match self.value.map(ungroup) {
            Some(Expr::Array(list)) => list.elems.into_iter().collect(),
            Some(other) => {
                errors.on(other, message);
                Vec::new()
            }
            None => {
                errors.on(&self.key, message);
                Vec::new()
            }
        }
    }
}

/// What `value` is without the invisible groups that macros put around what they pass on.
pub(crate) fn ungroup(value: Expr) -> Expr {
    match value {
        Expr::Group(group) => ungroup(*group.expr),
        other => other,
    }
}

/// The literal that `value` is, if it is one.
pub(crate) fn literal(value: &Expr) -> Option<&Lit> {
    match value {
        Expr::Lit(ExprLit { lit, .. }) => Some(lit),
        Expr::Group(group) => literal(&group.expr),
        _ => None,
    }
}

fn string_literal(value: &Expr, message: &str, errors: &mut Errors) -> Option<LitStr> {
    match literal(value) {
        Some(Lit::Str(text)) => Some(text.clone()),
        _ => {
            errors.on(value, message);
            None
        }
    }
}

fn plain_path(value: Expr, message: &str, errors: &mut Errors) -> Option<Path> {
    match ungroup(value) {
        Expr::Path(ExprPath { path, qself: None, .. }) => Some(path),
        other => {
            errors.on(other, message);
            None
        }
    }
}

/// The tokens between the parentheses of an attribute: none for a bare one.
pub(crate) fn of_attribute(
    attribute: &syn::Attribute,
    form: &str,
    errors: &mut Errors,
) -> Option<TokenStream> {
    match &attribute.meta {
        syn::Meta::Path(_) => Some(TokenStream::new()),
        syn::Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) => {
            Some(list.tokens.clone())
        }
        _ => {
            errors.on(&attribute.meta, format!("expected `{form}`"));
            None
        }
    }
}
