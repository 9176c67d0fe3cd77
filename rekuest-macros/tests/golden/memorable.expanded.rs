#[derive(Memorable)]
#[memorable(label = Volume::title, description = describe)]
struct Volume {
    pixels: Vec<u16>,
}
#[automatically_derived]
impl ::rekuest::__core::Memorable for Volume {
    const IDENTIFIER: &'static str = {
        const PATH: &str = ::core::concat!(::core::module_path!(), "::", "volume");
        const BYTES: [u8; ::rekuest::__core::__private::identifier_len(PATH)] = ::rekuest::__core::__private::identifier_bytes(
            PATH,
        );
        ::rekuest::__core::__private::identifier_str(&BYTES)
    };
    fn label(&self) -> ::core::option::Option<::std::string::String> {
        let text: ::std::string::String = Volume::title(self);
        ::core::option::Option::Some(text)
    }
    fn description(&self) -> ::core::option::Option<::std::string::String> {
        let text: ::std::string::String = describe(self);
        ::core::option::Option::Some(text)
    }
}
#[derive(Memorable)]
#[memorable(identifier = "lab.light")]
struct Light;
#[automatically_derived]
impl ::rekuest::__core::Memorable for Light {
    const IDENTIFIER: &'static str = "lab.light";
}
