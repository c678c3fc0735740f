"""A strip of lamps, one a compartment: what is due shines where it lies.

A lamp shows its state in the rhythm that the light has for it, so no colour is needed: what rings
blinks, what is snoozed flashes now and then. One lamp answers for all doses of its compartment,
and what rings comes first. The strip is written only when a lamp changes, because no interrupt
gets through while it is, for 30 microseconds a lamp.
"""

from dosebell import TYPE_CHECKING, const, pattern
from dosebell.record import SNOOZED

if TYPE_CHECKING:
    from dosebell.board import View
    from dosebell.hardware import Board, Strip

# The fault of a strip that can't be written.
FAULT = "lamps"
# What a lamp can show, as rhythms of the light; a later one hides those before it.
RHYTHMS = (pattern.OFF, "snoozed", "due", "test")
_SNOOZED = const(1)
_DUE = const(2)
_TEST = const(3)
# After so long every rhythm is over or begins anew.
_CYCLE_MS = const(5000)


class Lamps:
    """`count` lamps on a strip of the board; `shows` holds for each its place in `RHYTHMS`."""

    def __init__(self, board: "Board", strip: "Strip", count: int, brightness: int) -> None:
        self.shows = bytearray(count)
        self._board = board
        self._strip = strip
        self._count = count
        white = (brightness, brightness, brightness)
        self._colours = ((0, 0, 0), (0, 0, brightness), white, white)
        # As bits: the rhythms that any lamp shows, those that are followed, and those on now.
        self._shown = 0
        self._used = 0
        self._lit = 0
        self._ms = 0
        # Whatever shone before a reset shines until it is told otherwise.
        self._write()

    def show(self, view: "View") -> None:
        """Let shine what the next press takes; where it takes nothing, what is snoozed."""
        shows = bytearray(self._count)
        is_asking = True in [each.asked for each in view.open]
        for each in view.open:
            is_shown = each.asked or (each.state == SNOOZED and not is_asking)
            if is_shown and 0 < each.place <= self._count:
                rhythm = _SNOOZED if each.state == SNOOZED else _DUE
                shows[each.place - 1] = max(shows[each.place - 1], rhythm)
        if shows != self.shows:
            self._begin(shows)

    def test(self, place: int) -> None:
        """Let one lamp blink three times, until something else is shown."""
        shows = bytearray(self._count)
        shows[place - 1] = _TEST
        self._begin(shows)

    def off(self) -> None:
        """All dark."""
        self._begin(bytearray(self._count))

    def play(self, elapsed_ms: int) -> None:
        """Put the lamps where their rhythms are now: changes are written, and what failed anew."""
        if not self._used:
            return
        self._ms += elapsed_ms
        if self._ms >= 2 * _CYCLE_MS:
            self._ms = _CYCLE_MS + self._ms % _CYCLE_MS
        lit = self._on()
        if lit != self._lit:
            self._lit = lit
            self._write()

    def _begin(self, shows: bytearray) -> None:
        self.shows, self._ms, self._shown = shows, 0, 0
        for what in shows:
            if what:
                self._shown |= 1 << what
        self._used = self._shown
        self._lit = self._on()
        self._write()

    def _on(self) -> int:
        """The rhythms that are on now, of those that are followed."""
        bits = 0
        for what in (_SNOOZED, _DUE, _TEST):
            if self._used >> what & 1 and pattern.lit(RHYTHMS[what], self._ms):
                bits |= 1 << what
        return bits

    def _write(self) -> None:
        try:
            for place in range(self._count):
                what = self.shows[place]
                self._strip[place] = self._colours[what if self._lit >> what & 1 else 0]
            self._strip.write()
            self._used = self._shown
        except Exception:
            # Whatever it is, light and sound go on, and the next change of a rhythm tries again.
            self._used = self._shown | 1 << _DUE
            if FAULT not in self._board.faults:
                self._board.faults += (FAULT,)
