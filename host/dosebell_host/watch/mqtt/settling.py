"""What Home Assistant was just told to make, and so may not have made yet.

It takes a moment to make what it finds, and an event that comes before is lost. Whenever it is
told of a device anew it forgets a state that expires, so that is said again: at once, and once
more when it had the time.
"""

from collections.abc import Collection

# So long it may take.
SETTLE_S = 5.0


class Settling:
    """The boxes that were just announced, each until when; all times are elapsed seconds."""

    def __init__(self) -> None:
        self._until_s: dict[str, float] = {}
        # Which components of a box were ever announced here, and until when the newest are new.
        self._known: dict[str, tuple[frozenset[str], float]] = {}

    def announced(self, device_id: str, components: Collection[str], now_s: float) -> None:
        """That box was announced with these components."""
        self._until_s[device_id] = now_s + SETTLE_S
        known = self._known.get(device_id, (frozenset(), 0.0))[0]
        if set(components) - known:
            self._known[device_id] = known | set(components), now_s + SETTLE_S

    def has_new(self, device_id: str, now_s: float) -> bool:
        """Whether something of that box is still to be made."""
        return now_s < self._known.get(device_id, (frozenset(), 0.0))[1]

    def just_settled(self, device_id: str, now_s: float) -> bool:
        """Whether that box has had its time; told once after it was announced."""
        if now_s < self._until_s.get(device_id, now_s + 1):
            return False
        del self._until_s[device_id]
        return True
