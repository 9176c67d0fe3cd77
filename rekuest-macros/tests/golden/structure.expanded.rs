#[derive(Structure)]
#[structure(identifier = "@mikro/image")]
struct ImageId(u64);
#[automatically_derived]
impl ::rekuest::__core::Structure for ImageId {
    type Error = ::std::boxed::Box<
        dyn ::std::error::Error + ::core::marker::Send + ::core::marker::Sync,
    >;
    async fn expand(
        id: ::std::string::String,
        _: &::rekuest::__core::Contexts,
    ) -> ::core::result::Result<Self, Self::Error> {
        <u64 as ::rekuest::__core::__private::StructureId>::read_id(&id)
            .map(|id| Self { 0: id })
    }
    async fn shrink(
        self,
        _: &::rekuest::__core::Contexts,
    ) -> ::core::result::Result<::std::string::String, Self::Error> {
        ::core::result::Result::Ok(
            <u64 as ::rekuest::__core::__private::StructureId>::write_id(&self.0),
        )
    }
}
#[automatically_derived]
impl ::rekuest::__core::PortType for ImageId {
    const PORT: ::rekuest::__core::Port = ::rekuest::__core::Port::structure(
        "@mikro/image",
    );
}
#[automatically_derived]
impl ::rekuest::__core::Expand for ImageId {
    fn expand(
        value: &::rekuest::__core::__private::RawValue,
        contexts: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Self, ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        use ::rekuest::__core::__private::{
            Elsewhere as __Elsewhere, UncheckedElsewhere as _,
        };
        __Elsewhere::<Self>::expand("@mikro/image", value, contexts)
    }
}
#[automatically_derived]
impl ::rekuest::__core::Shrink for ImageId {
    fn shrink(
        self,
        out: &mut ::rekuest::__core::JsonWriter,
        contexts: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        use ::rekuest::__core::__private::{
            Elsewhere as __Elsewhere, UncheckedElsewhere as _,
        };
        __Elsewhere::<Self>::shrink("@mikro/image", self, out, contexts)
    }
}
#[derive(Structure)]
#[structure(identifier = "@mikro/table", expand = load, shrink = Table::store)]
struct Table {
    id: String,
    rows: Vec<u8>,
}
#[automatically_derived]
impl ::rekuest::__core::Structure for Table {
    type Error = ::std::boxed::Box<
        dyn ::std::error::Error + ::core::marker::Send + ::core::marker::Sync,
    >;
    async fn expand(
        id: ::std::string::String,
        contexts: &::rekuest::__core::Contexts,
    ) -> ::core::result::Result<Self, Self::Error> {
        ::rekuest::__core::__private::awaited(load(id, contexts).await)
    }
    async fn shrink(
        self,
        contexts: &::rekuest::__core::Contexts,
    ) -> ::core::result::Result<::std::string::String, Self::Error> {
        ::rekuest::__core::__private::awaited(Table::store(self, contexts).await)
    }
}
#[automatically_derived]
impl ::rekuest::__core::PortType for Table {
    const PORT: ::rekuest::__core::Port = ::rekuest::__core::Port::structure(
        "@mikro/table",
    );
}
#[automatically_derived]
impl ::rekuest::__core::Expand for Table {
    fn expand(
        value: &::rekuest::__core::__private::RawValue,
        contexts: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Self, ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        use ::rekuest::__core::__private::{
            Elsewhere as __Elsewhere, UncheckedElsewhere as _,
        };
        __Elsewhere::<Self>::expand("@mikro/table", value, contexts)
    }
}
#[automatically_derived]
impl ::rekuest::__core::Shrink for Table {
    fn shrink(
        self,
        out: &mut ::rekuest::__core::JsonWriter,
        contexts: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        use ::rekuest::__core::__private::{
            Elsewhere as __Elsewhere, UncheckedElsewhere as _,
        };
        __Elsewhere::<Self>::shrink("@mikro/table", self, out, contexts)
    }
}
#[derive(Structure)]
#[structure(identifier = "@mikro/plate", custom)]
enum Plate {
    Small,
    Large,
}
const _: () = {
    let _ = <Plate as ::rekuest::__core::Structure>::expand;
};
#[automatically_derived]
impl ::rekuest::__core::PortType for Plate {
    const PORT: ::rekuest::__core::Port = ::rekuest::__core::Port::structure(
        "@mikro/plate",
    );
}
#[automatically_derived]
impl ::rekuest::__core::Expand for Plate {
    fn expand(
        value: &::rekuest::__core::__private::RawValue,
        contexts: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Self, ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        use ::rekuest::__core::__private::{
            Elsewhere as __Elsewhere, UncheckedElsewhere as _,
        };
        __Elsewhere::<Self>::expand("@mikro/plate", value, contexts)
    }
}
#[automatically_derived]
impl ::rekuest::__core::Shrink for Plate {
    fn shrink(
        self,
        out: &mut ::rekuest::__core::JsonWriter,
        contexts: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        use ::rekuest::__core::__private::{
            Elsewhere as __Elsewhere, UncheckedElsewhere as _,
        };
        __Elsewhere::<Self>::shrink("@mikro/plate", self, out, contexts)
    }
}
