//! [`DemandBuf`]: what an action has to be like, and which actions are like it.

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::definition::DefinitionBuf;
use crate::port::{PortBuf, PortKind};

/// What an action has to be like. Everything that is left out fits all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DemandBuf {
    /// Its hash.
    pub hash: Option<String>,
    /// The name that people see.
    pub name: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// What its arguments are like.
    pub args: PortsDemand,
    /// What its returns are like.
    pub returns: PortsDemand,
    /// The protocols that it has, by their ids. Nothing here keeps any, so no action has one.
    pub protocols: Vec<String>,
}

/// What the ports on one side have to be like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PortsDemand {
    /// For each of these there is a port that is like it.
    pub matches: Vec<PortMatch>,
    /// How many ports there are.
    pub length: Option<usize>,
    /// How many of them do not take null.
    pub non_nullable_length: Option<usize>,
    /// How many of them are STRUCTUREs.
    pub structure_length: Option<usize>,
}

/// What one port has to be like.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PortMatch {
    /// Its position, from 0; any unless given.
    pub at: Option<usize>,
    /// Its key.
    pub key: Option<String>,
    /// Its kind.
    pub kind: Option<PortKind>,
    /// Its identifier.
    pub identifier: Option<String>,
    /// Whether it takes null.
    pub nullable: Option<bool>,
    /// What its children are like.
    pub children: Vec<PortMatch>,
}

impl DemandBuf {
    /// Whether an action is meant.
    pub fn fits(&self, hash: &str, definition: &DefinitionBuf) -> bool {
        self.hash.as_deref().is_none_or(|wanted| wanted == hash)
            && self.name.as_ref().is_none_or(|wanted| *wanted == definition.name)
            && self.description.as_ref().is_none_or(|wanted| definition.description.as_ref() == Some(wanted))
            && self.args.fits(&definition.args)
            && self.returns.fits(&definition.returns)
            && self.protocols.is_empty()
    }

    /// Whether nothing is asked for, so that every action would fit.
    pub fn is_vague(&self) -> bool {
        self.hash.is_none()
            && self.name.is_none()
            && self.description.is_none()
            && self.args.is_vague()
            && self.returns.is_vague()
            && self.protocols.is_empty()
    }

    /// What it is in an `ActionDependencyInput` (protocol, section 2), beside what else is said there.
    pub(crate) fn serialize_into<S: serde::ser::SerializeStruct>(
        &self,
        fields: &mut S,
    ) -> Result<(), S::Error> {
        fields.serialize_field("hash", &self.hash)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("description", &self.description)?;
        fields.serialize_field("argMatches", &self.args.asked())?;
        fields.serialize_field("returnMatches", &self.returns.asked())?;
        fields.serialize_field("protocols", &Some(&self.protocols).filter(|asked| !asked.is_empty()))?;
        fields.serialize_field("forceArgLength", &self.args.length)?;
        fields.serialize_field("forceReturnLength", &self.returns.length)
    }
}

/// As an `ActionDependencyInput` without a name of its own: what an action is looked for with.
impl Serialize for DemandBuf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("ActionDependencyInput", 9)?;
        fields.serialize_field("key", "action")?;
        self.serialize_into(&mut fields)?;
        fields.end()
    }
}

impl PortsDemand {
    /// Exactly these ports as far as callers of them notice: `one` says what each has to be like.
    pub(super) fn exactly(ports: &[PortBuf], one: fn(&PortBuf) -> PortMatch) -> Self {
        let at = |(index, port)| PortMatch { at: Some(index), ..one(port) };
        Self {
            matches: ports.iter().enumerate().map(at).collect(),
            length: Some(ports.len()),
            ..Self::default()
        }
    }

    /// Whether ports are meant.
    pub fn fits(&self, ports: &[PortBuf]) -> bool {
        let count = |wanted: fn(&&PortBuf) -> bool| ports.iter().filter(wanted).count();
        self.length.is_none_or(|length| length == ports.len())
            && self.non_nullable_length.is_none_or(|length| length == count(|port| !port.nullable))
            && self
                .structure_length
                .is_none_or(|length| length == count(|port| port.kind == PortKind::Structure))
            && self.matches.iter().all(|wanted| wanted.fits_one_of(ports))
    }

    fn is_vague(&self) -> bool {
        self.matches.is_empty() && self.length.is_none()
    }

    fn asked(&self) -> Option<&[PortMatch]> {
        (!self.is_vague()).then_some(&self.matches)
    }
}

impl PortMatch {
    /// A port that takes every value that this one takes, under the same key.
    pub(super) fn taking(port: &PortBuf) -> Self {
        Self {
            key: Some(port.key.clone()),
            kind: Some(port.kind),
            identifier: port.identifier.clone(),
            // One that takes null as well will do.
            nullable: port.nullable.then_some(true),
            children: port.children().iter().map(Self::taking).collect(),
            at: None,
        }
    }

    /// A port that gives no value that this one does not give. Returns have no names.
    pub(super) fn giving(port: &PortBuf) -> Self {
        let nullable = (!port.nullable).then_some(false);
        let children =
            port.children().iter().map(|child| Self { key: Some(child.key.clone()), ..Self::giving(child) });
        Self { key: None, nullable, children: children.collect(), ..Self::taking(port) }
    }

    fn fits_one_of(&self, ports: &[PortBuf]) -> bool {
        match self.at {
            Some(position) => ports.get(position).is_some_and(|port| self.fits(port)),
            None => ports.iter().any(|port| self.fits(port)),
        }
    }

    fn fits(&self, port: &PortBuf) -> bool {
        self.key.as_ref().is_none_or(|key| *key == port.key)
            && self.kind.is_none_or(|kind| kind == port.kind)
            && self.identifier.as_ref().is_none_or(|identifier| port.identifier.as_ref() == Some(identifier))
            && self.nullable.is_none_or(|nullable| nullable == port.nullable)
            && self.children.iter().all(|child| child.fits_one_of(port.children()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ports() -> Vec<PortBuf> {
        serde_json::from_value(serde_json::json!([
            {"key": "image", "kind": "STRUCTURE", "identifier": "@mikro/image"},
            {"key": "sizes", "kind": "LIST", "nullable": true, "children": [{"key": "...", "kind": "INT"}]},
        ]))
        .expect("ports")
    }

    fn fits(wanted: PortMatch) -> bool {
        PortsDemand { matches: vec![wanted], ..Default::default() }.fits(&ports())
    }

    #[test]
    fn a_match_without_a_position_fits_any_port() {
        assert!(fits(PortMatch { kind: Some(PortKind::List), ..Default::default() }));
        assert!(!fits(PortMatch { kind: Some(PortKind::List), at: Some(0), ..Default::default() }));
        assert!(!fits(PortMatch { kind: Some(PortKind::Int), ..Default::default() }));
    }

    #[test]
    fn children_and_lengths_are_looked_at() {
        let of_kind = |kind| PortMatch { kind: Some(kind), ..Default::default() };
        let list_of = |kind| PortMatch { children: vec![of_kind(kind)], ..of_kind(PortKind::List) };
        assert!(fits(list_of(PortKind::Int)));
        assert!(!fits(list_of(PortKind::String)));
        let counts = |length, non_nullable, structures| PortsDemand {
            matches: Vec::new(),
            length: Some(length),
            non_nullable_length: Some(non_nullable),
            structure_length: Some(structures),
        };
        assert!(counts(2, 1, 1).fits(&ports()));
        assert!(!counts(2, 2, 1).fits(&ports()));
    }
}
