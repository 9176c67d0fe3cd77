/// The color of a thing.
#[derive(Debug, Choice)]
#[choice(rename_all = "SCREAMING_SNAKE_CASE")]
enum Color {
    Red,
    /// Like grass.
    #[choice(label = "Grass green", image = "https://example.org/green.png")]
    Green,
    #[choice(value = "b", description = "Like the sky.")]
    r#Blue,
}
#[automatically_derived]
#[allow(deprecated, reason = "a deprecated variant is still one of the choices")]
impl ::rekuest::__core::Choice for Color {
    const IDENTIFIER: &'static str = {
        const PATH: &str = ::core::concat!(::core::module_path!(), "::", "color");
        const BYTES: [u8; ::rekuest::__core::__private::identifier_len(PATH)] = ::rekuest::__core::__private::identifier_bytes(
            PATH,
        );
        ::rekuest::__core::__private::identifier_str(&BYTES)
    };
    const CHOICES: &'static [::rekuest::__core::port::ChoiceEntry] = &[
        ::rekuest::__core::port::ChoiceEntry::new(
                ::rekuest::__core::port::Scalar::String("RED"),
                "RED",
            )
            .described("The color of a thing."),
        ::rekuest::__core::port::ChoiceEntry::new(
                ::rekuest::__core::port::Scalar::String("GREEN"),
                "Grass green",
            )
            .described("Like grass.")
            .with_image("https://example.org/green.png"),
        ::rekuest::__core::port::ChoiceEntry::new(
                ::rekuest::__core::port::Scalar::String("b"),
                "b",
            )
            .described("Like the sky."),
    ];
    fn index(&self) -> usize {
        match self {
            Self::Red => 0usize,
            Self::Green => 1usize,
            Self::r#Blue => 2usize,
        }
    }
    fn from_index(index: usize) -> ::core::option::Option<Self> {
        ::core::option::Option::Some(
            match index {
                0usize => Self::Red,
                1usize => Self::Green,
                2usize => Self::r#Blue,
                _ => return ::core::option::Option::None,
            },
        )
    }
}
#[automatically_derived]
impl ::rekuest::__core::PortType for Color {
    const PORT: ::rekuest::__core::Port = ::rekuest::__core::Port::choice(
            <Self as ::rekuest::__core::Choice>::IDENTIFIER,
            <Self as ::rekuest::__core::Choice>::CHOICES,
        )
        .described("The color of a thing.");
}
#[automatically_derived]
impl ::rekuest::__core::Expand for Color {
    fn expand(
        value: &::rekuest::__core::__private::RawValue,
        _: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<Self, ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        ::core::future::ready(::rekuest::__core::__private::expand_choice(value))
    }
}
#[automatically_derived]
impl ::rekuest::__core::Shrink for Color {
    fn shrink(
        self,
        out: &mut ::rekuest::__core::JsonWriter,
        _: &::rekuest::__core::Contexts,
    ) -> impl ::core::future::Future<
        Output = ::core::result::Result<(), ::rekuest::__core::ValueError>,
    > + ::core::marker::Send {
        out.string(::rekuest::__core::Choice::value(&self));
        ::core::future::ready(::core::result::Result::Ok(()))
    }
}
#[allow(deprecated, reason = "a deprecated type is still a type")]
const _: ::rekuest::__core::Port = <Color as ::rekuest::__core::PortType>::PORT;
