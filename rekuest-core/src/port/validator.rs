//! Validators: what user interfaces check before they send, and the part of it that agents enforce.

use std::fmt;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::arrow::parameters;
use crate::definition::python_float;

/// A bound of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Number {
    /// A whole number.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
}

impl Number {
    /// A bound that is a whole number.
    pub const fn int(bound: i128) -> Self {
        Self::Int(bound)
    }

    /// A bound with a fraction. Fails to compile for what is not finite.
    #[track_caller]
    pub const fn float(bound: f64) -> Self {
        assert!(bound.is_finite(), "a bound has to be a finite number");
        Self::Float(bound)
    }
}

/// As Python writes it, which JavaScript reads as well.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(int) => write!(f, "{int}"),
            Self::Float(float) => f.write_str(&python_float(*float)),
        }
    }
}

/// A check that both sides make: user interfaces by the JavaScript that it is written as, agents in Rust.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// More than this.
    Gt(Number),
    /// This or more.
    Ge(Number),
    /// Less than this.
    Lt(Number),
    /// This or less.
    Le(Number),
    /// A length from `min` to `max`: of a LIST in items, of a STRING as JavaScript counts, in UTF-16 units.
    Len {
        /// The least length; none for no bound.
        min: Option<u64>,
        /// The greatest length; none for no bound.
        max: Option<u64>,
    },
}

impl Rule {
    /// The rule as an arrow function.
    pub(crate) fn function(&self) -> String {
        match self {
            Self::Gt(bound) => format!("(x) => x > {bound}"),
            Self::Ge(bound) => format!("(x) => x >= {bound}"),
            Self::Lt(bound) => format!("(x) => x < {bound}"),
            Self::Le(bound) => format!("(x) => x <= {bound}"),
            Self::Len { min, max } => match (min, max) {
                (Some(min), Some(max)) => format!("(x) => x.length >= {min} && x.length <= {max}"),
                (None, Some(max)) => format!("(x) => x.length <= {max}"),
                (min, None) => format!("(x) => x.length >= {}", min.unwrap_or_default()),
            },
        }
    }

    /// The rule as a sentence. `le` says what the Python client says (protocol, section 2).
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Gt(bound) => format!("Must be greater than {bound}"),
            Self::Ge(bound) => format!("Must be at least {bound}"),
            Self::Lt(bound) | Self::Le(bound) => format!("Must be less than {bound}"),
            Self::Len { min, max } => match (min, max) {
                (Some(min), Some(max)) => format!("Must have length between {min} and {max}"),
                (None, Some(max)) => format!("Must have length of at most {max}"),
                (min, None) => format!("Must have length of at least {}", min.unwrap_or_default()),
            },
        }
    }

    /// The rule that an arrow function is, if it is written as this library or the Python client writes one:
    /// `(x) => x > 3`.
    pub fn parse(function: &str) -> Option<Self> {
        let body = function.strip_prefix("(x) => x")?;
        if let Some(lengths) = body.strip_prefix(".length ") {
            let (first, second) = match lengths.split_once(" && x.length ") {
                Some((first, second)) => (first, Some(second)),
                None => (lengths, None),
            };
            let least = |text: &str| text.strip_prefix(">= ")?.parse().ok();
            let most = |text: &str| text.strip_prefix("<= ")?.parse().ok();
            return match second {
                Some(second) => Some(Self::Len { min: Some(least(first)?), max: Some(most(second)?) }),
                None => match (least(first), most(first)) {
                    (None, None) => None,
                    (min, max) => Some(Self::Len { min, max }),
                },
            };
        }
        let (operator, bound) = body.strip_prefix(' ')?.split_once(' ')?;
        let bound = match bound.parse() {
            Ok(int) => Number::Int(int),
            Err(_) => Number::Float(bound.parse().ok().filter(|float: &f64| float.is_finite())?),
        };
        match operator {
            ">" => Some(Self::Gt(bound)),
            ">=" => Some(Self::Ge(bound)),
            "<" => Some(Self::Lt(bound)),
            "<=" => Some(Self::Le(bound)),
            _ => None,
        }
    }
}

