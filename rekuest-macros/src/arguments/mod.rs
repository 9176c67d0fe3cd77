//! The arguments of an attribute: `key`, `key = value`, …, with a closed set of keys.
//!
//! Every argument is read for itself, so that a mistake in one does not hide the others. What the values mean is said in
//! [`value`].

mod value;

pub(crate) use value::{Number, NumberValue, inner, literal, number, plain_path, ungroup};

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::token::Paren;
use syn::{Expr, Ident, Token};

use crate::errors::Errors;

/// One argument.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) key: Ident,
    value: Value,
}

/// What follows the key of an argument.
#[derive(Debug)]
pub(crate) enum Value {
    /// Nothing.
    None,
    /// `key = expression`.
    Expression(Expr),
    /// `key(…)`.
    List(Group),
    /// `key = name(…)`, of a vocabulary of ours.
    Call(Ident, Group),
}

/// What an argument takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// How it is written, for messages: `name = "…"`.
    form: &'static str,
    /// Whether it may be written `name(…)`.
    list: bool,
    /// Whether it may be written `name = expression`.
    expression: bool,
    /// Whether an expression that looks like `name(…)` is one of a vocabulary of ours.
    call: bool,
    repeats: bool,
}

impl Key {
    /// One that is written `name = expression`, or `name` alone.
    pub(crate) const fn new(name: &'static str, form: &'static str) -> Self {
        Self { name, form, list: false, expression: true, call: false, repeats: false }
    }

    /// One that is written `name(…)`.
    pub(crate) const fn list(name: &'static str, form: &'static str) -> Self {
        Self { list: true, expression: false, ..Self::new(name, form) }
    }

    /// One that is written `name(…)` or `name = expression`, as often as there is something to say.
    pub(crate) const fn either(name: &'static str, form: &'static str) -> Self {
        Self { list: true, repeats: true, ..Self::new(name, form) }
    }

    /// One that is written `name = vocabulary(…)` or `name = expression`.
    pub(crate) const fn called(name: &'static str, form: &'static str) -> Self {
        Self { call: true, ..Self::new(name, form) }
    }

    /// The same, which may stand several times.
    pub(crate) const fn repeated(self) -> Self {
        Self { repeats: true, ..self }
    }
}

/// Reads the arguments of an attribute that knows these `keys`. What is wrong is reported and left out.
pub(crate) fn parse(tokens: TokenStream, keys: &[Key], errors: &mut Errors) -> Vec<Argument> {
    parse_after(tokens, keys, errors, |_| Ok(())).1
}

/// Reads what `first` takes, and after it, behind a comma, arguments. Where `first` fails nothing else is read.
pub(crate) fn parse_after<T>(
    tokens: TokenStream,
    keys: &[Key],
    errors: &mut Errors,
    first: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> (Option<T>, Vec<Argument>) {
    let mut arguments: Vec<Argument> = Vec::new();
    let parser = |input: ParseStream<'_>| {
        let before = input.cursor();
        let read = match first(input) {
            Ok(read) => read,
            Err(error) => {
                while !input.is_empty() {
                    skip_argument(input);
                    let _ = input.parse::<Token![,]>();
                }
                return Err(error);
            }
        };
        if input.cursor() != before && !input.is_empty() {
            expect_comma(input, errors);
        }
        while !input.is_empty() {
            match argument(input, keys) {
                Ok(argument) => accept(argument, keys, &mut arguments, errors),
                Err(error) => {
                    errors.push(error);
                    skip_argument(input);
                }
            }
            if !input.is_empty() {
                expect_comma(input, errors);
            }
        }
        Ok(read)
    };
    match parser.parse2(tokens) {
        Ok(read) => (Some(read), arguments),
        Err(error) => {
            errors.push(error);
            (None, arguments)
        }
    }
}

fn expect_comma(input: ParseStream<'_>, errors: &mut Errors) {
    if let Err(error) = input.parse::<Token![,]>() {
        errors.at(error.span(), "expected `,` between two arguments");
        skip_argument(input);
        let _ = input.parse::<Token![,]>();
    }
}

/// Reads up to the next comma. A known key with a wrong value is told how it is written.
fn argument(input: ParseStream<'_>, keys: &[Key]) -> syn::Result<Argument> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error(format!("expected the name of an argument, one of: {}", names(keys))));
    }
    let key = Ident::parse_any(input)?;
    let known = keys.iter().find(|known| key == known.name);
    if input.is_empty() || input.peek(Token![,]) {
        return match known {
            Some(Key { list: true, expression: false, form, .. }) => {
                Err(syn::Error::new_spanned(key, format!("expected `{form}`")))
            }
            _ => Ok(Argument { key, value: Value::None }),
        };
    }
    let Some(known) = known else {
        // The key is wrong already; what follows it is not looked at.
        skip_argument(input);
        return Ok(Argument { key, value: Value::None });
    };
    let form = known.form;
    if known.list && input.peek(Paren) {
        return Ok(Argument { key, value: Value::List(parenthesized(input)?) });
    }
    if !input.peek(Token![=]) || !known.expression {
        return Err(input.error(format!("expected `{form}`")));
    }
    let equals: Token![=] = input.parse()?;
    if input.is_empty() || input.peek(Token![,]) {
        return Err(syn::Error::new_spanned(equals, format!("expected a value: `{form}`")));
    }
    if known.call && input.peek(Ident) && input.peek2(Paren) {
        let name = input.parse()?;
        let value = Value::Call(name, parenthesized(input)?);
        if !input.is_empty() && !input.peek(Token![,]) {
            return Err(input.error(format!("expected `{form}`")));
        }
        return Ok(Argument { key, value });
    }
    Ok(Argument { key, value: Value::Expression(input.parse()?) })
}

/// The parentheses that come next, which the caller has looked for.
fn parenthesized(input: ParseStream<'_>) -> syn::Result<Group> {
    input.parse()
}

/// Reads what stands between parentheses. A mistake at their end is underlined there.
pub(crate) fn inside<T>(
    group: &Group,
    read: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<T> {
    let parser = |input: ParseStream<'_>| {
        let content;
        syn::parenthesized!(content in input);
        let read = read(&content)?;
        if !content.is_empty() {
            return Err(content.error("expected `,`"));
        }
        Ok(read)
    };
    parser.parse2(TokenTree::Group(group.clone()).into())
}

fn accept(argument: Argument, keys: &[Key], arguments: &mut Vec<Argument>, errors: &mut Errors) {
    let name = argument.key.to_string();
    if !keys.iter().any(|known| known.name == name) {
        let known = keys.iter().map(|key| key.name);
        let meant =
            closest(&name, known).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        errors
            .on(&argument.key, format!("unknown argument `{name}`, expected one of: {}{meant}", names(keys)));
    } else if !keys.iter().any(|known| known.name == name && known.repeats)
        && arguments.iter().any(|earlier| earlier.key == argument.key)
    {
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

/// The name that was probably meant: at most two letters away, and less than half of it.
pub(crate) fn closest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let near = known.into_iter().map(|known| (distance(name, known), known)).min()?;
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
