//! DATE for jiff: `Timestamp`, `Zoned`, and `civil::DateTime` without a time zone.

use std::future::{Future, ready};

use ::jiff::civil::DateTime;
use ::jiff::fmt::strtime;
use ::jiff::tz::{Offset, TimeZone};
use ::jiff::{Timestamp, Zoned};
use serde_json::value::RawValue;

use super::{Shaped, format_of, unexpected};
use crate::Contexts;
use crate::json::JsonWriter;
use crate::port::{Port, PortKind};
use crate::value::{Expand, PortType, Shrink, ValueError};

/// Seconds of a day: an offset is less. jiff has some that are more, and nobody else reads them.
const DAY: i32 = 24 * 60 * 60;

date! {
    Zoned: read_zoned, |date: Self, out| write(date.timestamp(), date.offset(), out);
    Timestamp: |value| Ok(read_zoned(value)?.timestamp()), |date, out| write(date, Offset::UTC, out);
    DateTime: read_civil, write_civil;
}

/// The time that the text says, and the offset that it says it with.
fn read(value: &RawValue) -> Result<(DateTime, Offset), ValueError> {
    let Shaped { text, format } = Shaped::read(value)?;
    let read = || {
        let parts = strtime::parse(&format, &text).ok()?;
        let offset = parts.offset().filter(|offset| offset.seconds().abs() < DAY)?;
        Some((parts.to_datetime().ok()?, offset))
    };
    read().ok_or_else(|| unexpected(value))
}

fn read_zoned(value: &RawValue) -> Result<Zoned, ValueError> {
    let (date, offset) = read(value)?;
    date.to_zoned(TimeZone::fixed(offset)).map_err(|_| unexpected(value))
}

fn read_civil(value: &RawValue) -> Result<DateTime, ValueError> {
    match read(value)? {
        // As it is, also on the last day of all, which has no moment in every time zone.
        (date, Offset::UTC) => Ok(date),
        (date, offset) => {
            let moment = offset.to_timestamp(date).map_err(|_| unexpected(value))?;
            Ok(Offset::UTC.to_datetime(moment))
        }
    }
}

fn write(date: Timestamp, offset: Offset, out: &mut JsonWriter) -> Result<(), ValueError> {
    let minutes = Offset::from_seconds(offset.seconds() / 60 * 60).unwrap_or(offset);
    let offset = if minutes.seconds().abs() < DAY { minutes } else { Offset::UTC };
    let date = date.to_zoned(TimeZone::fixed(offset));
    let nanosecond = date.subsec_nanosecond().unsigned_abs();
    let format = format_of(date.year().into(), nanosecond, true)?;
    out.number(format_args!("\"{}\"", date.strftime(format)));
    Ok(())
}

fn write_civil(date: DateTime, out: &mut JsonWriter) -> Result<(), ValueError> {
    let format = format_of(date.year().into(), date.subsec_nanosecond().unsigned_abs(), false)?;
    out.number(format_args!("\"{}\"", date.strftime(format)));
    Ok(())
}
