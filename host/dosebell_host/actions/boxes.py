"""Every box that this laptop has met, and the names that a person gives them."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from dosebell_host.errors import UserError
from dosebell_host.history.box_names import Owner, check_name, owner_of
from dosebell_host.history.store import VIRTUAL, History, KnownBox, open_history
from dosebell_host.schedule.local_time import from_unix, laptop_local_time
from dosebell_host.schedule.values import show
from dosebell_host.talk import Talk
from dosebell_host.wording import duration_text


class ListedBox(NamedTuple):
    """A box in the list."""

    owner: Owner

    def to_json(self) -> dict[str, Any]:
        box = self.owner.box
        local = laptop_local_time(box.seen_at)
        return {
            "device_id": box.device_id,
            "name": self.owner.name or None,
            "person": self.owner.person or None,
            "title": self.owner.title or None,
            "board": box.board,
            "serial": box.usb_serial or None,
            "revision": box.revision or None,
            "seen_at": local.iso(from_unix(box.seen_at)),
        }


def known_boxes(talk: Talk) -> list[ListedBox]:
    """Every box ever met, real ones before virtual ones, the one seen last first."""
    with closing(open_history(talk.note)) as history:
        return [ListedBox(owner_of(history, box)) for box in history.boxes()]


def given_names(talk: Talk) -> dict[str, str]:
    """The names that boxes have on this laptop, by their ids."""
    with closing(open_history(talk.note)) as history:
        return history.names()


def name_box(which: str, name: str, talk: Talk) -> ListedBox:
    """Call a box so from now on. `which` is its id, the beginning of that, or its name so far.

    Raises `UserError` where no such box, or not just one, is known, or the name won't do.
    """
    with closing(open_history(talk.note)) as history:
        box = meant_box(history, which)
        check_name(history, box.device_id, name)
        history.name_box(box.device_id, name)
        # Somebody else may have given it to another one meanwhile.
        check_name(history, box.device_id, name)
        return ListedBox(owner_of(history, box))


def box_lines(found: Sequence[ListedBox], now: float) -> Iterator[str]:
    """The list for a person; `now` is Unix seconds by this laptop's clock."""
    if not found:
        yield "This laptop has met no box yet."
    for each in found:
        owner, box = each.owner, each.owner.box
        board = ", virtual" if box.board == VIRTUAL else ""
        seen = duration_text(max(0.0, now - box.seen_at))
        yield f"{owner.text}{board}, last seen {seen} ago"


def meant_box(history: History, which: str, who: str = "this laptop") -> KnownBox:
    """The box of that id, or whose id begins so, or that is called so; `who` knows no other.

    Raises `UserError` where that is none, or not just one.
    """
    known = history.boxes()
    device_id = history.device_named(which) or which
    exactly = [box for box in known if box.device_id == device_id]
    found = exactly or [box for box in known if which and box.device_id.startswith(which)]
    if len(found) != 1:
        there = ", ".join(owner_of(history, box).text for box in known) or "none"
        message = f"no box, or not just one, is called {show(which)}"
        raise UserError(message, fix=f"{who} knows {there}", code="device")
    return found[0]
