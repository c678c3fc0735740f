"""A USB serial port of a Pico, and hosts that read from it in every way, by name."""

import math
from collections.abc import Callable

ROOM_BYTES = 256
PACKET_BYTES = 64
# How long a write waits inside MicroPython for room for the whole piece; then it writes a part.
WRITE_MS = 500

# How many packets a host takes before it stops, a millisecond each.
HOSTS = {"a packet a millisecond": math.inf, "never reads": 0, "vanishes": 3}
# The buffer is never full: of what one takes it all at once, of the other nobody takes any.
AT_ONCE, HANGS_UP = "at once", "hangs up"


class UsbPort:
    """`now_ms` tells the time, and `pass_ms` lets a millisecond of it pass."""

    def __init__(self, host: str, now_ms: Callable[[], int], pass_ms: Callable[[], None]) -> None:
        self.received = bytearray()
        self._host = host
        self._packets = HOSTS.get(host, 0)
        self._now_ms, self._pass_ms = now_ms, pass_ms
        self._taken_ms = now_ms()
        self._buffer = bytearray()

    def poll(self, wait_ms: int) -> bool:
        """Whether there is room, which MicroPython also says where nobody has the port open."""
        for _ in range(wait_ms):
            if self._room():
                return True
            self._pass_ms()
        return self._room() > 0

    def write(self, data: bytes) -> int:
        """As mp_usbd_cdc_tx_strn of MicroPython 1.27 to 1.29."""
        if self._host in (AT_ONCE, HANGS_UP):
            self.received += data if self._host == AT_ONCE else b""
            return len(data)
        for _ in range(WRITE_MS):
            if self._room() >= len(data):
                break
            self._pass_ms()
        taken = bytes(data)[: self._room()]
        self._buffer += taken
        return len(taken)

    def take(self) -> None:
        """What the host has taken by now."""
        while self._taken_ms < self._now_ms():
            self._taken_ms += 1
            if self._buffer and self._packets:
                self._packets -= 1
                self.received += self._buffer[:PACKET_BYTES]
                del self._buffer[:PACKET_BYTES]

    def _room(self) -> int:
        self.take()
        return ROOM_BYTES - len(self._buffer)
