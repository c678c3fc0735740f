"""A serial line between the host's link and a simulated box, as bad as a test wants it.

It reads and writes like a pyserial port, but waits in the time of the world: a read that times
out lets that time pass there, and takes none here.
"""

import random
from collections import deque
from dataclasses import dataclass

from dosebell_host.sim.world import World


@dataclass(frozen=True)
class Faults:
    """What goes wrong on the way, in both directions; shares are from 0 to 1."""

    # At most so many bytes arrive at once; 0 for all of them.
    piece_bytes: int = 0
    # How much later the box's bytes arrive than it sent them.
    delay_ms: int = 0
    # The share of bytes that are lost, and of those that arrive with one bit turned over.
    lose: float = 0.0
    corrupt: float = 0.0
    # The share of lines that are followed by a line of noise.
    noise: float = 0.0


class Wire:
    """The host's end of the line. Every run with one `seed` goes wrong in the same way."""

    def __init__(self, world: World, faults: Faults | None = None, seed: int = 0) -> None:
        self.timeout: float | None = None
        self.is_open = True
        self._world = world
        self._faults = faults or Faults()
        self._random = random.Random(seed)
        # (world time in ms at which they arrive, bytes)
        self._coming: deque[tuple[int, bytes]] = deque()

    @property
    def in_waiting(self) -> int:
        """How many bytes can be read at once."""
        self._check_open()
        now_ms = self._world.now_ms
        count = sum(len(chunk) for at_ms, chunk in self._coming if at_ms <= now_ms)
        return min(count, self._faults.piece_bytes or count)

    def write(self, data: bytes, /) -> int:
        """Send to the box, which answers at once; when that arrives is the wire's affair."""
        self._check_open()
        damaged = self._damaged(data)
        step = self._faults.piece_bytes or len(damaged) or 1
        for start in range(0, len(damaged), step):
            arrives_ms = self._world.now_ms + self._faults.delay_ms
            replies = self._damaged(self._world.feed(damaged[start : start + step]))
            if replies:
                self._coming.append((arrives_ms, replies))
        return len(data)

    def read(self, size: int = 1, /) -> bytes:
        """Up to `size` bytes: fewer once `timeout` seconds of world time have passed."""
        self._check_open()
        wait_ms = 0 if self.timeout is None else int(self.timeout * 1000)
        end_ms = self._world.now_ms + wait_ms
        data = bytearray()
        while len(data) < size and self._wait_for_bytes(end_ms):
            at_ms, chunk = self._coming.popleft()
            left = size - len(data)
            data += chunk[:left]
            if chunk[left:]:
                self._coming.appendleft((at_ms, chunk[left:]))
        return bytes(data)

    def flush(self) -> None:
        """Nothing is held back on this side."""

    def reset_input_buffer(self) -> None:
        """Forget what the box sent so far."""
        self._coming.clear()

    def close(self) -> None:
        self.is_open = False

    def _wait_for_bytes(self, end_ms: int) -> bool:
        """Let the world go on until something is there or `end_ms` is reached."""
        arrives_ms = self._coming[0][0] if self._coming else end_ms
        self._world.run_until_ms(min(arrives_ms, end_ms))
        return bool(self._coming) and self._coming[0][0] <= self._world.now_ms

    def _damaged(self, data: bytes) -> bytes:
        """The bytes as they come out at the other end."""
        faults, chance = self._faults, self._random.random
        if not (faults.lose or faults.corrupt or faults.noise):
            return data
        out = bytearray()
        for byte in data:
            if faults.lose and chance() < faults.lose:
                continue
            flip = faults.corrupt and chance() < faults.corrupt
            out.append(byte ^ (1 << self._random.randrange(8)) if flip else byte)
            if byte == ord("\n") and faults.noise and chance() < faults.noise:
                out += self._random.randbytes(self._random.randrange(200)) + b"\n"
        return bytes(out)

    def _check_open(self) -> None:
        if not self.is_open:
            raise OSError("the wire is closed")
