//! What `#[declare(…)]` can be given.

use proc_macro2::TokenStream;
use syn::{LitStr, Path, parse_quote};

use crate::arguments::{self, Key};
use crate::errors::Errors;

const DECLARE: [Key; 4] = [
    Key::new("hash", "hash = \"…\""),
    Key::new("name", "name = \"…\""),
    Key::new("key", "key = \"…\""),
    Key::new("crate", "crate = path::to::rekuest"),
];

/// How many hexadecimal digits a hash has.
const DIGITS: usize = 64;

/// The arguments of `#[declare]`.
#[derive(Debug)]
pub(super) struct Said {
    /// What the function is known by; by its ports unless given.
    pub(super) demand: Option<Demand>,
    /// Its name as a dependency.
    pub(super) key: Option<LitStr>,
    /// Where generated code finds rekuest: the facade.
    pub(super) facade: Path,
}

/// What a function is known by.
#[derive(Debug)]
pub(super) enum Demand {
    Hash(LitStr),
    Name(LitStr),
}

impl Said {
    pub(super) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut said = Self { demand: None, key: None, facade: parse_quote!(::rekuest) };
        for argument in arguments::parse(tokens, &DECLARE, errors) {
            let key = argument.key.clone();
            let demand = match key.to_string().as_str() {
                "hash" => argument.string(errors).filter(|hash| is_hash(hash, errors)).map(Demand::Hash),
                "name" => argument.string(errors).map(Demand::Name),
                "key" => {
                    said.key = argument.one_word("a key", errors);
                    None
                }
                // The one key that is left.
                _ => {
                    said.facade = argument.path(errors).unwrap_or(said.facade);
                    None
                }
            };
            if demand.is_some() && said.demand.is_some() {
                errors.on(&key, "a function is known by its hash or by its name; keep one of them");
            }
            said.demand = said.demand.or(demand);
        }
        said
    }
}

fn is_hash(hash: &LitStr, errors: &mut Errors) -> bool {
    let text = hash.value();
    let is_hash =
        text.len() == DIGITS && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hash {
        errors.on(
            hash,
            format!(
                "the hash of an action is {DIGITS} hexadecimal digits in lower case; `inspect` of the app that provides it \
                 prints it"
            ),
        );
    }
    is_hash
}
