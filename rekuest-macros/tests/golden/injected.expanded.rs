#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Scan
///
/// Scans the planes.
///
/// # Arguments
/// * `task` - where it is reported
/// * `planes` - how many
/// * `name` - of the scan
async fn scan(
    task: rekuest::Task,
    planes: u32,
    name: String,
    _: Task,
) -> Result<u32, Cancelled> {
    task.check()?;
    Ok(planes)
}
///The registered function "Scan": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct scan {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl scan {
    /// The documented signature.
    const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        let _ = <<Result<
            u32,
            Cancelled,
        > as ::rekuest::__core::__private::Fallible>::Cause as ::rekuest::__core::__private::Cause>::into_error;
        ::rekuest::__core::__private::injected(
            <rekuest::Task as ::rekuest::__core::Parameter>::PORT,
            "a parameter whose type is called `Task` is taken for rekuest's, which is no port, and this type has one; import it under another name: `use path::to::Task as Other;`",
        );
        ::rekuest::__core::__private::injected(
            <Task as ::rekuest::__core::Parameter>::PORT,
            "a parameter whose type is called `Task` is taken for rekuest's, which is no port, and this type has one; import it under another name: `use path::to::Task as Other;`",
        );
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Scan",
            description: ::core::option::Option::Some("Scans the planes."),
            args: &[
                ::rekuest::__core::__private::argument(
                    <u32 as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "planes",
                        label: ::core::option::Option::Some("planes"),
                        description: ::core::option::Option::Some("how many"),
                        default: ::core::option::Option::None,
                    },
                ),
                ::rekuest::__core::__private::argument(
                    <String as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "name",
                        label: ::core::option::Option::Some("name"),
                        description: ::core::option::Option::Some("of the scan"),
                        default: ::core::option::Option::Some(|| __Checked::<
                            String,
                        >::default_json(scan::__default_name())),
                    },
                ),
            ],
            returns: <<Result<
                u32,
                Cancelled,
            > as ::rekuest::__core::__private::Fallible>::Success as ::rekuest::__core::Returns>::PORTS,
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "scan",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((rekuest::Task, (u32, (String, (Task, ())))), Result<u32, Cancelled>),
            >::spawn(
                invocation,
                (
                    ::rekuest::__core::__private::Member::<rekuest::Task>::new("task"),
                    (
                        ::rekuest::__core::__private::Member::<u32>::new("planes"),
                        (
                            ::rekuest::__core::__private::Member::<String>::new("name")
                                .or(Self::__default_name),
                            (::rekuest::__core::__private::Member::<Task>::new("_"), ()),
                        ),
                    ),
                ),
                |(value0, (value1, (value2, (value3, ()))))| scan(
                    value0,
                    value1,
                    value2,
                    value3,
                ),
            )
        },
        execution: ::rekuest::__core::Execution::Async,
        concurrency: ::rekuest::__core::__private::at_most(2),
        group: ::core::option::Option::Some("stage"),
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
        planes: u32,
        name: impl ::core::convert::Into<::core::option::Option<String>>,
    ) -> ::rekuest::__core::Call<
        'c,
        <Result<u32, Cancelled> as ::rekuest::__core::__private::Fallible>::Success,
    > {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((u32, (String, ())), Result<u32, Cancelled>),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<scan as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as ::rekuest::__core::RegisteredFunction>::sent((
                planes,
                ::core::convert::Into::into(name),
            )),
        )
    }
    #[doc(hidden)]
    fn __default_name() -> String {
        ::core::convert::Into::into("scan")
    }
}
impl ::rekuest::__core::RegisteredFunction for scan {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = scan::IMPLEMENTATION;
    type Arguments = (u32, ::core::option::Option<String>);
    type Sent = (
        ::rekuest::__core::__private::Keyed<u32>,
        (::rekuest::__core::__private::Keyed<::core::option::Option<String>>, ()),
    );
    type Returns = <Result<
        u32,
        Cancelled,
    > as ::rekuest::__core::__private::Fallible>::Success;
    fn sent((value0, value1): Self::Arguments) -> Self::Sent {
        (("planes", value0), (("name", value1), ()))
    }
}
impl ::rekuest::__core::Callable for scan {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "scan",
        ::rekuest::__core::Demand::Definition(&scan::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& scan::IMPLEMENTATION)
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Park
fn park(task: Task) {}
///The registered function "Park": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct park {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl park {
    /// The documented signature.
    const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::__private::injected(
            <Task as ::rekuest::__core::Parameter>::PORT,
            "a parameter whose type is called `Task` is taken for rekuest's, which is no port, and this type has one; import it under another name: `use path::to::Task as Other;`",
        );
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Park",
            description: ::core::option::Option::Some("Park"),
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "park",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((Task, ()), ()),
            >::block(
                invocation,
                (::rekuest::__core::__private::Member::<Task>::new("task"), ()),
                |(value0, ())| park(value0),
            )
        },
        execution: ::rekuest::__core::Execution::Blocking,
        concurrency: ::rekuest::__core::__private::at_most(MOST),
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
    ) -> ::rekuest::__core::Call<'c, ()> {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((), ()),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<park as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as ::rekuest::__core::RegisteredFunction>::sent(()),
        )
    }
}
impl ::rekuest::__core::RegisteredFunction for park {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = park::IMPLEMENTATION;
    type Arguments = ();
    type Sent = ();
    type Returns = ();
    fn sent((): Self::Arguments) -> Self::Sent {}
}
impl ::rekuest::__core::Callable for park {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "park",
        ::rekuest::__core::Demand::Definition(&park::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& park::IMPLEMENTATION)
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Moves, and looks.
fn shift(
    stage: Ctx<Stage>,
    position: State<Position>,
    camera: ReadOnly<Ctx<Camera>>,
    by: f64,
    task: Task,
) {}
///The registered function "Shift": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct shift {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl shift {
    /// The documented signature.
    const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::__private::injected(
            <Task as ::rekuest::__core::Parameter>::PORT,
            "a parameter whose type is called `Task` is taken for rekuest's, which is no port, and this type has one; import it under another name: `use path::to::Task as Other;`",
        );
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Shift",
            description: ::core::option::Option::Some("Moves, and looks."),
            stateful: true,
            args: &[
                ::rekuest::__core::__private::argument(
                    <f64 as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "by",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::None,
                    },
                ),
            ],
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "shift",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                (
                    (
                        Ctx<Stage>,
                        (State<Position>, (ReadOnly<Ctx<Camera>>, (f64, (Task, ())))),
                    ),
                    (),
                ),
            >::block(
                invocation,
                (
                    ::rekuest::__core::__private::Member::<Ctx<Stage>>::new("stage"),
                    (
                        ::rekuest::__core::__private::Member::<
                            State<Position>,
                        >::new("position"),
                        (
                            ::rekuest::__core::__private::Member::<
                                ReadOnly<Ctx<Camera>>,
                            >::new("camera"),
                            (
                                ::rekuest::__core::__private::Member::<f64>::new("by"),
                                (
                                    ::rekuest::__core::__private::Member::<Task>::new("task"),
                                    (),
                                ),
                            ),
                        ),
                    ),
                ),
                |(value0, (value1, (value2, (value3, (value4, ())))))| shift(
                    value0,
                    value1,
                    value2,
                    value3,
                    value4,
                ),
            )
        },
        execution: ::rekuest::__core::Execution::Blocking,
        concurrency: ::core::option::Option::None,
        group: ::core::option::Option::Some("axes"),
        needs: &[
            <Ctx<Stage> as ::rekuest::__core::Injected>::NEED,
            <State<Position> as ::rekuest::__core::Injected>::NEED,
            <ReadOnly<Ctx<Camera>> as ::rekuest::__core::Injected>::NEED,
        ],
        ungrouped: true,
        dependencies: ::rekuest::__core::__private::distinct(
            &[
                <focus as ::rekuest::__core::Callable>::DEPENDENCY,
                <lab::light as ::rekuest::__core::Callable>::DEPENDENCY.optional(),
            ],
        ),
        location: ::rekuest::__core::Location {
            file: ::core::file!(),
            line: ::core::line!(),
        },
    };
    ///Calls whoever provides the function. Nothing happens until the call is awaited.
    #[inline]
    fn call<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        by: f64,
    ) -> ::rekuest::__core::Call<'c, ()> {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((f64, ()), ()),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<shift as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as ::rekuest::__core::RegisteredFunction>::sent((by,)),
        )
    }
}
impl ::rekuest::__core::RegisteredFunction for shift {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = shift::IMPLEMENTATION;
    type Arguments = (f64,);
    type Sent = (::rekuest::__core::__private::Keyed<f64>, ());
    type Returns = ();
    fn sent((value0,): Self::Arguments) -> Self::Sent {
        (("by", value0), ())
    }
}
impl ::rekuest::__core::Callable for shift {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "shift",
        ::rekuest::__core::Demand::Definition(&shift::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& shift::IMPLEMENTATION)
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Looks.
fn look(position: ReadOnly<State<Position>>, state: State) {}
///The registered function "Look": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct look {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl look {
    /// The documented signature.
    const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Look",
            description: ::core::option::Option::Some("Looks."),
            stateful: true,
            args: &[
                ::rekuest::__core::__private::argument(
                    <State as ::rekuest::__core::Parameter>::PORT,
                    ::rekuest::__core::__private::ArgumentParts {
                        key: "state",
                        label: ::core::option::Option::None,
                        description: ::core::option::Option::None,
                        default: ::core::option::Option::None,
                    },
                ),
            ],
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "look",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((ReadOnly<State<Position>>, (State, ())), ()),
            >::block(
                invocation,
                (
                    ::rekuest::__core::__private::Member::<
                        ReadOnly<State<Position>>,
                    >::new("position"),
                    (::rekuest::__core::__private::Member::<State>::new("state"), ()),
                ),
                |(value0, (value1, ()))| look(value0, value1),
            )
        },
        execution: ::rekuest::__core::Execution::Blocking,
        concurrency: ::core::option::Option::None,
        group: ::core::option::Option::None,
        needs: &[<ReadOnly<State<Position>> as ::rekuest::__core::Injected>::NEED],
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
        state: State,
    ) -> ::rekuest::__core::Call<'c, ()> {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((State, ()), ()),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<look as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as ::rekuest::__core::RegisteredFunction>::sent((state,)),
        )
    }
}
impl ::rekuest::__core::RegisteredFunction for look {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = look::IMPLEMENTATION;
    type Arguments = (State,);
    type Sent = (::rekuest::__core::__private::Keyed<State>, ());
    type Returns = ();
    fn sent((value0,): Self::Arguments) -> Self::Sent {
        (("state", value0), ())
    }
}
impl ::rekuest::__core::Callable for look {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "look",
        ::rekuest::__core::Demand::Definition(&look::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& look::IMPLEMENTATION)
}
