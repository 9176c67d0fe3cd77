#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Moves the stage.
///
/// # Returns
/// where it is now
fn step(x: i64, names: Vec<String>, stage: String, speed: f64, slow: bool) -> i64 {
    x
}
///The registered function "Step": its definition, and how to call whoever provides it.
#[allow(
    non_camel_case_types,
    reason = "a registered function and its struct have one name"
)]
struct step {}
#[allow(
    dead_code,
    deprecated,
    non_snake_case,
    non_upper_case_globals,
    clippy::too_many_arguments,
    reason = "the function itself is warned of where there is reason to"
)]
impl step {
    /// The documented signature.
    const DEFINITION: ::rekuest::__core::Definition = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::port::Annotations::assert_dependencies(
            &::rekuest::__core::port::Annotations::new()
                .validated(
                    &[
                        FAST,
                        ::rekuest::__core::port::Validator::javascript(
                                "(v, x) => v > x",
                                &["x"],
                            )
                            .with_message("too slow"),
                    ],
                ),
            &["x", "names", "stage", "speed", "slow"],
        );
        ::rekuest::__core::Definition::of(::rekuest::__core::__private::DefinitionParts {
            name: "Step",
            description: ::core::option::Option::Some("Moves the stage."),
            interfaces: &["@lab/stage"],
            port_groups: &[
                ::rekuest::__core::port::PortGroup::new("where", &["x", "names"])
                    .titled("Where")
                    .with_effects(
                        &[
                            ::rekuest::__core::port::Effect::hide(
                                "(x, slow) => slow",
                                &["slow"],
                            ),
                        ],
                    ),
            ],
            args: &[
                ::rekuest::__core::Port::annotated(
                    ::rekuest::__core::__private::argument(
                        <i64 as ::rekuest::__core::Parameter>::PORT,
                        ::rekuest::__core::__private::ArgumentParts {
                            key: "x",
                            label: ::core::option::Option::None,
                            description: ::core::option::Option::None,
                            default: ::core::option::Option::Some(|| __Checked::<
                                i64,
                            >::default_json(step::__default_x())),
                        },
                    ),
                    &step::__annotations_x,
                ),
                ::rekuest::__core::Port::annotated(
                    ::rekuest::__core::__private::argument(
                        <Vec<String> as ::rekuest::__core::Parameter>::PORT,
                        ::rekuest::__core::__private::ArgumentParts {
                            key: "names",
                            label: ::core::option::Option::None,
                            description: ::core::option::Option::None,
                            default: ::core::option::Option::None,
                        },
                    ),
                    &step::__annotations_names,
                ),
                ::rekuest::__core::Port::annotated(
                    ::rekuest::__core::__private::argument(
                        <String as ::rekuest::__core::Parameter>::PORT,
                        ::rekuest::__core::__private::ArgumentParts {
                            key: "stage",
                            label: ::core::option::Option::None,
                            description: ::core::option::Option::None,
                            default: ::core::option::Option::None,
                        },
                    ),
                    &step::__annotations_stage,
                ),
                ::rekuest::__core::Port::annotated(
                    ::rekuest::__core::__private::argument(
                        <f64 as ::rekuest::__core::Parameter>::PORT,
                        ::rekuest::__core::__private::ArgumentParts {
                            key: "speed",
                            label: ::core::option::Option::None,
                            description: ::core::option::Option::None,
                            default: ::core::option::Option::None,
                        },
                    ),
                    &step::__annotations_speed,
                ),
                ::rekuest::__core::Port::annotated(
                    ::rekuest::__core::__private::argument(
                        <bool as ::rekuest::__core::Parameter>::PORT,
                        ::rekuest::__core::__private::ArgumentParts {
                            key: "slow",
                            label: ::core::option::Option::None,
                            description: ::core::option::Option::None,
                            default: ::core::option::Option::None,
                        },
                    ),
                    &step::__annotations_slow,
                ),
            ],
            returns: <i64 as ::rekuest::__core::Returns>::PORTS,
            described_returns: &[
                ::rekuest::__core::port::Annotations::new()
                    .shown_by(
                        ::rekuest::__core::port::ReturnWidget::custom("arrow", "lab"),
                    )
                    .validated(
                        &[
                            ::rekuest::__core::port::Validator::ge(
                                ::rekuest::__core::port::Number::int(0),
                            ),
                        ],
                    )
                    .labelled("return0")
                    .described("where it is now"),
            ],
            ..::rekuest::__core::__private::DefinitionParts::NOTHING
        })
    };
    /// How this app runs it.
    const IMPLEMENTATION: ::rekuest::__core::Implementation = ::rekuest::__core::Implementation {
        interface: "step",
        definition: Self::DEFINITION,
        handler: |invocation| {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            __Checked::<
                ((i64, (Vec<String>, (String, (f64, (bool, ()))))), i64),
            >::block(
                invocation,
                (
                    ::rekuest::__core::__private::Member::<i64>::new("x")
                        .or(Self::__default_x)
                        .annotated(&Self::__annotations_x),
                    (
                        ::rekuest::__core::__private::Member::<Vec<String>>::new("names")
                            .annotated(&Self::__annotations_names),
                        (
                            ::rekuest::__core::__private::Member::<String>::new("stage")
                                .annotated(&Self::__annotations_stage),
                            (
                                ::rekuest::__core::__private::Member::<f64>::new("speed")
                                    .annotated(&Self::__annotations_speed),
                                (
                                    ::rekuest::__core::__private::Member::<bool>::new("slow")
                                        .annotated(&Self::__annotations_slow),
                                    (),
                                ),
                            ),
                        ),
                    ),
                ),
                |(value0, (value1, (value2, (value3, (value4, ())))))| step(
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
        x: impl ::core::convert::Into<::core::option::Option<i64>>,
        names: Vec<String>,
        stage: String,
        speed: f64,
        slow: bool,
    ) -> ::rekuest::__core::Call<'c, i64> {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((i64, (Vec<String>, (String, (f64, (bool, ()))))), i64),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<step as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            <Self as ::rekuest::__core::RegisteredFunction>::sent((
                ::core::convert::Into::into(x),
                names,
                stage,
                speed,
                slow,
            )),
        )
    }
    #[doc(hidden)]
    fn __default_x() -> i64 {
        3
    }
    #[doc(hidden)]
    const __annotations_x: ::rekuest::__core::port::Annotations = ::rekuest::__core::port::Annotations::new()
        .asked_by(::rekuest::__core::port::AssignWidget::slider(0f64, 10f64).step(2f64))
        .validated(
            &[
                ::rekuest::__core::port::Validator::gt(
                    ::rekuest::__core::port::Number::int(-1),
                ),
                ::rekuest::__core::port::Validator::lt(
                    ::rekuest::__core::port::Number::float(10.5),
                ),
            ],
        );
    #[doc(hidden)]
    const __annotations_names: ::rekuest::__core::port::Annotations = ::rekuest::__core::port::Annotations::new()
        .validated(
            &[
                ::rekuest::__core::port::Validator::len(
                    ::core::option::Option::Some(1u64),
                    ::core::option::Option::Some(3u64),
                ),
            ],
        )
        .with_item(
            &::rekuest::__core::port::Annotations::new()
                .asked_by(
                    ::rekuest::__core::port::AssignWidget::choice(
                        &[
                            ::rekuest::__core::port::ChoiceEntry::new(
                                ::rekuest::__core::port::Scalar::String("a"),
                                "a",
                            ),
                            ::rekuest::__core::port::ChoiceEntry::new(
                                    ::rekuest::__core::port::Scalar::String("b"),
                                    "B",
                                )
                                .described("the b"),
                        ],
                    ),
                )
                .validated(
                    &[
                        ::rekuest::__core::port::Validator::len(
                            ::core::option::Option::None,
                            ::core::option::Option::Some(8u64),
                        ),
                    ],
                ),
        );
    #[doc(hidden)]
    const __annotations_stage: ::rekuest::__core::port::Annotations = ::rekuest::__core::port::Annotations::new()
        .asked_by(
            ::rekuest::__core::port::AssignWidget::search_unchecked(
                "query ($search: String, $values: [ID]) { options: stages(search: $search, ids: $values) { value: id label: name } }",
                "lab",
                &["x"],
                &[<String as ::rekuest::__core::PortType>::PORT.keyed("room")],
            ),
        )
        .with_descriptors(
            &[
                ::rekuest::__core::port::Descriptor::new(
                    "unit",
                    ::rekuest::__core::port::Scalar::String("mm"),
                ),
                ::rekuest::__core::port::Descriptor::new(
                    "pixel size",
                    ::rekuest::__core::port::Scalar::Float(0.5),
                ),
            ],
        );
    #[doc(hidden)]
    const __annotations_speed: ::rekuest::__core::port::Annotations = ::rekuest::__core::port::Annotations::new()
        .validated(
            &[
                FAST,
                ::rekuest::__core::port::Validator::javascript("(v, x) => v > x", &["x"])
                    .with_message("too slow"),
            ],
        );
    #[doc(hidden)]
    const __annotations_slow: ::rekuest::__core::port::Annotations = ::rekuest::__core::port::Annotations::new()
        .with_effects(
            &[
                ::rekuest::__core::port::Effect::message(
                        "(s) => s",
                        &[],
                        "this takes long",
                    )
                    .fading(false),
            ],
        );
}
impl ::rekuest::__core::RegisteredFunction for step {
    const IMPLEMENTATION: ::rekuest::__core::Implementation = step::IMPLEMENTATION;
    type Arguments = (::core::option::Option<i64>, Vec<String>, String, f64, bool);
    type Sent = (
        ::rekuest::__core::__private::Keyed<::core::option::Option<i64>>,
        (
            ::rekuest::__core::__private::Keyed<Vec<String>>,
            (
                ::rekuest::__core::__private::Keyed<String>,
                (
                    ::rekuest::__core::__private::Keyed<f64>,
                    (::rekuest::__core::__private::Keyed<bool>, ()),
                ),
            ),
        ),
    );
    type Returns = i64;
    fn sent((value0, value1, value2, value3, value4): Self::Arguments) -> Self::Sent {
        (
            ("x", value0),
            (
                ("names", value1),
                (("stage", value2), (("speed", value3), (("slow", value4), ()))),
            ),
        )
    }
}
impl ::rekuest::__core::Callable for step {
    const DEPENDENCY: ::rekuest::__core::Dependency = ::rekuest::__core::Dependency::new(
        "step",
        ::rekuest::__core::Demand::Definition(&step::DEFINITION),
    );
}
::rekuest::__core::__private::inventory::submit! {
    ::rekuest::__core::Registered(& step::IMPLEMENTATION)
}
