"""Windows by hand: a few cases worked out on paper. The oracle compares thousands elsewhere."""

from datetime import UTC, datetime

import pytest

from domain import D3K2, D3K2_DOSE, DROPS_DOSE, compiled, plan, utc_of
from dosebell import civil, schedule
from dosebell.plan import NEVER, Plan, Window
from dosebell_host.schedule.days import occurrences
from plan_cases import AT_8, DAYS, HOLIDAY, QUIET, WEEKEND, WINDOWS, one

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
    return [civil.iso(day) for _, day, _ in occurrences(found, found.doses[0], t0, t1)]


@pytest.mark.parametrize(("text", "date", "slot", "expected"), WINDOWS.values(), ids=WINDOWS)
def test_windows(
    text: str, date: str, slot: int, expected: tuple[str, list[str], list[str]]
) -> None:
    assert spans(window(text, date, slot)) == expected


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
    slots = [slot for _, _, slot in occurrences(found, found.doses[0], night, night + 23 * 3600)]
    assert slots == [0, 2]
    day = civil.day_from_iso("2026-03-29")
    assert [slot for slot in range(-1, 9) if found.has(found.doses[0], day, slot)] == [0, 2]


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


@pytest.mark.parametrize(("quiet", "cases"), QUIET.values(), ids=QUIET)
def test_quiet_hours_are_half_open(quiet: str, cases: list[tuple[str, str, str]]) -> None:
    found = plan_of(plan(D3K2_DOSE, alerts=f'quiet = "{quiet}"'))
    for at, ends, begins in cases:
        now = utc_of(at, BERLIN)
        start, end = found.quiet_hours(now)
        # Where they hold already, the next ones begin after their end.
        after = found.quiet_hours(end)[0] if start <= now else start
        assert (utc(end) if start <= now else "", utc(after)) == (ends, begins), at


def test_without_quiet_hours_there_is_no_edge() -> None:
    found = plan_of(D3K2)
    assert found.quiet_hours(848_000_000) == (NEVER, NEVER)


@pytest.mark.parametrize("dose_id", ["d3k2", "drops"])
def test_an_occurrence_is_found_by_the_minute_of_its_first_due_and_by_no_other(
    dose_id: str,
) -> None:
    found = plan_of(plan(D3K2_DOSE, DROPS_DOSE))
    each = found.dose(dose_id)
    assert each is not None
    rows = list(occurrences(found, each, 848_000_000, 848_000_000 + 9 * 86400))
    assert rows
    for due, day, slot in rows:
        assert found.at(each, due) == (day, slot)
        assert [found.at(each, due + off) for off in (-3600, -60, 60, 3600)] == [None] * 4


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
