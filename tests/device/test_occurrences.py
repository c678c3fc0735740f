"""The device's occurrences and windows against the oracle, which reckons in another way."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oracle
from dosebell import civil
from dosebell import schedule as device
from dosebell.dose import Dose
from dosebell.plan import Plan
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.days import occurrences
from strategies import schedules

FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2045, 12, 31)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
EPOCH_DAY = date(2000, 1, 1)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

# Between the UTC day that bears a date's name and a due on that date lie at most an offset of
# fourteen hours and a gap.
SLACK_DAYS = 2

# Zones that change their clocks in unlike ways: by half an hour, by two hours, at midnight, just
# before it, around Ramadan, four times a year, and on both sides of the date line.
CHANGING_ZONES = """
    Africa/Cairo Africa/Casablanca Africa/El_Aaiun America/Havana America/Los_Angeles
    America/Miquelon America/New_York America/Nuuk America/Port-au-Prince America/Santiago
    America/Scoresbysund America/St_Johns America/Tijuana Antarctica/Troll Asia/Beirut
    Asia/Famagusta Asia/Gaza Asia/Hebron Asia/Jerusalem Asia/Nicosia Atlantic/Azores
    Atlantic/Bermuda Atlantic/Canary Australia/Adelaide Australia/Lord_Howe Australia/Sydney
    Europe/Athens Europe/Berlin Europe/Chisinau Europe/Dublin Europe/Lisbon Europe/London
    Pacific/Auckland Pacific/Chatham Pacific/Easter Pacific/Norfolk
""".split()

# Zones whose offset is odd, or far from UTC, and stays.
STEADY_ZONES = """
    Africa/Monrovia America/Asuncion America/Caracas America/Sao_Paulo Asia/Kathmandu
    Asia/Kolkata Asia/Pyongyang Asia/Tehran Asia/Yangon Australia/Eucla Pacific/Apia
    Pacific/Kiritimati Pacific/Marquesas Pacific/Niue UTC
""".split()

ZONES = CHANGING_ZONES + STEADY_ZONES

# Two that are compared over every single day of the twenty years.
TWENTY_YEAR_ZONES = ["Africa/Casablanca", "America/Nuuk"]

HEAD = """
version = 1
title = "Everything a rule can say"
timezone = "{zone}"

[meals]
before-bed = {{ at = "00:15", sun = "00:00" }}
small-hours = {{ at = "02:10", sun = "02:05" }}
an-hour-on = {{ at = "02:50", sun = "02:55" }}
breakfast = {{ at = "07:30", sat = "09:00", sun = "09:00" }}
lunch = "12:30"
dinner = {{ at = "18:45", fri = "20:00" }}
supper = {{ at = "23:10", sat = "23:00" }}
vesper = {{ at = "23:30", sun = "00:00" }}

[[except]]
from = 2026-03-27
to = 2026-04-02
meals = {{ breakfast = "10:00", small-hours = "01:30", an-hour-on = "01:45" }}

[[except]]
from = 2026-10-24
to = 2026-10-25
off = true
reason = "hospital"

[[except]]
from = 2028-12-24
to = 2029-01-02
meals = {{ lunch = "14:00", supper = "23:59" }}

[[except]]
from = 2033-03-01
to = 2033-11-30
meals = {{ vesper = "03:15" }}

[[except]]
from = 2040-02-29
to = 2040-02-29
off = true
"""

# Rules with an occurrence on most days, or on the Sundays when most clocks change.
FREQUENT_DOSES = """
[[dose]]
id = "daily"
name = "daily"
at = ["08:00"]
days = "daily"

[[dose]]
id = "crowded"
name = "crowded"
at = ["08:00", "08:20", "08:30", "20:00"]
days = "daily"
late = "5h"

[[dose]]
id = "breakfast"
name = "breakfast"
with = ["breakfast", "lunch"]
days = "daily"

[[dose]]
id = "every-meal"
name = "every-meal"
with = ["small-hours", "an-hour-on", "breakfast", "lunch", "dinner", "supper"]
days = "daily"
early = "2h"
late = "14d"

[[dose]]
id = "across-midnight"
name = "across-midnight"
with = ["before-bed", "supper"]
days = "daily"
late = "10m"

[[dose]]
id = "vesper"
name = "vesper"
with = ["vesper"]
days = "daily"
early = "14d"

[[dose]]
id = "mon-thu"
name = "mon-thu"
at = ["06:00", "23:45"]
days = ["thu", "mon"]
early = "0m"

