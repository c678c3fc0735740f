"""What is missed now is one decision: a gateway, the page, and the view for other programs."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import postgres
from domain import Box, dose, plan
from dosebell import civil
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.ward import schema
from dosebell_host.ward.residents import home_of
from dosebell_host.watch import attention
from ward_visit import bring
from watched import WatchedDesk

SHORT = dose("short", 'at = ["08:00"]', 'late = "1h"', days='["mon"]')
EVENING = dose("evening", 'at = ["22:00"]', 'late = "3h"', days='["mon"]')
WEEKLY = dose("weekly", 'at = ["09:00"]', 'late = "2d"', days='["mon"]')
PATCH = dose("patch", 'at = ["10:00"]', 'late = "14d"', days="{ monthdays = [23] }")


@pytest.fixture
def tables() -> Iterator[PostgresTables]:
    with closing(PostgresTables(postgres.new_ward())) as made:
        yield made


def missed_everywhere(box: Box, tables: PostgresTables, folder: Path) -> list[set[str]]:
    """The doses that are missed now: as the gateway of that box says, as the page of the ward
    shows it, and as the view tells it.
    """
    desk = WatchedDesk(folder, usb0=box)
    with closing(desk.watcher()) as watcher:
        watcher.look()
        [view] = watcher.views()
    now = desk.reach.clock()
    bring(box, tables)
    [resident] = home_of(tables, now).residents
    needs = attention.attention(view, now)
    return [
        {need.dose for need in needs if need.code == attention.MISSED},
        {each.dose for each in resident.missed},
        {str(dose) for [dose] in tables.rows(f"SELECT dose FROM ({view_at(now)}) AS missed_now")},
    ]


def view_at(now: float) -> str:
    """What the view would find at that moment, in Unix seconds."""
    _, _, behind = schema.VIEWS.partition("VIEW missed_now AS")
    return behind.partition(";")[0].replace("now()", f"to_timestamp({now})")


def test_whatever_its_time_a_missed_dose_is_missed_now_for_a_day_from_then_on(
    tables: PostgresTables, tmp_path: Path
) -> None:
    box = Box.with_schedule(plan(SHORT, EVENING, WEEKLY, PATCH), at="2026-11-23 06:00")
    told = {}
    for at in (
        "11-23 10:00",
        "11-24 00:30",
        "11-24 02:00",
        "11-24 10:00",
        "11-25 00:30",
        "11-25 12:00",
        "11-26 08:30",
        "11-26 12:00",
        "12-07 09:30",
        "12-07 10:30",
    ):
        [gateway, page, view] = missed_everywhere(box.until(f"2026-{at}"), tables, tmp_path)
        assert gateway == page == view
        told[at] = gateway
    assert told == {
        "11-23 10:00": {"short"},
        "11-24 00:30": {"short"},
        "11-24 02:00": {"short", "evening"},
        "11-24 10:00": {"evening"},
        "11-25 00:30": {"evening"},
        "11-25 12:00": {"weekly"},
        "11-26 08:30": {"weekly"},
        "11-26 12:00": set(),
        "12-07 09:30": {"short"},
        "12-07 10:30": {"short", "patch"},
    }


def test_whoever_puts_it_right_the_next_day_ends_it_everywhere(
    tables: PostgresTables, tmp_path: Path
) -> None:
    box = Box.with_schedule(plan(EVENING), at="2026-11-23 21:00").until("2026-11-24 08:00")
    told = [missed_everywhere(box, tables, tmp_path)]
    box.request("dose.take", dose="evening", date="2026-11-23")
    told.append(missed_everywhere(box, tables, tmp_path))
    assert told == [[{"evening"}] * 3, [set()] * 3]


def test_what_a_clock_that_was_a_month_ahead_noted_is_missed_nowhere(
    tables: PostgresTables, tmp_path: Path
) -> None:
    box = Box.with_schedule(plan(EVENING), at="2026-12-21 21:00").until("2026-12-22 02:00")
    box.set_clock("2026-11-20 12:00", force=True)
    assert missed_everywhere(box.until("2026-11-20 12:05"), tables, tmp_path) == [set()] * 3


def test_of_a_gateway_of_an_older_release_it_is_told_from_its_due_on(
    tables: PostgresTables,
) -> None:
    box = Box.with_schedule(plan(SHORT), at="2026-11-23 06:00").until("2026-11-23 12:00")
    bring(box, tables)
    tables.write("UPDATE outcomes SET noted_s = NULL", [()])
    due = box.now_s + civil.UNIX_2000 - 4 * 3600
    found = [
        len(home_of(tables, due + later).residents[0].missed)
        for later in (4 * 3600, civil.DAY_S - 1, civil.DAY_S)
    ]
    assert found == [1, 1, 0]
