#[derive(Choice)]
#[choice(identifier = "lab color", crate = self::facade)]
enum Color<T> {
    Red,
    Other(T),
}
::core::compile_error! {
    "a choice cannot be generic: its port has to be known when it is compiled; name the types"
}
::core::compile_error! {
    "an identifier is one word: it cannot contain whitespace"
}
::core::compile_error! {
    "a choice is sent as one text, so its variants hold nothing; `derive(Union)` is for variants that hold one value each"
}
impl<T> self::facade::__core::Choice for Color<T>
where
    Self: ::core::marker::Send + 'static,
{
    const IDENTIFIER: &'static str = "refused";
    const CHOICES: &'static [self::facade::__core::port::ChoiceEntry] = &[];
    fn index(&self) -> usize {
        0
    }
    fn from_index(_: usize) -> ::core::option::Option<Self> {
        ::core::option::Option::None
    }
}
impl<T> self::facade::__core::PortType for Color<T>
where
    Self: ::core::marker::Send,
{
    const PORT: self::facade::__core::Port = self::facade::__core::Port::new(
        self::facade::__core::PortKind::Enum,
    );
}
impl<T> self::facade::__core::Expand for Color<T>
where
    Self: ::core::marker::Send,
{
    async fn expand(
        _: &self::facade::__core::__private::RawValue,
        _: &self::facade::__core::Contexts,
    ) -> ::core::result::Result<Self, self::facade::__core::ValueError> {
        loop {}
    }
}
impl<T> self::facade::__core::Shrink for Color<T>
where
    Self: ::core::marker::Send,
{
    async fn shrink(
        self,
        _: &mut self::facade::__core::JsonWriter,
        _: &self::facade::__core::Contexts,
    ) -> ::core::result::Result<(), self::facade::__core::ValueError> {
        loop {}
    }
}
