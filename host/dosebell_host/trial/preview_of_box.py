"""The preview of what a box has, where no file is named: what `pull` finds of it.

What is left of a stock is none of it: that is counted by the box, and `dosebell stock` says it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from dosebell_host.actions.last_read import asked_or_known
from dosebell_host.actions.pull import file_in_force, file_last_known
from dosebell_host.actions.push_file import document_of
from dosebell_host.actions.read_log import known_box
from dosebell_host.box.contact import Contact
from dosebell_host.box.reach import Reach
from dosebell_host.errors import NoDevice, on_one_line
from dosebell_host.history.store import History, Pushed
from dosebell_host.schedule.decompiler import is_rebuilt
from dosebell_host.schedule.local_time import day_text, from_unix, now_s
from dosebell_host.talk import Talk
from dosebell_host.trial.preview import Preview, check_days, preview_of
from dosebell_host.trial.preview_text import preview_lines


class _BoxFile(NamedTuple):
    """The file of a schedule, and whose that is; `met_at` is Unix seconds, None for now."""

    device_id: str
    called: str
    source: Pushed
    met_at: float | None = None


class PreviewOfBox(NamedTuple):
    """A preview, and what it is made from."""

    made_from: _BoxFile
    shown: Preview

    def to_json(self) -> dict[str, Any]:
        box, local = self.made_from, self.shown.file.local
        return {
            **self.shown.to_json(),
            "device_id": box.device_id,
            "file_name": box.source.file_name,
            "rebuilt": is_rebuilt(box.source.file),
            "read_at": None if box.met_at is None else local.iso(from_unix(box.met_at)),
        }

    def lines(self) -> Iterator[str]:
        """All of it for people; the first line says of what."""
        yield self._head()
        yield from preview_lines(self.shown)

    def _head(self) -> str:
        box = self.made_from
        name = on_one_line(box.source.file_name)
        source = "rebuilt from the box" if is_rebuilt(box.source.file) else f"pushed as {name}"
        if box.met_at is None:
            return f"The schedule of {box.called}, {source}."
        moment = self.shown.file.local.datetime(from_unix(box.met_at))
        last = f"{day_text(moment.date(), year=True)} {moment:%H:%M}"
        return f"The schedule that {box.called} had on {last}, {source}."


@dataclass(frozen=True)
class BoxPreviewWishes:
    """Of the box at `port`, or of that name or id, `device_id`: so many days from the date `first`
    on, as it was typed; None for today.
    """

    port: str | None = None
    device_id: str | None = None
    first: str | None = None
    days: int = 7
    sync: bool = True


def preview_of_box(wishes: BoxPreviewWishes, talk: Talk, reach: Reach) -> PreviewOfBox:
    """The preview of what a box has; of one that is away what this laptop last knew.

    Raises `UsageError` for days that make no sense, `NoDevice` where neither a box nor the history
    answers, and `UserError` where there is no schedule.
    """
    check_days(wishes.days)
    port, device = wishes.port, wishes.device_id
    try:
        found = asked_or_known(port, device, _in_force, _last_known, talk, reach, wishes.sync)
    except NoDevice as error:
        fix = f"{error.fix}; or to look at a file: dosebell preview my.toml"
        raise NoDevice(error.message, where=error.where, fix=fix, code=error.code) from None
    file = document_of(found.source.file, found.source.file_name).file
    shown = preview_of(file, wishes.first, wishes.days, now_s(reach.clock))
    return PreviewOfBox(found, shown._replace(stock=[]))


def _in_force(contact: Contact) -> _BoxFile:
    ident = contact.hello.device_id
    return _BoxFile(ident, _called(contact.history, ident), file_in_force(contact))


def _last_known(history: History, ident: str) -> _BoxFile:
    box = known_box(history, ident)
    source = file_last_known(history, box)
    return _BoxFile(box.device_id, _called(history, box.device_id), source, box.seen_at)


def _called(history: History, device_id: str) -> str:
    return f"the box {history.names().get(device_id, device_id)}"
