"""Light and sound for all that rings: one voice, whose owner is the set of due doses.

A ring sounds for a minute, then waits for the next nag. The most urgent stage among what rings
is heard. Rings count uptime, not the clock, so setting the clock neither cuts nor repeats one.
"""

from dosebell import const, pattern
from dosebell.plan import NEVER, Plan
from dosebell.record import RINGING, SNOOZED
from dosebell.reminder import Row

RING_S = 60

_DUE = const(0)
_OVERDUE = const(1)
_LAST_CALL = const(2)
STAGES = ("due", "overdue", "last-call")


class Annunciator:
    """What the box shows and sounds: `light` and `sound` are names of patterns."""

    def __init__(self) -> None:
        self.light = pattern.OFF
        self.sound = pattern.SILENT
        # Uptime at which the sound stops or the next ring starts.
        self.next_uptime_s = NEVER
        # The instant at which quiet hours next begin or end, while that matters.
        self.quiet_edge_s = NEVER
        self._held_back = False
        self._nag_s = 0
        self._stage = _DUE
        self._began_s = self._charged_s = 0

    def charge(self, rows: list[Row], uptime_s: int) -> None:
        """Count what has sounded so far towards the cap of each ringing window.

        Called before anything changes, so that a dose that begins to ring pays for itself only.
        """
        if self.sound != pattern.SILENT:
            for row in rows:
                if row.state == RINGING:
                    row.sounded_s += uptime_s - self._charged_s
        self._charged_s = uptime_s

    def step(
        self, plan: Plan, rows: list[Row], now_s: int, uptime_s: int, counts: str = ""
    ) -> None:
        """Set light and sound for what rings now; `counts` is the light that asks for a place."""
        ringing = [row for row in rows if row.state == RINGING]
        snoozed = "snoozed" if SNOOZED in [row.state for row in rows] else pattern.OFF
        self.light = counts or ("due" if ringing else snoozed)
        held_back, self._held_back = self._held_back, False
        self.quiet_edge_s = NEVER
        if ringing:
            begins_s, ends_s = plan.quiet_hours(now_s)
            self._held_back = begins_s <= now_s
            self.quiet_edge_s = ends_s if self._held_back else begins_s
        if not ringing or self._held_back:
            self._silence(NEVER)
            return
        stage = max([stage_of(row, now_s) for row in ringing])
        rises = stage > self._stage or held_back or False in [row.heard for row in ringing]
        self._stage = stage
        if rises or (uptime_s >= self.next_uptime_s and self.sound == pattern.SILENT):
            self._ring(plan, ringing, uptime_s)
        elif uptime_s >= self.next_uptime_s:
            self.hush()

    def _ring(self, plan: Plan, ringing: list[Row], uptime_s: int) -> None:
        for row in ringing:
            row.heard = True
        left_s = max([plan.max_sound_s - row.sounded_s for row in ringing])
        if left_s <= 0:
            self._silence(NEVER)
            return
        self._nag_s = plan.nag_s // 2 if self._stage == _LAST_CALL else plan.nag_s
        self._began_s = self._charged_s = uptime_s
        self.sound = STAGES[self._stage] + ("-eat" if _wants_food(plan, ringing) else "")
        self.next_uptime_s = uptime_s + min(RING_S, left_s)

    def hush(self) -> None:
        """Silence until the next nag: the ring is over, or a press is coming down."""
        if self.sound != pattern.SILENT:
            self._silence(self._began_s + self._nag_s)

    def _silence(self, until_uptime_s: int) -> None:
        self.sound = pattern.SILENT
        self.next_uptime_s = until_uptime_s


def _wants_food(plan: Plan, ringing: list[Row]) -> bool:
    foods = [row.dose.food for row in ringing if row.sounded_s < plan.max_sound_s]
    return "fat" in foods or "any" in foods


def stage_of(row: Row, now_s: int) -> int:
    """How urgent a ringing row is: overdue from half of its window, last call near its end."""
    window = row.window
    # A short window may be in its last call before it is half over.
    if window is not None and now_s >= window.last_call_at(row.meal):
        return _LAST_CALL
    return _DUE if window is None or now_s < window.overdue_at(row.meal) else _OVERDUE
