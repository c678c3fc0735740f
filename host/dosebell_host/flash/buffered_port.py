"""A port for a reader that takes byte after byte: few system calls instead of two for each."""

from typing import Any


class BufferedPort:
    """A pyserial port, as far as mpremote uses it."""

    def __init__(self, port: Any) -> None:
        self._port = port
        self._bytes = bytearray()
        self.write = port.write

    def set_patience(self, read_s: float, write_s: float) -> None:
        """Set the two timeouts. Raises what a port raises that went away."""
        self._port.timeout = read_s
        self._port.write_timeout = write_s

    def inWaiting(self) -> int:
        return len(self._bytes) or int(self._port.in_waiting)

    def read(self, size: int) -> bytes:
        while len(self._bytes) < size:
            data = self._port.read(max(size - len(self._bytes), self._port.in_waiting))
            if not data:
                break
            self._bytes += data
        data = bytes(self._bytes[:size])
        del self._bytes[:size]
        return data

    def close(self) -> None:
        self._port.close()
