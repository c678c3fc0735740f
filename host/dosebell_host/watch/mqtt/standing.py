"""Since when each reason stands for which a box needs somebody.

Home Assistant knows when it last told somebody, so whatever came after that is still to be told.
For this a reason keeps the moment at which it was first said, also beyond the end of the watcher:
one that it lost would be told again, and one that is said to be older than it is would never be.
A reason that goes and comes again is a new one.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from dosebell_host.resources import write_private
from dosebell_host.watch.attention import NEVER_HEARD, NOT_HEARD, UNANSWERED, UNKNOWN, Need

# One thing in other words, as a box that goes and comes back tells it.
_SAME = {UNKNOWN: UNANSWERED, NEVER_HEARD: NOT_HEARD}


class StandingReasons:
    """What stands, by box. `path` is the file in which it outlives the watcher, None for none."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept = _read(path) if path else {}

    def newest(
        self, device_id: str, reasons: Sequence[Need], now: float, is_known: bool
    ) -> float | None:
        """When the newest of these reasons came, None where there is none; both in Unix seconds.
        Where it is not known how the box is, what stood before it may still stand.
        """
        before = self._kept.get(device_id, {})
        # A clock that was set back makes nothing happen in time to come.
        stands = {key: min(now, before.get(key, now)) for key in map(_key, reasons)}
        kept = stands if is_known else {**before, **stands}
        if kept != before:
            self._kept[device_id] = kept
            self._write()
        return max(stands.values(), default=None)

    def _write(self) -> None:
        # Where nothing may be written it holds until the watcher ends.
        if self._path:
            with suppress(OSError):
                write_private(self._path, json.dumps(self._kept))


def _key(reason: Need) -> str:
    due = "" if reason.due_s is None else str(reason.due_s)
    return " ".join((_SAME.get(reason.code, reason.code), due, reason.dose))


def _read(path: Path) -> dict[str, dict[str, float]]:
    """What is in the file; nothing where it is missing or damaged."""
    try:
        kept: Any = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(device_id): {str(key): float(since) for key, since in each.items()}
            for device_id, each in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