[[dose]]
id = "sunday"
name = "sunday"
with = ["breakfast"]
days = ["sun"]
early = "6d"
late = "14d"

[[dose]]
id = "every-other"
name = "every-other"
at = ["02:30"]
days = { every = 2 }
start = 2026-02-28
end = 2039-12-31
late = "12h"

"""

# Rules with long pauses, whose neighbours are weeks away or do not exist.
RARE_DOSES = """
[[dose]]
id = "every-ten"
name = "every-ten"
at = ["12:00"]
days = { every = 10 }
start = 2025-12-31
early = "14d"
late = "14d"

[[dose]]
id = "yearly"
name = "yearly"
at = ["12:00"]
days = { every = 365 }
start = 2027-01-01

[[dose]]
id = "pill"
name = "pill"
at = ["21:00"]
days = { on = 21, off = 7 }
start = 2026-01-05
late = "14d"

[[dose]]
id = "on-off"
name = "on-off"
with = ["lunch", "dinner"]
days = { on = 1, off = 2 }
start = 2026-03-29
early = "3d"

[[dose]]
id = "first-and-last"
name = "first-and-last"
at = ["00:00", "23:59"]
days = { monthdays = [-1, 1] }
early = "1d"
late = "1d"

[[dose]]
id = "month-ends"
name = "month-ends"
at = ["09:00"]
days = { monthdays = [29, 30, 31, -1] }
late = "14d"

[[dose]]
id = "thirty-first"
name = "thirty-first"
with = ["dinner"]
days = { monthdays = [31] }
start = 2026-01-31
early = "14d"
late = "14d"

[[dose]]
id = "once"
name = "once"
with = ["breakfast", "lunch", "dinner"]
days = "daily"
start = 2026-03-29
end = 2026-03-29
early = "3h"
late = "14d"
"""

# Local times around and inside every gap and overlap that the zones above know.
NIGHT_DOSES = """
[[dose]]
id = "midnight"
name = "midnight"
at = ["00:00", "00:15", "00:30", "00:59", "01:00", "22:30", "23:00", "23:30"]
days = "daily"

[[dose]]
id = "night"
name = "night"
at = ["01:15", "01:30", "01:45", "02:00", "02:15", "02:30", "02:59", "03:00"]
days = "daily"
early = "10m"

[[dose]]
id = "small-hours"
name = "small-hours"
at = ["03:15", "03:44", "03:45", "03:59", "04:00", "21:30", "22:00", "23:59"]
days = "daily"
late = "10m"

[[dose]]
id = "gap-meals"
name = "gap-meals"
with = ["small-hours", "an-hour-on"]
days = "daily"
late = "10m"
"""


class Expected(NamedTuple):
    """An occurrence as both sides can say it: one due and one end for each meal."""

    date: date
    slot: int
    opens: datetime
    dues: list[datetime]
    closes: list[datetime]
    off: bool


def expected(schedule: dict[str, Any], first: date, days: int) -> dict[str, list[Expected]]:
    """What the oracle says about each dose, in the order of (date, slot)."""
    rows: dict[str, list[Expected]] = {dose["id"]: [] for dose in schedule["dose"]}
    for one in oracle.occurrences(schedule, first, days):
        dues = [one.due, *(due for _, due, _ in one.fallback)]
        closes = [one.closes, *(closing for _, _, closing in one.fallback)]
        rows[one.dose].append(Expected(one.date, one.slot, one.opens, dues, closes, one.off))
    return rows


def found(plan: Plan, dose: Dose, first: date, days: int) -> list[Expected]:
    """What the device says about one dose, in the order in which it says it."""
    day = days_since_2000(first)
    t0, t1 = (civil.DAY_S * n for n in (day - SLACK_DAYS, day + days + SLACK_DAYS))
    return [
        as_expected(plan, dose, due, on, slot)
        for due, on, slot in occurrences(plan, dose, t0, t1)
        if day <= on < day + days
    ]


def as_expected(plan: Plan, dose: Dose, due: int, day: int, slot: int) -> Expected:
    window = plan.window(dose, day, slot)
    assert window.dues[0] == due, "the occurrence and its window disagree about due"
    return Expected(
        EPOCH_DAY + timedelta(days=day),
        slot,
        instant(window.opens),
        [instant(due) for due in window.dues],
        [instant(closing) for closing in window.closes],
        window.off,
    )


def assert_same(text: str, spans: Iterable[tuple[date, int]]) -> None:
    """The device and the oracle agree about every dose in each (first date, days)."""
    schedule, plan = tomllib.loads(text), plan_of(text)
    for first, days in spans:
        rows = expected(schedule, first, days)
        for dose in plan.doses:
            assert found(plan, dose, first, days) == rows[dose.id], f"{dose.id} from {first}"


@cache
def plan_of(text: str) -> Plan:
    return device.parse(compile_schedule(read_file.parse(text, "test.toml")).lines)


def file_of(zone: str, doses: str) -> str:
    return HEAD.format(zone=zone) + doses


def instant(utc2000: int) -> datetime:
    return EPOCH + utc2000 * SECOND


def seconds_since_2000(moment: datetime) -> int:
    return (moment - EPOCH) // SECOND


def days_since_2000(day: date) -> int:
    return (day - EPOCH_DAY).days


def clock_changes(zone_name: str) -> Iterator[date]:
    """The UTC dates on which the zone's offset is another at the end than at the beginning."""
    zone, midnight = ZoneInfo(zone_name), datetime(2026, 1, 1, tzinfo=UTC)
    while midnight.date() <= LAST_DAY:
        following = midnight + DAY
        if midnight.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield midnight.date()
        midnight = following


