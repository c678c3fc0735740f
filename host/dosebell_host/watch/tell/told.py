"""What is told, and what was: each thing once while it holds, and once more when it is over.

The one decision, without a clock, a network or a file. What is to be told is what differs between
what is so and what was told; in quiet hours only what is urgent. So what still holds after them is
told then, and what came and went in them never. Whoever sends them keeps each by `told_after` once
it is sent: then one that is killed in between tells that one again, and no other.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class MatterKey(NamedTuple):
    """What names a thing that is told, the same at every start: the word of its rule, the box, and
    where it is about one the dose and its due, as text.
    """

    kind: str
    device_id: str
    dose: str = ""
    at: str = ""


class Matter(NamedTuple):
    """How a thing is now: what to say of it, and whether it still holds. Of what is over without
    anything to say of it, the text is "".
    """

    text: str
    holds: bool = True


class Notice(NamedTuple):
    """What is to be said of a thing, and whether that begins or is over; "" is said to nobody."""

    key: MatterKey
    text: str
    holds: bool


class TellHours(NamedTuple):
    """When somebody wants to be told: not between two minutes of the day, None for always, but
    for the words of rules that are urgent.
    """

    quiet: tuple[int, int] | None = None
    urgent: frozenset[str] = frozenset()

    def allow(self, kind: str, minute: int) -> bool:
        """Whether that may be told at this minute of the day."""
        return kind in self.urgent or not self._is_quiet(minute)

    def _is_quiet(self, minute: int) -> bool:
        if self.quiet is None:
            return False
        start, end = self.quiet
        return start <= minute < end if start < end else minute >= start or minute < end


Told = frozenset[MatterKey]


def notices(
    hours: TellHours, matters: Mapping[MatterKey, Matter], told: Told, minute: int
) -> list[Notice]:
    """What is to be told at this local minute of the day, what begins before what is over.

    `matters` are the things of which it is known how they are. One that was told and is not among
    them, as of a box that is away, stays told.
    """
    found = [
        Notice(key, matter.text, matter.holds)
        for key, matter in matters.items()
        if matter.holds != (key in told)
        and (hours.allow(key.kind, minute) or not (matter.holds or matter.text))
    ]
    return sorted(found, key=lambda notice: not notice.holds)


def told_after(told: Told, sent: Iterable[Notice]) -> Told:
    """What is told once these were sent."""
    for notice in sent:
        told = told | {notice.key} if notice.holds else told - {notice.key}
    return told
