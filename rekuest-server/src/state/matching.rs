//! Finding actions by what they take and return.

use rekuest_core::{DefinitionBuf, PortBuf, PortKind};

/// What an action has to be like. Everything that is left out fits all.
#[derive(Debug, Default)]
pub(crate) struct Demand {
    pub(crate) key: String,
    pub(crate) hash: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) args: PortsDemand,
    pub(crate) returns: PortsDemand,
    /// Whether protocols are asked for. This server keeps none, so no action has them.
    pub(crate) has_protocols: bool,
}

/// What the ports on one side have to be like.
#[derive(Debug, Default)]
pub(crate) struct PortsDemand {
    pub(crate) matches: Vec<PortMatch>,
    pub(crate) length: Option<usize>,
    pub(crate) non_nullable_length: Option<usize>,
    pub(crate) structure_length: Option<usize>,
}

/// What one port has to be like.
#[derive(Debug, Default)]
pub(crate) struct PortMatch {
    /// Its position, from 0; any unless given.
    pub(crate) at: Option<usize>,
    pub(crate) key: Option<String>,
    pub(crate) kind: Option<PortKind>,
    pub(crate) identifier: Option<String>,
    pub(crate) nullable: Option<bool>,
    pub(crate) children: Vec<PortMatch>,
}

impl Demand {
    /// Whether an action is meant.
    pub(crate) fn fits(&self, hash: &str, definition: &DefinitionBuf) -> bool {
        self.hash.as_deref().is_none_or(|wanted| wanted == hash)
            && self.name.as_ref().is_none_or(|wanted| *wanted == definition.name)
            && self.description.as_ref().is_none_or(|wanted| definition.description.as_ref() == Some(wanted))
            && self.args.fits(&definition.args)
            && self.returns.fits(&definition.returns)
            && !self.has_protocols
    }

    /// Whether nothing is asked for, so that every action would fit.
    pub(crate) fn is_vague(&self) -> bool {
        self.hash.is_none()
            && self.name.is_none()
            && self.description.is_none()
            && self.args.is_vague()
            && self.returns.is_vague()
            && !self.has_protocols
    }
}

impl PortsDemand {
    /// Whether ports are meant.
    pub(crate) fn fits(&self, ports: &[PortBuf]) -> bool {
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
}

impl PortMatch {
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
