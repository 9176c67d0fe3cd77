//! Points in time, as GraphQL shows them: `2025-11-23T12:00:00.123456+00:00`.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The least difference between two points in time that can be seen.
const TICK: Duration = Duration::from_micros(1);

/// A point in time, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Timestamp(SystemTime);

impl Timestamp {
    /// Now.
    pub(crate) fn now() -> Self {
        Self(SystemTime::now())
    }

    /// Now, but visibly later than `before` whatever the clock says: what happens in an order is shown in that order.
    pub(crate) fn now_after(before: Self) -> Self {
        Self::now().max(Self(before.0 + TICK))
    }

    /// How long it takes until this is `age` ago; nothing if it is that long ago already.
    pub(crate) fn until_older_than(self, age: Duration) -> Duration {
        // A clock that was set back makes it younger than it is, and never more than `age` is waited for.
        age.saturating_sub(self.0.elapsed().unwrap_or_default())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since_1970 = self.0.duration_since(UNIX_EPOCH).unwrap_or_default();
        let (days, second) = (since_1970.as_secs() / 86_400, since_1970.as_secs() % 86_400);
        let (year, month, day) = civil(days);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:06}+00:00",
            second / 3_600,
            second / 60 % 60,
            second % 60,
            since_1970.subsec_micros(),
        )
    }
}

/// Year, month and day of a number of days since 1970-01-01, in the Gregorian calendar.
///
/// Years are counted from March here, so that the leap day is the last of its year; an era is the 400 years after which
/// the calendar repeats.
fn civil(days: u64) -> (u64, u64, u64) {
    const DAYS_FROM_YEAR_0_TO_1970: u64 = 719_468;
    const DAYS_OF_ERA: u64 = 146_097;
    let days = days + DAYS_FROM_YEAR_0_TO_1970;
    let (era, day_of_era) = (days / DAYS_OF_ERA, days % DAYS_OF_ERA);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(seconds: u64, micros: u64) -> String {
        Timestamp(UNIX_EPOCH + Duration::from_secs(seconds) + Duration::from_micros(micros)).to_string()
    }

    #[test]
    fn what_comes_after_is_shown_as_later() {
        let first = Timestamp::now();
        let ahead = Timestamp(first.0 + Duration::from_secs(60));
        for before in [first, ahead] {
            assert!(Timestamp::now_after(before).to_string() > before.to_string());
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(shown(0, 0), "1970-01-01T00:00:00.000000+00:00");
        assert_eq!(shown(951_782_400, 5), "2000-02-29T00:00:00.000005+00:00");
        assert_eq!(shown(951_868_799, 0), "2000-02-29T23:59:59.000000+00:00");
        assert_eq!(shown(1_763_899_200, 0), "2025-11-23T12:00:00.000000+00:00");
        assert_eq!(shown(4_107_542_400, 0), "2100-03-01T00:00:00.000000+00:00");
    }
}
