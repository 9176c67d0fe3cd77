//! The text that a definition's hash is made of (protocol, section 2).
//!
//! Keys in alphabetical order and in snake_case, every field, nulls included.

use super::DefinitionBuf;
use super::python::{PythonJson, WritePython};
use crate::port::{
    AssignWidgetBuf, ChoiceBuf, DescriptorBuf, EffectBuf, Json, PortBuf, PortKind, ReturnWidgetBuf,
    ValidatorBuf,
};

pub(super) fn preimage(definition: &DefinitionBuf) -> String {
    let mut out = PythonJson::default();
    definition.write(&mut out);
    out.into_string()
}

impl WritePython for PortKind {
    fn write(&self, out: &mut PythonJson) {
        out.string(self.as_str());
    }
}

impl WritePython for Json {
    fn write(&self, out: &mut PythonJson) {
        out.json(self.get());
    }
}

/// Writes an object with these fields, in this order: the alphabetical one.
macro_rules! object {
    ($type:ty: $($field:ident)*) => {
        impl WritePython for $type {
            fn write(&self, out: &mut PythonJson) {
                out.object(|out| {
                    $(out.field(stringify!($field), &self.$field);)*
                });
            }
        }
    };
}

object!(DefinitionBuf: args collections description is_test_for name returns stateful);
object!(PortBuf: assign_widget children choices default description descriptors effects identifier key kind label nullable return_widget validators);
object!(ChoiceBuf: description image label value);
object!(DescriptorBuf: key value);
object!(EffectBuf: dependencies fade function hook kind message ward);
object!(ValidatorBuf: dependencies error_message function label);
object!(AssignWidgetBuf: as_paragraph choices dependencies fallback filters hook kind max min placeholder query step ward);
object!(ReturnWidgetBuf: choices hook kind max min placeholder query step ward);
