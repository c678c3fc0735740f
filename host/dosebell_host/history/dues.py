"""When what a record names was first due, which is what names an occurrence.

A box says it in each record. Release 0.1.0 named an occurrence by its date and slot, which the
schedule decides that was in force when the record was written.
"""

from collections.abc import Callable, Iterable, Iterator

from dosebell import record
from dosebell.plan import Plan
from dosebell_host.history.records import Entry

PlanOf = Callable[[str], Plan | None]

# What a push ended, by the detail of its record: that names what the schedule before had open.
_BY_A_PUSH = ("removed", "changed")


def dated(entries: Iterable[Entry], plan_of: PlanOf) -> Iterator[Entry]:
    """The records but the heads of snapshots, each with the first due of what it names.

    That stays None where this laptop never saw the schedule, or where that plans no such thing.
    """
    plan: Plan | None = None
    before: Plan | None = None
    for entry in entries:
        if entry.kind in (record.SCHEDULE, record.SNAPSHOT):
            told = plan_of(entry.detail.get("revision", ""))
            plan, before = told, before if told is plan else plan
        if entry.kind == record.SNAPSHOT:
            continue
        if entry.day is None or entry.due_s is not None:
            yield entry
            continue
        is_old = entry.detail.get("why") in _BY_A_PUSH
        yield entry._replace(due_s=_due_s(before if is_old else plan, entry))


def _due_s(plan: Plan | None, entry: Entry) -> int | None:
    dose = plan.dose(entry.dose) if plan is not None else None
    if plan is None or dose is None or entry.day is None:
        return None
    if not plan.has(dose, entry.day, entry.slot):
        return None
    return plan.dues(dose, entry.day, entry.slot)[0]
