/// A stage.
#[derive(Context)]
#[context(group = "stage")]
struct Stage {
    port: Mutex<Port>,
}
#[automatically_derived]
impl ::rekuest::__core::Context for Stage {
    const GROUP: ::core::option::Option<&'static str> = ::core::option::Option::Some(
        "stage",
    );
}
#[automatically_derived]
impl ::rekuest::__core::hook::Provision for Stage {
    fn list(into: &mut ::std::vec::Vec<::rekuest::__core::injected::Needed>) {
        into.push(::rekuest::__core::injected::Needed::context::<Self>());
    }
    fn give(
        self,
        app: &mut ::rekuest::__core::Contexts,
    ) -> ::core::result::Result<(), ::std::string::String> {
        ::rekuest::__core::hook::give_context(self, app)
    }
}
/// Whatever it holds.
#[derive(Context)]
struct Held<T>(T);
#[automatically_derived]
impl<T> ::rekuest::__core::Context for Held<T>
where
    Self: ::core::marker::Send + ::core::marker::Sync + 'static,
{}
#[automatically_derived]
impl<T> ::rekuest::__core::hook::Provision for Held<T>
where
    Self: ::core::marker::Send + ::core::marker::Sync + 'static,
{
    fn list(into: &mut ::std::vec::Vec<::rekuest::__core::injected::Needed>) {
        into.push(::rekuest::__core::injected::Needed::context::<Self>());
    }
    fn give(
        self,
        app: &mut ::rekuest::__core::Contexts,
    ) -> ::core::result::Result<(), ::std::string::String> {
        ::rekuest::__core::hook::give_context(self, app)
    }
}
/// Where the stage stands.
#[derive(Clone, State)]
#[state(group = "stage")]
struct Position {
    /// In micrometers.
    x: f64,
    #[port(default = "home", len(max = 8))]
    place: String,
    seen: Vec<i64>,
}
#[automatically_derived]
#[allow(
    dead_code,
    deprecated,
    non_camel_case_types,
    non_upper_case_globals,
    non_snake_case,
    clippy::type_complexity,
    clippy::unnecessary_wraps,
    reason = "the struct itself is warned of where there is reason to"
)]
const _: () = {
    struct __StateOfPosition;
    impl __StateOfPosition {
        const __FIELDS: (
            (
                ::rekuest::__core::__private::Member<f64>,
                ::rekuest::__core::__private::Member<String>,
            ),
            ::rekuest::__core::__private::Member<Vec<i64>>,
        ) = (
            (
                ::rekuest::__core::__private::Member::<f64>::new("x"),
                ::rekuest::__core::__private::Member::<String>::new("place")
                    .or(Self::__default_place)
                    .annotated(&Self::__PORT_place),
            ),
            ::rekuest::__core::__private::Member::<Vec<i64>>::new("seen"),
        );
        const __PORTS: &'static [::rekuest::__core::Port] = {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            &[
                <f64 as ::rekuest::__core::PortType>::PORT
                    .keyed("x")
                    .described("In micrometers."),
                <String as ::rekuest::__core::PortType>::PORT
                    .keyed("place")
                    .with_field_default(|| __Checked::<
                        String,
                    >::default_json(__StateOfPosition::__default_place()))
                    .annotated(&__StateOfPosition::__PORT_place),
                <Vec<i64> as ::rekuest::__core::PortType>::PORT.keyed("seen"),
            ]
        };
        #[doc(hidden)]
        fn __default_place() -> String {
            ::core::convert::Into::into("home")
        }
        #[doc(hidden)]
        const __PORT_place: ::rekuest::__core::port::Annotations = ::rekuest::__core::port::Annotations::new()
            .validated(
                &[
                    ::rekuest::__core::port::Validator::len(
                        ::core::option::Option::None,
                        ::core::option::Option::Some(8u64),
                    ),
                ],
            );
    }
    impl ::rekuest::__core::StateType for Position {
        const NAME: &'static str = "Position";
        const PORTS: &'static [::rekuest::__core::Port] = __StateOfPosition::__PORTS;
        const GROUP: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "stage",
        );
        fn expand_state(
            value: &::rekuest::__core::__private::RawValue,
            contexts: &::rekuest::__core::Contexts,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<Self, ::rekuest::__core::ValueError>,
        > + ::core::marker::Send {
            use ::rekuest::__core::__private::{
                Members as __Members, UncheckedMembers as _,
            };
            __Members::<
                (
                    (
                        ::rekuest::__core::__private::Member<f64>,
                        ::rekuest::__core::__private::Member<String>,
                    ),
                    ::rekuest::__core::__private::Member<Vec<i64>>,
                ),
            >::expand(
                "Position",
                __StateOfPosition::__FIELDS,
                |((value0, value1), value2)| Self {
                    x: value0,
                    place: value1,
                    seen: value2,
                },
                value,
                contexts,
            )
        }
        fn shrink_state(
            self,
            out: &mut ::rekuest::__core::JsonWriter,
            contexts: &::rekuest::__core::Contexts,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<(), ::rekuest::__core::ValueError>,
        > + ::core::marker::Send {
            use ::rekuest::__core::__private::{
                Members as __Members, UncheckedMembers as _,
            };
            __Members::<
                (
                    (
                        ::rekuest::__core::__private::Member<f64>,
                        ::rekuest::__core::__private::Member<String>,
                    ),
                    ::rekuest::__core::__private::Member<Vec<i64>>,
                ),
            >::shrink(
                __StateOfPosition::__FIELDS,
                ((self.x, self.place), self.seen),
                out,
                contexts,
            )
        }
    }
    const _: &[::rekuest::__core::Port] = {
        use ::rekuest::__core::__private::{Members as __Members, UncheckedMembers as _};
        ::core::assert!(
            __Members:: < ::rekuest::__core::__private::Member < String >> ::ARE_VALUES,
            "a field is read and written, so its type has to implement both `Expand` and `Shrink`"
        );
        ::core::assert!(
            __Members:: < ::rekuest::__core::__private::Member < Vec < i64 > >>
            ::ARE_VALUES,
            "a field is read and written, so its type has to implement both `Expand` and `Shrink`"
        );
        ::rekuest::__core::injected::shown(__StateOfPosition::__PORTS)
    };
};
#[automatically_derived]
impl ::rekuest::__core::hook::Provision for Position {
    fn list(into: &mut ::std::vec::Vec<::rekuest::__core::injected::Needed>) {
        into.push(::rekuest::__core::injected::Needed::state::<Self>());
    }
    fn give(
        self,
        app: &mut ::rekuest::__core::Contexts,
    ) -> ::core::result::Result<(), ::std::string::String> {
        ::rekuest::__core::hook::give_state(self, app)
    }
}
/// Nothing yet.
#[derive(Clone, State)]
#[state(name = "Empty")]
struct Nothing {}
#[automatically_derived]
#[allow(
    dead_code,
    deprecated,
    non_camel_case_types,
    non_upper_case_globals,
    non_snake_case,
    clippy::type_complexity,
    clippy::unnecessary_wraps,
    reason = "the struct itself is warned of where there is reason to"
)]
const _: () = {
    struct __StateOfNothing;
    impl __StateOfNothing {
        const __FIELDS: () = ();
        const __PORTS: &'static [::rekuest::__core::Port] = {
            use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
            &[]
        };
    }
    impl ::rekuest::__core::StateType for Nothing {
        const NAME: &'static str = "Empty";
        const PORTS: &'static [::rekuest::__core::Port] = __StateOfNothing::__PORTS;
        fn expand_state(
            value: &::rekuest::__core::__private::RawValue,
            contexts: &::rekuest::__core::Contexts,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<Self, ::rekuest::__core::ValueError>,
        > + ::core::marker::Send {
            use ::rekuest::__core::__private::{
                Members as __Members, UncheckedMembers as _,
            };
            __Members::<
                (),
            >::expand("Empty", __StateOfNothing::__FIELDS, |()| Self {}, value, contexts)
        }
        fn shrink_state(
            self,
            out: &mut ::rekuest::__core::JsonWriter,
            contexts: &::rekuest::__core::Contexts,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<(), ::rekuest::__core::ValueError>,
        > + ::core::marker::Send {
            use ::rekuest::__core::__private::{
                Members as __Members, UncheckedMembers as _,
            };
            __Members::<()>::shrink(__StateOfNothing::__FIELDS, (), out, contexts)
        }
    }
    const _: &[::rekuest::__core::Port] = {
        use ::rekuest::__core::__private::{Members as __Members, UncheckedMembers as _};
        ::rekuest::__core::injected::shown(__StateOfNothing::__PORTS)
    };
};
#[automatically_derived]
impl ::rekuest::__core::hook::Provision for Nothing {
    fn list(into: &mut ::std::vec::Vec<::rekuest::__core::injected::Needed>) {
        into.push(::rekuest::__core::injected::Needed::state::<Self>());
    }
    fn give(
        self,
        app: &mut ::rekuest::__core::Contexts,
    ) -> ::core::result::Result<(), ::std::string::String> {
        ::rekuest::__core::hook::give_state(self, app)
    }
}
