"""dosebell's service mode, as /boot.py: while it lasts, a light says so, and a timer ends it.

MicroPython runs this at every start, also at the soft reset of a tool, which skips main.py and
stops every timer. So nobody who walks away from a box in service mode leaves it silent.
"""

import sys

import machine

# The request: 0x5E7 asked or 0x5E8 begun, then 8 bits for the pin of the light plus one, then 8
# bits for the beats so far. It stands in a scratch register, as in main.py.
WATCHDOG = 0x400D8000 if "RP2350" in getattr(sys.implementation, "_machine", "") else 0x40058000
SERVICE = WATCHDOG + 0x14
# The time that a box without a battery clock carries over a reset, in seconds.
TIME = WATCHDOG + 0x10
BEAT_MS = 2500
# Ten minutes.
BEATS = 240


def beat(_: object) -> None:
    """Light on, light off, and when the time is up a normal start."""
    asked = machine.mem32[SERVICE] & 0xFFFFFFFF
    beats, lamp = (asked >> 24) + 1, asked >> 16 & 0xFF
    machine.mem32[SERVICE] = beats << 24 | asked & 0xFFFFFF if beats < BEATS else 0
    machine.mem32[TIME] = machine.mem32[TIME] + BEAT_MS // 1000 + (beats & 1)
    machine.Pin("LED", machine.Pin.OUT, value=beats & 1)
    if lamp:
        machine.Pin(lamp - 1, machine.Pin.OUT, value=beats & 1)
    if beats >= BEATS:
        machine.reset()


if machine.mem32[SERVICE] & 0xFFFF in (0x5E7, 0x5E8):
    # Kept under a name, because a timer that nobody holds is collected, and stops.
    service_timer = machine.Timer(-1, period=BEAT_MS, callback=beat)
