"""How much one pass of the loop does: in executed lines, which are as many on every machine.

On the emulated RP2040 with MicroPython 1.27 a start with 32 doses that all ring took 0.53 s longer
than one with a single dose (2026-11-25), and executes 15,600 lines more: 34 µs a line.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import combinations
from types import FrameType
from typing import Any

import pytest

import tally
from domain import Box, Flash, RefusedError, dose, plan
from dosebell import civil, commands, wiring
from dosebell.app import App
from dosebell.lamps import Lamps
from dosebell.memory import KEPT

US_PER_LINE = 34
# A pass may take a second, and so may a push of any schedule.
MOST_LINES = 1_000_000 // US_PER_LINE
# From power-on to the light a board may take 1.5 s with up to 32 doses and 3 s with 64. Half a
# second of it loads the code, so that 29,400 and 73,500 lines remain: of the start itself, and of
# the passes that catch up with what passed. So much both take after two days and any gap.
MOST_LINES_OF_A_START = {1: 3_400, 8: 12_000, 32: 18_700, 64: 47_700}
MOST_LINES_OF_THE_LONGEST_START = 61_000
# Where all is remembered that may be, after weeks.
MOST_LINES_OF_AN_OLD_START = {32: 27_400, 64: 45_000}
MOST_LINES_OF_AN_OLD_PUSH = {32: 7_600, 64: 14_500}
# The same with a segment of the journal about to be full, which a start reads record by record,
# each of them some 80 lines. The shorter the ids are, the more of them it holds.
LONG_IDS, SHORT_IDS = "dose-{:02}", "d{}"
MOST_LINES_OF_A_FULL_START = {
    (32, LONG_IDS): 26_000,
    (32, SHORT_IDS): 29_000,
    (64, LONG_IDS): 32_000,
}
# Of 64 that are due more often than these: where the push takes away nothing, or all that is open,
# or each has other meals, which all move.
MOST_LINES_OF_A_FULL_PUSH = {
    "the same with longer windows": 14_800,
    "other times": 14_800,
    "moved meals": 21_000,
}
# Of 64 with ten or more of twelve meals, all of which move every day: a push, and a start.
MOST_LINES_OF_MOVED_MEALS = (14_500, 43_200)
DOSES = (1, 8, 32, 64)
EVENS = range(6, 22, 2)
PACKAGE = "/firmware/dosebell/"

# The lines that say when the dose of that number is due.
Rule = Callable[[int], list[str]]


# Where the firmware begins. A line from the wire and the step after it are one pass: nothing feeds
# the watchdog or looks at the button in between.
ROOTS = {call.__code__ for call in (App.step, App.start, App.work, commands.receive, Lamps.play)}
RECEIVES = commands.receive.__code__


class Passes:
    """The executed lines of the firmware in each pass and start."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self._inside: FrameType | None = None
        self._goes_on = False

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        """As `sys.settrace` wants it."""
        if PACKAGE not in frame.f_code.co_filename:
            return None
        if self._inside is None and frame.f_code in ROOTS:
            self._inside = frame
            if not self._goes_on:
                self.lines.append(0)
            self._goes_on = frame.f_code is RECEIVES
        if self._inside is None:
            return None
        self.lines[-1] += event == "line"
        if event == "return" and frame is self._inside:
            self._inside = None
        return self.trace


@contextmanager
def passes() -> Iterator[Passes]:
    """What the firmware does while it lasts, pass by pass."""
    found, before = Passes(), sys.gettrace()
    sys.settrace(found.trace)
    try:
        yield found
    finally:
        sys.settrace(before)


def many(count: int, *more: str, ids: str = LONG_IDS) -> str:
    """So many doses that ring at once, a third of them with meals."""
    kinds = ['at = ["08:00"]', 'with = ["breakfast", "lunch"]', 'at = ["08:00", "20:00"]']
    return plan(*[dose(ids.format(n), kinds[n % 3], *more) for n in range(count)])


