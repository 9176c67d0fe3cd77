//! Functions that are made from closures.

use rekuest_core::{Function, Registry};

fn refused(function: Function) -> String {
    Registry::new().add(function).expect_err("a mistake").to_string()
}

#[test]
fn a_closure_has_the_definition_that_its_builder_says() {
    let scale = Function::blocking("scale_by", ["value", "by"], |value: f64, by: f64| value * by)
        .description("Scales a value")
        .describe("by", "the factor")
        .describe_return(0, "the scaled value")
        .default("by", 2.0);
    let definition = scale.definition().expect("a definition");
    assert_eq!(definition.name, "Scale By");
    let named = Function::blocking("scale_2d", [], || ()).definition().expect("a definition");
    assert_eq!(named.name, "Scale 2D");
    assert_eq!(definition.description.as_deref(), Some("Scales a value"));
    assert!(!definition.is_dev);
    assert_eq!(definition.args[1].key, "by");
    assert_eq!(definition.args[1].description.as_deref(), Some("the factor"));
    assert_eq!(definition.args[1].default.as_ref().map(|default| default.get()), Some("2.0"));
    assert!(definition.args[1].nullable);
    assert_eq!(definition.returns[0].description.as_deref(), Some("the scaled value"));
}

#[test]
fn mistakes_of_the_builder_are_refused_with_the_place() {
    let one = || Function::blocking("f", ["a"], |a: i64| a);
    let error = refused(one().describe("b", "nothing"));
    assert!(error.contains("it has no argument `b`; its arguments are: `a`"), "{error}");
    assert!(error.contains("closures.rs:"), "{error}");
    let error = refused(one().default("a", "text".to_owned()));
    assert!(error.contains("the default of its argument `a` is STRING, expected INT"), "{error}");
    let error = refused(one().describe_return(1, "nothing"));
    assert!(error.contains("it has no return 1; it has 1"), "{error}");
    let error = refused(Function::blocking("f", ["a", "a"], |a: i64, b: i64| a + b));
    assert!(error.contains("two of its arguments are called `a`"), "{error}");
    let error = refused(Function::blocking("f", ["a"], |a: f64| a).default("a", f64::NAN));
    assert!(error.contains("a: expected a finite FLOAT, got NaN"), "{error}");
}

#[test]
fn two_functions_under_one_interface_are_refused_with_both_places() {
    let mut registry = Registry::new();
    registry.add(Function::blocking("f", [], || ())).expect("the first");
    let error = registry.add(Function::blocking("f", [], || ())).expect_err("the second").to_string();
    assert!(error.contains("two functions are registered under the interface `f`"), "{error}");
    assert_eq!(error.matches("closures.rs:").count(), 2, "{error}");
}
