"""Local time from a table of (UTC, offset), made by the host: the device knows no zone rules."""

from dosebell import civil


class Zone:
    """Offsets from UTC in seconds, each in force from its start (seconds since 2000).

    Before the first start the first offset holds, after the last one the last. The place last
    used is kept, because questions come in nearly ascending order.
    """

    def __init__(self, starts: tuple[int, ...], offsets: tuple[int, ...], until: int) -> None:
        self._starts = starts
        self._offsets = offsets
        self._at = 0
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
        starts, offsets = self._starts, self._offsets
        at = self._at
        while at + 1 < len(starts) and local >= starts[at + 1] + offsets[at]:
            at += 1
        while at > 0 and local < starts[at] + offsets[at - 1]:
            at -= 1
        self._at = at
        utc = local - offsets[at]
        if at > 0 and utc < starts[at]:
            return starts[at]
        return utc

    def day(self, utc: int) -> int:
        """The local date at `utc`, as a day number."""
        return self.local(utc) // civil.DAY_S
