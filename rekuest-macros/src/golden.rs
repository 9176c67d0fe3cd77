//! Expansions as files: `tests/golden/NAME.rs` expands to `tests/golden/NAME.expanded.rs`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p rekuest-macros` writes what it got; review the difference.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::Item;

use crate::declare::declare;
use crate::derive;
use crate::hook::{Kind, hook};
use crate::register::register;
use crate::register::signature::FunctionItem;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// What an attribute makes of a function.
fn attribute(name: &str) -> Option<fn(TokenStream, TokenStream) -> TokenStream> {
    Some(match name {
        "register" => register,
        "declare" => declare,
        "startup" => |arguments, item| hook(Kind::Startup, arguments, item),
        "background" => |arguments, item| hook(Kind::Background, arguments, item),
        "shutdown" => |arguments, item| hook(Kind::Shutdown, arguments, item),
        _ => return None,
    })
}

/// Expands our attributes and the derives of every type in `source`, and prints what comes out.
fn expanded(source: &str) -> String {
    let file = syn::parse_file(source).expect("the source is Rust");
    let expanded: TokenStream = file.items.into_iter().map(expanded_item).collect();
    prettyplease::unparse(&syn::parse2(expanded).expect("the expansion is Rust"))
}

fn expanded_item(item: Item) -> TokenStream {
    // A function without a body is no item to syn, so that the attribute is looked for in its tokens.
    let tokens = item.to_token_stream();
    let Ok(mut function) = syn::parse2::<FunctionItem>(tokens) else { return derive::golden::expanded(item) };
    let name = |attribute: &syn::Attribute| {
        attribute.path().get_ident().map(ToString::to_string).unwrap_or_default()
    };
    let ours = function.attributes.iter().position(|found| attribute(&name(found)).is_some());
    let Some(ours) = ours else { return item.into_token_stream() };
    let attribute_found = function.attributes.remove(ours);
    let arguments = match &attribute_found.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    let expand = attribute(&name(&attribute_found)).expect("it was found");
    expand(arguments, function.into_token_stream())
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
