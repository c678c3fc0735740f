"""How much one pass of the loop does: counted in executed lines, which are as many on every machine.

On the emulated RP2040 with MicroPython 1.27 a start with 32 doses that all ring took 0.53 s longer
than one with a single dose (2026-11-25), and executes 15,600 lines more: 34 µs a line.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

import tally
from domain import Box, RefusedError, dose, plan
from dosebell import civil, commands
from dosebell.app import App

US_PER_LINE = 34
# A pass may take a second, and a start with so many doses this long, of which the code is loaded in
# 0.9 s.
MOST_LINES = 1_000_000 // US_PER_LINE
MOST_LINES_OF_A_START = {1: 17_600, 8: 17_600, 32: 26_000, 64: 61_700}
# A push reads the new schedule back, takes it up and writes a row a dose, in one request: more than
# a second with many doses, but never half of what the watchdog waits.
MOST_LINES_OF_A_PUSH = 3_250_000 // US_PER_LINE
DOSES = (1, 8, 32, 64)
PACKAGE = "/firmware/dosebell/"


class Passes:
    """The executed lines of the firmware in each pass, start and request."""

    def __init__(self) -> None:
        self.lines: list[int] = []

    def counting(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **more: Any) -> Any:
            count = 0

            def trace(frame: FrameType, event: str, _: Any) -> Any:
                nonlocal count
                if PACKAGE not in frame.f_code.co_filename:
                    return None
                count += event == "line"
                return trace

            if sys.gettrace() is not None:
                return call(*args, **more)
            sys.settrace(trace)
            try:
                return call(*args, **more)
            finally:
                sys.settrace(None)
                self.lines.append(count)

        return counted


@contextmanager
def passes() -> Iterator[Passes]:
    """What the firmware does while it lasts, pass by pass."""
    found = Passes()
    before = sys.gettrace()
    sys.settrace(None)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(App, "step", found.counting(App.step))
            patch.setattr(App, "start", found.counting(App.start))
            patch.setattr(commands, "receive", found.counting(commands.receive))
            yield found
    finally:
        sys.settrace(before)


def many(count: int, *more: str) -> str:
    """So many doses that ring at once, a third of them with meals."""
    kinds = ['at = ["08:00"]', 'with = ["breakfast", "lunch"]', 'at = ["08:00", "20:00"]']
    return plan(*[dose(f"dose-{n:02}", kinds[n % 3], *more) for n in range(count)])


def set_clock(box: Box, step_s: int) -> None:
    box.request("clock.set", utc=box.now_s + civil.UNIX_2000 + step_s, force=True)
    box.wait(seconds=20)


ASKED = {
    "three seconds back": lambda box: set_clock(box, -3),
    "23 hours back": lambda box: set_clock(box, -23 * 3600),
    "three days back": lambda box: set_clock(box, -3 * civil.DAY_S),
    "three hours on": lambda box: set_clock(box, 3 * 3600),
    "a year on": lambda box: set_clock(box, 365 * civil.DAY_S),
    "an old dose is noted": lambda box: box.request(
        "dose.take", dose="dose-00", date="2026-11-23", slot=0
    ),
    "a day goes by": lambda box: box.wait(hours=26),
    "all is taken": lambda box: box.until("2026-11-26 08:01").press(),
    "all is snoozed": lambda box: box.until("2026-11-26 08:01").press_long(),
    "the next segment begins": lambda box: box.app.box.begin_segment(),
    "the journal is read": lambda box: read_all(box),
    "its doses are asked for": lambda box: box.row("dose-00"),
}


def read_all(box: Box) -> None:
    since, end = 0, box.request("hello")["journal"]["next"]
    while since < end:
        since = box.request("journal.read", since=since)["next"]


def lived(doses: int) -> Box:
    """Three days in which every other morning was taken."""
    box = Box.with_schedule(many(doses), at="2026-11-23 07:00")
    box.until("2026-11-23 08:01").press()
    box.until("2026-11-25 08:01").press()
    return box.until("2026-11-25 12:00")


@pytest.mark.parametrize("doses", DOSES)
@pytest.mark.parametrize("what", ASKED)
def test_no_pass_takes_more_than_a_second(what: str, doses: int) -> None:
    box = lived(doses)
    with passes() as found:
        ASKED[what](box)
    tally.measured(f"lines of a pass, {doses} doses, {what}", f"{max(found.lines, default=0):,}")
    assert max(found.lines, default=0) <= MOST_LINES


@pytest.mark.parametrize("doses", DOSES)
def test_a_start_after_a_gap_of_any_length_shows_what_is_due_in_time(doses: int) -> None:
    most = 0
    for until in ("2026-11-25 12:01", "2026-11-26 08:30", "2026-12-25 08:30", "2028-11-25 08:30"):
        box = lived(doses)
        with passes() as found:
            box.power_cut("2026-11-25 12:00", until)
        most = max(most, *found.lines)
    tally.measured(f"lines of a start, {doses} doses", f"{most:,}")
    assert most <= MOST_LINES_OF_A_START[doses]


def test_64_doses_eight_times_a_day_with_the_longest_windows_start_after_any_gap() -> None:
    hours = ", ".join(f'"{hour:02}:00"' for hour in range(1, 24, 3))
    rule = [f"at = [{hours}]", 'late = "14d"']
    text = plan(*[dose(f"dose-{n:02}", *rule) for n in range(64)])
    box = Box.with_schedule(text, at="2026-11-23 07:00")
    with passes() as found:
        box.power_cut("2026-11-23 08:00", "2028-11-23 08:30").wait(minutes=5)
    tally.measured("lines of a start, 64 doses eight times a day", f"{found.lines[0]:,}")
    assert found.lines[0] <= MOST_LINES_OF_A_START[64]
    assert max(found.lines[1:]) <= MOST_LINES


@pytest.mark.parametrize("doses", DOSES)
def test_a_push_leaves_the_watchdog_half_of_its_time(doses: int) -> None:
    box = lived(doses)
    with passes() as found:
        box.push(many(doses, 'early = "2h"'))
    tally.measured(f"lines of a push, {doses} doses", f"{max(found.lines):,}")
    assert max(found.lines) <= MOST_LINES_OF_A_PUSH


def test_a_date_from_long_ago_is_looked_for_a_few_segments_a_pass() -> None:
    box = Box.with_schedule(many(4), at="2026-01-23 07:00")
    box.until("2026-11-23 12:00")
    with passes() as found, pytest.raises(RefusedError):
        box.request("dose.undo", dose="dose-00", date="2026-01-24", slot=0)
    assert len(found.lines) > 5
    assert max(found.lines) <= MOST_LINES
