"""Records of a box's journal, read on the laptop.

Instants are UTC seconds since 2000, as in the device package whose parser reads the lines.
"""

from dataclasses import dataclass
from typing import Any

from dosebell import civil, record
from dosebell.record import TERMINAL
from dosebell_host.schedule.local_time import LocalTime

__all__ = ["FIRST_JOURNAL", "TERMINAL", "Entry", "JournalId", "is_record", "parse"]

# Which of its journals a box wrote a record into: one that was erased counts from one again, so a
# number alone says nothing. `box.fetch.journal_of` makes it.
JournalId = int
FIRST_JOURNAL: JournalId = 0

_NUMBERS = {"late_s", "left", "n", "step_s"}
_OF_GAP = {"from", "to"}
_TIMES = {"at", *_OF_GAP}
_OF_OCCURRENCES = {*TERMINAL, record.RINGING, record.SNOOZED, record.UNDONE}


@dataclass(frozen=True)
class Entry:
    """One record. `utc_s` is None where the box did not know the time; `dose` is "" and `day`
    None where no occurrence is meant.
    """

    journal: JournalId
    seq: int
    boot: int
    utc_s: int | None
    trust: str
    kind: str
    dose: str
    day: int | None
    slot: int
    detail: dict[str, str]

    @property
    def key(self) -> tuple[JournalId, int]:
        """What names it among the records of one box."""
        return self.journal, self.seq

    @property
    def at_s(self) -> int | None:
        """The instant it speaks of: when a dose was taken, else when the record was written."""
        return record.from_unix(self.detail["at"]) if "at" in self.detail else self.utc_s

    @property
    def place(self) -> tuple[str, int, int]:
        """The occurrence: (dose, day, slot). Only for records that name one."""
        if self.day is None:
            raise ValueError(f"record {self.seq} names no occurrence")
        return self.dose, self.day, self.slot

    def to_json(self, local: LocalTime) -> dict[str, Any]:
        named = self.day is not None
        return {
            "seq": self.seq,
            "boot": self.boot,
            "at": None if self.utc_s is None else local.iso(self.utc_s),
            "trust": self.trust,
            "kind": self.kind,
            "dose": self.dose or None,
            "date": civil.iso(self.day) if self.day is not None else None,
            "slot": self.slot if named else None,
            "detail": dict(self.detail),
        }


def is_record(line: str) -> bool:
    """Whether `parse` can read it: a right check sum may stand over nonsense."""
    try:
        parse(line, FIRST_JOURNAL)
    except ValueError:
        return False
    return True


def parse(line: str, journal: JournalId) -> Entry:
    """The record in a line of the wire, of that journal. Raises ValueError where it is none.

    What is read as a number later is one, and what has to be there is there.
    """
    found = record.parse(line.encode())
    pairs = found.details() if found.detail else {}
    detail = {key.decode(): value.decode() for key, value in pairs.items()}
    for key in _NUMBERS & detail.keys():
        int(detail[key])
    for key in _TIMES & detail.keys():
        record.from_unix(detail[key])
    if found.kind == record.GAP and not detail.keys() >= _OF_GAP:
        raise ValueError("a gap from nowhere")
    if found.kind in _OF_OCCURRENCES and found.day is None:
        raise ValueError("an occurrence without a date")
    return Entry(
        journal=journal,
        seq=found.seq,
        boot=found.boot,
        utc_s=found.utc,
        trust=found.trust,
        kind=found.kind,
        dose=found.dose,
        day=found.day,
        slot=found.slot,
        detail=detail,
    )
