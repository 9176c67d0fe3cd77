#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
/// Brings the image into focus.
#[allow(non_camel_case_types, reason = "it has the name of the function")]
struct autofocus {}
#[allow(
    dead_code,
    non_snake_case,
    clippy::too_many_arguments,
    reason = "which calls of it there are is not known here"
)]
impl autofocus {
    ///Calls whoever provides the function. Nothing happens until the call is awaited.
    #[inline]
    fn call<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        image: ImageId,
        range: Option<f64>,
    ) -> ::rekuest::__core::Call<'c, f64> {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        __Checked::<
            ((ImageId, (Option<f64>, ())), f64),
        >::call(
            caller,
            {
                static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                    &<autofocus as ::rekuest::__core::Callable>::DEPENDENCY,
                );
                &__ACTION
            },
            (("image", image), (("range", range), ())),
        )
    }
}
impl ::rekuest::__core::Callable for autofocus {
    const DEPENDENCY: ::rekuest::__core::Dependency = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        const __ARGS: &[::rekuest::__core::Port] = &[
            ::rekuest::__core::__private::argument(
                <ImageId as ::rekuest::__core::Parameter>::PORT,
                ::rekuest::__core::__private::ArgumentParts {
                    key: "image",
                    label: ::core::option::Option::None,
                    description: ::core::option::Option::None,
                    default: ::core::option::Option::None,
                },
            ),
            ::rekuest::__core::__private::argument(
                <Option<f64> as ::rekuest::__core::Parameter>::PORT,
                ::rekuest::__core::__private::ArgumentParts {
                    key: "range",
                    label: ::core::option::Option::None,
                    description: ::core::option::Option::None,
                    default: ::core::option::Option::None,
                },
            ),
        ];
        const __RETURNS: &[::rekuest::__core::Port] = <f64 as ::rekuest::__core::Returns>::PORTS;
        let _ = (__ARGS, __RETURNS);
        ::rekuest::__core::Dependency::new(
            "autofocus",
            ::rekuest::__core::Demand::Ports {
                args: __ARGS,
                returns: __RETURNS,
            },
        )
    };
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(non_camel_case_types, reason = "it has the name of the function")]
pub struct add {}
#[allow(
    dead_code,
    non_snake_case,
    clippy::too_many_arguments,
    reason = "which calls of it there are is not known here"
)]
impl add {
    ///Calls whoever provides the function. Nothing happens until the call is awaited.
    #[inline]
    pub fn call<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        a: i64,
        b: i64,
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
            (("a", a), (("b", b), ())),
        )
    }
}
impl ::rekuest::__core::Callable for add {
    const DEPENDENCY: ::rekuest::__core::Dependency = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        const __ARGS: &[::rekuest::__core::Port] = &[
            ::rekuest::__core::__private::argument(
                <i64 as ::rekuest::__core::Parameter>::PORT,
                ::rekuest::__core::__private::ArgumentParts {
                    key: "a",
                    label: ::core::option::Option::None,
                    description: ::core::option::Option::None,
                    default: ::core::option::Option::None,
                },
            ),
            ::rekuest::__core::__private::argument(
                <i64 as ::rekuest::__core::Parameter>::PORT,
                ::rekuest::__core::__private::ArgumentParts {
                    key: "b",
                    label: ::core::option::Option::None,
                    description: ::core::option::Option::None,
                    default: ::core::option::Option::None,
                },
            ),
        ];
        const __RETURNS: &[::rekuest::__core::Port] = <i64 as ::rekuest::__core::Returns>::PORTS;
        let _ = (__ARGS, __RETURNS);
        ::rekuest::__core::Dependency::new(
            "add",
            ::rekuest::__core::Demand::Hash(
                "5e45dba65a8cbf15587c61699bf2a4094e2ffc9ffd45e1eb172ca9681f7aeb44",
            ),
        )
    };
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(non_camel_case_types, reason = "it has the name of the function")]
struct count {}
#[allow(
    dead_code,
    non_snake_case,
    clippy::too_many_arguments,
    reason = "which calls of it there are is not known here"
)]
impl count {
    ///Calls whoever provides the function, and streams its items. Nothing happens until the stream is polled.
    #[inline]
    fn stream<'c>(
        caller: &'c dyn ::rekuest::__core::Caller,
        to: u32,
    ) -> ::rekuest::__core::CallStream<'c, u32> {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        ::rekuest::__core::Call::stream(
            __Checked::<
                ((u32, ()), u32),
            >::call(
                caller,
                {
                    static __ACTION: ::rekuest::__core::__private::ActionRef = ::rekuest::__core::__private::ActionRef::new(
                        &<count as ::rekuest::__core::Callable>::DEPENDENCY,
                    );
                    &__ACTION
                },
                (("to", to), ()),
            ),
        )
    }
}
impl ::rekuest::__core::Callable for count {
    const DEPENDENCY: ::rekuest::__core::Dependency = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        const __ARGS: &[::rekuest::__core::Port] = &[
            ::rekuest::__core::__private::argument(
                <u32 as ::rekuest::__core::Parameter>::PORT,
                ::rekuest::__core::__private::ArgumentParts {
                    key: "to",
                    label: ::core::option::Option::None,
                    description: ::core::option::Option::None,
                    default: ::core::option::Option::None,
                },
            ),
        ];
        const __RETURNS: &[::rekuest::__core::Port] = <u32 as ::rekuest::__core::Returns>::PORTS;
        let _ = (__ARGS, __RETURNS);
        ::rekuest::__core::Dependency::new(
            "counting",
            ::rekuest::__core::Demand::Name("Count"),
        )
    };
}
#[allow(
    clippy::needless_pass_by_value,
    reason = "an app gives all that a function takes by value"
)]
#[allow(non_camel_case_types, reason = "it has the name of the function")]
struct park {}
#[allow(
    dead_code,
    non_snake_case,
    clippy::too_many_arguments,
    reason = "which calls of it there are is not known here"
)]
impl park {
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
            (),
        )
    }
}
impl ::rekuest::__core::Callable for park {
    const DEPENDENCY: ::rekuest::__core::Dependency = {
        use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
        const __ARGS: &[::rekuest::__core::Port] = &[];
        const __RETURNS: &[::rekuest::__core::Port] = &[];
        let _ = (__ARGS, __RETURNS);
        ::rekuest::__core::Dependency::new(
            "park",
            ::rekuest::__core::Demand::Ports {
                args: __ARGS,
                returns: __RETURNS,
            },
        )
    };
}
