"""A live box as plain lines, for pipes, logs and scripts."""

import os
import select
import sys

from dosebell_host.sim.observed import Observer


class PlainLines:
    """Writes a line on stdout for each change of light, sound or lamps.

    A reader that has gone, or that does not read, must not stop the box: lines it has no room for
    are dropped.
    """

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._gone = sys.stdout is None

    def on_pass(self) -> None:
        for change in self._observer.changes():
            at = self._observer.local().datetime(change.at_ms // 1000)
            lamps = f", lamps {' '.join(map(str, change.places))}" if change.places else ""
            self._write(f"{at:%H:%M:%S} light {change.light}, sound {change.sound}{lamps}\n")

    def _write(self, line: str) -> None:
        if self._gone or not _has_room():
            return
        try:
            sys.stdout.write(line)
            sys.stdout.flush()
        except OSError:
            self._gone = True
            _silence_stdout()


def _has_room() -> bool:
    """Whether a line can be written at once. Where a system can't tell, it is taken to be."""
    try:
        return bool(select.select([], [sys.stdout], [], 0)[1])
    except (OSError, ValueError):
        return True


def _silence_stdout() -> None:
    """Nobody reads any more; without this the interpreter would complain about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
