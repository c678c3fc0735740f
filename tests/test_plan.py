"""Windows by hand: a few cases worked out on paper. The oracle compares thousands elsewhere."""

from datetime import UTC, datetime

import pytest

from domain import D3K2, D3K2_DOSE, DROPS_DOSE, MEALS, compiled, dose, plan, utc_of
from dosebell import civil, schedule
from dosebell.plan import NEVER, Plan, Window

BERLIN = "Europe/Berlin"


def plan_of(text: str) -> Plan:
    return schedule.parse(compiled(text).lines)


def window(text: str, date: str, slot: int = 0) -> Window:
    found = plan_of(text)
    return found.window(found.doses[0], civil.day_from_iso(date), slot)


def utc(instant: int) -> str:
    """As "23 07:30", in UTC."""
    return f"{datetime.fromtimestamp(instant + civil.UNIX_2000, UTC):%d %H:%M}"


def spans(found: Window) -> tuple[str, list[str], list[str]]:
    return utc(found.opens), [*map(utc, found.dues)], [*map(utc, found.closes)]


def dates(text: str, since: str, until: str) -> list[str]:
    """The dates of a dose, with the slot where there are several."""
    found = plan_of(text)
    t0, t1 = utc_of(since, BERLIN), utc_of(until, BERLIN)
    return [civil.iso(day) for _, day, _ in found.occurrences(found.doses[0], t0, t1)]


def one(*lines: str, days: str = '"daily"') -> str:
    return plan(dose("one", *lines, days=days))


AT_8 = 'at = ["08:00"]'

# Berlin is one hour ahead of UTC in November, two in July. Monday is 23 November 2026.
WINDOWS = {
    "breakfast, else lunch": (
        D3K2,
        "2026-11-23",
        0,
        ("23 05:30", ["23 06:30", "23 11:30"], ["23 09:30", "23 14:30"]),
    ),
    "the same in summer": (
        D3K2,
        "2026-07-20",
        0,
        ("20 04:30", ["20 05:30", "20 10:30"], ["20 08:30", "20 13:30"]),
    ),
    "a window ends where the next meal is due": (
        one('with = ["breakfast", "lunch"]', 'late = "6h"'),
        "2026-11-23",
        0,
        ("23 05:30", ["23 06:30", "23 11:30"], ["23 11:30", "23 17:30"]),
    ),
    "early and late can be set": (
        one(AT_8, 'early = "15m"', 'late = "10m"'),
        "2026-11-23",
        0,
        ("23 06:45", ["23 07:00"], ["23 07:10"]),
    ),
    # 08:00 and 20:00 lie 12 h apart, so nothing opens more than 6 h early.
    "a window opens no earlier than half way": (
        one('at = ["08:00", "20:00"]', 'early = "12h"'),
        "2026-11-23",
        1,
        ("23 13:00", ["23 19:00"], ["23 22:00"]),
    ),
    "and the one before closes there": (
        one('at = ["08:00", "20:00"]', 'early = "12h"', 'late = "12h"'),
        "2026-11-23",
        0,
        ("23 01:00", ["23 07:00"], ["23 13:00"]),
    ),
    # From lunch at 12:30 to the next breakfast at 07:30 it is 19 h; half way is 22:00.
    "the last meal counts for the half way": (
        one('with = ["breakfast", "lunch"]', 'early = "14d"', 'late = "1d"'),
        "2026-11-23",
        0,
        ("22 21:00", ["23 06:30", "23 11:30"], ["23 11:30", "23 21:00"]),
    ),
    "a weekly dose can be late for days": (
        one(AT_8, 'late = "5d"', days='["mon"]'),
        "2026-11-23",
        0,
        ("23 06:00", ["23 07:00"], ["28 07:00"]),
    ),
    "the last one of all closes by itself": (
        one(AT_8, "end = 2026-11-23"),
        "2026-11-23",
        0,
        ("23 06:00", ["23 07:00"], ["23 10:00"]),
    ),
    # 29 March 2026: from 02:00 to 03:00 there is no local time.
    "a time that the spring skips is due after the gap": (
        one('at = ["02:30"]'),
        "2026-03-29",
        0,
        ("29 00:00", ["29 01:00"], ["29 04:00"]),
    ),
    # 25 October 2026: 02:00 to 03:00 comes twice, first at 00:00 UTC.
    "a time that the autumn repeats is due at its first passing": (
        one('at = ["02:30"]'),
        "2026-10-25",
        0,
        ("24 23:30", ["25 00:30"], ["25 03:30"]),
    ),
}


@pytest.mark.parametrize(("text", "date", "slot", "expected"), WINDOWS.values(), ids=WINDOWS)
def test_windows(
    text: str, date: str, slot: int, expected: tuple[str, list[str], list[str]]
) -> None:
    assert spans(window(text, date, slot)) == expected