def lines_to_light(box: Box, since: str, until: str) -> int:
    """What it takes from power-on to the light, after a power cut; no pass takes too long."""
    box.until(since)
    off_at_s = box.now_s
    box.world.power_off()
    box.world.run_until(box.world.now_s + box.at(until) - off_at_s)
    with passes() as found:
        box.world.power_on()
    # After years the battery clock is not believed.
    assert box.light in ("due", "noted")
    assert max(found.lines) <= MOST_LINES
    return sum(found.lines)


def set_clock(box: Box, step_s: int) -> None:
    box.request("clock.set", utc=box.now_s + civil.UNIX_2000 + step_s, force=True)
    box.wait(seconds=20)


def begin_segment(box: Box) -> None:
    box.app.box.segment_s = 0
    box.app.work()


def read_all(box: Box) -> None:
    since, end = 0, box.request("hello")["journal"]["next"]
    while since < end:
        since = box.request("journal.read", since=since)["next"]


ASKED: dict[str, Callable[[Box], object]] = {
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
    "all is taken and undone": lambda box: (
        box.until("2026-11-26 08:01").press(),
        box.press_very_long(),
    ),
    "all is taken from a laptop": lambda box: box.until("2026-11-26 08:01").request("dose.take"),
    "all is skipped from a laptop": lambda box: box.until("2026-11-26 08:01").request("dose.skip"),
    "all is taken, and undone from a laptop": lambda box: (
        box.until("2026-11-26 08:01").press(),
        box.request("dose.undo"),
    ),
    "its schedule is read": lambda box: [box.request("schedule.read", n=n) for n in range(4)],
    "it is asked how it is": lambda box: box.request("status"),
    "all is snoozed": lambda box: box.until("2026-11-26 08:01").press_long(),
    "the next segment begins": begin_segment,
    "the journal is read": read_all,
    "its doses are asked for": lambda box: box.row("dose-00"),
}


def lived(doses: int, first: int = 23, ids: str = LONG_IDS) -> Box:
    """Days from that of November to the 25th, in which every other morning was taken."""
    box = Box.with_schedule(many(doses, ids=ids), at=f"2026-11-{first:02} 07:00")
    for day in range(first, 26, 2):
        box.until(f"2026-11-{day:02} 08:01").press()
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
    gaps = ("2026-11-26 08:01", "2026-11-26 08:30", "2026-12-25 08:30", "2028-11-25 08:30")
    most = max(lines_to_light(lived(doses), "2026-11-25 12:00", until) for until in gaps)
    tally.measured(f"lines of a start, {doses} doses", f"{most:,}")
    assert most <= MOST_LINES_OF_A_START[doses]


def test_64_doses_eight_times_a_day_with_the_longest_windows_start_after_any_gap() -> None:
    hours = ", ".join(f'"{hour:02}:00"' for hour in range(1, 24, 3))
    rule = [f"at = [{hours}]", 'late = "14d"']
    text = plan(*[dose(f"dose-{n:02}", *rule) for n in range(64)])
    box = Box.with_schedule(text, at="2026-11-23 07:00")
    start = lines_to_light(box, "2026-11-23 08:00", "2027-09-23 08:30")
    with passes() as found:
        box.wait(minutes=5)
    tally.measured("lines of a start, 64 doses eight times a day", f"{start:,}")
    assert start <= MOST_LINES_OF_THE_LONGEST_START
    assert max(found.lines) <= MOST_LINES


@pytest.mark.parametrize("doses", DOSES)
def test_no_request_of_a_push_takes_more_than_a_second(doses: int) -> None:
    box = lived(doses)
    with passes() as found:
        box.push(many(doses, 'early = "2h"'))
    tally.measured(f"lines of a push, {doses} doses", f"{max(found.lines):,}")
    assert max(found.lines) <= MOST_LINES


