"""How a box is, as one retained document: everything in it is of one moment. Whether it needs
somebody is another one, which this machine alone says, and also while the box is away.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from dosebell import civil
from dosebell_host.actions.doses.stocks import outlook_of
from dosebell_host.actions.status import Status
from dosebell_host.box.replies import DoseRow
from dosebell_host.watch.attention import (
    CLOCK_OFF,
    CLOCK_UNSET,
    FAULT,
    MISSED,
    NEVER_HEARD,
    NO_SCHEDULE,
    NOT_HEARD,
    UNANSWERED,
    UNKNOWN,
    UNREADABLE,
    Need,
)
from dosebell_host.watch.mqtt.topics import topic_word
from dosebell_host.wording import printable

ON = "ON"
OFF = "OFF"

# What somebody is needed for. What lasts for weeks, as a stock that is low, must not hide a dose
# that nobody has taken, and has an entity of its own.
_URGENT = (
    UNANSWERED,
    UNKNOWN,
    MISSED,
    CLOCK_UNSET,
    NO_SCHEDULE,
    UNREADABLE,
    NOT_HEARD,
    NEVER_HEARD,
)
# What each problem of the box itself is on for.
_PROBLEMS = {"clock": (CLOCK_UNSET, CLOCK_OFF), "faults": (FAULT,)}


def state_of(status: Status) -> dict[str, Any]:
    """The document but for its problems, which come by time alone."""
    coming = status.coming
    return {
        "next_dose": None if coming is None else status.local.iso(coming.due_s),
        "next_dose_id": None if coming is None else coming.dose,
        "doses": {topic_word(row.dose): _dose(row, status) for row in status.rows},
    }


def with_problems(state: dict[str, Any], reasons: Sequence[Need]) -> dict[str, Any]:
    """The whole document, with the sentences for each problem."""
    found = {name: _texts(reasons, codes) for name, codes in _PROBLEMS.items()}
    problems = {name: ON if texts else OFF for name, texts in found.items()}
    return {**state, **problems, "why": found}


def urgent(reasons: Sequence[Need]) -> list[Need]:
    """Those of the reasons for which somebody is needed."""
    return [reason for reason in reasons if reason.code in _URGENT]


def attention_of(reasons: Sequence[Need], since: float | None) -> dict[str, Any]:
    """Whether somebody is needed, with the sentences for that; `since` is when the newest of these
    reasons came, in Unix seconds.
    """
    at = None if since is None else datetime.fromtimestamp(since, UTC)
    return {
        "needs_attention": ON if reasons else OFF,
        "since": None if at is None else at.isoformat(timespec="milliseconds"),
        "why": [reason.text for reason in reasons],
    }


def name_of(status: Status, dose: str) -> str:
    """What people call a dose."""
    found = status.plan.dose(dose)
    return printable(found.name if found else dose).strip() or dose


def due_of(row: DoseRow, status: Status) -> str | None:
    """The first due of the occurrence that is open, which names it; None where none is."""
    if not row.is_open or row.first_due_s is None:
        return None
    return status.local.iso(row.first_due_s)


def _dose(row: DoseRow, status: Status) -> dict[str, Any]:
    intake_s = row.intake_s
    return {
        "id": row.dose,
        "state": row.state,
        "open": due_of(row, status),
        "calling": row.calling,
        "last_taken": None if intake_s is None else status.local.iso(intake_s),
        "stock": row.stock,
        "run_out": _run_out(row, status),
    }


def _run_out(row: DoseRow, status: Status) -> str | None:
    """The first day that is not covered; None where that is years away."""
    outlook = outlook_of(status.plan, row, status.now_s)
    day = outlook.runs_out_day if outlook else None
    return None if day is None else civil.iso(day)


def _texts(reasons: Sequence[Need], codes: Collection[str]) -> list[str]:
    return [reason.text for reason in reasons if reason.code in codes]
