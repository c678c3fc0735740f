"""A contact from the port's name to the answer: opens, greets, and closes everything again."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from dosebell_host.box.contact import Contact, meet
from dosebell_host.box.link import Link
from dosebell_host.box.open_port import open_port
from dosebell_host.box.ports import resolve
from dosebell_host.history.store import open_history
from dosebell_host.talk import Note, Progress, no_progress


@contextmanager
def session(
    port: str | None, note: Note, *, sync: bool = True, progress: Progress = no_progress
) -> Iterator[Contact]:
    """A contact with the board that `port` means, as `ports.resolve` reads it."""
    target = resolve(port)
    link = Link(open_port(target.port), target.name)
    with closing(link), closing(open_history(note)) as history:
        yield meet(
            link,
            history,
            note,
            sync=sync,
            port=port,
            usb_serial=target.serial,
            progress=progress,
        )
