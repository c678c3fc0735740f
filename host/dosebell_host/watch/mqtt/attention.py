"""Why a box needs somebody now.

A machine that tells "all well" because it has heard nothing is worse than none. So what was going
to happen is taken to have happened once its time has come, unless the box said otherwise since.
"""

from collections.abc import Iterator

from dosebell import record
from dosebell_host.actions.status import Status
from dosebell_host.history.outcomes import Outcome
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.watch.view import BoxView
from dosebell_host.wording import printable

# A box tells what it does within seconds; one that another command has for longer is not known.
LATE_S = 60
UNHEARD_S = 300

_WENT_WRONG = {record.MISSED: "was missed", record.UNKNOWN: "did not ring"}


def attention(view: BoxView, now: float) -> list[str]:
    """What somebody should look after, a sentence each; none where all is well.

    `now` is Unix seconds by this laptop's clock.
    """
    if view.status is None or view.heard_at is None:
        return ["The box has not been heard yet."]
    return [*_of_doses(view.status, now), *_of_box(view, view.status, now)]


def name_of(status: Status, dose: str) -> str:
    """What people call a dose."""
    found = status.plan.dose(dose)
    return printable(found.name if found else dose).strip() or dose


def _of_doses(status: Status, now: float) -> Iterator[str]:
    local = status.local
    for row in status.rows:
        if row.calling:
            since = f", due at {local.clock(row.due_s)}" if row.due_s is not None else ""
            yield f"{name_of(status, row.dose)} is not answered{since}."
    for each in status.today:
        if each.state in _WENT_WRONG and not _is_made_up_for(each, status.today):
            yield f"{name_of(status, each.dose)} of today {_WENT_WRONG[each.state]}."
    if (coming := status.coming) is None or status.ahead_s is None:
        return
    if from_unix(now + status.ahead_s) >= coming.due_s + LATE_S:
        due = local.clock(coming.due_s)
        name = name_of(status, coming.dose)
        yield f"{name} was due at {due}, and the box has not been heard since."


def _is_made_up_for(missed: Outcome, today: list[Outcome]) -> bool:
    """Whether the same dose was taken later that day."""
    return any(
        each.dose == missed.dose
        and each.state == record.TAKEN
        and each.within_day > missed.within_day
        for each in today
    )


def _of_box(view: BoxView, status: Status, now: float) -> Iterator[str]:
    if status.hello.utc is None:
        yield "The box does not know the time, so nothing rings."
    if not status.hello.revision:
        yield "The box has no schedule, so nothing rings."
    if view.heard_at is not None and now - view.heard_at >= UNHEARD_S:
        heard = status.local.clock(from_unix(view.heard_at))
        yield f"The box has not been heard since {heard}."
