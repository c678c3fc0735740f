"""`dosebell doctor --forget-crash`: the traceback that the box wrote down, read and cleared."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from dosebell_host.box.contact import Contact


class ForgottenCrash(NamedTuple):
    """The lines of a traceback that is no longer on the box; none where there was none."""

    traceback: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"forgotten": list(self.traceback)}

    def lines(self) -> Iterator[str]:
        """What a person reads."""
        yield from self.traceback
        yield "Forgotten." if self.traceback else "There is none."


def forget_crash(contact: Contact) -> ForgottenCrash:
    """Let the box forget the crash that it wrote down."""
    traceback = contact.client.device_crash()
    contact.client.device_crash(clear=True)
    return ForgottenCrash(traceback)
