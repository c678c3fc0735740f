"""Local time from a table of offsets: Berlin and Lord Howe in 2026, worked out on paper."""

from dosebell import civil
from dosebell.zone import Zone

HOUR_S = civil.HOUR_S


def utc(date: str, hour: int, minute: int = 0) -> int:
    return civil.day_from_iso(date) * civil.DAY_S + hour * HOUR_S + minute * 60


SPRING, AUTUMN = utc("2026-03-29", 1), utc("2026-10-25", 1)
# Half an hour, and the other half of the world: back in April, on in October.
HOWE_BACK, HOWE_ON = utc("2026-04-04", 15), utc("2026-10-03", 15, 30)

# (UTC, what the wall shows) in Berlin.
WALL = (
    (utc("2026-01-01", 0), utc("2026-01-01", 1)),
    (SPRING - 1, utc("2026-03-29", 2) - 1),
    (SPRING, utc("2026-03-29", 3)),
    (AUTUMN - 1, utc("2026-10-25", 3) - 1),
    (AUTUMN, utc("2026-10-25", 2)),
    # Before the table begins, and after it ends.
    (utc("2001-07-01", 12), utc("2001-07-01", 13)),
    (utc("2099-07-01", 12), utc("2099-07-01", 13)),
)
# (what the wall shows, the first instant at which it does so or shows more) in Berlin.
INSTANTS = (
    (utc("2026-03-29", 2) - 1, SPRING - 1),
    (utc("2026-03-29", 2), SPRING),
    (utc("2026-03-29", 2, 30), SPRING),
    (utc("2026-03-29", 3), SPRING),
    (utc("2026-03-29", 3, 1), SPRING + 60),
    (utc("2026-10-25", 2), utc("2026-10-25", 0)),
    (utc("2026-10-25", 2, 30), utc("2026-10-25", 0, 30)),
    (utc("2026-10-25", 3), utc("2026-10-25", 2)),
)
# The same on Lord Howe: 01:30 to 02:00 comes twice in April, 02:00 to 02:30 not at all in October.
HOWE_INSTANTS = (
    (utc("2026-04-05", 1, 29), HOWE_BACK - 31 * 60),
    (utc("2026-04-05", 1, 30), HOWE_BACK - 30 * 60),
    (utc("2026-04-05", 2), HOWE_BACK + 30 * 60),
    (utc("2026-10-04", 1, 59), HOWE_ON - 60),
    (utc("2026-10-04", 2), HOWE_ON),
    (utc("2026-10-04", 2, 15), HOWE_ON),
    (utc("2026-10-04", 2, 31), HOWE_ON + 60),
)


def berlin() -> Zone:
    starts = (utc("2025-10-26", 1), SPRING, AUTUMN)
    return Zone(starts, (HOUR_S, 2 * HOUR_S, HOUR_S), utc("2050-01-01", 0))


def lord_howe() -> Zone:
    starts = (utc("2025-10-04", 15, 30), HOWE_BACK, HOWE_ON)
    return Zone(starts, (11 * HOUR_S, 10 * HOUR_S + 1800, 11 * HOUR_S), utc("2050-01-01", 0))


def test_the_wall_shows_local_time() -> None:
    for at, shown in WALL:
        assert berlin().local(at) == shown, at


def test_a_time_that_is_skipped_is_after_the_gap_and_one_that_repeats_its_first_passing() -> None:
    for shown, at in INSTANTS:
        assert berlin().instant(shown) == at, shown
    for shown, at in HOWE_INSTANTS:
        assert lord_howe().instant(shown) == at, shown


def test_the_order_of_questions_changes_no_answer() -> None:
    zone = berlin()
    for _ in range(2):
        for place in range(len(INSTANTS)):
            for shown, at in (INSTANTS[place], INSTANTS[-1 - place]):
                assert zone.instant(shown) == at
            for at, shown in (WALL[place % len(WALL)], WALL[-1 - place % len(WALL)]):
                assert zone.local(at) == shown


def test_a_date_begins_at_local_midnight() -> None:
    day = civil.day_from_iso("2026-07-20")
    assert berlin().day(utc("2026-07-19", 22) - 1) == day - 1
    assert berlin().day(utc("2026-07-19", 22)) == day


def samoa() -> Zone:
    """Where the 30th of December 2011 was left out, and before that the clocks go back."""
    starts = (utc("2011-04-02", 14), utc("2011-09-24", 14), utc("2011-12-30", 10))
    return Zone(starts, (-11 * HOUR_S, -10 * HOUR_S, 14 * HOUR_S), utc("2050-01-01", 0))


CHANGES = (
    (berlin, SPRING),
    (berlin, AUTUMN),
    (lord_howe, HOWE_BACK),
    (lord_howe, HOWE_ON),
    (samoa, utc("2011-09-24", 14)),
    (samoa, utc("2011-12-30", 10)),
)


def test_no_time_of_a_date_before_the_first_day_of_an_instant_is_at_it_or_later() -> None:
    """And away from the change that is the date itself, once anything was asked there."""
    for table, change in CHANGES:
        days = range(change - 3 * civil.DAY_S, change + 3 * civil.DAY_S, HOUR_S // 2)
        instants = [at + off for at in days for off in (-1, 0, 1)]
        for order in (instants, instants[::-1]):
            zone, days_before = table(), []
            for at in order:
                first = zone.first_day(at)
                assert zone.instant(first * civil.DAY_S - 60) < at
                zone.instant(zone.local(at))
                days_before.append(zone.day(at) - zone.first_day(at))
            assert {days_before[0], days_before[-1]} == {0}
            assert max(days_before) <= zone.slack_days
