"""Dates as day numbers, times as seconds: integers only.

Inside the device time is UTC seconds since 2000-01-01T00:00Z, which stays a small int
until 2034 and is right afterwards. A date is its day number since 2000-01-01.
"""

DAY_S = 86400
HOUR_S = 3600
MINUTE_S = 60

# Seconds from the Unix epoch to 2000-01-01T00:00Z.
UNIX_2000 = 946684800

# 2000-01-01 was a Saturday; Monday is 0.
_SATURDAY = 5

# Days from 0000-03-01 to 2000-01-01, in the calendar whose years begin in March.
_MARCH_0000 = 730425


def day_of(year: int, month: int, day: int) -> int:
    """Day number of a date. The date must exist; nothing is checked.

    The algorithm is Howard Hinnant's days_from_civil: years begin in March, so that the
    leap day is the last day of a year.
    """
    if month <= 2:
        year -= 1
    era_year = year % 400
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    day_of_era = era_year * 365 + era_year // 4 - era_year // 100 + day_of_year
    return (year // 400) * 146097 + day_of_era - _MARCH_0000


def date_of(day: int) -> tuple[int, int, int]:
    """(year, month, day of month) of a day number: civil_from_days, the inverse of `day_of`."""
    shifted = day + _MARCH_0000
    era = shifted // 146097
    day_of_era = shifted - era * 146097
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    march = (5 * day_of_year + 2) // 153
    month = march + (3 if march < 10 else -9)
    of_month = day_of_year - (153 * march + 2) // 5 + 1
    return year + era * 400 + (1 if month <= 2 else 0), month, of_month


def weekday(day: int) -> int:
    """0 for Monday to 6 for Sunday."""
    return (day + _SATURDAY) % 7


def iso(day: int) -> str:
    return "%04d-%02d-%02d" % date_of(day)


def day_from_iso(text: str) -> int:
    """Day number of `YYYY-MM-DD`. Raises ValueError for anything else, and for 2026-02-30."""
    data = text.encode()
    day = day_of(int(data[:4]), int(data[5:7]), int(data[8:]))
    # Whatever else these are the numbers of, it is written in another way, or before the year 0.
    if iso(day) != text or data[:1] == b"-":
        raise ValueError("date")
    return day