# Worked out by hand from the zones' published rules: what the clock on the wall does that night,
# and when in UTC a dose at this local time rings.
BY_HAND = [
    ("Europe/Berlin", date(2026, 7, 1), "08:00", "2026-07-01T06:00"),
    # 02:00 becomes 03:00: the whole hour is due at its end.
    ("Europe/Berlin", date(2026, 3, 29), "01:59", "2026-03-29T00:59"),
    ("Europe/Berlin", date(2026, 3, 29), "02:00", "2026-03-29T01:00"),
    ("Europe/Berlin", date(2026, 3, 29), "02:30", "2026-03-29T01:00"),
    ("Europe/Berlin", date(2026, 3, 29), "03:01", "2026-03-29T01:01"),
    # 03:00 becomes 02:00: the hour passes twice, and the first passing counts.
    ("Europe/Berlin", date(2026, 10, 25), "02:00", "2026-10-25T00:00"),
    ("Europe/Berlin", date(2026, 10, 25), "02:59", "2026-10-25T00:59"),
    ("Europe/Berlin", date(2026, 10, 25), "03:00", "2026-10-25T02:00"),
    # In Ireland the law calls the winter the exception; nobody's clock notices.
    ("Europe/Dublin", date(2026, 3, 29), "01:30", "2026-03-29T01:00"),
    ("Europe/Dublin", date(2026, 10, 25), "01:30", "2026-10-25T00:30"),
    # Midnight itself is skipped in Egypt, and the hour before it repeated.
    ("Africa/Cairo", date(2026, 4, 24), "00:30", "2026-04-23T22:00"),
    ("Africa/Cairo", date(2026, 10, 29), "23:30", "2026-10-29T20:30"),
    # In Greenland the last hour of a Saturday is skipped: its doses ring when it is Sunday.
    ("America/Nuuk", date(2026, 3, 28), "23:30", "2026-03-29T01:00"),
    # Half an hour is skipped on Lord Howe, two hours at Troll, an odd one on the Chathams.
    ("Australia/Lord_Howe", date(2026, 10, 4), "02:15", "2026-10-03T15:30"),
    ("Antarctica/Troll", date(2026, 3, 29), "01:30", "2026-03-29T01:00"),
    ("Antarctica/Troll", date(2026, 10, 25), "01:30", "2026-10-24T23:30"),
    ("Pacific/Chatham", date(2026, 9, 27), "03:00", "2026-09-26T14:00"),
    # Newfoundland and Nepal count in quarters and halves of an hour.
    ("America/St_Johns", date(2026, 7, 1), "08:00", "2026-07-01T10:30"),
    ("Asia/Kathmandu", date(2026, 7, 1), "00:00", "2026-06-30T18:15"),
    # Samoa and Niue are neighbours a day apart.
    ("Pacific/Apia", date(2026, 7, 1), "08:00", "2026-06-30T19:00"),
    ("Pacific/Niue", date(2026, 7, 1), "08:00", "2026-07-01T19:00"),
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def both(text: str, first: date, days: int = 1) -> list[Expected]:
    """The occurrences of a file's only dose, once both sides have said the same."""
    assert_same(text, [(first, days)])
    (dose,) = plan_of(text).doses
    return found(plan_of(text), dose, first, days)


def file_with(dose: str, zone: str = "Europe/Berlin") -> str:
    """A file with one dose, daily unless it says otherwise."""
    days = "" if "days =" in dose else 'days = "daily"'
    return file_of(zone, f'\n[[dose]]\nid = "one"\nname = "one"\n{dose}\n{days}\n')


@pytest.mark.parametrize(("zone", "day", "time", "due"), BY_HAND)
def test_a_dose_rings_at_the_instant_worked_out_by_hand(
    zone: str, day: date, time: str, due: str
) -> None:
    (one,) = both(file_with(f'at = ["{time}"]', zone), day)
    assert (one.date, one.dues) == (day, [utc(due)])


def test_times_that_the_spring_change_brings_together_ring_once_as_the_lower_slot() -> None:
    rows = both(file_with('at = ["01:30", "02:00", "02:30", "03:00", "03:30"]'), date(2026, 3, 29))
    assert [(one.slot, one.dues) for one in rows] == [
        (0, [utc("2026-03-29T00:30")]),
        (1, [utc("2026-03-29T01:00")]),
        (4, [utc("2026-03-29T01:30")]),
    ]


def test_times_brought_together_across_midnight_ring_once_on_the_day_before() -> None:
    text = file_with('at = ["00:00", "23:30"]', "America/Nuuk")
    rows = both(text, date(2026, 3, 28), 2)
    assert [(one.date.day, one.slot) for one in rows] == [(28, 0), (28, 1), (29, 1)]


def test_two_days_meals_brought_together_ring_once_and_can_be_answered() -> None:
    # "vesper" is at 23:30 on Saturday and 00:00 on Sunday, and Greenland skips that half hour.
    rows = both(file_with('with = ["vesper"]', "America/Nuuk"), date(2026, 3, 28), 2)
    assert [(one.date.day, one.dues, one.closes) for one in rows] == [
        (28, [utc("2026-03-29T01:00")], [utc("2026-03-29T04:00")])
    ]


def test_a_window_opens_an_hour_before_and_closes_three_hours_after_by_default() -> None:
    (one,) = both(file_with('at = ["08:00"]'), date(2026, 7, 1))
    assert (one.opens, one.closes) == (utc("2026-07-01T05:00"), [utc("2026-07-01T09:00")])


def test_a_window_opens_halfway_from_the_dose_before_and_closes_there_for_it() -> None:
    early, later = both(file_with('at = ["08:00", "08:30"]'), date(2026, 7, 1))
    assert early.closes == [later.opens] == [utc("2026-07-01T06:15")]


def test_halfway_is_counted_in_elapsed_time_not_on_the_clock() -> None:
    # From 01:00 to 04:00 this night only two hours pass.
    text = file_with('at = ["01:00", "04:00"]\nearly = "3h"')
    assert both(text, date(2026, 3, 29))[1].opens == utc("2026-03-29T01:00")


def test_an_unanswered_breakfast_rests_and_rings_again_at_lunch() -> None:
    (one,) = both(file_with('with = ["breakfast", "lunch"]'), date(2026, 7, 1))
    assert one.slot == 0
    assert one.opens == utc("2026-07-01T04:30")
    assert one.dues == [utc("2026-07-01T05:30"), utc("2026-07-01T10:30")]
    assert one.closes == [utc("2026-07-01T08:30"), utc("2026-07-01T13:30")]


def test_a_meal_closes_where_the_next_one_opens() -> None:
    (one,) = both(file_with('with = ["breakfast", "lunch"]\nlate = "6h"'), date(2026, 7, 1))
    assert one.closes == [utc("2026-07-01T10:30"), utc("2026-07-01T16:30")]


def test_the_last_meal_closes_where_tomorrow_opens() -> None:
    # From dinner at 18:45 to breakfast at 07:30 halfway is 01:07:30.
    text = file_with('with = ["breakfast", "dinner"]\nearly = "12h"\nlate = "14d"')
    one, tomorrow = both(text, date(2026, 7, 1), 2)
    assert one.closes[-1] == tomorrow.opens == utc("2026-07-01T23:07:30")


def test_a_holiday_moves_breakfast_and_leaves_lunch() -> None:
    (one,) = both(file_with('with = ["breakfast", "lunch"]'), date(2026, 4, 1))
    assert one.dues == [utc("2026-04-01T08:00"), utc("2026-04-01T10:30")]


def test_days_in_hospital_are_still_there_but_off() -> None:
    rows = both(file_with('at = ["08:00"]'), date(2026, 10, 23), 4)
    assert [one.off for one in rows] == [False, True, True, False]


def test_the_last_day_and_the_thirty_first_are_one_day_where_they_meet() -> None:
    rows = both(file_with('at = ["08:00"]\ndays = { monthdays = [31, -1] }'), date(2027, 1, 1), 90)
    assert [one.date for one in rows] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]


