"""Who is not heard in a ward of several gateways, as far as one of them knows.

Whoever looks after that puts it here, and those who get messages tell it. A box that is not
plugged in here may be plugged in elsewhere, so where a ward is known, it is its word that counts;
each thing there is told by one gateway, the one whose it is.
"""

import threading
from collections.abc import Mapping
from typing import NamedTuple, Protocol

from dosebell_host.schedule.local_time import LocalTime


class WardSilence(NamedTuple):
    """A box, or a whole gateway, and when it was last heard, in Unix seconds.

    `called` is the subject of a sentence; `holds` is whether it is silent, and `is_ours` whether
    it is this gateway that tells it. `local` tells times where it is, and `names` are those of the
    box, none where it is a gateway.
    """

    called: str
    heard_s: int
    holds: bool
    is_ours: bool
    local: LocalTime
    names: tuple[str, ...] = ()


class Teller(Protocol):
    """One who is told when something falls silent."""

    def has_told(self, about: str) -> bool:
        """Whether it was told so, and not yet that it is over."""

    def assume_told(self, about: str, silence: WardSilence) -> None:
        """Another gateway has told it."""


class Elsewhere:
    """What is known of the ward, for all threads of this process; by the device_id of a box, or a
    name that no box has.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: Mapping[str, WardSilence] = {}
        self._until = 0.0
        self._tellers: list[Teller] = []

    def join(self, teller: Teller) -> None:
        """One more is told."""
        self._tellers.append(teller)

    @property
    def has_tellers(self) -> bool:
        """Whether anybody here is told of silence at all."""
        return bool(self._tellers)

    def put(self, known: Mapping[str, WardSilence], until: float) -> None:
        """This is so, and may be believed until that moment, in Unix seconds."""
        with self._lock:
            self._known, self._until = known, until

    def known(self, now: float) -> Mapping[str, WardSilence]:
        """What may be believed at that moment, in Unix seconds."""
        with self._lock:
            return self._known if now < self._until else {}

    def has_told(self, about: str) -> bool:
        """Whether anybody was told that it is silent, and not yet that it is over."""
        return any(teller.has_told(about) for teller in self._tellers)

    def assume_told(self, about: str, silence: WardSilence) -> None:
        """Another gateway has told it, and it is ours to tell when it is over."""
        for teller in self._tellers:
            teller.assume_told(about, silence)
