//! How doc comments are read, whatever way they are written in.

use syn::ItemFn;

use super::Documentation;
use crate::errors::Errors;

/// What the comment says, and the mistakes in it.
fn read(source: &str) -> (Documentation, Vec<String>) {
    let function: ItemFn = syn::parse_str(&format!("{source}\nfn f() {{}}")).expect("attributes");
    let mut errors = Errors::new();
    let documentation = Documentation::read(&function.attrs, &mut errors);
    (documentation, errors.into_found().iter().map(ToString::to_string).collect())
}

/// What the comment says; it has no mistakes.
fn read_well(source: &str) -> Documentation {
    let (documentation, errors) = read(source);
    assert_eq!(errors, [""; 0]);
    documentation
}

fn arguments(documentation: &Documentation) -> Vec<(&str, &str)> {
    documentation
        .arguments
        .iter()
        .map(|argument| (argument.name.as_str(), argument.description.as_str()))
        .collect()
}

fn returns(documentation: &Documentation) -> Vec<(Option<&str>, &str)> {
    documentation.returns.iter().map(|item| (item.name.as_deref(), item.description.as_str())).collect()
}

const ALL: &str = "\
/// Move the stage.
///
/// Moves it slowly,
/// step by step.
///
/// And stops.
///
/// # Arguments
///
/// * `x` - how far
///   to the right
/// - `y`: how far up
///
/// # Returns
/// where it is now
///
/// # Errors
/// When it is stuck.";

#[test]
fn every_part_is_found() {
    let documentation = read_well(ALL);
    assert_eq!(documentation.summary.as_deref(), Some("Move the stage."));
    assert_eq!(documentation.body.as_deref(), Some("Moves it slowly,\nstep by step.\n\nAnd stops."));
    assert_eq!(arguments(&documentation), [("x", "how far\nto the right"), ("y", "how far up")]);
    assert_eq!(returns(&documentation), [(None, "where it is now")]);
}

#[test]
fn nothing_is_nothing() {
    for source in ["", "///", "/** */", "#[doc(hidden)]"] {
        let documentation = read_well(source);
        assert_eq!((documentation.summary, documentation.body), (None, None), "{source}");
    }
}

#[test]
fn a_summary_of_two_lines_is_one_line() {
    let documentation = read_well("/// One\n/// two\n");
    assert_eq!(documentation.summary.as_deref(), Some("One two"));
    assert_eq!(documentation.body, None);
}

#[test]
fn a_section_may_follow_the_summary_at_once() {
    let documentation = read_well("/// Summary\n/// # Arguments\n/// * `x` - it\n");
    assert_eq!((documentation.summary.as_deref(), documentation.body.as_deref()), (Some("Summary"), None));
    assert_eq!(arguments(&documentation), [("x", "it")]);
}

#[test]
fn lines_survive_attributes_between_them() {
    let documentation = read_well("/// One\n#[inline]\n///\n#[must_use]\n/// Two\n#[cold]");
    assert_eq!((documentation.summary.as_deref(), documentation.body.as_deref()), (Some("One"), Some("Two")));
}

#[test]
fn block_comments_lose_their_decoration() {
    let expected = (Some("One"), Some("Two\n    code\n* item"));
    for source in [
        "/** One\n\nTwo\n    code\n* item */",
        "/** One\n  *\n  * Two\n  *     code\n  * * item\n  */",
        "/**\n * One\n *\n * Two\n *     code\n * * item\n */",
        "/**\n    One\n\n    Two\n        code\n    * item\n*/",
    ] {
        let documentation = read_well(source);
        assert_eq!((documentation.summary.as_deref(), documentation.body.as_deref()), expected, "{source}");
    }
}

#[test]
fn attributes_are_read_as_they_are() {
    let documentation = read_well("#[doc = \"One\\n\\nTwo\\n\\n# Parameters\\n* `x` - it\\n* `y` - that\"]");
    assert_eq!(documentation.body.as_deref(), Some("Two"));
    assert_eq!(arguments(&documentation), [("x", "it"), ("y", "that")]);
}

