/// Where to go.
#[derive(Union)]
enum Target {
    /// By its number.
    #[port(gt = 0)]
    Number(i64),
    #[port(label = "Name")]
    Name(String),
}
#[automatically_derived]
#[allow(non_upper_case_globals, reason = "named by the index of the variant")]
impl Target {
    #[doc(hidden)]
    const __PORT_0: ::rekuest::__core::port::Annotations = ::rekuest::__core::port::Annotations::new()
        .validated(
            &[
                ::rekuest::__core::port::Validator::gt(
                    ::rekuest::__core::port::Number::int(0),
                ),
            ],
        );
}
#[automatically_derived]
impl ::rekuest::__core::PortType for Target {
    const PORT: ::rekuest::__core::Port = ::rekuest::__core::Port::union(
            &[
                <i64 as ::rekuest::__core::PortType>::PORT
                    .keyed("0")
                    .described("By its number.")
                    .annotated(&Target::__PORT_0),
                <String as ::rekuest::__core::PortType>::PORT.keyed("1").labelled("Name"),
            ],
        )
        .described("Where to go.");
}
#[automatically_derived]
#[allow(deprecated, reason = "a deprecated variant is still a variant")]
impl ::rekuest::__core::Expand for Target {
    async fn expand(
        value: &::rekuest::__core::__private::RawValue,
        contexts: &::rekuest::__core::Contexts,
    ) -> ::core::result::Result<Self, ::rekuest::__core::ValueError> {
        use ::rekuest::__core::__private::{UncheckedVariant as _, Variant as __Variant};
        let mut used = ::rekuest::__core::__private::Used::read(value, 2usize)?;
        if let ::core::option::Option::Some(value) = __Variant::<
            i64,
        >::expand(
                0usize,
                ::core::option::Option::Some(&Self::__PORT_0),
                &mut used,
                contexts,
            )
            .await?
        {
            return ::core::result::Result::Ok(Self::Number(value));
        }
        if let ::core::option::Option::Some(value) = __Variant::<
            String,
        >::expand(1usize, ::core::option::Option::None, &mut used, contexts)
            .await?
        {
            return ::core::result::Result::Ok(Self::Name(value));
        }
        ::core::result::Result::Err(used.into_error())
    }
}
#[automatically_derived]
#[allow(deprecated, reason = "a deprecated variant is still a variant")]
impl ::rekuest::__core::Shrink for Target {
    async fn shrink(
        self,
        out: &mut ::rekuest::__core::JsonWriter,
        contexts: &::rekuest::__core::Contexts,
    ) -> ::core::result::Result<(), ::rekuest::__core::ValueError> {
        use ::rekuest::__core::__private::{UncheckedVariant as _, Variant as __Variant};
        match self {
            Self::Number(value) => {
                __Variant::<i64>::shrink(0usize, value, out, contexts).await
            }
            Self::Name(value) => {
                __Variant::<String>::shrink(1usize, value, out, contexts).await
            }
        }
    }
}
#[allow(deprecated, reason = "a deprecated type is still a type")]
const _: ::rekuest::__core::Port = {
    use ::rekuest::__core::__private::{UncheckedVariant as _, Variant as __Variant};
    ::core::assert!(
        __Variant:: < String > ::IS_VALUE,
        "a variant is read and written, so its type has to implement both `Expand` and `Shrink`"
    );
    <Target as ::rekuest::__core::PortType>::PORT
};
