"""What others may tell a box over MQTT: that a dose is taken, or to ask again later.

A command names one occurrence, by its dose and first due, and says when it was given. It is obeyed
only while that occurrence is open, and only when it is fresh. How old a message is no receiver can
measure: it may have waited in a broker, in a cable or in a laptop that slept. So who gives it says
when; Home Assistant's buttons do so by themselves. Where the clocks of both machines disagree, the
command is refused, which a person sees at once: the box goes on ringing.
"""

import json
from datetime import datetime
from typing import NamedTuple

from dosebell_host.actions.occurrences import SNOOZE, TAKE
from dosebell_host.box.replies import DoseRow
from dosebell_host.schedule.local_time import from_unix, since_2000
from dosebell_host.watch.mqtt.message import as_json
from dosebell_host.watch.view import BoxView
from dosebell_host.wording import duration_text, printable

__all__ = ["FRESH_S", "SNOOZE", "TAKE", "Command", "judge", "pressed"]

FRESH_S = 60
# A longer one is none of ours.
_MOST = 1000
_SHOWN = 40


class Command(NamedTuple):
    """One that is to be obeyed: what, and of which occurrence. `due_s` is in seconds since 2000,
    and `date` and `slot` are what else the box knows it by.
    """

    device_id: str
    what: str
    dose: str
    due_s: int
    date: str
    slot: int
    at_s: int


class Refused(NamedTuple):
    """Why it is not obeyed, in one sentence."""

    why: str


class _Said(NamedTuple):
    what: str
    dose: str
    due_s: int
    at_s: int


def pressed(what: str, dose: str, due: str | None) -> str:
    """What a button says; None of `due` where nothing is open, which no box obeys."""
    return as_json({"do": what, "dose": dose, "due": due})


def judge(payload: str, retained: bool, view: BoxView, now: float) -> Command | Refused:
    """Whether the box is to do that. `now` is Unix seconds by this laptop's clock."""
    if retained:
        return Refused("a command that the broker kept is never obeyed")
    said = _read(payload)
    if isinstance(said, Refused):
        return said
    age_s = from_unix(now) - said.at_s
    if abs(age_s) > FRESH_S:
        return Refused(_stale(age_s))
    if not view.is_here or view.status is None:
        return Refused("the box does not answer now")
    row = next((row for row in view.status.rows if row.dose == said.dose), None)
    if row is None or row.first_due_s != said.due_s or not _is_open(row, said.what):
        return Refused(f"it is for another time of {_shown(said.dose)} than the one that is open")
    return Command(view.device_id, said.what, row.dose, said.due_s, row.date, row.slot, said.at_s)


def _is_open(row: DoseRow, what: str) -> bool:
    return row.calling if what == SNOOZE else row.is_open


def _stale(age_s: int) -> str:
    if age_s > 0:
        return f"it was given {duration_text(age_s)} ago, by this machine's clock"
    return f"it was given {duration_text(-age_s)} from now, by this machine's clock"


def _read(payload: str) -> _Said | Refused:
    try:
        said = json.loads(payload) if len(payload) <= _MOST else None
        if not isinstance(said, dict) or said.get("do") not in (TAKE, SNOOZE):
            return Refused("it is no command that a box knows")
        if not said.get("at"):
            return Refused("it does not say when it was given")
        return _Said(
            said["do"], str(said["dose"]), _instant_s(said["due"]), _instant_s(said["at"])
        )
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return Refused("it does not name a dose and a time of it")


def _instant_s(text: object) -> int:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return since_2000(moment)


def _shown(name: str) -> str:
    return printable(name)[:_SHOWN]
