//! Expansions as files: `tests/golden/NAME.rs` expands to `tests/golden/NAME.expanded.rs`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p rekuest-macros` writes what it got; review the difference.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::Item;

use crate::derive;
use crate::port::is_named;
use crate::register::register;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Expands the `#[register]` of every function and the derives of every type in `source`, and prints what comes out.
fn expanded(source: &str) -> String {
    let file = syn::parse_file(source).expect("the source is Rust");
    let expanded: TokenStream = file
        .items
        .into_iter()
        .map(|item| match item {
            Item::Fn(mut function)
                if function.attrs.iter().any(|attribute| is_named(attribute, "register")) =>
            {
                let position = function.attrs.iter().position(|attribute| is_named(attribute, "register"));
                let attribute = function.attrs.remove(position.unwrap_or_default());
                let arguments = match attribute.meta {
                    syn::Meta::List(list) => list.tokens,
                    _ => TokenStream::new(),
                };
                register(arguments, function.into_token_stream())
            }
            other => derive::golden::expanded(other),
        })
        .collect();
    prettyplease::unparse(&syn::parse2(expanded).expect("the expansion is Rust"))
}

#[test]
fn expansions_are_as_recorded() {
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    let mut compared = 0;
    for entry in fs::read_dir(folder()).expect("the folder of the sources") {
        let path = entry.expect("an entry of the folder").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".rs").filter(|name| !name.ends_with(".expanded")) else {
            continue;
        };
        let got = expanded(&fs::read_to_string(&path).expect("a source"));
        let recorded = path.with_file_name(format!("{name}.expanded.rs"));
        if update {
            fs::write(&recorded, &got).expect("writing what was expanded");
        }
        let expected = fs::read_to_string(&recorded).unwrap_or_default();
        assert_eq!(got, expected, "{name}: run with UPDATE_GOLDEN=1 and review the difference");
        compared += 1;
    }
    assert!(compared > 0, "there are sources to expand");
}