/// A check of a value, as a constant that ports can share.
///
/// The bounds ([`gt`](Self::gt) and its like, [`len`](Self::len)) are enforced by the agent. Arbitrary JavaScript
/// ([`javascript`](Self::javascript)) is run by user interfaces alone: an agent has no interpreter, so a function that
/// relies on such a check has to make it again.
///
/// ```
/// use rekuest_core::port::{Number, Validator};
///
/// const POSITIVE: Validator = Validator::gt(Number::int(0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Validator {
    pub(crate) check: Check,
    label: Option<&'static str>,
    message: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Check {
    Rule(Rule),
    JavaScript { function: &'static str, dependencies: &'static [&'static str] },
}

impl Validator {
    /// A check that is enforced by the agent too.
    #[track_caller]
    pub const fn rule(rule: Rule) -> Self {
        match rule {
            Rule::Len { min: Some(min), max: Some(max) } => {
                assert!(min <= max, "the `min` of a length is more than its `max`");
            }
            Rule::Len { min: None, max: None } => panic!("a length needs a `min` or a `max`"),
            Rule::Len { .. } => {}
            Rule::Gt(bound) | Rule::Ge(bound) | Rule::Lt(bound) | Rule::Le(bound) => {
                if let Number::Float(bound) = bound {
                    assert!(bound.is_finite(), "a bound has to be a finite number");
                }
            }
        }
        Self { check: Check::Rule(rule), label: None, message: None }
    }

    /// More than `bound`.
    #[track_caller]
    pub const fn gt(bound: Number) -> Self {
        Self::rule(Rule::Gt(bound))
    }

    /// `bound` or more.
    #[track_caller]
    pub const fn ge(bound: Number) -> Self {
        Self::rule(Rule::Ge(bound))
    }

    /// Less than `bound`.
    #[track_caller]
    pub const fn lt(bound: Number) -> Self {
        Self::rule(Rule::Lt(bound))
    }

    /// `bound` or less.
    #[track_caller]
    pub const fn le(bound: Number) -> Self {
        Self::rule(Rule::Le(bound))
    }

    /// A length from `min` to `max`, both included; none is no bound.
    #[track_caller]
    pub const fn len(min: Option<u64>, max: Option<u64>) -> Self {
        Self::rule(Rule::Len { min, max })
    }

    /// An arrow function that is true for a value that is valid. It takes the value, and the values of the ports that it
    /// depends on: `Validator::javascript("(v, name) => v > name.length", &["name"])`.
    ///
    /// Fails to compile for what is no arrow function, or takes another number of parameters.
    #[track_caller]
    pub const fn javascript(function: &'static str, dependencies: &'static [&'static str]) -> Self {
        assert_arrow(function, dependencies.len());
        Self { check: Check::JavaScript { function, dependencies }, label: None, message: None }
    }

    /// The same check under a name.
    #[must_use]
    pub const fn labelled(self, label: &'static str) -> Self {
        Self { label: Some(label), ..self }
    }

    /// The same check with what is shown when it fails.
    #[must_use]
    pub const fn with_message(self, message: &'static str) -> Self {
        Self { message: Some(message), ..self }
    }

    pub(crate) const fn dependencies(&self) -> &'static [&'static str] {
        match self.check {
            Check::Rule(_) => &[],
            Check::JavaScript { dependencies, .. } => dependencies,
        }
    }
}

/// Every field of the protocol, nulls included.
impl Serialize for Validator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut validator = serializer.serialize_struct("Validator", 4)?;
        match &self.check {
            Check::Rule(rule) => {
                let said = rule.message();
                validator.serialize_field("function", &rule.function())?;
                validator.serialize_field("dependencies", &None::<()>)?;
                validator.serialize_field("label", self.label.unwrap_or(&said))?;
                validator.serialize_field("errorMessage", self.message.unwrap_or(&said))?;
            }
            Check::JavaScript { function, dependencies } => {
                validator.serialize_field("function", function)?;
                validator.serialize_field("dependencies", &some(dependencies))?;
                validator.serialize_field("label", &self.label)?;
                validator.serialize_field("errorMessage", &self.message)?;
            }
        }
        validator.end()
    }
}

/// Fails to compile where `function` is no arrow function of the value and of each dependency: `(x) => …`,
/// `(x, a) => …`, `x => …`.
#[track_caller]
pub(super) const fn assert_arrow(function: &str, dependencies: usize) {
    match parameters(function) {
        Some(parameters) => assert!(
            parameters == 1 + dependencies,
            "an arrow function takes the value and one parameter for each dependency"
        ),
        None => panic!("the function is an arrow function: `(x) => x > 3`"),
    }
}

/// No dependencies are null: the hash tells null from empty, and the Python client sends null.
pub(super) fn some<'k>(dependencies: &'k [&'static str]) -> Option<&'k [&'static str]> {
    (!dependencies.is_empty()).then_some(dependencies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_back_from_what_it_is_written_as() {
        for rule in [
            Rule::Gt(Number::Int(-3)),
            Rule::Ge(Number::Float(0.5)),
            Rule::Lt(Number::Int(1 << 70)),
            Rule::Le(Number::Float(1e300)),
            Rule::Len { min: Some(1), max: Some(3) },
            Rule::Len { min: Some(1), max: None },
            Rule::Len { min: None, max: Some(3) },
        ] {
            assert_eq!(Rule::parse(&rule.function()), Some(rule));
        }
    }

    #[test]
    fn other_functions_are_no_rules() {
        for function in
            ["(v) => v > 3", "(x) => x > y", "(x) => x.length > 3", "(x) => x % 2", "(x) => x > NaN"]
        {
            assert_eq!(Rule::parse(function), None, "{function}");
        }
    }
}