# From Monday 23 November 2026; the months ahead end on 30, 31, 31, 28.
DAYS = {
    "daily": ('"daily"', ["11-23", "11-24", "11-25", "11-26", "11-27"]),
    "weekdays": ('["mon", "thu"]', ["11-23", "11-26", "11-30", "12-03", "12-07"]),
    "every third day": ("{ every = 3 }", ["11-25", "11-28", "12-01", "12-04", "12-07"]),
    # The cycle began on 1 November: on from 1 to 3, off 4 to 7, on from 8, 15, 22.
    "on and off": ("{ on = 3, off = 4 }", ["11-23", "11-24", "11-29", "11-30", "12-01"]),
    "days of the month": ("{ monthdays = [31, 1] }", ["12-01", "12-31", "01-01", "01-31"]),
    "the last of the month": ("{ monthdays = [-1] }", ["11-30", "12-31", "01-31", "02-28"]),
    "both, named once": ("{ monthdays = [30, -1] }", ["11-30", "12-30", "12-31", "01-30"]),
}


@pytest.mark.parametrize(("days", "expected"), DAYS.values(), ids=DAYS)
def test_days(days: str, expected: list[str]) -> None:
    found = dates(one(AT_8, "start = 2026-11-01", days=days), "2026-11-23", "2027-03-01")
    assert [date[5:] for date in found[: len(expected)]] == expected


def test_start_and_end_are_both_included() -> None:
    text = one(AT_8, "start = 2026-11-22", "end = 2026-11-24")
    assert dates(text, "2026-11-01", "2026-12-01") == ["2026-11-22", "2026-11-23", "2026-11-24"]


def test_an_interval_is_half_open() -> None:
    text = one(AT_8)
    assert dates(text, "2026-11-23 08:00", "2026-11-24 08:00") == ["2026-11-23"]
    assert dates(text, "2026-11-23 08:00:01", "2026-11-24 08:00:01") == ["2026-11-24"]


def test_times_that_fall_on_one_instant_are_one_occurrence_the_lower_slot() -> None:
    found = plan_of(one('at = ["02:10", "02:50", "08:00"]'))
    night = utc_of("2026-03-29 00:00", BERLIN)
    slots = [slot for _, _, slot in found.occurrences(found.doses[0], night, night + 23 * 3600)]
    assert slots == [0, 2]
    day = civil.day_from_iso("2026-03-29")
    assert found.at_or_after(found.doses[0], day, 1) == (day, 2)


WEEKEND = '[meals]\nbreakfast = { at = "07:30", sat = "09:00", sun = "09:00" }\nlunch = "12:30"\n'
HOLIDAY = (
    '[[except]]\nfrom = 2026-11-24\nto = 2026-11-25\nmeals = { breakfast = "10:00" }\n'
    "[[except]]\nfrom = 2026-11-25\nto = 2026-11-26\noff = true\n"
)


@pytest.mark.parametrize(
    ("date", "due", "off"),
    [
        ("2026-11-22", "22 08:00", False),
        ("2026-11-23", "23 06:30", False),
        ("2026-11-24", "24 09:00", False),
        ("2026-11-25", "25 09:00", True),
        ("2026-11-26", "26 06:30", True),
        ("2026-11-27", "27 06:30", False),
        ("2026-11-28", "28 08:00", False),
    ],
)
def test_breakfast_is_later_at_the_weekend_and_on_a_holiday(
    date: str, due: str, off: bool
) -> None:
    found = window(plan(D3K2_DOSE, HOLIDAY, meals=WEEKEND), date)
    assert (utc(found.dues[0]), found.off) == (due, off)


@pytest.mark.parametrize(
    ("text", "date", "slot", "gap_h"),
    [
        (one('at = ["08:00", "20:00"]'), "2026-11-23", 1, 12),
        (one('at = ["08:00", "20:00"]'), "2026-11-23", 0, 12),
        (D3K2, "2026-11-23", 0, 24),
        (D3K2, "2026-10-25", 0, 25),
        # The first one of all has none before it, so the one after it counts ...
        (one(AT_8, "start = 2026-11-23", days="{ every = 7 }"), "2026-11-23", 0, 7 * 24),
        # ... and where there is but one, there is no gap to halve.
        (one(AT_8, "start = 2026-11-23", "end = 2026-11-23"), "2026-11-23", 0, None),
    ],
)
def test_the_gap_of_a_dose_is_the_time_since_its_last_due(
    text: str, date: str, slot: int, gap_h: int | None
) -> None:
    assert window(text, date, slot).gap_s == (gap_h * 3600 if gap_h is not None else None)


