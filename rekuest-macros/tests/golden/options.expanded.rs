#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Not used
pub(crate) fn r#measure_it(r#type: String, mut times: Option<u8>) -> Measurement {
    times.take();
    Measurement::of(r#type)
}
///The registered function "Measure": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
pub(crate) struct r#measure_it {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl r#measure_it {
    /// The documented signature.
    pub(crate) const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Measure",
            description: ::core::option::Option::Some("Measures"),
            collections: &["lab", "stage"],
            stateful: true,
            is_test_for: &[&<stage::home>::DEFINITION, &<park>::DEFINITION],
            logo: ::core::option::Option::Some("https://example.org/logo.png"),
            args: &[
                ::rekuest::__core::__private::argument(
                    <String as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "type",
                        label: ::core::option::Option::Some("Axis"),
                        description: ::core::option::Option::Some("which axis"),
                        default: ::core::option::Option::Some(|| __Checked::<
                            String,
                        >::default_json(r#measure_it::__default_type())),
                    },
                ),
                ::rekuest::__core::__private::argument(
                    <Option<u8> as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "times",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::Some(|| __Checked::<
                            Option<u8>,
                        >::default_json(r#measure_it::__default_times())),
                    },
                ),
            ],
            returns: __Checked::<Measurement>::RETURNS,
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    pub(crate) const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "measure",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((String, (Option<u8>, ())), Measurement),
            >::block(
                invocation,
                (
                    ::rekuest::__core::__private::Member::<String>::new("type")
                        .or(Self::__default_type),
                    (
                        ::rekuest::__core::__private::Member::<Option<u8>>::new("times")
                            .or(Self::__default_times),
                        (),
                    ),
                ),
                |(value0, (value1, ()))| r#measure_it(value0, value1),
            )
        },
        execution: ::rekuest::__core::Execution::Blocking,
        concurrency: ::rekuest::__core::__private::at_most(3),
        group: ::core::option::Option::Some("lab"),
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
    pub(crate) fn call<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        r#type: impl ::core::convert::Into<::core::option::Option<String>>,
        times: impl ::core::convert::Into<::core::option::Option<u8>>,
    ) -> ::rekuest::__core::Call<
        'c,
        <Measurement as ::rekuest::__core::Output>::Returns,
    > {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((String, (Option<u8>, ())), Measurement),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<r#measure_it as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as ::rekuest::__core::RegisteredFunction>::sent((
                ::core::convert::Into::into(r#type),
                ::core::convert::Into::into(times),
            )),
        )
    }
    #[doc(hidden)]
    fn __default_type() -> String {
        ::core::convert::Into::into("x")
    }
    #[doc(hidden)]
    fn __default_times() -> Option<u8> {
        ::core::option::Option::Some(2)
    }
}
impl ::rekuest::__core::RegisteredFunction for r#measure_it {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = r#measure_it::IMPLEMENTATION;
    type Arguments = (::core::option::Option<String>, ::core::option::Option<u8>);
    type Sent = (
        ::rekuest::__core::__private::Keyed<::core::option::Option<String>>,
        (::rekuest::__core::__private::Keyed<::core::option::Option<u8>>, ()),
    );
    type Returns = <Measurement as ::rekuest::__core::Output>::Returns;
    fn sent((value0, value1): Self::Arguments) -> Self::Sent {
        (("type", value0), (("times", value1), ()))
    }
}
impl ::rekuest::__core::Callable for r#measure_it {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "measure_it",
        ::rekuest::__core::Demand::Definition(&r#measure_it::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& r#measure_it::IMPLEMENTATION)
}
