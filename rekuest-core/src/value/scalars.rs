//! INT, FLOAT, STRING and BOOL.

use std::fmt::Display;
use std::future::{Future, ready};
use std::str::FromStr;

use serde_json::value::RawValue;

use super::{Expand, PortType, Shrink, ValueError};
use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::{Port, PortKind};

macro_rules! int {
    ($($int:ty),*) => {$(
        impl PortType for $int {
            const PORT: Port = Port::new(PortKind::Int);
        }

        impl Expand for $int {
            fn expand(value: &RawValue, _: &Contexts) -> impl Future<Output = Result<Self, ValueError>> + Send {
                ready(match value.get().parse::<$int>() {
                    Ok(int) => Ok(int),
                    Err(_) => read_int(value, <$int>::MIN, <$int>::MAX),
                })
            }
        }

        impl Shrink for $int {
            fn shrink(
                self,
                out: &mut JsonWriter,
                _: &Contexts,
            ) -> impl Future<Output = Result<(), ValueError>> + Send {
                out.number(self);
                ready(Ok(()))
            }
        }
    )*};
}

int!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

/// An INT that is not plain digits of its type: out of range, an integral float, or a numeric string.
fn read_int<T: FromStr + TryFrom<i128> + Display>(value: &RawValue, min: T, max: T) -> Result<T, ValueError> {
    let unexpected = || ValueError::expected_json("INT", value);
    let text = unquoted(value).ok_or_else(unexpected)?;
    let text = text.trim();
    if let Ok(int) = text.parse() {
        return Ok(int);
    }
    let out_of_range = || ValueError::expected_json(format!("INT from {min} to {max}"), value);
    match integer(text) {
        Some(int) => T::try_from(int).map_err(|_| out_of_range()),
        None if is_digits(text) => Err(out_of_range()),
        None => Err(unexpected()),
    }
}

/// Whether a text is a whole number, of any size.
fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A whole number as people and Python write it, also with a fraction of zeros or an exponent. Decided on the digits:
/// `4.99999999999999999999` is none, though a float would round it to one.
pub(crate) fn integer(text: &str) -> Option<i128> {
    if let Ok(int) = text.parse::<i128>() {
        return Some(int);
    }
    // What is no number at all is not looked into.
    number(text)?;
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('+');
    // How many of the digits stand behind the point.
    let behind = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    match usize::try_from(behind) {
        Ok(behind) => {
            let whole = digits.len().saturating_sub(behind);
            let (whole, fraction) = digits.split_at_checked(whole)?;
            let is_zero = |digits: &str| digits.bytes().all(|digit| matches!(digit, b'0' | b'-'));
            match whole {
                _ if !is_zero(fraction) => None,
                "" | "-" => Some(0),
                whole => whole.parse().ok(),
            }
        }
        // An i128 has 39 digits at most.
        Err(_) if behind < -40 => digits.bytes().all(|digit| matches!(digit, b'0' | b'-')).then_some(0),
        Err(_) => format!("{digits}{}", "0".repeat(behind.unsigned_abs() as usize)).parse().ok(),
    }
}

/// The text of a JSON number, or what is inside of a JSON string; none for other values.
pub(crate) fn unquoted(value: &RawValue) -> Option<String> {
    match value.get().as_bytes().first()? {
        b'"' => serde_json::from_str(value.get()).ok(),
        b'-' | b'0'..=b'9' => Some(value.get().to_owned()),
        _ => None,
    }
}

/// A decimal number as people and Python write it; neither "inf" nor "nan".
pub(crate) fn number(text: &str) -> Option<f64> {
    let decimal = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    if decimal { text.parse().ok() } else { None }
}

/// A FLOAT: any JSON number, or a numeric string.
fn read_float(value: &RawValue) -> Result<f64, ValueError> {
    let float = unquoted(value).and_then(|text| number(text.trim()));
    match float {
        Some(float) if float.is_finite() => Ok(float),
        Some(_) => Err(ValueError::expected_json("a finite FLOAT", value)),
        None => Err(ValueError::expected_json("FLOAT", value)),
    }
}

impl PortType for f64 {
    const PORT: Port = Port::new(PortKind::Float);
}

impl Expand for f64 {
    fn expand(value: &RawValue, _: &Contexts) -> impl Future<Output = Result<Self, ValueError>> + Send {
        ready(read_float(value))
    }
}

impl Shrink for f64 {
    fn shrink(
        self,
        out: &mut JsonWriter,
        _: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        ready(out.float(self))
    }
}

impl PortType for f32 {
    const PORT: Port = Port::new(PortKind::Float);
}

impl Expand for f32 {
    fn expand(value: &RawValue, _: &Contexts) -> impl Future<Output = Result<Self, ValueError>> + Send {
        ready(read_float(value).and_then(|float| {
            // Rounds to the nearest f32, as a literal would; only what is too large is refused.
            let single = float as f32;
            if single.is_finite() {
                Ok(single)
            } else {
                let expected = format!("FLOAT from {:e} to {:e}", f32::MIN, f32::MAX);
                Err(ValueError::expected_json(expected, value))
            }
        }))
    }
}

impl Shrink for f32 {
    fn shrink(
        self,
        out: &mut JsonWriter,
        _: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        ready(out.float32(self))
    }
}

impl PortType for String {
    const PORT: Port = Port::new(PortKind::String);
}

impl Expand for String {
    fn expand(value: &RawValue, _: &Contexts) -> impl Future<Output = Result<Self, ValueError>> + Send {
        ready(if value.get().starts_with('"') {
            serde_json::from_str(value.get())
                .map_err(|_| ValueError::expected_json("STRING of valid Unicode", value))
        } else {
            Err(ValueError::expected_json("STRING", value))
        })
    }
}

impl Shrink for String {
    fn shrink(
        self,
        out: &mut JsonWriter,
        _: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        out.string(&self);
        ready(Ok(()))
    }
}

/// A truth as people and Python write it.
pub(crate) fn boolean(value: &RawValue) -> Option<bool> {
    match value.get() {
        "true" | "1" | "\"true\"" => Some(true),
        "false" | "0" | "\"false\"" => Some(false),
        _ => None,
    }
}

impl PortType for bool {
    const PORT: Port = Port::new(PortKind::Bool);
}

impl Expand for bool {
    fn expand(value: &RawValue, _: &Contexts) -> impl Future<Output = Result<Self, ValueError>> + Send {
        ready(boolean(value).ok_or_else(|| ValueError::expected_json("BOOL", value)))
    }
}

impl Shrink for bool {
    fn shrink(
        self,
        out: &mut JsonWriter,
        _: &Contexts,
    ) -> impl Future<Output = Result<(), ValueError>> + Send {
        out.raw(if self { "true" } else { "false" });
        ready(Ok(()))
    }
}
