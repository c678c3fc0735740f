"""The battery clock of the box, which is not believed at once: a bus may fail and a reading may
be wrong, so it is asked until two readings agree.
"""

from dosebell import TYPE_CHECKING, const
from dosebell.clock import HOST, Clock

if TYPE_CHECKING:
    from dosebell.hardware import Board

# It is asked so often until it answers, and the same twice.
_TRIES = const(4)
# It is followed without a word under a minute.
_FOLLOW_S = const(60)


class Battery:
    """The battery clock, where there is one."""

    def __init__(self, board: "Board") -> None:
        self._board = board
        # Whether there is one that answered when it was last asked.
        self.answers = False

    def read_s(self, set_s: int | None = None) -> int | None:
        """What it shows, where two readings agree; `set_s` is written before each."""
        self.answers, before_s = False, -2
        for _ in range(_TRIES):
            try:
                if set_s is not None:
                    self._board.rtc.write_s(set_s)
                rtc_s = self._board.rtc.read_s()
            except OSError:
                continue
            self.answers = True
            if rtc_s is not None:
                if before_s <= rtc_s <= before_s + 1:
                    return rtc_s
                before_s = rtc_s
        return None

    def set(self, utc_s: int, utc_ms: int) -> bool:
        """Set it; False where there is one that did not take the time."""
        had_one = self.answers
        # It holds whole seconds, and its next one begins a second after it is written.
        set_s = utc_s + utc_ms // 500
        # It is read back at once: that second still, or the next one.
        is_set = self.read_s(set_s) in (set_s, set_s + 1)
        return is_set or not (had_one or self.answers)

    def lead(self, clock: Clock) -> str:
        """Let the trusted clock follow it; what is wrong with it, "" where nothing is."""
        had_one, rtc_s = self.answers, self.read_s()
        if rtc_s is not None:
            off_s = rtc_s - clock.now_s
            if abs(off_s) >= _FOLLOW_S:
                return "off_s=%d" % off_s
            if off_s:
                # Into the nearer end of its second, so that reading it loses nothing each hour.
                clock.set(rtc_s, 0 if off_s > 0 else 999, clock.trust)
        elif had_one:
            return "answers=%d" % self.answers
        elif self.answers and clock.trust == HOST and not self.set(clock.now_s, 0):
            # It came later and knew no time.
            return "set=0"
        return ""
