//! UNION: what `derive(Union)` needs.

use serde_json::value::RawValue;

use crate::arguments::Entries;
use crate::value::ValueError;

/// A value for a union: `{"use": index, "value": …}`, or a value that says no variant and goes to the first that takes
/// it (protocol, section 5).
#[derive(Debug)]
pub struct Used<'a> {
    value: &'a RawValue,
    /// The variant, if the value says it.
    variant: Option<usize>,
    /// Why each variant that was tried did not take it.
    refusals: Vec<ValueError>,
}

impl<'a> Used<'a> {
    /// Takes the value of a union with so many variants apart.
    ///
    /// # Errors
    /// When `use` is not the index of a variant, or when `value` is missing or null.
    pub fn read(value: &'a RawValue, variants: usize) -> Result<Self, ValueError> {
        let Some((index, inner)) = tagged(value) else {
            return Ok(Self { value, variant: None, refusals: Vec::new() });
        };
        let expected = || format!("the index of a variant, from 0 to {}", variants.saturating_sub(1));
        // An index is digits, also as a text; the observed peers take no `0.0` for it.
        let variant = index.get().trim_matches('"').parse().ok().filter(|variant| *variant < variants);
        let variant = variant.ok_or_else(|| ValueError::expected_json(expected(), index).at_key("use"))?;
        match inner {
            Some(value) => Ok(Self { value, variant: Some(variant), refusals: Vec::new() }),
            None => Err(ValueError::missing("the value of the variant").at_key("value")),
        }
    }

    /// The value to try with the variant at `index`; none if it is said to be another.
    pub fn tries(&self, index: usize) -> Option<&'a RawValue> {
        self.variant.is_none_or(|variant| variant == index).then_some(self.value)
    }

    /// Keeps why a variant did not take the value.
    ///
    /// # Errors
    /// With the reason, where the value says that it is this variant.
    pub fn refused(&mut self, error: ValueError) -> Result<(), ValueError> {
        match self.variant {
            Some(_) => Err(error.at_key("value")),
            None => {
                self.refusals.push(error);
                Ok(())
            }
        }
    }

    /// The error for a value that no variant took.
    pub fn into_error(self) -> ValueError {
        let reasons: Vec<String> =
            self.refusals.iter().enumerate().map(|(index, error)| format!("{index}: {error}")).collect();
        let expected = format!(
            "UNION as {{\"use\": …, \"value\": …}} or a value that a variant takes ({})",
            reasons.join("; ")
        );
        ValueError::expected_json(expected, self.value)
    }
}

/// The parts of an object with `use` and nothing but `value` beside it.
fn tagged(value: &RawValue) -> Option<(&RawValue, Option<&RawValue>)> {
    let Entries(entries) = serde_json::from_str(value.get()).ok()?;
    if entries.iter().any(|(key, _)| key != "use" && key != "value") {
        return None;
    }
    let member = |name: &str| entries.iter().rfind(|(key, _)| key == name).map(|(_, value)| *value);
    Some((member("use")?, member("value").filter(|value| value.get() != "null")))
}
