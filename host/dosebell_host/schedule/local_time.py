"""Instants as people read and write them: local times in the zone of a schedule.

The zone is the device's own table, so a time means on the laptop what it means in the box.
Instants are UTC seconds since 2000, as everywhere inside the device.
"""

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from dosebell import civil
from dosebell.zone import Zone
from dosebell_host.errors import UsageError
from dosebell_host.schedule.limits import FIRST_YEAR, LAST_YEAR

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
# As a date begins in ISO 8601.
_OF_PROGRAM = re.compile(r"\d{4}-?(?:\d\d|W).*", re.DOTALL)
_EPOCH = datetime(2000, 1, 1)
_EPOCH_DATE = date(2000, 1, 1)
_TWO_DIGITS = [f"{number:02}" for number in range(60)]
_MINUTES = [f"{hour:02}:{minute}" for hour in range(24) for minute in _TWO_DIGITS]

When = TypeVar("When", date, datetime)
# Unix seconds with their fraction, as `time.time` tells them.
LaptopClock = Callable[[], float]


@cache
def _offset(ahead_s: int) -> timezone:
    return timezone(timedelta(seconds=ahead_s))


@cache
def _offset_text(ahead_s: int) -> str:
    return datetime(2000, 1, 1, tzinfo=_offset(ahead_s)).isoformat()[len("2000-01-01T00:00:00") :]


class _SpelledDay(NamedTuple):
    """How the instants of a day are written, from `begins_s` until `ends_s`, whose offset from UTC
    is one and the same.
    """

    begins_s: int
    ends_s: int
    midnight_s: int
    day: str
    offset: str


class LocalTime:
    """Conversions in one zone."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        # The one spelled last: a log says many instants of each day, one after another.
        self._day = _SpelledDay(0, 0, 0, "", "")

    def datetime(self, utc_s: int) -> datetime:
        """The instant as a date and time with its offset from UTC."""
        local_s = self._zone.local(utc_s)
        return datetime.fromtimestamp(utc_s + civil.UNIX_2000, _offset(local_s - utc_s))

    def iso(self, utc_s: int, between: str = "T") -> str:
        """The instant as ISO 8601 with offset, such as 2026-11-23T07:30:00+01:00."""
        # It is put together from what was spelled before: a datetime takes six times as long.
        begins_s, ends_s, midnight_s, day, offset = self._day
        if not begins_s <= utc_s < ends_s:
            self._day = found = self._spelled_day(utc_s)
            _, _, midnight_s, day, offset = found
        minute, second = divmod(utc_s - midnight_s, 60)
        return f"{day}{between}{_MINUTES[minute]}:{_TWO_DIGITS[second]}{offset}"

    def _spelled_day(self, utc_s: int) -> _SpelledDay:
        local = self._zone.local
        ahead_s = local(utc_s) - utc_s
        day, of_day_s = divmod(utc_s + ahead_s, civil.DAY_S)
        midnight_s = begins_s = utc_s - of_day_s
        ends_s = midnight_s + civil.DAY_S
        # On a day on which the clock changes that is known of this instant alone.
        if local(begins_s) - begins_s != ahead_s or local(ends_s) - ends_s != ahead_s:
            begins_s, ends_s = utc_s, utc_s + 1
        return _SpelledDay(begins_s, ends_s, midnight_s, civil.iso(day), _offset_text(ahead_s))

    def second(self, utc_s: int) -> str:
        """The instant without its offset, such as 2026-11-23 07:30:00."""
        return (_EPOCH + timedelta(seconds=self._zone.local(utc_s))).isoformat(" ")

    def minute(self, utc_s: int) -> str:
        """The instant without its seconds and its offset, such as 2026-11-23 07:30."""
        return f"{self.datetime(utc_s):%Y-%m-%d %H:%M}"

    def clock(self, utc_s: int) -> str:
        """The time of day, such as 07:30."""
        return f"{self.datetime(utc_s):%H:%M}"

    def clock_on(self, day: int, utc_s: int) -> str:
        """The time of day, with its weekday where that is not the day: 07:30, or Tue 00:20."""
        moment = self.datetime(utc_s)
        return f"{moment:%H:%M}" if day_number(moment.date()) == day else f"{moment:%a %H:%M}"

    def date(self, utc_s: int) -> date:
        """The local date at an instant."""
        return self.datetime(utc_s).date()

    def read(self, text: str, option: str) -> int:
        """The instant that a person wrote; `option` is what an error calls it.

        Without an offset it is local time: one that comes twice is its first passing, one that a
        spring change skips is the first instant after the gap.
        """
        moment = _moment(text, option)
        if moment.tzinfo is not None:
            return since_2000(moment)
        return self._zone.instant(int((moment - _EPOCH).total_seconds()))


def is_of_program(text: str) -> bool:
    """Whether a moment is written as programs write it, and so is read as just that."""
    return _OF_PROGRAM.fullmatch(text.strip()) is not None


def read_here(text: str, option: str) -> int:
    """As `LocalTime.read`, by the laptop's own zone."""
    return since_2000(_moment(text, option).astimezone())


