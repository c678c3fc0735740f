"""The records of one box, kept by occurrence: what each came to, and what no record may say."""

import zlib
from dataclasses import dataclass, field

from domain import Flash
from life_calendar import said

TERMINAL = ("taken", "skipped", "missed", "unknown", "cancelled")
OPEN = ("ringing", "snoozed", "resting")
# What may be written while nobody knows the time.
TIMELESS = ("boot", "pressed", "fault", "schedule", "stock", "snapshot")
# What people may correct.
CORRECTED = ("missed", "unknown")

# So many that ended are remembered, at least.
REMEMBERED = 16

Key = tuple[str, int]


@dataclass(frozen=True)
class Line:
    """One record; `utc` is None while the clock was unset, `due` where it names no occurrence."""

    seq: int
    utc: int | None
    kind: str
    dose: str
    date: str
    slot: str
    detail: dict[str, str]
    text: str

    @property
    def due(self) -> int | None:
        return int(self.detail["d"]) if "d" in self.detail else None

    @property
    def key(self) -> Key:
        assert self.due is not None
        return self.dose, self.due

    @property
    def taken_at(self) -> int:
        assert self.utc is not None
        return int(self.detail.get("at", self.utc))

    def __str__(self) -> str:
        at = "unset" if self.utc is None else said(self.utc)
        return f"#{self.seq} {at} {self.kind} {self.dose} {self.date}/{self.slot} {self.detail}"


@dataclass
class Account:
    """What the records say of one occurrence."""

    key: Key
    lines: list[Line] = field(default_factory=list)
    rang: bool = False
    # Whether an undo or a clock set back makes it hard to say if it rang.
    unclear: bool = False
    # Whether a step back of more than two days led behind it: then it holds only so far as the
    # box remembers.
    stepped_behind: bool = False

    @property
    def last(self) -> str:
        return self.lines[-1].kind if self.lines else ""

    @property
    def ended(self) -> bool:
        return self.last in TERMINAL

    @property
    def withdrawn(self) -> bool:
        return self.last == "undone" and "clock" in self.lines[-1].detail

    @property
    def reopened(self) -> bool:
        return self.last == "undone" and not self.withdrawn

    @property
    def open(self) -> bool:
        return self.last in OPEN or self.reopened


@dataclass
class Gap:
    """A stretch in which the box judged nothing; `until` moves back with the clock."""

    since: int
    until: int
    written_until: int


