#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Add
///
/// Adds two numbers.
///
/// # Arguments
/// * `a` - the first number
/// * `b` - what is added to it
///
/// # Returns
/// the sum
pub fn add(a: i64, b: i64) -> i64 {
    a + b
}
///The registered function "Add": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
pub struct add {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl add {
    /// The documented signature.
    pub const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Add",
            description: ::core::option::Option::Some("Adds two numbers."),
            args: &[
                ::rekuest::__core::__private::argument(
                    <i64 as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "a",
                        label: ::core::option::Option::Some("a"),
                        description: ::core::option::Option::Some("the first number"),
                        default: ::core::option::Option::None,
                    },
                ),
                ::rekuest::__core::__private::argument(
                    <i64 as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "b",
                        label: ::core::option::Option::Some("b"),
                        description: ::core::option::Option::Some("what is added to it"),
                        default: ::core::option::Option::Some(|| __Checked::<
                            i64,
                        >::default_json(add::__default_b())),
                    },
                ),
            ],
            returns: <i64 as ::rekuest::__core::Returns>::PORTS,
            described_returns: &[
                ::rekuest::__core::port::Annotations::new()
                    .labelled("return0")
                    .described("the sum"),
            ],
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    pub const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "add",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((i64, (i64, ())), i64),
            >::block(
                invocation,
                (
                    ::rekuest::__core::__private::Member::<i64>::new("a"),
                    (
                        ::rekuest::__core::__private::Member::<i64>::new("b")
                            .or(Self::__default_b),
                        (),
                    ),
                ),
                |(value0, (value1, ()))| add(value0, value1),
            )
        },
        execution: ::rekuest::__core::Execution::Blocking,
        concurrency: ::core::option::Option::None,
        group: ::core::option::Option::None,
        needs: &[],
        ungrouped: false,
        dependencies: &[],
        location: ::rekuest::__core::Location {
            file: ::core::file!(),
            line: ::core::line!(),
        },
    };
    ///Calls whoever provides the function. Nothing happens until the call is awaited.
    #[inline]
    pub fn call<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        a: i64,
        b: impl ::core::convert::Into<::core::option::Option<i64>>,
    ) -> ::rekuest::__core::Call<'c, i64> {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((i64, (i64, ())), i64),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<add as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as ::rekuest::__core::RegisteredFunction>::sent((
                a,
                ::core::convert::Into::into(b),
            )),
        )
    }
    #[doc(hidden)]
    fn __default_b() -> i64 {
        3
    }
}
impl ::rekuest::__core::RegisteredFunction for add {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = add::IMPLEMENTATION;
    type Arguments = (i64, ::core::option::Option<i64>);
    type Sent = (
        ::rekuest::__core::__private::Keyed<i64>,
        (::rekuest::__core::__private::Keyed<::core::option::Option<i64>>, ()),
    );
    type Returns = i64;
    fn sent((value0, value1): Self::Arguments) -> Self::Sent {
        (("a", value0), (("b", value1), ()))
    }
}
impl ::rekuest::__core::Callable for add {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "add",
        ::rekuest::__core::Demand::Definition(&add::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& add::IMPLEMENTATION)
}