def test_start_and_end_are_both_included_and_nothing_outside_bounds_their_windows() -> None:
    text = file_with(
        'at = ["08:00"]\nearly = "14d"\nlate = "14d"\nstart = 2026-07-01\nend = 2026-07-02'
    )
    first, last = both(text, date(2026, 6, 1), 60)
    assert (first.opens, last.closes) == (utc("2026-06-17T06:00"), [utc("2026-07-16T06:00")])


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_a_year_is_as_the_oracle_says(zone: str) -> None:
    year = FIRST_DAY.year + ZONES.index(zone) % 20
    assert_same(file_of(zone, FREQUENT_DOSES + RARE_DOSES), [(date(year, 1, 1), 366)])


@pytest.mark.parametrize("zone", TWENTY_YEAR_ZONES)
def test_every_day_of_twenty_years_is_as_the_oracle_says(zone: str) -> None:
    days = (LAST_DAY - FIRST_DAY).days + 1
    assert_same(file_of(zone, FREQUENT_DOSES + RARE_DOSES), [(FIRST_DAY, days)])


@pytest.mark.parametrize("zone", CHANGING_ZONES)
def test_the_days_around_every_clock_change_are_as_the_oracle_says(zone: str) -> None:
    changes = list(clock_changes(zone))
    assert len(changes) >= 40
    spans = [(change - 3 * DAY, 7) for change in changes]
    assert_same(file_of(zone, FREQUENT_DOSES + NIGHT_DOSES), spans)


