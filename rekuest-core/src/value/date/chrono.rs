//! DATE for chrono: `DateTime<Utc>`, `DateTime<FixedOffset>`, `DateTime<Local>`, and `NaiveDateTime` without a time
//! zone.

use std::future::{Future, ready};

use ::chrono::{DateTime, Datelike as _, FixedOffset, Local, NaiveDateTime, Timelike as _, Utc};
use serde_json::value::RawValue;

use super::{Shaped, format_of, unexpected};
use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::{Port, PortKind};
use crate::value::{Expand, PortType, Shrink, ValueError};

/// Nanoseconds of a second; chrono gives more to a leap second.
const SECOND: u32 = 1_000_000_000;

date! {
    DateTime<FixedOffset>: read, write;
    DateTime<Utc>: |value| Ok(read(value)?.to_utc()), |date: Self, out| write(date.fixed_offset(), out);
    DateTime<Local>: |value| Ok(read(value)?.with_timezone(&Local)), |date: Self, out| write(date.fixed_offset(), out);
    NaiveDateTime: |value| Ok(read(value)?.naive_utc()), write_naive;
}

fn read(value: &RawValue) -> Result<DateTime<FixedOffset>, ValueError> {
    let Shaped { text, format } = Shaped::read(value)?;
    let date = DateTime::parse_from_str(&text, &format).map_err(|_| unexpected(value))?;
    let plain = date.with_nanosecond(date.nanosecond() % SECOND);
    plain.ok_or_else(|| unexpected(value))
}

fn write(date: DateTime<FixedOffset>, out: &mut JsonWriter) -> Result<(), ValueError> {
    let minutes = date.offset().local_minus_utc() / 60 * 60;
    let offset = FixedOffset::east_opt(minutes).unwrap_or(*date.offset());
    let date = date.with_timezone(&offset);
    let nanosecond = date.nanosecond() % SECOND;
    let format = format_of(date.year(), nanosecond, true)?;
    // A leap second is written as the second before it: no other peer reads `:60`.
    let date = date.with_nanosecond(nanosecond).unwrap_or(date);
    out.number(format_args!("\"{}\"", date.format(format)));
    Ok(())
}

fn write_naive(date: NaiveDateTime, out: &mut JsonWriter) -> Result<(), ValueError> {
    let nanosecond = date.nanosecond() % SECOND;
    let format = format_of(date.year(), nanosecond, false)?;
    let date = date.with_nanosecond(nanosecond).unwrap_or(date);
    out.number(format_args!("\"{}\"", date.format(format)));
    Ok(())
}
