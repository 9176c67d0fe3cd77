//! Derives where names and places are as awkward as they get.
#![deny(warnings)]

mod renamed {
    pub use rekuest::*;
}

/// Names that generated code must not mean.
mod shadowing {
    #![allow(non_camel_case_types, dead_code)]

    pub struct Option;
    pub struct Result;
    pub struct String;
    pub struct Send;
    pub struct Some;
    pub struct Ok;
    pub struct Err;
    pub struct Port;

    #[derive(crate::derives::renamed::Model)]
    #[model(crate = crate::derives::renamed)]
    pub struct r#type {
        r#fn: i64,
        #[port(default = true)]
        value: bool,
        out: std::vec::Vec<f32>,
        contexts: std::option::Option<std::string::String>,
    }

    #[derive(crate::derives::renamed::Choice)]
    #[choice(crate = crate::derives::renamed)]
    pub enum r#enum {
        r#Type,
        Port,
    }

    #[derive(crate::derives::renamed::Union)]
    #[union(crate = crate::derives::renamed)]
    pub enum r#union {
        Ok(i64),
        #[port(label = "Err")]
        Err(r#enum),
    }

    #[derive(crate::derives::renamed::Structure)]
    #[structure(identifier = "@shadow/id", crate = crate::derives::renamed)]
    pub struct Id {
        r#type: std::string::String,
    }

    #[derive(crate::derives::renamed::Structure)]
    #[structure(identifier = "@shadow/thing", expand = id, shrink = contexts, crate = crate::derives::renamed)]
    pub struct Thing;

    async fn id(
        _: std::string::String,
        _: &crate::derives::renamed::Contexts,
    ) -> std::result::Result<Thing, &'static str> {
        std::result::Result::Err("there is none")
    }

    async fn contexts(
        _: Thing,
        _: &crate::derives::renamed::Contexts,
    ) -> std::result::Result<std::string::String, std::string::String> {
        std::result::Result::Ok(std::string::String::new())
    }

    #[derive(crate::derives::renamed::Memorable)]
    #[memorable(crate = crate::derives::renamed, label = label)]
    pub struct Kept;

    fn label(_: &Kept) -> std::string::String {
        std::string::String::new()
    }
}

/// Types made by a macro.
macro_rules! model {
    ($name:ident, $field:ident: $ty:ty = $default:expr) => {
        #[derive(rekuest::Model)]
        #[allow(dead_code)]
        struct $name {
            #[port(default = $default)]
            $field: $ty,
            others: Vec<$ty>,
        }
    };
}

model!(Made, size: Option<u8> = 3);

macro_rules! large {
    ($($field:ident)*) => {
        #[derive(rekuest::Model)]
        #[allow(dead_code)]
        struct Large {
            $($field: Option<Box<i64>>,)*
        }
    };
}

large! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8
    d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 h0 h1 h2 h3 h4 h5 h6 h7
    h8 h9 i0 i1 i2 i3 i4 i5 i6 i7 i8 i9 j0 j1 j2 j3 j4 j5 j6 j7 j8 j9 k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 l0 l1 l2 l3 l4 l5 l6
}

/// Deprecated
#[rekuest::register]
fn all(made: Made, large: Large, model: shadowing::r#type, kept: rekuest::Memory<shadowing::Kept>) {
    let _ = (made, large, model, kept);
}

#[test]
fn it_is_taken() {
    /// Types in a function.
    #[derive(rekuest::Model)]
    #[allow(dead_code)]
    struct Local {
        #[deprecated]
        old: u8,
        kind: Kind,
    }

    #[derive(rekuest::Choice)]
    #[allow(dead_code)]
    enum Kind {
        #[deprecated]
        Old = 3,
        New = 4,
    }

    let port = <Local as rekuest::PortType>::PORT;
    assert_eq!(port.identifier(), Some("local"));
    let identifier = <Kind as rekuest::Choice>::IDENTIFIER;
    assert!(identifier.ends_with(".kind"), "{identifier}");
}
