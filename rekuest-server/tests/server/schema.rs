//! The interface is a subset of the protocol's: whatever is here has the same name and type there.

use std::collections::HashMap;

use async_graphql_parser::types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition};
use async_graphql_parser::{Positioned, parse_schema};

/// Types of a schema by name.
fn types(text: &str) -> HashMap<String, TypeKind> {
    let document = parse_schema(text).expect("a schema");
    let types = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(found) => Some((found.node.name.node.to_string(), found.node.kind)),
        _ => None,
    });
    types.collect()
}

/// What differs, in sentences.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn fields(
        &mut self,
        of: &str,
        ours: &[Positioned<FieldDefinition>],
        theirs: &[Positioned<FieldDefinition>],
    ) {
        for field in ours.iter().map(|field| &field.node) {
            let place = format!("{of}.{}", field.name.node);
            let Some(known) =
                theirs.iter().map(|field| &field.node).find(|known| known.name.node == field.name.node)
            else {
                self.0.push(format!("{place} is not known"));
                continue;
            };
            self.same_type(&place, &field.ty.node.to_string(), &known.ty.node.to_string());
            self.inputs(&place, &field.arguments, &known.arguments);
        }
    }

    fn inputs(
        &mut self,
        of: &str,
        ours: &[Positioned<InputValueDefinition>],
        theirs: &[Positioned<InputValueDefinition>],
    ) {
        for input in ours.iter().map(|input| &input.node) {
            let place = format!("{of}({})", input.name.node);
            let Some(known) =
                theirs.iter().map(|input| &input.node).find(|known| known.name.node == input.name.node)
            else {
                self.0.push(format!("{place} is not known"));
                continue;
            };
            self.same_type(&place, &input.ty.node.to_string(), &known.ty.node.to_string());
            let default = |input: &InputValueDefinition| {
                input.default_value.as_ref().map(|value| value.node.to_string())
            };
            if default(input) != default(known) {
                self.0.push(format!(
                    "{place} defaults to {:?}, expected {:?}",
                    default(input),
                    default(known)
                ));
            }
        }
        for known in theirs.iter().map(|input| &input.node) {
            let is_required = !known.ty.node.nullable && known.default_value.is_none();
            if is_required && !ours.iter().any(|input| input.node.name.node == known.name.node) {
                self.0.push(format!("{of} lacks {}, which everybody sends", known.name.node));
            }
        }
    }

    fn same_type(&mut self, place: &str, ours: &str, theirs: &str) {
        if ours != theirs {
            self.0.push(format!("{place} is {ours}, expected {theirs}"));
        }
    }
}

#[test]
fn the_interface_is_a_subset_of_the_protocols() {
    let ours = types(&rekuest_server::sdl());
    let theirs = types(include_str!("../../../rekuest-client/graphql/schema.graphql"));
    let mut differences = Differences::default();
    for (name, kind) in &ours {
        match (kind, theirs.get(name)) {
            (_, None) => differences.0.push(format!("{name} is not known")),
            (TypeKind::Scalar, Some(TypeKind::Scalar)) => {}
            (TypeKind::Object(ours), Some(TypeKind::Object(theirs))) => {
                differences.fields(name, &ours.fields, &theirs.fields);
                for implemented in &ours.implements {
                    assert!(theirs.implements.iter().any(|known| known.node == implemented.node), "{name}");
                }
            }
            (TypeKind::Interface(ours), Some(TypeKind::Interface(theirs))) => {
                differences.fields(name, &ours.fields, &theirs.fields);
            }
            (TypeKind::Enum(ours), Some(TypeKind::Enum(theirs))) => {
                for value in ours.values.iter().map(|value| &value.node.value.node) {
                    if !theirs.values.iter().any(|known| known.node.value.node == *value) {
                        differences.0.push(format!("{name}.{value} is not known"));
                    }
                }
            }
            (TypeKind::InputObject(ours), Some(TypeKind::InputObject(theirs))) => {
                differences.inputs(name, &ours.fields, &theirs.fields);
            }
            _ => differences.0.push(format!("{name} is of another kind")),
        }
    }
    assert!(differences.0.is_empty(), "{:#?}", differences.0);
    assert!(ours.len() > 80, "the schema was read: {} types", ours.len());
}
