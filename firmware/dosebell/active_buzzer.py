"""A buzzer with a tone of its own: on or off, so melodies become rhythms.

Imported only where `/state/board.json` says that there is such a one.
"""

from dosebell import TYPE_CHECKING

if TYPE_CHECKING:
    from machine import Pin


class Active:
    """The buzzer at a pin."""

    def __init__(self, pin: "Pin") -> None:
        self._pin = pin

    def sound(self, hz: int) -> None:
        self._pin.value(1 if hz else 0)
