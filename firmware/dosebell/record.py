"""One line of the journal: `seq boot utc trust kind dose date slot detail`.

Empty fields are `-`; detail is key=value pairs joined by commas. On flash and on the wire a time
is Unix seconds, so that a line means the same to every reader.
"""

from dosebell import civil

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

TERMINAL = (TAKEN, SKIPPED, MISSED, UNKNOWN, CANCELLED)

# What every line has, whatever its fields hold.
SPACES = 8


class Record:
    """A record. `utc` is seconds since 2000; it and `day` are None, `dose` "", where not meant."""

    def __init__(
        self, kind: str, dose: str = "", day: int | None = None, slot: int = 0, detail: str = ""
    ) -> None:
        self.kind = kind
        self.dose = dose
        self.day = day
        self.slot = slot
        self.detail = detail
        self.seq = 0
        self.boot = 0
        self.utc: int | None = None
        self.trust = "-"

    def details(self) -> dict[str, str]:
        found = {}
        for pair in self.detail.split(","):
            key, _, value = pair.partition("=")
            found[key] = value
        return found

    def intake_s(self) -> int:
        """When what a `taken` record tells of was swallowed."""
        found = self.details()
        return from_unix(found["at"]) if "at" in found else self.utc or 0

    def line(self) -> str:
        """The payload that `journal` seals and stores."""
        return "%d %d %s %s %s %s %s %s %s" % (
            self.seq,
            self.boot,
            "-" if self.utc is None else unix(self.utc),
            self.trust,
            self.kind,
            self.dose or "-",
            "-" if self.day is None else civil.iso(self.day),
            "-" if self.day is None else self.slot,
            self.detail or "-",
        )


def parse(line: str) -> Record:
    """The record in a payload. Raises ValueError where it is none."""
    fields = line.split(" ")
    if len(fields) != SPACES + 1:
        raise ValueError("record")
    record = Record(fields[4], "" if fields[5] == "-" else fields[5])
    record.seq = int(fields[0])
    record.boot = int(fields[1])
    record.utc = None if fields[2] == "-" else from_unix(fields[2])
    record.trust = fields[3]
    if fields[6] != "-":
        record.day = civil.day_from_iso(fields[6])
        record.slot = int(fields[7])
    record.detail = "" if fields[8] == "-" else fields[8]
    return record


def unix(utc: int) -> str:
    return "%d" % (utc + civil.UNIX_2000)


def from_unix(text: str) -> int:
    return int(text) - civil.UNIX_2000
