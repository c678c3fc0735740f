"""A change of a schedule: of a file, or of the one that a box has. It is checked before anything
is written or sent, told as a difference, and offered to the box.
"""

import os
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.pull import file_in_force, is_rebuilt
from dosebell_host.actions.push import PUSH_QUESTION, PushReport, PushWishes, push, push_change
from dosebell_host.actions.push_file import Document, document_of, with_advice
from dosebell_host.advice.check_text import advice_lines
from dosebell_host.advice.held_back import HeldBack
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UserError
from dosebell_host.resources import is_special
from dosebell_host.schedule import read_file
from dosebell_host.schedule.difference import Change, difference
from dosebell_host.schedule.local_time import now_s
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.zones import UNIX_2000
from dosebell_host.talk import Talk

_BLIND = (
    "this laptop lacks the file that was pushed, and so the person and the medicines: what the"
    " checks say of this change is said without knowing them"
)


@dataclass(frozen=True)
class ChangeWishes:
    """What is to be changed: a file, or where that is None the schedule of the box at `port`."""

    file: Path | None = None
    port: str | None = None
    sync: bool = True


@dataclass(frozen=True)
class Original:
    """A schedule as it was before a change. `at_s`, in seconds since 2000, is when that is made;
    `undone` says what was not done where it does not check.
    """

    text: str
    name: str
    at_s: int
    undone: str

    @cached_property
    def schedule(self) -> Schedule:
        """Raises `UserError`, or `ManyErrors`, where there is none in the text."""
        return read_file.parse(self.text, self.name)

    @cached_property
    def today(self) -> date:
        """The date where the person lives."""
        zone = ZoneInfo(self.schedule.timezone)
        return datetime.fromtimestamp(self.at_s + UNIX_2000, zone).date()

    @cached_property
    def document(self) -> Document | None:
        """None where the text is no schedule that can be pushed."""
        try:
            return with_advice(document_of(self.text.encode(), self.name), self.at_s)
        except UserError:
            return None

    def checked(self, text: str) -> Document:
        """The changed text as a document.

        Raises `UserError` with all that is wrong with it, and `HeldBack` for an error of the
        checks that the text before did not have.
        """
        after = with_advice(document_of(text.encode(), self.name), self.at_s)
        if is_rebuilt(self.text.encode()):
            return after
        if _held(after) - (_held(self.document) if self.document else set()):
            assert after.verdict is not None
            raise HeldBack(self.name, after.verdict, self.undone)
        return after


# From what there is to the text that is wanted.
Edit = Callable[[Original], str]


class Changed(NamedTuple):
    """What was changed in a file, and what became of it on the box, where one was meant."""

    file: Path
    document: Document
    changes: list[Change]
    pushed: PushReport | None = None

    def to_json(self) -> dict[str, Any]:
        verdict = self.document.verdict
        return {
            "file": str(self.file),
            "changes": [change.to_json() for change in self.changes],
            "findings": [each.to_json() for each in verdict.findings] if verdict else [],
            "push": self.pushed.to_json() if self.pushed else None,
        }


def change(wishes: ChangeWishes, edit: Edit, talk: Talk, reach: Reach) -> "Changed | PushReport":
    """Change what is meant, and tell the difference.

    Raises what `edit` raises, and `UserError` where the result does not check: nothing is written
    or sent then.
    """
    if wishes.file is None:
        return _change_of_box(wishes, edit, talk, reach)
    return _change_of_file(wishes.file, wishes, edit, talk, reach)


def _change_of_file(
    path: Path, wishes: ChangeWishes, edit: Edit, talk: Talk, reach: Reach
) -> Changed:
    data = read_file.read_bytes(path)
    text = text_of(data, str(path))
    source = Original(text, str(path), now_s(reach.clock), "and the file stays as it was")
    new = edit(source)
    document = source.checked(new)
    before = source.document
    _write_over(path, (BOM_UTF8 if data.startswith(BOM_UTF8) else b"") + new.encode())
    changes = difference(before.compiled.lines if before else [], document.compiled.lines)
    talk.tell(_changed_lines(path, document, changes))
    pushed = _offered(path, wishes, talk, reach)
    return Changed(path, document, changes, pushed)


def _offered(path: Path, wishes: ChangeWishes, talk: Talk, reach: Reach) -> PushReport | None:
    """What a push did, where a box was named and whoever sits there wants it."""
    if not wishes.port:
        talk.tell([f"Next: dosebell push {path}"])
        return None
    if talk.confirm(PUSH_QUESTION) is False:
        return None
    return push(PushWishes(wishes.port, path, sync=wishes.sync), talk, reach)


def _change_of_box(wishes: ChangeWishes, edit: Edit, talk: Talk, reach: Reach) -> PushReport:
    with contacted(wishes.port, talk, reach, wishes.sync) as contact:
        kept = file_in_force(contact)
        text = text_of(kept.file, kept.file_name)
        source = Original(text, kept.file_name, now_s(reach.clock), "nothing was sent")
        document = source.checked(edit(source))
        if document.verdict and document.verdict.held and not is_rebuilt(kept.file):
            raise HeldBack(kept.file_name, document.verdict)
        doubts = [_BLIND] if is_rebuilt(kept.file) else []
        report = push_change(contact, document, talk, doubts)
        if report.sent and not doubts:
            talk.note(_own_copy(kept.file_name))
        return report


def _own_copy(name: str) -> str:
    """The file from which the next push may come is an older one now."""
    return f"Your own {name} is as it was: `dosebell pull -o {name}` brings it up to date."


def _changed_lines(path: Path, document: Document, changes: list[Change]) -> list[str]:
    found = [*advice_lines(document.verdict)] if document.verdict else []
    words = [each.text() for each in changes] or ["Nothing changes for the box."]
    return [*found, *words, f"Changed {path}."]


def _held(document: Document) -> set[tuple[str, tuple[str, ...]]]:
    verdict = document.verdict
    return {(each.rule, tuple(each.doses)) for each in verdict.held} if verdict else set()


def text_of(data: bytes, name: str) -> str:
    """The text of a schedule file, without the mark that Windows puts in front of it.

    Raises `UserError` where it is none.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # It has the sentence for that.
        read_file.parse(data, name)
        raise


def _write_over(path: Path, data: bytes) -> None:
    """Replace a file by a new one in one step, so that a full disk leaves the old one."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.new")
    try:
        if is_special(target):
            raise UserError(
                "is not a regular file", where=str(path), fix="name a file", code="file"
            )
        beside.write_bytes(data)
        beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        message = f"cannot be written ({error.strerror})"
        fix = "look at your rights to it and to its folder, and its free space"
        raise UserError(message, where=str(path), fix=fix, code="file") from None
