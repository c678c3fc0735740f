"""What rings next, by what a box says of its doses and by the schedule it has."""

from collections.abc import Iterable
from typing import NamedTuple

from dosebell import civil
from dosebell.plan import Plan, Window
from dosebell_host.box.replies import DoseRow


class NextDue(NamedTuple):
    """What rings next, and when, in seconds since 2000.

    `again_at` is the meal at which one that is not taken by then rings a second time; "" for one
    of its own.
    """

    due_s: int
    dose: str
    again_at: str = ""


def next_due(
    plan: Plan, rows: Iterable[DoseRow], said: tuple[int, str] | None, now_s: int
) -> NextDue | None:
    """What rings next; None where nothing is planned.

    The box has `said` what is due next, and when, of the doses that do not ring now. Of those that
    do it is their next meal, or else their next occurrence.
    """
    by_dose = {row.dose: row for row in rows}
    rings = [(_rings_after(plan, row, now_s), row.dose) for row in by_dose.values() if row.calling]
    found = [(due_s, dose) for due_s, dose in rings if due_s is not None]
    if said is not None:
        found.append(said)
    if not found:
        return None
    due_s, dose = min(found)
    return NextDue(due_s, dose, _again_at(plan, by_dose.get(dose), due_s))


def window_of(plan: Plan, row: DoseRow) -> Window | None:
    """All the meals of a row's current occurrence."""
    dose = plan.dose(row.dose)
    if dose is None or not row.date:
        return None
    return plan.window(dose, civil.day_from_iso(row.date), row.slot)


def _rings_after(plan: Plan, row: DoseRow, now_s: int) -> int | None:
    """When a dose that rings is due next if nobody takes it."""
    dose, window = plan.dose(row.dose), window_of(plan, row)
    if dose is None or window is None:
        return None
    if later := [due_s for due_s in window.dues if due_s > now_s]:
        return later[0]
    after = plan.first_due(dose, window.dues[0] + 1)
    return after[2] if after else None


def _again_at(plan: Plan, row: DoseRow | None, due_s: int) -> str:
    """The meal at which the row's occurrence is due then, if that is not its first."""
    dose = plan.dose(row.dose) if row else None
    window = window_of(plan, row) if row else None
    if dose is None or window is None or due_s not in window.dues[1:]:
        return ""
    return plan.meals[(dose.meals or ())[window.dues.index(due_s)]][0]
