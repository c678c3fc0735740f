"""Records of a box's journal, read on the laptop.

Instants are UTC seconds since 2000, as in the device package whose parser reads the lines.
"""

import binascii
import re
from typing import Any, NamedTuple

from dosebell import record
from dosebell.record import TERMINAL
from dosebell_host.schedule.local_time import LocalTime, day_iso

__all__ = [
    "FIRST_JOURNAL",
    "TERMINAL",
    "Entry",
    "JournalId",
    "Occurrence",
    "is_counted",
    "is_record",
    "parse",
]

# Which of its journals a box wrote a record into: one that was erased counts from one again, so a
# number alone says nothing. It is the id that the box made for it, eight hex digits; a box of
# release 0.1.0 says none, so this laptop counts its journals: "0", "1".
# `box.fetch.journal_of` says which is meant.
JournalId = str
FIRST_JOURNAL: JournalId = "0"
ID_DIGITS = 8

# What an occurrence is named by: its dose and its first due, in seconds since 2000. Of one whose
# due nobody here knows, its date and slot say apart from all others that there was one.
Occurrence = tuple[str, int] | tuple[str, int, int]

# The first due, as the detail of a record gives it.
DUE = "d"

# Years 2000 to 2135, where its instants end.
_DATES = range(136 * 365)
_NUMBERS = {"late_s", "left", "n", "step_s"}
_OF_GAP = {"from", "to"}
# What a person named so, or a hash, though it may be all digits.
_NAMES = {"board", "dose", "meal", "revision"}
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})", re.ASCII)
_TIMES = {"at", *_OF_GAP}
_OF_OCCURRENCES = {*TERMINAL, record.RINGING, record.SNOOZED, record.UNDONE}


class Entry(NamedTuple):
    """One record. `utc_s` is None where the box did not know the time; `dose` is "" and `day`
    None where no occurrence is meant. `due_s` is the first due of the occurrence, None where the
    record does not say it: see `dues.dated`.
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
    crc: int
    due_s: int | None = None

    @property
    def key(self) -> tuple[JournalId, int, int]:
        """What names it among the records of one box: a copied flash numbers on as the first."""
        return self.journal, self.seq, self.crc

    @property
    def at_s(self) -> int | None:
        """The instant it speaks of: when a dose was taken, else when the record was written."""
        return record.from_unix(self.detail["at"]) if "at" in self.detail else self.utc_s

    @property
    def occurrence(self) -> Occurrence:
        """What it is about. Only for records that name an occurrence."""
        if self.due_s is not None:
            return self.dose, self.due_s
        if self.day is None:
            raise ValueError(f"record {self.seq} names no occurrence")
        return self.dose, self.day, self.slot

    @property
    def said(self) -> dict[str, str]:
        """Its detail but for the due, which is told beside the date."""
        return {key: value for key, value in self.detail.items() if key != DUE}

    def to_json(self, local: LocalTime) -> dict[str, Any]:
        named = self.day is not None
        return {
            "journal": self.journal,
            "seq": self.seq,
            "boot": self.boot,
            "at": None if self.utc_s is None else local.iso(self.utc_s),
            "trust": self.trust,
            "kind": self.kind,
            "dose": self.dose or None,
            "date": None if self.day is None else day_iso(self.day),
            "slot": self.slot if named else None,
            "due": None if self.due_s is None else local.iso(self.due_s),
            "detail": {key: json_value(key, value) for key, value in self.said.items()},
        }


def json_value(key: str, value: str) -> str | int:
    """What a detail says under a key: a number as a number."""
    return int(value) if key not in _NAMES and _NUMBER.fullmatch(value) else value


def is_counted(journal: JournalId) -> bool:
    """Whether a laptop counted it, for no box has said an id."""
    return len(journal) < ID_DIGITS


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
    data = line.encode()
    found = record.parse(data)
    detail = {}
    for pair in found.detail.split(",") if found.detail else ():
        key, _, value = pair.partition("=")
        detail[key] = value
        if key in _NUMBERS:
            int(value)
        elif key in _TIMES:
            record.from_unix(value)
    if found.kind == record.GAP and not detail.keys() >= _OF_GAP:
        raise ValueError("a gap from nowhere")
    if found.day is None and found.kind in _OF_OCCURRENCES:
        raise ValueError("an occurrence without a date")
    if found.day is not None and found.day not in _DATES:
        raise ValueError("a date of no box")
    return Entry(
        journal,
        found.seq,
        found.boot,
        found.utc,
        found.trust,
        found.kind,
        found.dose,
        found.day,
        found.slot,
        detail,
        binascii.crc32(data),
        None if found.day is None else _due_s(detail),
    )


def _due_s(detail: dict[str, str]) -> int | None:
    """The first due, where it is said; nonsense in its place leaves the rest of a record."""
    try:
        return record.from_unix(detail[DUE])
    except (KeyError, ValueError):
        return None
