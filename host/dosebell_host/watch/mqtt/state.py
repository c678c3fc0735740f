"""How a box is, as one retained document: everything in it is of one moment."""

from typing import Any

from dosebell import civil
from dosebell_host.actions.status import Status
from dosebell_host.box.meanings import fault
from dosebell_host.box.replies import DoseRow
from dosebell_host.history.stock import stock_outlook
from dosebell_host.watch.mqtt.topics import topic_word

ON = "ON"
OFF = "OFF"


def state_of(status: Status) -> dict[str, Any]:
    """The document but for what needs somebody, which changes by time alone."""
    local, hello = status.local, status.hello
    coming = status.coming
    return {
        "next_dose": None if coming is None else local.iso(coming.due_s),
        "next_dose_id": None if coming is None else coming.dose,
        "clock": on_off(hello.utc is None),
        "faults": on_off(any(fault(name).is_bad for name in status.said.faults)),
        "fault_words": [str(fault(name)) for name in status.said.faults],
        "doses": {topic_word(row.dose): _dose(row, status) for row in status.rows},
    }


def with_attention(state: dict[str, Any], why: list[str]) -> dict[str, Any]:
    """The whole document."""
    return {**state, "needs_attention": on_off(bool(why)), "why": why}


def on_off(is_on: bool) -> str:
    """As Home Assistant has it."""
    return ON if is_on else OFF


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
    dose = status.plan.dose(row.dose)
    if dose is None or row.stock is None:
        return None
    day = stock_outlook(status.plan, dose, row.stock, status.now_s).runs_out_day
    return None if day is None else civil.iso(day)
