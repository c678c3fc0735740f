"""The last record of an occurrence, looked for from the newest segment of the journal back.

Imported at the first such question, which few boxes are asked: what became of an occurrence that
is no longer current.
"""

from dosebell import civil, const, record
from dosebell.plan import Window
from dosebell.record import Record
from dosebell.store import Files, segment

# How many segments are read at a time.
_SEGMENTS = const(2)


class Search:
    """A question to the journal, and how far it is answered."""

    found: Record | None = None
    # Why there is no answer, in the word that a laptop is told; "" where there is one.
    lacks = "searching"

    def __init__(self, files: Files, dose: str, window: Window, newest: int) -> None:
        self._files = files
        self.key = dose, window.dues[0], newest
        # An older schedule or another zone may have opened it a day or so earlier.
        self._since_s = window.opens - 2 * civil.DAY_S
        # The newest segment that it has not come to.
        self._next = newest
        # What its line holds. Release 0.1.0 wrote records that name no due.
        entry = Record("", dose, window.day, window.slot, "d=" + record.unix(window.dues[0]))
        fields = entry.line().encode().split(b" ", 5)[5].split(b" ")
        self._dose = b" " + fields[0] + b" "
        self._place = self._dose + fields[1] + b" " + fields[2] + b" "
        self._due = b" " + fields[3]

    def go_on(self, firsts: list[int], first_seq: int) -> None:
        """Read the next few of the segments, the newest first."""
        for first in reversed([first for first in firsts if first <= self._next][-_SEGMENTS:]):
            self._next = first - 1
            if self.lacks:
                self.look_into(first)
        if self.lacks and (not firsts or self._next < firsts[0]):
            # Records before the first segment were dropped, and one of it may have been there.
            self.lacks = "gone" if first_seq > 1 else ""

    def look_into(self, first: int) -> None:
        """It is over where the segment has its record, or begins before its time."""
        found, began_s = None, None
        with self._files.open(segment(first), "rb") as file:
            # The check of a line, which is what takes time, waits until it is the right one.
            for raw in file:
                if began_s is None:
                    begun = _parsed(raw)
                    began_s = begun.utc if begun is not None else None
                if self._dose in raw and b" snapshot " not in raw:
                    if self._due in raw or (self._place in raw and b" d=" not in raw):
                        found = _parsed(raw) or found
        self.found = found or self.found
        if found is not None or (began_s is not None and began_s < self._since_s):
            self.lacks = ""


def _parsed(raw: bytes) -> Record | None:
    """The record in a line, or None where it is not whole, or the sum is right and the fields are
    none all the same.
    """
    line = record.believed(raw)
    try:
        return None if line is None else record.parse(line)
    except ValueError:
        return None
