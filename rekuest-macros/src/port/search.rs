//! Search widgets: `search(query = "…", ward = "…")` and `search!("…", ward = "…")`, their queries checked.

use async_graphql_parser::types::{OperationType, Selection, SelectionSet};
use async_graphql_parser::{Error, Pos, parse_query};
use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{LitStr, Path, Token, Type, parse_quote};

use crate::arguments::{self, Argument, Key, Value};
use crate::errors::{Errors, to_compile_errors};

/// A search widget.
#[derive(Debug)]
pub(crate) struct Search {
    query: LitStr,
    ward: LitStr,
    pub(super) dependencies: Vec<LitStr>,
    filters: Vec<(Ident, Type)>,
}

const WARD: Key = Key::new("ward", "ward = \"…\"");
const DEPENDENCIES: Key = Key::new("dependencies", "dependencies = [\"…\", …]");
const FILTERS: Key = Key::list("filters", "filters(name: String)");

/// What stands between the parentheses of `search(…)`.
pub(super) fn parse(name: &Ident, tokens: Group, errors: &mut Errors) -> Option<Search> {
    const KEYS: [Key; 4] = [Key::new("query", "query = \"…\""), WARD, DEPENDENCIES, FILTERS];
    let mut arguments = arguments::parse(tokens.stream(), &KEYS, errors);
    let position = arguments.iter().position(|argument| argument.key == "query");
    match position.map(|position| arguments.remove(position)) {
        Some(query) => {
            let query = query.string(errors);
            rest(query, name.span(), arguments, errors)
        }
        None => {
            errors.on(name, "a search needs its query: `search(query = \"…\", ward = \"…\")`");
            rest(None, name.span(), arguments, errors)
        }
    }
}

