"""Dates by hand, on CPython and on MicroPython; Python's calendar is asked in test_civil.py."""

from both import refuses
from dosebell import civil

MONTHS = (
    (2026, 1, 31),
    (2026, 2, 28),
    (2028, 2, 29),
    (2100, 2, 28),
    (2000, 2, 29),
    (2026, 12, 31),
)
# (date, its number, its weekday from 0 for Monday)
DAYS = (
    ("2000-01-01", 0, 5),
    ("1999-12-31", -1, 4),
    ("2000-02-29", 59, 1),
    ("2026-11-22", 9822, 6),
    ("2034-01-09", 12427, 0),
    ("2099-12-31", 36524, 3),
)
NO_DATES = (
    "",
    "2026-11-2",
    "2026-11-022",
    "2026-1-22x",
    "2026/11/22",
    "26-11-22",
    "2026-02-29",
    "2026-02-30",
    "2026-00-10",
    "2026-13-01",
    "2026-11-00",
    "2026-11-31",
    "+026-11-22",
    "2026-+1-22",
    "2026-11- 2",
    "2026-11-2٣",
)


def test_months_have_their_lengths() -> None:
    for year, month, days in MONTHS:
        last = civil.day_of(year, month, days)
        assert civil.date_of(last) == (year, month, days), (year, month)
        assert civil.date_of(last + 1)[2] == 1, (year, month)


def test_dates_have_their_numbers_and_weekdays() -> None:
    for date, number, weekday in DAYS:
        assert civil.day_from_iso(date) == number, date
        assert (civil.iso(number), civil.weekday(number)) == (date, weekday)


def test_what_is_no_date_is_refused() -> None:
    for text in NO_DATES:
        assert refuses(civil.day_from_iso, text), text


def test_the_days_of_a_century_follow_each_other() -> None:
    before = civil.date_of(-1)
    for number in range(36525):
        date = civil.date_of(number)
        assert civil.day_of(*date) == number
        assert date > before and date[2] in (before[2] + 1, 1)
        before = date
