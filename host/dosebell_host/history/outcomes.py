"""What became of every occurrence.

The last record of an occurrence stands; one that has none is unknown where a gap covers it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from dosebell import civil, record
from dosebell.plan import Plan, Window
from dosebell_host.history.dues import PlanOf
from dosebell_host.history.records import TERMINAL, Entry, JournalId, Occurrence
from dosebell_host.history.unrecorded import Unrecorded, covered

Key = tuple[JournalId, int, int]

OPEN = "open"
LATE = "late"

# What became of it, where anything did.
_OVER = frozenset(TERMINAL) - {record.CANCELLED}

# Somebody may be needed for so long after it was noted how a dose ended: of one that may be taken
# for days, or until after midnight, nobody knows before that it is missed.
OF_LATE_S = civil.DAY_S

# Where the schedule of that day is not known any more: half of the three hours that a window
# lasts unless the schedule says otherwise.
_USUALLY_OVERDUE_S = 5400


class Outcome(NamedTuple):
    """How one occurrence ended, or that it is `open`. Instants are seconds since 2000; its first
    due, `due_s`, is None where nobody here knows it.
    """

    dose: str
    day: int
    slot: int
    due_s: int | None
    state: str
    taken_s: int | None = None
    late_s: int | None = None
    late: bool = False
    # Skipped because the schedule has an exception for that day, not because a person said so.
    off: bool = False
    # A person said later when it was taken.
    back_dated: bool = False
    # Taken within half the dose's gap after the intake before.
    soon: bool = False
    # Whether it was taken inside its window; None where nobody here knows that.
    in_window: bool | None = None
    # It was told to be over once, and now it is open or cancelled: somebody took that back.
    withdrawn: bool = False
    # When it was noted that it ended so; None while it is open. What a box that was off could not
    # note counts from when its time was over.
    noted_s: int | None = None

    @property
    def delay_s(self) -> int | None:
        """How long after the first due it was taken, in seconds; None where a person only said so
        later, or nobody here knows the window.
        """
        if self.taken_s is None or self.due_s is None or self.in_window is None:
            return None
        return None if self.back_dated else self.taken_s - self.due_s

    def is_of_late(self, now_s: int) -> bool:
        """Whether it ended so within a day of now. What a clock that was far ahead noted, and
        was set back since, is still to come.
        """
        return self.noted_s is not None and abs(now_s - self.noted_s) < OF_LATE_S

    @property
    def within_day(self) -> tuple[int, int]:
        """Where it stands among those of its dose and date."""
        return self.due_s or 0, self.slot

    @property
    def status(self) -> str:
        """One word for it: the state, or `late` for a late intake, or `off`."""
        if self.off:
            return "off"
        return LATE if self.late else self.state


def of_late(found: Iterable[Outcome], now_s: int) -> list[Outcome]:
    """Those that ended within a day of now, in seconds since 2000."""
    return [each for each in found if each.is_of_late(now_s)]


def outcomes(entries: Iterable[Entry], plan_of: PlanOf) -> list[Outcome]:
    """Every occurrence that the records tell of, by date, dose and due."""
    entries = list(entries)
    # Of each the place that it began with, and what was last noted of it under which schedule: a
    # box that puts it right under another schedule does not know its date and slot.
    found: dict[Occurrence, tuple[int, int, Entry | Unrecorded, Plan | None]] = {}
    gaps = _by_gap(entries, plan_of)
    ever_over: set[Occurrence] = set()
    plan: Plan | None = None
    for entry in entries:
        if entry.kind == record.SCHEDULE:
            plan = plan_of(entry.detail.get("revision", ""))
        elif entry.kind == record.GAP:
            for each in gaps.get(entry.key, ()):
                found[each.occurrence] = each.day, each.slot, each, plan
                ever_over.add(each.occurrence)
        elif entry.day is not None:
            occurrence = entry.occurrence
            first = found.get(occurrence)
            day, slot = (entry.day, entry.slot) if first is None else first[:2]
            found[occurrence] = day, slot, entry, plan
            if entry.kind in _OVER:
                ever_over.add(occurrence)
    ended = [
        _withdrawn(_outcome(*each)) if occurrence in ever_over else _outcome(*each)
        for occurrence, each in found.items()
    ]
    return sorted(ended, key=lambda each: (each.day, each.dose, *each.within_day))


def _withdrawn(each: Outcome) -> Outcome:
    """The outcome of what was over once."""
    return each if each.state in _OVER else each._replace(withdrawn=True)


def _by_gap(entries: list[Entry], plan_of: PlanOf) -> dict[Key, list[Unrecorded]]:
    """What each gap makes unknown, by its key."""
    found: dict[Key, list[Unrecorded]] = {}
    for each in covered(entries, plan_of):
        found.setdefault(each.gap.key, []).append(each)
    return found


def _outcome(day: int, slot: int, entry: Entry | Unrecorded, plan: Plan | None) -> Outcome:
    """What this record alone, or a gap, makes of its occurrence."""
    if isinstance(entry, Unrecorded):
        closes_s = entry.closes_s
        return Outcome(entry.dose, day, slot, entry.due_s, record.UNKNOWN, noted_s=closes_s)
    state = entry.kind if entry.kind in TERMINAL else OPEN
    noted_s = None if state == OPEN else _noted_s(entry)
    if state != record.TAKEN:
        off = state == record.SKIPPED and "off" in entry.detail
        return Outcome(entry.dose, day, slot, entry.due_s, state, off=off, noted_s=noted_s)
    late_s = int(entry.detail.get("late_s", "0"))
    window = _window(entry, plan)
    late = int(entry.detail.get("n", "0")) > 0 or late_s >= _overdue_after_s(window)
    return Outcome(
        entry.dose,
        day,
        slot,
        entry.due_s,
        state,
        entry.at_s,
        late_s,
        late,
        back_dated=_is_back_dated(entry),
        soon="soon" in entry.detail,
        in_window=_is_inside(window, entry.at_s),
        noted_s=noted_s,
    )


def _noted_s(entry: Entry) -> int | None:
    """When it was written; where the box had no time, nothing is nearer than its due."""
    return entry.due_s if entry.utc_s is None else entry.utc_s


def _is_back_dated(entry: Entry) -> bool:
    """Whether the time is a person's word: the box itself knows when it was pressed without a
    clock, and an intake that is noted now is none of the past.
    """
    return "backfilled" not in entry.detail and entry.at_s != entry.utc_s


def _is_inside(window: Window | None, at_s: int | None) -> bool | None:
    if window is None or at_s is None:
        return None
    return window.opens <= at_s < window.closes[-1]


def _overdue_after_s(window: Window | None) -> int:
    if window is None:
        return _USUALLY_OVERDUE_S
    return window.overdue_at(0) - window.dues[0]


def _window(entry: Entry, plan: Plan | None) -> Window | None:
    dose = plan.dose(entry.dose) if plan is not None else None
    if plan is None or dose is None or entry.due_s is None:
        return None
    place = plan.at(dose, entry.due_s)
    return None if place is None else plan.window(dose, *place)
