#[derive(Model)]
struct Tree {
    children: Vec<Self>,
}
::core::compile_error! {
    "`Tree` holds itself here, so its port would hold itself without an end; refer to the other one by an id, or hold all of them in one list"
}
impl ::rekuest::__core::PortType for Tree {
    const PORT: ::rekuest::__core::Port = ::rekuest::__core::Port::new(
        ::rekuest::__core::PortKind::Model,
    );
}
impl ::rekuest::__core::Expand for Tree {
    async fn expand(
        _: &::rekuest::__core::__private::RawValue,
        _: &::rekuest::__core::Contexts,
    ) -> ::core::result::Result<Self, ::rekuest::__core::ValueError> {
        loop {}
    }
}
impl ::rekuest::__core::Shrink for Tree {
    async fn shrink(
        self,
        _: &mut ::rekuest::__core::JsonWriter,
        _: &::rekuest::__core::Contexts,
    ) -> ::core::result::Result<(), ::rekuest::__core::ValueError> {
        loop {}
    }
}
