//! Bounds and choices that agents enforce, at both sides of each.

use rekuest_core::port::{Annotations, AssignWidget, ChoiceEntry, Number, Rule, Scalar, Validator};

use crate::values::raw;

/// Checks values against one rule: those that follow it, and those that do not, with what is said about them.
#[track_caller]
fn follows(rule: Rule, fits: &[&str], refused: &[&str], expected: &str) {
    for json in fits {
        assert_eq!(rule.check(&raw(json)), Ok(()), "{rule:?} {json}");
    }
    for json in refused {
        let error = rule.check(&raw(json)).map_err(|error| error.to_string());
        assert_eq!(error, Err(format!("expected {expected}, got {json}")), "{rule:?}");
    }
}

#[track_caller]
fn enforced(annotations: &Annotations, json: &str) -> Result<(), String> {
    annotations.enforce(&raw(json)).map_err(|error| error.to_string())
}

#[test]
fn bounds_hold_at_both_sides() {
    let three = Number::int(3);
    follows(Rule::Gt(three), &["4", "3.5", "1e30"], &["3", "3.0", "2", "-1e30"], "a number greater than 3");
    follows(Rule::Ge(three), &["3", "3.0", "4"], &["2", "2.999"], "a number of at least 3");
    follows(Rule::Lt(three), &["2", "2.999"], &["3", "3.0", "4"], "a number less than 3");
    follows(Rule::Le(three), &["3", "3.0", "-4"], &["4", "3.001"], "a number of at most 3");
    let half = Number::float(-0.5);
    follows(Rule::Gt(half), &["0", "-0.4999"], &["-0.5", "-1"], "a number greater than -0.5");
    follows(Rule::Ge(half), &["-0.5", "0"], &["-0.50001", "-1"], "a number of at least -0.5");
    follows(Rule::Lt(half), &["-1", "-0.50001"], &["-0.5", "0"], "a number less than -0.5");
    follows(Rule::Le(half), &["-0.5", "-1"], &["-0.4999", "0"], "a number of at most -0.5");
}

#[test]
fn whole_numbers_are_compared_exactly() {
    let bound = 9_007_199_254_740_993;
    let more = &["9007199254740994"];
    let less = &["9007199254740992", "9007199254740993"];
    follows(Rule::Gt(Number::int(bound)), more, less, "a number greater than 9007199254740993");
    // As a float the bound is 2^53: one more is more.
    let bound = Number::float(9_007_199_254_740_992.0);
    follows(
        Rule::Le(bound),
        &["9007199254740992"],
        &["9007199254740993"],
        "a number of at most 9007199254740992.0",
    );
    let most = Rule::Le(Number::int(i128::MAX));
    let expected = format!("a number of at most {}", i128::MAX);
    let largest = "170141183460469231731687303715884105727";
    let larger = ["170141183460469231731687303715884105728", "340282366920938463463374607431768211455"];
    follows(most, &[largest, "-1"], &larger, &expected);
    let least = Rule::Ge(Number::int(i128::MIN));
    follows(least, &["-170141183460469231731687303715884105728"], &[], "");
}

#[test]
fn bounds_and_values_may_be_as_far_apart_as_floats_are() {
    follows(
        Rule::Lt(Number::float(1e300)),
        &["1", "-1e308"],
        &["1e300", "1e301"],
        "a number less than 1e+300",
    );
    follows(Rule::Gt(Number::float(-1e300)), &["-1", "1e308"], &["-1e300"], "a number greater than -1e+300");
    follows(
        Rule::Gt(Number::int(i128::MAX)),
        &["1e300"],
        &["-1e300"],
        &format!("a number greater than {}", i128::MAX),
    );
}

#[test]
fn numbers_in_text_are_numbers_here_as_everywhere() {
    follows(
        Rule::Gt(Number::int(3)),
        &["\"4\"", "\" +4.0 \""],
        &["\"3\"", "\" 2.5 \""],
        "a number greater than 3",
    );
}

#[test]
fn lengths_hold_at_both_sides() {
    let between = Rule::Len { min: Some(2), max: Some(3) };
    follows(between, &["[1,2]", "[1,[2],3]"], &["[]", "[1]", "[1,2,3,4]"], "a length from 2 to 3");
    follows(between, &["\"ab\"", "\"abc\"", "\"\\u0061b\""], &["\"a\"", "\"abcd\""], "a length from 2 to 3");
    let exact = Rule::Len { min: Some(1), max: Some(1) };
    follows(exact, &["[null]"], &["[]", "[1,2]"], "a length of 1");
    follows(Rule::Len { min: Some(1), max: None }, &["\"a\""], &["\"\""], "a length of at least 1");
    follows(Rule::Len { min: None, max: Some(0) }, &["\"\"", "[]"], &["\"a\""], "a length of at most 0");
}

#[test]
fn texts_are_as_long_as_in_javascript() {
    follows(
        Rule::Len { min: None, max: Some(2) },
        &["\"😀\"", "\"üü\""],
        &["\"😀a\""],
        "a length of at most 2",
    );
    follows(Rule::Len { min: Some(2), max: None }, &["\"😀\""], &["\"ü\""], "a length of at least 2");
}

