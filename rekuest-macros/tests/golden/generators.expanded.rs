#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Counts.
fn count(n: i64) -> impl Iterator<Item = i64> {
    0..n
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
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Count",
            description: ::core::option::Option::Some("Counts."),
            kind: ::rekuest::__core::ActionKind::Generator,
            args: &[
                ::rekuest::__core::__private::argument(
                    <i64 as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "n",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::None,
                    },
                ),
            ],
            returns: <i64 as ::rekuest::__core::Returns>::PORTS,
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
                ((i64, ()), i64),
            >::iterate(
                invocation,
                (::rekuest::__core::__private::Member::<i64>::new("n"), ()),
                |(value0, ())| ::core::result::Result::<
                    _,
                    ::core::convert::Infallible,
                >::Ok(count(value0)),
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
    ///Calls whoever provides the function, and streams its items. Nothing happens until the stream is polled.
    #[inline]
    fn stream<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        n: i64,
    ) -> ::rekuest::__core::CallStream<'c, i64> {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::Call::stream(
            __Checked::<
                ((i64, ()), i64),
            >::call(
                caller,
                {
                    static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                        &<count as ::rekuest::__core::Callable>::DEPENDENCY,
                    );
                    &__ACTION
                },
                <Self as ::rekuest::__core::RegisteredFunction>::sent((n,)),
            ),
        )
    }
}
impl ::rekuest::__core::RegisteredFunction for count {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = count::IMPLEMENTATION;
    type Arguments = (i64,);
    type Sent = (::rekuest::__core::__private::Keyed<i64>, ());
    type Returns = i64;
    fn sent((value0,): Self::Arguments) -> Self::Sent {
        (("n", value0), ())
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
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Counts, or not.
async fn counted(
    n: i64,
) -> Result<impl Stream<Item = Result<(i64, String), Broken>> + Send, Broken> {
    stream(n)
}
///The registered function "Counted": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct counted {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl counted {
    /// The documented signature.
    const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        let _ = <<Result<
            (i64, String),
            Broken,
        > as ::rekuest::__core::__private::Fallible>::Cause as ::rekuest::__core::__private::Cause>::into_error;
        let _ = <i64 as ::rekuest::__core::Shrink>::shrink;
        let _ = <String as ::rekuest::__core::Shrink>::shrink;
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Counted",
            description: ::core::option::Option::Some("Counts, or not."),
            kind: ::rekuest::__core::ActionKind::Generator,
            args: &[
                ::rekuest::__core::__private::argument(
                    <i64 as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "n",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::None,
                    },
                ),
            ],
            returns: __Checked::<Result<(i64, String), Broken>>::RETURNS,
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "counted",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((i64, ()), Result<(i64, String), Broken>),
            >::stream(
                invocation,
                (::rekuest::__core::__private::Member::<i64>::new("n"), ()),
                |(value0, ())| counted(value0),
            )
        },
        execution: ::rekuest::__core::Execution::Async,
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
    ///Calls whoever provides the function, and streams its items. Nothing happens until the stream is polled.
    #[inline]
    fn stream<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        n: i64,
    ) -> ::rekuest::__core::CallStream<
        'c,
        <Result<
            (i64, String),
            Broken,
        > as ::rekuest::__core::__private::Fallible>::Success,
    > {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::Call::stream(
            __Checked::<
                ((i64, ()), Result<(i64, String), Broken>),
            >::call(
                caller,
                {
                    static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                        &<counted as ::rekuest::__core::Callable>::DEPENDENCY,
                    );
                    &__ACTION
                },
                <Self as ::rekuest::__core::RegisteredFunction>::sent((n,)),
            ),
        )
    }
}
impl ::rekuest::__core::RegisteredFunction for counted {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = counted::IMPLEMENTATION;
    type Arguments = (i64,);
    type Sent = (::rekuest::__core::__private::Keyed<i64>, ());
    type Returns = <Result<
        (i64, String),
        Broken,
    > as ::rekuest::__core::__private::Fallible>::Success;
    fn sent((value0,): Self::Arguments) -> Self::Sent {
        (("n", value0), ())
    }
}
impl ::rekuest::__core::Callable for counted {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "counted",
        ::rekuest::__core::Demand::Definition(&counted::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& counted::IMPLEMENTATION)
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Named.
fn named(n: i64) -> Result<BoxStream<'static, i64>, Broken> {
    stream(n)
}
///The registered function "Named": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct named {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl named {
    /// The documented signature.
    const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Named",
            description: ::core::option::Option::Some("Named."),
            kind: ::rekuest::__core::ActionKind::Generator,
            args: &[
                ::rekuest::__core::__private::argument(
                    <i64 as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "n",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::None,
                    },
                ),
            ],
            returns: __Checked::<
                <<Result<
                    BoxStream<'static, i64>,
                    Broken,
                > as ::rekuest::__core::__private::Fallible>::Success as ::rekuest::__core::__private::Stream>::Item,
            >::RETURNS,
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "named",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                (
                    (i64, ()),
                    <<Result<
                        BoxStream<'static, i64>,
                        Broken,
                    > as ::rekuest::__core::__private::Fallible>::Success as ::rekuest::__core::__private::Stream>::Item,
                ),
            >::stream(
                invocation,
                (::rekuest::__core::__private::Member::<i64>::new("n"), ()),
                |(value0, ())| ::core::future::ready(named(value0)),
            )
        },
        execution: ::rekuest::__core::Execution::Async,
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
    ///Calls whoever provides the function, and streams its items. Nothing happens until the stream is polled.
    #[inline]
    fn stream<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        n: i64,
    ) -> ::rekuest::__core::CallStream<
        'c,
        <<<Result<
            BoxStream<'static, i64>,
            Broken,
        > as ::rekuest::__core::__private::Fallible>::Success as ::rekuest::__core::__private::Stream>::Item as ::rekuest::__core::Output>::Returns,
    > {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::Call::stream(
            __Checked::<
                (
                    (i64, ()),
                    <<Result<
                        BoxStream<'static, i64>,
                        Broken,
                    > as ::rekuest::__core::__private::Fallible>::Success as ::rekuest::__core::__private::Stream>::Item,
                ),
            >::call(
                caller,
                {
                    static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                        &<named as ::rekuest::__core::Callable>::DEPENDENCY,
                    );
                    &__ACTION
                },
                <Self as ::rekuest::__core::RegisteredFunction>::sent((n,)),
            ),
        )
    }
}
impl ::rekuest::__core::RegisteredFunction for named {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = named::IMPLEMENTATION;
    type Arguments = (i64,);
    type Sent = (::rekuest::__core::__private::Keyed<i64>, ());
    type Returns = <<<Result<
        BoxStream<'static, i64>,
        Broken,
    > as ::rekuest::__core::__private::Fallible>::Success as ::rekuest::__core::__private::Stream>::Item as ::rekuest::__core::Output>::Returns;
    fn sent((value0,): Self::Arguments) -> Self::Sent {
        (("n", value0), ())
    }
}
impl ::rekuest::__core::Callable for named {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "named",
        ::rekuest::__core::Demand::Definition(&named::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& named::IMPLEMENTATION)
}
