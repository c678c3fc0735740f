"""Three days of a schedule with a person in it: one answers, one is late, one forgets.

What is told is what happened: the events come from the records of the box and from what it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby

from dosebell import pattern, record
from dosebell.plan import NEVER, Plan, Window
from dosebell_host.history import records
from dosebell_host.history.records import FIRST_JOURNAL, Entry, Occurrence
from dosebell_host.schedule.days import occurrences
from dosebell_host.schedule.limits import HOUR_S
from dosebell_host.sim.keyboard import EXTRA_MS, SHORT_MS
from dosebell_host.sim.world import World

# An occurrence, and which of its meals.
Ringing = tuple[str, int, int]

# What a person does on a day.
ANSWER = "answer"
FALL_BACK = "fall-back"
PUT_OFF = "put-off"
FORGET = "forget"
PERSONS = {1: (ANSWER,), 2: (ANSWER, FORGET), 3: (ANSWER, FALL_BACK, FORGET)}

# Besides the kinds of records, what an event can be.
PRESS = "press"
LONG_PRESS = "long-press"
RINGS_AGAIN = "rings-again"

# How long a person takes to answer, at most a third of what is left of the window.
ANSWER_AFTER_S = 240
NEXT_PRESS_S = 10
# A day is over at the latest so long after its first dose was due.
LONGEST_DAY_S = 36 * HOUR_S
RECORDS_A_PAGE = 64

_TOLD = (record.RINGING, record.RESTING, record.SNOOZED, *record.TERMINAL)


@dataclass(frozen=True)
class Day:
    """A date on which something rings: what, and what the person does about it."""

    number: int
    windows: dict[Occurrence, Window]
    person: str

    @property
    def first_due_s(self) -> int:
        return min(window.dues[0] for window in self.windows.values())

    @property
    def hero(self) -> Occurrence:
        """The occurrence that the day is about: on a day of falling back, one that can."""
        found = [each for each, window in self.windows.items() if len(window.dues) > 1]
        if self.person != FALL_BACK:
            found = list(self.windows)
        return min(found, key=lambda each: self.windows[each].closes[-1])

    @property
    def silent_until_s(self) -> int:
        """Until then the person does nothing."""
        if self.person == FORGET:
            return NEVER
        return self.windows[self.hero].closes[0] if self.person == FALL_BACK else 0


@dataclass(frozen=True)
class Event:
    """Something to tell: what happened to which doses, and what the box shows at that moment."""

    at_s: int
    kind: str
    doses: tuple[str, ...]
    detail: dict[str, str]
    light: str
    sound: str
    # The compartments whose lamps shine.
    places: tuple[int, ...] = ()


def story_days(plan: Plan, now_s: int) -> list[Day]:
    """The next dates after today, up to three, on which anything rings."""
    first_day = plan.zone.day(now_s) + 1
    found: dict[int, dict[Occurrence, Window]] = {}
    for due_s, day, place, slot in merge(*(_kept(plan, n, now_s) for n in range(len(plan.doses)))):
        if day < first_day:
            continue
        if day not in found and len(found) == max(PERSONS):
            break
        dose = plan.doses[place]
        found.setdefault(day, {})[dose.id, due_s] = plan.window(dose, day, slot)
    days = zip(found.items(), PERSONS.get(len(found), ()), strict=True)
    return [_day(day, windows, person) for (day, windows), person in days]


def live(world: World, day: Day) -> Iterator[Event]:
    """Let the world live through a day that begins; ends when what the day is about is over."""
    return _DayLived(world, day).events()


def _kept(plan: Plan, place: int, now_s: int) -> Iterator[tuple[int, int, int, int]]:
    """(due, day, place of the dose, slot) of what no exception switches off."""
    for due_s, day, slot in occurrences(plan, plan.doses[place], now_s, NEVER):
        if not plan.is_off(day):
            yield due_s, day, place, slot


def _day(number: int, windows: dict[Occurrence, Window], person: str) -> Day:
    # Where nothing can fall back to another meal, the person puts it off instead.
    if person == FALL_BACK and all(len(window.dues) == 1 for window in windows.values()):
        person = PUT_OFF
    return Day(number, windows, person)


class _DayLived:
    """The world, the person of the day, and what of the box has been told already."""

    def __init__(self, world: World, day: Day) -> None:
        self._world = world
        self._day = day
        self._next_seq = world.app.box.journal.next_seq if world.app else 0
        self._open = set(day.windows)
        self._ringing: set[Ringing] = set()
        self._press_s = NEVER
        self._put_off = day.person == PUT_OFF

    def events(self) -> Iterator[Event]:
        world, end_s = self._world, self._day.first_due_s + LONGEST_DAY_S
        while self._day.hero in self._open or (self._open and world.now_s < end_s):
            wait_s = world.deadline_ms() // 1000 + 1
            world.run_until(min(world.now_s + wait_s, self._press_s))
            yield from self._happened()
            if world.now_s >= self._press_s:
                yield from self._press()

    def _press(self) -> Iterator[Event]:
        """The press itself, then what came of it."""
        self._press_s = NEVER
        app = self._world.app
        if app is None or not self._ringing:
            return
        held_ms = app.button.long_press_ms + EXTRA_MS if self._put_off else SHORT_MS
        kind = LONG_PRESS if self._put_off else PRESS
        # While the button is down the box is dark and still.
        yield Event(self._world.now_s, kind, (), {}, pattern.OFF, pattern.SILENT)
        self._put_off = False
        self._world.press(held_ms)
        yield from self._happened()
        if self._ringing:
            # Where one place at a time is asked for, the next is answered soon after.
            self._press_s = self._world.now_s + NEXT_PRESS_S

    def _happened(self) -> Iterator[Event]:
        """What the box noted since the last look, then what rings again without a note."""
        entries = self._fresh()
        for kind, group in groupby(entries, key=lambda entry: entry.kind):
            same = list(group)
            self._open -= {entry.occurrence for entry in same if kind in record.TERMINAL}
            yield self._event(kind, tuple(entry.dose for entry in same), same[0].detail)
        ringing = self._ringing_now()
        begun, self._ringing = ringing.keys() - self._ringing, set(ringing)
        if begun and not any(entry.kind == record.RINGING for entry in entries):
            doses = tuple(sorted(dose for dose, *_ in begun))
            yield self._event(RINGS_AGAIN, doses, {})
        if begun:
            self._decide(min(ringing.values()))

    def _decide(self, closes_s: int) -> None:
        """When the person will answer what rings; the first of it closes at `closes_s`."""
        from_s = max(self._world.now_s, self._day.silent_until_s)
        if from_s < NEVER:
            self._press_s = from_s + max(1, min(ANSWER_AFTER_S, (closes_s - from_s) // 3))

    def _fresh(self) -> list[Entry]:
        """The records since the last look."""
        entries: list[Entry] = []
        journal = self._world.app.box.journal if self._world.app else None
        while journal is not None and self._next_seq < journal.next_seq:
            lines, self._next_seq = journal.page(self._next_seq, RECORDS_A_PAGE)
            entries += [records.parse(line, FIRST_JOURNAL) for line in lines]
        return [entry for entry in entries if entry.kind in _TOLD]

    def _ringing_now(self) -> dict[Ringing, int]:
        """What rings now, and when its window closes."""
        rows = self._world.app.box.reminder.rows if self._world.app else []
        return {
            (row.dose.id, row.window.dues[0], row.meal): row.window.closes[row.meal]
            for row in rows
            if row.state == record.RINGING and row.window is not None
        }

    def _event(self, kind: str, doses: tuple[str, ...], detail: dict[str, str]) -> Event:
        board = self._world.board
        shows = board.lamps.shows if board.lamps is not None else b""
        places = tuple(place for place, what in enumerate(shows, 1) if what)
        return Event(self._world.now_s, kind, doses, detail, board.light, board.sound, places)
