"""Samples of one button -> presses. A press acts on release; the sound stops on the way down.

Only elapsed milliseconds come in, so nothing here wraps and nothing reads a clock.

A press counts once it was seen down for `DEBOUNCE_MS`. While the flash is erased nothing is seen
for half a second, so the board notes that the level fell. A tap also counts where it may have
been down for `_TAP_MS`: from the last sample before it fell to the first after it rose. Before it
must be quiet, and soon after: contacts that bounce for long are no tap.
"""

from dosebell import const

# What `sample` answers: at most one of these a call.
NOTHING = 0
DOWN = 1
TICK = 2
SHORT = 3
LONG = 4
VERY_LONG = 5
STUCK = 6
FREED = 7
HELD_AT_START = 8

DEBOUNCE_MS = 30
_TAP_MS = const(80)
# In more samples than these the contacts of a tap do not bounce.
_MAX_BOUNCES = const(4)
VERY_LONG_MS = 8000
STUCK_MS = 30000
# Held so long from the start on, and then let go of: a wish for service.
SERVICE_MS = 3000

# Longer than any wait that a deadline may state.
_NEVER_MS = const(1 << 29)


class Button:
    """Debounced presses. A button that is down at the start must be released before it counts."""

    def __init__(self, long_press_ms: int) -> None:
        self.long_press_ms = long_press_ms
        self.down = False
        self.stuck = False
        # Until it was up for the first time it is taken to be held, since the start or before.
        self._is_first = True
        self._raw = False
        self._steady_ms = 0
        self._held_ms = 0
        # For how long a tap that is not settled may have been down, -1 while there is none, and
        # how many samples have seen it fall again.
        self._low_ms = -1
        self._bounces = 0

    def sample(self, pressed: bool, elapsed_ms: int, fell: bool = False) -> int:
        """Take the level now, `elapsed_ms` after the sample before; answers what it means.

        `fell` says whether the level fell in between, where the board can tell.
        """
        self._watch(fell, elapsed_ms)
        self._steady_ms = min(self._steady_ms + elapsed_ms, STUCK_MS)
        if fell or pressed != self._raw:
            self._raw = pressed
            self._steady_ms = 0
        if self._raw and (self.down or self._is_first):
            # A press is as long as the ticks that were seen say, and not a moment longer; and the
            # first sample tells when it was seen down, not since when.
            held_ms = self._held_ms
            if self.down or self._steady_ms:
                self._held_ms = min(held_ms + elapsed_ms, STUCK_MS)
            return self._crossed(held_ms)
        return self._settled() if self._steady_ms >= DEBOUNCE_MS else NOTHING

    def wait_ms(self) -> int:
        """How long until something can happen without the level changing."""
        if self._raw != (self.down or self._is_first) or self._low_ms >= 0:
            return max(DEBOUNCE_MS - self._steady_ms, 0)
        if self._raw:
            ticks_ms = (SERVICE_MS,) if self._is_first else (self.long_press_ms, VERY_LONG_MS)
            for threshold_ms in ticks_ms + (STUCK_MS,):
                if self._held_ms < threshold_ms:
                    return threshold_ms - self._held_ms
        return _NEVER_MS

    def _watch(self, fell: bool, elapsed_ms: int) -> None:
        """Measure for how long a tap may have been down that is seen too seldom to be settled."""
        if self._low_ms < 0:
            if fell and not self._raw and self._steady_ms >= DEBOUNCE_MS:
                self._low_ms, self._bounces = elapsed_ms, 0
            return
        if self._raw or fell:
            self._low_ms += elapsed_ms
        self._bounces += fell
        if self._bounces > _MAX_BOUNCES:
            self._low_ms = -1

    def _crossed(self, before_ms: int) -> int:
        """What it means that it is held as long as now, and not as before."""
        held_ms, is_first = self._held_ms, self._is_first
        # No tuple to loop over: this runs in every pass while the button is down, for days if it
        # is stuck.
        if before_ms < (SERVICE_MS if is_first else self.long_press_ms) <= held_ms:
            return TICK
        if before_ms < VERY_LONG_MS <= held_ms and not is_first:
            return TICK
        if before_ms < STUCK_MS <= held_ms:
            self.stuck = True
            return STUCK
        return NOTHING

    def _settled(self) -> int:
        is_tap, self._low_ms = self._low_ms >= _TAP_MS, -1
        if not self._raw and (self.down or self._is_first):
            event = self._released()
            self.down = self._is_first = self.stuck = False
            return event
        if not self.down and (self._raw or is_tap):
            self.down = True
            self._held_ms = self._steady_ms if self._raw else 0
            return DOWN
        return NOTHING

    def _released(self) -> int:
        if self.stuck:
            return FREED
        if self._is_first:
            return HELD_AT_START if self._held_ms >= SERVICE_MS else NOTHING
        if self._held_ms >= VERY_LONG_MS:
            return VERY_LONG
        return LONG if self._held_ms >= self.long_press_ms else SHORT
