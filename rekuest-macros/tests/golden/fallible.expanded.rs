#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Divide
async fn divide(dividend: f64, divisor: f64) -> Result<(f64, f64), std::io::Error> {
    Ok((dividend / divisor, dividend % divisor))
}
///The registered function "Divide": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct divide {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl divide {
    /// The documented signature.
    const DEFINITION: crate::facade::__core::Definition = {
        use crate::facade::__core::__private::{Checked as __Checked, Unchecked as _};
        let _ = <<Result<
            (f64, f64),
            std::io::Error,
        > as crate::facade::__core::__private::Fallible>::Cause as crate::facade::__core::__private::Cause>::into_error;
        let _ = <f64 as crate::facade::__core::Shrink>::shrink;
        let _ = <f64 as crate::facade::__core::Shrink>::shrink;
        crate::facade::__core::Definition::of(crate::facade::__core::__private::DefinitionParts {
            name: "Divide",
            description: ::core::option::Option::Some("Divide"),
            args: &[
                crate::facade::__core::__private::argument(
                    <f64 as crate::facade::__core::Parameter>::PORT,
                    crate::facade::__core::__private::ArgumentParts {
                        key: "dividend",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::None,
                    },
                ),
                crate::facade::__core::__private::argument(
                    <f64 as crate::facade::__core::Parameter>::PORT,
                    crate::facade::__core::__private::ArgumentParts {
                        key: "divisor",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::None,
                    },
                ),
            ],
            returns: __Checked::<Result<(f64, f64), std::io::Error>>::RETURNS,
            ..crate::facade::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: crate::facade::__core::Implementation = crate::facade::__core::Implementation {
        interface: "divide",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use crate::facade::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((f64, (f64, ())), Result<(f64, f64), std::io::Error>),
            >::spawn(
                invocation,
                (
                    crate::facade::__core::__private::Member::<f64>::new("dividend"),
                    (crate::facade::__core::__private::Member::<f64>::new("divisor"), ()),
                ),
                |(value0, (value1, ()))| divide(value0, value1),
            )
        },
        execution: crate::facade::__core::Execution::Async,
        concurrency: ::core::option::Option::None,
        group: ::core::option::Option::None,
        needs: &[],
        ungrouped: false,
        dependencies: &[],
        location: crate::facade::__core::Location {
            file: ::core::file!(),
            line: ::core::line!(),
        },
    };
    ///Calls whoever provides the function. Nothing happens until the call is awaited.
    #[inline]
    fn call<'c>(
        caller: &'c dyn crate::facade::__core::Caller,
        dividend: f64,
        divisor: f64,
    ) -> crate::facade::__core::Call<
        'c,
        <Result<
            (f64, f64),
            std::io::Error,
        > as crate::facade::__core::__private::Fallible>::Success,
    > {
        use crate::facade::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((f64, (f64, ())), Result<(f64, f64), std::io::Error>),
        >::call(
            caller,
            {
                static __ACTION: crate::facade::__core::__private::ActionRef = crate::facade::__core::__private::ActionRef::new(
                    &<divide as crate::facade::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as crate::facade::__core::RegisteredFunction>::sent((
                dividend,
                divisor,
            )),
        )
    }
}
impl crate::facade::__core::RegisteredFunction for divide {
    const IMPLEMENTATION: crate::facade::__core::Implementation = divide::IMPLEMENTATION;
    type Arguments = (f64, f64);
    type Sent = (
        crate::facade::__core::__private::Keyed<f64>,
        (crate::facade::__core::__private::Keyed<f64>, ()),
    );
    type Returns = <Result<
        (f64, f64),
        std::io::Error,
    > as crate::facade::__core::__private::Fallible>::Success;
    fn sent((value0, value1): Self::Arguments) -> Self::Sent {
        (("dividend", value0), (("divisor", value1), ()))
    }
}
impl crate::facade::__core::Callable for divide {
    const DEPENDENCY: crate::facade::__core::Dependency = crate::facade::__core::Dependency::new(
        "divide",
        crate::facade::__core::Demand::Definition(&divide::DEFINITION),
    );
}
crate::facade::__core::__private::inventory::submit! {
    crate ::facade::__core::Registered(& divide::IMPLEMENTATION)
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Count
fn count(path: String) -> io::Result<u32> {
    Ok(path.len() as u32)
}
///The registered function "Count": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct count {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl count {
    /// The documented signature.
    const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        let _ = <<io::Result<
            u32,
        > as ::rekuest::__core::__private::Fallible>::Cause as ::rekuest::__core::__private::Cause>::into_error;
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Count",
            description: ::core::option::Option::Some("Count"),
            args: &[
                ::rekuest::__core::__private::argument(
                    <String as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "path",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::None,
                    },
                ),
            ],
            returns: <<io::Result<
                u32,
            > as ::rekuest::__core::__private::Fallible>::Success as ::rekuest::__core::Returns>::PORTS,
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "count",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((String, ()), io::Result<u32>),
            >::block(
                invocation,
                (::rekuest::__core::__private::Member::<String>::new("path"), ()),
                |(value0, ())| count(value0),
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
    fn call<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        path: String,
    ) -> ::rekuest::__core::Call<
        'c,
        <io::Result<u32> as ::rekuest::__core::__private::Fallible>::Success,
    > {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((String, ()), io::Result<u32>),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<count as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as ::rekuest::__core::RegisteredFunction>::sent((path,)),
        )
    }
}
impl ::rekuest::__core::RegisteredFunction for count {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = count::IMPLEMENTATION;
    type Arguments = (String,);
    type Sent = (::rekuest::__core::__private::Keyed<String>, ());
    type Returns = <io::Result<u32> as ::rekuest::__core::__private::Fallible>::Success;
    fn sent((value0,): Self::Arguments) -> Self::Sent {
        (("path", value0), ())
    }
}
impl ::rekuest::__core::Callable for count {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "count",
        ::rekuest::__core::Demand::Definition(&count::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& count::IMPLEMENTATION)
}
