//! DATE: points in time in ISO 8601, for the types of chrono and of jiff.
//!
//! Both read the same texts, all that are beyond doubt (protocol, section 5): `T` or a space before the time, a time
//! with or without seconds and a fraction of them, `Z` or an offset or neither, a date alone, a week date, with or
//! without separators.
//!
//! | read | by a type with a time zone | by a type without |
//! |---|---|---|
//! | `2025-11-23T12:00:00+02:00` | that moment | the same moment in UTC, `10:00:00` |
//! | `2025-11-23T12:00:00` | in UTC | as it is |
//! | `2025-11-23` | its first moment in UTC | its first moment |
//!
//! What is written has an offset, `2025-11-23T12:00:00+00:00`, or none for a type without a time zone. The name of a
//! time zone does not travel, and an offset is written in whole minutes: the moment stays the same.

/// A type that is a DATE: how it is read, and how it is written.
macro_rules! date {
    ($($date:ty: $read:expr, $write:expr;)*) => {$(
        impl PortType for $date {
            const PORT: Port = Port::new(PortKind::Date);
        }

        impl Expand for $date {
            fn expand(value: &RawValue, _: &Contexts) -> impl Future<Output = Result<Self, ValueError>> + Send {
                ready($read(value))
            }
        }

        impl Shrink for $date {
            fn shrink(
                self,
                out: &mut JsonWriter,
                _: &Contexts,
            ) -> impl Future<Output = Result<(), ValueError>> + Send {
                ready($write(self, out))
            }
        }
    )*};
}

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;

use std::ops::RangeInclusive;

use serde_json::value::RawValue;

use super::ValueError;

/// What a text on the wire has to be.
const EXPECTED: &str = "DATE (ISO 8601, such as 2025-11-23T12:00:00+00:00)";

/// The years that ISO 8601 writes with four digits.
const YEARS: RangeInclusive<i32> = 0..=9999;

/// A text in one of the shapes of ISO 8601, and the format that `strptime` reads it with.
///
/// Which digits make a date and which do not is the matter of the libraries. They tolerate shapes that are none of ISO
/// 8601, each of them others, so the shape is looked at here.
struct Shaped {
    text: String,
    format: String,
}

impl Shaped {
    /// The text with all its parts: midnight where there is no time, UTC where there is no offset.
    fn read(value: &RawValue) -> Result<Self, ValueError> {
        let text: Option<String> = serde_json::from_str(value.get()).ok();
        text.as_deref().and_then(Self::of).ok_or_else(|| unexpected(value))
    }

    fn of(text: &str) -> Option<Self> {
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, time),
            None => (text, "00:00"),
        };
        let (time, offset) = time.split_at(time.find(['Z', 'z', '+', '-']).unwrap_or(time.len()));
        let (time, fraction) = match time.split_once(['.', ',']) {
            Some((time, fraction)) => (time, Some(fraction)),
            None => (time, None),
        };
        let date_format = match &*shape(date) {
            "0000-00-00" => "%Y-%m-%d",
            "00000000" => "%Y%m%d",
            "0000-W00-0" => "%G-W%V-%u",
            "0000W000" => "%GW%V%u",
            _ => return None,
        };
        let (time_format, seconds) = match (&*shape(time), fraction) {
            ("00:00:00", _) => ("%H:%M:%S%.f", ""),
            ("000000", _) => ("%H%M%S%.f", ""),
            ("00:00", None) => ("%H:%M:%S", ":00"),
            ("0000", None) => ("%H%M%S", "00"),
            _ => return None,
        };
        let fraction = match fraction {
            Some(digits)
                if (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                format!(".{digits}")
            }
            Some(_) => return None,
            None => String::new(),
        };
        let (offset, minutes, offset_format) = match &*shape(offset) {
            "" | "Z" | "z" => ("+00:00", "", "%:z"),
            "+00:00" | "-00:00" => (offset, "", "%:z"),
            "+0000" | "-0000" => (offset, "", "%z"),
            "+00" | "-00" => (offset, "00", "%z"),
            _ => return None,
        };
        Some(Self {
            text: format!("{date}T{time}{seconds}{fraction}{offset}{minutes}"),
            format: format!("{date_format}T{time_format}{offset_format}"),
        })
    }
}

/// The text with `0` for every digit.
fn shape(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

fn unexpected(value: &RawValue) -> ValueError {
    ValueError::expected_json(EXPECTED, value)
}

/// The format that `strftime` writes with: a fraction only if there is one, in nanoseconds only if it needs them.
///
/// # Errors
/// For a year that has no four digits, which ISO 8601 writes only by agreement.
fn format_of(year: i32, nanosecond: u32, offset: bool) -> Result<&'static str, ValueError> {
    if !YEARS.contains(&year) {
        return Err(ValueError::expected("DATE of a year from 0 to 9999", format_args!("the year {year}")));
    }
    Ok(match (nanosecond, offset) {
        (0, true) => "%Y-%m-%dT%H:%M:%S%:z",
        (0, false) => "%Y-%m-%dT%H:%M:%S",
        (fraction, true) if fraction % 1000 == 0 => "%Y-%m-%dT%H:%M:%S%.6f%:z",
        (fraction, false) if fraction % 1000 == 0 => "%Y-%m-%dT%H:%M:%S%.6f",
        (_, true) => "%Y-%m-%dT%H:%M:%S%.9f%:z",
        (_, false) => "%Y-%m-%dT%H:%M:%S%.9f",
    })
}
