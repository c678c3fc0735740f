"""The schedule of a box as this laptop knows it, from which a draft begins."""

from dataclasses import dataclass

from dosebell_host.actions.pull import REBUILT_NAME
from dosebell_host.errors import UserError
from dosebell_host.history.store import History
from dosebell_host.schedule.decompiler import decompile, is_rebuilt
from dosebell_host.schedule.lines import known
from dosebell_host.web.draft.drafts import ScheduleDraft

REBUILT = (
    "This laptop does not have the file of this schedule, so it was rebuilt from what the box"
    " holds: the person, the medicines, what was accepted and the comments are missing, and the"
    " checks know less than they did."
)
_NEW_NAME = "schedule.toml"


@dataclass(frozen=True)
class Begun:
    """What a box has: the name and the text of the file, "" where there is none, its revision."""

    device_id: str
    name: str
    text: str
    revision: str

    @property
    def is_rebuilt(self) -> bool:
        return is_rebuilt(self.text.encode())

    def draft(self, text: str) -> ScheduleDraft:
        """A draft that begins here, with that text."""
        return ScheduleDraft(self.device_id, self.name, text, self.revision, self.text)


def begun(history: History, device_id: str) -> Begun:
    """What the box had when this laptop last heard of it: the file last pushed where it is kept
    here, else one rebuilt from what the box holds.

    Raises `UserError` where this laptop knows no such box.
    """
    revision = next((box.revision for box in history.boxes() if box.device_id == device_id), None)
    if revision is None:
        raise UserError("this laptop has met no such box", fix="plug it in", code="device")
    kept = history.pushed(device_id, revision)
    text = _decoded(kept.file) if kept else None
    if kept and text is not None:
        return Begun(device_id, kept.file_name, text, revision)
    lines = known(revision, history.schedule(revision) or [])
    if not lines:
        return Begun(device_id, _NEW_NAME, "", revision)
    return Begun(device_id, REBUILT_NAME, decompile(lines), revision)


def _decoded(file: bytes) -> str | None:
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
