//! What `#[startup(…)]`, `#[background(…)]` and `#[shutdown(…)]` can be given.

use proc_macro2::TokenStream;
use syn::{Expr, Path, parse_quote};

use super::Kind;
use crate::arguments::{self, Argument, Key};
use crate::errors::Errors;

const AFTER: Key = Key::new("after", "after = [path::to::function, …]");
const TIMEOUT: Key = Key::new("timeout", "timeout = 20");
const ON_FAILURE: Key = Key::new("on_failure", "on_failure = stop");
const CRATE: Key = Key::new("crate", "crate = path::to::rekuest");

/// The longest time in seconds: a hook that takes a week is none.
const LONGEST: f64 = 7.0 * 24.0 * 60.0 * 60.0;

/// How long a hook may take unless it says so, in milliseconds.
const STARTUP: u64 = 20_000;
const SHUTDOWN: u64 = 10_000;

/// The arguments of the attribute.
#[derive(Debug)]
pub(super) struct Options {
    /// The hooks that it comes after.
    pub(super) after: Vec<Path>,
    /// How long it may take, in milliseconds.
    pub(super) timeout: u64,
    /// Whether the app ends when it fails.
    pub(super) stops: bool,
    /// Where generated code finds rekuest: the facade.
    pub(super) facade: Path,
}

impl Options {
    pub(super) fn parse(kind: Kind, tokens: TokenStream, errors: &mut Errors) -> Self {
        let timeout = if kind == Kind::Shutdown { SHUTDOWN } else { STARTUP };
        let mut options = Self { after: Vec::new(), timeout, stops: false, facade: parse_quote!(::rekuest) };
        let keys = match kind {
            Kind::Startup | Kind::Shutdown => [AFTER, TIMEOUT, CRATE],
            Kind::Background => [AFTER, ON_FAILURE, CRATE],
        };
        for argument in arguments::parse(tokens, &keys, errors) {
            match argument.key.to_string().as_str() {
                "after" => {
                    options.after = argument.paths(&format!("{} functions", kind.attribute()), errors);
                }
                "timeout" => options.timeout = milliseconds(argument, errors).unwrap_or(timeout),
                "on_failure" => options.stops = stops(argument, errors),
                // The one key that is left.
                _ => options.facade = argument.path(errors).unwrap_or(options.facade),
            }
        }
        options
    }
}

/// `timeout = 2.5`, in seconds.
fn milliseconds(argument: Argument, errors: &mut Errors) -> Option<u64> {
    let number = argument.number(errors)?;
    let seconds = number.as_f64();
    if seconds <= 0.0 || seconds > LONGEST {
        errors.on(&number.tokens, "`timeout` is a number of seconds, more than 0 and a week at most");
        return None;
    }
    // In range, as was looked at.
    Some((seconds * 1000.0).round().max(1.0) as u64)
}

/// `on_failure = stop` or `on_failure = restart`.
fn stops(argument: Argument, errors: &mut Errors) -> bool {
    let Some(value) = argument.expression(errors) else { return false };
    match &value {
        Expr::Path(path) if path.path.is_ident("stop") => return true,
        Expr::Path(path) if path.path.is_ident("restart") => {}
        _ => errors
            .on(&value, "`on_failure` is `restart`, as it is unless given, or `stop`, which ends the app"),
    }
    false
}
