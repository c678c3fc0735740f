"""What a watcher sees, a line at a time, for whoever has started it."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from dosebell_host.history.record_text import words
from dosebell_host.history.records import Entry
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.watch.view import BoxView, Presence

READY = "ready"
RECORD = "record"
BOX = "box"
NOTE = "note"


class SeenEvent(NamedTuple):
    """One line: what kind of thing happened, in words, and as the rest of a JSON document."""

    kind: str
    text: str
    more: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {"event": self.kind, "text": self.text, **self.more}


def ready() -> SeenEvent:
    """The first line, which scripts wait for."""
    return SeenEvent(READY, "ready", {})


def noted(sentence: str) -> SeenEvent:
    """What a person should hear."""
    return SeenEvent(NOTE, sentence, {})


class Printed:
    """The sink that tells `say` of each record, and of each box that comes and goes."""

    name = "terminal"

    def __init__(self, say: Callable[[SeenEvent], None]) -> None:
        self._say = say
        self._before: dict[str, Presence] = {}

    def show(self, views: Sequence[BoxView], now: float) -> None:
        """Tell of those that came or went."""
        for view in views:
            before = self._before.get(view.device_id, Presence.AWAY)
            self._before[view.device_id] = view.presence
            # That another command has a box for a moment is nothing to tell.
            is_told = Presence.BUSY not in (before, view.presence)
            if before is not view.presence and is_told:
                at = view.local(now).minute(from_unix(now))
                self._say(SeenEvent(BOX, f"{at}  {presence_text(view)}", _of_box(view)))

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        """Tell of each record."""
        for entry in entries:
            local = box.local(box.heard_at or 0.0)
            document = {**_of(box), "record": entry.to_json(local)}
            self._say(SeenEvent(RECORD, record_text(box, entry), document))
        return len(entries)

    def close(self) -> None:
        """Nothing is open."""


def presence_text(view: BoxView) -> str:
    """Where a box is, as `mother is here (/dev/ttyACM0)`."""
    return {
        Presence.HERE: f"{view.called} is here ({view.port})",
        Presence.BUSY: f"{view.called} is used by another command",
        Presence.SILENT: f"{view.called} does not answer: {view.trouble}",
        Presence.AWAY: f"{view.called} is not plugged in",
    }[view.presence]


def record_text(box: BoxView, entry: Entry) -> str:
    """A record, as `2026-11-23 07:42  mother: D3 + K2 taken`."""
    local = box.local(box.heard_at or 0.0)
    at = "(clock not set)" if entry.utc_s is None else local.minute(entry.utc_s)
    dose = box.status.plan.dose(entry.dose) if box.status and entry.dose else None
    name = (dose.name if dose else entry.dose) or ""
    return f"{at}  {box.called}: {name} {words(entry, local)}".replace(":  ", ": ")


def _of(box: BoxView) -> dict[str, Any]:
    return {"device_id": box.device_id, "name": box.name or None}


def _of_box(view: BoxView) -> dict[str, Any]:
    return {**_of(view), "presence": str(view.presence), "port": view.port or None}
