"""The links by which calendars ask what a box plans: one a box, in a file of this user's alone.

A calendar sends no cookie, so the link itself lets in, to that one thing. It is kept as it is, not
as a digest, so that it may be copied again for one more calendar: whoever reads this file reads
the history beside it as well, which tells more. A file that is damaged has no links.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from dosebell_host.errors import UserError
from dosebell_host.resources import write_private
from dosebell_host.web.guard.secret import digest, found, new_secret

FILE_NAME = "calendars.json"


@dataclass(frozen=True)
class CalendarLink:
    """What lets a calendar in to that box; `made_at` is in Unix seconds."""

    device_id: str
    secret: str
    made_at: float


class Calendars:
    """All such links of this laptop; `now` tells Unix seconds."""

    def __init__(self, folder: Path, now: Callable[[], float]) -> None:
        self._file = folder / FILE_NAME
        self._now = now
        self._lock = Lock()
        self._links = {each.device_id: each for each in _read(self._file)}

    def of(self, device_id: str) -> CalendarLink | None:
        """That of a box, where one was made."""
        with self._lock:
            return self._links.get(device_id)

    def make(self, device_id: str) -> None:
        """Make a new one for that box, which ends the one before.

        Raises `UserError` where it cannot be kept.
        """
        with self._lock:
            self._links[device_id] = CalendarLink(device_id, new_secret(), self._now())
            self._write()

    def end(self, device_id: str) -> bool:
        """Let nobody in to that box any more; returns whether somebody was.

        Raises `UserError` where that cannot be kept.
        """
        with self._lock:
            link = self._links.pop(device_id, None)
            if link:
                self._write()
            return link is not None

    def meant(self, secret: str) -> str | None:
        """The id of the box that this secret lets in to; None where it is of none."""
        with self._lock:
            links = {digest(each.secret): each for each in self._links.values()}
        key = found(secret, links)
        return links[key].device_id if key else None

    def _write(self) -> None:
        links = [asdict(each) for each in self._links.values()]
        try:
            write_private(self._file, json.dumps({"calendars": links}))
        except OSError as error:
            what = f"this holds only until the page ends: {self._file} cannot be written"
            reason = error.strerror or type(error).__name__
            raise UserError(f"{what} ({reason})", code="file") from None


def _read(file: Path) -> list[CalendarLink]:
    """The links in the file; none where it is missing or damaged."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))["calendars"]
        return [
            CalendarLink(str(each["device_id"]), str(each["secret"]), float(each["made_at"]))
            for each in kept
            # Nothing lets nobody in.
            if each["secret"]
        ]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []
