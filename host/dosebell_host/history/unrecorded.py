"""Occurrences that no record names: those that passed while the box was off or had no clock.

The box writes one `gap` record for them; here it is expanded with the device's own scheduler and
the schedule that was in force when it was written.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dosebell import civil, record
from dosebell.plan import Plan
from dosebell_host.history.dues import PlanOf
from dosebell_host.history.records import TERMINAL, Entry, Occurrence
from dosebell_host.schedule.days import occurrences

# The longest a window can be, from its first due to its last close: two weeks and a day of meals.
LONGEST_WINDOW_S = 15 * civil.DAY_S


class Unrecorded(NamedTuple):
    """An occurrence that `gap` covers; `due_s` is its first due and `closes_s` when its time was
    over, in seconds since 2000.
    """

    dose: str
    due_s: int
    closes_s: int
    day: int
    slot: int
    gap: Entry

    @property
    def occurrence(self) -> Occurrence:
        return self.dose, self.due_s


class Unexplained(NamedTuple):
    """A gap, and the revision in force then, which is not known here."""

    gap: Entry
    revision: str


class InForce(NamedTuple):
    """A schedule from the instant on at which the box took it up (None while it had no clock)."""

    plan: Plan
    since_s: int | None


def covered(entries: Iterable[Entry], plan_of: PlanOf) -> Iterator[Unrecorded]:
    """Each occurrence that a gap makes unknown. `plan_of` knows the revisions."""
    last_kind: dict[Occurrence, str] = {}
    plans: list[InForce] = []
    for entry in entries:
        if entry.kind == record.SCHEDULE:
            plans = _taken_up(plans, plan_of(entry.detail.get("revision", "")), entry.utc_s)
        elif entry.utc_s is not None and plans and plans[-1].since_s is None:
            plans[-1] = InForce(plans[-1].plan, entry.utc_s)
        if entry.kind == record.CLOCK and entry.utc_s is not None:
            plans = _set_back(plans, entry.utc_s)
        if entry.kind == record.GAP and plans:
            for each in _closing_in(plans, entry):
                if last_kind.get(each.occurrence) not in TERMINAL:
                    last_kind[each.occurrence] = record.UNKNOWN
                    yield each
        elif entry.day is not None:
            last_kind[entry.occurrence] = entry.kind


def unexplained(entries: Iterable[Entry], plan_of: PlanOf) -> list[Unexplained]:
    """The gaps of which nobody here knows the schedule that was in force."""
    found: list[Unexplained] = []
    known, revision = True, ""
    for entry in entries:
        if entry.kind == record.SCHEDULE:
            revision = entry.detail.get("revision", "")
            known = plan_of(revision) is not None
        elif entry.kind == record.GAP and not known:
            found.append(Unexplained(entry, revision))
    return found


def bounds(gap: Entry) -> tuple[int, int]:
    """From when to when a gap lasts."""
    return record.from_unix(gap.detail["from"]), record.from_unix(gap.detail["to"])


def _taken_up(plans: list[InForce], plan: Plan | None, since_s: int | None) -> list[InForce]:
    # A revision that this laptop never saw says nothing, and what was before it no longer holds.
    return [] if plan is None else [*plans, InForce(plan, since_s)]


def _set_back(plans: list[InForce], now_s: int) -> list[InForce]:
    """What came while the clock was ahead is in force by now, and not only then."""
    return [
        InForce(plan, None if since_s is None else min(since_s, now_s - 1))
        for plan, since_s in plans
    ]


def _closing_in(plans: list[InForce], gap: Entry) -> Iterator[Unrecorded]:
    plan = plans[-1].plan
    from_s, to_s = bounds(gap)
    for dose in plan.doses:
        start_s = from_s - LONGEST_WINDOW_S
        for due_s, day, slot in occurrences(plan, dose, start_s, to_s):
            closes_s = plan.window(dose, day, slot).closes[-1]
            if from_s < closes_s <= to_s and _reminded(plans, dose.id, due_s):
                yield Unrecorded(dose.id, due_s, closes_s, day, slot, gap)


def _reminded(plans: list[InForce], dose: str, due_s: int) -> bool:
    """Whether the box reminded of it at all: a schedule asks for what is due from its coming on,
    and for what was open then and due at that instant in the one before, too.
    """
    for at in range(len(plans) - 1, -1, -1):
        since_s = plans[at].since_s
        if since_s is None or due_s >= since_s:
            return True
        if at == 0 or not _was_open(plans[at - 1].plan, dose, due_s, since_s):
            return False
    return True


def _was_open(plan: Plan, dose_id: str, due_s: int, at_s: int) -> bool:
    dose = plan.dose(dose_id)
    place = plan.at(dose, due_s) if dose is not None else None
    if dose is None or place is None:
        return False
    return plan.window(dose, *place).closes[-1] > at_s
