"""The schedules that are being changed on the page, one a box, until they are pushed.

Each is a file of its own that only this user may read, so that a new start loses nothing. Where
the folder cannot be written, they are kept until the end of the program.
"""

import hashlib
import json
import os
import tempfile
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

_FOLDER = "drafts"
_DIGEST_CHARS = 16
_SHOWN_TEXTS = 50


class ScheduleDraft(NamedTuple):
    """A changed schedule for one box: its text, and what that was made from.

    `begun_at` is the revision that the box had then, as far as this laptop knew, "" for none;
    `name` is what messages call the file.
    """

    device_id: str
    name: str
    text: str
    begun_at: str
    begun_text: str


def digest(text: str) -> str:
    """What a form carries to say which text it showed."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_CHARS]


class Drafts:
    """All drafts, by the box that they are for."""

    def __init__(self, data: Path) -> None:
        self._folder = data / _FOLDER
        # What could not be written.
        self._unwritten: dict[str, ScheduleDraft] = {}
        # Held from reading a draft until it is kept, so that of two browsers one comes second.
        self.lock = Lock()
        # Texts that were shown, so that who changes one can be told what came between.
        self._shown: OrderedDict[str, str] = OrderedDict()

    def show(self, text: str) -> str:
        """Remember that this text is shown; what a form that shows it carries."""
        self._shown[digest(text)] = text
        while len(self._shown) > _SHOWN_TEXTS:
            self._shown.popitem(last=False)
        return digest(text)

    def shown(self, seen: str) -> str | None:
        """The text that a form showed, where it is still remembered."""
        return self._shown.get(seen)

    def of(self, device_id: str) -> ScheduleDraft | None:
        if device_id in self._unwritten:
            return self._unwritten[device_id]
        try:
            kept = json.loads(self._path(device_id).read_text(encoding="utf-8"))
            draft = ScheduleDraft(**kept)
        except (OSError, ValueError, TypeError):
            return None
        whole = all(isinstance(each, str) for each in draft)
        return draft if whole and draft.device_id == device_id else None

    def keep(self, draft: ScheduleDraft) -> None:
        """Instead of what was kept for that box before."""
        try:
            self._write(draft)
        except OSError:
            self._unwritten[draft.device_id] = draft
        else:
            self._unwritten.pop(draft.device_id, None)

    def forget(self, device_id: str) -> None:
        self._unwritten.pop(device_id, None)
        with suppress(OSError):
            self._path(device_id).unlink()

    def _write(self, draft: ScheduleDraft) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made with the rights 0600, and put in place in one step.
        descriptor, name = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(draft._asdict(), file)
            Path(name).replace(self._path(draft.device_id))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _path(self, device_id: str) -> Path:
        # A box may say any text of itself, and no folder is reached by it.
        return self._folder / f"{hashlib.sha256(device_id.encode()).hexdigest()[:32]}.json"