@pytest.mark.parametrize("doses", MOST_LINES_OF_AN_OLD_START)
def test_a_box_that_remembers_all_that_it_may_starts_and_takes_a_push_in_time(doses: int) -> None:
    box = lived(doses, first=1)
    assert {len(row.past.words) for row in box.app.box.reminder.rows} == {KEPT}
    with passes() as pushed:
        box.push(many(doses, 'early = "2h"'))
    started = lines_to_light(lived(doses, first=1), "2026-11-25 12:00", "2026-11-26 08:30")
    most = started, max(pushed.lines)
    tally.measured(f"lines of an old start and push, {doses} doses", f"{most[0]:,}, {most[1]:,}")
    assert most[0] <= MOST_LINES_OF_AN_OLD_START[doses]
    assert most[1] <= MOST_LINES_OF_AN_OLD_PUSH[doses]


def daily(*clocks: str) -> Rule:
    return lambda _: [f"at = {[*clocks]}".replace("'", '"')]


def at_times_of_its_own(n: int) -> list[str]:
    """Eight, which no other dose has."""
    return daily(*[f"{hour + n // 60:02}:{n % 60:02}" for hour in EVENS])(n)


EIGHT = daily(*[f"{hour:02}:00" for hour in EVENS])
# Where 64 doses remember all that they may: when each is due, and at which hours all are taken.
FULL: dict[str, tuple[Rule, Iterable[int]]] = {
    "eight times a day, all taken": (EIGHT, EVENS),
    "eight times a day, none taken": (EIGHT, ()),
    "four times that are open at once": (daily("08:00", "08:30", "09:00", "09:30"), (8,)),
    "at times of its own, all taken": (at_times_of_its_own, EVENS),
}
# What is pushed at noon then: the same times, or such as nothing is due at any more that was.
PUSHED: dict[str, Callable[[Rule], str]] = {
    "the same with longer windows": lambda rule: full(rule, 'early = "2h"'),
    "other times": lambda _: full(daily("07:10", "18:00")),
    "moved meals": lambda _: moved_meals(1),
}


def full(rule: Rule, *more: str) -> str:
    return plan(*[dose(f"dose-{n:02}", *rule(n), *more) for n in range(64)])


def lived_fully(rule: Rule, hours: Iterable[int]) -> Box:
    """Five days of that, up to noon."""
    box = Box.with_schedule(full(rule), at="2026-11-20 05:00")
    for clock in [f"2026-11-{day} {hour:02}:02" for day in range(20, 26) for hour in hours]:
        if clock < "2026-11-25 12:00":
            box.until(clock).press()
    return box.until("2026-11-25 12:00")


@pytest.mark.parametrize("pushed", PUSHED)
@pytest.mark.parametrize("life", FULL)
def test_64_doses_that_remember_all_that_they_may_take_any_push_in_time(
    life: str, pushed: str
) -> None:
    rule, hours = FULL[life]
    box = lived_fully(rule, hours)
    assert min(len(row.past.words) for row in box.app.box.reminder.rows) >= KEPT
    with passes() as found:
        box.push(PUSHED[pushed](rule))
    tally.measured(f"lines of a push of 64, {life}, then {pushed}", f"{max(found.lines):,}")
    assert max(found.lines) <= MOST_LINES_OF_A_FULL_PUSH[pushed]


@pytest.mark.parametrize("pushed", ["other times", "moved meals"])
@pytest.mark.parametrize("life", FULL)
def test_the_first_clock_after_a_push_without_one_is_taken_up_a_piece_a_pass(
    life: str, pushed: str
) -> None:
    rule, hours = FULL[life]
    box = lived_fully(rule, hours)
    box.battery_clock.valid = False
    box.power_cut("2026-11-25 12:00", "2026-11-25 12:10")
    box.push(PUSHED[pushed](rule))
    with passes() as found:
        box.set_clock("2026-11-25 12:20")
    named = f"{life}, then {pushed}"
    tally.measured(f"lines of a clock after a push of 64, {named}", f"{max(found.lines):,}")
    assert max(found.lines) <= MOST_LINES_OF_A_FULL_PUSH[pushed]


def two_hours_on(box: Box, *more: Callable[[Box], object]) -> None:
    """When the next of eight times a day is due, what is done then."""
    box.wait(hours=2)
    for each in more:
        each(box)
    box.wait(seconds=30)


def pressed_while_unset(box: Box, *then: Callable[[Box], object]) -> None:
    """Off for some hours, more presses than are kept while it knows no time, then a clock."""
    box.battery_clock.valid = False
    box.power_cut("2026-11-25 12:10", "2026-11-25 13:55")
    for _ in range(18):
        box.wait(20).press()
    for each in then:
        each(box)
    box.set_clock("2026-11-25 14:20")
    box.wait(seconds=30)


LIVED: dict[str, Callable[[Box], object]] = {
    "two hours on": lambda box: set_clock(box, 2 * 3600),
    "23 hours on": lambda box: set_clock(box, 23 * 3600),
    "a month on": lambda box: set_clock(box, 30 * civil.DAY_S),
    "23 hours back": lambda box: set_clock(box, -23 * 3600),
    "three days back": lambda box: set_clock(box, -3 * civil.DAY_S),
    "a day goes by": lambda box: box.wait(hours=26),
    "a press and its undo": lambda box: two_hours_on(box, Box.press, Box.press_very_long),
    "a snooze and its undo": lambda box: two_hours_on(box, Box.press_long, Box.press_very_long),
    "presses while it is unset": pressed_while_unset,
    "presses and a push while it is unset": lambda box: pressed_while_unset(
        box, lambda box: box.push(full(daily("07:10", "18:00")))
    ),
    "ten hours off": lambda box: box.power_cut("2026-11-25 12:10", "2026-11-25 22:10"),
}


@pytest.mark.parametrize("what", LIVED)
def test_64_doses_that_remember_all_that_they_may_live_on_without_a_pass_of_a_second(
    what: str,
) -> None:
    box = lived_fully(*FULL["eight times a day, all taken"])
    with passes() as found:
        LIVED[what](box)
    tally.measured(f"lines of a pass of 64 that remember all, {what}", f"{max(found.lines):,}")
    assert max(found.lines) <= MOST_LINES


@pytest.mark.parametrize("more", [(), ('late = "14d"',)], ids=["usual", "the longest windows"])
def test_64_doses_once_a_month_take_no_pass_of_a_second_after_any_gap(
    more: tuple[str, ...],
) -> None:
    doses = [
        dose(f"dose-{n:02}", 'at = ["08:00"]', *more, days=f"{{ monthdays = [{n % 31 + 1}] }}")
        for n in range(64)
    ]
    box = Box.with_schedule(plan(*doses), at="2026-11-10 07:00").until("2026-11-25 12:00")
    with passes() as found:
        box.power_cut("2026-11-25 12:10", "2026-11-26 18:10")
        set_clock(box, 30 * civil.DAY_S)
    named = "".join(more) or "usual windows"
    tally.measured(f"lines of a pass, 64 doses once a month, {named}", f"{max(found.lines):,}")
    assert max(found.lines) <= MOST_LINES


MEALS = "abcdefghijkl"
EATEN = [eaten for count in (12, 11, 10) for eaten in combinations(MEALS, count)]


def moved_meals(minute: int, *more: str) -> str:
    """64 doses, each with other meals, and exceptions for 32 days that move all to that minute."""
    hours = {meal: hour for hour, meal in enumerate(MEALS, start=6)}
    usual = "\n".join(f'{meal} = "{hour:02}:00"' for meal, hour in hours.items())
    moved = ", ".join(f'{meal} = "{hour:02}:{minute:02}"' for meal, hour in hours.items())
    days = [f"from = {day}\nto = {day}" for day in map(day_text, range(1, 33))]
    excepts = [f"[[except]]\n{day}\nmeals = {{ {moved} }}\n" for day in days]
    doses = [dose(f"dose-{n:02}", f"with = {list(EATEN[n])}", *more) for n in range(64)]
    return plan(*doses, *excepts, meals=f"[meals]\n{usual}\n")


