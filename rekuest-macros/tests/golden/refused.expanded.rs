#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Scale
///
/// # Arguments
/// * `factor` - by what
fn scale<T>(value: T, by: &str) -> T {
    value
}
::core::compile_error! {
    "unknown argument `magic`, expected one of: `interface`, `name`, `description`, `collections`, `interfaces`, `stateful`, `generator`, `concurrency`, `group`, `ungrouped`, `dependencies`, `returns`, `port_group`, `is_test_for`, `logo`, `crate`"
}
::core::compile_error! {
    "a registered function cannot be generic: its ports have to be known when it is registered; name the types"
}
::core::compile_error! {
    "an argument is read from a message and belongs to the function, so it cannot be a reference; use `String`"
}
///The registered function "Scale": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct scale {}
#[allow(non_camel_case_types, reason = "stands in for what could not be made")]
type __scale_refused = [(); ::core::compile_error! {
    "the function has no argument `factor`; its arguments are `value`, `by`"
}];
#[allow(
    dead_code,
    non_upper_case_globals,
    reason = "stands in for what could not be made"
)]
impl scale {
    const DEFINITION: ::rekuest::__core::Definition = ::rekuest::__core::Definition::of(
        ::rekuest::__core::__private::DefinitionParts::NOTHING,
    );
    fn call(_: __scale_refused) -> __scale_refused {
        loop {}
    }
}
impl ::rekuest::__core::RegisteredFunction for scale {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::__private::REFUSED;
    type Arguments = __scale_refused;
    type Sent = ();
    type Returns = __scale_refused;
    fn sent(_: __scale_refused) {}
}
impl ::rekuest::__core::Callable for scale {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "",
        ::rekuest::__core::Demand::Name(""),
    );
}