/// `search!("…", ward = "…", dependencies = ["…"], filters(…))`: a widget as a constant.
pub(crate) fn search(tokens: TokenStream) -> TokenStream {
    const KEYS: [Key; 4] = [WARD, DEPENDENCIES, FILTERS, Key::new("crate", "crate = path::to::rekuest")];
    let mut errors = Errors::new();
    let first = |input: ParseStream<'_>| {
        input.parse::<LitStr>().map_err(|error| {
            syn::Error::new(
                error.span(),
                "expected the query as a string literal: `search!(\"…\", ward = \"…\")`",
            )
        })
    };
    let (query, mut arguments) = arguments::parse_after(tokens, &KEYS, &mut errors, first);
    let mut facade: Path = parse_quote!(::rekuest);
    if let Some(position) = arguments.iter().position(|argument| argument.key == "crate")
        && let Some(path) = arguments.remove(position).path(&mut errors)
    {
        facade = path;
    }
    let search = match query {
        Some(query) => rest(Some(query), Span::call_site(), arguments, &mut errors),
        None => None,
    };
    let mistakes = to_compile_errors(&errors.into_found());
    let core = quote!(#facade::__core);
    match search {
        Some(search) if mistakes.is_empty() => search.expand(&core),
        // A widget, so that nothing is told about its type besides.
        _ => quote!({ #mistakes #core::port::AssignWidget::string() }),
    }
}

fn rest(query: Option<LitStr>, span: Span, arguments: Vec<Argument>, errors: &mut Errors) -> Option<Search> {
    let (mut ward, mut dependencies, mut filters) = (None, Vec::new(), Vec::new());
    let mut has_ward = false;
    for argument in arguments {
        match argument.key.to_string().as_str() {
            "ward" => {
                has_ward = true;
                ward = argument.string(errors);
            }
            "dependencies" => dependencies = argument.strings(errors),
            _ => filters = read_filters(argument, errors),
        }
    }
    if !has_ward {
        errors.at(span, "a search needs the ward that is asked: `ward = \"…\"`");
    }
    let query = query?;
    if let Err(reason) = check(&query.value()) {
        errors.on(&query, format!("this search query cannot be used: {reason}"));
    }
    Some(Search { query, ward: ward?, dependencies, filters })
}

/// `filters(name: String, size: i64)`.
fn read_filters(argument: Argument, errors: &mut Errors) -> Vec<(Ident, Type)> {
    let (_, Value::List(tokens)) = argument.value() else { return Vec::new() };
    let filter = |input: ParseStream<'_>| {
        let key = input.call(Ident::parse_any)?;
        input.parse::<Token![:]>()?;
        Ok((key, input.parse()?))
    };
    let parser = |input: ParseStream<'_>| Punctuated::<_, Token![,]>::parse_terminated_with(input, filter);
    match arguments::inside(&tokens, parser) {
        Ok(filters) => filters.into_iter().collect(),
        Err(error) => {
            errors.at(error.span(), "expected filters as keys with types: `filters(name: String)`");
            Vec::new()
        }
    }
}

impl Search {
    pub(super) fn expand(&self, core: &TokenStream) -> TokenStream {
        let Self { query, ward, dependencies, filters } = self;
        let filters = filters.iter().map(|(key, ty)| {
            let key = key.unraw().to_string();
            quote!(<#ty as #core::PortType>::PORT.keyed(#key))
        });
        quote! {
            #core::port::AssignWidget::search_unchecked(#query, #ward, &[#(#dependencies),*], &[#(#filters),*])
        }
    }
}

/// What a user interface needs of a search query: one query, its first variables `$search: String` and
/// `$values: [ID]`, its first field called `options` with `value` and `label`.
fn check(query: &str) -> Result<(), String> {
    let document = parse_query(query).map_err(|error| no_graphql(&error))?;
    let mut operations = document.operations.iter();
    let (Some((_, operation)), None) = (operations.next(), operations.next()) else {
        return Err("it has several operations, expected one query".to_owned());
    };
    let operation = &operation.node;
    if operation.ty != OperationType::Query {
        return Err(format!("it is a {}, expected a query", operation.ty));
    }
    for (index, (name, ty)) in [("search", "String"), ("values", "[ID]")].into_iter().enumerate() {
        let place = if index == 0 { "first" } else { "second" };
        let expected = format!("expected its {place} variable to be `${name}: {ty}`");
        match operation.variable_definitions.get(index).map(|variable| &variable.node) {
            None => return Err(format!("{expected}, and there is none")),
            Some(variable) => {
                let (given, of) = (variable.name.node.as_str(), variable.var_type.node.to_string());
                if (given, of.as_str()) != (name, ty) {
                    return Err(format!("{expected}, got `${given}: {of}`"));
                }
            }
        }
    }
    let Some(Selection::Field(options)) = first(&operation.selection_set.node) else {
        return Err("expected its first field to be called `options`, got a fragment".to_owned());
    };
    let options = &options.node;
    let called = options.response_key().node.as_str();
    if called != "options" {
        return Err(format!(
            "expected its first field to be called `options`, got `{called}`: write `options: {called}`"
        ));
    }
    let selected: Vec<&str> = options
        .selection_set
        .node
        .items
        .iter()
        .filter_map(|item| match &item.node {
            Selection::Field(field) => Some(field.node.response_key().node.as_str()),
            _ => None,
        })
        .collect();
    for needed in ["value", "label"] {
        if !selected.contains(&needed) {
            let got = if selected.is_empty() { "nothing".to_owned() } else { selected.join(", ") };
            return Err(format!(
                "its options need `{needed}`, as in `{{ value: id label: name }}`; got {got}"
            ));
        }
    }
    Ok(())
}

/// What is wrong with a text that is no GraphQL, on one line.
fn no_graphql(error: &Error) -> String {
    let text = error.to_string();
    // The parser draws the line and points into it; what it expected stands behind `=`.
    let expected = text.rsplit_once("= ").map_or(text.as_str(), |(_, expected)| expected);
    match error.positions().next() {
        Some(Pos { line, column }) => {
            format!("it is no GraphQL: {expected}, at line {line}, column {column} of the query")
        }
        None => format!("it is no GraphQL: {expected}"),
    }
}

fn first(selection: &SelectionSet) -> Option<&Selection> {
    selection.items.first().map(|item| &item.node)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(query: &str) -> String {
        check(query).expect_err("it cannot be used")
    }

    #[test]
    fn a_query_of_options_is_taken() {
        for query in [
            "query s($search: String, $values: [ID]){options: xs(search: $search, ids: $values){value: id label: name}}",
            "query ($search: String, $values: [ID], $stage: ID) { options { value label description } more { id } }",
        ] {
            assert_eq!(check(query), Ok(()), "{query}");
        }
    }

    #[test]
    fn each_rule_has_its_reason() {
        for (query, expected) in [
            ("query {", "it is no GraphQL"),
            ("mutation ($search: String, $values: [ID]) { options { value label } }", "it is a mutation"),
            ("query a { x } query b { y }", "it has several operations"),
            ("{ options { value label } }", "first variable to be `$search: String`, and there is none"),
            ("query ($text: String) { options { value label } }", "got `$text: String`"),
            ("query ($search: String!, $values: [ID]) { options { value label } }", "got `$search: String!`"),
            ("query ($search: String, $values: [ID!]) { options { value label } }", "got `$values: [ID!]`"),
            ("query ($search: String, $values: [ID]) { xs { value label } }", "write `options: xs`"),
            ("query ($search: String, $values: [ID]) { ...F } fragment F on Query { x }", "got a fragment"),
            ("query ($search: String, $values: [ID]) { options: xs { id label } }", "need `value`"),
            ("query ($search: String, $values: [ID]) { options }", "got nothing"),
        ] {
            let got = reason(query);
            assert!(got.contains(expected), "{query}: {got}");
        }
    }
}
