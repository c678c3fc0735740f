"""Which days a report is about, from what was typed."""

from datetime import date

import pytest

from dosebell import civil
from dosebell.zone import Zone
from dosebell_host.errors import UsageError
from dosebell_host.report.asked_period import AskedPeriod
from dosebell_host.schedule.local_time import LocalTime

UTC = LocalTime(Zone((0,), (0,), 0))
# The box's today is 29 November 2026.
NOON_S = civil.day_of(2026, 11, 29) * civil.DAY_S + 12 * civil.HOUR_S


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        (AskedPeriod(), "2026-09-01", "2026-11-29"),
        (AskedPeriod(month="2026-10"), "2026-10-01", "2026-10-31"),
        (AskedPeriod(month="2026-12"), "", ""),
        (AskedPeriod(month="2026-11"), "2026-11-01", "2026-11-29"),
        (AskedPeriod(month="2026-02"), "2026-02-01", "2026-02-28"),
        (AskedPeriod(month="2025-12"), "2025-12-01", "2025-12-31"),
        (AskedPeriod(first="2026-11-03"), "2026-11-03", "2026-11-29"),
        (AskedPeriod(last="2026-02-10"), "2025-12-01", "2026-02-10"),
        (AskedPeriod(first="2026-11-03", last="2026-11-03"), "2026-11-03", "2026-11-03"),
        (AskedPeriod(first="2026-11-03", last="2027-11-03"), "2026-11-03", "2026-11-29"),
        (AskedPeriod(first="2026-11-30"), "", ""),
        (AskedPeriod(first="tomorrow"), "", ""),
        (AskedPeriod(first="monday", last="fri"), "2026-11-23", "2026-11-27"),
        (AskedPeriod(first="24 Dec"), "2025-12-24", "2026-11-29"),
    ],
)
def test_days_end_today_at_the_latest(asked: AskedPeriod, first: str, last: str) -> None:
    if not first:
        with pytest.raises(UsageError, match="has not come yet"):
            asked.days(UTC, NOON_S)
        return
    assert tuple(map(civil.iso, asked.days(UTC, NOON_S))) == (first, last)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (AskedPeriod(month="2026-13"), '--month: "2026-13" is no month; write it as 2026-11.'),
        (
            AskedPeriod(month="Novembre"),
            '--month: "Novembre" is no month; write it as 2026-11, "november" or "last month".',
        ),
        (AskedPeriod(month="1999-11"), "--month: the year 1999 is too far away"),
        (
            AskedPeriod(first="soon"),
            '--from: "soon" is no date; write it as "24.12.2026", "24 Dec',
        ),
        (AskedPeriod(first="2026-13-01"), '--from: "2026-13-01" is no date; write it as 2026-11-'),
        (AskedPeriod(first="2026-11-02", last="2026-11-01"), "--until: 2026-11-01 is before"),
        (AskedPeriod(month="2026-11", first="2026-11-02"), "--month: --month names all of the"),
    ],
)
def test_days_that_make_no_sense_are_told_before_anything_is_read(
    asked: AskedPeriod, sentence: str
) -> None:
    with pytest.raises(UsageError) as told:
        asked.check(date(2026, 11, 29))
    assert str(told.value).startswith(sentence)
