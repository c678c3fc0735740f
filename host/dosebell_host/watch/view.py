"""A box as a watcher last knew it, and what of that needs somebody."""

from dataclasses import dataclass, field
from enum import StrEnum

from dosebell_host.actions.status import Status
from dosebell_host.schedule.local_time import LocalTime, laptop_local_time


class Presence(StrEnum):
    """Whether a box answers, and if it does not, as far as this laptop can tell why."""

    HERE = "here"
    # Its port is there, and another program has it: a command, or somebody who flashes it.
    BUSY = "busy"
    # Its port is there, and nobody answers.
    SILENT = "silent"
    # No port is known to be its own.
    AWAY = "away"


@dataclass(frozen=True)
class BoxView:
    """One box, as it is now or as it was when it last answered.

    `heard_at` is when it last answered, in Unix seconds of this laptop's clock, None where this
    watcher has never heard it; `status` is what it said then, None likewise. `name` is what its
    person calls it, "" without a name; `trouble` is one sentence of what is in the way, else "".
    `known_local` tells times by the schedule that it had when this laptop last met it.
    """

    device_id: str
    name: str
    title: str
    presence: Presence
    heard_at: float | None = None
    status: Status | None = None
    port: str = ""
    trouble: str = ""
    known_local: LocalTime | None = field(default=None, compare=False)

    @property
    def is_here(self) -> bool:
        return self.presence is Presence.HERE

    @property
    def called(self) -> str:
        """What a person reads: its name, else its title, else its id."""
        return self.name or self.title or self.device_id

    def local(self, now: float) -> LocalTime:
        """Times of day where its person lives; where nobody knows that, those of this laptop at
        that moment, in Unix seconds.
        """
        if self.status is not None:
            return self.status.local
        return self.known_local or laptop_local_time(now)
