"""What a person calls a box, and whose it is."""

import re
from typing import NamedTuple

from dosebell_host.errors import UserError
from dosebell_host.history.person import person_of
from dosebell_host.history.store import VIRTUAL, History, KnownBox
from dosebell_host.schedule.lines import title_of
from dosebell_host.schedule.values import show

_NAME = re.compile(r"[a-z0-9-]{1,32}", re.ASCII)
# What a port may be called already, on one system or another.
_PORTS = re.compile(rf"{VIRTUAL}|(?:com|lpt)\d+|id|usb|tty\w*|cu\w*|-.*")


class Owner(NamedTuple):
    """One box, as people know it: its name, whose it is, and the title of its schedule."""

    box: KnownBox
    name: str = ""
    person: str = ""
    title: str = ""

    @property
    def word(self) -> str:
        """What to type for it."""
        return self.name or self.box.device_id

    @property
    def text(self) -> str:
        """What to call it in a sentence: what to type for it, and what tells it from others."""
        whose = [self.person, self.title, self.box.device_id if self.name else ""]
        more = ", ".join(filter(None, whose))
        return f"{self.word} ({more})" if more else self.word


def is_box_name(text: str) -> bool:
    """Whether a box may be called so."""
    return bool(_NAME.fullmatch(text)) and not _PORTS.fullmatch(text)


def check_name(history: History, device_id: str, name: str) -> None:
    """Raise `UserError` where a box may not be called so, or another one is."""
    fix = 'write 1 to 32 of a-z, 0-9 and "-", as "mother"'
    if not _NAME.fullmatch(name):
        raise UserError(f"{show(name)} is no name for a box", fix=fix, code="name")
    if _PORTS.fullmatch(name):
        raise UserError(f'"{name}" means a port', fix='choose another, as "mother"', code="name")
    if other := history.device_named(name):
        if other != device_id:
            rename = f"give that one another name first: dosebell name {other} NAME"
            raise UserError(f'the box {other} is called "{name}"', fix=rename, code="name")
    elif any(box.device_id.startswith(name) for box in history.boxes()):
        raise UserError(
            f'"{name}" is the id of a box', fix='choose a word, as "mother"', code="name"
        )


def owner_of(history: History, box: KnownBox) -> Owner:
    """What is known of whose box that is."""
    name = history.names().get(box.device_id, "")
    pushed = history.pushed(box.device_id, box.revision)
    title = title_of(history.schedule(box.revision) or [])
    return Owner(box, name, person_of(pushed.file if pushed else None), title)


def whose_log(history: History, device_id: str) -> str:
    """One line above a log: whose it is; "" where there is one box only, without a name."""
    boxes = history.boxes()
    box = next((each for each in boxes if each.device_id == device_id), None)
    if box is None:
        return ""
    owner = owner_of(history, box)
    return owner.text if owner.name or owner.person or len(boxes) > 1 else ""