# A stretch of days long enough for a rule to come round, short enough to ask often.
STRETCH_DAYS = 45


@st.composite
def stretches(draw: st.DrawFn, schedule: dict[str, Any]) -> tuple[date, int]:
    """(first date, days) where something happens: the clock changes, a rule begins or ends."""
    tables = [*schedule["dose"], *schedule.get("except", [])]
    edges = [table.get(key) for table in tables for key in ("start", "end", "from", "to")]
    anchors = [edge for edge in edges if edge is not None and FIRST_DAY < edge < LAST_DAY]
    anchors += changes_of(schedule["timezone"]) or [FIRST_DAY]
    lead = draw(st.integers(0, STRETCH_DAYS))
    first = max(FIRST_DAY, draw(st.sampled_from(anchors)) - lead * DAY)
    return first, draw(st.integers(1, STRETCH_DAYS))


@st.composite
def nights(draw: st.DrawFn) -> str:
    """A file with a few doses at odd times of those nights in which clocks are changed."""
    minutes = st.one_of(st.integers(0, 250), st.integers(1250, 1439))
    times = draw(st.lists(minutes, min_size=2, max_size=8, unique=True).map(sorted))
    written = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in times]
    meals = [f"meal-{place}" for place in range(len(times))]
    early, late = draw(st.integers(0, 90)), draw(st.integers(10, 90))
    days = draw(st.sampled_from(['"daily"', '["sun"]', '["sat", "sun", "fri"]']))
    rest = f'days = {days}\nearly = "{early}m"\nlate = "{late}m"'
    return "\n".join(
        [
            f'version = 1\ntimezone = "{draw(st.sampled_from(CHANGING_ZONES))}"\n[meals]',
            *(f'{meal} = "{time}"' for meal, time in zip(meals, written, strict=True)),
            f'[[dose]]\nid = "at"\nname = "at"\nat = {written}\n{rest}',
            f'[[dose]]\nid = "with"\nname = "with"\nwith = {meals}\n{rest}',
        ]
    )


@cache
def changes_of(zone_name: str) -> list[date]:
    return list(clock_changes(zone_name))


ANY_FILE = st.one_of(schedules().map(lambda one: one.text), nights())


