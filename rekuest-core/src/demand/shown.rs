//! What a demand asks for, in words: for errors that say what was looked for.

use std::fmt;

use super::owned::{DemandBuf, PortMatch, PortsDemand};

/// What comes after "an action with": ``the name `Add` and the arguments (a: INT, b: INT)``.
impl fmt::Display for DemandBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut asked = Vec::new();
        let texts = [("hash", &self.hash), ("name", &self.name), ("description", &self.description)];
        asked
            .extend(texts.iter().filter_map(|(what, text)| Some(format!("the {what} `{}`", text.as_ref()?))));
        asked.extend(side("argument", &self.args));
        asked.extend(side("return", &self.returns));
        if !self.protocols.is_empty() {
            asked.push(format!("the protocols {}", self.protocols.join(", ")));
        }
        if asked.is_empty() {
            return f.write_str("anything at all");
        }
        f.write_str(&asked.join(" and "))
    }
}

/// What is asked of the ports on one side; none if nothing is.
fn side(what: &str, demand: &PortsDemand) -> Option<String> {
    let matches = &demand.matches;
    match demand.length {
        None if matches.is_empty() => None,
        Some(0) => Some(format!("no {what}s")),
        Some(1) if matches.is_empty() => Some(format!("one {what}")),
        Some(length) if matches.is_empty() => Some(format!("{length} {what}s")),
        Some(length) if length == matches.len() => Some(format!("the {what}s ({})", list(matches))),
        Some(length) => Some(format!("{length} {what}s, among them ({})", list(matches))),
        None => Some(format!("{what}s such as ({})", list(matches))),
    }
}

fn list(matches: &[PortMatch]) -> String {
    matches.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// `image: STRUCTURE @mikro/image`, `LIST of (INT)`, `a: INT | null`.
impl fmt::Display for PortMatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a LIST or a DICT holds has no name.
        if let Some(key) = self.key.as_ref().filter(|key| *key != "...") {
            write!(f, "{key}: ")?;
        }
        match self.kind {
            Some(kind) => kind.fmt(f)?,
            None => f.write_str("any kind")?,
        }
        if let Some(identifier) = &self.identifier {
            write!(f, " {identifier}")?;
        }
        if !self.children.is_empty() {
            write!(f, " of ({})", list(&self.children))?;
        }
        if self.nullable == Some(true) {
            f.write_str(" | null")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::PortKind;

    fn port(key: &str, kind: PortKind) -> PortMatch {
        PortMatch { key: Some(key.to_owned()), kind: Some(kind), ..PortMatch::default() }
    }

    #[test]
    fn everything_that_is_asked_for_is_said() {
        let exactly = |matches: Vec<PortMatch>| PortsDemand {
            length: Some(matches.len()),
            matches,
            ..PortsDemand::default()
        };
        let image =
            PortMatch { identifier: Some("@mikro/image".to_owned()), ..port("image", PortKind::Structure) };
        let sizes = PortMatch {
            children: vec![port("...", PortKind::Int)],
            nullable: Some(true),
            ..port("sizes", PortKind::List)
        };
        let demand = DemandBuf {
            name: Some("Look".to_owned()),
            args: exactly(vec![image, sizes]),
            returns: exactly(Vec::new()),
            ..DemandBuf::default()
        };
        assert_eq!(
            demand.to_string(),
            "the name `Look` and the arguments (image: STRUCTURE @mikro/image, sizes: LIST of (INT) | null) and no returns"
        );
        assert_eq!(
            DemandBuf { hash: Some("abc".to_owned()), ..DemandBuf::default() }.to_string(),
            "the hash `abc`"
        );
        assert_eq!(DemandBuf::default().to_string(), "anything at all");
    }

    #[test]
    fn a_part_of_the_ports_is_not_shown_as_all_of_them() {
        let some = PortsDemand { matches: vec![port("a", PortKind::Int)], ..PortsDemand::default() };
        let of_two = PortsDemand { length: Some(2), ..some.clone() };
        let demand = DemandBuf { args: some, returns: of_two, ..DemandBuf::default() };
        assert_eq!(demand.to_string(), "arguments such as (a: INT) and 2 returns, among them (a: INT)");
    }
}
