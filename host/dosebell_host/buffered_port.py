"""A port for a reader that takes byte after byte: few system calls instead of two for each."""

from typing import Any


class BufferedPort:
    """A pyserial port, as far as mpremote uses it."""

    def __init__(self, port: Any) -> None:
        self._port = port
        self._bytes = bytearray()
        self.write = port.write

    def set_patience(self, read_s: float) -> None:
        self._port.timeout = read_s

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