def test_64_doses_with_meals_that_move_every_day_start_and_take_a_push_in_time() -> None:
    box = Box.with_schedule(moved_meals(1), at="2026-11-05 05:00")
    for day in range(5, 26, 2):
        box.until(f"2026-11-{day:02} 07:02").press()
    box.until("2026-11-25 12:00")
    with passes() as pushed:
        box.push(moved_meals(1, 'early = "2h"'))
    most = max(pushed.lines), lines_to_light(box, "2026-11-25 12:10", "2026-11-26 08:30")
    tally.measured("lines of a push and a start with moved meals", f"{most[0]:,}, {most[1]:,}")
    assert most[0] <= MOST_LINES_OF_MOVED_MEALS[0]
    assert most[1] <= MOST_LINES_OF_MOVED_MEALS[1]


@pytest.mark.parametrize(("doses", "ids"), MOST_LINES_OF_A_FULL_START)
def test_a_start_reads_the_fullest_segment_in_time(doses: int, ids: str) -> None:
    box, most = lived(doses, first=1, ids=ids), 0
    for day in range(26, 37):
        most = max(most, lines_to_light(box, on_day(day, "07:00"), on_day(day, "08:30")))
        box.press()
        box.until(on_day(day, "20:01")).press()
    named = f"{doses} doses, {ids.format(0)} and so on"
    tally.measured(f"lines of a start with a full segment, {named}", f"{most:,}")
    assert most <= MOST_LINES_OF_A_FULL_START[doses, ids]


def on_day(day: int, clock: str) -> str:
    """That time of the day, which is counted from the last of October on."""
    return f"{day_text(day)} {clock}"


def day_text(day: int) -> str:
    return civil.iso(civil.day_of(2026, 10, 31) + day)


def test_a_date_from_long_ago_is_looked_for_a_few_segments_a_pass() -> None:
    box = Box.with_schedule(many(4), at="2026-01-23 07:00")
    box.until("2026-11-23 12:00")
    with passes() as found, pytest.raises(RefusedError):
        box.request("dose.undo", dose="dose-00", date="2026-01-24", slot=0)
    assert len(found.lines) > 5
    assert max(found.lines) <= MOST_LINES


# What 28 lamps may take of a pass: while none shines, while nothing changes, and when they change.
MOST_LINES_OF_LAMPS = (3, 60, 200)


def test_28_lamps_take_next_to_nothing_of_a_pass_and_a_few_milliseconds_of_a_change() -> None:
    files = Flash()
    files.contents[wiring.PARTS] = b'{"lamps":{"pin":16,"count":28,"brightness":32}}'
    doses = [dose(f"d{n:02}", 'at = ["08:00"]', f"place = {n + 1}") for n in range(28)]
    box = Box.with_schedule(plan(*doses), at="2026-11-23 07:00", files=files)
    dark = lines_of_lamps(box)
    with passes() as found:
        box.until("08:00").wait(2)
    assert max(found.lines) <= MOST_LINES
    changes = sorted(lines_of_lamps(box))
    assert len(box.world.board.lamp_strip.shining) in (0, 28)
    most = max(dark), changes[len(changes) // 2], changes[-1]
    tally.measured("lines of a pass for 28 lamps: dark, as before, changing", f"{most}")
    assert [lines <= budget for lines, budget in zip(most, MOST_LINES_OF_LAMPS, strict=True)] == [
        True,
        True,
        True,
    ]


def lines_of_lamps(box: Box) -> list[int]:
    """The lines that the lamps take in each pass of two seconds."""
    lamps = box.world.board.lamps
    assert lamps is not None
    with passes() as found:
        for _ in range(200):
            lamps.play(10)
    return found.lines
