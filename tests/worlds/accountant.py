"""An accountant for long stories: judges by records and by the oracle, never by the device.

It is told which schedule came into force when, reads every record, and says what is wrong with
the books: an occurrence without a standing end, an intake that was asked for again.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from oracle import Occurrence, occurrences

TERMINAL = {"taken", "skipped", "missed", "unknown", "cancelled"}
Place = tuple[str, str, int]


@dataclass(frozen=True)
class Line:
    """One record: `at` is None while the clock was unset."""

    seq: int
    at: datetime | None
    kind: str
    place: Place | None
    detail: dict[str, str]


@dataclass
class Period:
    """A schedule and how long it was in force."""

    schedule: dict[str, Any]
    since: datetime
    until: datetime


@dataclass
class Books:
    """All that happened to one box."""

    lines: list[Line] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)

    def problems(self, end: datetime) -> list[str]:
        return [
            *self.gaps_in_seq(),
            *self.left_open(end),
            *self.rung_after_intake(),
            *self.taken_twice(),
            *self.unaccounted(),
            *self.baited(),
        ]

    def by_place(self) -> dict[Place, list[Line]]:
        found: dict[Place, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.place is not None and line.kind not in ("stock", "snapshot"):
                found[line.place].append(line)
        return found

    def gaps_in_seq(self) -> list[str]:
        """Records that are lost or stand twice."""
        seqs = [line.seq for line in self.lines]
        return [] if seqs == sorted(set(seqs)) else ["seq repeats or falls"]

    def left_open(self, end: datetime) -> list[str]:
        """Occurrences whose last record ends nothing, long after they closed, in no gap."""
        problems = []
        for place, lines in self.by_place().items():
            last = lines[-1]
            old = end - datetime.fromisoformat(place[1]).replace(tzinfo=UTC) > timedelta(days=4)
            if last.kind not in TERMINAL and old and not self._covered(last):
                problems.append(f"{place} was left {last.kind}")
        return problems

    def rung_after_intake(self) -> list[str]:
        """P2: a reminder that came back after *taken* without an undo."""
        problems = []
        for place, lines in self.by_place().items():
            taken = False
            for line in lines:
                if line.kind in ("taken", "undone"):
                    taken = line.kind == "taken"
                elif line.kind == "ringing" and taken:
                    problems.append(f"{place} rang again at {line.at} after it was taken")
        return problems

    def taken_twice(self) -> list[str]:
        """An intake noted twice without an undo between: counted twice in every report."""
        problems = []
        for place, lines in self.by_place().items():
            standing = 0
            for line in lines:
                standing += {"taken": 1, "undone": -standing}.get(line.kind, 0)
                if standing > 1:
                    problems.append(f"{place} was taken twice by {line.at}")
        return problems

    def unaccounted(self) -> list[str]:
        """P1: occurrences of the schedule in force that ended in nothing at all."""
        ended = set(self.by_place())
        problems = []
        for period in self.periods:
            for each in _within(period):
                place = (each.dose, each.date.isoformat(), each.slot)
                if place not in ended and not self._in_gap(_end(each), self.lines[0].seq):
                    problems.append(f"{place}, due {each.due}, is in no record")
        return problems

    def baited(self) -> list[str]:
        """A ring sooner than half the dose's gap after an intake, with a push in between.

        The gap is the smaller one of the schedule in force and of that before it.
        """
        pushes = [period.since for period in self.periods]
        intakes: dict[str, datetime] = {}
        problems = []
        for line in self.lines:
            if line.place is None or line.at is None:
                continue
            dose = line.place[0]
            if line.kind == "taken":
                intakes[dose] = max(_taken_at(line), intakes.get(dose, _taken_at(line)))
            elif line.kind == "undone" and line.detail.get("was") == "taken":
                intakes.pop(dose, None)
            elif line.kind == "ringing" and dose in intakes:
                since = intakes[dose]
                if any(since < push <= line.at for push in pushes):
                    problems += self._too_soon(line, since)
        return problems

    def _too_soon(self, line: Line, intake: datetime) -> list[str]:
        assert line.place is not None
        assert line.at is not None
        dose, day, slot = line.place
        past = [period for period in self.periods if period.since <= line.at]
        near = occurrences(past[-1].schedule, date.fromisoformat(day) - timedelta(days=40), 42)
        row = [each for each in near if each.dose == dose]
        index = [(each.date.isoformat(), each.slot) for each in row].index((day, slot))
        if index == 0:
            return []
        gap = row[index].due - row[index - 1].due
        if len(past) > 1:
            gap = min(gap, _gap_around(past[-2].schedule, dose, past[-1].since))
        if row[index].due - intake < gap / 2:
            return [f"{line.place} rang at {line.at}, too soon after the intake at {intake}"]
        return []

    def _covered(self, last: Line) -> bool:
        """Whether a later gap covers the end of the occurrence that `last` left open."""
        assert last.place is not None
        assert last.at is not None
        dose, day, slot = last.place
        schedule = [period.schedule for period in self.periods if period.since <= last.at][-1]
        near = occurrences(schedule, date.fromisoformat(day), 1)
        ends = [_end(each) for each in near if (each.dose, each.slot) == (dose, slot)]
        return any(self._in_gap(closes, last.seq) for closes in ends)

    def _in_gap(self, closes: datetime, after_seq: int) -> bool:
        gaps = [line for line in self.lines if line.kind == "gap" and line.seq > after_seq]
        bounds = [(int(gap.detail["from"]), int(gap.detail["to"])) for gap in gaps]
        return any(since <= closes.timestamp() <= until for since, until in bounds)


def read_line(text: str) -> Line:
    """A record as the wire gives it: `seq boot utc trust kind dose date slot detail`."""
    seq, _, utc, _, kind, dose, day, slot, detail = text.split(" ")
    return Line(
        int(seq),
        None if utc == "-" else datetime.fromtimestamp(int(utc), UTC),
        kind,
        None if day == "-" else (dose, day, int(slot)),
        dict(pair.split("=", 1) for pair in detail.split(",") if "=" in pair),
    )


def _gap_around(schedule: dict[str, Any], dose: str, at: datetime) -> timedelta:
    """From what was last due before `at` to what would have been due next, or was just before."""
    near = occurrences(schedule, at.date() - timedelta(days=40), 80)
    dues = [each.due for each in near if each.dose == dose]
    if len(dues) < 2:
        return timedelta(days=1)
    after = next(index for index, due in enumerate(dues) if due >= at)
    return min(dues[after] - dues[after - 1], dues[after - 1] - dues[after - 2])


def _taken_at(line: Line) -> datetime:
    """When it was swallowed, where that is noted apart from when it was noted."""
    assert line.at is not None
    return datetime.fromtimestamp(int(line.detail["at"]), UTC) if "at" in line.detail else line.at


def _within(period: Period) -> list[Occurrence]:
    """The occurrences that were due and closed while the schedule was in force."""
    first = period.since.date() - timedelta(days=2)
    days = (period.until.date() - first).days + 2
    found = []
    for each in occurrences(period.schedule, first, days):
        if each.due >= period.since and _end(each) <= period.until:
            found.append(each)
    return found


def _end(each: Occurrence) -> datetime:
    """When the last window of an occurrence closes."""
    return each.fallback[-1][2] if each.fallback else each.closes
