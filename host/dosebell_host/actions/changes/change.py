"""A change of a schedule: of a file, or of the one that a box has. It is checked before anything
is written or sent, told as a difference, and offered to the box.
"""

import os
from codecs import BOM_UTF8
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, NamedTuple

from dosebell_host.actions.changes.original import (
    ChangedSchedule,
    ChangeWishes,
    Edit,
    Original,
    text_of,
)
from dosebell_host.advice.judge import Verdict
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.resources import is_special
from dosebell_host.schedule import read_file
from dosebell_host.schedule.difference import Change, difference
from dosebell_host.schedule.local_time import now_s
from dosebell_host.talk import Talk
from dosebell_host.wording import command_text, without_a_box

if TYPE_CHECKING:
    # Only the types: a file is changed without all that speaks with a box.
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach


# What a person is told where a change would change nothing.
AS_IT_IS = "nothing was changed"


class Changed(NamedTuple):
    """What was changed in a file, and what became of it on the box, where one was meant."""

    file: Path
    schedule: ChangedSchedule
    changes: list[Change]
    pushed: "PushReport | None" = None

    def to_json(self) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "changes": [change.to_json() for change in self.changes],
            "findings": [each.to_json() for each in self.schedule.verdict.findings],
            "push": self.pushed.to_json() if self.pushed else None,
        }


def change(
    wishes: ChangeWishes,
    edit: Edit,
    talk: Talk,
    reach: "Reach",
    by_file: str = "add --file my.toml",
) -> "Changed | PushReport":
    """Change what is meant, and tell the difference; `by_file` is how a file is meant.

    Raises what `edit` raises, and `UserError` where the result does not check: nothing is written
    or sent then.
    """
    if wishes.file is not None:
        return _change_file(wishes.file, wishes, edit, talk, reach)
    from dosebell_host.actions.changes.change_box import change_box

    try:
        return change_box(wishes, edit, talk, reach)
    except NoDevice as error:
        if wishes.port:
            raise
        fix = f"{error.fix}; or to change a file: {by_file}"
        raise NoDevice(error.message, where=error.where, fix=fix, code=error.code) from None


def _change_file(
    path: Path, wishes: ChangeWishes, edit: Edit, talk: Talk, reach: "Reach"
) -> Changed:
    data = read_file.read_bytes(path)
    text = text_of(data, str(path))
    source = Original(text, str(path), now_s(reach.clock), "and the file stays as it was")
    schedule = source.checked(edit(source))
    _write_over(path, (BOM_UTF8 if data.startswith(BOM_UTF8) else b"") + schedule.text.encode())
    changes = difference(source.lines, schedule.plan.compiled.lines)
    talk.tell(_changed_lines(path, schedule, changes))
    return Changed(path, schedule, changes, _offered(path, schedule.verdict, wishes, talk, reach))


def _offered(
    path: Path, verdict: Verdict, wishes: ChangeWishes, talk: Talk, reach: "Reach"
) -> "PushReport | None":
    """What a push did, where a box was named and whoever sits there wants it."""
    if not wishes.port:
        talk.tell(_next(path, verdict, now_s(reach.clock)))
        return None
    from dosebell_host.actions.push import PUSH_QUESTION, PushWishes, push

    if talk.confirm(PUSH_QUESTION) is False:
        return None
    return push(PushWishes(wishes.port, path, sync=wishes.sync), talk, reach)


def _next(path: Path, verdict: Verdict, at_s: int) -> list[str]:
    """How the file gets to the box, or what is first put right where the box can't have it so."""
    if verdict.held:
        from dosebell_host.advice.check import report

        return list(report(path, at_s).held_lines())
    push = command_text(None, "push", str(path))
    return [f"Plug the box in, then: {push}", *without_a_box(str(path))]


def _changed_lines(path: Path, schedule: ChangedSchedule, changes: list[Change]) -> list[str]:
    words = [each.text() for each in changes] or ["Nothing changes for the box."]
    rest = command_text(None, "check", str(path))
    return [*schedule.brought.lines(rest), *words, f"Changed {path}."]


def _write_over(path: Path, data: bytes) -> None:
    """Replace a file by a new one in one step, so that a full disk leaves the old one."""
    target = Path(os.path.realpath(path))
    try:
        if is_special(target):
            raise UserError(
                "is not a regular file", where=str(path), fix="name a file", code="file"
            )
        # Nothing that is there already, whosever it is, has the name of the new one.
        with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".new", delete=False) as new:
            beside = Path(new.name)
            try:
                new.write(data)
                new.close()
                beside.chmod(target.stat().st_mode & 0o777)
                beside.replace(target)
            except OSError:
                beside.unlink(missing_ok=True)
                raise
    except OSError as error:
        message = f"cannot be written ({error.strerror})"
        fix = "look at your rights to it and to its folder, and its free space"
        raise UserError(message, where=str(path), fix=fix, code="file") from None
