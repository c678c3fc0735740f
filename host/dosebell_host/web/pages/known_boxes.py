"""The boxes that a page speaks of: those a watcher knows, and those that this laptop ever met."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dosebell_host.errors import UserError, on_one_line
from dosebell_host.history.box_names import Owner, owner_of
from dosebell_host.history.store import VIRTUAL, History, KnownBox
from dosebell_host.schedule.local_time import LocalTime, from_unix
from dosebell_host.watch.view import BoxView, Presence
from dosebell_host.wording import duration_text

# A box that was heard so short a time ago is told to answer, without a number that runs.
_ANSWERS_S = 120


class ShownBox(NamedTuple):
    """A box as it is now or was when last heard, and whose it is. One that `is_elsewhere` is read
    from the ward, and nothing is done at it from here.
    """

    view: BoxView
    owner: Owner
    is_elsewhere: bool = False

    @property
    def called(self) -> str:
        """What a person reads above all that is told of it."""
        return self.owner.name or self.owner.person or self.view.called

    @property
    def more(self) -> str:
        """What tells it from others, beside that."""
        whose = (self.owner.person, self.view.title or self.owner.title, self.view.device_id)
        return ", ".join(each for each in dict.fromkeys(whose) if each and each != self.called)

    @property
    def is_virtual(self) -> bool:
        return self.owner.box.board == VIRTUAL

    @property
    def heard_at(self) -> float | None:
        """When it was last heard, in Unix seconds: by the watcher, else by any command."""
        return self.view.heard_at or self.owner.box.seen_at or None


def known_boxes_of(history: History, views: Iterable[BoxView]) -> list[ShownBox]:
    """Every one, those that the watcher knows as it knows them; those that are here first."""
    watched = {view.device_id: view for view in views}
    met = {box.device_id: box for box in history.boxes()}
    for view in watched.values():
        met.setdefault(view.device_id, _just_met(view))
    found = []
    for box in met.values():
        owner = owner_of(history, box)
        view = watched.get(box.device_id) or _away(owner)
        # A name may have been given since the watcher looked.
        found.append(ShownBox(view, owner))
    return sorted(found, key=lambda each: each.view.presence is Presence.AWAY)


def of_today(boxes: Sequence[ShownBox]) -> list[ShownBox]:
    """Those that matter today: a virtual one that is gone does not, unless there is no other."""
    found = [
        each for each in boxes if each.view.presence is not Presence.AWAY or not each.is_virtual
    ]
    return found or list(boxes)[:1]


def box_meant(boxes: Iterable[ShownBox], device_id: str) -> ShownBox:
    """The one with that id. Raises `UserError` where none has it."""
    for each in boxes:
        if each.view.device_id == device_id:
            return each
    what = f"this laptop never met a box {on_one_line(device_id)}"
    raise UserError(what, fix="see which it knows: the page Boxes", code="device")


def _away(owner: Owner) -> BoxView:
    return BoxView(owner.box.device_id, owner.name, owner.title, Presence.AWAY)


def _just_met(view: BoxView) -> KnownBox:
    """One that the history does not have, as where it cannot be written."""
    hello = view.status.hello if view.status else None
    revision = hello.revision if hello else ""
    board = hello.board if hello else ""
    return KnownBox(view.device_id, board, "", revision, view.heard_at or 0.0)


def heard_words(box: ShownBox, now: float, local: LocalTime | None = None) -> str:
    """When it was last heard; `now` is Unix seconds, and `local` tells times of day."""
    heard_at = box.heard_at
    if heard_at is None:
        return "never heard by this laptop"
    ago_s = max(0.0, now - heard_at)
    if box.view.is_here and ago_s < _ANSWERS_S:
        return "answers"
    at = f", {local.minute(from_unix(heard_at))}" if local and not box.view.is_here else ""
    return f"last heard {duration_text(ago_s)} ago{at}"
