"""Local time from a table of (UTC, offset), made by the host: the device knows no zone rules."""

from array import array

from dosebell import civil

# Later than any local time of a schedule.
_ALWAYS = 1 << 40


class Zone:
    """Offsets from UTC in seconds, each in force from its start (seconds since 2000).

    Before the first start the first offset holds, after the last one the last. The place last
    used is kept, because questions come in nearly ascending order.
    """

    def __init__(self, starts: tuple[int, ...], offsets: tuple[int, ...], until: int) -> None:
        # In a tuple each start after 2034 would be an object of its own on the board.
        self._starts = array("I", starts)
        self._offsets = offsets
        self._at = 0
        # How far the date of a rule may lie from the local date of the instant that it falls on: a
        # day where a change pushes it past midnight, two in a zone that crosses the date line.
        self.slack_days = 2 if max(offsets) - min(offsets) > 6 * civil.HOUR_S else 1
        # From this local time until that one the answer of `instant` is one subtraction.
        self._first = self._last = self._offset = 0
        # The end of the table, after which the last offset is only a guess.
        self.until = until

    def local(self, utc: int) -> int:
        """What a clock on the wall shows at `utc`, in seconds since 2000 of local time."""
        starts = self._starts
        at = self._at
        while at + 1 < len(starts) and utc >= starts[at + 1]:
            at += 1
        while at > 0 and utc < starts[at]:
            at -= 1
        self._at = at
        return utc + self._offsets[at]

    def instant(self, local: int) -> int:
        """The first instant at which a clock on the wall shows `local` or later.

        So a time that a spring change skips is the first instant after the gap, and one that an
        autumn change repeats is its first passing.
        """
        if self._first <= local < self._last:
            return local - self._offset
        # What is found in the table answers for the months around as well.
        starts, offsets = self._starts, self._offsets
        at = self._at
        while at + 1 < len(starts) and local >= starts[at + 1] + offsets[at]:
            at += 1
        while at > 0 and local < starts[at] + offsets[at - 1]:
            at -= 1
        self._at = at
        self._offset = offsets[at]
        self._first = starts[at] + max(offsets[max(at - 1, 0)], offsets[at])
        self._last = starts[at + 1] + offsets[at] if at + 1 < len(starts) else _ALWAYS
        utc = local - offsets[at]
        return max(utc, starts[at]) if at > 0 else utc

    def first_day(self, utc: int) -> int:
        """The first date whose times can fall on `utc` or later: that of `utc` itself, but near a
        change.
        """
        local = utc + self._offset
        if self._first < local < self._last:
            return local // civil.DAY_S
        return self.day(utc) - self.slack_days

    def day(self, utc: int) -> int:
        """The local date at `utc`, as a day number."""
        return self.local(utc) // civil.DAY_S
