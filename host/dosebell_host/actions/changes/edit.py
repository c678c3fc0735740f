"""`dosebell edit`: the schedule in a person's own editor, checked each time that is left."""

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dosebell_host.actions.changes.change import Changed, change
from dosebell_host.actions.changes.original import ChangeWishes, Original, text_of
from dosebell_host.errors import UserError
from dosebell_host.schedule.read_file import read_bytes
from dosebell_host.talk import Talk

if TYPE_CHECKING:
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach

# Opens a file, and returns once the person has left it. Raises `UserError` where there is no way.
Opens = Callable[[Path], None]


def edit(wishes: ChangeWishes, opens: Opens, talk: Talk, reach: "Reach") -> "Changed | PushReport":
    """Let a copy be edited until it checks, or the person gives up: the file stays as it was then.

    Raises `UserError` where nothing was changed, or nobody wants to put right what is wrong. What
    was typed is kept until it stands in the file, or is in force.
    """
    folder = Path(tempfile.mkdtemp(prefix="dosebell-"))
    try:
        by_file = "dosebell edit my.toml"
        done = change(wishes, partial(_edited, opens, talk, folder), talk, reach, by_file)
    except BaseException as error:
        _tell_kept(folder, talk, str(error))
        raise
    if isinstance(done, Changed) or done.sent:
        _forget(folder)
    else:
        _tell_kept(folder, talk)
    return done


def _tell_kept(folder: Path, talk: Talk, told: str = "") -> None:
    drafts = list(folder.glob("*"))
    if not drafts:
        _forget(folder)
    elif str(folder) not in told:
        talk.note(f"What you typed is kept in {drafts[0]}.")


def _edited(opens: Opens, talk: Talk, folder: Path, source: Original) -> str:
    draft = folder / Path(source.name).name
    draft.write_bytes(source.text.encode())
    while True:
        opens(draft)
        try:
            text = text_of(read_bytes(draft), draft.name)
            if text != source.text:
                source.checked(text)
        except UserError as error:
            talk.note(str(error))
            if not talk.confirm("Go on editing?"):
                fix = f"what you typed is kept in {draft}"
                raise UserError("nothing was changed", fix=fix, code="declined") from None
            continue
        if text == source.text:
            _forget(folder)
            raise _unchanged()
        return text


def _forget(folder: Path) -> None:
    # An editor may have left a copy of its own beside the draft.
    shutil.rmtree(folder, ignore_errors=True)


def _unchanged() -> UserError:
    return UserError(
        "nothing was changed",
        fix="an editor in a window of its own must be told to wait: EDITOR='code --wait'",
        code="same",
    )
