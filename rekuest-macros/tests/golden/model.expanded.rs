/// A point in space.
///
/// In meters.
#[derive(Model)]
pub struct Point {
    /// The first coordinate.
    x: i64,
    #[port(default = 1.5, ge = 0, label = "Y")]
    y: f64,
    #[port(default = "origin", description = "what it is called")]
    r#type: Option<String>,
}
#[automatically_derived]
#[allow(
    dead_code,
    deprecated,
    non_upper_case_globals,
    non_snake_case,
    clippy::type_complexity,
    clippy::unnecessary_wraps,
    reason = "the struct itself is warned of where there is reason to"
)]
impl Point {
    #[doc(hidden)]
    const __FIELDS: (
        (
            ::rekuest::__core::__private::Member<i64>,
            ::rekuest::__core::__private::Member<f64>,
        ),
        ::rekuest::__core::__private::Member<Option<String>>,
    ) = (
        (
            ::rekuest::__core::__private::Member::<i64>::new("x"),
            ::rekuest::__core::__private::Member::<f64>::new("y")
                .or(Self::__default_y)
                .annotated(&Self::__PORT_y),
        ),
        ::rekuest::__core::__private::Member::<Option<String>>::new("type")
            .or(Self::__default_type),
    );
    #[doc(hidden)]
    fn __default_y() -> f64 {
        1.5
    }
    #[doc(hidden)]
    const __PORT_y: ::rekuest::__core::port::Annotations = ::rekuest::__core::port::Annotations::new()
        .validated(
            &[
                ::rekuest::__core::port::Validator::ge(
                    ::rekuest::__core::port::Number::int(0),
                ),
            ],
        );
    #[doc(hidden)]
    fn __default_type() -> Option<String> {
        ::core::option::Option::Some(::core::convert::Into::into("origin"))
    }
}
#[automatically_derived]
impl ::rekuest::__core::PortType for Point {
    const PORT: ::rekuest::__core::Port = ::rekuest::__core::Port::model(
            "point",
            {
                use ::rekuest::__core::__private::{Checked as __Checked, Unchecked as _};
                &[
                    <i64 as ::rekuest::__core::PortType>::PORT
                        .keyed("x")
                        .described("The first coordinate."),
                    <f64 as ::rekuest::__core::PortType>::PORT
                        .keyed("y")
                        .labelled("Y")
                        .with_field_default(|| __Checked::<
                            f64,
                        >::default_json(Point::__default_y()))
                        .annotated(&Point::__PORT_y),
                    <Option<String> as ::rekuest::__core::PortType>::PORT
                        .keyed("type")
                        .described("what it is called")
                        .with_field_default(|| __Checked::<
                            Option<String>,
                        >::default_json(Point::__default_type())),
                ]
            },
        )
        .described("A point in space.\n\nIn meters.");
}
#[automatically_derived]
#[allow(deprecated, reason = "a deprecated field is still a field")]
impl ::rekuest::__core::Expand for Point {
    fn expand(
        value: &::rekuest::__core::__private::RawValue,
        contexts: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Self, ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        use ::rekuest::__core::__private::{Members as __Members, UncheckedMembers as _};
        __Members::<
            (
                (
                    ::rekuest::__core::__private::Member<i64>,
                    ::rekuest::__core::__private::Member<f64>,
                ),
                ::rekuest::__core::__private::Member<Option<String>>,
            ),
        >::expand(
            "point",
            Self::__FIELDS,
            |((value0, value1), value2)| Self {
                x: value0,
                y: value1,
                r#type: value2,
            },
            value,
            contexts,
        )
    }
}
#[automatically_derived]
#[allow(deprecated, reason = "a deprecated field is still a field")]
impl ::rekuest::__core::Shrink for Point {
    fn shrink(
        self,
        out: &mut ::rekuest::__core::JsonWriter,
        contexts: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        use ::rekuest::__core::__private::{Members as __Members, UncheckedMembers as _};
        __Members::<
            (
                (
                    ::rekuest::__core::__private::Member<i64>,
                    ::rekuest::__core::__private::Member<f64>,
                ),
                ::rekuest::__core::__private::Member<Option<String>>,
            ),
        >::shrink(Self::__FIELDS, ((self.x, self.y), self.r#type), out, contexts)
    }
}
#[allow(deprecated, reason = "a deprecated type is still a type")]
const _: ::rekuest::__core::Port = {
    use ::rekuest::__core::__private::{Members as __Members, UncheckedMembers as _};
    ::core::assert!(
        __Members:: < ::rekuest::__core::__private::Member < Option < String > >>
        ::ARE_VALUES,
        "a field is read and written, so its type has to implement both `Expand` and `Shrink`"
    );
    <Point as ::rekuest::__core::PortType>::PORT
};
#[derive(Model)]
#[model(identifier = "nothing", crate = renamed)]
struct Empty {}
#[automatically_derived]
#[allow(
    dead_code,
    deprecated,
    non_upper_case_globals,
    non_snake_case,
    clippy::type_complexity,
    clippy::unnecessary_wraps,
    reason = "the struct itself is warned of where there is reason to"
)]
impl Empty {
    #[doc(hidden)]
    const __FIELDS: () = ();
}
#[automatically_derived]
impl renamed::__core::PortType for Empty {
    const PORT: renamed::__core::Port = renamed::__core::Port::model(
        "nothing",
        {
            use renamed::__core::__private::{Checked as __Checked, Unchecked as _};
            &[]
        },
    );
}
#[automatically_derived]
#[allow(deprecated, reason = "a deprecated field is still a field")]
impl renamed::__core::Expand for Empty {
    fn expand(
        value: &renamed::__core::__private::RawValue,
        contexts: &renamed::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Self, renamed::__core::ValueError>,
    > + ::core::marker::Send {
        use renamed::__core::__private::{Members as __Members, UncheckedMembers as _};
        __Members::<()>::expand("nothing", Self::__FIELDS, |()| Self {}, value, contexts)
    }
}
#[automatically_derived]
#[allow(deprecated, reason = "a deprecated field is still a field")]
impl renamed::__core::Shrink for Empty {
    fn shrink(
        self,
        out: &mut renamed::__core::JsonWriter,
        contexts: &renamed::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), renamed::__core::ValueError>,
    > + ::core::marker::Send {
        use renamed::__core::__private::{Members as __Members, UncheckedMembers as _};
        __Members::<()>::shrink(Self::__FIELDS, (), out, contexts)
    }
}
#[allow(deprecated, reason = "a deprecated type is still a type")]
const _: renamed::__core::Port = {
    use renamed::__core::__private::{Members as __Members, UncheckedMembers as _};
    <Empty as renamed::__core::PortType>::PORT
};
