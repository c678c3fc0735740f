"""One line of the journal: `seq boot utc trust kind dose date slot detail`.

Empty fields are `-`; detail is key=value pairs joined by commas. On flash and on the wire a time
is Unix seconds, so that a line means the same to every reader.
"""

from dosebell import civil, const, frames, pairs

BOOT = "boot"
CLOCK = "clock"
SCHEDULE = "schedule"
RINGING = "ringing"
SNOOZED = "snoozed"
RESTING = "resting"
TAKEN = "taken"
SKIPPED = "skipped"
MISSED = "missed"
UNKNOWN = "unknown"
CANCELLED = "cancelled"
UNDONE = "undone"
PRESSED = "pressed"
STOCK = "stock"
GAP = "gap"
FAULT = "fault"
SNAPSHOT = "snapshot"

# Where not all can be kept, what rang goes first, and what people say last.
_FIRST_TO_GO = (RINGING, SNOOZED, RESTING, FAULT)
_LAST_TO_GO = (TAKEN, SKIPPED, UNDONE)

TERMINAL = (TAKEN, SKIPPED, MISSED, UNKNOWN, CANCELLED)

# The date last read, with its day number: records of one date come one after the other.
_days: dict[bytes, int] = {}

# What every line has, whatever its fields hold.
_SPACES = const(8)
# What is past this is no time; it is in the year 2136.
_LATEST_S = 1 << 32


class Record:
    """A record. `utc` is seconds since 2000; it and `day` are None, `dose` "", where not meant."""

    seq = 0
    boot = 0
    utc: int | None = None
    trust = "-"

    def __init__(
        self, kind: str, dose: str = "", day: int | None = None, slot: int = 0, detail: str = ""
    ) -> None:
        self.kind = kind
        self.dose = dose
        self.day = day
        self.slot = slot
        self.detail = detail

    def details(self) -> dict[bytes, bytes]:
        """The pairs of the detail, as bytes: see `parse`."""
        return pairs(self.detail.encode(), b",") if self.detail else {}

    def intake_s(self, found: dict[bytes, bytes]) -> int:
        """When what a `taken` record with these details tells of was swallowed."""
        return from_unix(found[b"at"]) if b"at" in found else self.utc or 0

    def line(self) -> str:
        """The payload that `journal` seals and stores."""
        utc = "-" if self.utc is None else unix(self.utc)
        place = "- -" if self.day is None else "%s %d" % (civil.iso(self.day), self.slot)
        head = "%d %d %s %s" % (self.seq, self.boot, utc, self.trust)
        return " ".join((head, self.kind, self.dose or "-", place, self.detail or "-"))


def spared(entries: list[Record], most: int) -> tuple[list[Record], list[str]]:
    """The `most` records worth keeping, and the kinds of those that go."""
    kinds = [entry.kind for entry in entries]
    ranks = [(k in _LAST_TO_GO, k not in _FIRST_TO_GO, n) for n, k in enumerate(kinds)]
    gone = [rank[2] for rank in sorted(ranks)[:-most]]
    kept = [entry for n, entry in enumerate(entries) if n not in gone]
    return kept, [kinds[n] for n in gone]


def believed(raw: bytes) -> bytes | None:
    """The payload of a line of the journal with its LF, None where it is not whole."""
    line = frames.payload(raw[:-1]) if raw[-1:] == b"\n" else None
    return line if line is not None and line.count(b" ") == _SPACES else None


def parse(line: bytes) -> Record:
    """The record in a payload. Raises ValueError where it is none.

    A start reads hundreds, so the line is taken apart as bytes: MicroPython compares every new
    str with all names of the program, to share it, and leaves bytes alone.
    """
    seq, boot, utc, trust, kind, dose, day, slot, detail = line.split(b" ")
    record = Record(text(kind), text(dose), detail=text(detail))
    record.seq, record.boot, record.trust = int(seq), int(boot), str(trust, "utf-8")
    record.utc = None if utc == b"-" else from_unix(utc)
    if day != b"-":
        record.day, record.slot = _day(day), int(slot)
        if record.slot < 0:
            raise ValueError("slot")
    return record


def _day(field: bytes) -> int:
    if field not in _days:
        _days.clear()
        _days[field] = civil.day_from_iso(str(field, "utf-8"))
    return _days[field]


def text(field: bytes) -> str:
    """A field as text, "" where it is empty."""
    return "" if field == b"-" else str(field, "utf-8")


def unix(utc: int) -> str:
    return "%d" % (utc + civil.UNIX_2000)


def from_unix(text: str | bytes) -> int:
    """Seconds since 2000. Raises ValueError where the text is no time."""
    utc_s = int(text) - civil.UNIX_2000
    if not 0 <= utc_s < _LATEST_S:
        raise ValueError("time")
    return utc_s
