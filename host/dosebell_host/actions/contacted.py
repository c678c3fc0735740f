"""A box that answers, for as long as an action needs it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from dosebell_host.box.contact import Contact, session
from dosebell_host.box.reach import Reach
from dosebell_host.talk import Progress, Talk

# Fewer records than these are read before a bar could be.
_LONG_READ = 400


@contextmanager
def contacted(port: str | None, talk: Talk, reach: Reach, sync: bool = True) -> Iterator[Contact]:
    """The box at `port`, or the one there is: greeted, its clock set if `sync`, and read."""
    with (
        reading_journal(talk) as progress,
        session(port, talk.note, reach, sync=sync, progress=progress) as contact,
    ):
        try:
            yield contact
        except KeyboardInterrupt:
            if contact.client.was_told:
                talk.note("What the box was told before that is done; `dosebell log` shows it.")
            raise


def reading_journal(talk: Talk) -> AbstractContextManager[Progress]:
    """What to tell of every record that is read."""
    return talk.progress("Reading the journal", _LONG_READ)