@given(st.data(), ANY_FILE)
@settings(max_examples=250)
def test_random_schedules_in_random_zones_are_as_the_oracle_says(
    data: st.DataObject, text: str
) -> None:
    assert_same(text, [data.draw(stretches(tomllib.loads(text)))])


@given(st.data(), ANY_FILE)
@settings(max_examples=100)
def test_asking_piece_by_piece_finds_the_same_occurrences(data: st.DataObject, text: str) -> None:
    first, days = data.draw(stretches(tomllib.loads(text)))
    a, b = (civil.DAY_S * (days_since_2000(first) + n) for n in (0, days))
    plan = plan_of(text)
    for dose in plan.doses:
        whole = list(occurrences(plan, dose, a, b))
        # An end that falls exactly on a due shows whether the stretch is half-open.
        ends = st.one_of(st.integers(a, b), st.sampled_from([due for due, _, _ in whole] or [a]))
        cuts = [a, *sorted(data.draw(st.lists(ends, max_size=6))), b]
        pieces = [one for t0, t1 in pairwise(cuts) for one in occurrences(plan, dose, t0, t1)]
        assert pieces == whole


@given(st.data(), ANY_FILE)
@settings(max_examples=100)
def test_the_windows_of_a_dose_never_overlap(data: st.DataObject, text: str) -> None:
    plan = plan_of(text)
    stretch = data.draw(stretches(tomllib.loads(text)))
    for dose in plan.doses:
        rows = found(plan, dose, *stretch)
        for one, following in zip_longest(rows, rows[1:]):
            bounds = [one.opens]
            # A meal whose successor is due at the same instant, as in the hour that a spring
            # change skips, has no window left; every other has one.
            nexts = [*one.dues[1:], following.dues[0] if following else None]
            for due, closing, after in zip(one.dues, one.closes, nexts, strict=True):
                assert due < closing or due == closing == after
                bounds += [due, closing]
            bounds += [following.opens] if following else []
            assert bounds == sorted(bounds)


@given(st.data(), ANY_FILE)
@settings(max_examples=100)
def test_the_clock_on_the_wall_shows_the_written_time_on_the_written_date(
    data: st.DataObject, text: str
) -> None:
    schedule, plan = tomllib.loads(text), plan_of(text)
    stretch = data.draw(stretches(schedule))
    for dose, rule in zip(plan.doses, schedule["dose"], strict=True):
        for one in found(plan, dose, *stretch):
            assert oracle.falls_on(rule, one.date)
            written = datetime.combine(one.date, written_time(schedule, rule, one))
            # Or a later time, where the change of clocks skips the written one.
            due = one.dues[0]
            assert wall(due - SECOND, schedule) < written <= wall(due, schedule)


def written_time(schedule: dict[str, Any], rule: dict[str, Any], one: Expected) -> time:
    if "with" in rule:
        return oracle.meal_time(schedule, rule["with"][0], one.date)
    return time.fromisoformat(sorted(rule["at"])[one.slot])


def wall(moment: datetime, schedule: dict[str, Any]) -> datetime:
    """What a clock shows there, without its zone."""
    return moment.astimezone(ZoneInfo(schedule["timezone"])).replace(tzinfo=None)


@given(st.data(), ANY_FILE)
@settings(max_examples=100)
def test_the_first_window_still_open_is_found_at_any_instant(
    data: st.DataObject, text: str
) -> None:
    plan = plan_of(text)
    stretch = data.draw(stretches(tomllib.loads(text)))
    for dose in plan.doses:
        for previous, one in pairwise(found(plan, dose, *stretch)):
            # From the instant at which the one before is over, to the last second of this one.
            over, last = (seconds_since_2000(row.closes[-1]) for row in (previous, one))
            for t in {over, last - 1} if over < last else ():
                due_s = seconds_since_2000(one.dues[0])
                assert plan.first_open(dose, t) == (days_since_2000(one.date), one.slot, due_s)


def test_supper_on_the_day_of_twenty_five_hours_is_open_to_its_end() -> None:
    # Between the first meal and the last of this Sunday lie 24 hours and 55 minutes.
    text = file_with('with = ["before-bed", "supper"]\ndays = ["sun"]').replace("23:10", "23:55")
    (one,) = both(text, date(2027, 10, 31))
    plan = plan_of(text)
    last_second = seconds_since_2000(one.closes[-1]) - 1
    due_s = seconds_since_2000(one.dues[0])
    assert plan.first_open(plan.doses[0], last_second) == (days_since_2000(one.date), 0, due_s)
