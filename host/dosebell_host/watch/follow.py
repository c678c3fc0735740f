"""`dosebell log --follow`: the records of one box as they come.

Where a watcher runs on this laptop, it is that which brings them into the history, and they are
read there; else the box is looked at from here.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from dosebell_host.actions.shown_log import LogWishes, ShownLog, shown_log
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.box.reach import Reach
from dosebell_host.box.running_loop import are_ports_wanted, following, running_loop
from dosebell_host.errors import UsageError
from dosebell_host.history.records import Entry, JournalId
from dosebell_host.history.store import History
from dosebell_host.history.untaken import entries_behind
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.talk import Talk
from dosebell_host.watch.shared_tables import open_shared
from dosebell_host.watch.watcher import LOOK_EVERY_S, Watcher

# Told of records of one box, in order.
Tell = Callable[[Sequence[Entry], LocalTime], None]


def follow(
    wishes: LogWishes, talk: Talk, reach: Reach, tell: Callable[[str], Tell], stop: threading.Event
) -> None:
    """Tell of the records that `wishes` asks for, and then of each that comes, until `stop` is
    set. Without `after` and `since` only of those. `tell` is given the device_id first.

    Raises `UsageError` where days that are over are asked for, else as `shown_log`.
    """
    if wishes.until or wishes.month:
        fix = "leave out --until and --month, or --follow"
        raise UsageError("what is to come has no last day", where="--follow", fix=fix)
    shown = shown_log(wishes, talk, reach)
    told = tell(shown.log.device_id)
    if shown.entries and (wishes.after or wishes.since):
        told(shown.entries, shown.log.local)
    with closing(open_shared(talk.note)) as history:
        _Followed(history, shown, wishes, told).until(stop, reach, talk)


def document(device_id: str, entries: Sequence[Entry], local: LocalTime) -> dict[str, Any]:
    """A document as that of the log, with what is new."""
    return {
        "device_id": device_id,
        "read_at": None,
        "missing": 0,
        "items": [entry.to_json(local) for entry in entries],
        "days": [],
        "adherence": [],
    }


class _Followed:
    """One box, and how far it is told of."""

    def __init__(self, history: History, shown: ShownLog, wishes: LogWishes, tell: Tell) -> None:
        self._history = history
        self._device_id = shown.log.device_id
        self._local = shown.log.local
        self._wishes = wishes
        self._tell = tell
        self._places: dict[JournalId, int] = {
            journal: history.last_seq(self._device_id, journal) or 0
            for journal in history.journals.of(self._device_id)
        }
        # More may have come since the log was read.
        for entry in shown.log.entries:
            self._places[entry.journal] = entry.seq

    def until(self, stop: threading.Event, reach: Reach, talk: Talk) -> None:
        port = self._wishes.port or f"{ID_PREFIX}{self._device_id}"
        watcher = Watcher(
            reach, open_shared, note=talk.note, port=port, are_ports_wanted=are_ports_wanted
        )
        with closing(watcher), following():
            while not stop.wait(LOOK_EVERY_S):
                if running_loop() is None:
                    watcher.look()
                self._tell_new()

    def _tell_new(self) -> None:
        for journal in self._history.journals.of(self._device_id):
            seq = self._places.get(journal, -1)
            while found := entries_behind(self._history, self._device_id, journal, seq):
                seq = self._places[journal] = found.last_seq
                dose = self._wishes.dose
                if new := [each for each in found.entries if dose in (None, each.dose)]:
                    self._tell(new, self._local)