#[test]
fn a_value_of_another_kind_is_left_to_whoever_reads_it() {
    for json in ["\"x\"", "true", "[]", "{}", "null", "\"inf\"", "\"nan\"", "\"\""] {
        follows(Rule::Gt(Number::int(3)), &[json], &[], "");
    }
    for json in ["5", "true", "{}", "null", "\"\\ud83d\""] {
        follows(Rule::Len { min: Some(9), max: None }, &[json], &[], "");
    }
}

#[test]
fn all_validators_count() {
    const BETWEEN: Annotations = Annotations::new().validated(&[
        Validator::ge(Number::int(1)),
        Validator::lt(Number::float(2.5)).labelled("small"),
        Validator::javascript("(x) => false", &[]),
    ]);
    assert_eq!(enforced(&BETWEEN, "1"), Ok(()));
    assert_eq!(enforced(&BETWEEN, "2.4"), Ok(()));
    assert_eq!(enforced(&BETWEEN, "0"), Err("expected a number of at least 1, got 0".to_owned()));
    assert_eq!(enforced(&BETWEEN, "2.5"), Err("expected a number less than 2.5, got 2.5".to_owned()));
}

#[test]
fn a_slider_ends_at_both_sides() {
    const SLIDER: Annotations = Annotations::new().asked_by(AssignWidget::slider(-1.5, 10.0).step(3.0));
    for json in ["-1.5", "-1", "0.1", "10", "10.0", "\"10\""] {
        assert_eq!(enforced(&SLIDER, json), Ok(()), "a step is how it moves, not what it takes: {json}");
    }
    assert_eq!(enforced(&SLIDER, "-1.6"), Err("expected a number of at least -1.5, got -1.6".to_owned()));
    assert_eq!(enforced(&SLIDER, "11"), Err("expected a number of at most 10, got 11".to_owned()));
}

#[test]
fn a_choice_is_one_of_its_values() {
    const CHOICE: Annotations = Annotations::new().asked_by(AssignWidget::choice(&[
        ChoiceEntry::new(Scalar::String("a\"b"), "text"),
        ChoiceEntry::new(Scalar::Int(9_007_199_254_740_993), "whole"),
        ChoiceEntry::new(Scalar::Float(0.5), "fraction"),
        ChoiceEntry::new(Scalar::Bool(true), "truth"),
    ]));
    for json in
        [r#""a\"b""#, r#""\u0061\"b""#, "9007199254740993", "\"9007199254740993\"", "0.5", "5e-1", "true"]
    {
        assert_eq!(enforced(&CHOICE, json), Ok(()), "{json}");
    }
    for json in ["\"a\"", "9007199254740992", "0.25", "false", "[]", "{}"] {
        let expected = r#"expected one of "a\"b", 9007199254740993, 0.5, true, got "#;
        assert_eq!(enforced(&CHOICE, json), Err(format!("{expected}{json}")));
    }
}

#[test]
fn choices_are_as_lenient_as_ports() {
    const TRUTH: Annotations =
        Annotations::new().asked_by(AssignWidget::choice(&[ChoiceEntry::new(Scalar::Bool(true), "yes")]));
    const ID: Annotations = Annotations::new()
        .asked_by(AssignWidget::choice(&[ChoiceEntry::new(Scalar::String("7"), "the image")]));
    for json in ["true", "1", "\"true\""] {
        assert_eq!(enforced(&TRUTH, json), Ok(()), "{json}");
    }
    assert!(enforced(&TRUTH, "0").is_err());
    for json in ["7", "\"7\""] {
        assert_eq!(enforced(&ID, json), Ok(()), "{json}");
    }
    assert!(enforced(&ID, "8").is_err());
}

#[test]
fn items_are_checked_at_any_depth_with_their_paths() {
    const POSITIVE: Annotations = Annotations::new().validated(&[Validator::gt(Number::int(0))]);
    const SHORT: Annotations =
        Annotations::new().validated(&[Validator::len(None, Some(2))]).with_item(&POSITIVE);
    const OUTER: Annotations = Annotations::new().with_item(&SHORT);
    assert_eq!(enforced(&OUTER, r#"{"a": [1, 2], "b c": []}"#), Ok(()));
    assert_eq!(
        enforced(&OUTER, r#"{"a": [1, 0]}"#),
        Err("a[1]: expected a number greater than 0, got 0".to_owned())
    );
    assert_eq!(
        enforced(&OUTER, r#"{"b c": [1,2,3]}"#),
        Err("[\"b c\"]: expected a length of at most 2, got [1,2,3]".to_owned())
    );
    assert_eq!(
        enforced(&OUTER, "[[1], [-1]]"),
        Err("[1][0]: expected a number greater than 0, got -1".to_owned())
    );
    assert_eq!(enforced(&OUTER, "5"), Ok(()), "what has no items is left to whoever reads it");
}

#[test]
fn null_passes_everywhere() {
    const CHOSEN: Annotations = Annotations::new()
        .asked_by(AssignWidget::choice(&[ChoiceEntry::new(Scalar::Int(1), "one")]))
        .validated(&[Validator::gt(Number::int(0)), Validator::len(Some(1), None)]);
    const ITEMS: Annotations = Annotations::new().with_item(&CHOSEN);
    assert_eq!(enforced(&CHOSEN, "null"), Ok(()));
    assert_eq!(enforced(&ITEMS, "null"), Ok(()));
    assert_eq!(enforced(&ITEMS, r#"[null, 1]"#), Ok(()));
    assert_eq!(enforced(&ITEMS, r#"{"a": null}"#), Ok(()));
}
