//! DATE: chrono and jiff read and write the same.

use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, TimeZone as _, Timelike as _, Utc};
use jiff::{Timestamp, Zoned, civil};
use rekuest_core::{PortKind, PortType as _};

use crate::values::{expand, shrink};

/// What comes, and what a type with a time zone and one without make of it, as they write it.
const READ: &[(&str, &str, &str)] = &[
    ("2025-11-23T12:00:00+00:00", "2025-11-23T12:00:00+00:00", "2025-11-23T12:00:00"),
    ("2025-11-23T12:00:00Z", "2025-11-23T12:00:00+00:00", "2025-11-23T12:00:00"),
    ("2025-11-23t12:00:00z", "2025-11-23T12:00:00+00:00", "2025-11-23T12:00:00"),
    ("2025-11-23T12:00:00-00:00", "2025-11-23T12:00:00+00:00", "2025-11-23T12:00:00"),
    ("2025-11-23T12:00:00+05:30", "2025-11-23T12:00:00+05:30", "2025-11-23T06:30:00"),
    ("2025-11-23 12:00:00-0800", "2025-11-23T12:00:00-08:00", "2025-11-23T20:00:00"),
    ("2025-11-23 00:30:00.5+02", "2025-11-23T00:30:00.500000+02:00", "2025-11-22T22:30:00.500000"),
    ("2025-11-23T12:00:00", "2025-11-23T12:00:00+00:00", "2025-11-23T12:00:00"),
    ("2025-11-23T12:00", "2025-11-23T12:00:00+00:00", "2025-11-23T12:00:00"),
    ("2025-11-23 12:00Z", "2025-11-23T12:00:00+00:00", "2025-11-23T12:00:00"),
    ("2025-11-23", "2025-11-23T00:00:00+00:00", "2025-11-23T00:00:00"),
    ("2024-W01-2", "2024-01-02T00:00:00+00:00", "2024-01-02T00:00:00"),
    ("2024W012T0304", "2024-01-02T03:04:00+00:00", "2024-01-02T03:04:00"),
    ("2020-W53-7T23:59:59Z", "2021-01-03T23:59:59+00:00", "2021-01-03T23:59:59"),
    ("20240102T030405", "2024-01-02T03:04:05+00:00", "2024-01-02T03:04:05"),
    ("20240102T030405,25Z", "2024-01-02T03:04:05.250000+00:00", "2024-01-02T03:04:05.250000"),
    ("2024-01-02T03:04:05.123Z", "2024-01-02T03:04:05.123000+00:00", "2024-01-02T03:04:05.123000"),
    ("2024-01-02T03:04:05.000006", "2024-01-02T03:04:05.000006+00:00", "2024-01-02T03:04:05.000006"),
    ("2024-01-02T03:04:05.000000001", "2024-01-02T03:04:05.000000001+00:00", "2024-01-02T03:04:05.000000001"),
    ("2024-01-02T03:04:05.000000", "2024-01-02T03:04:05+00:00", "2024-01-02T03:04:05"),
    ("2024-02-29", "2024-02-29T00:00:00+00:00", "2024-02-29T00:00:00"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00", "2016-12-31T23:59:59"),
    ("1969-12-31T23:59:59.75", "1969-12-31T23:59:59.750000+00:00", "1969-12-31T23:59:59.750000"),
    ("0001-01-01T00:00:00", "0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00"),
    ("2025-11-23T12:00:00+23:59", "2025-11-23T12:00:00+23:59", "2025-11-22T12:01:00"),
];

/// What no type takes.
const REFUSED: &[&str] = &[
    r#""""#,
    r#""03:04""#,
    r#""now""#,
    r#""not a date""#,
    r#"" 2025-11-23""#,
    r#""2025-11-23T12:00:00 +00:00""#,
    r#""2025-11-23T12:00:00+00:00[UTC]""#,
    r#""2025-11-23T12:00:00+00:00:30""#,
    r#""2025-11-23T12:00:00+24:00""#,
    r#""2025-11-23T12:00:00+01:60""#,
    r#""2025-11-23T12:00:00.""#,
    r#""2025-11-23T12:00:00.1234567890""#,
    r#""2025-11-23T12:00.5""#,
    r#""2025-11-23T12""#,
    r#""2025-11-23T24:00:00""#,
    r#""2025-11-23T12:60:00""#,
    r#""2025-11-23T12:00:61""#,
    r#""2025-11-23T""#,
    r#""2025-11-23Z""#,
    r#""2025-02-29""#,
    r#""2025-13-01""#,
    r#""2025-1-1""#,
    r#""25-11-23""#,
    r#""+2025-11-23""#,
    r#""-0001-11-23""#,
    r#""12025-11-23""#,
    r#""2025-W54-1""#,
    r#""2025-W01-8""#,
    r#""2025-W01""#,
    r#""2025-001""#,
    r#""２０２５-11-23""#,
    r#""\ud83d""#,
    "1704164645",
    "1.5",
    "true",
    "[]",
    "{}",
];

fn read(text: &str) -> [(&'static str, Result<String, String>); 7] {
    let json = format!("{text:?}");
    [
        ("DateTime<FixedOffset>", expand::<DateTime<FixedOffset>>(&json).and_then(shrink)),
        ("Zoned", expand::<Zoned>(&json).and_then(shrink)),
        ("DateTime<Utc>", expand::<DateTime<Utc>>(&json).and_then(shrink)),
        ("Timestamp", expand::<Timestamp>(&json).and_then(shrink)),
        ("DateTime<Local>", expand::<DateTime<Local>>(&json).map(|date| date.to_utc()).and_then(shrink)),
        ("NaiveDateTime", expand::<NaiveDateTime>(&json).and_then(shrink)),
        ("civil::DateTime", expand::<civil::DateTime>(&json).and_then(shrink)),
    ]
}

#[test]
fn both_libraries_read_the_same_and_write_the_same() {
    for (text, zoned, naive) in READ {
        for (kind, found) in read(text) {
            let utc = format!("{naive}+00:00");
            let expected = match kind {
                "DateTime<FixedOffset>" | "Zoned" => zoned,
                "NaiveDateTime" | "civil::DateTime" => naive,
                _ => utc.as_str(),
            };
            assert_eq!(found, Ok(format!("\"{expected}\"")), "{text} as {kind}");
        }
    }
}

#[test]
fn both_libraries_refuse_the_same_and_say_what_they_expect() {
    for json in REFUSED {
        let refused = [
            expand::<DateTime<FixedOffset>>(json).err(),
            expand::<DateTime<Utc>>(json).err(),
            expand::<DateTime<Local>>(json).err(),
            expand::<NaiveDateTime>(json).err(),
            expand::<Zoned>(json).err(),
            expand::<Timestamp>(json).err(),
            expand::<civil::DateTime>(json).err(),
        ];
        let expected = format!("x: expected DATE (ISO 8601, such as 2025-11-23T12:00:00+00:00), got {json}");
        for (index, error) in refused.into_iter().enumerate() {
            assert_eq!(error.as_deref(), Some(expected.as_str()), "type {index}");
        }
    }
}

#[test]
fn every_date_has_the_same_port() {
    for port in [
        DateTime::<Utc>::PORT,
        DateTime::<FixedOffset>::PORT,
        DateTime::<Local>::PORT,
        NaiveDateTime::PORT,
        Zoned::PORT,
        Timestamp::PORT,
        civil::DateTime::PORT,
    ] {
        assert_eq!(port.kind(), PortKind::Date);
    }
}

#[test]
fn an_offset_is_written_in_whole_minutes_and_the_moment_stays() {
    let berlin = FixedOffset::east_opt(53 * 60 + 28).expect("an offset");
    let date = berlin.with_ymd_and_hms(1890, 1, 1, 0, 0, 0).single().expect("a date");
    assert_eq!(shrink(date).as_deref(), Ok(r#""1889-12-31T23:59:32+00:53""#));
    let zoned = civil::date(1890, 1, 1).at(0, 0, 0, 0);
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::Offset::from_seconds(53 * 60 + 28).expect("an offset"));
    let zoned = zoned.to_zoned(zone).expect("a date");
    assert_eq!(shrink(zoned).as_deref(), Ok(r#""1889-12-31T23:59:32+00:53""#));
}

#[test]
fn a_leap_second_is_written_as_the_second_before_it() {
    let minute = Utc.with_ymd_and_hms(2016, 12, 31, 23, 59, 59).single().expect("a date");
    let leap = minute.with_nanosecond(1_500_000_000).expect("a leap second");
    assert_eq!(shrink(leap).as_deref(), Ok(r#""2016-12-31T23:59:59.500000+00:00""#));
    assert_eq!(shrink(leap.naive_utc()).as_deref(), Ok(r#""2016-12-31T23:59:59.500000""#));
}

#[test]
fn years_without_four_digits_are_refused() {
    let refused = |year: i32| Err(format!("expected DATE of a year from 0 to 9999, got the year {year}"));
    assert_eq!(shrink(NaiveDateTime::MAX), refused(262_142));
    assert_eq!(shrink(DateTime::<Utc>::MIN_UTC), refused(-262_143));
    assert_eq!(shrink(Timestamp::MIN), refused(-9999));
    assert_eq!(shrink(civil::DateTime::MIN), refused(-9999));
    let last = r#""9999-12-31T23:59:59.999999999""#;
    assert_eq!(expand::<civil::DateTime>(last).and_then(shrink).as_deref(), Ok(last));
    assert_eq!(expand::<NaiveDateTime>(last).and_then(shrink).as_deref(), Ok(last));
}