QUIET = {
    "over midnight": (
        "22:00-06:30",
        [
            ("2026-11-23 21:59:59", "", "23 21:00"),
            ("2026-11-23 22:00:00", "24 05:30", "24 21:00"),
            ("2026-11-24 00:00:00", "24 05:30", "24 21:00"),
            ("2026-11-24 06:29:59", "24 05:30", "24 21:00"),
            ("2026-11-24 06:30:00", "", "24 21:00"),
        ],
    ),
    "at noon": (
        "12:00-14:00",
        [
            ("2026-11-23 11:59:59", "", "23 11:00"),
            ("2026-11-23 12:00:00", "23 13:00", "24 11:00"),
            ("2026-11-23 13:59:59", "23 13:00", "24 11:00"),
            ("2026-11-23 14:00:00", "", "24 11:00"),
        ],
    ),
    # The wall shows 02:30 twice in that night; quiet ends when it does so first.
    "to an hour that comes twice": (
        "22:00-02:30",
        [
            ("2026-10-25 00:29:59Z", "25 00:30", "25 21:00"),
            ("2026-10-25 00:30:00Z", "", "25 21:00"),
            ("2026-10-25 01:10:00Z", "", "25 21:00"),
        ],
    ),
    "from an hour that comes twice": (
        "02:30-06:30",
        [
            ("2026-10-25 00:29:59Z", "", "25 00:30"),
            ("2026-10-25 00:30:00Z", "25 05:30", "26 01:30"),
            ("2026-10-25 01:10:00Z", "25 05:30", "26 01:30"),
        ],
    ),
    # 02:30 does not come in that night; 03:00 does instead.
    "to an hour that is skipped": (
        "22:00-02:30",
        [("2026-03-29 01:59:59", "29 01:00", "29 20:00"), ("2026-03-29 03:00", "", "29 20:00")],
    ),
}


@pytest.mark.parametrize(("quiet", "cases"), QUIET.values(), ids=QUIET)
def test_quiet_hours_are_half_open(quiet: str, cases: list[tuple[str, str, str]]) -> None:
    found = plan_of(plan(D3K2_DOSE, alerts=f'quiet = "{quiet}"'))
    for at, ends, begins in cases:
        now = utc_of(at, BERLIN)
        end, start = found.quiet_end(now), found.quiet_start(now)
        assert (utc(end) if end else "", utc(start)) == (ends, begins), at


def test_without_quiet_hours_there_is_no_edge() -> None:
    found = plan_of(D3K2)
    assert (found.quiet_end(848_000_000), found.quiet_start(848_000_000)) == (0, NEVER)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (D3K2, True),
        (plan(dose("d3k2", 'with = ["breakfast", "lunch"]', 'late = "1h"')), True),
        (plan(D3K2_DOSE, DROPS_DOSE), True),
        (plan(D3K2_DOSE, alerts='nag = "5m"'), True),
        (plan(D3K2_DOSE, meals=MEALS.replace("18:30", "19:00")), True),
        (plan(D3K2_DOSE, meals=MEALS.replace("12:30", "12:45")), False),
        (plan(D3K2_DOSE, zone="Europe/Paris"), False),
        (plan(dose("d3k2", 'with = ["breakfast"]')), False),
        (plan(dose("d3k2", 'at = ["07:30"]')), False),
        (plan(dose("d3k2", 'with = ["breakfast", "lunch"]', days='["mon"]')), False),
    ],
)
def test_a_dose_is_changed_when_its_times_or_days_are(other: str, same: bool) -> None:
    one, two = plan_of(D3K2), plan_of(other)
    assert (one.signature(one.doses[0]) == two.signature(two.doses[0])) is same


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: lines[:1],
        lambda lines: lines[1:],
        lambda lines: ["plan\tv=2" + lines[0][8:], *lines[1:]],
        lambda lines: ["prey" + lines[0][4:], *lines[1:]],
        lambda lines: [line.replace("days=daily", "days=often") for line in lines],
        lambda lines: [line.replace("with=0,1", "with=0,7") for line in lines],
        lambda lines: [line.replace("with=0,1", "") for line in lines],
        lambda lines: [line.replace("late=10800", "late=soon") for line in lines],
        lambda lines: [line for line in lines if not line.startswith("shift")],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [*lines[:5], lines[4], *lines[5:]],
        lambda lines: [*lines, "shift\t"],
        lambda lines: [*lines, ""],
    ],
)
def test_a_schedule_that_can_t_be_read_is_refused_before_it_is_in_force(spoil: object) -> None:
    lines = list(compiled(D3K2).lines)
    assert schedule.parse(lines).doses
    with pytest.raises(ValueError):
        schedule.parse(spoil(lines))  # type: ignore[operator]