def read_date(text: str, option: str) -> date:
    """The date that a person wrote; `option` is what an error calls it."""
    return _read(date.fromisoformat, text, option, "date", "2026-11-23")


def read_month(text: str, option: str) -> tuple[date, date]:
    """The first and the last day of the month that a person wrote as `2026-11`."""
    match = _MONTH.fullmatch(text.strip())
    if not match or not 1 <= int(match[2]) <= 12:
        raise _is_no(text, "month", option, "2026-11")
    first = read_date(f"{text.strip()}-01", option)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def now_s(laptop: LaptopClock = time.time) -> int:
    """The time now, as this laptop's clock has it, in seconds since 2000."""
    return from_unix(laptop())


def from_unix(unix_s: float) -> int:
    """Unix seconds as seconds since 2000."""
    return int(unix_s) - civil.UNIX_2000


def since_2000(moment: datetime) -> int:
    """A moment with an offset as seconds since 2000."""
    return int((moment - _EPOCH.replace(tzinfo=UTC)).total_seconds())


def day_number(day: date) -> int:
    """A date as the device counts it."""
    return (day - _EPOCH_DATE).days


def date_of(day: int) -> date:
    """The date of one of the device's day numbers."""
    return _EPOCH_DATE + timedelta(days=day)


@lru_cache
def day_iso(day: int) -> str:
    """One of the device's day numbers as a date: a log says each many times, one after another."""
    return civil.iso(day)


def day_text(day: date, year: bool = False) -> str:
    """`Mon 23 Nov`, or `Mon 23 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if year else "")


def _moment(text: str, option: str) -> datetime:
    return _read(datetime.fromisoformat, text, option, "date and time", "2026-11-23T07:30")


def _read(reader: Callable[[str], When], text: str, option: str, what: str, example: str) -> When:
    """What `reader` makes of the text, in a year that a schedule can be of."""
    try:
        found = reader(text.strip())
    except ValueError:
        raise _is_no(text, what, option, example) from None
    _check_year(found.year, option)
    return found


def _is_no(text: str, what: str, option: str, example: str) -> UsageError:
    # Whoever types none that is wrong loads nothing for the sentence.
    from dosebell_host.schedule.values import show

    return UsageError(f"{show(text)} is no {what}", where=option, fix=f"write it as {example}")


def _check_year(year: int, option: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        fix = f"write one in the years {FIRST_YEAR} to {LAST_YEAR}"
        raise UsageError(f"the year {year} is too far away", where=option, fix=fix)


def laptop_local_time(unix_s: float) -> LocalTime:
    """Local times by the laptop's own zone, with the offset that it has at `unix_s`."""
    return LocalTime(Zone((0,), (time.localtime(unix_s).tm_gmtoff,), 0))
