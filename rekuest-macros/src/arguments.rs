//! The arguments of an attribute: `key`, `key = value`, …, with a closed set of keys.
//!
//! Every argument is read for itself, so that a mistake in one does not hide the others.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::token::Paren;
use syn::{Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Path, Token};

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
    List(TokenStream),
    /// `key = name(…)`, of a vocabulary of ours.
    Call(Ident, TokenStream),
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
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(Argument { key, value: Value::None });
    }
    let Some(known) = keys.iter().find(|known| key == known.name) else {
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

fn parenthesized(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let content;
    syn::parenthesized!(content in input);
    content.parse()
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

impl Argument {
    /// The value as it was written.
    pub(crate) fn value(self) -> (Ident, Value) {
        (self.key, self.value)
    }

    /// The value as a string literal that is not empty.
    pub(crate) fn string(self, errors: &mut Errors) -> Option<LitStr> {
        let Value::Expression(value) = &self.value else {
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
            Value::Expression(value) => plain_path(value, &message, errors),
            _ => {
                errors.on(&self.key, message);
                None
            }
        }
    }

    /// True for a bare key, else the value as `true` or `false`.
    pub(crate) fn flag(self, errors: &mut Errors) -> bool {
        let flag = match &self.value {
            Value::None => return true,
            Value::Expression(value) => match literal(value) {
                Some(Lit::Bool(flag)) => Some(flag.value),
                _ => {
                    errors.on(value, format!("`{}` takes no value, or `true` or `false`", self.key));
                    None
                }
            },
            _ => {
                errors.on(&self.key, format!("`{}` takes no value, or `true` or `false`", self.key));
                None
            }
        };
        flag.unwrap_or_default()
    }

    /// The value as a number literal.
    pub(crate) fn number(self, errors: &mut Errors) -> Option<Number> {
        let Value::Expression(value) = &self.value else {
            errors.on(&self.key, format!("expected a value: `{} = 3`", self.key));
            return None;
        };
        let number = number(value);
        if number.is_none() {
            errors.on(value, format!("`{}` takes a number literal", self.key));
        }
        number
    }

    /// The value as any expression.
    pub(crate) fn expression(self, errors: &mut Errors) -> Option<Expr> {
        match self.value {
            Value::Expression(value) => Some(value),
            _ => {
                errors.on(&self.key, format!("expected a value: `{} = …`", self.key));
                None
            }
        }
    }

    fn elements(self, message: &str, errors: &mut Errors) -> Vec<Expr> {
        match self.value {
            Value::Expression(value) => match ungroup(value) {
                Expr::Array(list) => list.elems.into_iter().collect(),
                other => {
                    errors.on(other, message);
                    Vec::new()
                }
            },
            _ => {
                errors.on(&self.key, message);
                Vec::new()
            }
        }
    }
}

/// A number literal.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    /// The literal with its sign.
    pub(crate) tokens: TokenStream,
    pub(crate) value: NumberValue,
}

/// What a number literal means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberValue {
    Int(i128),
    Float(f64),
}

impl Number {
    pub(crate) fn as_f64(&self) -> f64 {
        match self.value {
            NumberValue::Int(int) => int as f64,
            NumberValue::Float(float) => float,
        }
    }
}

/// The number literal that `value` is, if it is one, with its sign.
pub(crate) fn number(value: &Expr) -> Option<Number> {
    let (negative, magnitude) = match value {
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => (true, literal(&unary.expr)?),
        other => (false, literal(other)?),
    };
    let value_of = match magnitude {
        Lit::Int(int) => {
            let int: i128 = int.base10_parse().ok()?;
            NumberValue::Int(if negative { -int } else { int })
        }
        Lit::Float(float) => {
            let float: f64 = float.base10_parse().ok()?;
            NumberValue::Float(if negative { -float } else { float })
        }
        _ => return None,
    };
    Some(Number { tokens: value.to_token_stream(), value: value_of })
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

pub(crate) fn string_literal(value: &Expr, message: &str, errors: &mut Errors) -> Option<LitStr> {
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