class Books:
    """Reads each record once, in order, and notes what can never be right."""

    def __init__(self) -> None:
        self.accounts: dict[Key, Account] = {}
        self.gaps: list[Gap] = []
        self.lines: list[Line] = []
        self.problems: list[str] = []
        self.last_seq = 0
        # Due in one of these stretches: records of rings may have been dropped for others.
        self.dropped: list[tuple[int, int]] = []
        # What stands as taken, by dose: (number of its record, when it was swallowed).
        self.intakes: dict[str, dict[Key, tuple[int, int]]] = {}
        # The numbers of the records that ended something, by dose.
        self._ends: dict[str, list[int]] = {}
        self._lengths: dict[str, int] = {}

    def read(self, flash: Flash) -> list[Line]:
        """What was written since the last time, without snapshots."""
        fresh: dict[int, str] = {}
        for path in sorted(flash.contents):
            if path.startswith("/log/"):
                data = flash.contents[path]
                known = self._lengths.get(path, 0)
                for text in _payloads(data[known if known <= len(data) else 0 :]):
                    fresh[int(text.split(" ", 1)[0])] = text
                self._lengths[path] = len(data)
        return [line for seq in sorted(fresh) for line in self._take(seq, fresh[seq])]

    def _take(self, seq: int, text: str) -> list[Line]:
        if seq <= self.last_seq:
            return []
        if seq != self.last_seq + 1:
            self.problems.append(f"P4: after record {self.last_seq} comes {seq}")
        self.last_seq = seq
        line = parsed(text)
        if line.kind == "snapshot":
            return []
        self.lines.append(line)
        self._note(line)
        return [line]

    def _note(self, line: Line) -> None:
        if line.utc is None and line.kind not in TIMELESS:
            self.problems.append(f"P5: judged without a clock: {line}")
        if line.kind == "gap":
            bounds = int(line.detail["from"]), int(line.detail["to"])
            self.gaps.append(Gap(*bounds, bounds[1]))
        if line.due is None:
            if line.date != "-":
                self.problems.append(f"names no due: {line}")
            return
        account = self.accounts.setdefault(line.key, Account(line.key))
        problem = self._wrong(account, line)
        if problem:
            self.problems.append(f"{problem}: {line}, after {account.last}")
        account.rang |= line.kind == "ringing"
        account.unclear |= line.kind == "undone"
        account.lines.append(line)
        standing = self.intakes.setdefault(line.dose, {})
        if line.kind == "taken":
            standing[line.key] = line.seq, line.taken_at
        elif line.kind in ("undone", "skipped", "ringing"):
            standing.pop(line.key, None)
        if line.kind in TERMINAL:
            self._ends.setdefault(line.dose, []).append(line.seq)

    def is_first(self, line: Line) -> bool:
        """Whether this record is the first one of its occurrence."""
        return self.accounts[line.key].lines[0] is line

    def forgettable(self, account: Account) -> bool:
        """Whether so much ended after it that the box need not remember it any more."""
        if not account.stepped_behind:
            return False
        since = account.lines[-1].seq
        return sum(seq > since for seq in self._ends.get(account.key[0], [])) >= REMEMBERED

    def _wrong(self, account: Account, line: Line) -> str:
        """What is wrong with this record after those before it; "" where nothing is."""
        last, kind = account.last, line.kind
        if kind == "undone":
            ok = last in TERMINAL or last == "snoozed"
            return "" if ok else "P1: undone is what never was"
        # People may say otherwise of what was not swallowed, and the record then says so.
        if last == "skipped" and kind == "taken" and line.detail.get("was") == "skipped":
            return ""
        if last in ("taken", "skipped"):
            return "" if self.forgettable(account) else f"P2: {kind} after it was {last}"
        # Withdrawn as far as it is remembered: what is forgotten may ring again without a word.
        if last in CORRECTED and kind == "ringing" and account.stepped_behind:
            return ""
        if last in CORRECTED and kind not in ("taken", "skipped"):
            return "" if self.forgettable(account) else f"P1: {kind} after an end"
        if last == "cancelled" and kind == "cancelled":
            return "P1: cancelled twice"
        if kind == "missed" and not account.rang and not self._blurred(account):
            return "P7: missed and never rang"
        if kind == "unknown" and account.rang and not self._blurred(account):
            return "P7: unknown, and it rang"
        return ""

    def _blurred(self, account: Account) -> bool:
        return account.unclear or any(a <= account.key[1] <= b for a, b in self.dropped)

    def covered(self, closes: int) -> bool:
        """Whether a gap tells what became of that which closed at this instant."""
        return any(gap.since < closes <= gap.until for gap in self.gaps)

    def was_covered(self, closes: int) -> bool:
        """The same, also by what a clock set back has cut off."""
        return any(gap.since < closes <= gap.written_until for gap in self.gaps)

    def clamp_intakes(self, now: int) -> None:
        """What was swallowed before now was swallowed by now, whatever the clock said then."""
        for standing in self.intakes.values():
            for key, (seq, at) in standing.items():
                standing[key] = seq, min(at, now)

    def cut_gaps(self, now: int) -> None:
        for gap in self.gaps:
            gap.until = min(gap.until, now)


def parsed(text: str) -> Line:
    seq, _, utc, _, kind, dose, date, slot, detail = text.split(" ")
    pairs = {} if detail == "-" else dict(pair.partition("=")[::2] for pair in detail.split(","))
    return Line(int(seq), None if utc == "-" else int(utc), kind, dose, date, slot, pairs, text)


def _payloads(data: bytes) -> list[str]:
    found = []
    for line in data.splitlines():
        body, _, check = line.rpartition(b"*")
        if check == b"%08x" % zlib.crc32(body):
            found.append(body.decode())
    return found
