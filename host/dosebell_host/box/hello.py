"""Who is there: a box's first answer, and whether the two sides can talk at all."""

from dataclasses import dataclass

from dosebell import PROTOCOL
from dosebell_host.errors import HOW_TO_INSTALL, UserError
from dosebell_host.history.records import JournalId
from dosebell_host.history.store import VIRTUAL, KnownBox

UNSET = "unset"

# Words of `features`: it knows an occurrence by its first due, whatever the schedule.
DUE = "due"
# It can have parts beyond the standard build.
PARTS = "parts"

NO_TIME = "not set, so nothing rings and nothing is judged: `dosebell clock --set` sets it"

NO_BATTERY_CLOCK = (
    "no battery clock: after a power cut it does not know the time until a laptop sets it"
)


@dataclass(frozen=True)
class Hello:
    """What a box says of itself. `utc` is Unix seconds, None while its clock is unset.

    `features` are words for what it can do beyond release 0.1.0, which has no `journal_id` either.
    """

    device_id: str
    firmware: str
    board: str
    boot: int
    utc: int | None
    trust: str
    battery_clock: bool
    revision: str
    journal_first: int
    journal_next: int
    journal_id: JournalId | None = None
    features: tuple[str, ...] = ()

    @property
    def virtual(self) -> bool:
        return self.board == VIRTUAL

    def met(self, usb_serial: str, seen_at: float) -> KnownBox:
        """What the history keeps of it; `seen_at` is Unix seconds by this laptop's clock."""
        return KnownBox(self.device_id, self.board, usb_serial, self.revision, seen_at)


def check_protocol(theirs: int | None, name: str) -> None:
    """Raise `UserError` where the box called `name` speaks another language than this laptop."""
    if theirs == PROTOCOL:
        return
    older = theirs is None or theirs < PROTOCOL
    message = f"{name} speaks an {'older' if older else 'newer'} language than this dosebell"
    fix = (
        f"{HOW_TO_INSTALL}, which also upgrades it"
        if older
        else "upgrade dosebell on this laptop: pip install --upgrade dosebell"
    )
    raise UserError(message, fix=fix, code="protocol")