#[test]
fn other_ways_to_write_doc_are_refused() {
    let (_, errors) = read("#[doc = concat!(\"a\", \"b\")]");
    assert!(errors[0].contains("has to be a string literal or `include_str!"), "{errors:?}");
    let (_, errors) = read("#[doc = include_str!(concat!(\"a\"))]");
    assert!(errors[0].contains("its path has to be a string literal"), "{errors:?}");
    let (_, errors) = read("#[doc = include_str!(\"no/such/file.md\")]");
    assert!(errors[0].contains("cannot read this file"), "{errors:?}");
}

#[test]
fn headings_in_code_are_code() {
    let documentation = read_well(
        "/// One\n///\n/// ```\n/// # Arguments\n/// * `x` - no\n/// ```\n///\n/// ~~~~\n/// ~~~\n/// # Returns\n/// ~~~~\n",
    );
    assert_eq!(arguments(&documentation), []);
    assert_eq!(returns(&documentation), []);
    assert!(
        documentation.body.is_some_and(|body| body.contains("# Arguments") && body.contains("# Returns"))
    );
}

#[test]
fn indented_code_and_hashes_are_no_headings() {
    let documentation = read_well("/// One\n///\n///     # Arguments\n///\n/// #1 of them\n");
    assert_eq!(documentation.body.as_deref(), Some("    # Arguments\n\n#1 of them"));
}

#[test]
fn underlined_headings_are_headings() {
    let documentation = read_well(
        "/// One\n///\n/// Two\n///\n/// Parameters\n/// ----------\n/// * `x` - it\n///\n/// Returns\n/// =======\n/// that\n",
    );
    assert_eq!(documentation.body.as_deref(), Some("Two"));
    assert_eq!(arguments(&documentation), [("x", "it")]);
    assert_eq!(returns(&documentation), [(None, "that")]);
}

#[test]
fn rulers_are_no_headings() {
    let documentation = read_well("/// One\n///\n/// Two\n///\n/// ---\n///\n/// Three\n");
    assert_eq!(documentation.body.as_deref(), Some("Two\n\n---\n\nThree"));
}

#[test]
fn sections_are_found_at_every_level_and_in_every_case() {
    let documentation =
        read_well("/// One\n/// ## ARGUMENTS ##\n/// * `x` - it\n/// ### Returns:\n/// that\n");
    assert_eq!(arguments(&documentation), [("x", "it")]);
    assert_eq!(returns(&documentation), [(None, "that")]);
}

#[test]
fn items_may_be_written_in_several_ways() {
    let documentation = read_well(
        "/// One\n/// # Arguments\n/// All in metres.\n///\n/// * `a` – one\n/// * `b` two\n/// + c: three\n/// - d - four\n\
         /// * `r#type`: five\n/// * `f`\n///\n/// Prose behind them.\n",
    );
    assert_eq!(
        arguments(&documentation),
        [("a", "one"), ("b", "two"), ("c", "three"), ("d", "four"), ("type", "five"), ("f", "")]
    );
}

#[test]
fn items_hold_what_is_indented() {
    let documentation = read_well(
        "/// One\n/// # Arguments\n/// * `a` - one\n///   - nested\n///\n///   more\n/// * `b` - two\n/// continued\n",
    );
    assert_eq!(arguments(&documentation), [("a", "one\n- nested\n\nmore"), ("b", "two\ncontinued")]);
}

#[test]
fn arguments_that_cannot_be_read_are_reported() {
    let (_, errors) = read("/// One\n/// # Arguments\n/// * the first\n/// * `b` - two\n/// * `b` - again\n");
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].contains("expected the name of an argument"), "{errors:?}");
    assert!(errors[1].contains("`b` is described twice"), "{errors:?}");
    let (_, errors) = read("/// One\n/// # Arguments\n/// the first number\n");
    assert!(errors[0].contains("describes no argument"), "{errors:?}");
}

#[test]
fn several_returns_are_a_list() {
    let documentation =
        read_well("/// One\n/// # Returns\n/// * the first\n/// * `rest` - the second\n///   of two\n");
    assert_eq!(returns(&documentation), [(None, "the first"), (Some("rest"), "the second\nof two")]);
}

#[test]
fn text_about_one_return_keeps_its_lines() {
    let documentation =
        read_well("/// One\n/// # Returns\n///\n/// the first\n/// of all\n///\n/// - maybe\n///\n");
    assert_eq!(returns(&documentation), [(None, "the first\nof all\n\n- maybe")]);
}
