//! The values of arguments: literals, lists of them, paths, numbers.

use std::cmp::Ordering;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprLit, ExprPath, Lit, LitStr, Path};

use super::{Argument, Value};
use crate::errors::Errors;

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

    /// The value as a name that is used in urls, logs and on command lines.
    pub(crate) fn one_word(self, what: &str, errors: &mut Errors) -> Option<LitStr> {
        let name = self.string(errors)?;
        if name.value().contains(char::is_whitespace) {
            errors.on(&name, format!("{what} is one word: it cannot contain whitespace"));
            return None;
        }
        Some(name)
    }

    /// The value as a list of string literals.
    pub(crate) fn strings(self, errors: &mut Errors) -> Vec<LitStr> {
        let message = format!("`{}` takes a list of string literals: `{0} = [\"…\", …]`", self.key);
        let elements = self.elements(&message, errors);
        elements.iter().filter_map(|element| string_literal(element, &message, errors)).collect()
    }

    /// The value as a list of paths of functions.
    pub(crate) fn paths(self, what: &str, errors: &mut Errors) -> Vec<Path> {
        let message = format!("`{}` takes a list of {what}: `{0} = [path::to::function, …]`", self.key);
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

    /// The elements of the list that the value is.
    pub(crate) fn elements(self, message: &str, errors: &mut Errors) -> Vec<Expr> {
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
    /// How two numbers compare: whole ones exactly.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        match (self.value, other.value) {
            (NumberValue::Int(one), NumberValue::Int(other)) => one.cmp(&other),
            // Literals are finite.
            _ => self.as_f64().total_cmp(&other.as_f64()),
        }
    }

    pub(crate) fn as_f64(&self) -> f64 {
        match self.value {
            NumberValue::Int(int) => int as f64,
            NumberValue::Float(float) => float,
        }
    }
}

/// The number literal that `value` is, if it is one, with its sign. A suffix is of no use: the port has a type.
pub(crate) fn number(value: &Expr) -> Option<Number> {
    let (negative, magnitude) = match inner(value) {
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => (true, literal(&unary.expr)?),
        other => (false, literal(other)?),
    };
    let (number, mut unsuffixed) = match magnitude {
        Lit::Int(int) => {
            let int: i128 = int.base10_parse().ok()?;
            (NumberValue::Int(if negative { -int } else { int }), Literal::i128_unsuffixed(int))
        }
        Lit::Float(float) => {
            let float: f64 = float.base10_parse().ok().filter(|float: &f64| float.is_finite())?;
            (NumberValue::Float(if negative { -float } else { float }), Literal::f64_unsuffixed(float))
        }
        _ => return None,
    };
    unsuffixed.set_span(magnitude.span());
    let minus = negative.then(|| quote_spanned!(value.span()=> -));
    Some(Number { tokens: quote!(#minus #unsuffixed), value: number })
}

/// What `value` is without the invisible groups that macros put around what they pass on.
pub(crate) fn ungroup(value: Expr) -> Expr {
    match value {
        Expr::Group(group) => ungroup(*group.expr),
        other => other,
    }
}

/// The same as [`ungroup`], without taking it.
pub(crate) fn inner(value: &Expr) -> &Expr {
    match value {
        Expr::Group(group) => inner(&group.expr),
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

/// The path that `value` is.
pub(crate) fn plain_path(value: Expr, message: &str, errors: &mut Errors) -> Option<Path> {
    match ungroup(value) {
        Expr::Path(ExprPath { path, qself: None, .. }) => Some(path),
        other => {
            errors.on(other, message);
            None
        }
    }
}
